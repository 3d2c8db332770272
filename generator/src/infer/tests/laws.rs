//! The laws of evidence, and that no order shows.

use super::support::*;
use crate::infer::Direction;
use crate::model::evidence::{Evidence, Fidelity, Observation, Observations};
use crate::origin::{Origin, Span};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Scalars that inference treats differently.
fn scalar() -> impl Strategy<Value = Value> {
    let fixed = [
        json!(null),
        json!(true),
        json!(0),
        json!(-7),
        json!(18446744073709551615_u64),
        json!(1.5),
        json!(""),
        json!("text"),
        json!("2020-01-02T03:04:05Z"),
        json!("2021-01-02"),
        json!("12"),
        json!("card"),
        json!("bank"),
        json!("true"),
        json!("..."),
        json!(1),
        json!("<string>"),
        json!("<integer>"),
        json!("<string,null>"),
        json!("<array>"),
        json!("sample string 1"),
        json!("{{id}}"),
        json!("<Error: Too many levels of nesting to fake this schema>"),
    ];
    prop::sample::select(fixed.to_vec())
}

/// Objects and arrays under few names, so that records meet.
fn value() -> impl Strategy<Value = Value> {
    let keys = [
        "id",
        "name",
        "user",
        "users",
        "data",
        "items",
        "workAddress",
        "homeAddress",
        "parent",
        "children",
        "dolore1",
        "in_80e",
        "key_0",
        "2020-01-01",
        "value",
        "url",
        "count",
        "type",
        "event",
    ];
    scalar().prop_recursive(4, 40, 6, move |inner| {
        let shell = json!({"value": "<Circular reference to #/components/schemas/User detected>"});
        prop_oneof![
            4 => prop::collection::hash_map(prop::sample::select(keys.to_vec()), inner.clone(), 0..6)
                .prop_map(|map| map.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
            2 => prop::collection::vec(inner, 0..3).prop_map(Value::Array),
            1 => Just(shell),
        ]
    })
}

fn sample() -> impl Strategy<Value = Evidence> {
    // Places repeat: a sample may meet itself, and another one from the same place.
    (value(), 0..3_u32, 0..3_usize, any::<bool>()).prop_map(|(value, file, place, sent)| {
        let direction = if sent {
            Direction::Sent
        } else {
            Direction::Received
        };
        evidence(&value.to_string(), file, place * 10_000, direction)
    })
}

fn join(a: &Evidence, b: &Evidence) -> Evidence {
    let mut joined = a.clone();
    joined.join(b);
    joined
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let body = || value().prop_map(|value| value.to_string());
    let lines = [
        "POST /users",
        "GET /users",
        "GET /users/{id}",
        "PUT /users/{id}",
        "GET /groups",
        "PATCH /groups/{id}",
        "DELETE /v2/things",
        "GET /api/v1/things/{id}/parts",
    ];
    prop::collection::vec(
        (
            prop::collection::vec(body(), 0..2),
            prop::collection::vec(
                (prop::sample::select(vec![200_u16, 201, 404]), body()),
                0..3,
            ),
        ),
        1..=lines.len(),
    )
    .prop_map(move |bodies| {
        bodies
            .into_iter()
            .zip(lines)
            .map(|((sent, received), line)| Call {
                line: line.to_owned(),
                sent,
                received,
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn join_is_idempotent(a in sample()) {
        prop_assert_eq!(join(&a, &a), a.clone());
        prop_assert_eq!(join(&a, &Evidence::default()), a.clone());
        prop_assert_eq!(join(&Evidence::default(), &a), a);
    }

    #[test]
    fn join_is_commutative(a in sample(), b in sample()) {
        prop_assert_eq!(join(&a, &b), join(&b, &a));
    }

    #[test]
    fn join_is_associative(a in sample(), b in sample(), c in sample()) {
        prop_assert_eq!(join(&join(&a, &b), &c), join(&a, &join(&b, &c)));
    }

    #[test]
    fn join_only_adds(a in sample(), b in sample()) {
        let joined = join(&a, &b);
        prop_assert!(joined.covers(&a) && joined.covers(&b));
        prop_assert_eq!(a.covers(&b), joined == a);
    }

    #[test]
    fn the_bound_on_observations_keeps_the_laws(places in prop::collection::vec((0..2_usize, 0..120_usize), 0..300), cut in 0..300_usize) {
        let set = |places: &[(usize, usize)]| {
            let mut set = Observations::default();
            for (real, place) in places {
                set.add(Observation {
                    fidelity: if *real == 0 { Fidelity::Example } else { Fidelity::Fake },
                    direction: if place % 7 == 6 { Direction::Sent } else { Direction::Received },
                    origin: Origin::default(),
                    inner: Span::new(*place, *place + 1),
                });
            }
            set
        };
        let (a, b) = places.split_at(cut.min(places.len()));
        let (a, b, all) = (set(a), set(b), set(&places));
        let mut joined = a.clone();
        joined.join(&b);
        prop_assert_eq!(&joined, &all);
        let mut other = b.clone();
        other.join(&a);
        prop_assert_eq!(&other, &all);
        let distinct: std::collections::BTreeSet<_> = places.iter().collect();
        prop_assert_eq!(all.count(), distinct.len().min(Observations::KEPT));
        prop_assert!(all.covers(&a) && all.covers(&b));
    }

    #[test]
    fn no_order_shows(shuffled in calls().prop_flat_map(|calls| (Just(calls.clone()), Just(calls).prop_shuffle()))) {
        let (calls, mut other) = shuffled;
        for call in &mut other {
            call.sent.reverse();
            call.received.reverse();
        }
        let (model, diagnostics) = resolved(&calls);
        let (again, others) = resolved(&other);
        prop_assert_eq!(print(&model), print(&again));
        let messages = |d: &crate::diagnostic::Diagnostics| {
            let mut all: Vec<_> = d.iter().map(|d| (d.code, d.message.clone())).collect();
            all.sort();
            all
        };
        prop_assert_eq!(messages(&diagnostics), messages(&others));
    }

    #[test]
    fn nothing_stays_sampled(calls in calls()) {
        let (model, _) = resolved(&calls);
        for (_, schema) in model.schemas.iter() {
            prop_assert!(!matches!(schema.shape, crate::model::Shape::Sampled(_)));
        }
        // What has no samples is left alone.
        let again = crate::infer::resolve(model.clone(), &mut crate::diagnostic::Diagnostics::new());
        prop_assert_eq!(again, model);
    }
}
