//! A transport of one's own, by the blocking client ureq, which needs no async runtime at all.
//!
//! `Client::builder().transport(Ureq::new()).build()?` makes a client of it.

use super::server::{Server, response};
use crate::Client;
use crate::runtime::prelude::*;
use crate::runtime::{
    Body, BoxFuture, Error, ErrorKind, Headers, Request, Response, Result, Transport,
    sleep_in_thread,
};
use std::time::Duration;
use ureq::http;

struct Ureq(ureq::Agent);

impl Ureq {
    fn new() -> Self {
        // Statuses, redirects and retries are for the runtime to judge.
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0);
        Ureq(config.build().into())
    }

    fn exchange(&self, request: &Request) -> Result<Response<Body>> {
        let mut out = http::Request::builder()
            .method(request.method())
            .uri(request.url());
        for (name, value) in request.headers().iter() {
            out = out.header(name, value);
        }
        let invalid = |_| Error::new(ErrorKind::Request, "the request is not valid");
        let body = request.body().as_bytes();
        let body = body.ok_or_else(|| Error::new(ErrorKind::Request, "streams are not sent"))?;
        let limit = request.timeout();
        let answer = if body.is_empty() {
            let out = out.body(()).map_err(invalid)?;
            let out = self.0.configure_request(out).timeout_global(limit);
            self.0.run(out.build())
        } else {
            let out = out.body(body).map_err(invalid)?;
            let out = self.0.configure_request(out).timeout_global(limit);
            self.0.run(out.build())
        };
        let mut answer = answer.map_err(failed)?;
        let pairs = answer.headers().iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        let headers: Headers = pairs.collect();
        let body = answer.body_mut().with_config();
        let body = body.limit(request.max_response_bytes()).read_to_vec();
        let body = body.map_err(failed)?;
        let status = answer.status().as_u16();
        Ok(Response::new(status, headers, body.into()))
    }
}

impl Transport for Ureq {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response<Body>>> {
        // The thread of the caller does the work, as a blocking program wants it.
        Box::pin(async move { self.exchange(&request) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        sleep_in_thread(duration)
    }
}

fn failed(error: ureq::Error) -> Error {
    let kind = match &error {
        ureq::Error::Timeout(_) => ErrorKind::Timeout,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => ErrorKind::Connect,
        _ => ErrorKind::Io,
    };
    Error::new(kind, format!("the connection failed: {error}"))
}

fn client(server: &Server) -> Client {
    let builder = Client::builder()
        .base_url(&server.base)
        .basic("ada", "pass");
    builder.transport(Ureq::new()).build().unwrap()
}

#[test]
fn calls_go_there_and_back() {
    let busy = response("503 Service Unavailable", "retry-after: 0\r\n", "");
    let user = response("200 OK", "", r#"{"user": {"id": 7, "name": "Ada"}}"#);
    let server = Server::sequence([busy, user]);
    assert_eq!(
        client(&server).users().show(7).send_blocking().unwrap().id,
        7
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    let head = requests[1].to_ascii_lowercase();
    assert!(
        head.starts_with("get /api/v2/users/7 http/1.1\r\n"),
        "{head}"
    );
    assert!(head.contains("authorization: basic "), "{head}");
}

#[test]
fn failures_are_told_apart() {
    let server = Server::text(response(
        "404 Not Found",
        "",
        r#"{"error": "RecordNotFound"}"#,
    ));
    let error = client(&server).users().show(7).send_blocking().unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Status, Some(404))
    );

    let silent = Server::new(|_, _| std::thread::sleep(Duration::from_secs(5)));
    let call = client(&silent).users().show(7).retries(0);
    let error = call.timeout(Duration::from_millis(50)).send_blocking();
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Timeout);
}
