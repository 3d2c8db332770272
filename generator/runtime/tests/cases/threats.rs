//! What an attacker may try with the users of a client, one test each, over HTTP on loopback.
//!
//! A "thief" is a second server that must never be asked for anything.

mod addresses;

use super::server::{Server, response, run};
use crate::Client;
use crate::runtime::prelude::*;
use crate::runtime::{
    Auth, Builder, Call, Core, Error, ErrorKind, Extra, Op, Part, Result, Secret,
    Server as Address, Upload, object,
};
use crate::types::*;
use serde_json::json;
use std::io::Write;
use std::marker::PhantomData;
use std::time::{Duration, Instant};

/// The threats by their numbers, with the test that shows what becomes of each.
const THREATS: [(&str, &str, fn()); 15] = [
    (
        "C1",
        "a path parameter leads elsewhere",
        addresses::c1_a_path_parameter_stays_in_its_segment,
    ),
    (
        "C2",
        "an address in a response or a path leads elsewhere",
        addresses::c2_addresses_stay_at_the_origin,
    ),
    (
        "C3",
        "a value ends its header",
        c3_a_value_cannot_end_its_header,
    ),
    (
        "C4",
        "a redirect takes credentials along",
        c4_redirects_take_no_credential_elsewhere,
    ),
    (
        "C5",
        "a credential shows in what is printed",
        c5_credentials_are_not_printed,
    ),
    ("C6", "TLS is off", c6_credentials_are_not_sent_in_the_clear),
    ("C7", "a response never ends", c7_a_response_has_a_limit),
    ("C8", "JSON is very deep", c8_deep_json_is_an_error),
    (
        "C9",
        "a recursive union takes exponential time",
        c9_recursive_unions_take_linear_time,
    ),
    (
        "C10",
        "the server knows more than the client",
        c10_what_is_new_is_kept,
    ),
    (
        "C11",
        "a call is done twice, or waits for ever",
        c11_retries_do_no_harm,
    ),
    (
        "C12",
        "pages go round in a circle",
        addresses::c12_pages_end,
    ),
    (
        "C13",
        "a comparison tells a secret by its time",
        c13_secrets_are_not_compared,
    ),
    (
        "C14",
        "a file's name adds headers to its part",
        c14_names_stay_in_their_part,
    ),
    (
        "C15",
        "a server variable chooses the host",
        addresses::c15_variables_choose_no_host,
    ),
];

#[test]
fn every_threat_has_a_test() {
    for (number, (name, threat, _)) in (1..).zip(THREATS) {
        assert_eq!(name, format!("C{number}"), "{threat}");
    }
}

const USERS: &str = r#"{"users":[]}"#;

fn ok(body: &str) -> String {
    response("200 OK", "", body)
}

fn core(base: &str) -> Core {
    static NONE: Address = Address {
        url: "",
        variables: &[],
    };
    let mut builder = Builder::new(&NONE, "tests");
    builder.set_base_url(base);
    builder.change_options(|options| options.auth(Auth::header("x-api-key", "hunter2")));
    builder.build().unwrap()
}

#[test]
fn c3_a_value_cannot_end_its_header() {
    let server = Server::text(ok(USERS));
    let client = server.client();
    let refused = |result: Result<_>| {
        let error: Error = result.map(|_: UsersResponse| ()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
    };
    for value in ["a\r\nx-evil: 1", "a\nb", "a\rb", "a\0b", "\u{7f}"] {
        let list = || client.users().list();
        refused(run(list().header("x-note", value)));
        refused(run(list().auth(Auth::bearer(value))));
        refused(run(list().auth(Auth::header("x-key", value))));
        refused(run(list().idempotency_key(value)));
        refused(run(list().header(value, "x")));
        // A cookie is encoded.
        run(list().auth(Auth::cookie("sid", value))).unwrap();
    }
    let evil = |line: &str| line.to_ascii_lowercase().starts_with("x-evil");
    assert!(
        server
            .requests()
            .iter()
            .all(|request| !request.lines().any(evil))
    );
}

#[test]
fn c4_redirects_take_no_credential_elsewhere() {
    let thief = Server::text(ok(USERS));
    let ways = || {
        [
            Auth::bearer("hunter2"),
            Auth::basic("ada", "hunter2"),
            Auth::header("x-api-key", "hunter2"),
            Auth::query("key", "hunter2"),
            Auth::cookie("sid", "hunter2"),
        ]
    };
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Again",
        "308 For Good",
    ] {
        let away = format!("location: {}/stolen\r\n", thief.base);
        let server = Server::text(response(status, &away, ""));
        for auth in ways() {
            let error = run(server.client().users().list().auth(auth)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Redirect);
            assert_eq!(error.location(), Some(&*format!("{}/stolen", thief.base)));
        }
    }
    assert!(thief.requests().is_empty());
    // At its own origin it goes along.
    for auth in ways() {
        let answers = [response("307 Again", "location: /there\r\n", ""), ok(USERS)];
        let server = Server::sequence(answers);
        run(server.client().users().list().auth(auth.clone())).unwrap();
        let there = server.requests().pop().unwrap();
        assert!(there.starts_with("GET /there"), "{there}");
        let carried = there.to_ascii_lowercase();
        let secrets = ["hunter2", "ywrhomh1bnrlcji="];
        assert!(
            secrets.iter().any(|secret| carried.contains(secret)),
            "{auth:?}: {there}"
        );
    }
}

#[test]
fn c5_credentials_are_not_printed() {
    // A server that repeats all that it was sent.
    let server = Server::new(|request, stream| {
        let echo = request.replace("\r\n", " ");
        let body = json!({"error": {"message": format!("not allowed: {echo}")}}).to_string();
        let headers = format!("x-echo: {echo}\r\n");
        let _ = stream.write_all(response("403 Forbidden", &headers, &body).as_bytes());
    });
    for auth in [
        Auth::bearer("hunter2&%"),
        Auth::basic("ada", "hunter2&%"),
        Auth::header("x-api-key", "hunter2&%"),
        Auth::query("key", "hunter2&%"),
        Auth::cookie("sid", "hunter2&%"),
    ] {
        let builder = Client::builder().base_url(&server.base).auth(auth.clone());
        let mut printed = format!("{builder:?}{builder:#?}");
        let client = builder.build().unwrap();
        let call = client.users().list();
        printed += &format!("{client:?}{call:#?}{:?}", call.clone().into_request());
        let error = run(call).unwrap_err();
        assert_eq!(error.status(), Some(403));
        printed += &format!(
            "{error}{error:?}{error:#?}{:?}{:?}",
            error.meta(),
            error.headers()
        );
        for secret in ["hunter2", "YWRhOmh1bnRlcjI"] {
            assert!(!printed.contains(secret), "{auth:?}: {printed}");
        }
        assert!(error.to_string().contains("(secret)"), "{auth:?}: {error}");
    }
}

#[test]
fn c6_credentials_are_not_sent_in_the_clear() {
    let at = |base: &str| {
        let builder = Client::builder().base_url(base);
        builder
            .basic("ada", "hunter2")
            .build()
            .map_err(|error| error.kind())
    };
    for base in [
        "http://a.example",
        "http://10.0.0.1",
        "http://localhost.evil.example",
    ] {
        assert_eq!(
            at(base).map(|_| ()),
            Err(ErrorKind::Configuration),
            "{base}"
        );
        let late = Client::builder().base_url(base).build().unwrap();
        let error = run(late.users().list().auth(Auth::bearer("hunter2"))).unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Configuration, 0)
        );
    }
    assert!(at("https://a.example").is_ok() && at("http://127.0.0.1:1").is_ok());
    // There is no way to take any certificate.
    let transport = include_str!("../../src/runtime/reqwest.rs");
    assert!(!transport.contains("danger") && !transport.contains("accept_invalid"));
}

#[test]
fn c7_a_response_has_a_limit() {
    let server = Server::new(|_, stream| {
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        let _ = stream.write_all(head.as_bytes());
        // Until nobody listens any more.
        while stream.write_all(b"4\r\n[[[[\r\n").is_ok() {}
    });
    let start = Instant::now();
    let error = run(server
        .client()
        .users()
        .list()
        .options(|o| o.max_response_bytes(1 << 16)));
    assert_eq!(error.unwrap_err().kind(), ErrorKind::TooLarge);
    assert!(start.elapsed() < Duration::from_secs(5));
    // What is packed is not asked for, and not unpacked.
    let packed = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    let server = Server::new(move |_, stream| {
        let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 10\r\n\r\n";
        let _ = stream.write_all(head.as_bytes());
        let _ = stream.write_all(&packed);
    });
    let raw = run(server.client().users().list().send_raw()).unwrap();
    assert_eq!(raw.value.as_ref(), packed);
    let asked = server.requests()[0].to_ascii_lowercase();
    assert!(!asked.contains("accept-encoding"), "{asked}");
}

#[test]
fn c8_deep_json_is_an_error() {
    for open in ["[", r#"{"users":"#, r#"{"a":["#] {
        let body = open.repeat(100_000);
        let server = Server::text(ok(&body));
        let error = run(server.client().users().list()).unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Decode, Some(200))
        );
        assert_eq!(error.body(), body.as_bytes());
        let raw = run(server.client().request("GET", "/x"));
        assert_eq!(raw.unwrap_err().kind(), ErrorKind::Decode);
    }
}

#[test]
fn c9_recursive_unions_take_linear_time() {
    let deep = (0..100).fold(json!("end"), |parent, level| {
        json!({"zzz": 1, "parent": parent, "id": format!("{level}"), "created": 1, "object": "customer"})
    });
    let text = deep.to_string();
    // The machine may be busy: the best of some counts.
    let best = (0..20).map(|_| {
        let start = Instant::now();
        let owner: Owner = serde_json::from_str(&text).unwrap();
        let slow = start.elapsed();
        let start = Instant::now();
        let same: Owner = crate::runtime::decode::from_json(text.as_bytes()).unwrap();
        let took = start.elapsed();
        assert!(owner == same && matches!(owner, Owner::Customer(_)));
        slow.max(took)
    });
    let best = best.min().unwrap();
    assert!(best < Duration::from_millis(10), "{best:?}");
}

#[test]
fn c10_what_is_new_is_kept() {
    let user = json!({"id": 7, "name": "Ada", "role": "wizard", "wand": {"length": 11}});
    let server = Server::text(ok(&json!({"user": user}).to_string()));
    let user: User = run(server.client().users().show(7)).unwrap();
    assert_eq!(user.id, 7);
    let written = serde_json::to_value(&user).unwrap();
    assert_eq!(
        (&written["role"], &written["wand"]["length"]),
        (&json!("wizard"), &json!(11))
    );
}

#[test]
fn c11_retries_do_no_harm() {
    let asked = |answer: String, key: Option<&str>| {
        let server = Server::text(answer);
        let client = server.client().with(|options| options.retries(3));
        let call = client.request("POST", "/pay").json("x");
        let start = Instant::now();
        let error = match key {
            Some(key) => run(call.idempotency_key(key)),
            None => run(call),
        };
        assert!(start.elapsed() < Duration::from_secs(30));
        error.unwrap_err();
        let mut requests = server.requests();
        requests.dedup();
        (server.requests().len(), requests.len())
    };
    // It may have been done: it is not done again, unless the server can tell.
    for status in ["500 Oh", "502 Bad Gateway", "503 Busy", "504 Late"] {
        assert_eq!(asked(response(status, "", ""), None), (1, 1), "{status}");
    }
    assert_eq!(
        asked(response("503 Busy", "retry-after: 0\r\n", ""), Some("k")),
        (4, 1)
    );
    // Nobody sleeps for a year.
    for after in ["999999999", "1e300", "Fri, 01 Jan 2100 00:00:00 GMT"] {
        let headers = format!("retry-after: {after}\r\n");
        assert_eq!(
            asked(response("429 Many", &headers, ""), Some("k")),
            (1, 1),
            "{after}"
        );
    }
}

/// Whether a type can be compared by `==`, which ends at the first difference.
struct Compared<T>(PhantomData<T>);

trait Otherwise {
    const BY_PARTS: bool = false;
}

impl<T> Otherwise for T {}

impl<T: PartialEq> Compared<T> {
    const BY_PARTS: bool = true;
}

/// No signature of a webhook is checked here, which would be the place for such a comparison.
#[test]
fn c13_secrets_are_not_compared() {
    let compared = [
        <Compared<String>>::BY_PARTS,
        <Compared<Secret>>::BY_PARTS,
        <Compared<Auth>>::BY_PARTS,
    ];
    assert_eq!(compared, [true, false, false]);
}

#[derive(Clone, Default)]
struct Form {
    file: Option<Upload>,
    extra: Extra,
}

object! {
    Form {
        0 opt "file" file,
    }
}

#[test]
fn c14_names_stay_in_their_part() {
    static SEND: Op = Op {
        id: "Send",
        method: "POST",
        path: "/files",
        parts: &[Part::NEW],
        ..Op::NEW
    };
    let server = Server::text(ok("1"));
    let evil = Upload::new("content").file_name("a\"; filename=\"b\r\nx-evil: 1\r\n\r\nevil");
    let form = Form {
        file: Some(evil),
        ..Form::default()
    };
    run(Call::new(&core(&server.base), &SEND, &[])
        .multipart(&form)
        .send::<i64>())
    .unwrap();
    let [seen] = server.requests().try_into().unwrap();
    let (_, body) = seen.split_once("\r\n\r\n").unwrap();
    let lines: Vec<&str> = body.split("\r\n").collect();
    let expected = "content-disposition: form-data; name=\"file\"; \
        filename=\"a%22; filename=%22b%0D%0Ax-evil: 1%0D%0A%0D%0Aevil\"";
    assert_eq!(lines[1], expected);
    assert_eq!(
        lines[2..5],
        ["content-type: application/octet-stream", "", "content"]
    );
    assert_eq!(lines.len(), 7);
    // A media type cannot end its header either.
    let evil = Upload::new("x").content_type("text/plain\r\nx-evil: 1");
    let form = Form {
        file: Some(evil),
        ..Form::default()
    };
    let sent = run(Call::new(&core(&server.base), &SEND, &[])
        .multipart(&form)
        .send::<i64>());
    assert_eq!(sent.unwrap_err().kind(), ErrorKind::Request);
}
