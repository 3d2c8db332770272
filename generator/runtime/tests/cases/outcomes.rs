//! Operations whose successes differ by status, fixed members of a body, and typed headers.

use super::support::run;
use crate::runtime::prelude::*;
use crate::runtime::{
    Call, Core, Date, ErrorKind, Extra, Mock, Op, Response, Timestamp, call, object, outcome,
};
use bytes::Bytes;
use serde_json::json;

static START: Op = Op {
    id: "Start",
    method: "POST",
    path: "/jobs",
    ..Op::NEW
};

#[derive(Clone, Default)]
pub struct Job {
    id: i64,
    extra: Extra,
}

object! {
    Job {
        0 req "id" id,
    }
}

#[derive(Clone, Debug)]
pub enum StartOutcome {
    Ok(Vec<String>),
    Accepted(Job),
    Text(String),
    NoContent,
    Other(Response<Bytes>),
}

outcome! {
    StartOutcome {
        200 => Ok "",
        202 => Accepted "job",
        210..=219 => Text "",
        204 => NoContent,
    }
}

call! {
    /// A call of the operation.
    Start -> StartOutcome
}

fn start(mock: Mock) -> Start {
    Start(Call::new(&Core::with_transport(mock), &START, &[]))
}

#[test]
fn the_status_chooses() {
    let answer = |status, body| run(start(Mock::new().on("Start", status, body)).into_future());
    assert!(matches!(answer(200, json!(["a"])), Ok(StartOutcome::Ok(list)) if list == ["a"]));
    let accepted = answer(202, json!({"job": {"id": 7, "new": 1}}));
    let Ok(StartOutcome::Accepted(job)) = accepted else {
        panic!("{accepted:?}");
    };
    assert_eq!((job.id, job.extra.get("new")), (7, Some(&json!(1))));
    assert!(matches!(
        answer(204, json!(null)),
        Ok(StartOutcome::NoContent)
    ));
    let other = answer(203, json!({"x": 1}));
    let Ok(StartOutcome::Other(response)) = other else {
        panic!("{other:?}");
    };
    assert_eq!(
        (response.meta.status(), &*response.value),
        (203, &br#"{"x":1}"#[..])
    );
}

#[test]
fn a_variant_may_be_text() {
    let mock = Mock::new().on_with_headers("Start", 211, [("content-type", "text/plain")], "hi");
    let outcome = run(start(mock).into_future());
    assert!(matches!(outcome, Ok(StartOutcome::Text(text)) if text == "hi"));
}

#[test]
fn a_body_that_does_not_fit_its_status_is_an_error() {
    let error = run(start(Mock::new().on("Start", 200, json!({"id": 1}))).into_future());
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Decode);
    let strict = start(Mock::new().on("Start", 202, json!({"job": {}}))).strict();
    let error = run(strict.into_future()).unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Decode, Some(202))
    );
}

#[test]
fn failures_stay_failures() {
    let error = run(start(Mock::new().on("Start", 404, json!({"id": 9}))).into_future());
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.body_as::<Job>().map(|job| job.id), Some(9));
}

static QUERY: Op = Op {
    id: "Query",
    method: "POST",
    path: "/graphql",
    request_member: Some("variables"),
    request_fixed: r#""query":"query($id: ID!) { a(id: $id) }","operationName":null"#,
    ..Op::NEW
};

call! {
    /// A call of a GraphQL operation.
    Query -> serde_json::Value
}

#[test]
fn fixed_members_are_always_sent() {
    let core = Core::with_transport(Mock::new());
    let body = |call: Call| {
        let request = Query(call).into_request().unwrap();
        assert_eq!(request.header("content-type"), Some("application/json"));
        serde_json::from_slice::<serde_json::Value>(request.body().as_bytes().unwrap()).unwrap()
    };
    let fixed = json!({"query": "query($id: ID!) { a(id: $id) }", "operationName": null});
    assert_eq!(body(Call::new(&core, &QUERY, &[])), fixed);
    let mut with = fixed;
    with["variables"] = json!({"id": 4});
    let variables = Job {
        id: 4,
        ..Job::default()
    };
    assert_eq!(body(Call::new(&core, &QUERY, &[]).json(&variables)), with);
}

#[test]
fn headers_are_read_as_types() {
    let headers = [
        ("x-rate-limit", " 12 "),
        ("x-deprecated", "true"),
        ("x-reset", "2026-11-22T00:00:00Z"),
    ];
    let mock = Mock::new().on_with_headers("Start", 204, headers, "");
    let meta = run(start(mock).send_with_meta()).unwrap().meta;
    assert_eq!(meta.header_as::<i64>("X-Rate-Limit"), Some(12));
    assert_eq!(meta.header_as::<bool>("x-deprecated"), Some(true));
    let reset: Option<Timestamp> = meta.header_as("x-reset");
    assert_eq!(reset, Some("2026-11-22T00:00:00Z".into()));
    assert_eq!(meta.header_as::<i64>("x-reset"), None);
    assert_eq!(meta.header_as::<Date>("x-none"), None);
}
