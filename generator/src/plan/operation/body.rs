//! Request bodies and responses to what a call sends and gives: the media type, the envelope, the schema.

use super::super::context::Context;
use super::name::Named;
use crate::model::{
    Additional, MediaType, Operation, Property, Response, Schema, SchemaId, Shape, Status,
};
use std::collections::BTreeSet;

/// What a call sends and gives, before it has types.
pub(in crate::plan) struct BodyShape {
    pub request: Option<RequestShape>,
    pub response: ResponseShape,
}

/// What a call sends.
pub(in crate::plan) struct RequestShape {
    pub schema: SchemaId,
    /// The member that the value is wrapped in.
    pub member: Option<String>,
    pub encoding: Encoding,
    pub required: bool,
}

/// How a body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::plan) enum Encoding {
    /// As JSON, under this media type.
    Json(String),
    /// As a form in the body's text.
    Form,
    /// As the caller gives it, under this media type.
    Raw(String),
}

/// What a call gives.
pub(in crate::plan) enum ResponseShape {
    /// No source says.
    Unknown,
    /// Nothing.
    Empty,
    /// Bodies that differ by status: their places are those of the responses.
    Different(Status, Status),
    /// JSON of a schema.
    Json {
        schema: SchemaId,
        /// The member that the value is wrapped in.
        member: Option<String>,
        /// Whether some success has no body.
        optional: bool,
        /// The media type, if it is not `application/json`.
        accept: Option<String>,
    },
    /// Text under this media type.
    Text(String),
    /// Bytes under this media type.
    Bytes(String),
}

/// The bodies of all operations, in their order.
pub(in crate::plan) fn shape_bodies(context: &Context<'_>, named: &[Named<'_>]) -> Vec<BodyShape> {
    named
        .iter()
        .map(|named| BodyShape {
            request: request(context, named.operation),
            response: response(context, named.operation),
        })
        .collect()
}

fn request(context: &Context<'_>, operation: &Operation) -> Option<RequestShape> {
    let body = operation.request_body.as_ref()?;
    let is_form = |media: &&MediaType| media.name == "application/x-www-form-urlencoded";
    let json = body.content.iter().find(|media| is_json(&media.name));
    let media = json
        .or_else(|| body.content.iter().find(is_form))
        .or(body.content.first())?;
    let encoding = match media.name.as_str() {
        name if is_json(name) => Encoding::Json(if name == "*/*" {
            "application/json".to_owned()
        } else {
            name.to_owned()
        }),
        "application/x-www-form-urlencoded" => Encoding::Form,
        name => Encoding::Raw(name.to_owned()),
    };
    let mut schema = media.schema;
    let mut member = None;
    if matches!(encoding, Encoding::Json(_))
        && let Some(property) = envelope(context, schema)
        && !matches!(
            context.schema(property.schema).shape,
            Shape::Any | Shape::Never
        )
    {
        schema = property.schema;
        member = Some(property.name.clone());
    }
    Some(RequestShape {
        schema,
        member,
        encoding,
        required: body.required,
    })
}

pub(in crate::plan) fn is_json(media: &str) -> bool {
    media.ends_with("/json") || media.ends_with("+json") || media == "*/*"
}

/// The only member of an object, if the configuration makes envelopes transparent: one that holds an object or several
/// values, and never null.
fn envelope<'a>(context: &Context<'a>, schema: SchemaId) -> Option<&'a Property> {
    if !context.config.unwrap {
        return None;
    }
    let property = sole_member(context.schema(schema))?;
    let inner = context.schema(property.schema);
    let holds = matches!(
        inner.shape,
        Shape::Object(_) | Shape::Map(_) | Shape::Array(_) | Shape::Tuple(_) | Shape::Union(_)
    );
    (holds && !inner.nullable).then_some(property)
}

fn sole_member(schema: &Schema) -> Option<&Property> {
    match &schema.shape {
        Shape::Object(object) if object.additional == Additional::Unknown && !schema.nullable => {
            match object.properties.as_slice() {
                [property] => Some(property),
                _ => None,
            }
        }
        _ => None,
    }
}

fn response(context: &Context<'_>, operation: &Operation) -> ResponseShape {
    let mut successes: Vec<&Response> = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success())
        .collect();
    if successes.is_empty() {
        successes = operation
            .responses
            .iter()
            .filter(|response| response.status == Status::Default)
            .collect();
    }
    successes.sort_by_key(|response| response.status);
    if successes.is_empty() {
        return ResponseShape::Unknown;
    }
    let mut bodies = successes.iter().filter_map(|response| {
        let json = response.content.iter().find(|media| is_json(&media.name));
        Some((response.status, json.or(response.content.first())?))
    });
    let Some((first_status, first)) = bodies.next() else {
        return ResponseShape::Empty;
    };
    for (status, media) in bodies {
        if !alike(context, first, media) {
            return ResponseShape::Different(first_status, status);
        }
    }
    let optional = successes.iter().any(|response| response.content.is_empty());
    if !is_json(&first.name) {
        let name = first.name.clone();
        return if name.starts_with("text/") {
            ResponseShape::Text(name)
        } else {
            ResponseShape::Bytes(name)
        };
    }
    let mut schema = first.schema;
    let mut member = None;
    // A list keeps its envelope: where it comes in pages, their members stand beside it.
    if let Some(property) = envelope(context, schema)
        && !matches!(
            context.schema(property.schema).shape,
            Shape::Array(_) | Shape::Tuple(_)
        )
        && !optional
    {
        schema = property.schema;
        member = Some(property.name.clone());
    }
    let accept =
        (!matches!(first.name.as_str(), "application/json" | "*/*")).then(|| first.name.clone());
    ResponseShape::Json {
        schema,
        member,
        optional,
        accept,
    }
}

fn alike(context: &Context<'_>, a: &MediaType, b: &MediaType) -> bool {
    is_json(&a.name) == is_json(&b.name)
        && (is_json(&a.name) || a.name == b.name)
        && same_shape(context, a.schema, b.schema)
}

/// Whether two schemas allow the same values, as far as their types show it.
fn same_shape(context: &Context<'_>, a: SchemaId, b: SchemaId) -> bool {
    let mut compared = BTreeSet::new();
    let mut open = vec![(a, b)];
    while let Some((a, b)) = open.pop() {
        if a == b || !compared.insert((a, b)) {
            continue;
        }
        let (first, second) = (context.schema(a), context.schema(b));
        if first.nullable != second.nullable {
            return false;
        }
        match (&first.shape, &second.shape) {
            (Shape::Array(a), Shape::Array(b)) | (Shape::Map(a), Shape::Map(b)) => {
                open.push((*a, *b))
            }
            (Shape::Object(a), Shape::Object(b)) => {
                if a.properties.len() != b.properties.len() {
                    return false;
                }
                for (a, b) in a.properties.iter().zip(&b.properties) {
                    if a.name != b.name || a.required != b.required {
                        return false;
                    }
                    open.push((a.schema, b.schema));
                }
            }
            (Shape::Enum(a), Shape::Enum(b)) => {
                if !a
                    .values
                    .iter()
                    .map(|value| &value.value)
                    .eq(b.values.iter().map(|value| &value.value))
                {
                    return false;
                }
            }
            (Shape::Union(a), Shape::Union(b)) => {
                if a.variants.len() != b.variants.len() || a.external != b.external {
                    return false;
                }
                open.extend(
                    a.variants
                        .iter()
                        .zip(&b.variants)
                        .map(|(a, b)| (a.schema, b.schema)),
                );
            }
            (a, b) => {
                if a != b {
                    return false;
                }
            }
        }
    }
    true
}
