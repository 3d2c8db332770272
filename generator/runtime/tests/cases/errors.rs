//! What errors tell.

use super::support::run;
use crate::Client;
use crate::runtime::prelude::*;
use crate::runtime::{Error, ErrorKind, Extra, Mock, object};
use serde_json::json;
use std::error::Error as _;
use std::time::{Duration, SystemTime};

fn failure(status: u16, headers: &[(&str, &str)], body: impl ToString) -> Error {
    let headers = headers.iter().copied();
    let mock = Mock::new().on_with_headers("ShowUser", status, headers, body);
    run(Client::with_transport(mock).users().show(9)).unwrap_err()
}

fn message(body: impl ToString) -> String {
    let error = failure(404, &[], body).to_string();
    let (place, message) = error.split_once(": ").unwrap();
    assert_eq!(place, "ShowUser GET /api/v2/users/{user_id}");
    message.to_owned()
}

#[test]
fn an_error_tells_operation_status_and_message() {
    let body = json!({"error": "RecordNotFound", "description": "Not found"});
    let error = failure(404, &[("X-Request-Id", "5f0")], body);
    let text =
        "ShowUser GET /api/v2/users/{user_id}: 404 RecordNotFound: Not found (request id 5f0)";
    assert_eq!(error.to_string(), text);
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!((error.status(), error.is_not_found()), (Some(404), true));
    assert_eq!((error.operation(), error.attempts()), ("ShowUser", 1));
    assert_eq!(error.request_id(), Some("5f0"));
    assert_eq!(error.headers().unwrap().get("x-request-id"), Some("5f0"));
    assert!(format!("{error:?}").contains(text), "{error:?}");
}

#[test]
fn the_message_is_found_in_common_shapes() {
    assert_eq!(message(json!({"error": "oops"})), "404 oops");
    assert_eq!(message(json!({"message": "oops"})), "404 oops");
    assert_eq!(
        message(json!({"message": "Not found", "code": 404})),
        "404 Not found"
    );
    assert_eq!(
        message(json!({"code": 1234, "message": "oops"})),
        "404 1234: oops"
    );
    assert_eq!(
        message(json!({"error": {"code": "missing", "message": "No such thing", "type": "x"}})),
        "404 missing: No such thing"
    );
    assert_eq!(
        message(json!({"error": {"type": "invalid_request", "message": "No"}})),
        "404 invalid_request: No"
    );
    assert_eq!(
        message(json!({"error": {"title": "Forbidden", "message": "No access"}})),
        "404 Forbidden: No access"
    );
    assert_eq!(
        message(json!({"error": "invalid_grant", "error_description": "Expired"})),
        "404 invalid_grant: Expired"
    );
    assert_eq!(
        message(json!({"errorCode": "USER_UNKNOWN", "message": "Who?"})),
        "404 USER_UNKNOWN: Who?"
    );
    assert_eq!(
        message(json!({"type": "https://x", "title": "Gone", "detail": "It left", "status": 404})),
        "404 Gone: It left"
    );
    assert_eq!(
        message(json!({"errors": [{"message": "first"}, {"message": "second"}]})),
        "404 first"
    );
    assert_eq!(message(json!({"errors": ["first", "second"]})), "404 first");
    assert_eq!(message(json!([{"code": "a", "message": "b"}])), "404 a: b");
    assert_eq!(message(json!("just text")), "404 just text");
    assert_eq!(
        message(json!({"error": "Same", "message": "Same"})),
        "404 Same"
    );
    assert_eq!(
        message("<h1>Bad\n  Gateway</h1>"),
        "404 <h1>Bad Gateway</h1>"
    );
    assert_eq!(message(""), "404 without a message");
    assert_eq!(message(json!({"a": {"b": 1}})), r#"404 {"a":{"b":1}}"#);
}

#[test]
fn the_message_is_one_harmless_line() {
    let text = message(json!({"message": "a\u{1b}[31m\r\nb\u{202e}c\0"}));
    assert_eq!(text, r"404 a\u{1b}[31m b\u{202e}c\u{0}");
    let text = message("x".repeat(5000));
    assert_eq!(text, format!("404 {}…", "x".repeat(300)));
    let text = failure(500, &[("x-request-id", "a\u{1b}b")], "").to_string();
    assert!(
        text.ends_with(r"500 without a message (request id a\u{1b}b)"),
        "{text}"
    );
}

#[test]
fn a_key_of_the_server_is_harmless_too() {
    let key = format!("\u{1b}[31m{}", "k".repeat(5000));
    let body = format!(r#"{{"user": {{"id": 1, {}: x}}}}"#, json!(key));
    let text = failure(200, &[], body).to_string();
    assert!(text.contains(r"response: user.\u{1b}[31mkkk"), "{text}");
    assert!(text.contains("kkk: expected value"), "{text}");
    assert!(text.len() < 300 && !text.contains('\u{1b}'));
    let long = json!({"error": "x".repeat(300_000)});
    let text = failure(500, &[], &long).to_string();
    assert!(
        text.contains(r#"500 {"error":"xxx"#) && text.len() < 400,
        "{text}"
    );
}

#[test]
fn a_response_that_cannot_be_read_keeps_everything() {
    let body = r#"{"user": {"id": 1, "tags": ["a", x]}}"#;
    let error = failure(201, &[("x-request-id", "r1"), ("x-left", "9")], body);
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.is_decode() && !error.is_server_error());
    assert_eq!((error.status(), error.body()), (Some(201), body.as_bytes()));
    assert_eq!(error.headers().unwrap().get("X-Left"), Some("9"));
    assert_eq!(
        error.to_string(),
        "ShowUser GET /api/v2/users/{user_id}: 201 cannot read the response: user.tags[1]: \
         expected value at line 1 column 34 (request id r1)"
    );
    let text = |body: &str| {
        failure(200, &[], body)
            .to_string()
            .split_once("200 ")
            .unwrap()
            .1
            .to_owned()
    };
    assert_eq!(text(""), "cannot read the response: empty body");
    assert_eq!(
        text("{}"),
        "cannot read the response: the response has no member `user`"
    );
    assert_eq!(
        text("[]"),
        "cannot read the response: unexpected array at the top"
    );
    assert_eq!(
        text(r#"{"user": "x"}"#),
        "cannot read the response: user: unexpected string"
    );
}

#[test]
fn wrong_kinds_are_issues_unless_strict() {
    let body = json!({"users": [{"id": 1}, {"id": "x", "role": "new", "beyond": 1}]});
    let mock = Mock::new().on_always("ListUsers", 200, body);
    let client = Client::with_transport(mock);
    let response = run(client.users().list().send_with_meta()).unwrap();
    assert_eq!(response.value.users.len(), 2);
    assert_eq!(
        format!("{:?}", response.meta.issues()),
        "[users[1].id: wrong kind of value]"
    );
    for error in [
        run(client.users().list().strict()).unwrap_err(),
        run(client.with(|options| options.strict(true)).users().list()).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.issues().len(), 2);
        assert!(error.to_string().ends_with(
            "200 cannot read the response: not as described; users[1].beyond: unknown member; \
             users[1].id: wrong kind of value"
        ));
    }
}

#[derive(Clone, Default)]
struct Problem {
    title: String,
    extra: Extra,
}

object! {
    Problem {
        0 req "title" title,
    }
}

#[test]
fn the_body_is_typed_when_asked_for() {
    let error = failure(422, &[], json!({"title": "No", "more": 1}));
    let problem: Problem = error.body_as().unwrap();
    assert_eq!((problem.title.as_str(), problem.extra.len()), ("No", 1));
    assert!(error.is_unprocessable());
    assert!(failure(422, &[], "<html>").body_as::<Problem>().is_none());
}

#[test]
fn the_wait_is_told() {
    let wait = |name, value| failure(429, &[(name, value)], "").retry_after();
    assert_eq!(wait("Retry-After", "3"), Some(Duration::from_secs(3)));
    assert_eq!(wait("retry-after", "0.5"), Some(Duration::from_millis(500)));
    assert_eq!(
        wait("retry-after-ms", "1500"),
        Some(Duration::from_millis(1500))
    );
    assert_eq!(
        wait("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"),
        Some(Duration::ZERO)
    );
    for endless in ["1e300", "inf"] {
        assert_eq!(wait("retry-after", endless), Some(Duration::MAX));
    }
    for nonsense in ["-1", "NaN", "soon", "", "06 Nov 1994"] {
        assert_eq!(wait("retry-after", nonsense), None, "{nonsense}");
    }
    let far = wait("retry-after", "Fri, 31 Dec 2100 00:00:00 GMT").unwrap();
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(4_133_894_400);
    let expected = end.duration_since(SystemTime::now()).unwrap();
    assert!(expected.abs_diff(far) < Duration::from_secs(60));
    assert!(failure(429, &[], "").is_rate_limited());
}

#[test]
fn statuses_have_names() {
    assert!(failure(400, &[], "").is_bad_request());
    assert!(failure(401, &[], "").is_unauthorized());
    assert!(failure(403, &[], "").is_forbidden());
    assert!(failure(409, &[], "").is_conflict());
    assert!(failure(503, &[], "").is_server_error());
    assert!(!failure(600, &[], "").is_server_error());
    assert_eq!(failure(304, &[], "").kind(), ErrorKind::Status);
    assert_eq!(failure(199, &[], "").kind(), ErrorKind::Status);
}

#[test]
fn an_error_of_a_transport_has_its_cause() {
    let cause = std::io::Error::other("cable cut");
    let error = Error::new(ErrorKind::Io, "the connection failed").with_source(cause);
    assert_eq!(error.to_string(), "the connection failed");
    assert_eq!(error.source().unwrap().to_string(), "cable cut");
    assert_eq!(
        (error.status(), error.body(), error.attempts()),
        (None, [].as_slice(), 0)
    );
    let mock = Mock::new().on_failure("ShowUser", ErrorKind::Timeout);
    let error = run(Client::with_transport(mock).users().show(1)).unwrap_err();
    assert!(error.is_timeout() && !error.is_connect());
    assert_eq!(error.attempts(), 1);
    assert_eq!(
        error.to_string(),
        "ShowUser GET /api/v2/users/{user_id}: the mock fails this call"
    );
}
