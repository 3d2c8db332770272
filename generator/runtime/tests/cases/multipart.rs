//! Forms of several parts: names stay inside their quotes, files keep their type, streams are streamed.

use super::support::run;
use crate::runtime::prelude::*;
use crate::runtime::{
    Body, Call, Core, ErrorKind, Extra, Mock, Op, Part, Request, Result, Upload, call, object,
};
use bytes::Bytes;
use serde_json::json;
use std::io;

static SEND: Op = Op {
    id: "SendThing",
    method: "POST",
    path: "/things",
    parts: &[Part {
        name: "notes",
        media_type: "text/markdown",
        ..Part::NEW
    }],
    ..Op::NEW
};

call! {
    /// A call of anything.
    SendThing -> serde_json::Value
}

#[derive(Clone, Default)]
struct Thing {
    name: String,
    photo: Option<Upload>,
    files: Option<Vec<Upload>>,
    notes: Option<String>,
    tags: Option<Vec<String>>,
    size: Option<Size>,
    hostile: Option<i64>,
    extra: Extra,
}

object! {
    Thing {
        0 req "name" name,
        1 opt "photo" photo,
        2 opt "files" files,
        3 opt "notes" notes,
        4 opt "tags" tags,
        5 opt "size" size,
        6 opt "a\"b\r\nc\\" hostile,
    }
}

#[derive(Clone, Default)]
struct Size {
    width: i64,
    extra: Extra,
}

object! {
    Size {
        0 req "width" width,
    }
}

fn call(thing: &Thing) -> SendThing {
    let core = Core::with_transport(Mock::new().on("SendThing", 200, json!({})));
    SendThing(Call::new(&core, &SEND, &[]).multipart(thing))
}

fn request(thing: &Thing) -> Result<Request> {
    call(thing).into_request()
}

/// The body with the boundary replaced, which differs from call to call.
fn text(request: &Request) -> String {
    let content_type = request.header("content-type").expect("a content type");
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .expect("a boundary");
    assert!(boundary.len() < 70 && boundary.len() > 32);
    let body = request.body().as_bytes().expect("bytes");
    String::from_utf8_lossy(body).replace(boundary, "B")
}

#[test]
fn each_member_is_a_part() {
    let thing = Thing {
        name: "täst".into(),
        photo: Some(
            Upload::new(&b"\x89PNG"[..])
                .file_name("a \"b\"\n.png")
                .content_type("image/png"),
        ),
        files: Some(vec!["one".into(), Upload::new("two").file_name("2.txt")]),
        notes: Some("# hi".into()),
        tags: Some(vec!["x".into(), "y".into()]),
        size: Some(Size {
            width: 3,
            ..Size::default()
        }),
        hostile: Some(1),
        ..Thing::default()
    };
    let expected = "--B\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\ntäst\r\n\
        --B\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a %22b%22%0A.png\"\r\n\
        content-type: image/png\r\n\r\n\u{fffd}PNG\r\n\
        --B\r\ncontent-disposition: form-data; name=\"files\"; filename=\"file\"\r\n\
        content-type: application/octet-stream\r\n\r\none\r\n\
        --B\r\ncontent-disposition: form-data; name=\"files\"; filename=\"2.txt\"\r\n\
        content-type: application/octet-stream\r\n\r\ntwo\r\n\
        --B\r\ncontent-disposition: form-data; name=\"notes\"\r\n\
        content-type: text/markdown\r\n\r\n# hi\r\n\
        --B\r\ncontent-disposition: form-data; name=\"tags\"\r\n\r\nx\r\n\
        --B\r\ncontent-disposition: form-data; name=\"tags\"\r\n\r\ny\r\n\
        --B\r\ncontent-disposition: form-data; name=\"size\"\r\n\
        content-type: application/json\r\n\r\n{\"width\":3}\r\n\
        --B\r\ncontent-disposition: form-data; name=\"a%22b%0D%0Ac\\\"\r\n\r\n1\r\n\
        --B--\r\n";
    assert_eq!(text(&request(&thing).unwrap()), expected);
}

#[test]
fn what_is_absent_has_no_part() {
    let expected = "--B\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\n\r\n--B--\r\n";
    assert_eq!(text(&request(&Thing::default()).unwrap()), expected);
}

#[test]
fn boundaries_differ() {
    let of = || {
        let request = request(&Thing::default()).unwrap();
        request.header("content-type").unwrap().to_owned()
    };
    assert_ne!(of(), of());
}

#[test]
fn a_media_type_cannot_end_the_header() {
    let thing = Thing {
        photo: Some(Upload::new("x").content_type("text/plain\r\nx: y")),
        ..Thing::default()
    };
    assert_eq!(request(&thing).unwrap_err().kind(), ErrorKind::Request);
}

#[test]
fn a_stream_is_a_part() {
    let chunks = ["ab", "cd"].map(|text| Ok::<_, io::Error>(Bytes::from(text)));
    let thing = Thing {
        photo: Some(Upload::new(Body::stream(chunks.into_iter()))),
        ..Thing::default()
    };
    let request = request(&thing).unwrap();
    assert_eq!(request.body().length(), None);
    let Body::Stream(stream) = request.body() else {
        panic!("a stream");
    };
    let mut source = stream.take().expect("once");
    let mut all = Vec::new();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    while let std::task::Poll::Ready(Some(chunk)) = source.poll_chunk(&mut context) {
        all.extend_from_slice(&chunk.unwrap());
    }
    let text = String::from_utf8(all).unwrap();
    assert!(text.contains("filename=\"file\""), "{text}");
    assert!(text.contains("\r\n\r\nabcd\r\n--letterpress-"), "{text}");
    assert!(text.ends_with("--\r\n"));
    assert!(stream.take().is_err());
}

#[test]
fn files_stay_out_of_json_and_of_what_is_printed() {
    let thing = Thing {
        photo: Some("secret".into()),
        ..Thing::default()
    };
    assert_eq!(
        serde_json::to_value(&thing).unwrap(),
        json!({"name": "", "photo": null})
    );
    let printed = format!("{thing:?}");
    assert!(
        printed.contains("6 bytes") && !printed.contains("secret"),
        "{printed}"
    );
    assert_eq!(thing, thing.clone());
    assert_ne!(thing, Thing::default());
    assert!(run(call(&thing).into_future()).is_ok());
}
