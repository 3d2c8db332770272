//! Texts to trees and findings: spellings, places, repairs, hostile input, and what another reader says.

use super::*;
use crate::tree::Node;
use std::time::{Duration, Instant};

fn read(text: &str) -> Result<Document, Vec<Diagnostic>> {
    parse(FileId(0), &Arc::from(text))
}

fn tree(text: &str) -> Tree {
    read(text)
        .unwrap_or_else(|faults| panic!("{text:?}: {faults:?}"))
        .tree
}

fn json(text: &str) -> serde_json::Value {
    tree(text).root().to_json()
}

fn codes(text: &str) -> Vec<(&'static str, u32)> {
    let faults = read(text).expect_err(text);
    faults
        .iter()
        .map(|d| (d.code.as_str(), d.origin.expect("a place").span.start))
        .collect()
}

fn warnings(text: &str) -> Vec<(&'static str, u32)> {
    let document = read(text).expect(text);
    document
        .warnings
        .iter()
        .map(|d| (d.code.as_str(), d.origin.expect("a place").span.start))
        .collect()
}

#[test]
fn spellings_places_and_order_are_kept() {
    let text = "b: 1.10\na: [18446744073709551616, \"x\\u00e9\\ud83d\\ude00\", 0o17, 'it''s']\n200: é\nd: |\n  x\n  y\n";
    let tree = tree(text);
    let root = tree.root();
    assert_eq!(
        root.entries().map(|(key, _)| key.text).collect::<Vec<_>>(),
        ["b", "a", "200", "d"]
    );
    assert_eq!(root.get("b").and_then(Node::as_number), Some("1.10"));
    let items: Vec<_> = root.get("a").expect("a").items().collect();
    assert_eq!(items[0].as_number(), Some("18446744073709551616"));
    assert_eq!(items[1].as_str(), Some("xé😀"));
    assert_eq!(
        (items[2].scalar(), items[2].as_number()),
        (Some("0o17"), Some("15"))
    );
    assert_eq!(items[3].as_str(), Some("it's"));
    assert_eq!(root.get("d").and_then(Node::as_str), Some("x\ny\n"));
    let number = items[0].span();
    assert_eq!(&text[number.range()], "18446744073709551616");
    assert_eq!(tree.innermost(number.start).pointer().as_str(), "/a/0");
}

#[test]
fn empty_values_are_null() {
    assert_eq!(
        json("a:\nb: ~\nc: ''\n"),
        serde_json::json!({"a": null, "b": null, "c": ""})
    );
    assert_eq!(
        tree("a:\n").root().get("a").and_then(Node::scalar),
        Some("")
    );
}

#[test]
fn faults_have_places() {
    let cases: [(&str, &[(&str, u32)]); 9] = [
        ("a: b: c", &[("yaml/syntax", 4)]),
        ("a:\n\tb: c", &[("yaml/syntax", 4)]),
        ("a: 1\nb: 2\na: 3\n", &[("yaml/duplicate-key", 10)]),
        ("a: 1\n---\nb: 2\n", &[("yaml/several-documents", 5)]),
        ("? [a]\n: 1\n", &[("yaml/complex-key", 2)]),
        ("? {a: 1}\n: 1\n", &[("yaml/complex-key", 2)]),
        ("a: *x\n", &[("yaml/syntax", 3)]),
        ("a: &a [*a]\n", &[("yaml/alias", 7)]),
        ("# nothing\n", &[("yaml/syntax", 0)]),
    ];
    for (text, expected) in cases {
        assert_eq!(codes(text), expected, "{text:?}");
    }
    let twice = read("a: 1\na: 3\n").expect_err("duplicate");
    assert_eq!(twice[0].related[0].0.span.start, 0);
}

#[test]
fn aliases_are_copies() {
    let text = "a: &x {k: [1, b]}\nb: *x\nc: &n name\n*n : 1\n";
    assert_eq!(
        json(text),
        serde_json::json!({"a": {"k": [1, "b"]}, "b": {"k": [1, "b"]}, "c": "name", "name": 1})
    );
    let tree = tree(text);
    let copy = tree.root().get("b").and_then(|b| b.get("k")).expect("b.k");
    assert_eq!(copy.pointer().as_str(), "/b/k");
}

#[test]
fn merge_keys_add_what_is_missing() {
    let text = "x: &x {a: 1, b: 2}\ny: &y {c: 3, a: 9}\nz:\n  b: 0\n  <<: [*x, *y]\n'<<': kept\n";
    let expected = serde_json::json!({
        "x": {"a": 1, "b": 2}, "y": {"c": 3, "a": 9}, "z": {"b": 0, "a": 1, "c": 3}, "<<": "kept"
    });
    assert_eq!(json(text), expected);
    assert_eq!(warnings(text), [("yaml/merge-key", 50)]);
    assert_eq!(codes("a:\n  <<: 1\n"), [("yaml/alias", 5)]);
}

#[test]
fn tags_are_ignored_with_a_warning() {
    let text = "a: !!str 12\nb: !foo bar\nc: !!int 3\nd: !!python/object:os.system [x]\ne: ! 1\n";
    assert_eq!(
        json(text),
        serde_json::json!({"a": "12", "b": "bar", "c": 3, "d": ["x"], "e": "1"})
    );
    assert_eq!(warnings(text), [("yaml/tag", 20)]);
}

#[test]
fn unindented_continuation_lines_are_read() {
    let text = "a:\n  b: \"one\ntwo\n  three\n\nfour\"\n  c: 'x\ny: ''z'''\nd: 1\n";
    assert_eq!(
        json(text),
        serde_json::json!({"a": {"b": "one two three\nfour", "c": "x y: 'z'"}, "d": 1})
    );
    assert_eq!(warnings(text), [("yaml/unindented", 13)]);
    let tree = tree(text);
    let d = tree.root().get("d").expect("d").span();
    assert_eq!((&text[d.range()], d.start as usize), ("1", text.len() - 2));
    // Without a closing quote there is nothing to repair.
    assert_eq!(codes("a:\n  b: \"one\ntwo\nc: 1\n")[0].0, "yaml/syntax");
}

#[test]
fn hostile_documents_cost_little() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let alias = format!("*a{}", level - 1);
        laughs += &format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 9].join(", "));
    }
    let wide = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(100_000),
        "*a, ".repeat(50_000)
    );
    let cases = [
        (laughs, "yaml/alias-expansion"),
        (wide, "yaml/alias-expansion"),
        ("[".repeat(1_000_000), "tree/too-deep"),
        ("{a: ".repeat(100_000), "tree/too-deep"),
        ("? ".repeat(20_000), "yaml/complex-key"),
        (
            (0..5_000)
                .map(|n| format!("{}a:\n", " ".repeat(n)))
                .collect(),
            "tree/too-deep",
        ),
        (
            "a: \"\nb\"\n".to_owned() + &"c: \"\nd\"\n".repeat(2_000),
            "yaml/syntax",
        ),
    ];
    for (text, code) in cases {
        let begin = Instant::now();
        let found = codes(&text);
        assert_eq!(found[0].0, code, "{}", &text[..20]);
        let took = begin.elapsed();
        // A release build takes far below a second; this one is not optimized, and the machine may be busy.
        assert!(took < Duration::from_secs(30), "{code} took {took:?}");
    }
}

#[test]
fn large_documents_take_linear_time() {
    let anchors: String = (0..50_000).map(|n| format!("- &a{n} x\n")).collect();
    let keys: String = (0..50_000).map(|n| format!("k{n}: 1\n")).collect();
    let comments = "# c\n".repeat(200_000) + "a: 1\n";
    let scalar = format!("a: {}\n", "x".repeat(2_000_000));
    for text in [anchors, keys, comments, scalar] {
        assert!(read(&text).is_ok());
    }
}

#[test]
fn small_documents_are_read_as_by_serde_yaml() {
    let documents = [
        "a: 1\nb: [x, 'y', \"z\\n\"]\nc:\n  - d: 1.5\n    e: true\n  - ~\n",
        "a: >\n  folded\n  text\n\n  more\nb: |-\n  kept\n  lines\n",
        "no: yes\nyes: no\non: off\n",
        "date: 2024-01-02\ntime: 12:30:45\nnum: 1_000\nzero: 007\n",
        "a: {b: {c: [1, 2, {d: e}]}}\n",
        "empty: {}\nlist: []\nnothing:\n",
        "- a\n- - b\n  - c\n- d: e\n",
        "text: plain words # a comment\nurl: http://x/y#z\n",
        "a: 0x1f\nb: 0o17\nc: -12\nd: 1e3\n",
        "\"quoted key\": 'it''s'\n? explicit\n: value\n",
        "x: &x [1, 2]\ny: *x\n",
        "plain\n",
    ];
    for text in documents {
        let theirs: serde_json::Value = serde_yaml::from_str(text).expect(text);
        assert_eq!(json(text), theirs, "{text}");
    }
}

use proptest::prelude::*;

/// Names of members. The writer does not quote `<<`, which readers take for a merge key.
fn key() -> impl Strategy<Value = String> {
    "[ -~]{0,8}".prop_filter("a merge key", |key| key != "<<")
}

fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "[ -~]{0,12}".prop_map(Into::into),
        "[a-z0-9é:#\n '\"-]{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::btree_map(key(), inner, 0..6)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn reads_what_serde_yaml_writes(value in value()) {
        let text = serde_yaml::to_string(&value).expect("YAML");
        prop_assert_eq!(json(&text), value, "{}", text);
    }

    #[test]
    fn never_panics(text in r#"[\[\]{}:,"'a-c0-9&*!|>?<~ #\n\t-]{0,60}"#) {
        let _ = read(&text);
    }
}
