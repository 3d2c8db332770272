//! Parameters and bodies of every kind, which are written alike in OpenAPI 3.0 and 3.1.

use super::super::{answer, empty, round_trip};
use super::sink::bodies::CreateDrainOutcome;
use super::sink::prelude::*;
use super::sink::types::*;
use super::sink::{Client, Upload};
use letterpress_tests::judge::{Answer, Judge};
use serde_json::json;

fn client(judge: &Judge) -> Client {
    let builder = Client::builder().base_url(judge.url());
    builder.build().expect("a client")
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

#[tokio::test]
async fn parameters_in_the_path() {
    let judge = Judge::answering(vec![empty(204)]);
    let client = client(&judge);
    let color = Color {
        r: Some(1),
        b: Some(2),
        ..Default::default()
    };
    let parameters = client.parameters();
    let call = parameters.read_tap("a b", &[1, 2], &color, "x", &["y", "z"], "m", &["n", "o"]);
    call.await.expect("nothing");
    assert_eq!(
        judge.only().path,
        "/taps/a%20b/1,2/R=1,B=2/.x/.y.z/;matrix=m/;matrices=n;matrices=o"
    );
}
