//! Reads the items of a stream, whatever type they have, and makes its connection again.

use super::frame::{Cutter, Frame, Told, framing};
use super::{Framing, Streaming};
use crate::runtime::decode::from_slice;
use crate::runtime::encode::to_json;
use crate::runtime::execute::{execute_stream, too_large};
use crate::runtime::model::{EXTRA, Node, Seq, SlotMut};
use crate::runtime::{
    BoxFuture, ByteStream, Call, DecodeError, Error, Issue, Meta, Request, Response, Result,
    RetryPolicy, random,
};
use bytes::Bytes;
use serde_json::Value;
use std::collections::VecDeque;
use std::fmt;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// A stream as its items come.
pub(super) struct Feed {
    call: Call,
    streaming: &'static Streaming,
    framing: Framing,
    meta: Meta,
    request: Request,
    source: Option<ByteStream>,
    /// The next connection, while it is made.
    opening: Option<Opening>,
    cutter: Cutter,
    frames: VecDeque<Frame>,
    told: Told,
    event: String,
    last_id: Option<String>,
    reconnects: u32,
    /// How often in a row the connection was made again without an item.
    in_vain: u32,
    given: bool,
    follow: bool,
    over: bool,
    /// What ended it, which is told behind the last item.
    problem: Option<Error>,
}

/// A connection on its way.
type Opening = BoxFuture<'static, Result<Response<ByteStream>>>;

impl Feed {
    /// Sends the call; gives its stream as soon as the head of the response is there.
    pub(super) fn open(mut call: Call) -> BoxFuture<'static, Result<Feed>> {
        let streaming = call.op().stream;
        call.accept(streaming.accept);
        Box::pin(async move {
            let fetched = execute_stream(call.clone()).await?;
            let request = fetched.request.clone();
            let response = ByteStream::open(fetched);
            let framing = framing(&response.meta, streaming);
            Ok(Feed {
                streaming,
                framing,
                meta: response.meta,
                request,
                source: Some(response.value),
                opening: None,
                cutter: Cutter::new(framing, &Told::default()),
                frames: VecDeque::new(),
                told: Told::default(),
                event: String::new(),
                last_id: None,
                reconnects: call.retries(),
                in_vain: 0,
                given: false,
                follow: false,
                over: false,
                problem: None,
                call,
            })
        })
    }

    pub(super) fn meta(&self) -> &Meta {
        &self.meta
    }

    pub(super) fn event(&self) -> &str {
        &self.event
    }

    pub(super) fn last_event_id(&self) -> Option<&str> {
        self.last_id.as_deref().filter(|id| !id.is_empty())
    }

    pub(super) fn set_reconnects(&mut self, times: u32) {
        self.reconnects = times;
    }

    pub(super) fn follow(&mut self) {
        self.follow = true;
    }

    pub(super) fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame>>> {
        loop {
            if let Some(frame) = self.frames.pop_front() {
                if is_done(self.streaming, &frame) {
                    self.end();
                    return Poll::Ready(None);
                }
                if is_blank(self.streaming, &frame) {
                    continue;
                }
                self.event.clone_from(&frame.event);
                self.last_id.clone_from(&frame.id);
                self.given = true;
                self.in_vain = 0;
                return Poll::Ready(Some(Ok(frame)));
            }
            if self.over {
                return Poll::Ready(self.problem.take().map(Err));
            }
            if let Some(opening) = &mut self.opening {
                let opened = ready!(opening.as_mut().poll(context));
                self.opening = None;
                match opened {
                    Ok(response) if response.meta.status() == 204 => self.end(),
                    Ok(response) => {
                        self.framing = framing(&response.meta, self.streaming);
                        self.cutter = Cutter::new(self.framing, &self.told);
                        self.meta = response.meta;
                        self.source = Some(response.value);
                    }
                    Err(error) => {
                        self.end();
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                continue;
            }
            let Some(source) = &mut self.source else {
                self.over = true;
                continue;
            };
            match ready!(source.poll_next(context)) {
                Some(Ok(chunk)) => {
                    let limit = self.request.max_response_bytes();
                    let cut = self
                        .cutter
                        .push(&chunk, limit, &mut self.frames, &mut self.told);
                    if cut.is_err() {
                        // What came before it is whole.
                        let error = too_large(limit).of(&self.request, self.meta.attempts());
                        self.problem = Some(error);
                        self.source = None;
                        self.over = true;
                    }
                }
                None => {
                    self.source = None;
                    self.cutter.finish(&mut self.frames);
                    match self.follow && self.may_repeat() {
                        true => self.reconnect(),
                        false => self.over = true,
                    }
                }
                Some(Err(_)) if self.can_reconnect() => {
                    self.reconnect();
                    self.in_vain += 1;
                }
                Some(Err(error)) => {
                    self.end();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }

    fn end(&mut self) {
        self.over = true;
        self.source = None;
        self.opening = None;
        self.frames.clear();
    }

    /// Whether another connection goes on where this one broke: nothing is lost or comes twice.
    fn can_reconnect(&self) -> bool {
        let knows_where = self.resume_at().is_some() || !self.given;
        self.may_repeat() && self.in_vain < self.reconnects && (knows_where || self.follow)
    }

    fn may_repeat(&self) -> bool {
        let harmless = matches!(self.request.method(), "GET" | "HEAD" | "QUERY");
        self.framing == Framing::Events && harmless
    }

    fn resume_at(&self) -> Option<&str> {
        self.told.last_id.as_deref().filter(|id| !id.is_empty())
    }

    fn reconnect(&mut self) {
        self.source = None;
        let mut call = self.call.clone();
        if let Some(id) = self.resume_at() {
            call.set_header("last-event-id", id);
        }
        let wait = self.told.retry.map_or_else(
            || {
                let policy = RetryPolicy::default();
                let longest = policy
                    .first_wait
                    .saturating_mul(2_u32.saturating_pow(self.in_vain));
                random::part_of(longest.min(policy.longest_wait))
            },
            |retry| retry.min(LONGEST_ASKED),
        );
        let timer = call.core().timer(wait);
        self.opening = Some(Box::pin(async move {
            timer.await;
            Ok(ByteStream::open(execute_stream(call).await?))
        }));
    }

    /// Reads an item.
    pub(super) fn read(&self, frame: &Frame, slot: SlotMut<'_>) -> Result<()> {
        match read_frame(self.streaming, frame, slot, self.call.is_strict()) {
            Ok(_) => Ok(()),
            Err(error) => {
                let error = Error::from_decode(error, self.response(frame));
                Err(error.of(&self.request, self.meta.attempts()))
            }
        }
    }

    /// Whether an item says that the server failed.
    pub(super) fn check(&mut self, frame: &Frame, item: Node<'_>) -> Result<()> {
        if !tells_failure(frame, item) {
            return Ok(());
        }
        self.end();
        let error = Error::from_event(self.response(frame));
        Err(error.of(&self.request, self.meta.attempts()))
    }

    fn response(&self, frame: &Frame) -> Response<Bytes> {
        Response {
            value: frame.data.clone().into(),
            meta: self.meta.clone(),
        }
    }
}

/// The longest wait that a server may ask for before the connection is made again.
const LONGEST_ASKED: Duration = Duration::from_secs(60);

fn is_done(streaming: &Streaming, frame: &Frame) -> bool {
    !streaming.done.is_empty() && frame.data.trim_ascii() == streaming.done.as_bytes()
}

/// Whether an event has nothing to read: servers send such to keep a connection open.
fn is_blank(streaming: &Streaming, frame: &Frame) -> bool {
    !streaming.text && frame.data.trim_ascii().is_empty()
}

/// Reads an item; the error is none if the stream broke off inside it.
fn read_frame(
    streaming: &Streaming,
    frame: &Frame,
    slot: SlotMut<'_>,
    strict: bool,
) -> Result<Vec<Issue>, DecodeError> {
    if frame.cut {
        return Err(DecodeError::cut_off());
    }
    if !streaming.text {
        return from_slice(&frame.data, slot, strict);
    }
    let text = String::from_utf8_lossy(&frame.data);
    match slot {
        SlotMut::Str(place) => {
            *place = text.into_owned();
            Ok(Vec::new())
        }
        slot => from_slice(&to_json(Node::Str(&text)), slot, strict),
    }
}

/// An event called `error`, or an object with a member of that name where none is described.
fn tells_failure(frame: &Frame, item: Node<'_>) -> bool {
    let told = |error: Option<&Value>| {
        error.is_some_and(|error| !error.is_null() && *error != Value::Bool(false))
    };
    let named = matches!(frame.event.as_str(), "error");
    named
        || match item {
            Node::Obj(object) => match (object.table().find("error", 0), object.get(EXTRA)) {
                (None, Node::Extra(extra)) => told(extra.get("error")),
                _ => false,
            },
            Node::Json(Value::Object(members)) => members.len() == 1 && told(members.get("error")),
            _ => false,
        }
}

/// Reads all items of a body that came as a whole into a list.
pub(in crate::runtime) fn read_all(
    streaming: &Streaming,
    response: &Response<Bytes>,
    list: &mut dyn Seq,
    strict: bool,
) -> Result<Vec<Issue>, DecodeError> {
    let (mut frames, mut told) = (VecDeque::new(), Told::default());
    let mut cutter = Cutter::new(framing(&response.meta, streaming), &told);
    // The body is within the limit, and so is what is in it.
    let _ = cutter.push(&response.value, u64::MAX, &mut frames, &mut told);
    cutter.finish(&mut frames);
    list.clear();
    let mut issues = Vec::new();
    for (index, frame) in frames.iter().enumerate() {
        if is_done(streaming, frame) {
            break;
        }
        if is_blank(streaming, frame) {
            continue;
        }
        let read = read_frame(streaming, frame, list.push(), strict);
        let at_index = |error: DecodeError| error.inside(index);
        issues.extend(
            read.map_err(at_index)?
                .into_iter()
                .map(|issue| issue.inside(index)),
        );
    }
    Ok(issues)
}

impl fmt::Debug for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream")
            .field("request", &self.request)
            .field("framing", &self.framing)
            .field("over", &self.over)
            .finish_non_exhaustive()
    }
}
