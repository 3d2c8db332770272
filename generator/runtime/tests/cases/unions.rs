//! Unions: the choice of the variant, what fits none, and nesting.

use super::support::round_trip;
use crate::runtime::decode::{from_json, from_slice};
use crate::runtime::encode::to_value;
use crate::runtime::model::Slot;
use crate::runtime::{Extra, object, union};
use crate::types::*;
use serde_json::{Value, json};
use std::time::Instant;

fn owner(value: Value) -> Owner {
    // As a member too, as that is read in another way.
    let card = json!({"id": "c", "owner": value});
    let card: Card = round_trip(card);
    let owner: Owner = round_trip(value);
    assert_eq!(card.owner.as_ref(), Some(&owner));
    owner
}

#[test]
fn the_variant_is_chosen_by_kind_tag_and_members() {
    assert!(matches!(owner(json!("cus_1")), Owner::Id(_)));
    for customer in [
        json!({"id": "x", "object": "customer", "created": 1}),
        json!({"created": 1, "id": "x", "object": "customer"}),
        json!({"id": "x", "object": "customer", "created": 1, "beyond": {}}),
    ] {
        assert!(matches!(owner(customer), Owner::Customer(_)));
    }
    let deleted = json!({"id": "x", "object": "customer", "deleted": true});
    assert!(matches!(owner(deleted.clone()), Owner::Deleted(_)));
    let account = json!({"id": "x", "object": "account", "owners": ["a", deleted]});
    assert!(matches!(owner(account), Owner::Account(_)));
    let many = json!(["a", {"id": "x", "object": "customer", "created": 2}]);
    assert!(matches!(owner(many), Owner::Many(owners) if owners.len() == 2));
}

#[test]
fn what_fits_no_variant_is_kept() {
    for value in [
        json!({"object": "robot", "id": 1}),
        json!(12),
        json!(true),
        json!({}),
        json!(1.5),
    ] {
        assert!(matches!(owner(value), Owner::Other(_)));
    }
    for text in [r#"{"object":"robot"}"#, "12", "true", "1.5"] {
        let text = format!(r#"{{"id":"c","owner":{text}}}"#);
        let error = from_slice(text.as_bytes(), Card::default().slot(), true);
        let error = error.unwrap_err().to_string();
        assert!(error.contains("; owner: no variant fits; "), "{error}");
    }
}

#[test]
fn a_union_in_a_union_is_moved_once() {
    owner(json!({
        "id": "a", "zzz": 1,
        "parent": {
            "id": "b",
            "parent": {"deleted": true, "id": "c", "object": "customer"},
            "created": 1, "object": "customer",
        },
        "created": 3, "object": "customer",
    }));
}

#[test]
fn depth_costs_linear_time() {
    for tag_first in [true, false] {
        let mut text = r#""end""#.to_owned();
        for level in 0..100 {
            text = match tag_first {
                true => {
                    format!(r#"{{"id":"{level}","object":"customer","created":1,"parent":{text}}}"#)
                }
                false => {
                    format!(r#"{{"parent":{text},"id":"{level}","created":1,"object":"customer"}}"#)
                }
            };
        }
        // The machine may be busy: the best of some counts.
        let best = (0..10).map(|_| {
            let start = Instant::now();
            let owner: Owner = from_json(text.as_bytes()).unwrap();
            let took = start.elapsed();
            let expected: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(to_value(owner.node()), expected);
            took
        });
        let best = best.min().unwrap();
        assert!(best.as_millis() < 10, "tag first {tag_first}: {best:?}");
    }
}

#[test]
fn a_tagged_union_is_named_by_its_only_member() {
    let user: UpdateManyUsersBody = round_trip(json!({"user": {"name": "a"}}));
    assert!(matches!(user, UpdateManyUsersBody::User(user) if user.name == "a"));
    let users: UpdateManyUsersBody = round_trip(json!({"users": [{"name": "a"}, {"name": "b"}]}));
    assert!(matches!(users, UpdateManyUsersBody::Users(users) if users.len() == 2));
    for other in [
        json!({"user": {"name": "a"}, "users": []}),
        json!({"group": {}}),
        json!({}),
        json!("user"),
        json!([1]),
        json!(1),
        json!(null),
        json!({"user": 1}),
    ] {
        let body: UpdateManyUsersBody = round_trip(other);
        assert!(matches!(body, UpdateManyUsersBody::Other(_)));
    }
}

/// What is only ever sent.
#[derive(Clone)]
enum Change {
    /// `{"one": …}`
    One(String),
    /// `{"all": […]}`
    All(Vec<i64>),
}

crate::runtime::sent_union! {
    Change {
        0 One "one",
        1 All "all",
    }
}

#[test]
fn a_union_that_is_only_sent_refuses_what_it_does_not_know() {
    for known in [json!({"one": "a"}), json!({"all": [1, 2]})] {
        let change: Change = serde_json::from_value(known.clone()).expect("a change");
        assert_eq!(to_value(change.node()), known);
    }
    for other in [
        json!({"one": "a", "all": []}),
        json!({"group": {}}),
        json!({"one": [1]}),
        json!("one"),
        json!(null),
    ] {
        let read = serde_json::from_value::<Change>(other.clone());
        assert!(read.is_err(), "{other}");
        let text = other.to_string();
        let mut change = Change::default();
        assert!(
            from_slice(text.as_bytes(), change.slot(), false).is_err(),
            "{other}"
        );
    }
}

#[derive(Clone, Default)]
struct Level {
    level: Option<i64>,
    on: Option<bool>,
    extra: Extra,
}

object! {
    Level {
        0 opt "level" level,
        1 opt "on" on,
    }
}

#[derive(Clone)]
enum Levels {
    Low(Level),
    High(Level),
    Other(Value),
}

union! {
    Levels {
        tag "level",
        0 Low Obj ["1"] [],
        1 High Obj ["2", "true"] [],
    }
}

#[test]
fn tags_are_numbers_and_booleans_too() {
    let low: Levels = round_trip(json!({"on": true, "level": 1}));
    assert!(matches!(low, Levels::Low(_)));
    for high in [json!({"level": 2, "on": false}), json!({"level": true})] {
        let one: Levels = round_trip(high.clone());
        assert!(matches!(one, Levels::High(_)));
        // As a value that is at hand already.
        let many: Vec<Levels> = round_trip(json!([high]));
        assert!(matches!(many.as_slice(), [Levels::High(_)]));
    }
    for other in [
        json!({"level": 3}),
        json!({"level": false}),
        json!({"level": 1.5}),
    ] {
        let other: Levels = round_trip(other);
        assert!(matches!(other, Levels::Other(_)));
    }
}

#[test]
fn unions_print_what_they_hold() {
    assert_eq!(format!("{:?}", owner(json!("x"))), r#""x""#);
    let body: UpdateManyUsersBody = round_trip(json!({"user": {"name": "a"}}));
    assert_eq!(format!("{body:?}"), r#"{"user": UserInput { name: "a" }}"#);
}
