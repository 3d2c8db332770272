//! OpenAPI 3.2: what is new in it.

use super::{empty, round_trip};
use kitchen_sink_3_2::Client;
use kitchen_sink_3_2::types::*;
use letterpress_tests::judge::{Answer, Judge};
use serde_json::json;

#[tokio::test]
async fn a_variant_for_what_nobody_maps() {
    let judge = Judge::answering(vec![
        Answer::json(200, &json!({"kind": "cross", "note": "n"})),
        empty(204),
    ]);
    let client = Client::builder().base_url(judge.url());
    let client = client.build().expect("a client");
    let joint = client.joints().read(3).await.expect("a joint");
    assert!(matches!(&joint, Joint::AnyJoint(any) if any.note.as_deref() == Some("n")));
    client.joints().replace(3, &joint).await.expect("nothing");
    assert_eq!(
        judge.seen()[1].json(),
        json!({"kind": "cross", "note": "n"})
    );
    let elbow: Joint = round_trip(json!({"kind": "elbow", "angle": 90}));
    assert!(matches!(elbow, Joint::Elbow(elbow) if elbow.angle == 90));
}

#[tokio::test]
async fn methods_of_its_own() {
    let judge = Judge::answering(vec![
        Answer::json(200, &json!([{"material": null}])),
        Answer::json(200, &json!([])),
        empty(204),
    ]);
    let client = Client::builder().base_url(judge.url());
    let client = client.build().expect("a client");
    let filter = Filter {
        material: Some(Material::Copper),
        ..Default::default()
    };
    let found = client.pipes().query(&filter).await.expect("pipes");
    assert!(found[0].material.is_none());
    let call = client.pipes().list().material(Material::Lead).diameter(1.5);
    assert!(call.session("a b").await.expect("pipes").is_empty());
    client.pipes().flush().await.expect("nothing");
    let seen = judge.seen();
    assert_eq!(seen[0].method, "QUERY");
    assert_eq!(seen[0].json(), json!({"material": "copper"}));
    assert_eq!(seen[1].query.as_deref(), Some("material=lead&diameter=1.5"));
    assert_eq!(seen[1].header("cookie"), Some("session=a b"));
    assert_eq!(seen[2].method, "FLUSH");
}

/// Names that were given up are those of what replaced them.
#[tokio::test]
#[allow(deprecated)]
async fn names_of_an_earlier_version() {
    use kitchen_sink_3_2::fittings::{Fittings, ReadJoint};
    use kitchen_sink_3_2::pipes::ListAllPipes;
    let elbow = json!({"kind": "elbow", "angle": 90});
    let judge = Judge::answering(vec![
        Answer::json(200, &elbow),
        Answer::json(200, &elbow),
        Answer::json(200, &json!([])),
    ]);
    let client = Client::builder().base_url(judge.url());
    let client = client.build().expect("a client");
    let fittings: Fittings<'_> = client.fittings();
    let call: ReadJoint = fittings.show(3);
    let joint = call.await.expect("a joint");
    let bend = Bend {
        angle: 90,
        ..Default::default()
    };
    assert!(matches!(&joint, Joint::Elbow(elbow) if elbow.angle == bend.angle));
    assert_eq!(client.pipes().show_joint(3).await.expect("a joint"), joint);
    let call: ListAllPipes = client.pipes().list().material(Metal::Copper);
    assert!(call.await.expect("pipes").is_empty());
    let seen = judge.seen();
    assert_eq!((&*seen[0].path, &*seen[1].path), ("/joints/3", "/joints/3"));
}
