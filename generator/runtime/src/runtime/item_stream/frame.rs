//! Cuts a stream into items as bytes come, however they are cut themselves.

use super::lines::Lines;
use super::sequence::Sequence;
use super::sse::Events;
use super::{Framing, Streaming};
use crate::runtime::Meta;
use std::collections::VecDeque;
use std::time::Duration;

/// One item as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::runtime) struct Frame {
    pub data: Vec<u8>,
    /// The name of the event; empty in streams that are no events.
    pub event: String,
    /// What the server calls the event, if it does.
    pub id: Option<String>,
    /// Whether the stream broke off inside it.
    pub cut: bool,
}

/// What a stream tells beside its items.
#[derive(Clone, Debug, Default)]
pub(in crate::runtime) struct Told {
    /// How long to wait before the connection is made again.
    pub retry: Option<Duration>,
    /// The last name of an event, even if that was none for lack of data.
    pub last_id: Option<String>,
}

/// Cuts a stream into items.
pub(in crate::runtime) enum Cutter {
    Events(Events),
    Lines(Lines),
    Sequence(Sequence),
}

/// An item is longer than it may be.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::runtime) struct TooLong;

impl Cutter {
    /// At the beginning of a stream, which goes on behind an event if one was told.
    pub(super) fn new(framing: Framing, told: &Told) -> Self {
        match framing {
            Framing::None | Framing::Lines => Cutter::Lines(Lines::default()),
            Framing::Events => Cutter::Events(Events::behind(told.last_id.clone())),
            Framing::Sequence => Cutter::Sequence(Sequence::default()),
        }
    }

    /// Takes more bytes; what is complete by them is put behind `frames`.
    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        limit: u64,
        frames: &mut VecDeque<Frame>,
        told: &mut Told,
    ) -> Result<(), TooLong> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        match self {
            Cutter::Events(events) => events.push(bytes, limit, frames, told),
            Cutter::Lines(lines) => lines.push(bytes, limit, frames),
            Cutter::Sequence(sequence) => sequence.push(bytes, limit, frames),
        }
    }

    /// What is left when the stream is over. An event that is not complete is none.
    pub(super) fn finish(&mut self, frames: &mut VecDeque<Frame>) {
        match self {
            Cutter::Events(events) => *events = Events::default(),
            Cutter::Lines(lines) => lines.finish(frames),
            Cutter::Sequence(sequence) => sequence.finish(frames),
        }
    }
}

/// How a response is cut: by its media type if that is one of a stream, else as it is described.
pub(super) fn framing(meta: &Meta, streaming: &Streaming) -> Framing {
    let media_type = essence(meta);
    match media_type.as_str() {
        "text/event-stream" => Framing::Events,
        "application/json-seq" | "application/geo+json-seq" => Framing::Sequence,
        name if is_lines(name) => Framing::Lines,
        name if name.ends_with("+json-seq") => Framing::Sequence,
        _ => streaming.framing,
    }
}

/// Whether a response has to be cut into items, though it is read as a whole.
pub(in crate::runtime) fn is_stream(meta: &Meta, streaming: &Streaming) -> bool {
    let media_type = essence(meta);
    let json = media_type.ends_with("/json") || media_type.ends_with("+json");
    streaming.framing != Framing::None && !json
}

fn is_lines(media_type: &str) -> bool {
    let subtype = media_type.split('/').nth(1).unwrap_or_default();
    let subtype = subtype.trim_start_matches("x-");
    matches!(
        subtype,
        "ndjson" | "jsonl" | "jsonlines" | "json-lines" | "stream+json"
    )
}

fn essence(meta: &Meta) -> String {
    let content_type = meta.header("content-type").unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
