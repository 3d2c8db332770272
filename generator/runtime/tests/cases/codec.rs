//! Objects through their tables: reading, writing, what is kept, what is noted.

use super::support::{read, round_trip};
use crate::runtime::decode::{from_envelope, from_json, from_slice};
use crate::runtime::encode::to_value;
use crate::runtime::model::{Node, Slot, Spellings};
use crate::runtime::{Field, IssueKind};
use crate::types::*;
use serde_json::{Value, json};

fn base() -> Value {
    json!({"id": "c", "metadata": {}, "amount": 1, "required_null": null})
}

fn with(name: &str, value: Value) -> Value {
    let mut card = base();
    card[name] = value;
    card
}

fn same(value: Value) -> Card {
    round_trip(value)
}

#[test]
fn what_is_described_round_trips() {
    same(base());
    same(with(
        "id",
        json!("q\" b\\ n\n r\r t\t \u{1}\u{1f}\u{7f} é \u{2028} 😀"),
    ));
    same(json!({
        "id": "c", "role": "agent", "last4": null, "metadata": {"a": "b"},
        "checks": {"id": "d", "metadata": {}, "amount": -5, "required_null": "x"},
        "amount": 9007199254740993i64, "rate": 0.5, "tags": ["a", null],
        "raw": {"x": [1, {}]}, "required_null": null,
    }));
    assert_eq!(same(with("last4", Value::Null)).last4, Field::Null);
    assert_eq!(same(with("last4", json!("1"))).last4, Field::from("1"));
    assert_eq!(same(base()).last4, Field::Absent);
    let group: Group = round_trip(json!({"type": "x"}));
    assert_eq!(group.r#type.as_deref(), Some("x"));
}

#[test]
fn unknown_members_are_kept() {
    let mut card = same(with("future", json!([1, null])));
    assert_eq!(card.extra.get("future"), Some(&json!([1, null])));
    assert_eq!(card.extra.len(), 1);
    assert_eq!(
        card.extra.iter().next(),
        Some(("future", &json!([1, null])))
    );
    assert_eq!(card.extra.remove("future"), Some(json!([1, null])));
    assert!(card.extra.is_empty());
    card.extra.insert("past", 7);
    assert_eq!(to_value(card.node())["past"], json!(7));
}

#[test]
fn a_value_of_the_wrong_kind_is_kept() {
    let mut card = same(with("amount", json!("12")));
    assert_eq!(card.amount, 0);
    assert_eq!(card.extra.get("amount"), Some(&json!("12")));
    // What the user sets wins over what could not be read.
    card.amount = 7;
    assert_eq!(to_value(card.node())["amount"], json!(7));

    same(with("id", Value::Null));
    same(with("metadata", json!({"a": "b", "c": 1})));
    same(with("tags", json!(["a", 1, null])));
    same(with("checks", json!([1])));
    same(with("rate", json!("fast")));
    same(with("role", json!({"x": 1})));
    same(with("role", json!(["agent"])));
    same(with("last4", json!(true)));
}

#[test]
fn issues_have_paths() {
    let text = json!([{
        "id": "c", "metadata": {"k": {}}, "amount": 1, "required_null": null,
        "owner": {"id": 3, "object": "account", "owners": []},
    }]);
    let mut cards: Vec<Card> = Vec::new();
    let issues = from_slice(text.to_string().as_bytes(), cards.slot(), false).unwrap();
    assert_eq!(
        format!("{issues:?}"),
        "[[0].metadata.k: wrong kind of value, [0].metadata: wrong kind of value, \
         [0].owner.id: wrong kind of value]"
    );
    let first = issues.first().unwrap();
    assert_eq!(first.kind(), IssueKind::WrongKind);
    assert_eq!(first.path(), "[0].metadata.k");
}

#[test]
fn at_most_64_issues_are_noted() {
    let text = json!(vec!["x"; 1000]).to_string();
    let mut numbers: Vec<i64> = Vec::new();
    let error = from_slice(text.as_bytes(), numbers.slot(), false).unwrap_err();
    assert_eq!(error.to_string(), "unexpected array at the top");
    let text = json!({"users": vec![json!({"id": "x"}); 1000]}).to_string();
    let mut users = UsersResponse::default();
    let issues = from_slice(text.as_bytes(), users.slot(), false).unwrap();
    assert_eq!((issues.len(), users.users.len()), (64, 1000));
}

#[test]
fn a_missing_member_is_not_invented() {
    let card: Card = round_trip(json!({"id": "a"}));
    assert_eq!(
        card.extra.missing(),
        ["metadata", "amount", "required_null"]
    );
    let mut card = card;
    card.amount = 1;
    assert_eq!(to_value(card.node()), json!({"id": "a", "amount": 1}));
    // One that is made here writes all that is required.
    let fresh = to_value(Card::default().node());
    let written = json!({"id": "", "metadata": {}, "amount": 0, "required_null": null});
    assert_eq!(fresh, written);
}

#[test]
fn strict_decoding_tells_all_differences() {
    let text = br#"{"id":"a","amount":"x","what":1,"required_null":null,"checks":{}}"#;
    let error = from_slice(text, Card::default().slot(), true).unwrap_err();
    assert_eq!(
        error.to_string(),
        "not as described; amount: wrong kind of value; what: unknown member; checks.id: missing; \
         checks.metadata: missing; checks.amount: missing; checks.required_null: missing; \
         metadata: missing"
    );
    assert_eq!(error.issues().len(), 7);
    from_slice(base().to_string().as_bytes(), Card::default().slot(), true).unwrap();
}

#[test]
fn errors_have_paths() {
    let text =
        br#"[{"id":"a"},{"checks":{"owner":{"object":"account","owners":["x",{"id":tru}]}}}]"#;
    let error = from_json::<Vec<Card>>(text).unwrap_err().to_string();
    assert!(error.starts_with("[1].checks.owner.owners[1]"), "{error}");
    let error = from_json::<Card>(b"[]").unwrap_err().to_string();
    assert_eq!(error, "unexpected array at the top");
    let error = serde_json::from_str::<Card>(r#"{"metadata":{"a":x}}"#);
    let error = error.unwrap_err().to_string();
    assert!(error.starts_with("metadata.a: expected value"), "{error}");
    let error = from_json::<Card>(br#"{"beyond":{"a":x}}"#).unwrap_err();
    assert!(error.to_string().starts_with("beyond: "), "{error}");
    assert!(from_json::<Card>(b"{} {}").is_err());
    assert!(from_json::<Card>(b"").is_err());
}

#[test]
fn an_envelope_is_looked_through() {
    let mut group = Group::default();
    let issues = from_envelope(
        br#"{"meta": {"a": 1}, "group": {"type": 1}}"#,
        "group",
        group.slot(),
        false,
        Spellings::NONE,
    );
    assert_eq!(
        format!("{:?}", issues.unwrap()),
        "[group.type: wrong kind of value]"
    );
    let text = |text: &[u8], strict| {
        let mut group = Group::default();
        let result = from_envelope(text, "group", group.slot(), strict, Spellings::NONE);
        result.map(|_| ()).unwrap_err().to_string()
    };
    assert_eq!(text(b"{}", false), "the response has no member `group`");
    assert_eq!(text(b"[]", false), "unexpected array at the top");
    assert_eq!(text(br#"{"group": 1}"#, false), "group: unexpected number");
    assert_eq!(
        text(br#"{"group": {}, "meta": 1}"#, true),
        "not as described; meta: unknown member"
    );
    let error = text(br#"{"group": {"type": x}}"#, false);
    assert!(error.starts_with("group.type: expected value"), "{error}");
}

#[test]
fn of_repeated_members_the_last_one_counts() {
    let text = br#"{"tags":["a"],"tags":["b"],"metadata":{"a":"1"},"metadata":{"b":"2"},"id":"x","id":"y"}"#;
    let card: Card = from_json(text).unwrap();
    assert_eq!(card.tags, Some(vec![Some("b".to_owned())]));
    assert_eq!(card.metadata.keys().collect::<Vec<_>>(), ["b"]);
    assert_eq!(card.id, "y");
    let card: Card = from_json(br#"{"amount":"x","amount":2}"#).unwrap();
    assert_eq!((card.amount, card.extra.is_empty()), (2, true));
}

#[test]
fn numbers_are_read_if_nothing_is_lost() {
    assert_eq!(read::<Card>(&with("amount", json!(12.0))).amount, 12);
    assert_eq!(read::<Card>(&with("rate", json!(3))).rate, Some(3.0));
    same(with("amount", json!(u64::MAX)));
    same(with("amount", json!(1.5)));
    same(with("raw", serde_json::from_str("1e30").unwrap()));
    assert_eq!(from_json::<u64>(b"18446744073709551615").unwrap(), u64::MAX);
    assert_eq!(from_json::<u64>(b"7.0").unwrap(), 7);
    assert!(from_json::<u64>(b"-1").is_err());
    assert!(from_json::<u64>(b"-1.0").is_err());
    assert!(from_json::<i64>(b"1e300").is_err());
}

#[test]
fn debug_and_equality_go_through_the_table() {
    let card = same(with("owner", json!("cus")));
    assert_eq!(
        format!("{card:?}"),
        r#"Card { id: "c", metadata: {}, owner: "cus", amount: 1 }"#
    );
    assert_eq!(card, card.clone());
    assert_ne!(card, same(base()));
    let other = same(with("x", json!(1)));
    assert_ne!(other, same(with("x", json!(2))));
    assert!(format!("{other:?}").contains(r#"extra: {"x": Number(1)}"#));
}

#[test]
fn nesting_is_limited() {
    let text = format!(
        "{}1{}",
        r#"{"id":"a","checks":"#.repeat(5000),
        "}".repeat(5000)
    );
    assert!(from_json::<Card>(text.as_bytes()).is_err());
    assert!(from_json::<Value>("[".repeat(100_000).as_bytes()).is_err());
}

#[test]
fn other_formats_work() {
    let card = same(json!({
        "id": "c", "role": "agent", "last4": null, "metadata": {"a": "b"}, "amount": 5, "rate": 0.5,
        "tags": ["a", null], "owner": {"id": "x", "object": "customer", "created": 1},
        "required_null": null, "new": {"a": 1},
    }));
    let yaml = serde_yaml::to_string(&card).unwrap();
    assert_eq!(serde_yaml::from_str::<Card>(&yaml).unwrap(), card, "{yaml}");
}

#[test]
fn mutated_documents_do_not_panic() {
    let text = json!([{
        "id": "c", "role": "agent", "last4": null, "metadata": {"a": "b"}, "amount": 5.0,
        "owner": [{"id": "x", "object": "customer", "created": 1}, "y"], "tags": ["a", null],
        "checks": {"id": "d", "owner": {"object": "account", "owners": [{}]}}, "raw": {"x": [1]},
    }]);
    let text = text.to_string().into_bytes();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize % limit
    };
    let pieces: [&[u8]; 8] = [
        b"null",
        b"\"",
        b"{",
        b"]",
        b",",
        b"1e9",
        b"\"object\":",
        b"true",
    ];
    let mut read = 0;
    for _ in 0..20_000 {
        let mut text = text.clone();
        for _ in 0..=next(3) {
            let (from, length) = (next(text.len()), next(6));
            let to = (from + length).min(text.len());
            text.splice(from..to, pieces[next(pieces.len())].iter().copied());
        }
        if let Ok(cards) = from_json::<Vec<Card>>(&text) {
            read += 1;
            let again: Vec<Card> =
                from_json(&crate::runtime::encode::to_json(cards.node())).unwrap();
            assert_eq!(again, cards);
        }
    }
    assert!(read > 100, "only {read} of the documents could be read");
}

#[test]
fn every_byte_is_escaped_at_every_place() {
    for length in 0..20 {
        for at in 0..length {
            for byte in 0..128u8 {
                let mut text = vec![b'x'; length];
                text[at] = byte;
                let text = String::from_utf8(text).unwrap();
                let written = crate::runtime::encode::to_json(Node::Str(&text));
                assert_eq!(String::from_utf8(written).unwrap(), json!(text).to_string());
                let key = std::collections::BTreeMap::from([(text.clone(), String::new())]);
                let written = crate::runtime::encode::to_json(key.node());
                assert_eq!(
                    String::from_utf8(written).unwrap(),
                    json!({text: ""}).to_string()
                );
            }
        }
    }
}
