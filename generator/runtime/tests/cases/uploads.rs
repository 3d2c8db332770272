//! Bodies that are read while they are sent: what can be sent again, and what is told meanwhile.

use super::server::{Server, response, run};
use crate::runtime::{
    Body, BodySource, Call, Core, ErrorKind, Extra, Op, Part, Result, RetryPolicy, Upload, call,
    object,
};
use bytes::Bytes;
use serde_json::{Value, json};
use std::fs;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

static SEND: Op = Op {
    id: "SendFile",
    method: "PUT",
    path: "/files",
    parts: &[Part {
        name: "file",
        headers: &[("x-kind", "scan")],
        ..Part::NEW
    }],
    ..Op::NEW
};

call! {
    /// Sends a file.
    SendFile -> Value
}

/// A form with a file.
#[derive(Clone, Default)]
struct Form {
    title: String,
    file: Option<Upload>,
    extra: Extra,
}

object! {
    Form {
        0 req "title" title,
        1 opt "file" file,
    }
}

/// A server that is busy at first, and its core with quick retries.
fn busy() -> (Server, Core) {
    let answers = [
        response("503 Busy", "retry-after: 0\r\n", ""),
        response("200 OK", "content-type: application/json\r\n", "{}"),
    ];
    let server = Server::sequence(answers);
    let core = core(&server);
    (server, core)
}

fn core(server: &Server) -> Core {
    let policy = RetryPolicy::default().first_wait(Duration::from_millis(1));
    let client = server.client().with(|options| options.retry(policy));
    client.core()
}

fn send(core: &Core, body: Body) -> Result<Value> {
    run(SendFile(
        Call::new(core, &SEND, &[]).body("application/octet-stream", body),
    ))
}

/// A file with this content, for one test.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let name = format!("letterpress-{}-{name}", std::process::id());
    let path = std::env::temp_dir().join(name);
    fs::File::create(&path).unwrap().write_all(content).unwrap();
    path
}

fn bodies(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    let body = |request: String| request.split_once("\r\n\r\n").unwrap().1.to_owned();
    requests.map(body).collect()
}

/// What was told of the sending.
type Told = Arc<Mutex<Vec<(u64, Option<u64>)>>>;

fn watched(body: Body) -> (Body, Told) {
    let told = Told::default();
    let copy = told.clone();
    (
        body.with_progress(move |sent, all| copy.lock().unwrap().push((sent, all))),
        told,
    )
}

#[test]
fn a_file_is_sent_again_from_its_beginning() {
    let content = "0123456789".repeat(20_000);
    let path = file("again", content.as_bytes());
    let (server, core) = busy();
    let (body, told) = watched(Body::file(&path).unwrap());
    assert!(body.is_replayable());
    send(&core, body).unwrap();
    assert_eq!(bodies(&server), [content.as_str(), content.as_str()]);
    assert!(server.requests()[0].contains("content-length: 200000"));
    let told = told.lock().unwrap();
    assert_eq!(
        told.iter()
            .filter(|told| **told == (200_000, Some(200_000)))
            .count(),
        2
    );
    let first = told.iter().position(|told| told.0 == 200_000).unwrap();
    assert!(told[..=first].is_sorted() && first > 1 && told[first + 1].0 < 200_000);
    fs::remove_file(path).unwrap();
}

#[test]
fn a_file_that_is_none_is_told_at_once() {
    assert!(Body::file("/nowhere/at/all").is_err());
    assert!(Body::file(std::env::temp_dir()).is_err());
    assert!(Upload::file("/nowhere/at/all").is_err());
}

#[test]
fn a_file_that_became_shorter_fails_the_call() {
    let path = file("shorter", b"0123456789");
    let body = Body::file(&path).unwrap();
    fs::write(&path, "01").unwrap();
    let server = Server::text(response("200 OK", "", "{}"));
    let core = core(&server).with(|options| options.retries(0));
    let error = send(&core, body).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    fs::remove_file(path).unwrap();
}

#[test]
fn bytes_tell_how_far_they_are() {
    let (server, core) = busy();
    let (body, told) = watched(Body::from(vec![b'x'; 100_000]));
    send(&core, body).unwrap();
    assert_eq!(
        bodies(&server).iter().map(String::len).collect::<Vec<_>>(),
        [100_000; 2]
    );
    let all = Some(100_000);
    let once = [(65_536, all), (100_000, all)];
    assert_eq!(*told.lock().unwrap(), [once, once].concat());
    let (nothing, told) = watched(Body::Empty);
    send(&busy().1, nothing).unwrap();
    assert!(told.lock().unwrap().is_empty());
}

#[test]
fn what_can_be_read_once_is_sent_once() {
    let chunks = || {
        ["ab", "cd"]
            .map(|text| Ok::<_, io::Error>(Bytes::from(text)))
            .into_iter()
    };
    for body in [
        Body::stream(chunks()),
        Body::reader(io::Cursor::new("abcd"), None),
        Body::reader(io::Cursor::new("abcdef"), Some(4)),
        Body::async_reader(&b"abcd"[..], None),
        Body::async_reader(&b"abcd"[..], Some(4)),
        watched(Body::stream(chunks())).0,
    ] {
        let (server, core) = busy();
        let length = body.length();
        assert!(!body.is_replayable());
        assert_eq!(send(&core, body.clone()).unwrap_err().status(), Some(503));
        let sent = bodies(&server);
        assert_eq!(sent.len(), 1);
        match length {
            Some(_) => assert_eq!(sent[0], "abcd"),
            None => assert!(sent[0].ends_with("0\r\n\r\n"), "{}", sent[0]),
        }
        // A second call with it is no second sending.
        let error = send(&core, body).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
    }
}

#[test]
fn a_source_that_fails_fails_the_call() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let server = Server::text(response("200 OK", "", "{}"));
    let core = core(&server);
    for body in [
        Body::reader(Broken, None),
        Body::reader(io::Cursor::new("ab"), Some(9)),
    ] {
        let error = send(&core, body).unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Io, 1),
            "{error}"
        );
    }
    let opened = Body::reopen(None, || Err(io::Error::other("the file is gone")));
    let error = send(&core, opened).unwrap_err();
    assert!(error.to_string().contains("the file is gone"), "{error}");
}

#[test]
fn a_source_that_is_dropped_reads_no_more() {
    struct Endless(Arc<AtomicBool>);
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            Ok(buffer.len())
        }
    }
    impl Drop for Endless {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }
    let dropped = Arc::new(AtomicBool::new(false));
    let Body::Stream(stream) = Body::reader(Endless(dropped.clone()), None) else {
        panic!("a stream");
    };
    let mut source: Box<dyn BodySource> = stream.take().unwrap();
    let chunk = run(std::future::poll_fn(move |context| {
        source.poll_chunk(context)
    }));
    assert_eq!(chunk.unwrap().unwrap().len(), 65_536);
    let mut tries = 0;
    while !dropped.load(Ordering::SeqCst) {
        std::thread::sleep(Duration::from_millis(5));
        tries += 1;
        assert!(tries < 1_000, "the thread goes on");
    }
}

#[test]
fn a_form_with_a_file_is_sent_again() {
    let path = file("form.txt", b"the content");
    let (server, core) = busy();
    let upload = Upload::file(&path)
        .unwrap()
        .content_type("text/plain")
        .header("x-own", "1");
    let form = Form {
        title: "A scan".into(),
        file: Some(upload),
        ..Form::default()
    };
    let call = SendFile(Call::new(&core, &SEND, &[]).multipart(&form));
    run(call).unwrap();
    let sent = bodies(&server);
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0], sent[1]);
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    for part in [
        "name=\"title\"\r\n\r\nA scan\r\n".to_owned(),
        format!(
            "name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/plain\r\nx-kind: scan\r\nx-own: 1\r\n\r\nthe content\r\n--"
        ),
    ] {
        assert!(sent[0].contains(&part), "{}", sent[0]);
    }
    assert!(
        server.requests()[0]
            .to_lowercase()
            .contains(&format!("content-length: {}", sent[0].len()))
    );
    // With a part that can be read once only, so can the form.
    let (server, core) = busy();
    let form = Form {
        file: Some(Upload::new(Body::reader(io::Cursor::new("x"), Some(1)))),
        ..form
    };
    let call = SendFile(Call::new(&core, &SEND, &[]).multipart(&form));
    assert_eq!(run(call).unwrap_err().status(), Some(503));
    assert_eq!(server.requests().len(), 1);
    assert_eq!(
        serde_json::to_value(&form).unwrap(),
        json!({"title": "A scan", "file": null})
    );
    fs::remove_file(path).unwrap();
}
