//! Members of forms to how they are sent, where that is not by their kind alone.

use super::super::context::Context;
use super::super::schema::clip;
use super::body::{Encoding, is_json};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::schema::Authority;
use crate::model::{
    Literal, MediaType, PartEncoding, Property, ResponseHeader, Schema, Shape, StringFormat, Style,
};

/// How a member of a form is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The member.
    pub name: String,
    /// The media type of its part; none for that of its kind.
    pub media_type: Option<String>,
    /// Headers that every call sends with it.
    pub headers: Vec<(String, String)>,
    /// How several values are written.
    pub style: Style,
    /// Whether reserved characters are sent as they are.
    pub reserved: bool,
}

/// The members of a form that are not sent by their kind alone.
pub(super) fn plan_parts(
    context: &Context<'_>,
    media: &MediaType,
    encoding: &Encoding,
) -> Vec<Part> {
    let is_text = matches!(encoding, Encoding::Form);
    if !is_text && !matches!(encoding, Encoding::Multipart(_)) {
        return Vec::new();
    }
    let Shape::Object(object) = &context.schema(media.schema).shape else {
        return Vec::new();
    };
    let mut parts = Vec::new();
    for property in &object.properties {
        let stated = media
            .encodings
            .iter()
            .find(|part| part.property == property.name);
        let part = match stated {
            Some(stated) => stated_part(context, property, stated, is_text),
            None if is_text => declared_part(context, property),
            None => None,
        };
        parts.extend(part);
    }
    parts
}

fn stated_part(
    context: &Context<'_>,
    property: &Property,
    stated: &PartEncoding,
    is_text: bool,
) -> Option<Part> {
    // A list of media types, or a range of them, is a choice that the file makes.
    let mut choices = stated.media_type.as_deref().unwrap_or_default().split(',');
    let media_type = choices.next().map(str::trim);
    let media_type = media_type.filter(|name| !name.is_empty() && !name.contains('*'));
    // Beside a style, a media type says nothing (OpenAPI 3.1 §4.8.15.1).
    let media_type =
        media_type.filter(|name| stated.style.is_none() && (!is_text || is_json(name)));
    let fixed = stated.headers.iter().filter(|_| !is_text);
    let part = Part {
        name: property.name.clone(),
        media_type: media_type.map(str::to_owned),
        headers: fixed
            .filter_map(|header| Some((header.name.clone(), constant(context, header)?)))
            .collect(),
        style: stated.style.unwrap_or_default(),
        reserved: stated.allow_reserved && is_text,
    };
    let plain = Part {
        name: property.name.clone(),
        ..Part::default()
    };
    // A list repeats its name anyhow; an object would be nested.
    let nests = stated.style == Some(Style::Repeat) && is_text;
    (part != plain || nests).then_some(part)
}

/// What OpenAPI says of a member of which nothing is stated: an object is JSON, and so is each object of a list
/// (3.1 §4.8.14.3, §4.8.15.1). Samples show the names that are sent themselves.
fn declared_part(context: &Context<'_>, property: &Property) -> Option<Part> {
    let schema = context.schema(property.schema);
    let is_object = |schema: &Schema| {
        schema.authority == Authority::Declared
            && matches!(schema.shape, Shape::Object(_) | Shape::Map(_))
    };
    let media_type = match &schema.shape {
        Shape::Array(inner) if is_object(context.schema(*inner)) => None,
        _ if is_object(schema) => Some("application/json".to_owned()),
        _ => return None,
    };
    Some(Part {
        name: property.name.clone(),
        media_type,
        ..Part::default()
    })
}

/// The only value that a header can have.
fn constant(context: &Context<'_>, header: &ResponseHeader) -> Option<String> {
    let schema = context.schema(header.schema);
    let only = match &schema.shape {
        Shape::Enum(values) => match values.values.as_slice() {
            [only] => Some(&only.value),
            _ => None,
        },
        _ => None,
    };
    match only.or(schema.default.as_ref())? {
        Literal::String(text) | Literal::Number(text) => Some(text.clone()),
        Literal::Boolean(value) => Some(value.to_string()),
        _ => None,
    }
}

/// Says which headers of parts are not sent: those of members that are no files, unless they are constant. A file takes
/// its own.
pub(super) fn note_headers(
    context: &Context<'_>,
    media: &MediaType,
    diagnostics: &mut Diagnostics,
) {
    let Shape::Object(object) = &context.schema(media.schema).shape else {
        return;
    };
    for stated in &media.encodings {
        let mut properties = object.properties.iter();
        let property = properties.find(|property| property.name == stated.property);
        let is_file = property.is_some_and(|property| {
            let schema = context.schema(property.schema);
            let inner = match &schema.shape {
                Shape::Array(inner) => context.schema(*inner),
                _ => schema,
            };
            matches!(
                inner.shape,
                Shape::String(StringFormat::Binary) | Shape::Any
            )
        });
        for header in &stated.headers {
            if is_file || constant(context, header).is_some() {
                continue;
            }
            let message = format!(
                "the header `{}` of the part `{}` is not sent",
                clip(&header.name),
                clip(&stated.property)
            );
            diagnostics.push(
                Diagnostic::new(Code::PLAN_PART_HEADER, message)
                    .at(property.and_then(|property| property.origins.first()))
                    .note("the member is no file, whose headers are the caller's")
                    .help("give the header a `const` or a `default` in the description, if it is always the same"),
            );
        }
    }
}
