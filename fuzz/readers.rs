//! Any text through the readers of trees.

use letterpress::origin::FileId;
use letterpress::tree::{json, yaml};
use serde_json::Value;
use std::sync::Arc;

/// What the JSON reader takes is what `serde_json` takes.
pub fn json_tree(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let shared: Arc<str> = text.into();
    let _ = json::parse(FileId(0), &shared, json::Dialect::Lenient);
    if json::parse(FileId(0), &shared, json::Dialect::Strict).is_err() {
        return;
    }
    // Depth, the size of numbers and halves of characters are limits of its own.
    if let Err(error) = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
        let why = error.to_string();
        let own = [
            "recursion limit",
            "out of range",
            "surrogate",
            "unexpected end of hex escape",
        ];
        assert!(own.iter().any(|own| why.contains(own)), "{why}: {text:?}");
    }
}

/// What the YAML reader takes has a root.
pub fn yaml_tree(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let shared: Arc<str> = text.into();
    if let Ok(document) = yaml::parse(FileId(0), &shared) {
        assert!(!document.tree.is_empty());
    }
}
