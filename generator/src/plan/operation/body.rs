//! Request bodies and responses to what a call sends and gives: the media type, the envelope, the schema.

use super::super::context::Context;
use super::name::Named;
use super::part::{Part, plan_parts};
use super::same::same_shape;
use super::stream::{self, StreamShape};
use crate::model::{
    Additional, Literal, MediaType, Operation, Property, Response, Schema, SchemaId, Shape, Status,
    StringFormat,
};
use crate::names;

/// What a call sends and gives, before it has types.
pub(in crate::plan) struct BodyShape {
    pub request: Option<RequestShape>,
    /// The request in other media types.
    pub others: Vec<RequestShape>,
    pub response: ResponseShape,
    /// The stream that the response is or may be.
    pub stream: Option<StreamShape>,
    /// What failures answer, where that is JSON of a shape.
    pub errors: Vec<(Status, SchemaId)>,
}

/// What a call sends.
pub(in crate::plan) struct RequestShape {
    pub schema: SchemaId,
    /// The member that the value is wrapped in.
    pub member: Option<String>,
    /// The member within that member that the value is, where that has no other.
    pub inner: Option<String>,
    pub encoding: Encoding,
    pub required: bool,
    /// What the media type is called beside others: `form`, `xml`.
    pub word: String,
    /// Members that every call sends, as the inside of a JSON object.
    pub fixed: Option<String>,
    /// How members of a form are sent.
    pub parts: Vec<Part>,
}

impl RequestShape {
    /// Whether its schema becomes types.
    pub fn is_typed(&self) -> bool {
        !matches!(
            self.encoding,
            Encoding::Raw(_) | Encoding::Text(_) | Encoding::Fixed
        )
    }
}

/// How a body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::plan) enum Encoding {
    /// As JSON, under this media type.
    Json(String),
    /// As a form in the body's text.
    Form,
    /// As a form of several parts, under this media type.
    Multipart(String),
    /// As the caller's text, under this media type.
    Text(String),
    /// As the caller gives it, under this media type.
    Raw(String),
    /// The same for every call.
    Fixed,
}

/// What a call gives.
pub(in crate::plan) enum ResponseShape {
    /// No source says.
    Unknown,
    /// Nothing.
    Empty,
    /// Bodies that differ by status.
    Outcome(Vec<(Status, CaseShape)>),
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
    /// A stream of items under this media type.
    Items(String),
}

/// What a call gives with one status.
pub(in crate::plan) enum CaseShape {
    /// Nothing.
    Empty,
    /// JSON of a schema, which may be wrapped in a member, under a media type.
    Json(SchemaId, Option<String>, String),
    /// Text under this media type.
    Text(String),
    /// Bytes under this media type.
    Bytes(String),
}

/// The bodies of all operations, in their order.
pub(in crate::plan) fn shape_bodies(context: &Context<'_>, named: &[Named<'_>]) -> Vec<BodyShape> {
    named
        .iter()
        .map(|named| {
            let mut requests = requests(context, named.operation).into_iter();
            BodyShape {
                request: requests.next(),
                others: requests.collect(),
                response: response(context, named.operation),
                stream: stream::shape(context, named.operation),
                errors: errors(named.operation),
            }
        })
        .collect()
}

/// The body in each of its media types, the preferred one first: JSON, then forms, then the source's order. One that is
/// only another spelling of the same is left out.
fn requests(context: &Context<'_>, operation: &Operation) -> Vec<RequestShape> {
    let Some(body) = &operation.request_body else {
        return Vec::new();
    };
    let mut content: Vec<&MediaType> = body.content.iter().collect();
    content.sort_by_key(|media| match media.name.as_str() {
        name if is_json(name) => 0,
        "application/x-www-form-urlencoded" => 1,
        _ => 2,
    });
    let mut shapes: Vec<RequestShape> = Vec::new();
    for media in content {
        let shape = request(context, media, body.required);
        if shapes.iter().all(|known| known.word != shape.word) {
            shapes.push(shape);
        }
    }
    shapes
}

fn request(context: &Context<'_>, media: &MediaType, required: bool) -> RequestShape {
    let schema = context.schema(media.schema);
    let has_members =
        matches!(&schema.shape, Shape::Object(object) if !object.properties.is_empty());
    let encoding = match media.name.as_str() {
        name if is_binary(schema) || is_range(name) && is_unknown(schema) => raw(name),
        name if is_json(name) => Encoding::Json(name.replace("*/*", "application/json")),
        "application/x-www-form-urlencoded" => Encoding::Form,
        name if name.starts_with("multipart/") && has_members => {
            Encoding::Multipart(name.replace('*', "form-data"))
        }
        name if is_text(name) => Encoding::Text(name.replace('*', "plain")),
        name => raw(name),
    };
    let mut shape = RequestShape {
        schema: media.schema,
        member: None,
        inner: None,
        parts: plan_parts(context, media, &encoding),
        word: match encoding {
            Encoding::Raw(_) if media.name == "*/*" => "bytes".to_owned(),
            _ => media_word(&media.name),
        },
        encoding,
        required,
        fixed: None,
    };
    if let (Encoding::Multipart(_), Some(file)) = (&shape.encoding, sole_file(context, media)) {
        shape.schema = file.schema;
        shape.member = Some(file.name.clone());
    }
    if !matches!(shape.encoding, Encoding::Json(_)) {
        return shape;
    }
    if fix(context, media, &mut shape) {
        return shape;
    }
    if let Some(property) = envelope(context, shape.schema)
        && !matches!(
            context.schema(property.schema).shape,
            Shape::Any | Shape::Never
        )
    {
        shape.schema = property.schema;
        shape.member = Some(property.name.clone());
        if let Some(inner) = sole_scalar(context, property.schema) {
            shape.schema = inner.schema;
            shape.inner = Some(inner.name.clone());
        }
    }
    shape
}

/// The only part of a form, if the configuration makes envelopes transparent and it is a file.
fn sole_file<'a>(context: &Context<'a>, media: &MediaType) -> Option<&'a Property> {
    let part = sole_member(context.schema(media.schema))?;
    (context.config.unwrap && is_binary(context.schema(part.schema))).then_some(part)
}

/// The only member of an object, if it must be there and is a single value: `{"user": {"id": 1}}` says which user.
fn sole_scalar<'a>(context: &Context<'a>, schema: SchemaId) -> Option<&'a Property> {
    let property = sole_member(context.schema(schema))?;
    let value = context.schema(property.schema);
    let single = matches!(
        value.shape,
        Shape::Boolean | Shape::Integer { .. } | Shape::Number | Shape::String(_) | Shape::Enum(_)
    );
    (single && property.required && !value.nullable).then_some(property)
}

/// The caller's bytes, under this media type. A range of media types is none: unless the caller says more, they are
/// bytes of any kind.
fn raw(media: &str) -> Encoding {
    Encoding::Raw(match is_range(media) {
        true => "application/octet-stream".to_owned(),
        false => media.to_owned(),
    })
}

/// Whether a media type stands for several: `*/*`, `image/*`.
fn is_range(media: &str) -> bool {
    media.contains('*')
}

fn is_binary(schema: &Schema) -> bool {
    matches!(schema.shape, Shape::String(StringFormat::Binary))
}

fn is_unknown(schema: &Schema) -> bool {
    matches!(schema.shape, Shape::Any | Shape::Never)
}

/// Takes out the members that every call sends, where at most one is left: what a GraphQL operation asks is its own, and
/// only its variables are the caller's.
fn fix(context: &Context<'_>, media: &MediaType, shape: &mut RequestShape) -> bool {
    let Shape::Object(object) = &context.schema(media.schema).shape else {
        return false;
    };
    let is_fixed =
        |property: &&Property| media.fixed.iter().any(|(name, _)| *name == property.name);
    let mut rest = object
        .properties
        .iter()
        .filter(|property| !is_fixed(property));
    let (one, more) = (rest.next(), rest.next());
    if media.fixed.is_empty() || more.is_some() {
        return false;
    }
    let members: Vec<String> = media
        .fixed
        .iter()
        .map(|(name, value)| {
            format!(
                "{}:{}",
                Literal::String(name.clone()).to_json(),
                value.to_json()
            )
        })
        .collect();
    shape.fixed = Some(members.join(","));
    match one {
        Some(property) => {
            shape.schema = property.schema;
            shape.member = Some(property.name.clone());
            shape.required &= property.required;
        }
        None => shape.encoding = Encoding::Fixed,
    }
    true
}

/// What a media type is called in names: `form`, `xml`, `octet_stream`.
fn media_word(media: &str) -> String {
    match media {
        name if is_json(name) => "json".to_owned(),
        "application/x-www-form-urlencoded" => "form".to_owned(),
        "multipart/form-data" => "multipart".to_owned(),
        "application/octet-stream" => "bytes".to_owned(),
        "text/plain" => "text".to_owned(),
        name if is_range(name) => match name.split_once('/') {
            Some((kind, _)) if !kind.contains('*') => names::words(kind).join("_"),
            _ => "bytes".to_owned(),
        },
        name if is_xml(name) => "xml".to_owned(),
        name => {
            let subtype = name.split_once('/').map_or(name, |(_, subtype)| subtype);
            let words = names::words(subtype.trim_start_matches("x-").trim_start_matches("vnd."));
            match words.is_empty() {
                true => "body".to_owned(),
                false => words.join("_"),
            }
        }
    }
}

fn is_xml(media: &str) -> bool {
    media.ends_with("/xml") || media.ends_with("+xml")
}

/// Whether bodies of a media type are text to their callers.
fn is_text(media: &str) -> bool {
    let subtype = media.split_once('/').map_or("", |(_, subtype)| subtype);
    media.starts_with("text/")
        || is_xml(media)
        || matches!(
            subtype,
            "javascript" | "yaml" | "x-yaml" | "graphql" | "toml" | "sql" | "x-ndjson" | "jsonl"
        )
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
    let Some((_, first)) = bodies.next() else {
        return ResponseShape::Empty;
    };
    if bodies.any(|(_, media)| !alike(context, first, media)) {
        return outcome(context, &successes);
    }
    let optional = successes.iter().any(|response| response.content.is_empty());
    if !is_json(&first.name) {
        let name = first.name.clone();
        return if stream::framing(&name).is_some() {
            ResponseShape::Items(name)
        } else if is_text(&name) {
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

/// A case for each status.
fn outcome(context: &Context<'_>, successes: &[&Response]) -> ResponseShape {
    let case = |response: &&Response| {
        let json = response.content.iter().find(|media| is_json(&media.name));
        let Some(media) = json.or(response.content.first()) else {
            return (response.status, CaseShape::Empty);
        };
        let name = media.name.clone();
        let shape = match is_json(&name) {
            true => {
                let property = envelope(context, media.schema).filter(|property| {
                    let inner = &context.schema(property.schema).shape;
                    !matches!(inner, Shape::Array(_) | Shape::Tuple(_))
                });
                let member = property.map(|property| property.name.clone());
                let schema = property.map_or(media.schema, |property| property.schema);
                CaseShape::Json(schema, member, name)
            }
            false if is_text(&name) => CaseShape::Text(name),
            false => CaseShape::Bytes(name),
        };
        (response.status, shape)
    };
    ResponseShape::Outcome(successes.iter().map(case).collect())
}

/// The JSON that failures answer, by status; `default` is a failure where some success is described.
fn errors(operation: &Operation) -> Vec<(Status, SchemaId)> {
    let some_success = operation
        .responses
        .iter()
        .any(|response| response.status.is_success());
    let mut errors: Vec<(Status, SchemaId)> = operation
        .responses
        .iter()
        .filter(|response| match response.status {
            Status::Code(code) => code >= 400,
            Status::Range(hundred) => hundred >= 4,
            Status::Default => some_success,
        })
        .filter_map(|response| {
            let json = response.content.iter().find(|media| is_json(&media.name))?;
            Some((response.status, json.schema))
        })
        .collect();
    errors.sort_by_key(|(status, _)| *status);
    errors
}

fn alike(context: &Context<'_>, a: &MediaType, b: &MediaType) -> bool {
    is_json(&a.name) == is_json(&b.name)
        && (is_json(&a.name) || a.name == b.name)
        && same_shape(context, a.schema, b.schema)
}
