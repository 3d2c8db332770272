//! Bodies that are read while they come: whole ones, broken ones, slow ones, and ones that are too long.

use super::server::{Server, response, run};
use crate::runtime::prelude::*;
use crate::runtime::{ByteStream, Error, ErrorKind, Response, Result};
use std::io::{self, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

fn open(server: &Server) -> Result<Response<ByteStream>> {
    let client = server.client().with(|options| options.retries(0));
    run(client.users().photo("7", "me", "png").send_stream())
}

/// Reads to the end, in one runtime, as a connection belongs to it.
fn read(
    server: &Server,
    change: impl FnOnce(ByteStream) -> ByteStream,
) -> (Vec<u8>, Option<Error>) {
    let client = server
        .client()
        .with(|options| options.retries(0).idle_timeout(Duration::from_millis(300)));
    run(async {
        let call = client.users().photo("7", "me", "png");
        let mut stream = change(call.send_stream().await.unwrap().value);
        let mut bytes = Vec::new();
        while let Some(chunk) = stream.next().await {
            match chunk {
                Ok(chunk) => bytes.extend_from_slice(&chunk),
                Err(error) => {
                    assert!(stream.next().await.is_none());
                    return (bytes, Some(error));
                }
            }
        }
        assert_eq!(stream.received(), bytes.len() as u64);
        (bytes, None)
    })
}

fn chunked(chunks: &'static [&'static str], end: &'static str) -> Server {
    Server::new(move |_, stream: &mut TcpStream| {
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
        for chunk in chunks {
            let chunk = format!("{:x}\r\n{chunk}\r\n", chunk.len());
            let _ = stream.write_all(chunk.as_bytes());
            thread::sleep(Duration::from_millis(10));
        }
        let _ = stream.write_all(end.as_bytes());
    })
}

#[test]
fn a_body_comes_in_chunks() {
    let (bytes, error) = read(&chunked(&["ab", "c", "def"], "0\r\n\r\n"), |stream| stream);
    assert!(error.is_none());
    assert_eq!(bytes, b"abcdef");
    let (bytes, error) = read(&Server::text(response("200 OK", "", "")), |stream| stream);
    assert!(bytes.is_empty() && error.is_none());
}

#[test]
fn a_body_that_breaks_off_is_an_error() {
    let short = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc";
    for (server, came) in [
        (chunked(&["ab", "cd"], ""), "abcd"),
        (chunked(&["ab", "cd"], "5\r\nxy"), "abcdxy"),
        (chunked(&["ab"], "no length\r\n"), "ab"),
        (Server::text(short), "abc"),
    ] {
        let (bytes, error) = read(&server, |stream| stream);
        let error = error.expect("an error");
        assert_eq!(
            (error.kind(), error.operation()),
            (ErrorKind::Io, "ShowUserPhoto")
        );
        assert_eq!(String::from_utf8_lossy(&bytes), came);
    }
}

#[test]
fn silence_has_a_limit_and_slowness_none() {
    let slow = Server::new(|_, stream: &mut TcpStream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n");
        for byte in b"abcdef" {
            thread::sleep(Duration::from_millis(100));
            let _ = stream.write_all(&[*byte]);
        }
    });
    let (bytes, error) = read(&slow, |stream| stream);
    assert!(error.is_none(), "{error:?}");
    assert_eq!(bytes, b"abcdef");
    let silent = Server::new(|_, stream: &mut TcpStream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nabc");
        thread::sleep(Duration::from_secs(3));
    });
    let (bytes, error) = read(&silent, |stream| stream);
    assert!(error.expect("an error").is_timeout());
    assert_eq!(bytes, b"abc");
}

#[test]
fn a_body_has_the_limit_that_is_set() {
    let server = Server::text(response("200 OK", "", "0123456789"));
    let (_, error) = read(&server, |stream| stream.max_bytes(10));
    assert!(error.is_none());
    let (_, error) = read(&server, |stream| stream.max_bytes(9));
    assert_eq!(error.expect("an error").kind(), ErrorKind::TooLarge);
    let client = server
        .client()
        .with(|options| options.max_response_bytes(9));
    let error = run(async {
        let stream = client.users().photo("7", "me", "png").send_stream().await?;
        assert_eq!(stream.value.length(), Some(10));
        stream.value.collect().await
    });
    assert_eq!(error.unwrap_err().kind(), ErrorKind::TooLarge);
}

#[test]
fn a_body_is_written_elsewhere() {
    let server = Server::text(response("200 OK", "x-id: 9\r\n", "0123456789"));
    let (client, mut file, mut told) = (server.client(), Vec::new(), Vec::new());
    run(async {
        let call = client.users().photo("7", "me", "png");
        let response = call.send_stream().await.unwrap();
        assert_eq!(
            (response.meta.status(), response.meta.header("x-id")),
            (200, Some("9"))
        );
        let progress = |came, all| told.push((came, all));
        assert_eq!(
            response.value.copy_to(&mut file, progress).await.unwrap(),
            10
        );
    });
    assert_eq!(file, b"0123456789");
    assert_eq!(told.last(), Some(&(10, Some(10))));
    struct Full;
    impl Write for Full {
        fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is full"))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let error = run(async {
        let call = client.users().photo("7", "me", "png");
        call.send_stream()
            .await
            .unwrap()
            .value
            .copy_to(&mut Full, |_, _| {})
            .await
    });
    assert!(error.unwrap_err().to_string().contains("the disk is full"));
}

#[test]
fn a_failure_keeps_its_body() {
    let error = open(&Server::text(response(
        "404 Not Found",
        "",
        "{\"error\":\"no photo\"}",
    )))
    .unwrap_err();
    assert!(
        error.is_not_found() && error.to_string().contains("no photo"),
        "{error}"
    );
    assert_eq!(error.body(), b"{\"error\":\"no photo\"}");
}
