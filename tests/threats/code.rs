//! Texts, names and numbers of a description that would be code, or that no code can hold.

use super::{Run, describing, generated, literals, of_text};
use letterpress::diagnostic::Severity;
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Value, json};

/// Texts that would end a literal, a comment or a line somewhere.
const WILD: [&str; 8] = [
    "\"; evil!(); \"",
    "*/ fn evil() {} /*",
    "\nfn evil() {}\n",
    "\rfn evil() {}",
    "\\",
    "\"#; evil!()",
    "{}${evil}",
    "]] \u{202e}evil\0",
];

#[test]
fn values_of_an_enumeration_reach_the_wire_byte_by_byte() {
    let kinds: Vec<String> = WILD.iter().map(|text| format!("kind {text}")).collect();
    let named: Vec<String> = (0..WILD.len())
        .map(|at| format!("T>}}; evil{at}()"))
        .collect();
    let description = describing(json!({
        "type": "object",
        "properties": {"kind": {"type": "string", "enum": kinds, "x-enum-varnames": named, "x-ms-enum": {"name": "a::b; evil!()"}}},
    }));
    let found = literals(&generated(&description).expect("a crate"));
    for kind in &kinds {
        assert!(found.contains(kind), "{kind:?} is lost");
    }
}

#[test]
fn names_of_members_parameters_and_paths_reach_the_wire_byte_by_byte() {
    let mut description = describing(json!({}));
    let members = WILD
        .iter()
        .map(|text| ((*text).to_owned(), json!({"type": "string"})));
    let members: serde_json::Map<_, _> = members.collect();
    description["paths"]["/orders"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] =
        json!({"type": "object", "properties": members});
    let parameters = WILD
        .iter()
        .map(|text| json!({"name": text, "in": "query", "schema": {"type": "string"}}));
    description["paths"]["/orders"]["get"]["parameters"] = parameters.collect();
    let found = literals(&generated(&description).expect("a crate"));
    for name in WILD {
        assert!(found.contains(name), "the member {name:?} is lost");
        // A name in a URL is written as URLs write it.
        let encoded = |name: &str| -> String {
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
            let byte = |b: u8| match plain(b) {
                true => char::from(b).to_string(),
                false => format!("%{b:02X}"),
            };
            name.bytes().map(byte).collect()
        };
        assert!(
            found.contains(name) || found.contains(&encoded(name)),
            "the parameter {name:?} is lost"
        );
    }
}

#[test]
fn a_name_that_no_header_may_have_is_a_finding_with_its_place() {
    for name in ["a b", "a\r\nX-Injected: 1", "a:", "é", "\"", "a\0"] {
        let mut description = describing(json!({"type": "string"}));
        description["paths"]["/orders"]["get"]["parameters"] =
            json!([{"name": name, "in": "header", "required": true, "schema": {"type": "string"}}]);
        let run = Run::new(&[("shop.json", &description.to_string())]);
        let outcome = run.job("shop.json");
        let about = outcome
            .output
            .diagnostics
            .iter()
            .find(|found| found.message.contains("header"));
        assert!(
            about.is_some_and(|found| found.origin.is_some()),
            "{name:?}: {}",
            outcome.text(false)
        );
        let sent = literals(&run.written());
        assert!(!sent.contains(name), "{name:?} would be sent");
    }
}

#[test]
fn numbers_that_no_type_holds_are_no_code_and_no_panic() {
    let wild = [
        "1e999",
        "-1e999",
        "170141183460469231731687303715884105728",
        "-0",
        "1e-999",
        "0.1e1",
        "1E400",
    ];
    for number in wild {
        for (keyword, kind) in [
            ("default", "number"),
            ("default", "integer"),
            ("const", "number"),
            ("minimum", "integer"),
            ("example", "number"),
        ] {
            let text = describing(
                json!({"type": "object", "properties": {"n": {"type": kind, (keyword): "HERE"}}}),
            )
            .to_string()
            .replace("\"HERE\"", number);
            let run = Run::new(&[("shop.json", &text)]);
            let outcome = run.job("shop.json");
            for error in outcome
                .output
                .diagnostics
                .iter()
                .filter(|found| found.severity == Severity::Error)
            {
                assert!(
                    error.origin.is_some(),
                    "{number} as {keyword}: {}",
                    error.message
                );
            }
            // What is written can be read as Rust, whatever the number.
            literals(&run.written());
        }
    }
}

#[test]
fn names_become_short_ascii_words_whatever_they_are() {
    let long = "Long".repeat(2_500);
    let wild = [
        "fn",
        "Self",
        "super",
        "crate",
        "r#x",
        "_",
        "",
        "1",
        "+1",
        "-1",
        "\u{e9}",
        "\u{441}",
        "c",
        "\u{212a}",
        "\u{130}",
        "a_1",
        "\u{1f600}",
        &long,
    ];
    let files = named(&wild, false).expect("a crate");
    for (path, text) in files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs") && !path.contains("/runtime"))
    {
        assert_words(text.parse().expect("Rust"), path);
    }
    assert_eq!(
        files,
        named(&wild, true).expect("a crate"),
        "the order of schemas shows"
    );
    // What no rule can tell apart is said, with both places; nothing takes the place of something else.
    for pair in [
        ["a1", "a_1"],
        ["self", "Self"],
        ["e\u{301}", "\u{e9}"],
        ["K", "\u{212a}"],
        ["c", "C"],
    ] {
        for reverse in [false, true] {
            match named(&pair, reverse) {
                Ok(files) => {
                    let found = literals(&files);
                    let written = |name: &str| files.iter().any(|(_, text)| text.contains(name));
                    assert!(
                        pair.iter()
                            .all(|name| found.contains(*name) || written(name)),
                        "{pair:?}"
                    );
                }
                Err(text) => assert!(text.contains("plan/name-collision"), "{pair:?}: {text}"),
            }
        }
    }
}

/// What a description with schemas and members of these names gives, its schemas in either order.
fn named(names: &[&str], reverse: bool) -> Result<Vec<(String, String)>, String> {
    let schema = |name: &&str| {
        (
            (*name).to_owned(),
            json!({"type": "object", "properties": {"x": {"type": "string"}}}),
        )
    };
    let member = |name: &&str| {
        (
            (*name).to_owned(),
            json!({"$ref": format!("#/components/schemas/{name}")}),
        )
    };
    let members: serde_json::Map<_, _> = names.iter().map(member).collect();
    let mut schemas: Vec<(String, Value)> = names.iter().map(schema).collect();
    if reverse {
        schemas.reverse();
    }
    // Values of this library are sorted, so the order is made by hand.
    let schemas: Vec<String> = schemas
        .iter()
        .map(|(name, schema)| format!("{}: {schema}", json!(name)))
        .collect();
    let mut description = describing(json!({"type": "object", "properties": members}));
    description["components"] = json!({"schemas": "HERE"});
    let text = description.to_string();
    let text = text.replace("\"HERE\"", &format!("{{{}}}", schemas.join(",")));
    of_text(&text)
}

/// That every word is one of ASCII, and at most 100 letters long.
fn assert_words(tokens: TokenStream, path: &str) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => assert_words(group.stream(), path),
            TokenTree::Ident(word) => {
                let word = word.to_string();
                assert!(word.is_ascii() && word.len() <= 100, "{path}: {word}");
            }
            _ => {}
        }
    }
}

#[test]
fn extensions_name_no_types() {
    let evil = "T>}; evil!()";
    let description = describing(json!({
        "type": "object", "x-rust-type": evil, "x-go-type": evil, "x-go-type-import": {"path": evil}, "x-ms-kiota-info": {"languagesInformation": {"Rust": {"clientNamespaceName": evil, "clientClassName": evil}}},
        "properties": {"a": {"type": "string", "x-rust-type": evil, "x-go-name": evil, "format": evil}},
    }));
    let plain = describing(
        json!({"type": "object", "properties": {"a": {"type": "string", "format": evil}}}),
    );
    let without_list = |files: Vec<(String, String)>| -> Vec<(String, String)> {
        files
            .into_iter()
            .filter(|(path, _)| !path.starts_with('.'))
            .collect()
    };
    assert_eq!(
        without_list(generated(&description).expect("a crate")),
        without_list(generated(&plain).expect("a crate"))
    );
}

#[test]
fn the_manifest_takes_nothing_from_a_description() {
    let mut description = describing(json!({"type": "string"}));
    let evil = "x\"\n[build-dependencies]\nevil = \"1\"\n[package]\nbuild = \"evil.rs";
    description["info"] = json!({"title": evil, "version": evil, "description": evil, "license": {"name": evil}, "contact": {"name": evil, "url": evil}});
    description["externalDocs"] = json!({"url": evil});
    let files = generated(&description).expect("a crate");
    let plain = generated(&describing(json!({"type": "string"}))).expect("a crate");
    let table = |files: &[(String, String)]| -> toml_edit::DocumentMut {
        let manifest = files.iter().find(|(path, _)| path == "Cargo.toml");
        manifest.expect("a manifest").1.parse().expect("TOML")
    };
    let (mut evil, mut plain) = (table(&files), table(&plain));
    let keys = |document: &toml_edit::DocumentMut| -> Vec<String> {
        document.iter().map(|(key, _)| key.to_owned()).collect()
    };
    assert_eq!(keys(&evil), keys(&plain));
    for key in [
        "dependencies",
        "dev-dependencies",
        "features",
        "target",
        "lib",
        "lints",
    ] {
        let text = |document: &mut toml_edit::DocumentMut| {
            document.remove(key).map(|item| item.to_string())
        };
        assert_eq!(text(&mut evil), text(&mut plain), "{key}");
    }
}
