//! OpenAPI 3.1: the whole catalogue.

use super::{answer, empty, round_trip};
use kitchen_sink_3_1::bodies::CreateDrainOutcome;
use kitchen_sink_3_1::prelude::*;
use kitchen_sink_3_1::types::*;
use kitchen_sink_3_1::{Client, Upload};
use letterpress_tests::judge::{Answer, Judge};
use serde_json::{Value, json};

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

#[tokio::test]
async fn parameters_in_the_query_in_headers_and_in_cookies() {
    let mut first = Answer::json(200, &json!([{"R": 1}]));
    first.headers.push(("x-total".into(), "12".into()));
    let judge = Judge::answering(vec![
        first,
        answer(404, "application/problem+json", "{\"code\": \"gone\"}"),
    ]);
    let client = client(&judge);
    let color = Color {
        r: Some(1),
        g: Some(2),
        ..Default::default()
    };
    let filter = Filter {
        size: Some(3),
        color: Some(color.clone()),
        tags: Some(vec!["a".into(), "b".into()]),
        ..Default::default()
    };
    let both = ["a", "b"];
    let call = client.parameters().search("a&b");
    let call = call.form(&both).csv(&both).space(&both).pipe(&both);
    let call = call.filter(filter).json(color.clone()).path("a/b?c");
    let call = call.limit(5).x_trace("t").x_parts(&[1, 2]).x_color(color);
    let found = call.session("s").sizes(&[1, 2]).send_with_meta().await;
    let found = found.expect("colours");
    assert_eq!(found.value[0].r, Some(1));
    assert_eq!(found.meta.header_as::<i64>("X-Total"), Some(12));
    let seen = judge.only();
    assert_eq!(
        seen.query.as_deref(),
        Some(
            "q=a%26b&form=a&form=b&csv=a,b&space=a%20b&pipe=a%7Cb&filter%5Bsize%5D=3&filter%5Bcolor%5D%5BR%5D=1\
             &filter%5Bcolor%5D%5BG%5D=2&filter%5Btags%5D%5B%5D=a&filter%5Btags%5D%5B%5D=b\
             &json=%7B%22R%22%3A1%2C%22G%22%3A2%7D&path=a/b?c&limit=5"
        )
    );
    assert_eq!(seen.header("x-parts"), Some("1,2"));
    assert_eq!(seen.header("x-color"), Some("{\"R\":1,\"G\":2}"));
    assert_eq!(seen.header("cookie"), Some("session=s; sizes=1,2"));
    let failed = client
        .parameters()
        .search("q")
        .await
        .expect_err("a failure");
    let problem: Problem = failed.body_as().expect("its body");
    assert_eq!(problem.code.as_deref(), Some("gone"));
}

#[tokio::test]
async fn one_body_in_several_media_types_and_several_successes() {
    let judge = Judge::answering(vec![
        Answer::json(200, &json!({"name": "n"})),
        answer(201, "application/vnd.sink+json", "{\"id\": 3}"),
        empty(202),
        empty(202),
        empty(202),
    ]);
    let client = client(&judge);
    let bodies = client.bodies();
    let drain: Drain = round_trip(json!({"name": "n", "tags": ["a", "b"], "color": {"R": 1}}));
    let stored = bodies.create_drain(&drain).await.expect("a success");
    assert!(matches!(stored, CreateDrainOutcome::Ok(drain) if drain.name == "n"));
    let made = bodies.create_drain_form(&drain).await.expect("a success");
    assert!(matches!(made, CreateDrainOutcome::Created(made) if made.id == 3));
    let later = bodies
        .create_drain_xml("<drain/>")
        .await
        .expect("a success");
    assert!(matches!(later, CreateDrainOutcome::Accepted));
    bodies.create_drain_text("drain").await.expect("a success");
    bodies.create_drain(None).await.expect("a success");
    let seen = judge.seen();
    assert_eq!(
        seen[0].json(),
        json!({"name": "n", "tags": ["a", "b"], "color": {"R": 1}})
    );
    assert_eq!(
        String::from_utf8_lossy(&seen[1].body),
        "name=n&tags=a%7Cb&color=%7B%22R%22%3A1%7D"
    );
    assert_eq!(seen[2].header("content-type"), Some("application/xml"));
    assert_eq!(seen[3].body, b"drain");
    assert!(seen[4].body.is_empty() && seen[4].header("content-type").is_none());
}

#[tokio::test]
async fn files_in_both_directions() {
    let judge = Judge::answering(vec![
        answer(200, "application/octet-stream", "bytes"),
        empty(204),
        answer(201, "text/plain", "stored"),
    ]);
    let client = client(&judge);
    let bodies = client.bodies();
    assert_eq!(&bodies.read_file("n").await.expect("bytes")[..], b"bytes");
    bodies
        .replace_file("n", vec![0, 255])
        .await
        .expect("nothing");
    let form = UploadFileRequest {
        more: Some(vec!["small".into()]),
        ..UploadFileRequest::new(Upload::new("png").file_name("a.png"), "title")
    };
    assert_eq!(
        bodies.upload_file("n", &form).await.expect("text"),
        "stored"
    );
    let seen = judge.seen();
    assert_eq!(seen[1].body, [0, 255]);
    let text = String::from_utf8_lossy(&seen[2].body).into_owned();
    assert!(text.contains("filename=\"a.png\"\r\ncontent-type: image/png"));
}
