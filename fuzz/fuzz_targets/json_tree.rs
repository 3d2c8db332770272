//! Any text through the JSON reader: what it takes is what `serde_json` takes, with the same values.

#![no_main]

use letterpress::origin::FileId;
use letterpress::tree::json::{self, Dialect};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use std::sync::Arc;

fuzz_target!(|text: &str| {
    let shared: Arc<str> = text.into();
    let _ = json::parse(FileId(0), &shared, Dialect::Lenient);
    let read = json::parse(FileId(0), &shared, Dialect::Strict);
    if read.is_ok() {
        // Depth and the size of numbers are limits of their own.
        match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
            Ok(_) => {}
            Err(error) => {
                let why = error.to_string();
                assert!(
                    why.contains("recursion limit")
                        || why.contains("out of range")
                        || why.contains("lone leading surrogate")
                        || why.contains("surrogate")
                        || why.contains("unexpected end of hex escape"),
                    "{why}: {text:?}"
                );
            }
        }
    }
});
