//! OpenAPI 3.1: the whole catalogue.

use super::round_trip;
use kitchen_sink_3_1 as sink;
use letterpress_tests::judge::{Answer, Judge};
use serde_json::{Value, json};
use sink::Client;
use sink::types::*;

// The same calls of two crates whose types are different ones.
#[allow(clippy::duplicate_mod)]
#[path = "calls.rs"]
mod calls;

fn client(judge: &Judge) -> Client {
    let builder = Client::builder().base_url(judge.url());
    builder.build().expect("a client")
}

fn enumerations() -> Value {
    json!({"text": "hot-ish", "number": -3, "fraction": 2.25, "flag": true, "mixed": 2.5, "nothing": null,
        "constant": "v1", "fixed": 3, "yes": true, "described": "large", "open": "somewhere"})
}

fn presence() -> Value {
    json!({"plain": "p", "nullable": null, "both": null, "either": {"R": 1}, "list": ["a", null],
        "map": {"a": null}, "whatever": [1]})
}

fn unions() -> Value {
    json!({"kinds": {"note": "n"}, "several": 3, "mapped": {"kind": "ball", "radius": 1.5},
        "constants": {"type": "plug", "size": 3}, "keys": {"card": "c", "cvc": "1"},
        "clear": "", "external": {"team": 7}, "maybe": "text"})
}

fn collections() -> Value {
    json!({"pair": ["a", 1], "open": ["a", {"R": 1}], "rest": ["a", 1, 2], "nested": [[1.5], []],
        "typed": {"name": "n", "a": 1}, "patterned": {"name": "n", "x-a": "b"}, "closed": {"a": "1", "b": "2"},
        "free": {"a": null}, "named": {"a": "b"}})
}

#[test]
fn values_have_types() {
    let read: Enumerations = round_trip(enumerations());
    assert!(
        matches!(read.text, Some(Text::HotDashIsh)) && matches!(read.number, Some(Number::Below))
    );
    assert!(matches!(read.mixed, Some(Mixed::Value2Point5)));
    assert!(matches!(read.fraction, Some(Fraction::Value2Point25)));
    assert!(read.nothing.is_null());
    let read: Collections = round_trip(collections());
    assert_eq!(read.pair, Some(("a".into(), 1)));
    assert_eq!(read.typed.expect("it").additional["a"], 1);
    let read: Unions = round_trip(unions());
    assert!(matches!(read.mapped, Some(Shape::Circle(circle)) if circle.radius == 1.5));
    assert!(matches!(read.constants, Some(Constants::Plug(plug)) if plug.size == Some(3)));
    assert!(matches!(read.external, Some(External::Team(7))));
    assert!(read.clear.is_null());
    // What is longer or shorter than described is kept.
    let read: Collections = round_trip(json!({"pair": ["a"], "patterned": {"x": 1}}));
    assert!(read.pair.is_none() && read.extra.get("pair").is_some());
    // The tag of a variant is sent without being set.
    let plug = Constants::Plug(ConstantsPlug::default());
    assert_eq!(
        serde_json::to_value(&plug).expect("JSON"),
        json!({"type": "plug"})
    );
    let read: Recursion = round_trip(json!({
        "tree": {"name": "t", "children": [{"name": "c", "children": []}], "parent": {"name": "p", "children": []}},
        "chain": {"link": {"name": "l"}}, "json": [1.5, {"a": [null, true]}, "text"],
    }));
    assert!(read.chain.expect("it").link.next.is_none());
    // A value whose members lead round in a circle has an end all the same.
    assert_eq!(
        serde_json::to_value(Chain::default()).expect("JSON"),
        json!({"link": {}})
    );
}

#[tokio::test]
async fn every_echo_is_called() {
    let judge = Judge::answering(vec![
        Answer::json(200, &enumerations()),
        Answer::json(
            200,
            &json!({"moment": "2026-11-22T10:00:00Z", "price": "1.10"}),
        ),
        Answer::json(200, &presence()),
        Answer::json(200, &collections()),
        Answer::json(200, &unions()),
        Answer::json(200, &json!({"merged": {"name": "n", "size": 1}})),
        Answer::json(200, &json!({"tree": {"name": "t", "children": []}})),
        Answer::json(200, &json!({"id": 1, "name": "n"})),
    ]);
    let client = client(&judge);
    let values = client.values();
    let sent: Enumerations = round_trip(enumerations());
    assert_eq!(values.echo_enumerations(&sent).await.expect("a body"), sent);
    let formats = values.echo_formats(&Formats::default()).await;
    assert_eq!(formats.expect("a body").price, Some("1.10".into()));
    let sent: Presence = round_trip(presence());
    assert_eq!(values.echo_presence(&sent).await.expect("a body"), sent);
    let sent: Collections = round_trip(collections());
    assert_eq!(values.echo_collections(&sent).await.expect("a body"), sent);
    let sent: Unions = round_trip(unions());
    assert_eq!(values.echo_unions(&sent).await.expect("a body"), sent);
    let all = values.echo_compositions(&Compositions::default()).await;
    assert_eq!(all.expect("a body").merged.expect("it").name, "n");
    let trees = values.echo_recursion(&Recursion::default()).await;
    assert_eq!(trees.expect("a body").tree.expect("it").name, "t");
    let account = values.put_account(&AccountInput::new("n")).await;
    assert_eq!(account.expect("a body").id, 1);
    let seen = judge.seen();
    assert_eq!(seen[0].json(), enumerations());
    assert_eq!(seen[2].json(), presence());
    assert_eq!(seen[4].json(), unions());
    assert_eq!(seen[7].json(), json!({"name": "n"}));
}
