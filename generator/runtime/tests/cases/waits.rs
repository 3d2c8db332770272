//! Retries and limits of time over HTTP on loopback.

use super::server::{Server, response, run};
use crate::Client;
use crate::runtime::ErrorKind;
use crate::runtime::prelude::*;
use crate::types::UserInput;
use std::io::Write;
use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const USERS: &str = r#"{"users":[{"id":1}]}"#;

#[test]
fn a_server_that_recovers_is_asked_again() {
    let ok = || response("200 OK", "", USERS);
    let again = "retry-after-ms: 20\r\n";
    for failures in [
        vec![response("503 Service Unavailable", again, "")],
        vec![response("429 Too Many Requests", again, ""); 2],
        // Reset before the answer, and in the middle of it.
        vec![
            String::new(),
            "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_owned(),
        ],
        vec!["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"us".to_owned()],
        vec!["no HTTP at all\r\n\r\n".to_owned()],
    ] {
        let attempts = failures.len() as u32 + 1;
        let server = Server::sequence(failures.into_iter().chain([ok()]));
        let client = server.client();
        let response = run(client.users().list().send_with_meta()).unwrap();
        assert_eq!(response.meta.attempts(), attempts);
        assert_eq!(response.value.users.len(), 1);
        assert_eq!(server.requests().len(), attempts as usize);
    }
}

#[test]
fn a_broken_answer_to_a_write_is_an_error() {
    let ok = response("200 OK", "", r#"{"user":{"id":1}}"#);
    for broken in [
        String::new(),
        "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_owned(),
        response("502 Bad Gateway", "retry-after: 0\r\n", "<html>"),
    ] {
        let server = Server::sequence([broken, ok.clone()]);
        let client = server.client();
        let error = run(client.users().create_or_update(&UserInput::new("Ada"))).unwrap_err();
        assert_eq!(error.attempts(), 1);
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn a_slow_attempt_is_given_up_and_tried_again() {
    let count = AtomicU32::new(0);
    let server = Server::new(move |_, stream| {
        if count.fetch_add(1, Ordering::Relaxed) == 0 {
            thread::sleep(Duration::from_secs(20));
        }
        let _ = stream.write_all(response("200 OK", "", USERS).as_bytes());
    });
    let start = Instant::now();
    let client = server.client();
    let call = client.users().list().timeout(Duration::from_millis(300));
    let response = run(call.send_with_meta()).unwrap();
    assert_eq!(response.meta.attempts(), 2);
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_deadline_ends_everything() {
    let server = Server::new(|_, _| thread::sleep(Duration::from_secs(20)));
    let client = server.client();
    let client = client.with(|options| options.timeout(Duration::from_millis(200)).retries(1000));
    let start = Instant::now();
    let call = client.users().list().deadline(Duration::from_millis(700));
    let error = run(call).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(start.elapsed() < Duration::from_secs(5), "{error}");
    assert!(error.attempts() >= 1 && error.attempts() < 10);
    let call = client.users().list().timeout(Duration::from_secs(60));
    let error = run(call.deadline(Duration::from_millis(200))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "ListUsers GET /api/v2/users: the deadline of 200ms is over"
    );
}

#[test]
fn connecting_has_a_limit_of_its_own() {
    // A listener whose queue is full does not answer: what connects waits.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let waiting: Vec<_> = (0..2000)
        .map_while(|_| {
            let address = listener.local_addr().unwrap();
            std::net::TcpStream::connect_timeout(&address, Duration::from_millis(50)).ok()
        })
        .collect();
    let builder = Client::builder().base_url(&base).retries(0);
    let client = builder
        .basic("ada", "hunter2")
        .connect_timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let start = Instant::now();
    let error = run(client.users().list()).unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(10));
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    drop(waiting);
}

#[test]
fn two_hundred_calls_at_once_lose_nothing() {
    let count = AtomicU32::new(0);
    let server = Server::new(move |request, stream| {
        // Every fifth request fails in one way or another.
        let number = count.fetch_add(1, Ordering::Relaxed);
        let id: &str = request
            .split(['/', ' '])
            .find(|part| part.starts_with("10"))
            .unwrap();
        let answer = match number % 10 {
            3 => response("503 Slow Down", "retry-after-ms: 5\r\n", ""),
            7 => String::new(),
            _ => response("200 OK", "", &format!(r#"{{"user":{{"id":{id}}}}}"#)),
        };
        let _ = stream.write_all(answer.as_bytes());
    });
    let client = server.client().with(|options| options.retries(10));
    let ids: Vec<i64> = run(async {
        let calls = (0..200).map(|number| {
            let client = client.clone();
            tokio::spawn(async move { client.users().show(10_000 + number).await.map(|u| u.id) })
        });
        let calls: Vec<_> = calls.collect();
        let mut ids = Vec::new();
        for call in calls {
            ids.push(call.await.unwrap().unwrap());
        }
        let alive = tokio::runtime::Handle::current()
            .metrics()
            .num_alive_tasks();
        assert!(alive < 200, "{alive} tasks are left");
        ids
    });
    assert_eq!(ids, (10_000..10_200).collect::<Vec<i64>>());
}
