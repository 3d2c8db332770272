//! OpenAPI 2.0.

use super::{answer, empty, round_trip};
use kitchen_sink_2_0::Client;
use kitchen_sink_2_0::types::*;
use letterpress_tests::judge::{Answer, Judge};
use serde_json::json;

fn client(judge: &Judge) -> Client {
    let builder = Client::builder().base_url(judge.url());
    builder.build().expect("a client")
}

#[tokio::test]
async fn parameters_in_every_place() {
    let judge = Judge::answering(vec![Answer::json(200, &json!(["tap"]))]);
    let client = client(&judge);
    let call = client.parameters().search(&[1, 2], "a b");
    let call = call.csv(&["a", "b"]).ssv(&["a", "b"]).pipes(&["a", "b"]);
    let found = call.multi(&[Multi::Hot, Multi::Cold]).limit(3);
    assert_eq!(found.x_trace("t").await.expect("a list"), ["tap"]);
    let seen = judge.only();
    assert_eq!(seen.path, "/search/1,2");
    assert_eq!(
        seen.query.as_deref(),
        Some("q=a%20b&csv=a,b&ssv=a%20b&pipes=a%7Cb&multi=hot&multi=cold&limit=3")
    );
    assert_eq!(seen.header("x-trace"), Some("t"));
}

#[tokio::test]
#[allow(deprecated)]
async fn bodies_of_every_kind() {
    let judge = Judge::answering(vec![
        answer(200, "application/octet-stream", "bytes"),
        empty(204),
        answer(201, "text/plain", "stored"),
        empty(204),
    ]);
    let client = client(&judge);
    let bodies = client.bodies();
    assert_eq!(&bodies.read_file("a/b").await.expect("bytes")[..], b"bytes");
    bodies.replace_file("n", "text").await.expect("nothing");
    let form = UploadFileRequest::new("content", "title");
    assert_eq!(
        bodies.upload_file("n", &form).await.expect("text"),
        "stored"
    );
    let form = PatchFileRequest {
        title: Some("a&b".into()),
        sizes: Some(vec![1, 2]),
        ..Default::default()
    };
    bodies.patch_file("n", &form).await.expect("nothing");
    let seen = judge.seen();
    assert_eq!(seen[0].path, "/files/a%2Fb");
    assert_eq!(seen[1].header("content-type"), Some("text/plain"));
    let kind = seen[2].header("content-type").expect("a type");
    assert!(kind.starts_with("multipart/form-data; boundary="));
    assert_eq!(seen[3].body, b"title=a%26b&sizes=1,2");
}

#[tokio::test]
async fn every_echo_is_called() {
    let judge = Judge::answering(vec![
        Answer::json(200, &json!([{"kind": "feline", "name": "Tom", "lives": 9}])),
        Answer::json(200, &json!({"fraction": 2.25, "nothing": null})),
        Answer::json(200, &json!({"huge": 18_446_744_073_709_551_615_u64})),
        Answer::json(200, &json!({"plain": "p"})),
        Answer::json(200, &json!({"id": 1, "name": "n"})),
        Answer::json(200, &json!({"id": 2, "name": "o"})),
    ]);
    let client = client(&judge);
    let values = client.values();
    let sent: Vec<Animal> = round_trip(json!([{"kind": "Dog", "name": "Rex"}]));
    let animals = values.echo_animals(&sent).await.expect("a body");
    assert!(matches!(&animals[..], [Animal::Cat(cat)] if cat.lives == 9));
    let sent: Enumerations = round_trip(json!({"fraction": 2.25, "nothing": null}));
    assert_eq!(values.echo_enumerations(&sent).await.expect("a body"), sent);
    let formats = values.echo_formats(&Formats::default()).await;
    assert_eq!(formats.expect("a body").huge, Some(u64::MAX));
    let sent = round_trip(json!({"plain": "p"}));
    assert_eq!(values.echo_presence(&sent).await.expect("a body"), sent);
    let account = values.put_account(&AccountInput::new("n")).await;
    assert_eq!(account.expect("a body").id, 1);
    let account = values.put_account(None).await;
    assert_eq!(account.expect("a body").id, 2);
    let seen = judge.seen();
    assert_eq!(seen[0].json(), json!([{"kind": "Dog", "name": "Rex"}]));
    assert_eq!(seen[1].json(), json!({"fraction": 2.25, "nothing": null}));
    assert_eq!(seen[4].json(), json!({"name": "n"}));
    assert!(seen[5].body.is_empty());
}

#[test]
fn animals_inherit() {
    let read: Vec<Animal> = round_trip(json!([
        {"kind": "Dog", "name": "Rex", "bark": "wow"},
        {"kind": "feline", "name": "Tom", "lives": 9},
        {"kind": "bird", "name": "Jay"},
    ]));
    assert!(matches!(&read[0], Animal::Dog(dog) if dog.bark.as_deref() == Some("wow")));
    assert!(matches!(&read[1], Animal::Cat(cat) if cat.lives == 9));
    assert!(matches!(&read[2], Animal::Other(_)));
}
