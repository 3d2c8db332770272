//! Credentials: where they go, and that nobody else sees them.

use super::support::run;
use crate::Client;
use crate::runtime::prelude::*;
use crate::runtime::{
    Auth, AuthProvider, BoxFuture, Error, ErrorKind, Mock, Request, Result, Secret,
};
use std::fmt::Debug;
use std::sync::Mutex;

const SECRET: &str = "hunter2-$%&";

fn all() -> [Auth; 6] {
    [
        Auth::basic("user", SECRET),
        Auth::basic(SECRET, ""),
        Auth::bearer(SECRET),
        Auth::header("X-Token", SECRET),
        Auth::query("token", SECRET),
        Auth::cookie("token", SECRET),
    ]
}

fn assert_hidden(value: impl Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        // As it is, percent-encoded, and in the forms that Basic makes of it.
        for secret in ["hunter2", "dXNlcjpodW50ZXIy", "aHVudGVyMi"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[test]
fn a_secret_prints_nothing() {
    let secret = Secret::from(SECRET);
    assert_eq!(format!("{secret:?}"), "Secret(..)");
    assert_eq!(secret.expose(), SECRET);
    assert_eq!(format!("{:?}", Auth::bearer(SECRET)), "Bearer(..)");
}

#[test]
fn credentials_are_in_the_request_only() {
    for auth in all() {
        let mock = Mock::new()
            .on("ShowUser", 200, r#"{"user":{"id":1}}"#)
            .on("ShowUser", 500, "")
            .on("ShowUser", 200, "{");
        let builder = Client::builder()
            .base_url("https://a.example")
            .auth(auth.clone())
            .transport(mock.clone());
        assert_hidden(&builder);
        let client = builder.build().unwrap();
        assert_hidden(&client);
        let input = crate::types::UserInput::new("hunter2");
        assert_hidden(client.users().create_or_update(&input));
        let call = client.users().show(1);
        assert_hidden(&call);
        assert_hidden(call.clone().into_request().unwrap());
        let response = run(call.clone().send_with_meta()).unwrap();
        assert_hidden(&response);
        assert!(!response.meta.url().contains("hunter2"));
        for _ in 0..2 {
            let error = run(call.clone()).unwrap_err();
            assert_hidden(&error);
            assert_hidden(error.to_string());
        }
        assert_hidden(&mock);
        let requests = mock.requests();
        assert_hidden(&requests);
        let sent = requests.first().unwrap();
        let carried = sent.headers().len() > 2 || sent.url().contains("hunter2");
        assert!(carried, "the credential of {auth:?} is not sent");
    }
}

#[test]
fn a_password_in_an_address_is_refused_and_hidden() {
    let builder = Client::builder().base_url("https://ada:hunter2@a.example");
    assert_hidden(&builder);
    let error = builder.build().unwrap_err();
    assert_hidden(&error);
    let text =
        "the base URL is not valid: it must not have a user; use the credentials of the client";
    assert_eq!(error.to_string(), text);
}

fn sent(auth: Auth) -> Request {
    let mock = Mock::new().on_always("ListUsers", 200, r#"{"users":[]}"#);
    let client = Client::with_transport(mock.clone()).with(|options| options.auth(auth));
    run(client.users().list()).unwrap();
    mock.requests().pop().unwrap()
}

#[test]
fn credentials_are_where_they_belong() {
    let basic = sent(Auth::basic("Aladdin", "open sesame"));
    assert_eq!(
        basic.header("authorization"),
        Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    );
    let basic = |user, password| {
        let request = sent(Auth::basic(user, password));
        request.header("authorization").unwrap().to_owned()
    };
    assert_eq!(basic("", ""), "Basic Og==");
    assert_eq!(basic("a", ""), "Basic YTo=");
    assert_eq!(basic("a", "b"), "Basic YTpi");
    assert_eq!(basic("ä", "ÿ>?"), "Basic w6Q6w78+Pw==");
    assert_eq!(
        sent(Auth::bearer("t")).header("authorization"),
        Some("Bearer t")
    );
    assert_eq!(sent(Auth::header("X-Key", "k")).header("x-key"), Some("k"));
    assert_eq!(
        sent(Auth::cookie("sid", "a;b")).header("cookie"),
        Some("sid=a%3Bb")
    );
    let query = sent(Auth::query("key", "a&b"));
    assert_eq!(query.url(), "http://localhost/api/v2/users?key=a%26b");
    assert!(
        format!("{query:?}").contains("/users?key=REDACTED"),
        "{query:?}"
    );
    assert!(sent(Auth::None).header("authorization").is_none());
}

#[test]
fn a_credential_is_sent_where_it_is_asked_for() {
    let mock = Mock::new()
        .on_always("SearchUsers", 200, r#"{"users":[]}"#)
        .on_always("ListUsers", 200, r#"{"users":[]}"#)
        .on_always("GET /x", 200, "1");
    let client = Client::with_transport(mock.clone());
    let client = client.with(|options| options.auth(Auth::bearer("a")));
    let last = || {
        mock.requests()
            .pop()
            .unwrap()
            .header("authorization")
            .map(str::to_owned)
    };
    run(client.users().search("x")).unwrap();
    assert_eq!(last(), None);
    run(client.users().search("x").auth(Auth::bearer("b"))).unwrap();
    assert_eq!(last().as_deref(), Some("Bearer b"));
    run(client.users().list()).unwrap();
    assert_eq!(last().as_deref(), Some("Bearer a"));
    run(client.users().list().auth(Auth::None)).unwrap();
    assert_eq!(last(), None);
    run(client.request("GET", "/x")).unwrap();
    assert_eq!(last().as_deref(), Some("Bearer a"));
}

#[test]
fn a_credential_cannot_end_a_header() {
    for auth in [
        Auth::bearer("hunter2\r\nx: y"),
        Auth::header("X-Key", "hunter2\n"),
    ] {
        let mock = Mock::new();
        let client = Client::with_transport(mock.clone()).with(|options| options.auth(auth));
        let error = run(client.users().list()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(!error.to_string().contains("hunter2"), "{error}");
        assert!(mock.requests().is_empty());
    }
}

struct Counting(Mutex<u32>);

impl AuthProvider for Counting {
    fn apply<'a>(&'a self, request: &'a mut Request) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let mut count = self.0.lock().unwrap();
            *count += 1;
            if *count > 2 {
                return Err(Error::new(ErrorKind::Auth, "no more tokens"));
            }
            request.set_sensitive_header("x-token", format!("hunter2-{count}"))
        })
    }
}

#[test]
fn a_provider_is_asked_each_time() {
    let mock = Mock::new().on_always("ListUsers", 200, r#"{"users":[]}"#);
    let auth = Auth::custom(Counting(Mutex::new(0)));
    let client = Client::with_transport(mock.clone()).with(|options| options.auth(auth));
    run(client.users().list()).unwrap();
    run(client.users().list()).unwrap();
    let error = run(client.users().list()).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Auth, 0));
    assert_eq!(
        error.to_string(),
        "ListUsers GET /api/v2/users: no more tokens"
    );
    let requests = mock.requests();
    let tokens: Vec<_> = requests
        .iter()
        .map(|request| request.header("x-token"))
        .collect();
    assert_eq!(tokens, [Some("hunter2-1"), Some("hunter2-2")]);
    assert_hidden(&requests);
}
