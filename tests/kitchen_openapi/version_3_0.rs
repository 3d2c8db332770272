//! OpenAPI 3.0: what differs from 3.1 in spelling gives the same types.

use super::round_trip;
use kitchen_sink_3_0 as sink;
use letterpress_tests::judge::{Answer, Judge};
use serde_json::json;
use sink::Client;
use sink::types::*;

// The same calls of two crates whose types are different ones.
#[allow(clippy::duplicate_mod)]
#[path = "calls.rs"]
mod calls;

#[tokio::test]
async fn every_echo_is_called() {
    let judge = Judge::answering(vec![
        Answer::json(200, &json!({"typed": {"name": "n", "a": 1}})),
        Answer::json(200, &json!({"merged": {"name": "n", "size": 1}})),
        Answer::json(200, &json!({"text": "hot-ish", "nothing": null})),
        Answer::json(200, &json!({"price": "1.10"})),
        Answer::json(200, &json!({"plain": "p", "both": null})),
        Answer::json(200, &json!({"tree": {"name": "t", "children": []}})),
        Answer::json(200, &json!({"mapped": {"kind": "ball", "radius": 1.5}})),
        Answer::json(200, &json!({"id": 1, "name": "n"})),
    ]);
    let client = Client::builder().base_url(judge.url()).build();
    let client = client.expect("a client");
    let values = client.values();
    let sent: Collections = round_trip(json!({"typed": {"name": "n", "a": 1}}));
    assert_eq!(values.echo_collections(&sent).await.expect("a body"), sent);
    let all = values.echo_compositions(&Compositions::default()).await;
    assert_eq!(all.expect("a body").merged.expect("it").name, "n");
    let sent: Enumerations = round_trip(json!({"text": "hot-ish", "nothing": null}));
    assert_eq!(values.echo_enumerations(&sent).await.expect("a body"), sent);
    let formats = values.echo_formats(&Formats::default()).await;
    assert_eq!(formats.expect("a body").price, Some("1.10".into()));
    let sent: Presence = round_trip(json!({"plain": "p", "both": null}));
    assert_eq!(values.echo_presence(&sent).await.expect("a body"), sent);
    let trees = values.echo_recursion(&Recursion::default()).await;
    assert_eq!(trees.expect("a body").tree.expect("it").name, "t");
    let sent: Unions = round_trip(json!({"mapped": {"kind": "ball", "radius": 1.5}}));
    let unions = values.echo_unions(&sent).await.expect("a body");
    assert!(matches!(unions.mapped, Some(Shape::Circle(circle)) if circle.radius == 1.5));
    let account = values.put_account(&AccountInput::new("n")).await;
    assert_eq!(account.expect("a body").id, 1);
    let seen = judge.seen();
    assert_eq!(seen[0].json(), json!({"typed": {"name": "n", "a": 1}}));
    assert_eq!(seen[4].json(), json!({"plain": "p", "both": null}));
    assert_eq!(
        (seen[7].method.as_str(), seen[7].json()),
        ("POST", json!({"name": "n"}))
    );
}

#[test]
fn absent_and_null_are_told_apart() {
    let read: Presence = round_trip(json!({
        "plain": "p", "nullable": null, "both": null, "either": {"R": 1}, "list": ["a", null], "map": {"a": null},
    }));
    assert!(read.nullable.is_none() && read.both.is_null());
    assert_eq!(read.either.as_ref().and_then(|color| color.r), Some(1));
    let read: Presence = round_trip(json!({"plain": "p", "nullable": "n", "either": null}));
    assert!(read.both.is_absent() && read.either.is_null());
}
