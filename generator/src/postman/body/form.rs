//! Forms, URL-encoded and multipart, to objects: repeated names are lists, brackets are objects, files are bytes.

use super::super::Lowering;
use super::super::entry::{Entry, Spelling, clean, docs, is_placeholder};
use super::super::header;
use super::super::json;
use super::super::url::decode;
use super::super::variable::Scope;
use super::{Body, Content};
use crate::diagnostic::{Code, Diagnostic};
use crate::exchange;
use crate::infer::brackets::{Branch, group, heads};
use crate::infer::{self, Direction, Sample};
use crate::model::evidence::Evidence;
use crate::model::{
    Literal, NameHint, ObjectShape, PartEncoding, Property, SchemaId, Shape, StringFormat,
};
use crate::origin::Origins;
use crate::tree::{Kind, Node};

/// The media type of forms in the body's text.
pub(super) const URL_ENCODED: &str = "application/x-www-form-urlencoded";
/// The media type of forms with a part for each entry.
pub(super) const MULTIPART: &str = "multipart/form-data";

/// A member of a form.
pub(super) struct Field {
    repeated: bool,
    required: bool,
    /// Whether one of the samples is a file.
    file: bool,
    evidence: Evidence,
    /// The media type of its part, where one is stated.
    part_type: Option<String>,
    description: Option<String>,
    origins: Origins,
}

impl Field {
    pub(super) fn join(&mut self, new: Field) {
        self.repeated |= new.repeated;
        self.required |= new.required;
        self.file |= new.file;
        self.evidence.join(&new.evidence);
        self.part_type = self.part_type.take().or(new.part_type);
        self.description = self.description.take().or(new.description);
        self.origins.join(&new.origins);
    }
}

/// Joins the members of a further sample of a form.
pub(super) fn join_fields(
    mut known: Vec<(String, Field)>,
    new: Vec<(String, Field)>,
) -> Vec<(String, Field)> {
    for (name, field) in new {
        match known.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => known.join(field),
            None => known.push((name, field)),
        }
    }
    known
}

impl Lowering<'_> {
    pub(super) fn read_form(
        &mut self,
        node: Node<'_>,
        multipart: bool,
        scope: &Scope,
    ) -> Option<Body> {
        let mut fields: Vec<(String, Field)> = Vec::new();
        let mut places = std::collections::BTreeMap::<String, usize>::new();
        let mut example = Some(Vec::new());
        for entry in self.read_entries(Some(node), Spelling::Query) {
            let (name, field) = if multipart {
                let name = entry.key.clone().into_owned();
                (name, self.read_part(&entry, scope))
            } else {
                let field = Field {
                    evidence: self.observe_value(
                        infer::kept_text(&decode(&entry.key), entry.text()),
                        entry.origin,
                        scope,
                    ),
                    ..plain_field(&entry)
                };
                (decode(&entry.key).into_owned(), field)
            };
            // Placeholders are kept, as in JSON: an example is the sample as it was given, without its secrets.
            let secret =
                header::is_secret_name(&name) || infer::is_secret(&name, &decode(entry.text()));
            let shown = !secret || is_placeholder(entry.text());
            if !shown && !field.file {
                self.literal_secret(&name, entry.origin);
            }
            if field.file {
                example = None;
            } else if shown && !entry.disabled {
                let text = if multipart {
                    entry.text().to_owned()
                } else {
                    decode(entry.text()).into_owned()
                };
                if let Some(example) = &mut example {
                    // A part may be JSON, with credentials in it.
                    let text = infer::masked_plain(&text);
                    add_member(example, &name, Literal::String(text));
                }
            }
            match places.get(&name).and_then(|at| fields.get_mut(*at)) {
                Some((_, known)) => {
                    known.repeated = true;
                    known.join(field);
                }
                None => {
                    places.insert(name.clone(), fields.len());
                    fields.push((name, field));
                }
            }
        }
        let media_type = if multipart { MULTIPART } else { URL_ENCODED };
        (!fields.is_empty()).then(|| Body {
            media_type: media_type.to_owned(),
            content: Content::Form(fields),
            example: example
                .filter(|example| !example.is_empty())
                .map(Literal::Object),
            origin: node.origin(),
        })
    }

    fn read_part(&mut self, entry: &Entry<'_>, scope: &Scope) -> Field {
        let node = entry.node.filter(|node| node.kind() == Kind::Object);
        let member = |name: &str| node?.get(name).filter(|member| !member.is_null());
        let source = member("src");
        let file = match member("type").and_then(Node::as_str) {
            Some(kind) => kind == "file",
            None => source.is_some(),
        };
        let part_type = member("contentType")
            .and_then(Node::as_str)
            .and_then(exchange::media_type);
        let mut field = plain_field(entry);
        field.repeated = file && source.is_some_and(|source| source.items().len() > 1);
        field.file = file;
        let text = entry.text();
        if !file {
            if text.trim() == "[object Object]" {
                self.object_lost(entry);
            } else {
                let is_json = part_type.as_deref().is_some_and(exchange::is_json);
                let read = is_json
                    .then(|| json::read(entry.origin.file, text, scope).ok())
                    .flatten();
                field.evidence = match read {
                    Some(read) => infer::observe_member(
                        &entry.key,
                        read.tree.root(),
                        Sample {
                            origin: entry.origin,
                            direction: Direction::Sent,
                            elided: read.elided,
                        },
                    ),
                    None => {
                        let text = infer::kept_text(&entry.key, text);
                        self.observe_text(text, entry.origin, scope)
                    }
                };
            }
        }
        field.part_type = part_type;
        field
    }

    fn object_lost(&mut self, entry: &Entry<'_>) {
        self.diagnostics.push(
            Diagnostic::new(
                Code::POSTMAN_OBJECT_LOST,
                format!(
                    "{}: `{}` was an object whose members a converter lost",
                    self.item, entry.key
                ),
            )
            .at(entry.origin)
            .note("it is sent as the text that the caller gives")
            .help("write the members out in the collection, as JSON"),
        );
    }

    /// The object that a form is. Brackets are parts of the names where each entry is a part of its own.
    pub(super) fn form_shape(&mut self, fields: Vec<(String, Field)>, multipart: bool) -> Shape {
        let branches = if multipart {
            let leaves = fields.into_iter();
            leaves
                .map(|(name, field)| (name, Branch::Leaf(field)))
                .collect()
        } else {
            let heads = heads(fields.iter().map(|(name, _)| name.as_str()));
            group(fields, &heads, &mut |known: &mut Field, new| {
                known.join(new);
            })
        };
        let properties = branches
            .into_iter()
            .map(|(name, branch)| self.form_member(name, branch));
        Shape::Object(ObjectShape {
            properties: properties.collect(),
            ..ObjectShape::default()
        })
    }

    fn form_member(&mut self, name: String, branch: Branch<Field>) -> Property {
        let (schema, seen) = self.form_branch(&name, branch);
        Property {
            required: seen.required,
            docs: docs(seen.description),
            origins: seen.origins,
            ..Property::new(name, schema)
        }
    }

    /// The schema of a branch, and what is said about it. The limit on steps bounds the recursion.
    fn form_branch(&mut self, name: &str, branch: Branch<Field>) -> (SchemaId, Seen) {
        match branch {
            Branch::Leaf(field) => {
                let origin = field.origins.first().unwrap_or_default();
                let shape = if field.file {
                    Shape::String(StringFormat::Binary)
                } else {
                    Shape::Sampled(Box::new(field.evidence))
                };
                let mut schema = self.schema(shape, origin, Vec::new());
                if field.repeated || name.ends_with("[]") {
                    schema = self.schema(Shape::Array(schema), origin, Vec::new());
                }
                let seen = Seen {
                    required: field.required,
                    description: field.description,
                    origins: field.origins,
                };
                (schema, seen)
            }
            Branch::List(mut item) => {
                if let Branch::Leaf(field) = &mut *item {
                    // `a[b][]` twice is one list, and no list of lists.
                    field.repeated = false;
                }
                let (item, seen) = self.form_branch("", *item);
                let origin = seen.origins.first().unwrap_or_default();
                let schema = self.schema(Shape::Array(item), origin, Vec::new());
                (
                    schema,
                    Seen {
                        description: None,
                        ..seen
                    },
                )
            }
            Branch::Object(members) => {
                let properties: Vec<Property> = members
                    .into_iter()
                    .map(|(name, branch)| self.form_member(name, branch))
                    .collect();
                let mut seen = Seen {
                    required: properties.iter().any(|property| property.required),
                    description: None,
                    origins: Origins::none(),
                };
                for property in &properties {
                    seen.origins.join(&property.origins);
                }
                let origin = seen.origins.first().unwrap_or_default();
                let names = match name {
                    "" => Vec::new(),
                    name => vec![NameHint::new(name, 2)],
                };
                let shape = Shape::Object(ObjectShape {
                    properties,
                    ..ObjectShape::default()
                });
                (self.schema(shape, origin, names), seen)
            }
        }
    }
}

/// What is said about a member beside its schema.
struct Seen {
    required: bool,
    description: Option<String>,
    origins: Origins,
}

fn plain_field(entry: &Entry<'_>) -> Field {
    let (required, description) = required_mark(entry.description.as_deref());
    Field {
        repeated: false,
        required,
        file: false,
        evidence: Evidence::default(),
        part_type: None,
        description,
        origins: entry.origin.into(),
    }
}

/// The media types of the parts of a form, by name.
pub(super) fn encodings(fields: &[(String, Field)]) -> Vec<PartEncoding> {
    fields
        .iter()
        .filter_map(|(name, field)| Some(PartEncoding::media_type(name, field.part_type.as_ref()?)))
        .collect()
}

/// The sample of a form in the shape that its members have together. Of the elements of a list, it shows one.
pub(super) fn nested(example: Literal, fields: &[(String, Field)]) -> Literal {
    let Literal::Object(members) = example else {
        return example;
    };
    let heads = heads(fields.iter().map(|(name, _)| name.as_str()));
    let branches = group(members, &heads, &mut |_, _| {});
    Literal::Object(branches.into_iter().map(literal).collect())
}

/// The limit on steps of names bounds the recursion.
fn literal((name, branch): (String, Branch<Literal>)) -> (String, Literal) {
    let value = match branch {
        Branch::Leaf(value) => value,
        Branch::List(item) => match literal((String::new(), *item)).1 {
            values @ Literal::Array(_) => values,
            value => Literal::Array(vec![value]),
        },
        Branch::Object(members) => Literal::Object(members.into_iter().map(literal).collect()),
    };
    (name, value)
}

/// Adds a member; a name that stands twice has a list of values.
fn add_member(members: &mut Vec<(String, Literal)>, name: &str, value: Literal) {
    match members.iter_mut().find(|(known, _)| known == name) {
        Some((_, Literal::Array(values))) => values.push(value),
        Some((_, known)) => {
            let first = std::mem::replace(known, Literal::Null);
            *known = Literal::Array(vec![first, value]);
        }
        None => members.push((name.to_owned(), value)),
    }
}

fn required_mark(text: Option<&str>) -> (bool, Option<String>) {
    let Some(text) = text else {
        return (false, None);
    };
    for mark in ["(required)", "[required]"] {
        if text
            .get(..mark.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(mark))
        {
            return (
                true,
                clean(text.get(mark.len()..).unwrap_or_default().trim_start()),
            );
        }
    }
    (false, clean(text))
}
