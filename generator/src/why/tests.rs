//! Explanations of a small API's types and values.

use super::explain;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::origin::FileId;
use crate::source::SourceFile;
use crate::tree::json::{Dialect, parse};
use serde_json::{Value, json};
use std::sync::Arc;

fn response(code: u16, body: Value) -> Value {
    let header = json!([{"key": "Content-Type", "value": "application/json"}]);
    json!({"name": "r", "code": code, "header": header, "body": body.to_string()})
}

fn collection() -> Value {
    let get = |name: &str, path: &[&str], responses: Vec<Value>| {
        let url = json!({"host": ["{{baseUrl}}"], "path": path, "query": [{"key": "role", "value": "agent"}]});
        json!({"name": name, "request": {"method": "GET", "url": url}, "response": responses})
    };
    json!({"item": [
        get("List users", &["users"], vec![
            response(200, json!({"users": [
                {"id": 1, "name": "Ä", "photo": {"small": "http://a/b", "url": null}, "created_at": "2020-01-02T03:04:05Z"},
                {"id": 2, "name": "b", "labels": {"2020-01-01": 1, "2020-01-02": 2}},
            ]})),
            response(404, json!({"error": "none"})),
        ]),
        get("Get user", &["users", ":id"], vec![
            response(200, json!({"id": "<integer>", "name": "<string>", "photo": {"small": "<string>"}})),
        ]),
    ]})
}

fn why(address: &str) -> String {
    let text: Arc<str> = format!("{:#}", collection()).into();
    let tree = parse(FileId(0), &text, Dialect::Strict).expect("JSON");
    let file = SourceFile {
        id: FileId(0),
        path: "users.json".into(),
        text,
        tree: Some(tree),
        tag: None,
        role: Default::default(),
        links: Default::default(),
    };
    let mut diagnostics = Diagnostics::new();
    match explain(
        &Config::for_sources("users"),
        &[file],
        address,
        &mut diagnostics,
    ) {
        Some(text) => text,
        None => {
            let mut lines = diagnostics
                .iter()
                .filter(|d| d.code.as_str().starts_with("overrides"));
            lines
                .next()
                .map(|d| format!("{}; {:?}", d.message, d.help))
                .expect("a fault")
        }
    }
}

#[test]
fn addresses_are_explained() {
    let mut text = String::new();
    for address in [
        "User",
        "User.id",
        "User.created_at",
        "User.photo",
        "User.labels",
        "Photo.url",
        "GET /users query.role",
        "GET /users response.404.error",
        "User.foto",
        "Users.photo",
        "GET /users query.rule",
    ] {
        text.push_str(&why(address));
        text.push('\n');
    }
    insta::assert_snapshot!(text);
}

#[test]
fn rules_have_names_of_their_own() {
    let names: std::collections::BTreeSet<_> = crate::infer::Rule::ALL
        .iter()
        .map(|rule| rule.name())
        .collect();
    assert_eq!(names.len(), crate::infer::Rule::ALL.len());
}
