//! GraphQL over HTTP: a query and its variables to a JSON body whose query never changes and whose variables have types.

mod query;

use super::super::Lowering;
use super::super::item::Request;
use super::super::json;
use super::super::variable::Scope;
use super::{Body, Content};
use crate::diagnostic::{Code, Diagnostic};
use crate::infer::{self, Direction, Sample};
use crate::model::schema::Authority;
use crate::model::{
    Literal, NameHint, ObjectShape, Operation, Property, Schema, SchemaId, Shape, StringFormat,
};
use crate::origin::{Origin, Origins};
use crate::tree::{Kind, Node, Tree};
use query::{Declared, Query};
use std::collections::{BTreeMap, BTreeSet};

/// What tells the GraphQL requests of one URL apart.
pub(in crate::postman) struct Asked<'t> {
    text: &'t str,
    query: Query,
}

impl<'t> Asked<'t> {
    /// The query of a request, if it has one.
    pub(in crate::postman) fn by(request: &Request<'t>) -> Option<Self> {
        let body = request.body?;
        let is_disabled = body.get("disabled").and_then(Node::as_bool) == Some(true);
        let mode = body.get("mode").and_then(Node::as_str);
        if is_disabled || mode.is_some_and(|mode| mode != "graphql") {
            return None;
        }
        let part = body.get("graphql")?;
        let text = part.get("query")?.as_str()?;
        let query = query::operation(text, operation_name(part));
        (!text.trim().is_empty()).then_some(Asked { text, query })
    }

    /// Whether a request does not ask for something else.
    pub(in crate::postman) fn is_asked_by(&self, request: &Request<'_>) -> bool {
        Asked::by(request).is_none_or(|other| query::is_same(self.text, other.text))
    }

    /// What it is called beside the others, with the mark before it: the name that the query has, else the first field
    /// that it selects, else the item's name.
    pub(in crate::postman) fn variant(&self, item: Option<&str>) -> String {
        let Query { name, field, .. } = &self.query;
        let item = || one_word(item.unwrap_or_default());
        let name = name.clone().or_else(|| field.clone()).unwrap_or_else(item);
        match name.as_str() {
            "" => name,
            name => format!("#{name}"),
        }
    }

    /// Puts the name that the query has before those of the item, and the first field behind them if it has none.
    pub(in crate::postman) fn name(&self, names: &mut Vec<NameHint>) {
        match (&self.query.name, &self.query.field) {
            (Some(name), _) => {
                names.retain(|hint| hint.text != *name);
                for hint in names.iter_mut() {
                    hint.distance = hint.distance.saturating_add(1);
                }
                names.insert(0, NameHint::new(name.clone(), 0));
            }
            (None, Some(field)) => names.push(NameHint::new(field.clone(), 3)),
            (None, None) => {}
        }
    }
}

fn operation_name(part: Node<'_>) -> Option<&str> {
    part.get("operationName")
        .and_then(Node::as_str)
        .filter(|name| !name.is_empty())
}

/// A name without spaces and marks: `Open-orders` of `Open orders!`.
fn one_word(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// The text of the query that an operation always sends.
fn query_text(operation: &Operation) -> Option<&str> {
    let content = &operation.request_body.as_ref()?.content;
    let mut fixed = content.iter().flat_map(|media| &media.fixed);
    fixed.find_map(|(name, value)| match value {
        Literal::String(text) if name == "query" => Some(text.as_str()),
        _ => None,
    })
}

/// Queries of one name by that name: the indices of the operations, if there are several.
fn of_one_name(operations: &[Operation]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, operation) in operations.iter().enumerate() {
        if query_text(operation).is_some() {
            groups.entry(operation.key.erased()).or_default().push(at);
        }
    }
    groups
        .into_values()
        .filter(|group| group.len() > 1)
        .collect()
}

impl Lowering<'_> {
    /// Makes operations of their own of different queries that have one name, by the names of their items. Those that
    /// differ in spaces and comments only get one text.
    pub(in crate::postman) fn tell_queries_apart(&mut self) {
        let operations = &mut self.model.operations;
        for group in of_one_name(operations) {
            let queries = group.iter().filter_map(|at| operations.get(*at));
            let texts: BTreeSet<String> =
                queries.filter_map(query_text).map(str::to_owned).collect();
            let first = texts.first().cloned().unwrap_or_default();
            let is_one = texts.iter().all(|text| query::is_same(&first, text));
            for at in group {
                let Some(operation) = operations.get_mut(at) else {
                    continue;
                };
                if is_one {
                    set_query(operation, &first);
                    continue;
                }
                let variant = operation.key.path.variant.clone();
                let own = variant.trim_start_matches('#');
                let item = operation.names.iter().find(|hint| hint.text != own);
                let item = item.map(|hint| one_word(&hint.text));
                if let Some(item) = item.filter(|item| !item.is_empty()) {
                    operation.key.path.variant = format!("{variant}-{item}");
                    // The name that they share tells nothing here.
                    operation.names.retain(|hint| hint.text != own);
                }
            }
        }
        for group in of_one_name(&self.model.operations) {
            let queries = group.iter().filter_map(|at| self.model.operations.get(*at));
            let queries: Vec<(&str, &Operation)> = queries
                .filter_map(|operation| Some((query_text(operation)?, operation)))
                .collect();
            let Some(((first, _), rest)) = queries.split_first() else {
                continue;
            };
            let other = rest.iter().find(|(text, _)| !query::is_same(first, text));
            if let Some((_, operation)) = other {
                let message = format!("`{}` stands for different GraphQL queries", operation.key);
                let related = queries.first().and_then(|(_, first)| first.origins.first());
                self.diagnostics.push(
                    Diagnostic::new(Code::POSTMAN_QUERY_NOT_FIXED, message)
                        .at(operation.origins.first())
                        .related(related, "the other one")
                        .note("the method takes the query")
                        .help("give the queries or their items different names"),
                );
            }
        }
    }

    /// Says that a query is sent without the credential in it.
    fn secret_in_query(&mut self, origin: Origin) {
        let message = "`query` holds a credential, which is left behind";
        self.diagnostics.push(
            Diagnostic::new(Code::POSTMAN_LITERAL_SECRET, message)
                .at(origin)
                .note("calls send `\"string\"` in its place")
                .help("declare a variable of the query, such as `query Name($password: String!)`, which makes it an argument; and consider whether it is still secret"),
        );
    }

    /// The body of a GraphQL request: the query, its operation's name, and variables whose sample is JSON or the text
    /// of it.
    pub(super) fn read_graphql(&mut self, node: Node<'_>, scope: &Scope) -> Option<Body> {
        let query = node.get("query").filter(|query| !query.is_null());
        let text = query.and_then(Node::as_str).unwrap_or_default();
        let Some(query) = query.filter(|_| !text.trim().is_empty()) else {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::POSTMAN_WRONG_TYPE,
                    format!("{}: the body has no GraphQL query", self.item),
                )
                .at(node.origin())
                .note("it is read as if there were no body"),
            );
            return None;
        };
        let operation = operation_name(node);
        let masked = infer::masked_query(text);
        if masked != text {
            self.secret_in_query(query.origin());
        }
        let mut example = vec![("query".to_owned(), Literal::String(masked))];
        let mut fixed = example.clone();
        // No query has two braces on end, so this is a variable of Postman's.
        let varies = text.contains("{{");
        if varies {
            let message = format!(
                "{}: the GraphQL query holds variables of Postman",
                self.item
            );
            self.diagnostics.push(
                Diagnostic::new(Code::POSTMAN_QUERY_NOT_FIXED, message)
                    .at(query.origin())
                    .note("the method takes the query")
                    .help("declare a variable of the query, such as `query Name($id: ID!)`, which makes it an argument"),
            );
        }
        let plain = |lowering: &mut Self, origin: Origin| {
            lowering.schema(Shape::String(StringFormat::Plain), origin, Vec::new())
        };
        let origin = query.origin();
        let schema = plain(self, origin);
        let mut properties = vec![property("query", schema, true, origin)];
        if let Some(name) = operation {
            let member = ("operationName".to_owned(), Literal::String(name.to_owned()));
            example.push(member.clone());
            fixed.push(member);
            let schema = plain(self, origin);
            properties.push(property("operationName", schema, false, origin));
        }
        let sample = self.read_variables_sample(node.get("variables"), scope);
        let root = sample.as_ref().map(Tree::root);
        let place = node.get("variables").map_or(origin, Node::origin);
        if let Some(root) = root {
            example.push(("variables".to_owned(), json::literal(root)));
            self.note_secrets(root, place);
        }
        let declared = query::operation(text, operation).variables;
        if !declared.is_empty() {
            let required = declared
                .iter()
                .any(|variable| !variable.default && !variable.ty.is_nullable());
            let schema = self.typed_variables(&declared, root, place);
            properties.push(property("variables", schema, required, place));
        } else if let Some(root) = root {
            let evidence = infer::observe(root, sent(place));
            let schema = self.schema(Shape::Sampled(Box::new(evidence)), place, Vec::new());
            properties.push(property("variables", schema, false, place));
        }
        if varies {
            fixed.clear();
        }
        let shape = Shape::Object(ObjectShape {
            properties,
            ..ObjectShape::default()
        });
        let schema = self.schema(shape, node.origin(), Vec::new());
        Some(Body {
            media_type: "application/json".to_owned(),
            content: Content::Query { schema, fixed },
            example: Some(Literal::Object(example)),
            origin: node.origin(),
        })
    }

    fn read_variables_sample(&mut self, node: Option<Node<'_>>, scope: &Scope) -> Option<Tree> {
        let node = node.filter(|node| !node.is_null())?;
        let text = match node.kind() {
            Kind::String => node.as_str()?.to_owned(),
            Kind::Object => node.to_json().to_string(),
            _ => {
                self.wrong_type(node, "an object or the text of one");
                return None;
            }
        };
        if text.trim().is_empty() {
            return None;
        }
        let tree = json::read(node.origin().file, &text, scope).ok()?.tree;
        (tree.root().kind() == Kind::Object && tree.root().entries().next().is_some())
            .then_some(tree)
    }

    /// The object of the variables: names and types as the query declares them; what a type of the API's own is, the
    /// sample shows.
    fn typed_variables(
        &mut self,
        declared: &[Declared],
        sample: Option<Node<'_>>,
        place: Origin,
    ) -> SchemaId {
        let mut properties = Vec::new();
        for variable in declared {
            let value = sample.and_then(|sample| sample.get(&variable.name));
            let schema = self.graphql_type(variable, value, place);
            let required = !variable.default && !variable.ty.is_nullable();
            properties.push(property(&variable.name, schema, required, place));
        }
        let names = vec![NameHint::new("variables", 3)];
        self.declare(
            Shape::Object(ObjectShape {
                properties,
                ..ObjectShape::default()
            }),
            false,
            names,
            place,
        )
    }

    fn graphql_type(
        &mut self,
        variable: &Declared,
        value: Option<Node<'_>>,
        place: Origin,
    ) -> SchemaId {
        let ty = &variable.ty;
        let mut inner = value.into_iter().collect::<Vec<_>>();
        for _ in &ty.lists {
            inner = inner.into_iter().flat_map(Node::items).collect();
        }
        let names = Vec::new();
        let mut schema = match ty.name.as_str() {
            "Int" => self.declare(
                Shape::Integer { unsigned: false },
                ty.nullable,
                names,
                place,
            ),
            "Float" => self.declare(Shape::Number, ty.nullable, names, place),
            "Boolean" => self.declare(Shape::Boolean, ty.nullable, names, place),
            "String" | "ID" => {
                let shape = Shape::String(StringFormat::Plain);
                self.declare(shape, ty.nullable, names, place)
            }
            "DateTime" => {
                let shape = Shape::String(StringFormat::DateTime);
                self.declare(shape, ty.nullable, names, place)
            }
            own => {
                let mut evidence = crate::model::evidence::Evidence::default();
                for value in inner {
                    evidence.join(&infer::observe_member(&variable.name, value, sent(place)));
                }
                let names = vec![NameHint::new(own, 0)];
                let schema = self.schema(Shape::Sampled(Box::new(evidence)), place, names);
                if let Some(schema) = self.model.schemas.get_mut(schema) {
                    schema.nullable = ty.nullable;
                }
                schema
            }
        };
        for nullable in ty.lists.iter().rev() {
            schema = self.declare(Shape::Array(schema), *nullable, Vec::new(), place);
        }
        schema
    }

    fn declare(
        &mut self,
        shape: Shape,
        nullable: bool,
        names: Vec<NameHint>,
        place: Origin,
    ) -> SchemaId {
        self.model.schemas.add(Schema {
            shape,
            nullable,
            names,
            authority: Authority::Declared,
            origins: place.into(),
            ..Schema::default()
        })
    }
}

/// Writes the query that an operation always sends in this way.
fn set_query(operation: &mut Operation, text: &str) {
    let content = operation
        .request_body
        .iter_mut()
        .flat_map(|body| &mut body.content);
    for media in content {
        let examples = media.examples.iter_mut();
        let members = examples.filter_map(|example| match &mut example.body {
            Literal::Object(members) => Some(members),
            _ => None,
        });
        let members = members.flatten().chain(&mut media.fixed);
        for (_, value) in members.filter(|(name, _)| name == "query") {
            *value = Literal::String(text.to_owned());
        }
    }
}

fn sent(origin: Origin) -> Sample {
    Sample {
        origin,
        direction: Direction::Sent,
        elided: false,
    }
}

fn property(name: &str, schema: SchemaId, required: bool, origin: Origin) -> Property {
    Property {
        required,
        origins: Origins::from(origin),
        ..Property::new(name, schema)
    }
}
