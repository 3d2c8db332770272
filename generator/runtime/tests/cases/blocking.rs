//! Calls that are waited for, with and without an async runtime around them.

use super::server::{Server, response, run};
use crate::runtime::prelude::*;
use crate::runtime::{ErrorKind, Mock, block_on};
use crate::{Client, types::UserInput};
use std::thread;
use std::time::Duration;

const USER: &str = r#"{"user": {"id": 7, "name": "Ada"}}"#;

#[test]
fn a_call_is_waited_for() {
    let server = Server::text(response("200 OK", "x-request-id: r1\r\n", USER));
    let client = server.client();
    assert_eq!(client.users().show(7).send_blocking().unwrap().id, 7);
    let answer = block_on(client.users().show(7).send_with_meta()).unwrap();
    assert_eq!(answer.meta.request_id(), Some("r1"));
    // The same client goes on in async code.
    assert_eq!(run(client.users().show(7)).unwrap().id, 7);
}

#[test]
fn waiting_inside_a_runtime_does_not_panic() {
    let server = Server::text(response("200 OK", "", USER));
    let client = server.client();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let user = runtime.block_on(async { client.users().show(7).send_blocking() });
    assert_eq!(user.unwrap().id, 7);
}

#[test]
fn threads_wait_side_by_side() {
    let server = Server::new(|_, stream| {
        thread::sleep(Duration::from_millis(50));
        let _ = std::io::Write::write_all(stream, response("200 OK", "", USER).as_bytes());
    });
    let client = server.client();
    let threads: Vec<_> = (0..50)
        .map(|_| {
            let client = client.clone();
            thread::spawn(move || client.users().show(7).send_blocking().unwrap().id)
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), 7);
    }
}

#[test]
fn time_limits_and_retries_hold() {
    let silent = Server::new(|_, _| thread::sleep(Duration::from_secs(5)));
    let call = silent.client().users().show(7).retries(0);
    let error = call.timeout(Duration::from_millis(50)).send_blocking();
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Timeout);

    let busy = response("503 Service Unavailable", "retry-after: 0\r\n", "");
    let server = Server::sequence([busy, response("200 OK", "", USER)]);
    assert_eq!(
        server.client().users().show(7).send_blocking().unwrap().id,
        7
    );
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_mock_answers_without_any_runtime() {
    let mock = Mock::new().on("CreateOrUpdateUser", 201, USER);
    let client = Client::with_transport(mock);
    let user = client.users().create_or_update(&UserInput::new("Ada"));
    assert_eq!(user.send_blocking().unwrap().id, 7);
}
