//! Every construct of OpenAPI 2.0 to 3.2, as the crates of the kitchen sinks send and read it, over HTTP on loopback.

#[path = "kitchen_openapi/version_2_0.rs"]
mod version_2_0;
#[path = "kitchen_openapi/version_3_0.rs"]
mod version_3_0;
#[path = "kitchen_openapi/version_3_1.rs"]
mod version_3_1;
#[path = "kitchen_openapi/version_3_2.rs"]
mod version_3_2;

use letterpress_tests::judge::Answer;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn answer(status: u16, content_type: &str, body: &str) -> Answer {
    Answer {
        status,
        headers: vec![("content-type".into(), content_type.into())],
        body: body.as_bytes().to_vec(),
    }
}

fn empty(status: u16) -> Answer {
    Answer {
        status,
        headers: Vec::new(),
        body: Vec::new(),
    }
}

/// Reads a value as `T` and writes it again: nothing may be lost. Answers what was read.
fn round_trip<T: Serialize + DeserializeOwned>(value: Value) -> T {
    let read: T = serde_json::from_value(value.clone()).expect("a value of the type");
    let written = serde_json::to_value(&read).expect("JSON");
    assert_eq!(written, value);
    read
}
