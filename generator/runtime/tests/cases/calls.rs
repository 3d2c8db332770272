//! Calls from the sample client to a mock and back.

use super::support::run;
use crate::Client;
use crate::runtime::prelude::*;
use crate::runtime::{ErrorKind, Field, Mock, Result};
use crate::types::*;
use serde_json::json;

#[test]
fn a_call_is_data() {
    let client = Client::with_transport(Mock::new());
    let list = client
        .users()
        .list()
        .role(Role::Agent)
        .external_id("a b")
        .ids(&[1, 2])
        .tags(&["x,y", "z"])
        .roles(&[Role::Agent, "new".into()])
        .with_deleted(true)
        .on_behalf_of("ada");
    let request = list.into_request().unwrap();
    assert_eq!(request.operation(), "ListUsers");
    assert_eq!(
        request.url(),
        "http://localhost/api/v2/users?role=agent&external_id=a%20b&ids=1,2&tags=x%2Cy,z&role%5B%5D=agent&role%5B%5D=new&with_deleted"
    );
    assert_eq!(request.header("x-on-behalf-of"), Some("ada"));
    assert_eq!(request.header("accept"), Some("application/json"));
}

#[test]
fn envelopes_are_transparent() -> Result<()> {
    let mock = Mock::new()
        .on("CreateOrUpdateUser", 201, json!({"user": {"id": 7}}))
        .on("CreateManyUsers", 200, json!({"job_status": {"id": "j"}}))
        .on("UpdateManyUsers", 200, json!({"job_status": {"id": "k"}}));
    let client = Client::with_transport(mock.clone());
    let input = UserInput {
        phone: Field::Null,
        ..UserInput::new("Ada")
    };
    assert_eq!(run(client.users().create_or_update(&input))?.id, 7);
    assert_eq!(
        run(client.users().create_many(std::slice::from_ref(&input)))?.id,
        "j"
    );
    let body = UpdateManyUsersBody::User(input);
    assert_eq!(run(client.users().update_many(&body))?.id, "k");
    let bodies: Vec<_> = mock
        .requests()
        .iter()
        .map(|request| request.body().as_bytes().unwrap().to_vec())
        .collect();
    let text: Vec<_> = bodies
        .iter()
        .map(|body| std::str::from_utf8(body).unwrap())
        .collect();
    assert_eq!(
        text,
        [
            r#"{"user":{"name":"Ada","phone":null}}"#,
            r#"{"users":[{"name":"Ada","phone":null}]}"#,
            r#"{"user":{"name":"Ada","phone":null}}"#,
        ]
    );
    assert_eq!(
        run(client.users().show(1)).unwrap_err().kind(),
        ErrorKind::Mock
    );
    Ok(())
}
