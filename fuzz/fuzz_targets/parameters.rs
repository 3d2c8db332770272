//! Any values as parameters: the request goes where its template says, and the values come back out of its URL.

#![no_main]

use letterpress_fuzz::Choices;
use letterpress_runtime::runtime::prelude::*;
use letterpress_runtime::runtime::{Call, Core, Mock, Op, Request, Result, Style, call};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static PLAIN: Op = Op {
    id: "Plain",
    path: "/things/{id}/parts/{name}.{format}",
    ..Op::NEW
};

call! {
    /// A call of anything.
    AnyCall -> serde_json::Value
}

static CORE: LazyLock<Core> = LazyLock::new(|| Core::with_transport(Mock::new()));

fn request(call: Call) -> Result<Request> {
    AnyCall(call).into_request()
}

fn decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = text.get(at + 1..at + 3);
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(value) if *byte == b'%' => {
                out.push(value);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices(bytes);
    let (Some(first), Some(second)) = (choices.below(64), choices.below(64)) else {
        return;
    };
    let text = String::from_utf8_lossy(choices.0);
    let cut = |at: usize| text.floor_char_boundary(at.min(text.len()));
    let (first, second) = (cut(first), cut(first + second));
    let (id, name, value) = (&text[..first], &text[first..second], &text[second..]);

    let call = Call::new(&CORE, &PLAIN, &[&id, &name, &"x"]);
    if let Ok(request) = request(call.query("q", value)) {
        let url = request.url();
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let segments: Vec<&str> = path.rsplit('/').collect();
        assert_eq!(segments.get(1), Some(&"parts"), "{url}");
        assert_eq!(segments.get(3), Some(&"things"), "{url}");
        assert_eq!(decoded(segments[2]), id.as_bytes(), "{url}");
        let query = url.split_once("?q=").map(|(_, query)| query);
        assert_eq!(
            decoded(query.unwrap_or_default()),
            value.as_bytes(),
            "{url}"
        );
    }
    for style in [
        Style::Csv,
        Style::Space,
        Style::Pipe,
        Style::Deep,
        Style::Flag,
    ] {
        let call = Call::new(&CORE, &PLAIN, &[&"a", &"b", &"c"]);
        let _ = request(call.query_style("q", &[name, value][..], style));
    }
});
