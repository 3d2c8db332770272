//! What `tracing` is told of calls, and what it is not.

use crate::Client;
use crate::runtime::prelude::*;
use crate::runtime::{Auth, ErrorKind, Mock};
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Writes down everything that it is told.
#[derive(Clone, Default)]
struct Listener {
    lines: Arc<Mutex<Vec<String>>>,
    ids: Arc<AtomicU64>,
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }
}

impl Listener {
    fn add(&self, line: Line) {
        self.lines.lock().unwrap().push(line.0);
    }
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("letterpress_runtime")
    }
    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut line = Line(format!("span {}", attributes.metadata().name()));
        attributes.record(&mut line);
        self.add(line);
        Id::from_u64(self.ids.fetch_add(1, Ordering::Relaxed) + 1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line("record".to_owned());
        values.record(&mut line);
        self.add(line);
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut line = Line(format!("event {}", event.metadata().level()));
        event.record(&mut line);
        self.add(line);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

fn told<T>(mock: Mock, call: impl FnOnce(&Client) -> T) -> Vec<String>
where
    T: CallExt,
{
    let listener = Listener::default();
    let lines = listener.lines.clone();
    let client = Client::with_transport(mock);
    let _ = tracing::subscriber::with_default(listener, || {
        super::support::run(call(&client).send_with_meta())
    });
    let lines = lines.lock().unwrap();
    lines.clone()
}

#[test]
fn each_attempt_has_a_span() {
    let mock = Mock::new().on_failure("ShowUser", ErrorKind::Io).on(
        "ShowUser",
        200,
        r#"{"user": {"id": 7}}"#,
    );
    let lines = told(mock, |client| {
        let call = client.users().show(7).query_param("token", "hunter2");
        call.auth(Auth::bearer("hunter2")).retries(1)
    });
    let text = lines.join("\n");
    let spans: Vec<&String> = lines
        .iter()
        .filter(|line| line.starts_with("span"))
        .collect();
    assert_eq!(spans.len(), 2, "{text}");
    for field in [
        r#"otel.name=GET /api/v2/users/{user_id}"#,
        r#"otel.kind="client""#,
        r#"http.request.method="GET""#,
        r#"server.address="localhost""#,
        "server.port=80",
        r#"url.template="/api/v2/users/{user_id}""#,
        r#"url.full="http://localhost/api/v2/users/7?token=REDACTED""#,
    ] {
        assert!(spans[0].contains(field), "{field}: {text}");
    }
    assert!(!spans[0].contains("resend_count"), "{text}");
    assert!(spans[1].contains("http.request.resend_count=1"), "{text}");
    assert!(text.contains("error.type=Io"), "{text}");
    assert!(text.contains("http.response.status_code=200"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}

#[test]
fn what_differs_is_told_by_its_place() {
    let mock = Mock::new().on(
        "ShowUser",
        200,
        r#"{"user": {"id": 7, "name": {"secret": "x"}}}"#,
    );
    let lines = told(mock, |client| client.users().show(7));
    let event = lines.iter().find(|line| line.starts_with("event WARN"));
    let event = event.unwrap_or_else(|| panic!("{lines:?}"));
    assert!(event.contains("name: wrong kind of value"), "{event}");
    assert!(!event.contains("secret"), "{event}");
}

#[test]
fn a_refusal_is_an_error_by_its_status() {
    let lines = told(Mock::new().on("ShowUser", 404, "{}"), |client| {
        client.users().show(7)
    });
    let text = lines.join("\n");
    assert!(text.contains("error.type=404"), "{text}");
    assert!(text.contains(r#"otel.status_code="ERROR""#), "{text}");
}
