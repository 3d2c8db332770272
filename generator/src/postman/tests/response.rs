//! Examples: statuses, media types and bodies.

use super::*;

/// A status and the media types of its bodies.
type Shown = (String, Vec<String>);

fn responses(list: Value) -> (Vec<Shown>, Model, Vec<String>) {
    let (model, codes) =
        lower_value(&json!({"name": "A", "request": {"url": "h/a"}, "response": list}));
    let shown = model.operations[0]
        .responses
        .iter()
        .map(|r| {
            (
                r.status.to_string(),
                r.content.iter().map(|c| c.name.clone()).collect(),
            )
        })
        .collect();
    (shown, model, codes)
}

#[test]
fn responses_by_status_and_media_type() {
    let json_type = json!([{"key": "Content-Type", "value": "application/json"}]);
    let (shown, model, codes) = responses(json!([
        {"name": "Created, of course", "status": "Created", "header": json_type, "body": "{\"a\": 1}"},
        {"name": "Created", "code": 201, "_postman_previewlanguage": "json", "body": "{\"b\": 1}"},
        {"name": "Gone", "code": "404", "header": null, "body": "<html><p>no</p></html>"},
        {"name": "None", "code": 204, "header": json_type, "body": ""},
        {"name": "Unexpected error", "code": 500, "body": "[]", "header": "X-Rate: <integer>\nX-Once: 1"},
        null,
    ]));
    let expect = |status: &str, types: &[&str]| {
        (
            status.to_owned(),
            types.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>(),
        )
    };
    assert_eq!(
        shown,
        [
            expect("201", &["application/json"]),
            expect("204", &[]),
            expect("404", &["text/html"]),
            expect("default", &["application/json"]),
        ]
    );
    assert!(codes.is_empty(), "{codes:?}");
    let operation = &model.operations[0];
    assert_eq!(operation.responses[0].content[0].examples.len(), 2);
    assert_eq!(
        operation.responses[0].docs.summary.as_deref(),
        Some("Created")
    );
    assert_eq!(operation.responses[3].status, Status::Default);
    assert_eq!(
        operation.responses[3]
            .headers
            .iter()
            .map(|h| h.name.as_str())
            .collect::<Vec<_>>(),
        ["X-Rate"]
    );
}

#[test]
fn responses_that_show_nothing_are_told() {
    // That there is no example of success is for the plan to say: another source may have one.
    assert!(responses(json!([])).2.is_empty());
    assert_eq!(
        responses(json!([{"code": 999}, {"code": 200}])).2,
        ["postman/unknown-status"]
    );
    let (shown, model, codes) =
        responses(json!([{"code": 200, "_postman_previewlanguage": "json", "body": "{\"a\": 1"}]));
    assert_eq!(codes, ["postman/example-not-json"]);
    assert_eq!(shown[0].1, ["text/plain"]);
    let media = &model.operations[0].responses[0].content[0];
    assert_eq!(
        model.schemas.get(media.schema).shape,
        Shape::String(StringFormat::Plain)
    );
}
