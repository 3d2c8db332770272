//! Other spellings of values: which are read, as what, and how they are written back.

use crate::runtime::decode::{from_envelope, from_slice, from_spelled};
use crate::runtime::encode::to_value;
use crate::runtime::model::{Slot, Spellings};
use crate::runtime::{Extra, Field, IssueKind, object};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Clone, Default)]
struct Order {
    paid: Option<bool>,
    shipped: bool,
    account: String,
    size: Option<i64>,
    total: Option<f64>,
    meta: BTreeMap<String, Value>,
    owner: Option<Owner>,
    lines: Option<Vec<Owner>>,
    tags: Vec<String>,
    flags: Option<Vec<Option<bool>>>,
    plain: Option<i64>,
    until: Field<i64>,
    extra: Extra,
}

#[derive(Clone, Default)]
struct Owner {
    id: Option<i64>,
    name: Option<String>,
    extra: Extra,
}

object! {
    Order {
        0 opt "paid" paid or NUMBER or TEXT,
        1 req "shipped" shipped or NUMBER,
        2 req "account" account or NUMBER,
        3 opt "size" size or TEXT,
        4 opt "total" total or TEXT,
        5 req "meta" meta or EMPTY_LIST,
        6 opt "owner" owner or FALSE or EMPTY_LIST,
        7 opt "lines" lines or ONE,
        8 req "tags" tags or ONE or NUMBER,
        9 opt "flags" flags or NUMBER,
        10 opt "plain" plain,
        11 opt "until" until or EMPTY,
    }
}

object! {
    Owner {
        0 opt "id" id or TEXT,
        1 opt "name" name,
    }
}

fn base() -> Value {
    json!({"shipped": true, "account": "a", "meta": {}, "tags": []})
}

fn with(name: &str, value: &Value) -> Value {
    let mut order = base();
    order[name] = value.clone();
    order
}

fn read(document: &Value) -> Order {
    let mut order = Order::default();
    let issues = from_slice(document.to_string().as_bytes(), order.slot(), true);
    assert_eq!(
        issues.map(|issues| issues.len()).ok(),
        Some(0),
        "{document}"
    );
    assert!(order.extra.is_empty(), "{document}");
    order
}

#[test]
fn another_spelling_is_read_as_what_is_described_and_written_so() {
    let cases = [
        ("paid", json!(1), json!(true)),
        ("paid", json!(0), json!(false)),
        ("paid", json!("true"), json!(true)),
        ("paid", json!("0"), json!(false)),
        ("shipped", json!(0), json!(false)),
        ("account", json!(12), json!("12")),
        ("account", json!(u64::MAX), json!(u64::MAX.to_string())),
        ("account", json!(1.5), json!("1.5")),
        ("size", json!("12"), json!(12)),
        ("size", json!(" -3 "), json!(-3)),
        ("size", json!("12.0"), json!(12)),
        ("total", json!("1.25"), json!(1.25)),
        ("total", json!("3"), json!(3.0)),
        ("meta", json!([]), json!({})),
        ("owner", json!([]), json!({})),
        ("owner", json!({"id": "7"}), json!({"id": 7})),
        ("lines", json!({"id": 1}), json!([{"id": 1}])),
        ("lines", json!([{"id": "1"}]), json!([{"id": 1}])),
        ("tags", json!("a"), json!(["a"])),
        ("tags", json!(5), json!(["5"])),
        ("tags", json!(["a", 5]), json!(["a", "5"])),
        ("flags", json!([1, null, false]), json!([true, null, false])),
    ];
    for (name, spelling, described) in cases {
        let order = read(&with(name, &spelling));
        assert_eq!(
            to_value(order.node()),
            with(name, &described),
            "{name}: {spelling}"
        );
        // What is described is read as ever.
        let order = read(&with(name, &described));
        assert_eq!(
            to_value(order.node()),
            with(name, &described),
            "{name}: {described}"
        );
    }
    let order = read(&with("owner", &json!(false)));
    assert_eq!(to_value(order.node()), base());
}

#[test]
fn what_would_lose_something_is_kept_as_it_came() {
    let cases = [
        ("paid", json!(2)),
        ("paid", json!("yes")),
        ("shipped", json!("true")),
        ("account", serde_json::from_str("1e30").unwrap()),
        ("account", json!(true)),
        ("size", json!("012")),
        ("size", json!("1.5")),
        ("size", json!("")),
        ("total", json!("1,5")),
        ("meta", json!([1])),
        ("owner", json!(true)),
        ("tags", json!({"a": 1})),
        ("plain", json!("1")),
    ];
    for (name, value) in cases {
        let document = with(name, &value);
        let mut order = Order::default();
        let issues = from_slice(document.to_string().as_bytes(), order.slot(), false).unwrap();
        assert!(
            issues
                .iter()
                .all(|issue| issue.kind() == IssueKind::WrongKind)
        );
        assert!(
            issues.iter().any(|issue| issue.path() == name),
            "{name}: {issues:?}"
        );
        assert_eq!(order.extra.get(name), Some(&value), "{name}");
        assert_eq!(to_value(order.node()), document, "{name}");
    }
}

#[test]
fn of_a_list_that_does_not_fit_the_elements_that_do_are_as_described() {
    let document = with("flags", &json!([1, 2]));
    let mut order = Order::default();
    from_slice(document.to_string().as_bytes(), order.slot(), false).unwrap();
    assert_eq!(order.flags, None);
    assert_eq!(order.extra.get("flags"), Some(&json!([true, 2])));
}

#[test]
fn spellings_end_at_their_member() {
    // Members of what `lines` holds are not read as lists of one, and `id` alone is read as text.
    let document = with("lines", &json!({"id": "1", "name": 7}));
    let mut order = Order::default();
    let issues = from_slice(document.to_string().as_bytes(), order.slot(), false).unwrap();
    assert_eq!(
        format!("{issues:?}"),
        "[lines[0].name: wrong kind of value]"
    );
    let lines = order.lines.as_deref().unwrap();
    assert_eq!(
        (lines[0].id, lines[0].extra.get("name")),
        (Some(1), Some(&json!(7)))
    );
}

#[test]
fn issues_are_noted_once() {
    let document = with("lines", &json!([{"id": "x"}, {"id": 1}]));
    let mut order = Order::default();
    let issues = from_slice(document.to_string().as_bytes(), order.slot(), false).unwrap();
    assert_eq!(format!("{issues:?}"), "[lines[0].id: wrong kind of value]");
    let document = with("tags", &json!(["a", 1, true]));
    let issues = from_slice(document.to_string().as_bytes(), order.slot(), false).unwrap();
    assert_eq!(
        format!("{issues:?}"),
        "[tags[2]: wrong kind of value, tags: wrong kind of value]"
    );
}

#[test]
fn a_whole_document_has_spellings_too() {
    let read = |text: &str, spellings: Spellings| {
        let mut owners: Vec<Owner> = Vec::new();
        from_spelled(text.as_bytes(), owners.slot(), true, spellings)
            .map(|_| to_value(owners.node()))
    };
    assert_eq!(
        read(r#"{"id": 1}"#, Spellings::ONE).unwrap(),
        json!([{"id": 1}])
    );
    let both = Spellings::ONE.and(Spellings::EMPTY_LIST);
    assert_eq!(
        read(r#"[{"id": "1"}, []]"#, both).unwrap(),
        json!([{"id": 1}, {}])
    );
    assert!(read(r#"{"id": 1}"#, Spellings::NONE).is_err());
    let mut owner: Option<Owner> = None;
    from_spelled(b"false", owner.slot(), true, Spellings::FALSE).unwrap();
    assert!(owner.is_none());
    let mut owner = Owner::default();
    let envelope = br#"{"owner": []}"#;
    from_envelope(envelope, "owner", owner.slot(), true, Spellings::EMPTY_LIST).unwrap();
    assert!(from_envelope(envelope, "owner", owner.slot(), true, Spellings::NONE).is_err());
}

#[test]
fn the_empty_string_clears_a_member_in_both_directions() {
    for text in ["", "null"] {
        let value = if text.is_empty() {
            json!("")
        } else {
            Value::Null
        };
        let order = read(&with("until", &value));
        assert_eq!(order.until, Field::Null);
        assert_eq!(to_value(order.node()), with("until", &json!("")));
    }
    assert_eq!(read(&with("until", &json!(3))).until, Field::Value(3));
    assert_eq!(to_value(read(&base()).node()), base());
}
