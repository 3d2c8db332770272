//! Responses that are streams of items: how the items are told apart, and what they are.

use super::super::context::Context;
use super::super::rust_type::RustType;
use super::super::schema::Types;
use super::{Operation, ResponseShape};
use crate::model::{self, MediaType, SchemaId, Shape, Status};

/// How a call's response is a stream of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    /// How the items are told apart.
    pub framing: Framing,
    /// The media type of the stream.
    pub accept: String,
    /// Whether the items are text, and not JSON.
    pub text: bool,
    /// What an item is.
    pub item: RustType,
}

/// How the items of a stream are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Server-sent events.
    Events,
    /// A line each.
    Lines,
    /// Behind a record separator each (RFC 7464).
    Sequence,
}

/// A stream before it has types.
pub(in crate::plan) struct StreamShape {
    pub framing: Framing,
    pub accept: String,
    /// What an item is; text or any JSON if nothing is known.
    pub item: Option<SchemaId>,
    /// Whether the items are text.
    pub text: bool,
}

/// How a media type tells items apart, if it is one of a stream.
pub(super) fn framing(media: &str) -> Option<Framing> {
    let (_, subtype) = media.split_once('/')?;
    match subtype.trim_start_matches("x-") {
        "event-stream" => Some(Framing::Events),
        "ndjson" | "jsonl" | "jsonlines" | "json-lines" => Some(Framing::Lines),
        name if name == "json-seq" || name.ends_with("+json-seq") => Some(Framing::Sequence),
        _ => None,
    }
}

/// The stream among the successes of an operation.
pub(super) fn shape(context: &Context<'_>, operation: &model::Operation) -> Option<StreamShape> {
    let described = operation.responses.iter();
    let some = described
        .clone()
        .any(|response| response.status.is_success());
    let mut successes = described.filter(|response| match response.status {
        Status::Default => !some,
        status => status.is_success(),
    });
    successes.find_map(|response| {
        let mut content = response.content.iter();
        content.find_map(|media| Some(stream(context, media, framing(&media.name)?)))
    })
}

fn stream(context: &Context<'_>, media: &MediaType, framing: Framing) -> StreamShape {
    // Where the whole is described, it is the list of the items, or one of them.
    let item = media
        .item
        .unwrap_or(match context.schema(media.schema).shape {
            Shape::Array(element) => element,
            _ => media.schema,
        });
    let is_text = matches!(context.schema(item).shape, Shape::String(_));
    let unknown = matches!(context.schema(item).shape, Shape::Any | Shape::Never);
    let text = framing == Framing::Events && (is_text || unknown);
    // Lines of JSON that are called text have no description.
    let nothing = text || unknown || is_text && media.item.is_none();
    StreamShape {
        framing,
        accept: media.name.clone(),
        item: (!nothing).then_some(item),
        text,
    }
}

/// Plans the stream of an operation, and what all of it is.
pub(super) fn plan_stream(
    context: &Context<'_>,
    types: &Types,
    shape: &StreamShape,
    response: &ResponseShape,
    plan: &mut Operation,
) {
    let item = match shape.item {
        _ if shape.text => RustType::String,
        None => RustType::Json,
        Some(schema) => {
            let ty = types.rust_type(context, schema);
            match context.schema(schema).nullable && ty != RustType::Json {
                true => ty.optional(),
                false => ty,
            }
        }
    };
    if let ResponseShape::Items(media) = response {
        plan.output = item.clone().list();
        plan.accept = Some(media.clone());
    }
    plan.paging = None;
    plan.stream = Some(Stream {
        framing: shape.framing,
        accept: shape.accept.clone(),
        text: shape.text,
        item,
    });
}
