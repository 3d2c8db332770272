//! Addresses and what they change, on a small API.

use crate::config;
use crate::diagnostic::Diagnostics;
use crate::model;
use crate::origin::FileId;
use crate::source::SourceFile;
use crate::tree::{json, yaml};
use std::sync::Arc;

const ITEM: &str = r#"{"item": [{"name": "Get order", "request": {"method": "GET",
  "url": {"raw": "https://shop.example.com/orders/:id?state=open", "host": ["shop", "example", "com"], "protocol": "https",
    "path": ["orders", ":id"], "query": [{"key": "state", "value": "open"}], "variable": [{"key": "id", "value": "1"}]}},
  "response": [{"name": "OK", "code": 200, "header": [{"key": "Content-Type", "value": "application/json"}],
    "body": "{\"id\": 1, \"state\": \"open\", \"dotted.name\": 1, \"createdAt\": \"x\", \"photo\": {\"small\": \"a\"}, \"lines\": [{\"sku\": \"a\", \"count\": 1}], \"tags\": [\"a\"]}"}]}]}"#;

/// The model under overrides, or what is wrong with them: place, message, help.
fn run(overrides: &str) -> Result<String, Vec<String>> {
    let text: Arc<str> = format!("name: shop\nsources: [{{file: a.json}}]\n{overrides}").into();
    let mut diagnostics = Diagnostics::new();
    let document = yaml::parse(FileId(0), &text).expect("YAML");
    let options = config::Options::default();
    let config = config::read(&text, &document.tree, &options, &mut diagnostics);
    let body: Arc<str> = ITEM.into();
    let tree = json::parse(FileId(1), &body, json::Dialect::Strict).expect("JSON");
    let file = SourceFile {
        id: FileId(1),
        path: "a.json".into(),
        text: body,
        tree: Some(tree),
        tag: None,
        role: Default::default(),
        links: Default::default(),
    };
    let model = config.map(|config| crate::understand(&config, &[file], &mut diagnostics));
    diagnostics.sort();
    let found: Vec<String> = diagnostics
        .iter()
        .filter(|d| d.severity == crate::diagnostic::Severity::Error)
        .map(|d| {
            let at = d.origin.map_or(0, |origin| origin.span.start as usize);
            let line = text[..at].lines().count();
            format!(
                "{line} {} {}; {}",
                d.code,
                d.message,
                d.help.as_deref().unwrap_or("-")
            )
        })
        .collect();
    match model {
        Some(model) if found.is_empty() => Ok(model::dump(&model)),
        _ => Err(found),
    }
}

#[test]
fn types_nullability_presence_and_values_are_overridden() {
    let given = r#"
types:
  Order.photo: map<string, any>
  Order.created_at: date-time
  "Order.dotted.name": number
  "Order.lines[].count": string
  GET /orders/{order} path.id: integer
nullable: {Order.createdAt: true}
required: {Order.createdAt: true, "GET /orders/{id} query.state": true}
enums: {Order.state: [open, closed], Order.tags: [a, b], "GET /orders/{id} query.state": [open, closed]}
"#;
    insta::assert_snapshot!(run(given).expect("sound overrides"));
}

#[test]
fn a_whole_type_is_overridden() {
    let model = run("types: {Photo: any, Line: \"map<string, any>\"}").expect("sound overrides");
    assert!(
        !model.contains("sku?:") && !model.contains("small?:"),
        "{model}"
    );
    // What a type holds may be what it was itself.
    let model = run("types: {Photo: \"array<Photo>\"}").expect("sound overrides");
    assert!(model.contains("small?:"), "{model}");
}

#[test]
fn what_matches_nothing_is_an_error_with_near_names() {
    let given = r#"types: {Odrer.photo: any, Order.foto: any, Order.photo: Phto, "GET /order/{id} path.id": integer}
nullable: {"GET /orders/{id} query.stat": true, "Order.photo[]": true}
required: {"Order": true, "GET /orders/{id} response.200": true}
enums: {Order.lines: [a]}
"#;
    insta::assert_snapshot!(run(given).expect_err("faults").join("\n"));
}

#[test]
fn values_and_types_are_checked_before_there_is_a_model() {
    let given = "types: {A.b: text, A.c: string}\nenums: {A.c: [a], A.d: [], A.e: [1, a]}\n";
    insta::assert_snapshot!(run(given).expect_err("faults").join("\n"));
}
