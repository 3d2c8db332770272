//! Any JSON where the format expects something: nothing panics, and no item is lost without a word.

use super::super::*;
use super::{collection, lower_value, source};
use proptest::prelude::*;
use serde_json::{Value, json};

fn json_value() -> impl Strategy<Value = Value> {
    const KEYS: &[&str] = &[
        "name",
        "request",
        "response",
        "item",
        "url",
        "raw",
        "host",
        "path",
        "query",
        "variable",
        "header",
        "body",
        "mode",
        "urlencoded",
        "formdata",
        "graphql",
        "auth",
        "type",
        "key",
        "value",
        "method",
        "description",
        "content",
        "code",
        "status",
        "originalRequest",
        "disabled",
        "options",
        "basic",
        "apikey",
        "info",
        "schema",
        "collection",
        "file",
        "port",
        "protocol",
        "requests",
        "folders",
        "order",
        "folders_order",
        "folder",
        "id",
        "values",
        "headers",
        "dataMode",
        "data",
        "rawModeData",
        "currentHelper",
        "helperAttributes",
        "responses",
        "responseCode",
        "pathVariables",
        "$kind",
        "src",
        "contentType",
        "variables",
        "operationName",
    ];
    const TEXTS: &[&str] = &[
        "",
        "GET",
        "raw",
        "{{a}}",
        "{{a",
        "}}",
        ":id.json",
        ":",
        "{id}",
        "{}",
        "https://{{a}}/b/:c?d=1,2&e",
        "://",
        "%zz%2f%c3",
        "{\"a\": {{b}}, ...}",
        "<integer>",
        "(Required) x",
        "(This can only be one of ,)",
        "é",
        "…",
        "basic",
        "apikey",
        "urlencoded",
        "graphql",
        "Authorization",
        "Bearer x",
        "A: b\nC",
        "a=b&&=c",
        "<p",
        "200",
        "{\"a\"",
        "noauth",
        "filter[a][b]",
        "filter[]",
        "query Q($a: [Int!]! = 1) { b }",
        "basicAuth",
        "params",
        "formdata",
        "http-request",
        "http-example",
        "# postman-to-openapi\n| object | name |\n|--|--|\n| query | a |",
        "{{{a}}}",
    ];
    let text = prop_oneof![
        prop::sample::select(TEXTS).prop_map(str::to_owned),
        any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0..700i64).prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 96, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(
                prop::sample::select(KEYS).prop_map(str::to_owned),
                inner,
                0..8
            )
            .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn never_panics_and_loses_no_item_silently(value in json_value()) {
        let item = json!({"name": "I", "request": {"url": "h/a", "body": value, "auth": value, "header": value}, "response": [value, {"code": 200, "body": value}]});
        let urls = json!({"name": "U", "request": {"url": value, "method": value}, "response": value, "variable": value});
        let bare = json!({"name": "R", "request": value});
        let all = collection(json!({"auth": value, "variable": value}), json!([item, urls, bare, value]));
        for text in [all, json!([item, value]), value.clone(), json!({"collection": value})] {
            let (model, codes) = lower_value(&text);
            prop_assert!(codes.len() >= model.skipped.len());
        }
    }

    #[test]
    fn other_versions_never_panic(value in json_value(), more in json_value()) {
        let old = json!({"name": "C", "order": value, "folders": [value, {"id": "f", "order": value, "folders_order": ["f", "g"]}, {"id": "g", "folders_order": ["f"]}],
            "requests": [value, more, {"id": "r", "folder": "f", "url": "h/a", "data": value, "dataMode": more, "currentHelper": "basicAuth", "helperAttributes": value, "responses": [more]}]});
        let environment = json!({"name": "E", "values": [{"key": "a", "value": more}, value], "_postman_variable_scope": "environment"});
        let environment = source(&environment.to_string());
        let mut diagnostics = Diagnostics::new();
        let variables = variables(&[&environment], &mut diagnostics);
        let model = lower(&source(&old.to_string()), &variables, &mut diagnostics);
        prop_assert!(diagnostics.iter().count() >= model.skipped.len());
        let request = json!({"$kind": "http-request", "url": "h/{{a}}", "body": value, "auth": more, "headers": value, "queryParams": more});
        let files: Vec<SourceFile> = [
            ("api/A.request.yaml", request),
            ("api/B.request.yaml", value.clone()),
            ("api/.resources/definition.yaml", json!({"variables": more, "auth": value})),
            ("api/.resources/A.resources/examples/X.example.yaml", json!({"request": value, "response": more})),
            ("api/.resources/A.resources/examples/Y.example.yaml", more),
        ]
        .into_iter()
        .map(|(path, value)| SourceFile {
            path: path.to_owned(),
            role: crate::source::Role::Part("api".to_owned()),
            links: Default::default(),
            ..source(&value.to_string())
        })
        .collect();
        let files: Vec<&SourceFile> = files.iter().collect();
        let model = lower_folder(&files, &variables, &mut diagnostics);
        prop_assert!(diagnostics.iter().count() >= model.skipped.len());
    }
}
