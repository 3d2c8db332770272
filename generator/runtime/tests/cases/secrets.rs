//! Credentials: where they go, and that nobody else sees them.

use super::support::run;
use crate::Client;
use crate::runtime::prelude::*;
use crate::runtime::{
    Auth, AuthProvider, BoxFuture, Builder, Call, Error, ErrorKind, Mock, Op, Request, Result,
    Secret, Server,
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
fn a_header_that_sounds_secret_is_not_shown() {
    for name in [
        "X-Auth-Token",
        "api_key",
        "X-Shop-Api-Key",
        "X-Amz-Security-Token",
        "X-Hub-Signature",
        "Private-Key",
    ] {
        let builder = Client::builder().header(name, "hunter2");
        assert_hidden(&builder);
    }
    let plain = format!("{:?}", Client::builder().header("X-Author", "ada"));
    assert!(plain.contains(r#""X-Author": "ada""#), "{plain}");
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

/// What a call of an operation sends that takes these alternatives, with these credentials.
fn chosen(
    security: &'static [&'static [&'static str]],
    set: &[(&'static str, &str)],
) -> Result<Vec<String>> {
    let op: &'static Op = Box::leak(Box::new(Op {
        id: "Op",
        security,
        ..Op::NEW
    }));
    let mock = Mock::new().on_always("Op", 200, "1");
    let mut builder = Builder::new(&SERVER, "t");
    builder.set_base_url("https://a.example");
    builder.set_transport(mock.clone());
    for (scheme, key) in set {
        builder.change_options(|options| match *scheme {
            "auth" => options.auth(Auth::header("auth", *key)),
            scheme => options.credential(scheme, Auth::header(format!("k-{scheme}"), *key)),
        });
    }
    run(Call::new(&builder.build()?, op, &[]).send::<i64>())?;
    let request = mock.requests().pop().unwrap();
    let keys = request.headers().iter().filter_map(|(name, value)| {
        let key = name
            .strip_prefix("k-")
            .or((name == "auth").then_some("auth"))?;
        Some(format!("{key}={value}"))
    });
    Ok(keys.collect())
}

static SERVER: Server = Server {
    url: "",
    variables: &[],
};

#[test]
fn the_first_alternative_that_is_set_is_sent() {
    const OR: &[&[&str]] = &[&["a"], &["b", "c"]];
    let sent = |security, set: &[_]| chosen(security, set).unwrap();
    assert_eq!(sent(OR, &[("a", "1")]), ["a=1"]);
    assert_eq!(sent(OR, &[("c", "3"), ("b", "2")]), ["b=2", "c=3"]);
    assert_eq!(sent(OR, &[("c", "3"), ("b", "2"), ("a", "1")]), ["a=1"]);
    // Half of a combination authorises nothing.
    assert_eq!(sent(OR, &[("b", "2"), ("a", "1")]), ["a=1"]);
    assert_eq!(sent(&[&["a"], &[]], &[("b", "2")]), [""; 0]);
    assert_eq!(sent(&[&["a"], &[]], &[("a", "1")]), ["a=1"]);
    assert_eq!(sent(&[], &[("a", "1")]), [""; 0]);
    assert_eq!(sent(Op::ANY, &[("b", "2"), ("a", "1")]), ["b=2", "a=1"]);
    assert_eq!(sent(Op::ANY, &[]), [""; 0]);
    // One for everything is in place of all others.
    assert_eq!(sent(OR, &[("a", "1"), ("auth", "0")]), ["auth=0"]);
    assert_eq!(sent(OR, &[("a", "1"), ("a", "2")]), ["a=2"]);
}

#[test]
fn what_is_missing_is_named() {
    let missing = |security, set: &[_]| {
        let error = chosen(security, set).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Auth, 0));
        error.to_string()
    };
    assert_eq!(
        missing(&[&["a"], &["b", "c"]], &[]),
        "Op GET /: a credential is not set: `a`, or `b` and `c`; set it on the client's builder, or \
         `auth(Auth::None)` to call without"
    );
    let text = missing(&[&["a"], &["b", "c"]], &[("b", "hunter2")]);
    assert!(text.contains("not set: `a`, or `c`;"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}

#[test]
fn a_call_without_credentials_is_possible() {
    let mock = Mock::new().on_always("ListUsers", 200, r#"{"users":[]}"#);
    let builder = Client::builder().base_url("https://a.example");
    let client = builder.transport(mock.clone()).build().unwrap();
    let error = run(client.users().list()).unwrap_err();
    assert!(error.to_string().contains("`basic`"), "{error}");
    run(client.users().list().auth(Auth::None)).unwrap();
    let anonymous = client.with(|options| options.auth(Auth::None));
    run(anonymous.users().list()).unwrap();
    run(client.users().list().header("authorization", "Own x")).unwrap();
    assert_eq!(mock.requests().len(), 3);
    // A test that is about something else needs none.
    run(Client::with_transport(mock.clone()).users().list()).unwrap();
}

#[test]
fn a_call_can_have_credentials_of_its_own() {
    let mock = Mock::new().on_always("ListUsers", 200, r#"{"users":[]}"#);
    let builder = Client::builder().base_url("https://a.example");
    let client = builder.basic("a", "b").transport(mock.clone());
    let client = client.build().unwrap();
    let last = || mock.requests().pop().unwrap();
    run(client.users().list()).unwrap();
    assert_eq!(last().header("authorization"), Some("Basic YTpi"));
    let call = client.users().list();
    let call = call.options(|options| options.credential("basic", Auth::bearer("c")));
    run(call).unwrap();
    assert_eq!(last().header("authorization"), Some("Bearer c"));
    let scoped = client.with(|options| options.credential("basic", Auth::bearer("d")));
    run(scoped.users().list()).unwrap();
    assert_eq!(last().header("authorization"), Some("Bearer d"));
    let taken = client.with(|options| options.credential("basic", Auth::None));
    assert!(run(taken.users().list()).is_err());
    run(client.users().list()).unwrap();
    assert_eq!(last().header("authorization"), Some("Basic YTpi"));
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
