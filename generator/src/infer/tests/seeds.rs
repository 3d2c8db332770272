//! What the first two APIs' own samples become.

use super::support::*;
use crate::model::*;
use serde_json::Value;

/// The call in one of the project's own descriptions.
fn read(name: &str) -> Call {
    let path = format!(
        "{}/../specs/{name}.postman.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let item: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let request = &item["request"];
    let url: Vec<&str> = request["url"]["path"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s.as_str().unwrap())
        .collect();
    let url = url.join("/").replace("{{", "{").replace("}}", "}");
    Call {
        line: format!("{} /{url}", request["method"].as_str().unwrap()),
        sent: vec![request["body"]["raw"].as_str().unwrap().to_owned()],
        received: item["response"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| {
                (
                    r["code"].as_u64().unwrap() as u16,
                    r["body"].as_str().unwrap().to_owned(),
                )
            })
            .collect(),
    }
}

fn zendesk() -> Vec<Call> {
    [
        "create_many_users",
        "create_or_update_many_users",
        "create_or_update_user",
    ]
    .map(|name| read(&format!("zendesk/{name}")))
    .to_vec()
}

#[test]
fn zendesk_users() {
    let (model, diagnostics) = resolved(&zendesk());
    let text = print(&model);
    insta::assert_snapshot!(text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert!(!text.contains("dolorea1") && !text.contains("in_80e"));
    let user = model
        .schemas
        .iter()
        .filter_map(|(_, schema)| match &schema.shape {
            Shape::Object(object) => Some(object),
            _ => None,
        })
        .find(|object| object.properties.len() > 30)
        .unwrap();
    assert_eq!(user.properties.len(), 39);
    assert!(user.properties.iter().all(|property| !property.required));
}

#[test]
fn docusign_users() {
    let (model, diagnostics) = resolved(&[read("docusign/create_users")]);
    insta::assert_snapshot!(print(&model));
    let messages: Vec<_> = diagnostics.iter().map(|d| d.message.as_str()).collect();
    insta::assert_snapshot!("docusign_users_notes", messages.join("\n"));
}
