//! Any text as a reference page, through the whole pipeline.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| letterpress_fuzz::run("page.md", text));
