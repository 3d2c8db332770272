//! JSON that is read, JSON that is refused with a place, and what another reader makes of it.

use super::*;
use proptest::prelude::*;

fn read(text: &str, dialect: Dialect) -> Result<Tree, Vec<Diagnostic>> {
    parse(FileId(0), &Arc::from(text), dialect)
}

fn messages(text: &str) -> Vec<(u32, String)> {
    let faults = read(text, Dialect::Strict).expect_err(text);
    faults
        .into_iter()
        .map(|d| (d.origin.expect("a place").span.start, d.message))
        .collect()
}

#[test]
fn keeps_spelling_order_and_places() {
    let tree = read(
        r#" {"b": 1.10, "a": [18446744073709551616, "x\u00e9\ud83d\ude00\n", null, true]} "#,
        Dialect::Strict,
    )
    .expect("JSON");
    let root = tree.root();
    assert_eq!(
        root.entries().map(|(key, _)| key.text).collect::<Vec<_>>(),
        ["b", "a"]
    );
    assert_eq!(root.get("b").and_then(Node::scalar), Some("1.10"));
    let items: Vec<_> = root.get("a").expect("a").items().collect();
    assert_eq!(items[0].as_number(), Some("18446744073709551616"));
    assert_eq!(items[1].as_str(), Some("xé😀\n"));
    assert_eq!(items[1].pointer().as_str(), "/a/1");
    assert_eq!(
        (items[3].as_bool(), items[3].span()),
        (Some(true), Span { start: 72, end: 76 })
    );
    assert_eq!(tree.innermost(72).pointer().as_str(), "/a/3");
    assert_eq!(tree.innermost(3).pointer().as_str(), "/b");
}

#[test]
fn faults_have_places() {
    let cases = [
        ("", 0, "the text ends inside the document"),
        ("{\"a\" 1}", 5, "expected `:` behind the name"),
        ("[1,]", 3, "expected a value"),
        ("[1}", 2, "expected `,` or `]`"),
        ("{\"a\":1]", 6, "expected `,` or `}`"),
        ("{,}", 1, "expected a name in double quotes or `}`"),
        ("01", 0, "not a JSON number"),
        ("[1.]", 1, "a JSON number needs digits behind the point"),
        ("\"a", 0, "the string has no closing quote"),
        ("\"\\x\"", 2, "not an escape sequence of JSON"),
        (
            "\"\n\"",
            1,
            "a control character in a string must be escaped",
        ),
        ("1 2", 2, "there is more text behind the document"),
        ("nulls", 0, "expected a value"),
        ("// c\n1", 0, "expected a value"),
    ];
    for (text, at, message) in cases {
        assert_eq!(messages(text), [(at, message.to_owned())], "{text:?}");
    }
}

#[test]
fn the_place_of_a_fault_is_a_whole_character() {
    for text in [
        "[[\u{524}",
        "{\u{524}",
        "1 \u{1f600}",
        "[\"\\\u{524}\"]",
        "",
    ] {
        for fault in read(text, Dialect::Strict).expect_err("a fault") {
            let place = fault.origin.expect("a place").span;
            let shown = text.get(place.start as usize..place.end as usize);
            assert!(
                shown.is_some_and(|shown| shown.chars().count() <= 1),
                "{text:?}"
            );
        }
    }
}

#[test]
fn names_that_stand_twice_are_refused_with_both_places() {
    let faults =
        read(r#"{"a":1,"b":{"c":1,"c":2},"a":2}"#, Dialect::Strict).expect_err("duplicates");
    let places: Vec<_> = faults
        .iter()
        .map(|d| {
            (
                d.origin.expect("place").span.start,
                d.related[0].0.span.start,
            )
        })
        .collect();
    assert_eq!(places, [(18, 12), (25, 1)]);
    let lenient = read(r#"{"a":1,"a":2}"#, Dialect::Lenient).expect("lenient");
    assert_eq!(lenient.root().to_json(), serde_json::json!({"a": 2}));
}

#[test]
fn lenient_reads_what_people_paste() {
    let text = "{ // note\n \"a\": [1, 2,], /* b */ \"c\": \"tab\there\", }";
    let tree = read(text, Dialect::Lenient).expect("lenient");
    assert_eq!(
        tree.root().to_json(),
        serde_json::json!({"a": [1, 2], "c": "tab\there"})
    );
    assert!(read(text, Dialect::Strict).is_err());
}

#[test]
fn depth_is_limited_without_recursion() {
    let deep = "[".repeat(1_000_000);
    assert!(messages(&deep)[0].1.contains("deeper than 200"));
    let allowed = format!("{}{}", "[".repeat(limit::DEPTH), "]".repeat(limit::DEPTH));
    assert!(read(&allowed, Dialect::Strict).is_ok());
}

#[test]
fn a_prefix_ends_where_the_document_does() {
    let text: Arc<str> = "Marker\n {\"a\": \"}\"} tail".into();
    let prefix = parse_prefix(FileId(0), &text, 6, Dialect::Strict).expect("prefix");
    assert_eq!(
        (prefix.end, prefix.tree.root().to_json()),
        (18, serde_json::json!({"a": "}"}))
    );
}

use crate::tree::Node;

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_filter_map("finite", |f| serde_json::Number::from_f64(f)
            .map(Into::into)),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Into::into),
            prop::collection::btree_map(any::<String>(), inner, 0..8)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn reads_what_serde_json_writes(value in json()) {
        for text in [value.to_string(), format!("{value:#}")] {
            prop_assert_eq!(read(&text, Dialect::Strict).expect("JSON").root().to_json(), value.clone());
        }
    }

    #[test]
    fn never_panics_and_agrees_with_serde_json(text in r#"[\[\]{}:,"\\0-9eE.+tfn a/*\n\-u]{0,40}"#) {
        let ours = read(&text, Dialect::Strict);
        let _ = read(&text, Dialect::Lenient);
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        // serde_json refuses what a float cannot hold and lone surrogates, and takes names that stand twice.
        if let Ok(theirs) = theirs {
            match ours {
                Ok(tree) => prop_assert_eq!(tree.root().to_json(), theirs),
                Err(faults) => prop_assert!(faults.iter().all(|d| d.code == Code::JSON_DUPLICATE_KEY)),
            }
        }
    }
}
