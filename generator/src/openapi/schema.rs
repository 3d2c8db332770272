//! Schemas of all drafts to shapes: each node once, references through a queue, so that neither chains nor circles recurse.

mod compose;
mod enumeration;
mod keyword;
mod object;
mod scalar;
mod union;

use super::Lowering;
use super::dialect::{self, Dialect};
use super::finding::Remark;
use super::reference::{Place, reference};
use crate::diagnostic::Code;
use crate::infer;
use crate::model::schema::Authority;
use crate::model::{Constraint, Docs, NameHint, Schema, SchemaId, Shape};
use crate::origin::Origin;
use crate::tree::{Kind, Node};

pub(super) use keyword::Keywords;

const IGNORED: Remark = Remark {
    code: Code::OPENAPI_IGNORED_KEYWORD,
    many: "keywords say what no type can (`not`, `if`, `dependentSchemas` …)",
    note: "they are not checked by the generated code",
    help: "",
};
const NO_SCHEMA: Remark = Remark {
    code: Code::OPENAPI_NOT_A_SCHEMA,
    many: "schemas are neither an object nor a boolean",
    note: "any value is taken in their place",
    help: "write a schema there, such as `type: string`",
};
const SIBLINGS: Remark = Remark {
    code: Code::OPENAPI_REFERENCE_SIBLINGS,
    many: "keywords stand beside a `$ref`, where this version of OpenAPI ignores them",
    note: "`nullable`, texts and flags are read all the same, the others are not",
    help: "put the `$ref` into an `allOf` of one",
};

/// A schema that was referred to and is still to be read.
pub(super) struct Pending<'a> {
    node: Node<'a>,
    id: SchemaId,
    name: Option<&'a str>,
    /// Whether only what heirs have in common is meant.
    part: bool,
}

/// Where a schema stands: what may name it, from the inside to the outside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'s> {
    text: Option<&'s str>,
    around: Option<&'s Spot<'s>>,
    author: bool,
}

impl<'s> Spot<'s> {
    /// A schema that its author gave a name.
    pub(super) fn component(name: &'s str) -> Self {
        Spot {
            text: Some(name),
            around: None,
            author: true,
        }
    }

    /// A parameter, a header or a member of a form.
    pub(super) fn member(name: &'s str) -> Self {
        Spot {
            text: Some(name),
            around: None,
            author: false,
        }
    }

    /// The content of something; nothing is said about its own name.
    pub(super) fn inside(around: Option<&'s Spot<'s>>) -> Self {
        Spot {
            text: None,
            around,
            author: false,
        }
    }

    /// A property of it.
    fn property(&'s self, name: &'s str) -> Spot<'s> {
        Spot {
            text: Some(name),
            around: Some(self),
            author: false,
        }
    }

    /// Proposals for a name, nearest first. A title that reads like a name comes before the names of places.
    fn names(&self, title: Option<&str>) -> Vec<NameHint> {
        let mut names = Vec::new();
        if let (true, Some(text)) = (self.author, self.text) {
            names.push(NameHint::new(super::reference::percent_decoded(text), 0));
            return names;
        }
        if let Some(title) = title.filter(|title| is_name(title)) {
            names.push(NameHint::new(title, 1));
        }
        if let Some(text) = self.text {
            names.push(NameHint::new(text, 2));
            let outer = self.around.and_then(|around| around.text);
            names.extend(outer.map(|outer| NameHint::new(format!("{outer} {text}"), 3)));
        }
        names
    }
}

/// Whether a type may be made of a shape, which then needs a name.
fn is_nameable(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Object(_) | Shape::Enum(_) | Shape::Union(_) | Shape::AllOf(_) | Shape::Tuple(_)
    )
}

/// Whether a title is a name and no sentence.
fn is_name(title: &str) -> bool {
    let words = title.split_whitespace().count();
    (1..=4).contains(&words)
        && title.len() <= 60
        && title
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '-'))
        && title.starts_with(|c: char| c.is_ascii_alphabetic())
}

impl<'a> Lowering<'a, '_> {
    /// A schema of nothing but a shape.
    pub(super) fn shape(&mut self, shape: Shape, origin: Origin) -> SchemaId {
        self.model.schemas.add(Schema {
            shape,
            authority: Authority::Declared,
            origins: origin.into(),
            ..Schema::default()
        })
    }

    /// The schema that a node is. Each node is one schema, however often it is asked for.
    pub(super) fn schema(&mut self, node: Node<'a>, spot: &Spot<'_>) -> SchemaId {
        let place = (node.tree().file(), node.id());
        if let Some(id) = self.known.get(&place) {
            return *id;
        }
        if let Some(text) = node.get("$dynamicRef").and_then(Node::as_str)
            && node.get("$ref").is_none()
            && let Some(target) = self.refer(node, text)
        {
            let id = self.referred(target, super::reference::component_name(text), false);
            self.known.insert(place, id);
            return id;
        }
        if reference(node).is_some() && !self.has_siblings(node) {
            let id = match self.follow(node) {
                Some(target) => self.referred(target.node, target.name, false),
                None => self.shape(Shape::Any, node.origin()),
            };
            self.known.insert(place, id);
            return id;
        }
        let id = self.shape(Shape::Any, node.origin());
        self.known.insert(place, id);
        self.fill(node, id, spot, false);
        id
    }

    /// A schema that is referred to: what is in it is read later. `part`: as an element of `allOf`.
    fn referred(&mut self, node: Node<'a>, name: Option<&'a str>, part: bool) -> SchemaId {
        let place: Place = (node.tree().file(), node.id());
        let part = part && self.is_base(node);
        let known = if part {
            &mut self.parts
        } else {
            &mut self.known
        };
        if let Some(id) = known.get(&place) {
            return *id;
        }
        let id = self.shape(Shape::Any, node.origin());
        let known = if part {
            &mut self.parts
        } else {
            &mut self.known
        };
        known.insert(place, id);
        self.pending.push(Pending {
            node,
            id,
            name,
            part,
        });
        id
    }

    /// The schemas of a document that describes nothing else.
    pub(super) fn named_schemas(&mut self) {
        let model = &self.model;
        let described = [
            model.operations.is_empty(),
            model.webhooks.is_empty(),
            model.skipped.is_empty(),
        ];
        let mut schemas = Some(self.root);
        for step in self.dialect.schemas() {
            schemas = schemas.and_then(|node| node.get(step));
        }
        if described.contains(&false) {
            return;
        }
        for (key, node) in schemas.into_iter().flat_map(Node::entries) {
            let Some(target) = self.follow(node) else {
                continue;
            };
            let id = self.referred(target.node, target.name.or(Some(key.text)), false);
            self.model.named_schemas.push(id);
        }
    }

    /// Reads all schemas that were referred to, and those that these refer to.
    pub(super) fn finish_schemas(&mut self) {
        while let Some(pending) = self.pending.pop() {
            let spot = match pending.name {
                Some(name) => Spot::component(name),
                None => Spot::inside(None),
            };
            self.fill(pending.node, pending.id, &spot, pending.part);
        }
        self.break_circles();
    }

    /// Whether keywords beside a `$ref` say something about the value itself. Texts and flags belong to the place.
    fn has_siblings(&mut self, node: Node<'a>) -> bool {
        if node.len() == 1 {
            return false;
        }
        let keywords = Keywords::read(node);
        let nullable = keywords.nullable.and_then(dialect::boolean) == Some(true);
        let shaped = keywords.shapes()
            || keywords.all_of.is_some()
            || keywords.any_of.is_some()
            || keywords.one_of.is_some()
            || keywords
                .required
                .is_some_and(|list| list.kind() == Kind::Array);
        if !self.dialect.reads_siblings() && (shaped || nullable) {
            self.findings.add(SIBLINGS, node.origin(), || {
                "keywords stand beside a `$ref`, where this version of OpenAPI ignores them"
                    .to_owned()
            });
        }
        let default = keywords.default.is_some();
        nullable || self.dialect.reads_siblings() && (shaped || default)
    }

    /// Reads a node into its schema.
    fn fill(&mut self, node: Node<'a>, id: SchemaId, spot: &Spot<'_>, part: bool) {
        let shape = match (node.kind(), node.as_bool()) {
            (Kind::Object, _) => None,
            (_, Some(true)) => Some(Shape::Any),
            (_, Some(false)) => Some(Shape::Never),
            (Kind::Null, _) => Some(Shape::Any),
            _ => {
                let shown = node.pointer();
                self.findings.add(NO_SCHEMA, node.origin(), || {
                    format!("`{shown}` is {} and no schema", node.kind().with_article())
                });
                Some(Shape::Any)
            }
        };
        let schema = match shape {
            Some(shape) => Schema {
                shape,
                names: if spot.author {
                    spot.names(None)
                } else {
                    Vec::new()
                },
                ..Schema::default()
            },
            None => self.object_schema(node, spot, part),
        };
        if let Some(slot) = self.model.schemas.get_mut(id) {
            *slot = Schema {
                authority: Authority::Declared,
                origins: node.origin().into(),
                ..schema
            };
        }
    }

    fn object_schema(&mut self, node: Node<'a>, spot: &Spot<'_>, part: bool) -> Schema {
        let keywords = Keywords::read(node);
        for (keyword, value) in &keywords.ignored {
            self.findings.add(IGNORED, value.origin(), || {
                format!("`{keyword}` is not checked")
            });
        }
        let title = keywords.title.and_then(Node::as_str).map(str::trim);
        let inner = Spot {
            around: spot.around,
            text: spot.text.or(title.filter(|title| is_name(title))),
            author: spot.author,
        };
        let shape = self.composed(node, &keywords, &inner, part);
        let nullable = dialect::nullable(&keywords) || self.has_null_branch(&keywords);
        let enumerated = matches!(shape, Shape::Enum(_));
        let examples = self.schema_examples(&keywords, spot);
        Schema {
            nullable: nullable && shape != Shape::Any,
            names: match is_nameable(&shape) || spot.author {
                true => spot.names(title),
                false => Vec::new(),
            },
            docs: schema_docs(&keywords, spot),
            default: keywords
                .default
                .filter(|node| !node.is_null())
                .map(|node| infer::literal(spot.text.unwrap_or_default(), node)),
            examples,
            deprecated: keywords.deprecated.and_then(dialect::boolean) == Some(true),
            constraints: if enumerated {
                Vec::new()
            } else {
                constraints(&keywords)
            },
            shape,
            ..Schema::default()
        }
    }

    fn schema_examples(
        &mut self,
        keywords: &Keywords<'a>,
        spot: &Spot<'_>,
    ) -> Vec<crate::model::Literal> {
        let name = spot.text.unwrap_or_default();
        let several = keywords.examples.into_iter().flat_map(Node::items);
        keywords
            .example
            .into_iter()
            .chain(several)
            .map(|node| infer::literal(name, node))
            .collect()
    }

    /// Whether the dialect leaves lists without `items`.
    fn needs_items(&self) -> bool {
        self.dialect <= Dialect::V30
    }
}

/// `description`, and `title` where it says more than the name.
fn schema_docs(keywords: &Keywords<'_>, spot: &Spot<'_>) -> Docs {
    let text = |node: Option<Node<'_>>| {
        let text = node.and_then(Node::scalar).map(str::trim)?;
        (!text.is_empty()).then(|| text.to_owned())
    };
    let folded = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let named = spot.text.map(folded).unwrap_or_default();
    let summary = text(keywords.title).filter(|title| folded(title) != named && !is_name(title));
    Docs {
        summary,
        description: text(keywords.description),
    }
}

/// What a type does not say of a value.
fn constraints(keywords: &Keywords<'_>) -> Vec<Constraint> {
    let demands = keywords.demands.iter().copied();
    // A list of values that no type follows, such as one of booleans or of objects.
    let listed = keywords.enumeration.map(|list| ("enum", list));
    dialect::bounds(keywords)
        .into_iter()
        .chain(demands)
        .chain(listed)
        .filter(|(_, value)| value.as_bool() != Some(false))
        .map(|(keyword, value)| Constraint {
            keyword: keyword.to_owned(),
            value: infer::literal("", value),
        })
        .collect()
}
