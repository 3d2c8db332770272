//! Places of schemas to texts that stay the same as long as the place does: what a type is called is remembered by them.

use super::super::super::context::Context;
use super::super::super::operation::Named;
use crate::model::{Location, Parameter, SchemaId, Shape, Variant, Webhook};
use crate::names::key::{plain, token};

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

/// The alternative of a union, by what tells it apart, else by its place in the list, which the description numbers.
pub(in crate::plan) fn variant(variant: &Variant, number: usize) -> String {
    match variant.tags.first().or(variant.name.as_ref()) {
        Some(text) => format!("|{}", token(text)),
        None => format!("|{number}"),
    }
}
