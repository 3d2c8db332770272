//! Which failures are tried again, how often, and after which wait.

use super::support::run;
use crate::Client;
use crate::runtime::prelude::*;
use crate::runtime::{
    Attempt, Body, Call, Core, Error, ErrorKind, Failure, Hook, Meta, Mock, Op, Request, Result,
    Retry, RetryPolicy, call,
};
use crate::types::UserInput;
use bytes::Bytes;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const USERS: &str = r#"{"users":[]}"#;
const USER: &str = r#"{"user":{"id":1}}"#;

fn client(mock: &Mock) -> Client {
    let builder = Client::builder().base_url("https://a.example");
    let builder = builder.basic("ada", "hunter2");
    builder.transport(mock.clone()).build().unwrap()
}

/// How often a call is sent that fails twice with a status and then succeeds.
fn sent(create: bool, status: u16, headers: &[(&str, &str)]) -> usize {
    let mut mock = Mock::new();
    for operation in ["ListUsers", "CreateOrUpdateUser"] {
        for _ in 0..2 {
            mock = mock.on_with_headers(operation, status, headers.iter().copied(), "");
        }
        mock = mock.on(operation, 200, if create { USER } else { USERS });
    }
    let users = client(&mock);
    let users = users.users();
    let ok = match create {
        true => run(users.create_or_update(&UserInput::new("Ada"))).is_ok(),
        false => run(users.list()).is_ok(),
    };
    let sent = mock.requests().len();
    assert_eq!(ok, sent == 3);
    sent
}

#[test]
fn statuses_that_pass_are_tried_again() {
    for status in [408, 429, 500, 502, 503, 504] {
        assert_eq!(sent(false, status, &[]), 3, "{status}");
    }
    for status in [400, 401, 403, 404, 409, 422, 501, 505] {
        assert_eq!(sent(false, status, &[("retry-after", "1")]), 1, "{status}");
    }
}

#[test]
fn what_may_have_been_done_is_not_done_twice() {
    for status in [408, 500, 502, 503, 504, 409] {
        assert_eq!(sent(true, status, &[]), 1, "{status}");
    }
    assert_eq!(sent(true, 500, &[("retry-after", "1")]), 1);
    assert_eq!(sent(true, 429, &[]), 3);
    assert_eq!(sent(true, 503, &[("retry-after", "1")]), 3);
}

#[test]
fn failures_of_the_connection_are_tried_again_where_nothing_was_sent() {
    for (kind, lists, creates) in [
        (ErrorKind::Connect, 2, 2),
        (ErrorKind::Io, 2, 1),
        (ErrorKind::Timeout, 2, 1),
        (ErrorKind::Request, 1, 1),
    ] {
        let mock = Mock::new()
            .on_failure("ListUsers", kind)
            .on("ListUsers", 200, USERS)
            .on_failure("CreateOrUpdateUser", kind)
            .on("CreateOrUpdateUser", 200, USER);
        let client = client(&mock);
        let _ = run(client.users().list());
        assert_eq!(mock.requests().len(), lists, "{kind:?}");
        let _ = run(client.users().create_or_update(&UserInput::new("Ada")));
        assert_eq!(mock.requests().len() - lists, creates, "{kind:?}");
    }
}

#[test]
fn a_response_that_cannot_be_read_is_not_asked_for_again() {
    let mock = Mock::new().on_always("ListUsers", 200, "{");
    let error = run(client(&mock).users().list()).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));
}

#[test]
fn the_number_is_set_for_client_scope_and_call() {
    let mock = Mock::new().on_always("ListUsers", 500, "");
    let client = client(&mock);
    let attempts = |client: &Client| run(client.users().list()).unwrap_err().attempts();
    assert_eq!(attempts(&client), 3);
    assert_eq!(attempts(&client.with(|options| options.retries(4))), 5);
    let builder = Client::builder().base_url("https://a.example").retries(1);
    let builder = builder.basic("ada", "hunter2");
    assert_eq!(
        attempts(&builder.transport(mock.clone()).build().unwrap()),
        2
    );
    let error = run(client.users().list().retries(0)).unwrap_err();
    assert_eq!((error.attempts(), error.is_server_error()), (1, true));
    let response = Mock::new()
        .on("ListUsers", 500, "")
        .on("ListUsers", 200, USERS);
    let response = run(self::client(&response).users().list().send_with_meta()).unwrap();
    assert_eq!(response.meta.attempts(), 2);
    // A test gets what it asked for.
    let error = run(Client::with_transport(mock).users().list()).unwrap_err();
    assert_eq!(error.attempts(), 1);
}

#[test]
fn waits_grow_and_are_random() {
    let mock = Mock::new().on_always("ListUsers", 500, "");
    let client = client(&mock).with(|options| options.retries(7));
    let mut longest = [Duration::ZERO; 7];
    for _ in 0..40 {
        run(client.users().list()).unwrap_err();
    }
    let waits = mock.waits();
    assert_eq!(waits.len(), 280);
    for (index, wait) in waits.iter().enumerate() {
        let place = &mut longest[index % 7];
        *place = (*place).max(*wait);
    }
    let bounds = [500, 1000, 2000, 4000, 8000, 8000, 8000].map(Duration::from_millis);
    for (longest, bound) in longest.iter().zip(bounds) {
        assert!(
            *longest <= bound && *longest > bound / 2,
            "{longest:?} of {bound:?}"
        );
    }
    let mut different = waits.clone();
    different.sort();
    different.dedup();
    assert!(different.len() > 270);
}

fn waited(headers: &[(&str, &str)]) -> (Vec<Duration>, Option<Error>) {
    let headers = headers.iter().copied();
    let mock = Mock::new()
        .on_with_headers("ListUsers", 429, headers, "")
        .on("ListUsers", 200, USERS);
    let result = run(client(&mock).users().list());
    (mock.waits(), result.err())
}

#[test]
fn the_server_says_when_to_come_back() {
    let seconds = Duration::from_secs;
    assert_eq!(waited(&[("retry-after", "7")]).0, [seconds(7)]);
    assert_eq!(waited(&[("retry-after", "60")]).0, [seconds(60)]);
    assert_eq!(
        waited(&[("retry-after-ms", "1500"), ("retry-after", "9")]).0,
        [Duration::from_millis(1500)]
    );
    // A date in the past is now.
    let past = "Sun, 06 Nov 1994 08:49:37 GMT";
    assert_eq!(waited(&[("retry-after", past)]).0, [Duration::ZERO]);
    // What is no time is no wish.
    for nonsense in ["-5", "soon", "NaN", ""] {
        let waits = waited(&[("retry-after", nonsense)]).0;
        assert!(waits.len() == 1 && waits[0] <= Duration::from_millis(500));
    }
}

#[test]
fn too_long_a_wait_is_the_callers() {
    for wish in ["61", "999999999", "Fri, 31 Dec 2100 00:00:00 GMT"] {
        let (waits, error) = waited(&[("retry-after", wish)]);
        assert!(waits.is_empty(), "{waits:?}");
        let error = error.unwrap();
        assert!(error.is_rate_limited() && error.attempts() == 1);
        assert!(error.retry_after().unwrap() > Duration::from_secs(60));
    }
    let mock = Mock::new()
        .on_with_headers("ListUsers", 429, [("retry-after", "100")], "")
        .on("ListUsers", 200, USERS);
    let patient = RetryPolicy::default().longest_asked(Duration::from_secs(200));
    let client = client(&mock).with(|options| options.retry(patient));
    run(client.users().list()).unwrap();
    assert_eq!(mock.waits(), [Duration::from_secs(100)]);
}

#[test]
fn a_deadline_is_not_waited_beyond() {
    let mock = Mock::new().on_with_headers("ListUsers", 429, [("retry-after", "30")], "");
    let client = client(&mock);
    let call = client.users().list().deadline(Duration::from_secs(20));
    let error = run(call).unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
    assert_eq!((mock.requests().len(), mock.waits().len()), (1, 0));
    // What a transport is told is the shorter of both limits.
    let limit = mock.requests()[0].timeout().unwrap();
    assert!(limit <= Duration::from_secs(20) && limit > Duration::from_secs(15));
}

/// Gives up on conflicts only after three tries.
#[derive(Clone, Default)]
struct Stubborn(Arc<Mutex<Vec<(u32, bool)>>>);

impl Retry for Stubborn {
    fn wait(&self, failure: Failure<'_>) -> Option<Duration> {
        let mut seen = self.0.lock().unwrap();
        seen.push((failure.retries, failure.idempotent));
        failure
            .error
            .is_conflict()
            .then_some(Duration::from_secs(1))
    }
}

#[test]
fn another_policy_decides() {
    let mock = Mock::new().on_always("CreateOrUpdateUser", 409, "");
    let policy = Stubborn::default();
    let client = client(&mock).with(|options| options.retry(policy.clone()));
    let error = run(client.users().create_or_update(&UserInput::new("Ada"))).unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert_eq!(*policy.0.lock().unwrap(), [(0, false), (1, false)]);
}

call! {
    /// Pays.
    Pay -> ()
}

static PAY: Op = Op {
    id: "Pay",
    method: "POST",
    path: "/payments",
    idempotency_header: "Idempotency-Key",
    ..Op::NEW
};

static CHARGE: Op = Op {
    id: "Charge",
    method: "POST",
    path: "/charges",
    idempotent: true,
    ..Op::NEW
};

fn pay(client: &Client, op: &'static Op) -> Pay {
    let core: &Core = client.users().0;
    Pay(Call::new(core, op, &[]))
}

#[test]
fn a_key_makes_a_call_one_that_is_sent_again() {
    let mock = Mock::new().on_always("Pay", 502, "");
    let client = client(&mock);
    let error = run(pay(&client, &PAY)).unwrap_err();
    assert_eq!(error.attempts(), 3);
    let keys = |mock: &Mock| -> Vec<String> {
        let requests = mock.requests();
        let keys = requests.iter().map(|r| r.header("idempotency-key"));
        keys.map(|key| key.unwrap().to_owned()).collect()
    };
    let first = keys(&mock);
    assert!(first.iter().all(|key| *key == first[0]), "{first:?}");
    assert_eq!(error.idempotency_key(), Some(&*first[0]));
    let shape: Vec<usize> = first[0].split('-').map(str::len).collect();
    assert_eq!(shape, [8, 4, 4, 4, 12]);
    assert_eq!(first[0].as_bytes()[14], b'4');
    // Another call has another key, and its own key wins.
    run(pay(&client, &PAY)).unwrap_err();
    assert_ne!(keys(&mock)[3], first[0]);
    let error = run(pay(&client, &PAY).idempotency_key("mine")).unwrap_err();
    assert_eq!(error.idempotency_key(), Some("mine"));
    assert_eq!(keys(&mock)[6..], ["mine", "mine", "mine"]);
    let mock = Mock::new().on("Pay", 204, "");
    let response = run(pay(&self::client(&mock), &PAY).send_with_meta()).unwrap();
    assert_eq!(response.meta.idempotency_key(), Some(&*keys(&mock)[0]));
}

#[test]
fn a_call_without_a_header_for_keys_has_none_unless_asked() {
    let mock = Mock::new().on_always("Charge", 500, "");
    let client = client(&mock);
    assert_eq!(run(pay(&client, &CHARGE)).unwrap_err().attempts(), 3);
    assert_eq!(mock.requests()[0].idempotency_key(), None);
    let call = client.request("POST", "/x").idempotency_key("k");
    let request = call.into_request().unwrap();
    assert_eq!(request.header("Idempotency-Key"), Some("k"));
}

#[test]
fn a_stream_is_not_sent_again() {
    let mock = Mock::new().on_always("Pay", 502, "");
    let call = pay(&client(&mock), &PAY);
    let body = Body::stream(std::iter::once(Ok(Bytes::from("x"))));
    let call = Pay(call.0.body("text/plain", body));
    assert_eq!(run(call).unwrap_err().attempts(), 1);
    assert_eq!(mock.requests().len(), 1);
}

#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Hook for Seen {
    fn before_attempt(&self, request: &mut Request, attempt: u32) -> Result<()> {
        if attempt > 2 {
            return Err(Error::new(ErrorKind::Request, "enough"));
        }
        assert!(request.header("authorization").is_none());
        request.set_header("x-attempt", attempt.to_string())
    }

    fn after_attempt(&self, request: &Request, attempt: &Attempt<'_>) {
        let status = match attempt.result {
            Ok(meta) => Some(meta.status()),
            Err(error) => error.meta().map(Meta::status),
        };
        let (id, number) = (request.operation(), attempt.number);
        let line = format!("{id} {number} {status:?}");
        self.0.lock().unwrap().push(line);
    }
}

#[test]
fn hooks_see_each_attempt() {
    let mock = Mock::new()
        .on("ListUsers", 503, "")
        .on("ListUsers", 200, USERS)
        .on_always("ShowUser", 500, "");
    let hook = Seen::default();
    let client = client(&mock).with(|options| options.hook(hook.clone()));
    run(client.users().list()).unwrap();
    let error = run(client.users().show(1)).unwrap_err();
    assert!(error.to_string().ends_with("enough"), "{error}");
    assert_eq!(error.attempts(), 2);
    assert_eq!(
        *hook.0.lock().unwrap(),
        [
            "ListUsers 1 Some(503)",
            "ListUsers 2 Some(200)",
            "ShowUser 1 Some(500)",
            "ShowUser 2 Some(500)"
        ]
    );
    let requests = mock.requests();
    let numbers: Vec<_> = requests
        .iter()
        .map(|r| r.header("x-attempt").unwrap())
        .collect();
    assert_eq!(numbers, ["1", "2", "1", "2"]);
}
