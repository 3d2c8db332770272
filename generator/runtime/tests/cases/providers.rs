//! Providers of credentials: what they see of a request and of the answer that refuses it.

use super::support::run;
use crate::Client;
use crate::runtime::prelude::*;
use crate::runtime::{
    Auth, AuthProvider, Body, BoxFuture, Builder, Call, Error, ErrorKind, Meta, Mock, Op, Request,
    Result, Server,
};
use std::sync::Mutex;

/// Signs everything that is sent, in the way of AWS, Hawk and HMAC.
struct Signer;

impl AuthProvider for Signer {
    fn apply<'a>(&'a self, request: &'a mut Request) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let body = match request.body() {
                Body::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                _ => String::new(),
            };
            let names: Vec<&str> = request.headers().iter().map(|(name, _)| name).collect();
            let signed = [
                request.method(),
                &request.url(),
                &names.join(";"),
                request.header("x-key").unwrap_or_default(),
                &body,
            ];
            request.set_sensitive_header("signature", signed.join("|"))
        })
    }
}

static SERVER: Server = Server {
    url: "https://a.example",
    variables: &[],
};

static SIGNED: Op = Op {
    id: "Signed",
    method: "POST",
    path: "/signed",
    security: &[&["signature", "key", "token"]],
    idempotency_header: "x-once",
    ..Op::NEW
};

#[test]
fn a_signer_sees_the_request_as_it_is_sent() {
    let mock = Mock::new().on("Signed", 500, "").on("Signed", 200, "1");
    let mut builder = Builder::new(&SERVER, "tests");
    builder.set_transport(mock.clone());
    builder.change_options(|options| {
        options
            .credential("signature", Auth::custom(Signer))
            .credential("key", Auth::header("x-key", "k"))
            .credential("token", Auth::query("token", "a b"))
    });
    let call = Call::new(&builder.build().unwrap(), &SIGNED, &[]).query("q", "ä&b");
    run(call.json("x").send::<i64>()).unwrap();
    for request in mock.requests() {
        assert_eq!(
            request.header("signature"),
            Some(
                "POST|https://a.example/signed?q=%C3%A4%26b&token=a%20b|\
                 content-type;user-agent;accept;x-once;x-key|k|\"x\""
            )
        );
        assert!(!format!("{request:?}").contains("x-key|k"));
    }
    assert_eq!(mock.requests().len(), 2);
}

/// Answers a challenge, in the way of HTTP Digest (RFC 7616).
#[derive(Default)]
struct Challenged {
    nonce: Mutex<Option<String>>,
    fails: bool,
}

impl AuthProvider for Challenged {
    fn apply<'a>(&'a self, request: &'a mut Request) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let Some(nonce) = self.nonce.lock().unwrap().clone() else {
                return Ok(());
            };
            let value = format!("Digest {nonce} {} {}", request.method(), request.path());
            request.set_sensitive_header("authorization", value)
        })
    }

    fn on_unauthorized<'a>(
        &'a self,
        request: &'a Request,
        response: &'a Meta,
    ) -> BoxFuture<'a, Result<bool>> {
        Box::pin(async move {
            if self.fails {
                return Err(Error::new(ErrorKind::Auth, "the challenge is not known"));
            }
            let challenge = response.header("www-authenticate").unwrap_or_default();
            let nonce = challenge.split('"').nth(1).map(str::to_owned);
            let answered = request.header("authorization").unwrap_or_default();
            let new = nonce
                .as_ref()
                .is_some_and(|nonce| !answered.contains(nonce));
            *self.nonce.lock().unwrap() = nonce;
            Ok(new)
        })
    }
}

fn challenged(mock: &Mock, provider: Challenged) -> Client {
    let builder = Client::builder().base_url("https://a.example");
    let builder = builder.transport(mock.clone()).retries(0);
    builder.auth(Auth::custom(provider)).build().unwrap()
}

const CHALLENGE: [(&str, &str); 1] = [("WWW-Authenticate", "Digest nonce=\"n1\"")];

#[test]
fn a_challenge_is_answered() {
    let mock = Mock::new()
        .on_with_headers("ListUsers", 401, CHALLENGE, "")
        .on_always("ListUsers", 200, r#"{"users":[]}"#);
    let client = challenged(&mock, Challenged::default());
    let response = run(client.users().list().send_with_meta()).unwrap();
    assert_eq!(response.meta.attempts(), 2);
    run(client.users().list()).unwrap();
    let requests = mock.requests();
    let sent: Vec<_> = requests
        .iter()
        .map(|one| one.header("authorization"))
        .collect();
    let answer = Some("Digest n1 GET /api/v2/users");
    assert_eq!(sent, [None, answer, answer]);
}

#[test]
fn an_answer_that_is_refused_is_not_repeated() {
    let mut mock = Mock::new();
    for _ in 0..5 {
        mock = mock.on_with_headers("ListUsers", 401, CHALLENGE, "no");
    }
    let client = challenged(&mock, Challenged::default());
    let error = run(client.users().list()).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Status, 2));
    let error = run(client.users().list()).unwrap_err();
    assert_eq!(error.attempts(), 1);
}

#[test]
fn a_provider_that_fails_ends_the_call_and_keeps_the_answer() {
    let mock = Mock::new().on_with_headers("ListUsers", 401, CHALLENGE, "no");
    let fails = Challenged {
        fails: true,
        ..Challenged::default()
    };
    let error = run(challenged(&mock, fails).users().list()).unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Auth, Some(401)));
    assert_eq!(error.body(), b"no");
    assert_eq!(
        error.to_string(),
        "ListUsers GET /api/v2/users: 401 the challenge is not known"
    );
}

#[test]
fn a_stream_that_is_used_up_is_not_sent_again() {
    let mock = Mock::new().on_with_headers("POST /up", 401, CHALLENGE, "");
    let client = challenged(&mock, Challenged::default());
    let body = Body::stream(std::iter::once(Ok(bytes::Bytes::from_static(b"once"))));
    let call = client.request("POST", "/up").body("text/plain", body);
    let error = run(call).unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(401), 1));
}
