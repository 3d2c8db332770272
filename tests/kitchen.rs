//! Every construct of a collection, as the crate of the kitchen sends and reads it, over HTTP on loopback.

use kitchen::prelude::*;
use kitchen::types::*;
use kitchen::{Auth, AuthProvider, Body, BoxFuture, Client, ErrorKind, Request, Upload};
use letterpress_tests::judge::{Answer, Judge, Seen};
use serde_json::{Value, json};

fn client(judge: &Judge) -> Client {
    let builder = Client::builder().base_url(judge.url()).api_key("k y");
    builder.build().expect("a client")
}

fn answer(status: u16, content_type: &str, body: &str) -> Answer {
    Answer {
        status,
        headers: vec![("content-type".into(), content_type.into())],
        body: body.as_bytes().to_vec(),
    }
}

fn empty(status: u16) -> Answer {
    Answer {
        status,
        headers: Vec::new(),
        body: Vec::new(),
    }
}

fn called(seen: &Seen) -> (&str, &str) {
    (&seen.method, &seen.path)
}

fn text(seen: &Seen) -> String {
    String::from_utf8_lossy(&seen.body).into_owned()
}

fn order() -> Value {
    json!({"id": 7, "dish": "Soup", "guests": 2, "placed_at": "2026-11-22T10:00:00Z"})
}

#[tokio::test]
async fn successes_are_told_apart_by_their_status() {
    let mut accepted = Answer::json(202, &json!({"job": "j", "minutes": 20}));
    accepted.headers.push(("x-rate-limit".into(), "12".into()));
    let judge = Judge::answering(vec![
        Answer::json(200, &order()),
        accepted,
        empty(204),
        Answer::json(206, &json!([1])),
    ]);
    let client = client(&judge);
    let body = StartCookingRequest {
        stove: Some("left".into()),
        ..Default::default()
    };
    let call = client.orders().start_cooking(7, &body);
    use kitchen::orders::StartCookingOutcome as Outcome;
    let first = call.clone().await.expect("cooked");
    assert!(matches!(first, Outcome::Ok(order) if order.dish.as_deref() == Some("Soup")));
    let second = call.clone().send_with_meta().await.expect("cooking");
    assert_eq!(second.meta.header_as::<i64>("X-Rate-Limit"), Some(12));
    assert!(matches!(second.value, Outcome::Accepted(job) if job.minutes == Some(20)));
    assert!(matches!(call.clone().await, Ok(Outcome::NoContent)));
    let other = call.await.expect("a success");
    assert!(matches!(other, Outcome::Other(other) if other.meta.status() == 206));
    let seen = judge.seen();
    assert_eq!(called(&seen[0]), ("POST", "/orders/7/start"));
    assert_eq!(seen[0].json(), json!({"stove": "left"}));
}

#[tokio::test]
async fn failures_have_types() {
    let judge = Judge::answering(vec![
        Answer::json(
            404,
            &json!({"code": "gone", "message": "No such order", "field": "id"}),
        ),
        Answer::json(
            409,
            &json!({"stove": "left", "until": "2026-11-22T10:00:00Z"}),
        ),
        answer(502, "text/html", "<h1>Bad gateway</h1>"),
    ]);
    let client = client(&judge);
    let call = client
        .orders()
        .start_cooking(7, &StartCookingRequest::default());
    let missing = call.clone().await.expect_err("a failure");
    assert!(missing.is_not_found());
    let body: ErrorBody = missing.body_as().expect("its body");
    assert_eq!(body.code.as_deref(), Some("gone"));
    let busy = call.clone().await.expect_err("a failure");
    let body: OrderErrorBody = busy.body_as().expect("its body");
    assert_eq!(body.stove.as_deref(), Some("left"));
    let broken = call.await.expect_err("a failure");
    assert!(broken.is_server_error() && broken.body_as::<ErrorBody>().is_none());
}

#[tokio::test]
async fn one_body_in_several_media_types() {
    let judge = Judge::answering(vec![Answer::json(201, &order())]);
    let client = client(&judge);
    let orders = client.orders();
    let json_body: CreateOrderRequest =
        serde_json::from_value(json!({"dish": "Soup", "guests": 2})).expect("a body");
    let form_body: CreateOrderFormRequest =
        serde_json::from_value(json!({"dish": "Süß & salzig", "guests": 2})).expect("a body");
    assert_eq!(
        orders.create(&json_body).await.expect("an order").id,
        Some(7)
    );
    orders.create_form(&form_body).await.expect("an order");
    orders.create_xml("<order/>").await.expect("an order");
    let seen = judge.seen();
    let types: Vec<Option<&str>> = seen
        .iter()
        .map(|seen| seen.header("content-type"))
        .collect();
    assert_eq!(
        types,
        [
            Some("application/json"),
            Some("application/x-www-form-urlencoded"),
            Some("application/xml")
        ]
    );
    assert_eq!(seen[0].json(), json!({"dish": "Soup", "guests": 2}));
    assert_eq!(text(&seen[1]), "dish=S%C3%BC%C3%9F%20%26%20salzig&guests=2");
    assert_eq!(text(&seen[2]), "<order/>");
}

#[tokio::test]
async fn files_are_sent_in_forms() {
    let judge = Judge::answering(vec![Answer::json(201, &json!({"id": 1}))]);
    let client = client(&judge);
    let chunks = ["ab", "cd"].map(|chunk| Ok(chunk.into()));
    let form = UploadPhotoRequest {
        thumbnails: Some(vec![
            "small".into(),
            Upload::new("big").content_type("image/gif"),
        ]),
        meta: Some(UploadPhotoRequestMeta {
            width: Some(3),
            ..Default::default()
        }),
        ..UploadPhotoRequest::new(
            "A \"soup\"",
            Upload::new(Body::stream(chunks.into_iter())).file_name("s\"oup.png"),
        )
    };
    let call = client.photos().upload(&form).auth(Auth::custom(Signer));
    assert_eq!(call.await.expect("a photo").id, Some(1));
    let seen = judge.only();
    assert_eq!(called(&seen), ("POST", "/photos"));
    assert_eq!(seen.header("authorization"), Some("Hawk POST /photos"));
    let content_type = seen.header("content-type").expect("a type");
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .expect("a boundary");
    let parts: Vec<String> = text(&seen)
        .split(&format!("--{boundary}"))
        .map(str::to_owned)
        .collect();
    let disposition = "\r\ncontent-disposition: form-data; ";
    assert_eq!(
        parts,
        [
            String::new(),
            format!("{disposition}name=\"caption\"\r\n\r\nA \"soup\"\r\n"),
            format!(
                "{disposition}name=\"photo\"; filename=\"s%22oup.png\"\r\n\
                 content-type: application/octet-stream\r\n\r\nabcd\r\n"
            ),
            format!(
                "{disposition}name=\"thumbnails\"; filename=\"file\"\r\n\
                 content-type: application/octet-stream\r\n\r\nsmall\r\n"
            ),
            format!(
                "{disposition}name=\"thumbnails\"; filename=\"file\"\r\n\
                 content-type: image/gif\r\n\r\nbig\r\n"
            ),
            format!(
                "{disposition}name=\"meta\"\r\ncontent-type: application/json\r\n\r\n{{\"width\":3}}\r\n"
            ),
            "--\r\n".to_owned()
        ]
    );
}

/// Signs like the schemes that the crate leaves to its callers.
struct Signer;

impl AuthProvider for Signer {
    fn apply<'a>(&'a self, request: &'a mut Request) -> BoxFuture<'a, kitchen::Result<()>> {
        let value = format!("Hawk {} {}", request.method(), request.path());
        Box::pin(async move { request.set_sensitive_header("authorization", value) })
    }
}

#[tokio::test]
async fn bytes_and_text_go_both_ways() {
    let judge = Judge::answering(vec![
        empty(204),
        answer(200, "image/png", "\u{0}PNG"),
        answer(200, "text/plain", "Salt is out"),
        answer(200, "application/xml; charset=utf-8", "<menu/>"),
    ]);
    let client = client(&judge);
    client
        .photos()
        .replace(3, vec![0, 255])
        .await
        .expect("nothing");
    let photo = client.photos().download(3).await.expect("a photo");
    assert_eq!(&photo[..], b"\0PNG");
    let note = client.notes().set("Salt is out").await.expect("a note");
    assert_eq!(note, "Salt is out");
    assert_eq!(
        client.notes().export_menu().await.expect("a menu"),
        "<menu/>"
    );
    let seen = judge.seen();
    assert_eq!(called(&seen[0]), ("PUT", "/photos/3"));
    assert_eq!(seen[0].header("content-type"), Some("image/png"));
    assert_eq!(seen[0].body, [0, 255]);
    assert_eq!(seen[1].header("accept"), Some("image/png"));
    assert_eq!(seen[2].header("content-type"), Some("text/plain"));
    assert_eq!(text(&seen[2]), "Salt is out");
    assert_eq!(seen[3].header("accept"), Some("application/xml"));
}

#[tokio::test]
async fn a_graphql_operation_takes_its_variables() {
    let judge = Judge::answering(vec![Answer::json(
        200,
        &json!({"data": {"dish": {"name": "Soup"}}}),
    )]);
    let variables = FindDishVariables {
        name: "Soup".into(),
        limit: 3.into(),
        ..Default::default()
    };
    let found = client(&judge).graph().find_dish(&variables).await;
    let found = serde_json::to_value(found.expect("a dish")).expect("JSON");
    assert_eq!(found, json!({"data": {"dish": {"name": "Soup"}}}));
    let query =
        "query FindDish($name: String!, $limit: Int) { dish(name: $name, limit: $limit) { name } }";
    assert_eq!(
        judge.only().json(),
        json!({"query": query, "operationName": "FindDish", "variables": {"name": "Soup", "limit": 3}})
    );
}

#[tokio::test]
async fn parameters_are_typed_and_keys_stay_out_of_errors() {
    let judge = Judge::answering(vec![Answer::json(200, &json!([order()])), empty(500)]);
    let client = client(&judge);
    let filter = Filter {
        dish: Some("Soup".into()),
        guests: Some(2),
        ..Default::default()
    };
    let call = client
        .orders()
        .list()
        .filter(filter)
        .sort(Sort::Guests)
        .x_table(4);
    assert_eq!(call.clone().await.expect("orders").len(), 1);
    let failed = call.await.expect_err("a failure");
    assert_eq!(failed.kind(), ErrorKind::Status);
    assert!(!format!("{failed} {failed:?}").contains("k%20y"));
    let seen = judge.seen();
    assert_eq!(seen[0].path, "/orders");
    assert_eq!(
        seen[0].query.as_deref(),
        Some("filter%5Bdish%5D=Soup&filter%5Bguests%5D=2&sort=guests&api_key=k%20y")
    );
    assert_eq!(seen[0].header("x-table"), Some("4"));
}

#[tokio::test]
async fn media_types_of_json_and_forms_keep_their_names() {
    let judge = Judge::answering(vec![
        answer(200, "application/vnd.kitchen+json", r#"{"name": "Stew"}"#),
        empty(204),
    ]);
    let client = client(&judge);
    let wish: SuggestDishRequest = serde_json::from_value(json!({"name": "Stew"})).expect("a dish");
    let dish = client.notes().suggest_dish(&wish).await.expect("a dish");
    assert_eq!(
        serde_json::to_value(&dish).expect("JSON"),
        json!({"name": "Stew"})
    );
    let sign_in: SignInRequest =
        serde_json::from_value(json!({"cook": "Ada", "remember": true})).expect("a form");
    client.notes().sign_in(&sign_in).await.expect("nothing");
    let seen = judge.seen();
    assert_eq!(
        seen[0].header("content-type"),
        Some("application/vnd.kitchen+json")
    );
    assert_eq!(
        seen[0].header("accept"),
        Some("application/vnd.kitchen+json")
    );
    assert_eq!(text(&seen[1]), "cook=Ada&remember=true");
    assert_eq!(seen[1].query, None, "no credential where none is asked for");
}

#[tokio::test]
async fn operations_of_one_title_are_told_apart_by_their_version() {
    let judge = Judge::answering(vec![Answer::json(200, &order())]);
    let client = client(&judge);
    client.orders().get(1).await.expect("an order");
    client.orders().get_v1(1).await.expect("an order");
    let paths: Vec<String> = judge.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(paths, ["/orders/1", "/v1/orders/1"]);
}
