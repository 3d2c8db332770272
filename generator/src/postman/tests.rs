//! Small collections, and what is read from them.

mod property;
mod request;
mod response;

use super::*;
use crate::model::{
    ApiKeyLocation, Literal, Location, Operation, SecurityKind, Shape, Status, StringFormat, Style,
};
use crate::origin::FileId;
use crate::tree::json::{self, Dialect};
use serde_json::{Value, json};
use std::sync::Arc;

fn source(text: &str) -> SourceFile {
    let text: Arc<str> = text.into();
    SourceFile {
        id: FileId(0),
        path: "test.json".to_owned(),
        tree: json::parse(FileId(0), &text, Dialect::Strict).ok(),
        text,
        tag: Some("Fallback".to_owned()),
        role: Default::default(),
        links: Default::default(),
    }
}

/// Runs a function of a lowering that has nothing to lower.
pub(super) fn lowering<T>(run: impl FnOnce(&mut Lowering<'_>) -> T) -> T {
    let mut diagnostics = Diagnostics::new();
    let mut lowering = Lowering::new(None, &Variables::default(), &mut diagnostics);
    run(&mut lowering)
}

fn lower_text(text: &str) -> (Model, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let model = lower(&source(text), &Variables::default(), &mut diagnostics);
    let codes = diagnostics
        .iter()
        .map(|d| d.code.as_str().to_owned())
        .collect();
    (model, codes)
}

fn lower_value(value: &Value) -> (Model, Vec<String>) {
    lower_text(&value.to_string())
}

/// The only operation of an item with this request and with an example, so that nothing is to be said about it.
fn request(request: Value) -> (Operation, Model, Vec<String>) {
    let item = json!({"name": "Do It", "request": request, "response": [{"code": 204}]});
    let (model, codes) = lower_value(&item);
    let operation = model.operations.first().expect("an operation").clone();
    (operation, model, codes)
}

fn names(operation: &Operation, location: Location) -> Vec<&str> {
    operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == location)
        .map(|parameter| parameter.name.as_str())
        .collect()
}

fn collection(extra: Value, items: Value) -> Value {
    let mut collection = json!({
        "info": {"name": "C", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": items,
    });
    for (key, value) in extra.as_object().expect("an object") {
        collection[key] = value.clone();
    }
    collection
}

#[test]
fn containers_are_recognised_by_content() {
    let item =
        json!({"name": "A", "request": {"url": "https://x.org/a"}, "response": [{"code": 204}]});
    let bare = collection(json!({}), json!([item]));
    let without_schema = json!({"info": {"name": "C"}, "item": [item]});
    let folder = json!({"name": "F", "item": [item]});
    for value in [
        &item,
        &bare,
        &without_schema,
        &folder,
        &json!([item]),
        &json!({"collection": bare}),
    ] {
        assert!(recognizes(&source(&value.to_string())), "{value}");
        let (model, codes) = lower_value(value);
        assert_eq!(
            (model.operations.len(), codes.len()),
            (1, 0),
            "{value}: {codes:?}"
        );
    }
    for value in [
        json!({"openapi": "3.1.0", "info": {"title": "T"}, "paths": {}}),
        json!({"request": {"a": 1}}),
        json!([1, 2]),
        json!({"collection": [1]}),
        json!(null),
    ] {
        assert!(!recognizes(&source(&value.to_string())), "{value}");
    }
}

#[test]
fn environments_alone_are_refused_by_name() {
    let environment =
        json!({"name": "dev", "values": [{"key": "a", "value": "1", "enabled": true}]});
    let file = source(&environment.to_string());
    assert!(recognizes(&file) && is_environment(&file));
    let mut diagnostics = Diagnostics::new();
    let model = lower(&file, &Variables::default(), &mut diagnostics);
    let found: Vec<_> = diagnostics.iter().collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, Code::POSTMAN_ENVIRONMENT);
    assert!(model.operations.is_empty() && diagnostics.has_errors());
    assert!(found[0].origin.is_some() && found[0].help.is_some());
}

#[test]
fn what_is_something_else_is_called_by_its_name() {
    for (text, found) in [
        (r#"{"openapi": "3.1.0"}"#, "an OpenAPI document"),
        (r#"{"log": {"entries": []}}"#, "an HTTP archive (HAR)"),
        ("[]", "an array"),
        ("no document", "text that is neither JSON nor YAML"),
    ] {
        let mut diagnostics = Diagnostics::new();
        lower(&source(text), &Variables::default(), &mut diagnostics);
        let found_: Vec<_> = diagnostics.iter().collect();
        assert_eq!(found_.len(), 1);
        assert!(found_[0].message.ends_with(found), "{}", found_[0].message);
        assert!(found_[0].origin.is_some() && found_[0].help.is_some());
    }
}

#[test]
fn a_page_is_read_behind_its_marker_whatever_became_of_the_indentation() {
    let item = "{\n\"name\": \"A\",\n\"request\": {\"url\": \"https://x.org/a}\"},\n\"response\": [{\"code\": 204}]\n}";
    let page =
        format!("Title\nCkHttp http;\n        Postman Collection Item JSON  \n{item}\nFooter }}\n");
    let file = source(&page);
    assert!(file.tree.is_none() && recognizes(&file));
    let (model, codes) = lower_text(&page);
    assert_eq!((model.operations.len(), codes.len()), (1, 0));
    // Places are those of the page.
    let origin = model.operations[0].origins.first().expect("a place");
    assert_eq!(&page[origin.span.range()], item);

    let (model, codes) = lower_text("Postman Collection Item JSON\nsorry\n");
    assert_eq!(
        (model.operations.len(), codes),
        (0, vec!["postman/page-without-item".to_owned()])
    );
    let (_, codes) = lower_text("Postman Collection Item JSON\n{\"a\": \n");
    assert_eq!(codes, ["json/syntax"]);
}

#[test]
fn an_item_that_cannot_be_read_is_skipped_and_the_rest_is_read() {
    let good =
        json!({"name": "Good", "request": {"url": "https://x.org/a"}, "response": [{"code": 204}]});
    let items = json!([
        good,
        7,
        {"name": "Nothing"},
        {"name": "No URL", "request": {"method": "GET"}},
        {"name": "Empty URL", "request": {"url": ""}},
        {"name": "Bad method", "request": {"method": "G E T", "url": "h/b"}},
        {"name": "Wrong", "request": [1]},
        {"name": 5, "request": {"url": 5}},
    ]);
    let text = collection(json!({}), json!([{"name": "Users", "item": items}])).to_string();
    let mut diagnostics = Diagnostics::new();
    let model = lower(&source(&text), &Variables::default(), &mut diagnostics);
    assert_eq!(model.operations.len(), 1);
    assert_eq!(model.skipped.len(), 7);
    let no_url = diagnostics
        .iter()
        .find(|d| d.message == "Users ▸ No URL: the request has no URL")
        .expect("named");
    assert_eq!(no_url.code, Code::POSTMAN_NO_URL);
    assert!(!diagnostics.has_errors() && no_url.help.is_some());
}

#[test]
fn names_tags_and_docs() {
    let item = |name: &str| json!({"name": name, "request": {"url": "h/a", "description": {"content": "<p>Hi <b>you</b></p>", "type": "text/html"}}, "response": [{"code": 204}]});
    let (model, _) = lower_value(&item("Create Or Update Many Users"));
    assert_eq!(
        model.operations[0].names,
        [NameHint::new("Create Or Update Many Users", 0)]
    );
    assert_eq!(
        model.operations[0].docs.description.as_deref(),
        Some("Hi you")
    );
    assert_eq!(model.operations[0].tags, ["Fallback"]);
    let (model, _) = lower_value(&item("Adds news user to the specified account."));
    assert!(model.operations[0].names.is_empty());
    assert_eq!(
        model.operations[0].docs.summary.as_deref(),
        Some("Adds news user to the specified account.")
    );
    let (model, _) = lower_value(&item("{{baseUrl}}/a"));
    assert!(model.operations[0].names.is_empty() && model.operations[0].docs.summary.is_none());
    let (model, _) = lower_value(&collection(
        json!({}),
        json!([{"name": "Users", "item": [{"name": "Admins", "item": [item("A")]}]}]),
    ));
    assert_eq!(model.operations[0].tags, ["Users", "Admins"]);
    let (model, _) = lower_value(&item("Creates accounts."));
    assert_eq!(
        model.operations[0].names,
        [NameHint::new("Creates accounts", 0)]
    );
    let (model, _) = lower_value(&collection(
        json!({}),
        json!([{"name": "Keys", "item": [{"name": "/keys/:id", "item": [item("A")]}]}]),
    ));
    assert_eq!(model.operations[0].tags, ["Keys"]);
    let by_path = json!({"name": "A", "request": {"url": "h/pets/:petId/toys"}});
    let (model, _) = lower_value(&collection(
        json!({}),
        json!([{"name": "pets", "item": [{"name": "{petId}", "item": [by_path]}]}]),
    ));
    assert_eq!(model.operations[0].tags, ["Fallback"]);
}

#[test]
fn the_most_used_server_comes_first() {
    let item =
        |url: &str| json!({"name": "A", "request": {"url": url}, "response": [{"code": 204}]});
    let (model, _) = lower_value(&json!([
        item("https://a.org/1"),
        item("https://b.org/2"),
        item("https://b.org/3"),
        item("{{u}}/4")
    ]));
    let urls: Vec<_> = model.servers.iter().map(|s| s.url.as_str()).collect();
    assert_eq!(urls, ["https://b.org", "https://a.org"]);
}

#[test]
fn the_order_of_items_does_not_show() {
    let mut items = vec![
        json!({"name": "A", "request": {"method": "POST", "url": "https://a.org/x?b=1", "body": {"mode": "raw", "raw": "{\"a\": 1}"}}}),
        json!({"name": "B", "request": {"method": "POST", "url": "https://a.org/x?a=1", "body": {"mode": "raw", "raw": "{\"b\": 1}"}}}),
        json!({"name": "C", "request": {"url": "https://b.org/y"}}),
    ];
    let shown = |items: &[Value]| {
        let (model, _) = lower_value(&collection(json!({}), json!(items)));
        model
            .operations
            .iter()
            .map(|op| (op.names.clone(), op.key.clone()))
            .collect::<Vec<_>>()
    };
    let first = shown(&items);
    items.reverse();
    assert_eq!(first, shown(&items));
}

fn spec(name: &str) -> (Model, Vec<String>) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../specs")
        .join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    lower_text(&text)
}

#[test]
fn the_items_of_zendesk() {
    for (name, path, statuses) in [
        (
            "create_many_users",
            "POST /api/v2/users/create_many",
            &["200"][..],
        ),
        (
            "create_or_update_many_users",
            "POST /api/v2/users/create_or_update_many",
            &["200"],
        ),
        (
            "create_or_update_user",
            "POST /api/v2/users/create_or_update",
            &["200", "201"],
        ),
    ] {
        let (model, codes) = spec(&format!("zendesk/{name}.postman.json"));
        assert!(codes.is_empty(), "{name}: {codes:?}");
        let [operation] = model.operations.as_slice() else {
            panic!("one operation")
        };
        assert_eq!(operation.key.to_string(), path);
        assert!(
            operation.parameters.is_empty(),
            "{:?}",
            operation.parameters
        );
        assert_eq!(
            operation.names[0].text.to_lowercase().replace(' ', "_"),
            name
        );
        let shown: Vec<_> = operation
            .responses
            .iter()
            .map(|r| r.status.to_string())
            .collect();
        assert_eq!(shown, statuses);
        for response in &operation.responses {
            assert_eq!(response.content[0].name, "application/json");
            assert_eq!(response.content[0].examples.len(), 1);
        }
        let body = operation.request_body.as_ref().expect("a body");
        assert_eq!(
            (body.content.len(), body.content[0].name.as_str()),
            (1, "application/json")
        );
        assert_eq!(operation.security[0].schemes, ["basic"]);
        assert_eq!(model.security_schemes[0].kind, SecurityKind::Basic);
        assert!(model.servers.is_empty() && model.skipped.is_empty());
    }
}

#[test]
fn the_item_of_docusign() {
    let (model, codes) = spec("docusign/create_users.postman.json");
    assert!(codes.is_empty(), "{codes:?}");
    let operation = &model.operations[0];
    assert_eq!(
        operation.key.to_string(),
        "POST /v2.1/accounts/{accountId}/users"
    );
    assert_eq!(names(operation, Location::Path), ["accountId"]);
    assert_eq!(operation.parameters.len(), 1);
    assert_eq!(operation.security[0].schemes, ["bearer"]);
    assert!(operation.names.is_empty() && operation.responses.is_empty());
    assert_eq!(
        operation.docs.summary.as_deref(),
        Some("Adds news user to the specified account.")
    );
}

#[test]
fn the_dump_of_a_model_tells_what_was_understood() {
    let item = json!({
        "name": "Pay",
        "request": {
            "method": "POST",
            "url": {"host": ["https://x.org"], "path": ["a", ":id"], "query": [{"key": "n", "value": "1", "description": "(Required) Count\nmore"}]},
            "header": "Authorization: Bearer {{t}}",
            "body": {"mode": "urlencoded", "urlencoded": "a b=1&c=2"},
            "description": "Pays.\n\nLater text.",
        },
        "response": [{"name": "Paid", "code": 200, "body": "[]"}],
    });
    let (model, _) = lower_value(&collection(json!({}), json!([item])));
    let expected = r#"title "C"
server https://x.org
security scheme "bearer": Bearer

operation POST /a/{id}
  names "Pay" (0)
  tags ["Fallback"]
  description "Pays."
  server https://x.org
  security "bearer"
  path parameter "id" required: sampled
  query parameter "n" required: sampled example "1" -- Count
  request body required
    application/x-www-form-urlencoded: object
      "a b"?: sampled
      c?: sampled
      example "Pay" {"a b": "1", "c": "2"}
  response 200
    summary "Paid"
    application/json: sampled
      example "Paid" []
"#;
    assert_eq!(crate::model::dump(&model), expected);
}

/// Reads a collection of collections, if there is one: nothing panics, and what is left out is told.
#[test]
fn collections_of_real_life() {
    let folder = std::env::var_os("LETTERPRESS_CORPUS")
        .map(|folder| std::path::Path::new(&folder).join("postman"));
    let Some(folder) = folder.filter(|folder| folder.is_dir()) else {
        println!("skipped: LETTERPRESS_CORPUS names no folder with a folder `postman`");
        return;
    };
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect();
    paths.sort();
    for path in paths {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let file = source(text.trim_start_matches('\u{feff}'));
        let mut diagnostics = Diagnostics::new();
        let model = lower(&file, &Variables::default(), &mut diagnostics);
        let mut counts = std::collections::BTreeMap::<&str, usize>::new();
        for diagnostic in diagnostics.iter() {
            *counts.entry(diagnostic.code.as_str()).or_default() += 1;
        }
        println!(
            "{} recognised {}: {} operations, {} skipped, {} servers, {counts:?}",
            path.file_name().unwrap_or_default().to_string_lossy(),
            recognizes(&file),
            model.operations.len(),
            model.skipped.len(),
            model.servers.len(),
        );
        let told = diagnostics.iter().count();
        assert!(told >= model.skipped.len());
        assert!(
            !model.operations.is_empty() || told > 0,
            "{}",
            path.display()
        );
    }
}
