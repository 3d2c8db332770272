//! What goes wrong all at once: busy servers, broken connections, hundreds of calls. Nothing is lost.

use super::server::{Server, response};
use crate::runtime::prelude::*;
use crate::runtime::{
    Call, Core, ErrorKind, Extra, Framing, Op, PageStyle, Paging, RetryPolicy, Streaming, call,
    object,
};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::net::TcpStream;
use std::sync::Mutex;
use std::time::Duration;

/// One of many.
#[derive(Clone, Default)]
pub struct Thing {
    id: i64,
    extra: Extra,
}

object! {
    Thing {
        0 req "id" id,
    }
}

/// A page.
#[derive(Clone, Default)]
pub struct Things {
    things: Vec<Thing>,
    extra: Extra,
}

object! {
    Things {
        0 req "things" things,
    }
}

static SHOW: Op = Op {
    id: "ShowThing",
    path: "/things/{id}",
    ..Op::NEW
};

static LIST: Op = Op {
    id: "ListThings",
    path: "/things",
    paging: &Paging {
        style: PageStyle::Url,
        next: &["next"],
        items: &["things"],
        ..Paging::NONE
    },
    ..Op::NEW
};

static WATCH: Op = Op {
    id: "WatchThings",
    path: "/watch",
    stream: &Streaming {
        framing: Framing::Events,
        accept: "text/event-stream",
        ..Streaming::NONE
    },
    ..Op::NEW
};

call! {
    /// Shows a thing.
    ShowThing -> Thing
}

call! {
    /// Lists things.
    ListThings -> Things, pages of Thing, page => page.things
}

call! {
    /// Watches things.
    WatchThings -> Vec<Thing>, stream of Thing
}

fn core(server: &Server) -> Core {
    let policy = RetryPolicy::default().first_wait(Duration::from_millis(2));
    let client = server.client();
    client
        .core()
        .with(|options| options.retry(policy).retries(3))
}

/// Runs something, and asserts that no task of it is left behind.
fn run_clean(work: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().unwrap();
    runtime.block_on(async {
        work.await;
        let handle = tokio::runtime::Handle::current();
        let mut tries = 0;
        while handle.metrics().num_alive_tasks() > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
            tries += 1;
            assert!(
                tries < 1_000,
                "{} tasks are left",
                handle.metrics().num_alive_tasks()
            );
        }
    });
}

/// The path of a request without its leading part.
fn id(request: &str) -> i64 {
    let path = request.split(' ').nth(1).unwrap();
    path.rsplit('/').next().unwrap().parse().unwrap()
}

#[test]
fn two_hundred_calls_in_a_storm_all_succeed() {
    let tries: Mutex<BTreeMap<i64, usize>> = Mutex::default();
    let server = Server::new(move |request, stream: &mut TcpStream| {
        let id = id(request);
        let tried = {
            let mut tries = tries.lock().unwrap();
            let tried = tries.entry(id).or_default();
            *tried += 1;
            *tried
        };
        let body = format!("{{\"id\":{id}}}");
        // The first try meets a limit, the second a broken connection, each in several ways.
        let answer = match (tried, id % 4) {
            (1, 0) => return,
            (1, _) => response("429 Too Many Requests", "retry-after: 0\r\n", "{}"),
            (2, 1) => format!("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{body}"),
            (2, 2) => {
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id\"".to_owned()
            }
            (2, 3) => "HTTP/1.1 2".to_owned(),
            _ => response("200 OK", "content-type: application/json\r\n", &body),
        };
        let _ = stream.write_all(answer.as_bytes());
    });
    let core = core(&server);
    run_clean(async {
        let calls = (0..200_i64).map(|id| {
            let call = ShowThing(Call::new(&core, &SHOW, &[&id]));
            tokio::spawn(async move { (id, call.send_with_meta().await) })
        });
        let calls: Vec<_> = calls.collect();
        let mut seen = BTreeSet::new();
        for call in calls {
            let (id, answer) = call.await.unwrap();
            let answer = answer.unwrap_or_else(|error| panic!("{id}: {error}"));
            assert_eq!(answer.value.id, id);
            assert!(answer.meta.attempts() > 1);
            assert!(seen.insert(id));
        }
        assert_eq!(seen.len(), 200);
        drop(core);
        drop(server);
    });
}

#[test]
fn pages_survive_broken_connections() {
    let tries = Mutex::new(0);
    let server = Server::new(move |request, stream: &mut TcpStream| {
        let mut tries = tries.lock().unwrap();
        *tries += 1;
        let page: i64 = match request.split_once("page=") {
            Some((_, rest)) => rest[..1].parse().unwrap(),
            None => 1,
        };
        let next = match page {
            3 => "null".to_owned(),
            page => format!("\"/things?page={}\"", page + 1),
        };
        let body =
            format!("{{\"things\":[{{\"id\":{page}0}},{{\"id\":{page}1}}],\"next\":{next}}}");
        let whole = response("200 OK", "content-type: application/json\r\n", &body);
        let answer = match *tries % 3 {
            1 => whole[..whole.len() - 9].to_owned(),
            2 => response("502 Bad Gateway", "", "<html>"),
            _ => whole,
        };
        let _ = stream.write_all(answer.as_bytes());
    });
    let core = core(&server);
    run_clean(async {
        let items = ListThings(Call::new(&core, &LIST, &[])).items();
        let ids = items
            .collect()
            .await
            .unwrap()
            .into_iter()
            .map(|thing| thing.id);
        assert_eq!(ids.collect::<Vec<_>>(), [10, 11, 20, 21, 30, 31]);
        assert_eq!(server.requests().len(), 9);
        drop(core);
    });
}

#[test]
fn the_next_page_of_another_server_is_not_asked_for() {
    let other = Server::text(response("200 OK", "", "{\"things\":[]}"));
    let body = format!(
        "{{\"things\":[{{\"id\":1}}],\"next\":\"{}/things?page=2\"}}",
        other.base
    );
    let server = Server::text(response(
        "200 OK",
        "content-type: application/json\r\n",
        &body,
    ));
    let core = core(&server);
    run_clean(async {
        let mut items = ListThings(Call::new(&core, &LIST, &[])).items();
        assert_eq!(items.next().await.unwrap().unwrap().id, 1);
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Pagination);
        drop((core, items));
    });
    assert!(other.requests().is_empty());
    assert!(
        server.requests()[0]
            .to_lowercase()
            .contains("authorization: basic")
    );
}

#[test]
fn events_survive_broken_connections() {
    let tries = Mutex::new(0);
    let server = Server::new(move |_, stream: &mut TcpStream| {
        let mut tries = tries.lock().unwrap();
        *tries += 1;
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
        let event = |id: i64| format!("retry: 5\nid: {id}\ndata: {{\"id\":{id}}}\n\n");
        let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
        let answer = match *tries {
            1 => format!("{head}{}{}", chunk(&event(1)), chunk("id: 2\ndata: {\"i")),
            2 => response("503 Busy", "retry-after: 0\r\n", ""),
            3 => format!("{head}{}", chunk(&event(2))),
            _ => format!(
                "{head}{}{}0\r\n\r\n",
                chunk(&event(3)),
                chunk("data: [DONE]\n\n")
            ),
        };
        let _ = stream.write_all(answer.as_bytes());
    });
    let core = core(&server);
    run_clean(async {
        let stream = WatchThings(Call::new(&core, &WATCH, &[]))
            .stream()
            .await
            .unwrap();
        let ids = stream
            .collect()
            .await
            .unwrap()
            .into_iter()
            .map(|thing| thing.id);
        assert_eq!(ids.collect::<Vec<_>>(), [1, 2, 3]);
        drop(core);
    });
    let behind = server.requests().into_iter().map(|request| {
        let lower = request.to_lowercase();
        lower
            .split_once("last-event-id: ")
            .map(|(_, rest)| rest[..1].to_owned())
    });
    let one = Some("1".to_owned());
    assert_eq!(
        behind.collect::<Vec<_>>(),
        [None, one.clone(), one, Some("2".into())]
    );
}
