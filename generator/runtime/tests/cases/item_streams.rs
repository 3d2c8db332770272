//! Streams of items: events, lines and sequences, cut wherever, broken off, made again.

use super::support::run;
use crate::runtime::prelude::*;
use crate::runtime::{
    Body, BoxFuture, Call, Core, Error, ErrorKind, Extra, Framing, Headers, ItemStream, Op,
    Request, Response, Result, Streaming, Transport, call, object,
};
use bytes::Bytes;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// An item.
#[derive(Clone, Default)]
pub struct Item {
    n: i64,
    extra: Extra,
}

object! {
    Item {
        0 req "n" n,
    }
}

call! {
    /// A call of any of the operations below.
    Watch -> Vec<Item>, stream of Item
}

call! {
    /// The same for texts.
    WatchText -> Vec<String>, stream of String
}

static EVENTS: Op = Op {
    id: "Watch",
    path: "/watch",
    stream: &Streaming {
        framing: Framing::Events,
        accept: "text/event-stream",
        ..Streaming::NONE
    },
    ..Op::NEW
};

static POSTED: Op = Op {
    method: "POST",
    ..EVENTS
};

static TEXTS: Op = Op {
    stream: &Streaming {
        framing: Framing::Events,
        text: true,
        ..Streaming::NONE
    },
    ..EVENTS
};

static LINES: Op = Op {
    stream: &Streaming {
        framing: Framing::Lines,
        accept: "application/x-ndjson",
        ..Streaming::NONE
    },
    ..EVENTS
};

static SEQUENCE: Op = Op {
    stream: &Streaming {
        framing: Framing::Sequence,
        accept: "application/json-seq",
        ..Streaming::NONE
    },
    ..EVENTS
};

/// What one connection gives: chunks, and whether it breaks behind them.
#[derive(Clone)]
struct Connection {
    status: u16,
    content_type: &'static str,
    chunks: Vec<Bytes>,
    breaks: bool,
}

fn connection(text: &str) -> Connection {
    Connection {
        status: 200,
        content_type: "",
        chunks: vec![text.to_owned().into()],
        breaks: false,
    }
}

fn broken(text: &str) -> Connection {
    Connection {
        breaks: true,
        ..connection(text)
    }
}

/// Answers with one connection after the other.
#[derive(Clone, Default)]
struct Connections {
    left: Arc<Mutex<VecDeque<Connection>>>,
    requests: Arc<Mutex<Vec<Request>>>,
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl Connections {
    fn new(connections: impl IntoIterator<Item = Connection>) -> Self {
        let left: VecDeque<Connection> = connections.into_iter().collect();
        Connections {
            left: Arc::new(Mutex::new(left)),
            ..Self::default()
        }
    }

    fn core(&self) -> Core {
        Core::with_transport(self.clone()).with(|options| options.retries(2))
    }

    /// The header by which each request went on.
    fn ids(&self) -> Vec<Option<String>> {
        let requests = self.requests.lock().unwrap();
        let ids = requests
            .iter()
            .map(|request| request.header("last-event-id"));
        ids.map(|id| id.map(str::to_owned)).collect()
    }
}

impl Transport for Connections {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response<Body>>> {
        self.requests.lock().unwrap().push(request);
        let next = self.left.lock().unwrap().pop_front();
        let answer = next.map(|connection| {
            let mut headers = Headers::new();
            if !connection.content_type.is_empty() {
                headers.append("content-type", connection.content_type);
            }
            let end = connection.breaks.then(|| Err(io::Error::other("reset")));
            let chunks = connection.chunks.into_iter().map(Ok);
            let body = Body::stream(chunks.chain(end).collect::<Vec<_>>().into_iter());
            Response::new(connection.status, headers, body)
        });
        let refused = || Error::new(ErrorKind::Connect, "nobody listens");
        Box::pin(std::future::ready(answer.ok_or_else(refused)))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        // The limit of silence is a wait too, and is never over here.
        let over = duration < Duration::from_secs(60) || duration == Duration::from_secs(60);
        if over {
            self.waits.lock().unwrap().push(duration);
        }
        Box::pin(std::future::ready(()))
    }
}

fn watch(connections: &Connections, op: &'static Op) -> ItemStream<Item> {
    run(Watch(Call::new(&connections.core(), op, &[])).stream()).unwrap()
}

/// What is left of a stream.
fn rest(stream: &mut ItemStream<Item>) -> Vec<Result<i64, ErrorKind>> {
    let mut all = Vec::new();
    while let Some(item) = run(stream.next()) {
        all.push(item.map(|item| item.n).map_err(|error| error.kind()));
        assert!(all.len() < 100, "no end");
    }
    all
}

fn read(op: &'static Op, text: &str) -> Vec<Result<i64, ErrorKind>> {
    rest(&mut watch(&Connections::new([connection(text)]), op))
}

/// The data of all events.
fn texts(text: &str) -> Vec<String> {
    let connections = Connections::new([connection(text)]);
    let call = WatchText(Call::new(&connections.core(), &TEXTS, &[]));
    run(run(call.stream()).unwrap().collect()).unwrap()
}

#[test]
fn events_are_read_as_the_standard_says() {
    for (text, expected) in [
        // The examples of the standard.
        ("data: YHOO\ndata: +2\ndata: 10\n\n", vec!["YHOO\n+2\n10"]),
        (
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            vec!["first event", "second event", " third event"],
        ),
        ("data\n\ndata\ndata\n\ndata:", vec!["", "\n"]),
        ("data:test\n\ndata: test\n\n", vec!["test", "test"]),
        // Ends of lines, the mark of the byte order, and what is no event.
        (
            "\u{feff}data: a\r\rdata: b\r\n\r\ndata: c\n\n",
            vec!["a", "b", "c"],
        ),
        ("data: a\n\u{feff}data: b\n\n", vec!["a"]),
        ("event: x\n\nid: 7\n\nfoo: bar\nDATA: no\n\n", vec![]),
        ("data: a\nretry: 5\nretry: x\nretry:\n\n", vec!["a"]),
        ("data: no end\n", vec![]),
        ("data: a:b: c\n\n", vec!["a:b: c"]),
        ("", vec![]),
    ] {
        assert_eq!(texts(text), expected, "{text:?}");
    }
}

#[test]
fn items_are_typed_and_end_at_the_mark() {
    let text = "data: {\"n\":1}\n\n: still here\n\ndata:\n\ndata: {\"n\":\ndata: 2}\n\ndata: [DONE]\n\ndata: {\"n\":3}\n\n";
    assert_eq!(read(&EVENTS, text), [Ok(1), Ok(2)]);
    let connections = Connections::new([connection(text)]);
    let mut stream = watch(&connections, &EVENTS);
    assert_eq!((stream.event(), stream.last_event_id()), ("", None));
    assert_eq!(rest(&mut stream).len(), 2);
    let requests = connections.requests.lock().unwrap();
    assert_eq!(requests[0].header("accept"), Some("text/event-stream"));
}

#[test]
fn an_event_has_a_name_and_an_id() {
    let text = "event: made\nid: a\ndata: {\"n\":1}\n\ndata: {\"n\":2}\n\nid\ndata: {\"n\":3}\n\n";
    let mut stream = watch(&Connections::new([connection(text)]), &EVENTS);
    for (event, id) in [
        ("made", Some("a")),
        ("message", Some("a")),
        ("message", None),
    ] {
        run(stream.next()).unwrap().unwrap();
        assert_eq!((stream.event(), stream.last_event_id()), (event, id));
    }
}

#[test]
fn one_odd_item_does_not_end_the_others() {
    let kinds = [Ok(1), Err(ErrorKind::Decode), Err(ErrorKind::Decode), Ok(4)];
    assert_eq!(
        read(
            &EVENTS,
            "data: {\"n\":1}\n\ndata: {\n\ndata: 3\n\ndata: {\"n\":4}\n\n"
        ),
        kinds
    );
    assert_eq!(read(&LINES, "{\"n\":1}\n{\n3\n{\"n\":4}"), kinds);
    assert_eq!(
        read(
            &SEQUENCE,
            "\u{1e}{\"n\":1}\n\u{1e}{\"n\"\u{1e}3\n\u{1e}{\"n\":4}\n"
        ),
        kinds
    );
    let mut stream = watch(&Connections::new([connection("{\"n\":1\n")]), &LINES);
    let error = run(stream.next()).unwrap().unwrap_err();
    assert_eq!(
        (error.status(), error.body()),
        (Some(200), &b"{\"n\":1"[..])
    );
    assert_eq!(error.operation(), "Watch");
}

#[test]
fn a_failure_in_the_stream_is_an_error_and_the_end() {
    for text in [
        "data: {\"n\":1}\n\nevent: error\ndata: {\"error\":{\"message\":\"too much\"}}\n\ndata: {\"n\":2}\n\n",
        "data: {\"n\":1}\n\ndata: {\"error\":{\"message\":\"too much\"}}\n\ndata: {\"n\":2}\n\n",
    ] {
        let connections = Connections::new([connection(text)]);
        let mut stream = watch(&connections, &EVENTS);
        assert_eq!(run(stream.next()).unwrap().unwrap().n, 1);
        let error = run(stream.next()).unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Event);
        assert!(error.to_string().contains("too much"), "{error}");
        assert!(error.body_as::<Value>().unwrap().get("error").is_some());
        assert!(run(stream.next()).is_none());
        assert_eq!(connections.ids().len(), 1);
    }
    assert_eq!(
        read(
            &LINES,
            "{\"n\":1}\n{\"n\":2,\"error\":null}\n{\"error\":\"x\"}\n"
        ),
        [Ok(1), Ok(2), Err(ErrorKind::Event),]
    );
}

#[test]
fn a_status_that_is_no_success_keeps_its_body() {
    let connections = Connections::new([Connection {
        status: 400,
        ..connection("{\"error\":\"no such job\"}")
    }]);
    let call = Watch(Call::new(&connections.core(), &EVENTS, &[]));
    let error = run(call.stream()).unwrap_err();
    assert_eq!(error.status(), Some(400));
    assert!(error.to_string().contains("no such job"), "{error}");
}

#[test]
fn lines_and_sequences() {
    assert_eq!(read(&LINES, "\r\n{\"n\":1}\r\n\n{\"n\":2}"), [Ok(1), Ok(2)]);
    let text = "\u{1e}{\"n\":\n1}\n\u{1e}\u{1e}\n\u{1e}{\"n\":2, \"s\": \"\\\"}\n\"}";
    assert_eq!(
        read(
            &SEQUENCE,
            "\u{1e}{\"n\":\n1}\n\u{1e}\u{1e}\n\u{1e}{\"n\":2, \"s\": \"\\\"}\"}"
        ),
        [Ok(1), Ok(2)]
    );
    // A raw line feed is no part of a string, and the text is none.
    assert_eq!(read(&SEQUENCE, text), [Ok(1), Err(ErrorKind::Decode)]);
    // A number without a line feed may be the beginning of a longer one.
    let cut = Connections::new([connection("\u{1e}1\n\u{1e}12")]);
    static NUMBERS: Op = SEQUENCE;
    call! {
        /// Numbers.
        Numbers -> Vec<i64>, stream of i64
    }
    let call = Numbers(Call::new(&cut.core(), &NUMBERS, &[]));
    let mut stream = run(call.stream()).unwrap();
    assert_eq!(run(stream.next()).unwrap().unwrap(), 1);
    assert!(run(stream.next()).unwrap().unwrap_err().is_decode());
}

#[test]
fn the_media_type_of_the_response_counts() {
    let connections = Connections::new([Connection {
        content_type: "Application/NDJSON; charset=utf-8",
        ..connection("{\"n\":1}\n{\"n\":2}\n")
    }]);
    assert_eq!(rest(&mut watch(&connections, &EVENTS)), [Ok(1), Ok(2)]);
}

#[test]
fn awaiting_gives_all_items() {
    for (op, text, content_type) in [
        (
            &EVENTS,
            "data: {\"n\":1}\n\ndata: {\"n\":2}\n\ndata: [DONE]\n\n",
            "text/event-stream",
        ),
        (&LINES, "{\"n\":1}\n{\"n\":2}\n", ""),
        (&EVENTS, "[{\"n\":1},{\"n\":2}]", "application/json"),
    ] {
        let connections = Connections::new([Connection {
            content_type,
            ..connection(text)
        }]);
        let call = Watch(Call::new(&connections.core(), op, &[]));
        let items = run(call).unwrap();
        assert_eq!(items.iter().map(|item| item.n).collect::<Vec<_>>(), [1, 2]);
    }
    let connections = Connections::new([connection("{\"n\":1}\n{\"n\":[]}\n{\n")]);
    let error = run(Watch(Call::new(&connections.core(), &LINES, &[]))).unwrap_err();
    assert!(
        error.is_decode() && error.to_string().contains("[2]"),
        "{error}"
    );
}

#[test]
fn a_broken_stream_goes_on_behind_the_last_event() {
    let connections = Connections::new([
        broken(
            "id: 1\nretry: 20\ndata: {\"n\":1}\n\nid: 2\ndata: {\"n\":2}\n\nid: 3\ndata: {\"n\"",
        ),
        broken(""),
        connection("id: 3\ndata: {\"n\":3}\n\n"),
    ]);
    let mut stream = watch(&connections, &EVENTS);
    assert_eq!(rest(&mut stream), [Ok(1), Ok(2), Ok(3)]);
    assert_eq!(stream.last_event_id(), Some("3"));
    assert_eq!(
        connections.ids(),
        [None, Some("2".into()), Some("2".into())]
    );
    let waits = connections.waits.lock().unwrap().clone();
    assert_eq!(waits, [Duration::from_millis(20); 2]);
}

#[test]
fn what_could_come_twice_or_be_lost_is_an_error() {
    let event = "data: {\"n\":1}\n\n";
    let named = "id: 1\ndata: {\"n\":1}\n\n";
    for (op, text) in [(&EVENTS, event), (&POSTED, named), (&LINES, "{\"n\":1}\n")] {
        let connections = Connections::new([broken(text), connection(named)]);
        let mut stream = watch(&connections, op);
        assert_eq!(rest(&mut stream), [Ok(1), Err(ErrorKind::Io)]);
        assert_eq!(connections.ids().len(), 1);
    }
    // As often as the call may be retried, and an event that comes gives new tries.
    let connections = Connections::new([
        broken(named),
        broken(""),
        broken("id: 2\ndata: {\"n\":2}\n\n"),
        broken(""),
        broken(""),
        connection(named),
    ]);
    let mut stream = watch(&connections, &EVENTS);
    assert_eq!(rest(&mut stream), [Ok(1), Ok(2), Err(ErrorKind::Io)]);
    let connections = Connections::new([broken(named), connection(named)]);
    let mut stream = watch(&connections, &EVENTS).reconnects(0);
    assert_eq!(rest(&mut stream), [Ok(1), Err(ErrorKind::Io)]);
}

#[test]
fn an_end_is_the_end_unless_it_is_followed() {
    let connections = || {
        Connections::new([
            connection("id: 1\ndata: {\"n\":1}\n\n"),
            connection(""),
            connection("id: 2\ndata: {\"n\":2}\n\n"),
            Connection {
                status: 204,
                ..connection("")
            },
        ])
    };
    assert_eq!(rest(&mut watch(&connections(), &EVENTS)), [Ok(1)]);
    let connections = connections();
    let mut stream = watch(&connections, &EVENTS).follow();
    assert_eq!(rest(&mut stream), [Ok(1), Ok(2)]);
    let id = |id: &str| Some(id.to_owned());
    assert_eq!(connections.ids(), [None, id("1"), id("1"), id("2")]);
}

#[test]
fn an_item_has_a_limit() {
    for (op, text) in [
        (
            &EVENTS,
            "data: {\"n\":1}\n\ndata: ".to_owned() + &"x".repeat(100),
        ),
        (
            &EVENTS,
            "data: {\"n\":1}\n\n".to_owned() + &"data: xxxxxxxx\n".repeat(20),
        ),
        (&LINES, "{\"n\":1}\n".to_owned() + &" ".repeat(100)),
        (
            &SEQUENCE,
            "\u{1e}{\"n\":1}\n\u{1e}".to_owned() + &"[".repeat(100),
        ),
    ] {
        let connections = Connections::new([connection(&text)]);
        let call = Watch(Call::new(&connections.core(), op, &[]));
        let call = call.options(|options| options.max_response_bytes(64));
        let mut stream = run(call.stream()).unwrap();
        assert_eq!(rest(&mut stream), [Ok(1), Err(ErrorKind::TooLarge)]);
    }
}

#[cfg(feature = "stream")]
#[test]
fn items_are_a_stream() {
    use futures_core::Stream;
    let connections = Connections::new([connection("{\"n\":1}\n")]);
    let mut stream = std::pin::pin!(watch(&connections, &LINES));
    let first = run(std::future::poll_fn(|context| {
        stream.as_mut().poll_next(context)
    }));
    assert_eq!(first.unwrap().unwrap().n, 1);
}

/// Streams of all kinds with all ends of lines, and something of every odd kind.
fn documents() -> Vec<(&'static Op, Vec<u8>)> {
    let mut events = String::from("\u{feff}: hi\r\n\r\n");
    let mut lines = String::new();
    let mut sequence = String::new();
    for (n, end) in (0..9).zip(["\n", "\r", "\r\n"].into_iter().cycle()) {
        let item = json!({"n": n, "s": "ä\u{1F600}{\"\n"}).to_string();
        events.push_str(&format!("id: {n}{end}event: e{end}data: {item}{end}{end}"));
        lines.push_str(&format!("{item}{}", end.replace('\r', "") + "\n"));
        sequence.push_str(&format!("\u{1e}{item}\n"));
    }
    vec![
        (&EVENTS, events.into_bytes()),
        (&LINES, lines.into_bytes()),
        (&SEQUENCE, sequence.into_bytes()),
    ]
}

proptest! {
    #[test]
    fn chunks_may_end_anywhere(cuts in prop::collection::vec(0_usize..800, 0..40)) {
        for (op, bytes) in documents() {
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (bytes.len() + 1)).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let chunks = cuts.windows(2).map(|pair| Bytes::copy_from_slice(&bytes[pair[0]..pair[1]]));
            let chunks: Vec<Bytes> = chunks.collect();
            let connections = Connections::new([Connection { chunks, ..connection("") }]);
            let items = rest(&mut watch(&connections, op));
            prop_assert_eq!(items, (0..9).map(Ok).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_bytes_are_too_odd(bytes in prop::collection::vec(prop::sample::select(b"\n\r\x1e:{}[]\"\\ data1\xff\0".to_vec()), 0..60), cut in 0_usize..60) {
        for op in [&EVENTS, &LINES, &SEQUENCE] {
            let cut = cut.min(bytes.len());
            let chunks = vec![Bytes::copy_from_slice(&bytes[..cut]), Bytes::copy_from_slice(&bytes[cut..])];
            let whole = Connection { chunks: vec![bytes.clone().into()], ..connection("") };
            let parts = Connection { chunks, ..connection("") };
            let whole = rest(&mut watch(&Connections::new([whole]), op));
            prop_assert_eq!(whole, rest(&mut watch(&Connections::new([parts]), op)));
        }
    }
}
