//! The built-in transport over HTTP on loopback.

use super::server::{Server, response, run};
use crate::Client;
use crate::runtime::prelude::*;
use crate::runtime::{Auth, Body, BodySource, Call, Core, ErrorKind, Op, call};
use crate::types::UserInput;
use bytes::Bytes;
use std::io::{self, Write};
use std::net::TcpListener;
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

#[test]
fn a_call_goes_there_and_back() {
    let body = r#"{"user": {"id": 7, "name": "Ada"}}"#;
    let server = Server::text(response("201 Created", "X-Request-Id: r1\r\n", body));
    let call = server
        .client()
        .users()
        .create_or_update(&UserInput::new("Ada"));
    let response = run(call.query_param("a", "b c").send_with_meta()).unwrap();
    assert_eq!((response.value.id, response.meta.status()), (7, 201));
    assert_eq!(response.meta.request_id(), Some("r1"));
    let url = format!("{}/api/v2/users/create_or_update?a=b%20c", server.base);
    assert_eq!(response.meta.url(), url);
    let requests = server.requests();
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    let head = head.to_ascii_lowercase();
    assert!(
        head.starts_with("post /api/v2/users/create_or_update?a=b%20c http/1.1\r\n"),
        "{head}"
    );
    for header in [
        "authorization: basic ywrhomh1bnrlcji=",
        "content-type: application/json",
        "accept: application/json",
        "user-agent: letterpress-runtime/",
    ] {
        assert!(head.contains(header), "{header} is not in {head}");
    }
    assert_eq!(body, r#"{"user":{"name":"Ada"}}"#);
}

#[test]
fn an_odd_path_arrives_as_it_is() {
    let server = Server::text(response("200 OK", "", "png"));
    let photo = server.client().users().photo("../ä/%2e", "a b", "\t?#");
    assert_eq!(run(photo).unwrap(), "png");
    let requests = server.requests();
    let expected = "GET /api/v2/users/..%2F%C3%A4%2F%252e/photos/a%20b.%09%3F%23 HTTP/1.1\r\n";
    assert!(requests[0].starts_with(expected), "{}", requests[0]);
}

#[test]
fn an_error_keeps_what_the_server_said() {
    let body = r#"{"error":"RecordNotFound","description":"Not found"}"#;
    let server = Server::text(response("404 Not Found", "x-request-id: 5f\r\n", body));
    let error = run(server.client().users().show(9)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "ShowUser GET /api/v2/users/{user_id}: 404 RecordNotFound: Not found (request id 5f)"
    );
    assert_eq!(error.body(), body.as_bytes());
}

#[test]
fn redirects_stay_at_the_origin() {
    let other = Server::text(response("200 OK", "", r#"{"users":[]}"#));
    for status in [301, 302, 307, 308] {
        let to_other = format!("location: {}/api/v2/users\r\n", other.base);
        let server = Server::text(response(&format!("{status} Moved"), &to_other, ""));
        let client = server.client();
        for auth in [
            Auth::basic("a", "b"),
            Auth::header("x-api-key", "k"),
            Auth::query("q", "k"),
        ] {
            let error = run(client.users().list().auth(auth)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Redirect);
            assert_eq!(
                error.location(),
                Some(&*format!("{}/api/v2/users", other.base))
            );
        }
    }
    assert!(other.requests().is_empty());

    let server = Server::new(|request, stream| {
        let answer = match request.starts_with("GET /api/v2/users ") {
            true => response("302 Found", "location: /moved?to=here\r\n", ""),
            false => response("200 OK", "", r#"{"users":[{"id":1}]}"#),
        };
        stream.write_all(answer.as_bytes()).unwrap();
    });
    let response = run(server.client().users().list().send_with_meta()).unwrap();
    assert_eq!(response.value.users.len(), 1);
    assert_eq!(
        response.meta.url(),
        format!("{}/moved?to=here", server.base)
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert!(requests[1].starts_with("GET /moved?to=here HTTP/1.1\r\n"));
    assert!(
        requests[1]
            .to_ascii_lowercase()
            .contains("authorization: basic")
    );
}

/// A server that sends everything under `/files` on to `/moved`, and the number of hops that follows.
fn moving(hops: usize) -> Server {
    let left = std::sync::atomic::AtomicUsize::new(hops);
    Server::new(move |_, stream| {
        let take = |left: usize| left.checked_sub(1);
        let order = std::sync::atomic::Ordering::SeqCst;
        let answer = match left.fetch_update(order, order, take) {
            Ok(_) => response("302 Found", "location: /moved?to=here\r\n", ""),
            Err(_) => response("204 No Content", "", ""),
        };
        stream.write_all(answer.as_bytes()).unwrap();
    })
}

static UPLOAD_WHERE_IT_MOVED: Op = Op {
    max_redirects: 2,
    redirect_any_method: true,
    ..UPLOAD
};

static DOWNLOAD_FROM_HERE: Op = Op {
    max_redirects: 0,
    redirect_any_method: true,
    method: "GET",
    ..UPLOAD
};

#[test]
fn an_operation_says_which_redirects_are_followed() {
    let send = |server: &Server, op: &'static Op, body: Body| {
        let client = server.client();
        let core: &Core = client.users().0;
        run(Upload(
            Call::new(core, op, &[&"a"]).body("text/plain", body),
        ))
    };
    // With its method and its body, as often as it says.
    let server = moving(2);
    send(&server, &UPLOAD_WHERE_IT_MOVED, "text".into()).unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests[1..] {
        assert!(request.starts_with("PUT /moved?to=here HTTP/1.1\r\n"));
        assert!(request.ends_with("\r\n\r\ntext"), "{request}");
    }
    let error = send(&moving(3), &UPLOAD_WHERE_IT_MOVED, "text".into()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(error.to_string().ends_with("302 redirected too often"));

    let stream = Body::stream([Ok(Bytes::from("text"))].into_iter());
    let error = send(&moving(1), &UPLOAD_WHERE_IT_MOVED, stream).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("302 redirected with a body that can be sent only once")
    );

    // Where none is followed, a redirect is the status that it is.
    let server = moving(1);
    let error = send(&server, &DOWNLOAD_FROM_HERE, Body::Empty).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.status(), Some(302));
    assert_eq!(error.location(), Some("/moved?to=here"));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_slow_server_is_given_up() {
    for send_head in [false, true] {
        let server = Server::new(move |_, stream| {
            if send_head {
                let head = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{";
                stream.write_all(head.as_bytes()).unwrap();
            }
            thread::sleep(Duration::from_secs(20));
        });
        let start = Instant::now();
        let call = server
            .client()
            .users()
            .list()
            .retries(0)
            .timeout(Duration::from_millis(300));
        let error = run(call).unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(10));
        assert_eq!(error.kind(), ErrorKind::Timeout);
        let text = "ListUsers GET /api/v2/users: ";
        let status = if send_head { "200 " } else { "" };
        assert_eq!(
            error.to_string(),
            format!("{text}{status}timed out after 300ms")
        );
        assert_eq!((error.is_timeout(), error.attempts()), (true, 1));
    }
}

#[test]
fn no_server_is_no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::builder()
        .base_url(&base)
        .auth(Auth::query("key", "hunter2"));
    let error = run(client.build().unwrap().users().list().retries(0)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    let text = error.to_string();
    assert!(
        text.starts_with("ListUsers GET /api/v2/users: cannot connect: "),
        "{text}"
    );
    let mut cause: Option<&dyn std::error::Error> = Some(&error);
    while let Some(error) = cause {
        assert!(
            !format!("{error} {error:?}").contains("hunter2"),
            "{error:?}"
        );
        cause = error.source();
    }
}

#[test]
fn a_broken_response_is_no_success() {
    let server = Server::text("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"users\":");
    let error = run(server.client().users().list().retries(0)).unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Io, Some(200)));
    assert_eq!(error.body(), b"{\"users\":");
    let server = Server::text("not HTTP");
    let error = run(server.client().users().list().retries(0)).unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Io, None));
}

#[test]
fn a_response_has_a_limit() {
    let text = format!(r#"{{"users":[],"x":"{}"}}"#, "x".repeat(100_000));
    let told = response("200 OK", "x-request-id: r\r\n", &text);
    let untold = format!("HTTP/1.1 200 OK\r\nx-request-id: r\r\nconnection: close\r\n\r\n{text}");
    for answer in [told, untold] {
        let server = Server::text(answer);
        let client = server.client();
        assert!(run(client.users().list()).is_ok());
        let client = client.with(|options| options.max_response_bytes(99_999));
        let error = run(client.users().list()).unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::TooLarge, Some(200))
        );
        assert_eq!(error.request_id(), Some("r"));
        let url = format!("{}/api/v2/users", server.base);
        assert_eq!(error.meta().unwrap().url(), url);
    }
    // One without an end is not waited for.
    let server = Server::new(|_, stream| {
        let head = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
        let mut sent = stream.write_all(head.as_bytes());
        while sent.is_ok() {
            sent = stream.write_all(&[b'x'; 4096]);
        }
    });
    let client = server
        .client()
        .with(|options| options.max_response_bytes(1 << 20));
    let error = run(client.users().list()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

call! {
    /// Sends a body.
    Upload -> ()
}

static UPLOAD: Op = Op {
    id: "Upload",
    method: "PUT",
    path: "/files/{name}",
    ..Op::NEW
};

fn upload(client: &Client, body: impl Into<Body>) -> Upload {
    let core: &Core = client.users().0;
    Upload(Call::new(core, &UPLOAD, &[&"a"]).body("application/octet-stream", body))
}

/// Gives a byte at a time, and waits before each.
struct Slow(&'static [u8], bool);

impl BodySource for Slow {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        self.1 = !self.1;
        if self.1 {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let (first, rest) = match self.0.split_at_checked(1) {
            Some(parts) => parts,
            None => return Poll::Ready(None),
        };
        self.0 = rest;
        Poll::Ready(Some(Ok(Bytes::from_static(first))))
    }
    fn length(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }
}

#[test]
fn a_stream_is_sent_once() {
    let server = Server::text(response("204 No Content", "", ""));
    let client = server.client();
    let chunks = ["one ", "two"].map(|chunk| Ok(Bytes::from(chunk)));
    let call = upload(&client, Body::stream(chunks.into_iter()));
    let again = call.clone();
    run(call).unwrap();
    let sent = server.requests().pop().unwrap();
    assert!(
        sent.contains("\r\n4\r\none \r\n3\r\ntwo\r\n0\r\n"),
        "{sent}"
    );
    let error = run(again).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(
        error
            .to_string()
            .ends_with("the body is a stream that was sent before")
    );

    run(upload(&client, Body::stream(Slow(b"slow", false)))).unwrap();
    let sent = server.requests().pop().unwrap();
    assert!(
        sent.to_ascii_lowercase().contains("content-length: 4\r\n"),
        "{sent}"
    );
    assert!(sent.ends_with("\r\n\r\nslow"), "{sent}");
}

#[test]
fn a_stream_that_fails_fails_the_call() {
    let server = Server::text(response("204 No Content", "", ""));
    let chunks = [Ok(Bytes::from("one")), Err(io::Error::other("disk gone"))];
    let error = run(upload(&server.client(), Body::stream(chunks.into_iter()))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(
        error
            .to_string()
            .ends_with("the connection failed: disk gone"),
        "{error}"
    );
}
