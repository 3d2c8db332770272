//! Every operation of the committed crates, called over HTTP on loopback and judged against the sample it came from.

use letterpress_tests::judge::{Answer, Judge, Seen};
use letterpress_tests::{root, sample};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fs;

const BASIC: &str = "Basic bG9naW46cGFzc3dvcmQ=";

fn item(path: &str) -> sample::Item {
    sample::item(&fs::read_to_string(root().join("specs").join(path)).expect("a source"))
}

fn answers(item: &sample::Item) -> Vec<Answer> {
    item.answers
        .iter()
        .map(|(status, body)| Answer::json(*status, body))
        .collect()
}

/// What must hold for every request: method, path, query, headers and body of the sample.
fn judge(seen: &Seen, item: &sample::Item, path: &str, authorization: &str) {
    assert_eq!(
        (seen.method.as_str(), seen.path.as_str()),
        (item.method.as_str(), path)
    );
    assert_eq!(seen.query, None);
    assert_eq!(seen.header("authorization"), Some(authorization));
    assert_eq!(seen.header("accept"), Some("application/json"));
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert_eq!(
        Some(&seen.json()),
        item.body.as_ref(),
        "the body differs from the sample"
    );
}

fn decode<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).expect("the sample decodes")
}

fn encode<T: serde::Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("it encodes")
}

fn zendesk(judge: &Judge) -> zendesk::Client {
    zendesk::Client::builder()
        .base_url(judge.url())
        .basic("login", "password")
        .strict(true)
        .build()
        .expect("a client")
}

#[tokio::test]
async fn zendesk_create_many_users() {
    let item = item("zendesk/create_many_users.postman.json");
    let server = Judge::answering(answers(&item));
    let body = item.body.as_ref().expect("a body");
    let users: Vec<zendesk::types::UserInput> = decode(&body["users"]);
    let call = zendesk(&server).users().create_many(&users);
    let job: zendesk::types::JobStatus = call.await.expect("strict decoding finds nothing");
    judge(&server.only(), &item, "/api/v2/users/create_many", BASIC);
    assert_eq!(encode(&job), item.answers[0].1["job_status"]);
    assert_eq!(job.results.as_ref().map(Vec::len), Some(2));
}

#[tokio::test]
async fn zendesk_create_or_update_many_users() {
    let item = item("zendesk/create_or_update_many_users.postman.json");
    let server = Judge::answering(answers(&item));
    let body = item.body.as_ref().expect("a body");
    let users: Vec<zendesk::types::UserInput> = decode(&body["users"]);
    let job = zendesk(&server)
        .users()
        .create_or_update_many(&users)
        .await
        .expect("a job");
    judge(
        &server.only(),
        &item,
        "/api/v2/users/create_or_update_many",
        BASIC,
    );
    assert_eq!(encode(&job), item.answers[0].1["job_status"]);
}

#[tokio::test]
async fn zendesk_create_or_update_user_with_both_answers() {
    use zendesk::prelude::CallExt;
    let item = item("zendesk/create_or_update_user.postman.json");
    assert_eq!(
        item.answers
            .iter()
            .map(|(status, _)| *status)
            .collect::<Vec<_>>(),
        [200, 201]
    );
    let server = Judge::answering(answers(&item));
    let client = zendesk(&server);
    let user: zendesk::types::UserInput = decode(&item.body.as_ref().expect("a body")["user"]);
    for (status, body) in &item.answers {
        let response = client
            .users()
            .create_or_update(&user)
            .send_with_meta()
            .await
            .expect("a user");
        assert_eq!(response.meta.status(), *status);
        assert!(
            response.meta.issues().is_empty(),
            "{:?}",
            response.meta.issues()
        );
        assert_eq!(encode(&response.value), body["user"]);
        assert_eq!(response.value.id, 1);
        assert!(response.value.extra.is_empty());
    }
    for seen in server.seen() {
        judge(&seen, &item, "/api/v2/users/create_or_update", BASIC);
    }
}

#[tokio::test]
async fn docusign_create_users() {
    let item = item("docusign/create_users.postman.json");
    let answer = serde_json::json!({"newUsers": [{"userId": "7"}]});
    let server = Judge::answering(vec![Answer::json(201, &answer)]);
    let body: docusign::types::CreateUsersRequest = decode(item.body.as_ref().expect("a body"));
    let client = docusign::Client::builder()
        .base_url(server.url())
        .bearer("t0ken")
        .build();
    let call = client.expect("a client").users().create("acc 1/2", &body);
    assert_eq!(call.await.expect("any JSON"), answer);
    judge(
        &server.only(),
        &item,
        "/v2.1/accounts/acc%201%2F2/users",
        "Bearer t0ken",
    );
    let user = &body.new_users.as_ref().expect("users")[0];
    let metadata = user.account_management_granular.as_ref().expect("granular");
    let metadata = metadata
        .can_manage_users_metadata
        .as_ref()
        .expect("metadata");
    assert_eq!(metadata.is21_cfr_part11.as_deref(), Some("string"));
}
