//! Any values as parameters: the request goes where its template says, and the values come back out of its URL.

#![no_main]

use kitchen_sink::prelude::*;
use kitchen_sink::{Client, Mock};
use letterpress_fuzz::Choices;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static CLIENT: LazyLock<Client> = LazyLock::new(|| Client::with_transport(Mock::new()));

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
    let Some(cut) = choices.below(64) else {
        return;
    };
    let text = String::from_utf8_lossy(choices.0);
    let (name, value) = text.split_at(text.floor_char_boundary(cut.min(text.len())));

    if let Ok(request) = CLIENT.bodies().read_file(name).into_request() {
        let url = request.url();
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let mut segments = path.rsplit('/');
        let last = segments.next().unwrap_or_default();
        assert_eq!(decoded(last), name.as_bytes(), "{url}");
        assert_eq!(segments.next(), Some("files"), "{url}");
    }
    if let Ok(request) = CLIENT.parameters().search(value).into_request() {
        let url = request.url();
        let query = url.split_once("?q=").map(|(_, query)| query);
        assert_eq!(
            decoded(query.unwrap_or_default()),
            value.as_bytes(),
            "{url}"
        );
    }
});
