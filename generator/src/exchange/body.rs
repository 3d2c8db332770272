//! Bodies of requests and responses to media types with evidence.

use super::header::is_json;
use super::json;
use super::query::{self, add};
use super::{Body, Content, Field, Response};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::infer::{self, Direction, Sample};
use crate::model::evidence::Evidence;
use crate::model::{
    Docs, Example, Literal, MediaType, Model, ObjectShape, PartEncoding, Property, RequestBody,
    SchemaId, Shape, StringFormat,
};
use crate::origin::{Origin, Origins};
use std::collections::BTreeSet;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// The media type that a text looks like.
fn sniff(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with(['{', '[']) {
        Some(JSON)
    } else if text.starts_with('<') && text.ends_with('>') && text.contains("</") {
        Some("application/xml")
    } else {
        None
    }
}

/// What a request sends.
pub(super) fn request_body(
    model: &mut Model,
    body: &Body,
    diagnostics: &mut Diagnostics,
) -> Option<RequestBody> {
    let media = match &body.content {
        Content::Text(text) if text.trim().is_empty() => return None,
        Content::Text(text) => request_text(model, body, text, diagnostics),
        Content::Form(fields) => {
            let name = body.media_type.as_deref().unwrap_or(FORM);
            form(
                model,
                name,
                fields.iter().map(|field| (field, false)),
                body.origin,
            )
        }
        Content::Multipart(parts) => {
            let fields = parts.iter().map(|part| (&part.field, part.file));
            let mut media = form(model, MULTIPART, fields, body.origin);
            media.encodings = parts
                .iter()
                .filter_map(|part| {
                    let kind = part.media_type.as_ref()?;
                    Some(PartEncoding::media_type(&part.field.name, kind))
                })
                .collect();
            media
        }
        Content::File => {
            let name = body.media_type.as_deref();
            bytes(
                model,
                name.unwrap_or("application/octet-stream"),
                body.origin,
            )
        }
    };
    Some(RequestBody {
        required: true,
        content: vec![media],
        docs: Docs::default(),
        origins: body.origin.into(),
    })
}

fn request_text(
    model: &mut Model,
    body: &Body,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> MediaType {
    let stated = body.media_type.as_deref();
    // `-d` alone says that the body is a form, also where JSON stands in it.
    let looks = sniff(text).filter(|_| stated.is_none_or(|stated| stated == FORM));
    let name = looks.or(stated).unwrap_or(FORM);
    let place = Place {
        origin: body.origin,
        direction: Direction::Sent,
    };
    if is_json(name) {
        return json_body(model, name, text, place, diagnostics);
    }
    if name == FORM {
        let fields = super::fields(text, body.origin);
        return form(model, FORM, fields.iter().map(|f| (f, false)), body.origin);
    }
    plain(model, name, text, body.origin)
}

/// What came back.
pub(super) fn response_content(
    model: &mut Model,
    response: &Response,
    diagnostics: &mut Diagnostics,
) -> Vec<MediaType> {
    let stated = response.media_type.as_deref();
    if response.binary {
        let name = stated.unwrap_or("application/octet-stream");
        return vec![bytes(model, name, response.origin)];
    }
    let Some(text) = response.text.as_deref().filter(|t| !t.trim().is_empty()) else {
        return Vec::new();
    };
    let name = stated.or_else(|| sniff(text)).unwrap_or("text/plain");
    let place = Place {
        origin: response.origin,
        direction: Direction::Received,
    };
    vec![match is_json(name) {
        true => json_body(model, name, text, place, diagnostics),
        false => {
            let mut media = plain(model, name, text, response.origin);
            media.item = stream_item(model, name, text, place, diagnostics);
            media
        }
    }]
}

/// What the items of a stream are, if all in the sample are JSON.
fn stream_item(
    model: &mut Model,
    name: &str,
    text: &str,
    place: Place,
    diagnostics: &mut Diagnostics,
) -> Option<SchemaId> {
    let origin = place.origin;
    let mut joined = Evidence::default();
    let mut secret = None;
    for item in super::stream_items(name, text)? {
        let read = json::read(origin.file, &item, hole).ok()?;
        let mut secrets = BTreeSet::new();
        infer::secret_members("", read.tree.root(), &mut secrets);
        secret = secret.or_else(|| secrets.first().map(|name| (*name).to_owned()));
        let sample = Sample {
            origin,
            direction: place.direction,
            elided: read.elided,
        };
        joined.join(&infer::observe(read.tree.root(), sample));
    }
    if let Some(secret) = secret {
        literal_secret(&secret, origin, diagnostics);
    }
    let shape = Shape::Sampled(Box::new(joined));
    Some(add(model, shape, &origin.into(), Vec::new()))
}

#[derive(Clone, Copy)]
struct Place {
    origin: Origin,
    direction: Direction,
}

fn json_body(
    model: &mut Model,
    name: &str,
    text: &str,
    place: Place,
    diagnostics: &mut Diagnostics,
) -> MediaType {
    let origin = place.origin;
    let (shape, example) = match json::read(origin.file, text, hole) {
        Ok(read) => {
            let root = read.tree.root();
            let mut secrets = BTreeSet::new();
            infer::secret_members("", root, &mut secrets);
            if let Some(first) = secrets.first() {
                literal_secret(first, origin, diagnostics);
            }
            let sample = Sample {
                origin,
                direction: place.direction,
                elided: read.elided,
            };
            let evidence = infer::observe(root, sample);
            (
                Shape::Sampled(Box::new(evidence)),
                Some(infer::literal("", root)),
            )
        }
        Err(fault) => {
            diagnostics.push(
                Diagnostic::new(Code::EXCHANGE_NOT_JSON, "the sample body is not JSON")
                    .at(origin)
                    .note(fault)
                    .note("the body will be any JSON value")
                    .help("correct the sample"),
            );
            (Shape::Any, None)
        }
    };
    let schema = add(model, shape, &origin.into(), Vec::new());
    MediaType {
        name: name.to_owned(),
        schema,
        examples: example
            .map(|body| sample(body, origin))
            .into_iter()
            .collect(),
        ..MediaType::default()
    }
}

/// `{id}`, `{{id}}` and `<id>` where a value should stand: text that names it stands there instead.
fn hole(text: &str) -> Option<(String, &str)> {
    let (name, after) = super::placeholder::at(text)?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    let value = || format!("\"{{{{{name}}}}}\"");
    name.chars().all(plain).then(|| (value(), after))
}

fn form<'f>(
    model: &mut Model,
    name: &str,
    fields: impl Iterator<Item = (&'f Field, bool)>,
    origin: Origin,
) -> MediaType {
    let mut properties = Vec::new();
    let mut example = Vec::new();
    let mut files = false;
    for (name, branch) in query::drafts(fields) {
        files |= matches!(&branch, infer::brackets::Branch::Leaf(draft) if draft.file);
        let sent = query::lower(model, &name, branch, false);
        example.extend(sent.example.map(|literal| (name.clone(), literal)));
        properties.push(Property {
            origins: sent.origins,
            ..Property::new(name, sent.schema)
        });
    }
    let shape = Shape::Object(ObjectShape {
        properties,
        ..ObjectShape::default()
    });
    let origins = Origins::from(origin);
    let schema = add(model, shape, &origins, Vec::new());
    let shown = !files && !example.is_empty();
    MediaType {
        name: name.to_owned(),
        schema,
        examples: shown
            .then(|| sample(Literal::Object(example), origin))
            .into_iter()
            .collect(),
        ..MediaType::default()
    }
}

fn plain(model: &mut Model, name: &str, text: &str, origin: Origin) -> MediaType {
    let shape = Shape::String(StringFormat::Plain);
    let schema = add(model, shape, &origin.into(), Vec::new());
    let text = infer::masked_plain(text);
    MediaType {
        name: name.to_owned(),
        schema,
        examples: vec![sample(Literal::String(text), origin)],
        ..MediaType::default()
    }
}

fn bytes(model: &mut Model, name: &str, origin: Origin) -> MediaType {
    let shape = Shape::String(StringFormat::Binary);
    MediaType {
        name: name.to_owned(),
        schema: add(model, shape, &origin.into(), Vec::new()),
        ..MediaType::default()
    }
}

fn sample(body: Literal, origin: Origin) -> Example {
    Example {
        name: None,
        body,
        origin,
    }
}

/// Says that a credential is left behind.
pub(super) fn literal_secret(name: &str, origin: Origin, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Diagnostic::new(
            Code::EXCHANGE_LITERAL_SECRET,
            format!("`{name}` holds a credential, which is left behind"),
        )
        .at(origin)
        .help("replace it by a placeholder such as `{token}`, and consider whether it is still secret"),
    );
}
