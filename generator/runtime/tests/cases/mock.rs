//! The mock: sequences, records, and no way out.

use super::support::run;
use crate::Client;
use crate::runtime::prelude::*;
use crate::runtime::{ErrorKind, Mock};
use bytes::Bytes;
use serde_json::json;

#[test]
fn responses_come_in_their_order_and_once() {
    let mock = Mock::new()
        .on("ShowUser", 200, r#"{"user":{"id":1}}"#)
        .on("ShowUser", 404, json!({"error": "gone"}))
        .on("DeleteUser", 204, "");
    let client = Client::with_transport(mock.clone());
    assert_eq!(mock.unused(), ["ShowUser", "ShowUser", "DeleteUser"]);
    assert_eq!(run(client.users().show(1)).unwrap().id, 1);
    assert!(run(client.users().show(2)).unwrap_err().is_not_found());
    run(client.users().delete(3)).unwrap();
    assert!(mock.unused().is_empty());
    let error = run(client.users().show(4)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Mock);
    assert_eq!(
        error.to_string(),
        "ShowUser GET /api/v2/users/{user_id}: the mock has no response for `ShowUser`"
    );
    let requests = mock.requests();
    let seen: Vec<_> = requests
        .iter()
        .map(|request| (request.operation(), request.method(), request.path()))
        .collect();
    assert_eq!(
        seen,
        [
            ("ShowUser", "GET", "/api/v2/users/1"),
            ("ShowUser", "GET", "/api/v2/users/2"),
            ("DeleteUser", "DELETE", "/api/v2/users/3"),
            ("ShowUser", "GET", "/api/v2/users/4"),
        ]
    );
}

#[test]
fn a_response_can_stay() {
    let mock = Mock::new()
        .on_always("ShowUser", 200, r#"{"user":{"id":1}}"#)
        .on("ShowUser", 500, "");
    let client = Client::with_transport(mock.clone());
    for _ in 0..3 {
        assert!(run(client.users().show(1)).is_ok());
    }
    assert_eq!(mock.unused(), ["ShowUser"]);
}

#[test]
fn custom_calls_are_matched_by_method_and_path() {
    let mock = Mock::new().on("GET /beta/7", 200, json!({"a": 1}));
    let client = Client::with_transport(mock.clone());
    let call = client.request("GET", "/beta/7").query_param("x", "y");
    assert_eq!(run(call.clone()).unwrap(), json!({"a": 1}));
    let error = run(call).unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /beta/7: the mock has no response for `GET /beta/7`"
    );
    let mock = Mock::new().on("POST /users", 201, r#"{"id":5}"#);
    let client = Client::with_transport(mock);
    let user: crate::types::User = run(client.request("POST", "/users").send_as()).unwrap();
    assert_eq!(user.id, 5);
}

#[test]
fn outputs_are_of_all_kinds() {
    let headers = [("Content-Type", "image/png"), ("X-Request-Id", "r")];
    let mock = Mock::new()
        .on_with_headers("ShowUserPhoto", 200, headers, "bytes")
        .on("DeleteUser", 200, "not even JSON")
        .on("GET /none", 204, "")
        .on_with_headers(
            "GET /text",
            200,
            [("content-type", "text/plain; charset=utf-8")],
            "hi",
        )
        .on_with_headers(
            "GET /json",
            200,
            [("content-type", "application/json")],
            "\"hi\"",
        )
        .on("GET /option", 200, "")
        .on("GET /list", 200, "");
    let client = Client::with_transport(mock);
    let photo = client.users().photo("1", "a", "png");
    let response = run(photo.send_with_meta()).unwrap();
    assert_eq!(response.value, Bytes::from("bytes"));
    assert_eq!(response.meta.status(), 200);
    assert_eq!(response.meta.request_id(), Some("r"));
    assert_eq!(
        response.meta.url(),
        "http://localhost/api/v2/users/1/photos/a.png"
    );
    assert_eq!(response.meta.attempts(), 1);
    run(client.users().delete(1)).unwrap();
    assert_eq!(run(client.request("GET", "/none")).unwrap(), json!(null));
    let text = |path| run(client.request("GET", path).send_as::<String>()).unwrap();
    assert_eq!(
        (text("/text"), text("/json")),
        ("hi".to_owned(), "hi".to_owned())
    );
    let option = client.request("GET", "/option").send_as::<Option<i64>>();
    assert_eq!(run(option).unwrap(), None);
    let list = client.request("GET", "/list").send_as::<Vec<i64>>();
    assert!(run(list).unwrap_err().is_decode());
}

#[test]
fn raw_is_as_it_came() {
    let mock = Mock::new()
        .on("ShowUser", 200, "{")
        .on("ShowUser", 500, "[");
    let client = Client::with_transport(mock);
    assert_eq!(run(client.users().show(1).send_raw()).unwrap().value, "{");
    let error = run(client.users().show(1).send_raw()).unwrap_err();
    assert_eq!((error.status(), error.body()), (Some(500), b"[".as_slice()));
}

#[test]
fn a_response_can_be_too_large() {
    let mock = Mock::new().on_always("ShowUser", 200, r#"{"user":{"id":1}}"#);
    let client = Client::with_transport(mock).with(|options| options.max_response_bytes(16));
    let error = run(client.users().show(1)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(
        error
            .to_string()
            .ends_with("the response is longer than 16 bytes")
    );
    let client = client.with(|options| options.max_response_bytes(17));
    assert!(run(client.users().show(1)).is_ok());
}

#[test]
fn what_is_said_comes_before_what_is_always_answered() {
    static ANSWERS: &[crate::runtime::MockAnswer] = &[crate::runtime::MockAnswer {
        operation: "ShowUser",
        status: 200,
        media_type: "application/json",
        body: r#"{"user": {"id": 1}}"#,
    }];
    let mock = Mock::answering(ANSWERS).on("ShowUser", 404, "{}");
    let client = Client::with_transport(mock.clone());
    assert_eq!(run(client.users().show(7)).unwrap_err().status(), Some(404));
    for _ in 0..2 {
        assert_eq!(run(client.users().show(7)).unwrap().id, 1);
    }
    assert_eq!(mock.requests().len(), 3);
    let other = run(client.users().delete(7)).unwrap_err();
    assert_eq!(other.kind(), ErrorKind::Mock);
}

#[test]
fn delays_are_injected_without_waiting() {
    use std::time::Duration;
    let late = Duration::from_secs(30);
    let user = r#"{"user": {"id": 7}}"#;
    let mock = Mock::new()
        .on_delayed("ShowUser", late, 200, user)
        .on_delayed("ShowUser", late, 200, user);
    let client = Client::with_transport(mock);
    let call = client.users().show(7).timeout(Duration::from_secs(1));
    assert_eq!(run(call).unwrap_err().kind(), ErrorKind::Timeout);
    let call = client.users().show(7).timeout(Duration::from_secs(60));
    assert_eq!(run(call).unwrap().id, 7);
}
