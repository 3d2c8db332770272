//! Any text through the YAML reader.

#![no_main]

use letterpress::origin::FileId;
use letterpress::tree::yaml;
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;

fuzz_target!(|text: &str| {
    let shared: Arc<str> = text.into();
    if let Ok(document) = yaml::parse(FileId(0), &shared) {
        assert!(!document.tree.is_empty());
    }
});
