//! Every operation of the committed crates, called over HTTP on loopback and judged against the sample it came from.

use letterpress_tests::judge::{Answer, Judge, Seen};
use letterpress_tests::{root, sample};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use zendesk::prelude::CallExt;
use zendesk::types::Role;

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
    let answer = json!({"newUsers": [{"userId": "7"}]});
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

/// A sample that lies beside the crate `zendesk`.
fn fixture(path: &str) -> Value {
    let path = root().join("generated/zendesk/tests/fixtures").join(path);
    let text = fs::read_to_string(path).expect("a sample");
    serde_json::from_str(&text).expect("JSON")
}

/// The operations of `zendesk` that were called, by id.
#[derive(Default)]
struct Called(BTreeSet<&'static str>);

impl Called {
    /// Makes one call and judges it. `line` is what must be seen: the method and the target. Every path parameter
    /// is 7, so that the target can be compared with the operation's own template too.
    /// `body` is the file of what is sent, or that itself; `sample` is the answer's file; without one, the answer is 204 and has no body.
    async fn judge<C>(
        &mut self,
        id: &str,
        line: &str,
        body: Option<&str>,
        sample: Option<&str>,
        make: impl FnOnce(zendesk::users::Users<'_>, Value) -> C,
    ) where
        C: CallExt,
        C::Output: serde::Serialize,
    {
        let op = zendesk::OPERATIONS.iter().find(|op| op.id == id);
        let op = op.unwrap_or_else(|| panic!("there is no operation {id}"));
        assert!(self.0.insert(op.id), "{id} is called twice");
        let body = body.map(|body| match body.starts_with('{') {
            true => serde_json::from_str(body).expect("JSON"),
            false => fixture(body),
        });
        let answer = sample.map(fixture);
        let status = sample.and_then(|sample| sample.rsplit(['/', '.']).nth(1));
        let status = status.map_or(204, |status| status.parse().expect("a status"));
        let server = Judge::answering(vec![match &answer {
            Some(answer) => Answer::json(status, answer),
            None => Answer {
                status,
                headers: Vec::new(),
                body: Vec::new(),
            },
        }]);
        let client = zendesk(&server);
        let call = make(client.users(), body.clone().unwrap_or_default());
        let response = call.send_with_meta().await;
        let response = response.unwrap_or_else(|error| panic!("{id}: {error}"));

        let seen = server.only();
        let query = seen.query.as_ref().map(|query| format!("?{query}"));
        let query = query.unwrap_or_default();
        assert_eq!(format!("{} {}{query}", seen.method, seen.path), line);
        let pieces = op
            .path
            .split('/')
            .map(|piece| match piece.starts_with('{') {
                true => "7",
                false => piece,
            });
        let path = pieces.collect::<Vec<_>>().join("/");
        assert_eq!(
            (seen.method.as_str(), seen.path.as_str()),
            (op.method, path.as_str())
        );
        assert_eq!(seen.header("authorization"), Some(BASIC), "{id}");
        assert_eq!(seen.header("accept"), Some("application/json"), "{id}");
        match &body {
            Some(body) => {
                assert_eq!(seen.header("content-type"), Some("application/json"));
                assert_eq!(&seen.json(), body, "{id}");
            }
            None => {
                assert_eq!(seen.header("content-type"), None, "{id}");
                assert!(seen.body.is_empty(), "{id}");
            }
        }

        assert_eq!(response.meta.status(), status, "{id}");
        assert!(response.meta.issues().is_empty(), "{id}");
        let answer = answer.unwrap_or_default();
        let value = op.response_member.map_or(&answer, |member| &answer[member]);
        assert_eq!(&encode(&response.value), value, "{id}");
        assert_eq!(value.is_null(), sample.is_none(), "{id}");
    }
}

const ROLES: [Role; 2] = [Role::Agent, Role::EndUser];

/// Calls that read one user, or what is known of one.
async fn reads(called: &mut Called) {
    called
        .judge(
            "ShowUser",
            "GET /api/v2/users/7",
            None,
            Some("show_user/200.json"),
            |users, _| users.show(7),
        )
        .await;
    called
        .judge(
            "ShowSelf",
            "GET /api/v2/users/me",
            None,
            Some("show_self/200.json"),
            |users, _| users.show_self(),
        )
        .await;
    called
        .judge(
            "ShowDeletedUser",
            "GET /api/v2/deleted_users/7",
            None,
            Some("show_deleted_user/200.json"),
            |users, _| users.show_deleted(7),
        )
        .await;
    called
        .judge(
            "ShowUserRelatedInformation",
            "GET /api/v2/users/7/related",
            None,
            Some("show_user_related_information/200.json"),
            |users, _| users.show_related_information(7),
        )
        .await;
    called
        .judge(
            "ShowComplianceDeletionStatuses",
            "GET /api/v2/users/7/compliance_deletion_statuses?application=all%20of%20it",
            None,
            Some("show_compliance_deletio_23feb4/200.json"),
            |users, _| {
                users
                    .show_compliance_deletion_statuses(7)
                    .application("all of it")
            },
        )
        .await;
}

/// Calls that list users, with every parameter.
async fn lists(called: &mut Called) {
    called.judge("ListUsers", "GET /api/v2/users?external_id=a%2Fb&permission_set=3&role=admin&role%5B%5D=agent&role%5B%5D=end-user", None, Some("list_users/200.json"), |users, _| { users.list().external_id("a/b").permission_set(3).role(Role::Admin).roles(&ROLES) }).await;
    called.judge("ListGroupUsers", "GET /api/v2/groups/7/users?external_id=a%2Fb&permission_set=3&role=admin&role%5B%5D=agent&role%5B%5D=end-user", None, Some("list_group_users/200.json"), |users, _| { users.list_for_group(7).external_id("a/b").permission_set(3).role(Role::Admin).roles(&ROLES) }).await;
    called.judge("ListOrganizationUsers", "GET /api/v2/organizations/7/users?external_id=a%2Fb&permission_set=3&role=admin&role%5B%5D=agent&role%5B%5D=end-user", None, Some("list_organization_users/200.json"), |users, _| { users.list_for_organization(7).external_id("a/b").permission_set(3).role(Role::Admin).roles(&ROLES) }).await;
    called
        .judge(
            "ListDeletedUsers",
            "GET /api/v2/deleted_users",
            None,
            Some("list_deleted_users/200.json"),
            |users, _| users.list_deleted(),
        )
        .await;
    called
        .judge(
            "ShowManyUsers",
            "GET /api/v2/users/show_many?external_ids=a,b&ids=1,2,3",
            None,
            Some("show_many_users/200.json"),
            |users, _| users.show_many().external_ids(&["a", "b"]).ids(&[1, 2, 3]),
        )
        .await;
    called
        .judge(
            "SearchUsers",
            "GET /api/v2/users/search?external_id=a%2Fb&query=name%3A%22J%26K%22",
            None,
            Some("search_users/200.json"),
            |users, _| users.search().external_id("a/b").query("name:\"J&K\""),
        )
        .await;
    called
        .judge(
            "AutocompleteUsers",
            "GET /api/v2/users/autocomplete?name=J%C3%BCrgen&field_id=9&source=zd",
            None,
            Some("autocomplete_users/200.json"),
            |users, _| users.autocomplete("Jürgen").field_id("9").source("zd"),
        )
        .await;
}

/// Calls that count users, with every parameter.
async fn counts(called: &mut Called) {
    called.judge("CountUsers", "GET /api/v2/users/count?permission_set=3&role=admin&role%5B%5D=agent&role%5B%5D=end-user", None, Some("count_users/200.json"), |users, _| { users.count().permission_set(3).role(Role::Admin).roles(&ROLES) }).await;
    called.judge("CountGroupUsers", "GET /api/v2/groups/7/users/count?permission_set=3&role=admin&role%5B%5D=agent&role%5B%5D=end-user", None, Some("count_group_users/200.json"), |users, _| { users.count_for_group(7).permission_set(3).role(Role::Admin).roles(&ROLES) }).await;
    called.judge("CountOrganizationUsers", "GET /api/v2/organizations/7/users/count?permission_set=3&role=admin&role%5B%5D=agent&role%5B%5D=end-user", None, Some("count_organization_users/200.json"), |users, _| { users.count_for_organization(7).permission_set(3).role(Role::Admin).roles(&ROLES) }).await;
    called
        .judge(
            "CountDeletedUsers",
            "GET /api/v2/deleted_users/count",
            None,
            Some("count_deleted_users/200.json"),
            |users, _| users.count_deleted(),
        )
        .await;
}

/// Calls that send a body, and the one that only acts.
async fn writes(called: &mut Called) {
    called
        .judge(
            "CreateUser",
            "POST /api/v2/users",
            Some("create_user/request.json"),
            Some("create_user/201.json"),
            |users, body| users.create(&decode(&body["user"])),
        )
        .await;
    called
        .judge(
            "CreateManyUsers",
            "POST /api/v2/users/create_many",
            Some("create_many_users/request.json"),
            Some("create_many_users/200.json"),
            |users, body| users.create_many(&decode::<Vec<_>>(&body["users"])),
        )
        .await;
    called
        .judge(
            "CreateOrUpdateUser",
            "POST /api/v2/users/create_or_update",
            Some("create_or_update_user/request.json"),
            Some("create_or_update_user/201.json"),
            |users, body| users.create_or_update(&decode(&body["user"])),
        )
        .await;
    called
        .judge(
            "CreateOrUpdateManyUsers",
            "POST /api/v2/users/create_or_update_many",
            Some("create_or_update_many_users/request.json"),
            Some("create_or_update_many_users/200.json"),
            |users, body| users.create_or_update_many(&decode::<Vec<_>>(&body["users"])),
        )
        .await;
    called
        .judge(
            "RequestUserCreate",
            "POST /api/v2/users/request_create",
            Some("request_user_create/request.json"),
            None,
            |users, body| users.request_create(&decode(&body["user"])),
        )
        .await;
    called
        .judge(
            "UpdateUser",
            "PUT /api/v2/users/7",
            Some("update_user/request.json"),
            Some("update_user/200.json"),
            |users, body| users.update(7, &decode(&body["user"])),
        )
        .await;
    called
        .judge(
            "UpdateManyUsers",
            "PUT /api/v2/users/update_many?external_ids=a,b&ids=1,2,3",
            Some("update_many_users/request_2.json"),
            Some("update_many_users/200.json"),
            |users, body| {
                users
                    .update_many(&decode(&body))
                    .external_ids(&["a", "b"])
                    .ids(&[1, 2, 3])
            },
        )
        .await;
    called
        .judge(
            "MergeEndUsers",
            "PUT /api/v2/users/7/merge",
            Some(r#"{"user": {"id": 1234}}"#),
            Some("merge_end_users/200.json"),
            |users, _| users.merge(7, 1234),
        )
        .await;
    called
        .judge(
            "LogoutManyUsers",
            "POST /api/v2/users/logout_many?ids=1,2,3",
            None,
            None,
            |users, _| users.logout_many().ids(&[1, 2, 3]),
        )
        .await;
}

/// The form that the page shows in a command alone.
#[tokio::test]
async fn a_picture_is_the_only_part_of_a_form() {
    let answer = fixture("update_user/200.json");
    let server = Judge::answering(vec![Answer::json(200, &answer)]);
    let picture = zendesk::Upload::new("PNG")
        .file_name("me.png")
        .content_type("image/png");
    let user = zendesk(&server).users().update_multipart(7, &picture).await;
    assert_eq!(user.expect("a user").id, 9873843);
    let seen = server.only();
    assert_eq!(
        (seen.method.as_str(), seen.path.as_str()),
        ("PUT", "/api/v2/users/7")
    );
    let kind = seen.header("content-type").expect("a media type");
    let (_, boundary) = kind.split_once("boundary=").expect("a boundary");
    let boundary = boundary.trim_matches('"');
    let expected = format!(
        "--{boundary}\r\ncontent-disposition: form-data; name=\"user[photo][uploaded_data]\"; filename=\"me.png\"\r\ncontent-type: image/png\r\n\r\nPNG\r\n--{boundary}--\r\n"
    );
    assert_eq!(String::from_utf8_lossy(&seen.body), expected);
}

/// Calls that delete.
async fn deletes(called: &mut Called) {
    called
        .judge(
            "DeleteUser",
            "DELETE /api/v2/users/7",
            None,
            Some("delete_user/200.json"),
            |users, _| users.delete(7),
        )
        .await;
    called
        .judge(
            "BulkDeleteUsers",
            "DELETE /api/v2/users/destroy_many?external_ids=a,b&ids=1,2,3",
            None,
            Some("bulk_delete_users/200.json"),
            |users, _| {
                users
                    .bulk_delete()
                    .external_ids(&["a", "b"])
                    .ids(&[1, 2, 3])
            },
        )
        .await;
    called
        .judge(
            "PermanentlyDeleteUser",
            "DELETE /api/v2/deleted_users/7",
            None,
            Some("permanently_delete_user/200.json"),
            |users, _| users.permanently_delete(7),
        )
        .await;
}

/// An operation that is new to the crate fails this test until it is called here.
#[tokio::test]
async fn every_operation_of_zendesk_is_called_and_judged() {
    let mut called = Called::default();
    reads(&mut called).await;
    lists(&mut called).await;
    counts(&mut called).await;
    writes(&mut called).await;
    deletes(&mut called).await;
    let known: BTreeSet<&str> = zendesk::OPERATIONS.iter().map(|op| op.id).collect();
    assert_eq!(called.0, known);
    assert_eq!(known.len(), zendesk::OPERATIONS.len());
}
