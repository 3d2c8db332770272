//! Any values through what a generated crate sends, and any bytes through what it reads.

use super::mutate::Choices;
use kitchen_sink::prelude::*;
use kitchen_sink::runtime::decode::from_json;
use kitchen_sink::runtime::encode::to_json;
use kitchen_sink::runtime::model::{Encode, Slot};
use kitchen_sink::runtime::{
    Body, BoxFuture, Call, Core, Error, ErrorKind, Framing, Headers, Op, Request, Response, Result,
    Streaming, Style, Transport,
};
use kitchen_sink::{Client, Mock};
use serde_json::Value;
use std::sync::{LazyLock, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use zendesk::types::{JobStatus, UpdateManyUsersBody, User};

static CLIENT: LazyLock<Client> = LazyLock::new(|| Client::with_transport(Mock::new()));

/// Text of a URL without its `%20`.
fn decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = text.get(at + 1..at + 3);
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(value) if *byte == b'%' => {
                out.push(value);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

/// The request goes where its template says, and the values come back out of its URL.
pub fn parameters(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let Some(cut) = choices.below(64) else {
        return;
    };
    let text = String::from_utf8_lossy(choices.0);
    let (name, value) = text.split_at(text.floor_char_boundary(cut.min(text.len())));
    if let Ok(request) = CLIENT.bodies().read_file(name).into_request() {
        let url = request.url();
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let mut segments = path.rsplit('/');
        let last = segments.next().unwrap_or_default();
        assert_eq!(decoded(last), name.as_bytes(), "{url}");
        assert_eq!(segments.next(), Some("files"), "{url}");
    }
    if let Ok(request) = CLIENT.parameters().search(value).into_request() {
        let url = request.url();
        let query = url.split_once("?q=").map(|(_, query)| query);
        let query = decoded(query.unwrap_or_default());
        assert_eq!(query, value.as_bytes(), "{url}");
    }
}

/// The styles of a path, by what stands in the path for them.
static STYLED: [Op; 6] = {
    const fn op(path: &'static str, path_styles: &'static [(Style, bool)]) -> Op {
        Op {
            path,
            path_styles,
            ..Op::NEW
        }
    }
    [
        op("/x{color}", &[(Style::Form, false)]),
        op("/x{color}", &[(Style::Csv, false)]),
        op("/x{color}", &[(Style::Label, false)]),
        op("/x{color}", &[(Style::LabelEach, false)]),
        op("/x{color}", &[(Style::Matrix, false)]),
        op("/x{color}", &[(Style::MatrixEach, false)]),
    ]
};

static ROOT: Op = Op::NEW;

const QUERY: [Style; 6] = [
    Style::Form,
    Style::Csv,
    Style::Space,
    Style::Pipe,
    Style::Deep,
    Style::Flag,
];

/// Any JSON value in every style: what is sent is a URL of plain characters that stays in its path, or there is an error.
pub fn styles(bytes: &[u8]) {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else {
        return;
    };
    let core = Core::with_transport(Mock::new());
    let values: &[&dyn Encode] = &[&value];
    for op in &STYLED {
        let request = Watch(Call::new(&core, op, values)).into_request();
        plain(request.as_ref(), true);
    }
    for style in QUERY {
        let call = Call::new(&core, &ROOT, &[]).query_style("color", &value, style);
        plain(Watch(call).into_request().as_ref(), false);
    }
    let call = Call::new(&core, &ROOT, &[]).header("x-color", &value);
    if let Ok(request) = Watch(call).into_request() {
        let header = request.header("x-color").unwrap_or_default();
        assert!(!header.contains(['\r', '\n', '\0']), "{header:?}");
    }
}

fn plain(request: Result<&Request, &Error>, in_path: bool) {
    let Ok(request) = request else { return };
    let url = request.url();
    let strange = |c: char| !c.is_ascii_graphic() || "\"<>\\^`{|}#".contains(c);
    assert!(!url.contains(strange), "{url}");
    if in_path {
        assert!(!request.path().contains("/.."), "{url}");
        assert_eq!(request.path().matches('/').count(), 1, "{url}");
        assert!(!url.contains('?'), "{url}");
    }
}

/// What can be read is written again, and read again to the same.
pub fn response(bytes: &[u8]) {
    fn check<T: zendesk::runtime::model::Slot + Default>(bytes: &[u8]) {
        use zendesk::runtime::{decode::from_json, encode::to_json};
        let Ok(value) = from_json::<T>(bytes) else {
            return;
        };
        let text = to_json(value.node());
        let again = from_json::<T>(&text).expect("what was written can be read");
        assert_eq!(text, to_json(again.node()));
    }
    check::<User>(bytes);
    check::<Vec<User>>(bytes);
    check::<JobStatus>(bytes);
    check::<UpdateManyUsersBody>(bytes);
    let Ok(value) = from_json::<Vec<Value>>(bytes) else {
        return;
    };
    let again = from_json::<Vec<Value>>(&to_json(value.node()));
    assert!(again.is_ok_and(|again| again == value));
}

/// A response that comes in these pieces.
struct Pieces(Mutex<Option<Vec<Vec<u8>>>>);

impl Transport for Pieces {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response<Body>>> {
        let pieces = self.0.lock().expect("one thread").take();
        let answer = pieces.map(|pieces| {
            let pieces = pieces.into_iter().map(|piece| Ok(piece.into()));
            let body = Body::stream(pieces.collect::<Vec<std::io::Result<_>>>().into_iter());
            Response::new(200, Headers::new(), body)
        });
        let refused = || Error::new(ErrorKind::Connect, "nobody listens");
        Box::pin(std::future::ready(answer.ok_or_else(refused)))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

/// A call whose response is a stream.
struct Watch(Call);

impl CallExt for Watch {
    type Output = Vec<Value>;

    fn call_mut(&mut self) -> &mut Call {
        &mut self.0
    }

    fn into_call(self) -> Call {
        self.0
    }
}

impl StreamCall for Watch {
    type Streamed = Value;
}

/// The items of a stream, an error for each that is none.
fn items(op: &'static Op, pieces: Vec<Vec<u8>>) -> Vec<std::result::Result<Value, ErrorKind>> {
    let core = Core::with_transport(Pieces(Mutex::new(Some(pieces))));
    let core = core.with(|options| options.retries(0));
    let mut all = Vec::new();
    let mut context = Context::from_waker(Waker::noop());
    let mut opening = std::pin::pin!(Watch(Call::new(&core, op, &[])).stream());
    let Poll::Ready(stream) = opening.as_mut().poll(&mut context) else {
        panic!("the call waits");
    };
    let Ok(mut stream) = stream else { return all };
    loop {
        match stream.poll_next(&mut context) {
            Poll::Ready(Some(item)) => all.push(item.map_err(|error| error.kind())),
            Poll::Ready(None) => return all,
            // It would wait before it connects again: nothing more comes.
            Poll::Pending => return all,
        }
        assert!(all.len() < 1 << 20, "no end");
    }
}

/// Wherever a stream is cut, it has the same items.
fn cut_anywhere(op: &'static Op, bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let (Some(first), Some(second)) = (choices.below(256), choices.below(256)) else {
        return;
    };
    let bytes = choices.0;
    let first = first.min(bytes.len());
    let second = (first + second).min(bytes.len());
    let pieces = [&bytes[..first], &bytes[first..second], &bytes[second..]];
    let pieces = pieces.map(<[u8]>::to_vec).to_vec();
    assert_eq!(items(op, vec![bytes.to_vec()]), items(op, pieces));
}

const fn streaming(framing: Framing) -> Op {
    // A constant has no place that a static could refer to; one for each framing has.
    static EVENTS: Streaming = Streaming {
        framing: Framing::Events,
        ..Streaming::NONE
    };
    static LINES: Streaming = Streaming {
        framing: Framing::Lines,
        ..Streaming::NONE
    };
    static SEQUENCE: Streaming = Streaming {
        framing: Framing::Sequence,
        ..Streaming::NONE
    };
    Op {
        path: "/watch",
        stream: match framing {
            Framing::Events => &EVENTS,
            Framing::Lines => &LINES,
            _ => &SEQUENCE,
        },
        ..Op::NEW
    }
}

/// Server-sent events.
pub fn events(bytes: &[u8]) {
    static OP: Op = streaming(Framing::Events);
    cut_anywhere(&OP, bytes);
}

/// Lines of JSON, and sequences of it.
pub fn lines(bytes: &[u8]) {
    static LINES: Op = streaming(Framing::Lines);
    static SEQUENCE: Op = streaming(Framing::Sequence);
    cut_anywhere(&LINES, bytes);
    cut_anywhere(&SEQUENCE, bytes);
}
