//! Places of schemas to texts that stay the same as long as the place does: what a type is called is remembered by them.

use super::super::super::context::Context;
use super::super::super::operation::Named;
use crate::model::{Literal, Location, Parameter, SchemaId, Shape, UnionShape, Webhook};
use crate::names::key::{plain, token};
use std::collections::BTreeMap;

/// What an operation has: `GET /users/{} query.role`.
pub(in crate::plan) fn operation(named: &[Named<'_>], at: usize, what: &str) -> String {
    let operation = named.get(at).map(|named| named.operation.key.erased());
    format!("{} {what}", plain(&operation.unwrap_or_default()))
}

/// What an operation answers with a status: `GET /users response.200.users`.
pub(super) fn response(
    named: &[Named<'_>],
    at: usize,
    status: &str,
    around: Option<&str>,
) -> String {
    let around = around.map(member).unwrap_or_default();
    operation(named, at, &format!("response.{status}{around}"))
}

/// As [`response`], with the first status that this schema is answered with.
pub(super) fn answered(
    named: &[Named<'_>],
    at: usize,
    context: &Context<'_>,
    schema: SchemaId,
    around: Option<&str>,
) -> String {
    let holds = |id: SchemaId| match (&context.schema(id).shape, around) {
        (Shape::Object(object), Some(member)) => object
            .properties
            .iter()
            .any(|property| property.name == member && property.schema == schema),
        _ => id == schema,
    };
    let responses = named.get(at).map(|named| named.operation.responses.iter());
    let status = responses
        .into_iter()
        .flatten()
        .filter(|response| response.content.iter().any(|media| holds(media.schema)))
        .map(|response| response.status)
        .min();
    match status {
        Some(status) => response(named, at, &status.to_string(), around),
        None => response(named, at, "success", around),
    }
}

/// What an operation sends: `POST /users request.user`; in another media type than the first, its word is said.
pub(super) fn request(named: &[Named<'_>], at: usize, word: &str, around: Option<&str>) -> String {
    let around = around.map(member).unwrap_or_default();
    let colon = if word.is_empty() { "" } else { ":" };
    operation(named, at, &format!("request{colon}{}{around}", plain(word)))
}

/// A parameter of an operation: `query.role`.
pub(in crate::plan) fn parameter(parameter: &Parameter) -> String {
    let place = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    format!("{place}{}", member(&parameter.name))
}

/// A schema of a source that describes nothing else: `schema.Order`.
pub(super) fn alone(name: &str) -> String {
    format!("schema{}", member(name))
}

/// What the API sends of its own accord: `POST webhook.overflow`, `POST /orders callback.POST.done`.
pub(super) fn message(webhook: &Webhook) -> String {
    let name = member(&webhook.name);
    let method = webhook.method.as_str();
    match &webhook.operation {
        Some(key) => format!("{} callback.{method}{name}", plain(&key.erased())),
        None => format!("{method} webhook{name}"),
    }
}

/// The property of an object: `.photo`.
pub(in crate::plan) fn member(name: &str) -> String {
    format!(".{}", token(name))
}

/// A value of an enumeration: `.end-user`, `."#1"` for a number.
pub(in crate::plan) fn value(value: &Literal) -> String {
    match value {
        Literal::String(text) => member(text),
        other => member(&format!("#{}", other.to_json())),
    }
}

/// The alternatives of a union, each by what tells it apart: its tag or name (`|url`), else what its author calls its
/// schema, else its kind, with the members that are always there (`|text`, `|"object id name"`).
pub(in crate::plan) fn variants(context: &Context<'_>, union: &UnionShape) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let ways = union.variants.iter().map(|variant| {
        let way = match variant.tags.first().or(variant.name.as_ref()) {
            Some(text) => token(text),
            None => nameless(context, variant.schema),
        };
        let times = seen.entry(way.clone()).or_default();
        *times += 1;
        match times {
            1 => format!("|{way}"),
            times => format!("|{way}~{times}"),
        }
    });
    ways.collect()
}

fn nameless(context: &Context<'_>, id: SchemaId) -> String {
    let schema = context.schema(id);
    if let Some(author) = schema.names.first().filter(|hint| hint.distance == 0) {
        return token(&author.text);
    }
    let kind = match &schema.shape {
        Shape::Object(object) => {
            let required = object.properties.iter().filter(|one| one.required);
            let mut names: Vec<&str> = required.map(|one| one.name.as_str()).collect();
            names.sort_unstable();
            return token(
                &["object"]
                    .into_iter()
                    .chain(names)
                    .collect::<Vec<_>>()
                    .join(" "),
            );
        }
        Shape::Boolean => "boolean",
        Shape::Integer { .. } => "integer",
        Shape::Number => "number",
        Shape::String(_) => "text",
        Shape::Enum(_) => "enum",
        Shape::Array(_) | Shape::Tuple(_) => "list",
        Shape::Map(_) => "map",
        Shape::Union(_) => "union",
        Shape::Any | Shape::Never | Shape::AllOf(_) | Shape::Sampled(_) => "any",
    };
    kind.to_owned()
}

/// The steps from a type to what it has; none of what has no name in Rust.
pub(in crate::plan) fn members(context: &Context<'_>, id: SchemaId) -> Vec<String> {
    match &context.schema(id).shape {
        Shape::Object(object) => {
            let kept = super::super::kept_properties(context, id, object);
            let named = kept.filter(|one| super::super::constant_value(context, id, one).is_none());
            named.map(|one| member(&one.name)).collect()
        }
        Shape::Enum(enumeration) => {
            let values = enumeration.values.iter();
            values.map(|one| value(&one.value)).collect()
        }
        Shape::Union(union) => variants(context, union),
        _ => Vec::new(),
    }
}
