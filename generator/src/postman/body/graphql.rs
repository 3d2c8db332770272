//! GraphQL over HTTP: a query and its variables to a JSON body whose query never changes and whose variables have types.

use super::super::Lowering;
use super::super::json;
use super::super::variable::Scope;
use super::{Body, Content};
use crate::diagnostic::{Code, Diagnostic};
use crate::infer::{self, Direction, Sample};
use crate::model::schema::Authority;
use crate::model::{
    Docs, Literal, NameHint, ObjectShape, Property, Schema, SchemaId, Shape, StringFormat,
};
use crate::origin::{Origin, Origins};
use crate::tree::{Kind, Node, Tree};

/// Levels of lists that a type may have.
const LISTS: usize = 8;

/// A variable that a query declares: `$first: Int! = 10`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Declared {
    name: String,
    ty: Type,
    default: bool,
}

/// A type reference of GraphQL (October 2021 edition, section 2.11).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Type {
    /// The name, inside of all lists.
    name: String,
    /// Whether each list may be null, the outermost first.
    lists: Vec<bool>,
    /// Whether what is in all lists may be null.
    nullable: bool,
}

impl Type {
    fn is_nullable(&self) -> bool {
        self.lists.first().copied().unwrap_or(self.nullable)
    }
}

impl Lowering<'_> {
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
        let operation = node
            .get("operationName")
            .and_then(Node::as_str)
            .filter(|name| !name.is_empty());
        let masked = infer::masked_query(text);
        if masked != text {
            self.literal_secret("query", query.origin());
        }
        let mut example = vec![("query".to_owned(), Literal::String(masked))];
        let mut fixed = example.clone();
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
        let declared = declared(text, operation);
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
        let tree = json::read(node.origin().file, &text, scope).ok()?;
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

fn sent(origin: Origin) -> Sample {
    Sample {
        origin,
        direction: Direction::Sent,
    }
}

fn property(name: &str, schema: SchemaId, required: bool, origin: Origin) -> Property {
    Property {
        name: name.to_owned(),
        schema,
        required,
        read_only: false,
        write_only: false,
        deprecated: false,
        docs: Docs::default(),
        origins: Origins::from(origin),
    }
}

/// The tokens of a query that matter: names, marks, and one token for each text or number.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if c == '#' {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("\"\"\"") {
            let end = rest.get(3..).and_then(|inside| inside.find("\"\"\""));
            end.map_or(rest.len(), |end| end + 6)
        } else if c == '"' {
            string_length(rest)
        } else if c.is_ascii_alphanumeric() || c == '_' {
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
                .unwrap_or(rest.len())
        } else {
            c.len_utf8()
        };
        let (token, after) = rest.split_at(length.min(rest.len()));
        if !(c == '#' || c.is_whitespace() || c == ',' || c == '\u{feff}') {
            tokens.push(token);
        }
        rest = after;
    }
    tokens
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\n' => return at,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

/// The variables that the operation of a query declares: the one of this name, else the first.
fn declared(text: &str, operation: Option<&str>) -> Vec<Declared> {
    let tokens = tokens(text);
    let mut depth = 0usize;
    let mut first = None;
    for (at, token) in tokens.iter().enumerate() {
        match *token {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            "query" | "mutation" | "subscription" if depth == 0 => {
                let name = tokens.get(at + 1).copied().filter(|name| *name != "(");
                let open = at + 1 + usize::from(name.is_some_and(is_name));
                let found = match tokens.get(open) {
                    Some(&"(") => declarations(tokens.get(open + 1..).unwrap_or_default()),
                    _ => Vec::new(),
                };
                if operation.is_some() && operation == name {
                    return found;
                }
                first = first.or(Some(found));
            }
            _ => {}
        }
    }
    first.unwrap_or_default()
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

/// Reads declarations up to the parenthesis that closes them.
fn declarations(tokens: &[&str]) -> Vec<Declared> {
    let mut found: Vec<Declared> = Vec::new();
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match *token {
            ")" if depth == 0 => break,
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            "=" if depth == 0 => {
                if let Some(last) = found.last_mut() {
                    last.default = true;
                }
            }
            "$" if depth == 0 && tokens.get(at + 2) == Some(&":") => {
                let name = tokens.get(at + 1).copied().unwrap_or_default();
                let rest = tokens.get(at + 3..).unwrap_or_default();
                if let Some((ty, length)) = type_of(rest) {
                    found.push(Declared {
                        name: name.to_owned(),
                        ty,
                        default: false,
                    });
                    at += 3 + length;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads a type, and how many tokens it has.
fn type_of(tokens: &[&str]) -> Option<(Type, usize)> {
    let opened = tokens.iter().take_while(|token| **token == "[").count();
    if opened > LISTS {
        return None;
    }
    let name = tokens.get(opened).copied().filter(|name| is_name(name))?;
    let mut at = opened + 1;
    // Answers whether null is allowed, and goes on behind the mark that forbids it.
    let nullable = |at: &mut usize| {
        let required = tokens.get(*at) == Some(&"!");
        *at += usize::from(required);
        !required
    };
    let inner = nullable(&mut at);
    let mut lists = Vec::new();
    for _ in 0..opened {
        if tokens.get(at) != Some(&"]") {
            return None;
        }
        at += 1;
        lists.insert(0, nullable(&mut at));
    }
    let ty = Type {
        name: name.to_owned(),
        lists,
        nullable: inner,
    };
    Some((ty, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, operation: Option<&str>) -> Vec<String> {
        declared(text, operation)
            .into_iter()
            .map(|variable| {
                format!(
                    "{} {} {:?} {}{}",
                    variable.name,
                    variable.ty.name,
                    variable.ty.lists,
                    variable.ty.nullable,
                    if variable.default { " =" } else { "" }
                )
            })
            .collect()
    }

    #[test]
    fn variables_have_the_types_that_the_query_declares() {
        let query = "# a ($no: Int)\nquery Orders($first: Int! = 10, $ids: [[ID!]!], $where: OrderFilter = {a: \"b)\", c: [1]}, $x: Float) @cached(ttl: 5) {\n  orders(first: $first) { id }\n}\nmutation Add($input: OrderInput!) { add(input: $input) { id } }";
        assert_eq!(
            shown(query, None),
            [
                "first Int [] false =",
                "ids ID [true, false] false",
                "where OrderFilter [] true =",
                "x Float [] true"
            ]
        );
        assert_eq!(shown(query, Some("Add")), ["input OrderInput [] false"]);
        assert!(shown("{ orders { id } }", None).is_empty());
        assert!(shown("query ($a: [Int) { b }", None).is_empty());
        assert_eq!(shown("query ($a: Int", None), ["a Int [] true"]);
        assert!(shown("query \"", None).is_empty());
    }
}
