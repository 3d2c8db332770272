//! What is expensive, what is shown to people, and what the generator may not be able to do at all.

use super::{Run, describing, generated, literals};
use letterpress::job;
use letterpress::source::Given;
use letterpress_tests::root;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

#[test]
fn tags_of_yaml_make_no_objects() {
    let text = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\nx-a: !!python/object/apply:os.system ['touch evil']\nx-b: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ['http://127.0.0.1/']]]]\npaths: {/a: {get: {responses: {'200': {description: x}}}}}\n";
    let run = Run::new(&[("shop.yaml", text)]);
    let outcome = run.job("shop.yaml");
    assert!(outcome.success(), "{}", outcome.text(false));
    let mut found = outcome.output.diagnostics.iter();
    let told = found.any(|found| {
        found.code.as_str() == "yaml/tag" && found.message.starts_with("4 tags were ignored")
    });
    assert!(told, "{}", outcome.text(false));
    assert!(!Path::new("evil").exists());
}

#[test]
fn circles_end() {
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let cases = [
        json!({"A": reference("A")}),
        json!({"A": reference("B"), "B": reference("A")}),
        json!({"A": {"allOf": [reference("A")]}}),
        json!({"A": {"allOf": [reference("B")]}, "B": {"allOf": [reference("A"), {"type": "object", "properties": {"x": {"type": "string"}}}]}}),
        json!({"A": {"oneOf": [reference("A"), reference("B")]}, "B": {"anyOf": [reference("A"), reference("B")]}}),
        json!({"A": {"type": "array", "items": reference("A")}}),
        json!({"A": {"type": "object", "additionalProperties": reference("A")}}),
        json!({"A": {"type": "object", "required": ["a"], "properties": {"a": reference("B")}}, "B": {"type": "object", "required": ["b"], "properties": {"b": reference("A")}}}),
        json!({"A": {"$ref": "#/components/schemas/A/properties/x", "properties": {"x": reference("A")}}}),
        json!({"A": {"not": reference("A")}}),
        json!({"A": {"allOf": [{"oneOf": [reference("A")]}]}}),
    ];
    for schemas in cases {
        let mut description = describing(reference("A"));
        description["components"] = json!({"schemas": schemas});
        // An error with its place, or a crate that is Rust.
        if let Ok(files) = generated(&description) {
            literals(&files);
        }
    }
    let mut description = describing(reference("A"));
    description["components"] =
        json!({"schemas": {"A": {"allOf": [reference("B")]}, "B": {"allOf": [reference("A")]}}});
    let text = generated(&description).expect_err("an error");
    assert!(text.contains("A → B → A"), "{text}");
}

#[test]
fn patterns_are_not_run() {
    // No expression of a description is compiled, here or in the crate: neither depends on anything that could.
    for wild in [
        "(a+)+$",
        "(",
        "(?<a>x)\\k<a>",
        "[",
        "a{99999}{99999}{99999}",
    ] {
        let description = describing(json!({
            "type": "object", "properties": {"a": {"type": "string", "pattern": wild, "default": "a".repeat(40)}},
            "patternProperties": {wild: {"type": "string"}},
        }));
        generated(&description).expect("a crate");
    }
    let lock = fs::read_to_string(root().join("generator/Cargo.toml")).expect("a manifest");
    assert!(!lock.contains("regex"));
}

#[test]
fn documentation_is_text() {
    let text = "Look:\n\n```\nevil!()\n```\n\n    evil!();\n\n~~~rust\nevil!()\n~~~\n<script>evil()</script> <img src=x onerror=evil()> [x](javascript:evil()) [`evil`](crate::evil) \u{202e}";
    let mut description = describing(
        json!({"type": "object", "description": text, "properties": {"a": {"type": "string", "description": text}}}),
    );
    description["paths"]["/orders"]["get"]["description"] = json!(text);
    description["info"]["description"] = json!(text);
    let files = generated(&description).expect("a crate");
    let manifest = files
        .iter()
        .find(|(path, _)| path == "Cargo.toml")
        .expect("a manifest");
    assert!(manifest.1.contains("doctest = false"));
    let mut lines = 0;
    for (path, text) in &files {
        assert!(!text.contains('\u{202e}'), "{path}");
        let shown = text
            .lines()
            .filter(|line| line.trim_start().starts_with("//") || path.ends_with(".md"));
        for line in shown.filter(|line| line.contains("evil")) {
            lines += 1;
            let bare = line.replace("\\<", "").replace("\\]", "").replace('`', "");
            assert!(
                !bare.contains("<script") && !bare.contains("<img"),
                "{path}: {line}"
            );
            assert!(
                !bare.contains("](javascript:") && !bare.contains("](crate::evil"),
                "{path}: {line}"
            );
            let body = line.trim_start().trim_start_matches(['/', '!']);
            assert!(
                !body.starts_with("     "),
                "{path}: an indented block would run: {line}"
            );
        }
    }
    assert!(lines > 10, "only {lines} lines show the texts");
}

#[test]
fn nothing_that_acts_on_a_terminal_is_printed() {
    let wild = "a\u{1b}[31m\u{9b}2J\u{7}\u{202e}\u{200b}\r\u{7f}\u{e0041}b";
    let acts = |text: &str| {
        text.chars()
            .find(|c| *c != '\n' && (c.is_control() || "\u{202e}\u{200b}\u{e0041}".contains(*c)))
    };
    let mut description = describing(
        json!({"type": "object", "properties": {wild: {"type": wild}, "b": {"$ref": format!("#/{wild}")}}}),
    );
    description["paths"]["/orders"]["get"]["tags"] = json!([wild]);
    description["paths"][format!("/x/{{{wild}")] = json!({"get": {"responses": {}}});
    let run = Run::new(&[("shop.json", &description.to_string())]);
    let outcome = run.job("shop.json");
    let text = outcome.text(false);
    assert!(text.contains("\\u{1b}"), "{text}");
    assert_eq!(acts(&text), None, "{text}");
    for json in [outcome.report().to_json(), outcome.report().findings_json()] {
        assert_eq!(acts(&json), None, "{json}");
        let value: Value = serde_json::from_str(&json).expect("JSON");
        assert!(
            value.to_string().contains('\u{202e}'),
            "programs read what the source says"
        );
    }
    // The explanations of `why`, and its errors, quote names and values too.
    let body = json!({"kind": wild, wild: {"inner": 1, "other": wild}}).to_string();
    let collection = json!({
        "info": {"name": wild, "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [{"name": wild, "request": {"method": "GET", "url": format!("https://example.com/users/{wild}")}, "response": [
            {"name": wild, "code": 200, "body": body, "header": [{"key": "Content-Type", "value": "application/json"}]},
        ]}],
    });
    let run = Run::new(&[("shop.json", &collection.to_string())]);
    let given = Given {
        sources: vec![run.path("shop.json")],
        name: Some("shop".to_owned()),
        ..Given::default()
    };
    let mut explained = 0;
    for address in [
        "User",
        "Users",
        "User.kind",
        "Nothing\u{1b}[2J",
        &format!("GET /users/{wild} response.200"),
    ] {
        let answer = job::explain(&given, address);
        let text = answer.text.clone().unwrap_or_default() + &answer.errors(false);
        assert_eq!(acts(&text), None, "{address:?}: {text:?}");
        explained += usize::from(answer.text.is_some());
    }
    assert!(explained > 0, "nothing was explained");
}

#[test]
fn the_generator_refuses_what_can_panic() {
    let manifest = fs::read_to_string(root().join("generator/Cargo.toml")).expect("a manifest");
    let manifest: toml_edit::DocumentMut = manifest.parse().expect("TOML");
    let clippy = &manifest["lints"]["clippy"];
    for lint in [
        "unwrap_used",
        "expect_used",
        "panic",
        "indexing_slicing",
        "todo",
        "unimplemented",
    ] {
        assert_eq!(clippy[lint].as_str(), Some("deny"), "{lint}");
    }
    assert_eq!(
        manifest["lints"]["rust"]["unsafe_code"].as_str(),
        Some("forbid")
    );
}
