//! Objects of several kinds at one position, kinds that are spellings of one another, and members that are only null.

use super::support::*;
use crate::model::Shape;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The model of one operation's answers, then what was found about them.
fn shown(bodies: &[&str]) -> String {
    let received: Vec<(u16, &str)> = bodies.iter().map(|body| (200, *body)).collect();
    let (model, diagnostics) = resolved(&[call("GET /things/{id}", &[], &received)]);
    let mut text = print(&model);
    for (id, schema) in model.schemas.iter() {
        if let Shape::Union(union) = &schema.shape {
            let tag = union.discriminator.as_deref().unwrap_or("none");
            let names: Vec<_> = union
                .variants
                .iter()
                .filter_map(|v| v.name.clone())
                .collect();
            text += &format!("union {} by {tag}: {}\n", id.0, names.join(", "));
        }
    }
    for finding in diagnostics.iter() {
        let places = finding.origin.iter().count() + finding.related.len();
        text += &format!("{}: {} ({places} places)\n", finding.code, finding.message);
    }
    text
}

const CARDS: &str = r#"{"methods": [
    {"type": "card", "id": "a", "number": "1", "expiry": "x", "brand": "v"},
    {"type": "card", "id": "b", "number": "2", "expiry": "y"},
    {"type": "bank_account", "id": "c", "iban": "D", "bic": "E", "holder": "F"},
    {"type": "bank_account", "id": "d", "iban": "D", "bic": "E"}]}"#;

#[test]
fn a_member_tells_kinds_of_objects_apart() {
    insta::assert_snapshot!(shown(&[CARDS]));
}

#[test]
fn kinds_with_one_structure_are_one_variant() {
    let third = r#"{"methods": [
        {"type": "debit", "id": "a", "number": "1", "expiry": "x"},
        {"type": "debit", "id": "a", "number": "1", "expiry": "x"}]}"#;
    let text = shown(&[CARDS, third]);
    assert!(
        text.contains("type:card:debit") || text.contains("card:debit:#"),
        "{text}"
    );
}

#[test]
fn no_union_is_made_of() {
    let cases = [
        // Too few of one kind.
        r#"[{"type":"a","x":1,"y":1},{"type":"a","x":1},{"type":"b","z":1,"w":1}]"#,
        // One structure.
        r#"[{"type":"a","x":1,"y":1},{"type":"a","x":1},{"type":"b","x":1},{"type":"b","x":1,"y":2}]"#,
        // One is a part of the other.
        r#"[{"type":"a","x":1,"y":1,"z":1},{"type":"a","x":1,"y":1,"z":1},{"type":"b","x":1},{"type":"b","x":1}]"#,
        // The member is not in all of them.
        r#"[{"type":"a","x":1},{"type":"a","x":1},{"type":"b","z":1},{"type":"b","z":1},{"z":1}]"#,
        // Sentences name no kinds.
        r#"[{"type":"an a","x":1},{"type":"an a","x":1},{"type":"a b","z":1},{"type":"a b","z":1}]"#,
        // Null names none either.
        r#"[{"type":"a","x":1},{"type":"a","x":1},{"type":null,"z":1},{"type":null,"z":1}]"#,
        // Placeholders stand for any text.
        r#"[{"type":"<string>","x":"<string>"},{"type":"<string>","z":"<string>"}]"#,
    ];
    for body in cases {
        let text = shown(&[&format!(r#"{{"list": {body}}}"#)]);
        assert!(!text.contains(" by type"), "{body}\n{text}");
    }
}

#[test]
fn spellings_of_one_kind_are_one_kind_and_reported_with_both_places() {
    let text = shown(&[
        r#"{"flag": true, "flag2": false, "account_id": "12", "size": "12", "meta": {"a": 1}, "owner": {"id": 1}, "note": "n", "elided": "..."}"#,
        r#"{"flag": 1, "flag2": 2, "account_id": 12, "size": 12, "meta": [], "owner": false, "note": false, "elided": 1}"#,
    ]);
    insta::assert_snapshot!(text);
}

#[test]
fn one_may_stand_for_a_list_of_one() {
    let text = shown(&[
        r#"{"item": [{"sku": "a", "count": 1}, {"sku": "b"}], "tag": ["a", "b"]}"#,
        r#"{"item": {"sku": "c", "price": 2}, "tag": "a"}"#,
    ]);
    insta::assert_snapshot!(text);
}

#[test]
fn what_is_only_null_is_assumed_to_be_what_it_is_in_similar_records() {
    let (model, _) = resolved(&[
        call(
            "GET /users",
            &[],
            &[(
                200,
                r#"{"users":[{"id":1,"name":"a","email":"x","phone":"1","age":3,"tags":["a"],"active":true}]}"#,
            )],
        ),
        call(
            "GET /deleted",
            &[],
            &[(
                200,
                r#"{"deleted_users":[{"id":1,"name":"a","email":"x","active":false,"phone":null,"age":null,"tags":null,"other":null}]}"#,
            )],
        ),
    ]);
    insta::assert_snapshot!(print(&model));
}

/// A thousand kinds of objects, with a thousand others beside them: neither may take long.
#[test]
fn many_kinds_take_no_longer_than_their_number() {
    let object = |at: usize| {
        format!(
            r#"{{"type":"kind_{at}","own_{at}":1,"null_{at}":null,"a":1,"b":1,"c":1,"d":null}}"#
        )
    };
    let many = |count: usize| {
        let list: Vec<String> = (0..count).map(object).collect();
        let body = format!(r#"{{"list": [{}]}}"#, list.join(","));
        let begin = std::time::Instant::now();
        let text = shown(&[&body]);
        assert!(!text.contains(" by type"));
        begin.elapsed()
    };
    let small = many(500);
    let large = many(4000);
    // Eight times as many: allow for noise, but not for the square.
    assert!(
        large < small * 32 + std::time::Duration::from_millis(500),
        "{small:?} {large:?}"
    );
}

/// An object of one of three kinds, with some of its members.
fn tagged_object() -> impl Strategy<Value = Value> {
    (0..3_usize, prop::collection::vec(any::<bool>(), 4)).prop_map(|(kind, present)| {
        let (tag, own) = [
            ("card", ["number", "expiry", "brand", "id"]),
            ("bank", ["iban", "bic", "holder", "id"]),
            ("cash", ["drawer", "id", "till", "clerk"]),
        ][kind];
        let mut object = json!({"type": tag});
        for (name, present) in own.iter().zip(present) {
            if present {
                object[*name] = json!("x");
            }
        }
        object
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_order_shows_in_unions(
        (objects, shuffled, cut) in prop::collection::vec(tagged_object(), 4..14).prop_flat_map(|objects| {
            let length = objects.len();
            (Just(objects.clone()), Just(objects).prop_shuffle(), 0..length)
        })
    ) {
        let call = |lists: &[&[Value]]| {
            let bodies: Vec<(u16, String)> = lists
                .iter()
                .map(|list| (200, json!({"methods": list}).to_string()))
                .collect();
            let received: Vec<(u16, &str)> = bodies.iter().map(|(code, body)| (*code, body.as_str())).collect();
            print(&resolved(&[call("GET /methods", &[], &received)]).0)
        };
        // An empty list beside it shows nothing of the elements.
        let (first, second) = shuffled.split_at(cut);
        prop_assert_eq!(call(&[&objects, &[]]), call(&[first, second]));
    }
}

#[test]
fn the_strategy_makes_unions() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let lists = prop::collection::vec(tagged_object(), 10..14);
    let unions = (0..50)
        .filter(|_| {
            let list = lists.new_tree(&mut runner).expect("a list").current();
            let body = json!({"methods": list}).to_string();
            shown(&[&body]).contains(" by type")
        })
        .count();
    assert!(unions > 5, "{unions} of 50");
}
