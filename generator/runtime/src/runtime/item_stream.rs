//! Reads a response that is a stream of items: server-sent events, lines of JSON, or a sequence of JSON.

mod feed;
mod frame;
mod lines;
mod sequence;
mod sse;

pub(super) use feed::read_all;
pub(super) use frame::is_stream;

use super::model::Slot;
use super::{BoxFuture, CallExt, Meta, Result};
use feed::Feed;
use std::fmt;
use std::marker::PhantomData;
use std::task::{Context, Poll, ready};

/// How a response is a stream of items.
#[derive(Clone, Copy, Debug)]
pub struct Streaming {
    /// How the items are told apart.
    pub framing: Framing,
    /// The media type of the stream, for the header `accept`.
    pub accept: &'static str,
    /// Whether the items are text, and not JSON.
    pub text: bool,
    /// What stands in the place of an item behind the last: `[DONE]`.
    pub done: &'static str,
}

impl Streaming {
    /// An operation without a stream, and the defaults of everything for `..Streaming::NONE`.
    pub const NONE: Streaming = Streaming {
        framing: Framing::None,
        accept: "",
        text: false,
        done: "[DONE]",
    };
}

/// How the items of a stream are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Framing {
    /// Not at all: there is no stream.
    #[default]
    None,
    /// Server-sent events (WHATWG HTML, section 9.2): `text/event-stream`.
    Events,
    /// A line each: `application/x-ndjson`, `application/jsonl`.
    Lines,
    /// Behind a record separator each (RFC 7464): `application/json-seq`.
    Sequence,
}

/// What can be done with a call whose response is a stream of items, besides awaiting it for all of
/// them at once.
///
/// Import it with the prelude.
pub trait StreamCall: CallExt {
    /// What the stream is made of.
    type Streamed: Slot + Default + 'static;

    /// Sends the call; gives the items while they come.
    ///
    /// ```ignore
    /// let mut events = client.jobs().watch(7).stream().await?;
    /// while let Some(event) = events.next().await {
    ///     println!("{:?}", event?);
    /// }
    /// ```
    ///
    /// # Errors
    /// Those of the call. A status that is no success is one, and keeps the body.
    fn stream(self) -> BoxFuture<'static, Result<ItemStream<Self::Streamed>>> {
        let opened = Feed::open(self.into_call());
        Box::pin(async move {
            Ok(ItemStream {
                feed: opened.await?,
                item: PhantomData,
            })
        })
    }
}

/// A response that is a stream of items; made by [`StreamCall::stream`]. Dropping it ends the request.
///
/// An item that cannot be read is an error of kind [`Decode`](super::ErrorKind::Decode), and the next
/// one may be fine. Any other error is the end: the connection broke, nothing came for longer than
/// [`Options::idle_timeout`](super::Options::idle_timeout), an item is longer than
/// [`Options::max_response_bytes`](super::Options::max_response_bytes), or the server says in the
/// stream that it failed, which is of kind [`Event`](super::ErrorKind::Event) and keeps what it said
/// as its body.
///
/// A stream of events whose connection breaks is asked for again, with the header `Last-Event-ID` and
/// after the wait that the server wishes, if the call is a GET and the server numbers its events: as
/// often in a row as the call may be retried.
#[must_use = "items are read by `next`"]
pub struct ItemStream<T> {
    feed: Feed,
    item: PhantomData<fn() -> T>,
}

impl<T: Slot + Default> ItemStream<T> {
    /// What came beside the body; of the last connection, if there were several.
    pub fn meta(&self) -> &Meta {
        self.feed.meta()
    }

    /// The name of the event that came last: `message` where the server gave none; empty before the
    /// first, and in streams that are no events.
    pub fn event(&self) -> &str {
        self.feed.event()
    }

    /// What the server called the last event that it named, to go on behind it.
    pub fn last_event_id(&self) -> Option<&str> {
        self.feed.last_event_id()
    }

    /// How often in a row a broken connection is made again; as often as the call may be retried
    /// unless set.
    pub fn reconnects(mut self, times: u32) -> Self {
        self.feed.set_reconnects(times);
        self
    }

    /// Asks for a stream of events again where it ends without a mark, too, as a browser does: for
    /// servers that close connections at their leisure. The server ends it by status 204.
    pub fn follow(mut self) -> Self {
        self.feed.follow();
        self
    }

    /// The next item; `None` at the end.
    ///
    /// # Errors
    /// See [`ItemStream`].
    pub async fn next(&mut self) -> Option<Result<T>> {
        std::future::poll_fn(|context| self.poll_next(context)).await
    }

    /// What [`next`](Self::next) waits for.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        let frame = match ready!(self.feed.poll_frame(context)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            Some(Ok(frame)) => frame,
        };
        let mut item = T::default();
        let read = self.feed.read(&frame, item.slot());
        let checked = read.and_then(|()| self.feed.check(&frame, item.node()));
        Poll::Ready(Some(checked.map(|()| item)))
    }

    /// All items that are left, at once.
    ///
    /// # Errors
    /// Those of [`next`](Self::next), at the first.
    pub async fn collect(mut self) -> Result<Vec<T>> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.feed, f)
    }
}

#[cfg(feature = "stream")]
impl<T: Slot + Default> futures_core::Stream for ItemStream<T> {
    type Item = Result<T>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        ItemStream::poll_next(self.get_mut(), context)
    }
}
