//! What actions make of documents, after the examples of the Overlay Specification.

use super::read;
use super::{apply, *};
use crate::tree::json::{Dialect, parse};
use crate::tree::yaml;
use serde_json::{Value, json};

fn tree(value: &Value) -> Tree {
    let text: std::sync::Arc<str> = value.to_string().into();
    parse(FileId(0), &text, Dialect::Strict).expect("JSON")
}

/// The document after all actions of a list, and the codes of what was found.
fn changed(document: &Value, actions: &str) -> (Value, Vec<&'static str>) {
    let mut found = Diagnostics::new();
    let text = actions.into();
    let actions = yaml::parse(FileId(1), &text).expect("YAML").tree;
    let actions = read::patches(actions.root(), &mut found);
    let mut tree = tree(document);
    for action in &actions.list {
        match apply::apply(&tree, action) {
            Ok(Some(apply::Changed::Tree(changed))) => tree = changed,
            Ok(Some(apply::Changed::Nothing)) => {}
            Ok(None) => found.push(unused(action)),
            Err(fault) => found.push(*fault),
        }
    }
    let codes = found.iter().map(|fault| fault.code.as_str());
    (tree.root().to_json(), codes.collect())
}

fn document() -> Value {
    json!({
        "info": {"title": "Shop", "tags": ["a"]},
        "paths": {
            "/foo": {"get": {"parameters": [{"name": "dummy"}, {"name": "limit", "in": "query"}]}},
            "/bar": {"get": {"x-traits": {"paged": true}}, "summary": "Bar"}
        }
    })
}

#[test]
fn updates_are_merged() {
    let (changed, found) = changed(
        &document(),
        r#"
- target: $
  update: {info: {title: Big shop, tags: [b], version: "1"}}
- target: $.paths['/foo'].get.parameters
  update: {name: skip}
- target: $.paths.*.get[?@.paged]
  update: {seen: true}
- target: $.info.title
  update: Biggest shop
"#,
    );
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        changed["info"],
        json!({"title": "Biggest shop", "tags": ["a", "b"], "version": "1"})
    );
    assert_eq!(
        changed["paths"]["/foo"]["get"]["parameters"],
        json!([{"name": "dummy"}, {"name": "limit", "in": "query"}, {"name": "skip"}])
    );
    assert_eq!(
        changed["paths"]["/bar"]["get"]["x-traits"],
        json!({"paged": true, "seen": true})
    );
}

#[test]
fn nodes_are_removed_and_copied() {
    let (changed, found) = changed(
        &document(),
        r#"
- target: $.paths.*.get.parameters[?@.name == 'dummy']
  remove: true
  update: {ignored: true}
- target: $.paths['/bar']
  copy: $.paths['/foo']
- target: $.info.tags
  remove: true
- target: $.paths
  description: They are there.
"#,
    );
    assert!(found.is_empty(), "{found:?}");
    let parameters = json!([{"name": "limit", "in": "query"}]);
    assert_eq!(changed["paths"]["/foo"]["get"]["parameters"], parameters);
    assert_eq!(changed["paths"]["/bar"]["get"]["parameters"], parameters);
    assert_eq!(changed["paths"]["/bar"]["summary"], "Bar");
    assert_eq!(changed["info"], json!({"title": "Shop"}));
}

#[test]
fn targets_inside_targets_are_all_updated() {
    let document = json!({"a": {"a": {"b": 1}}});
    let (changed, found) = changed(&document, "- {target: $..a, update: {seen: [1]}}");
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        changed,
        json!({"a": {"a": {"b": 1, "seen": [1]}, "seen": [1]}})
    );
}

#[test]
fn what_cannot_be_done_is_an_error() {
    for (action, code) in [
        ("- {target: $.nowhere, remove: true}", "overlay/unused"),
        ("- target: $.paths['/baz']", "overlay/unused"),
        ("- {target: $, remove: true}", "overlay/update"),
        ("- {target: $.info, update: text}", "overlay/update"),
        ("- {target: $.info.title, update: {}}", "overlay/update"),
        ("- {target: $.info, copy: $.paths.*}", "overlay/update"),
        ("- {target: $.info, copy: $.none}", "overlay/update"),
        ("- {target: info.title, remove: true}", "overlay/path"),
        ("- {target: $.info, copy: paths}", "overlay/path"),
        ("- {target: 7}", "overlay/document"),
        ("- {target: $.info, removed: true}", "overlay/document"),
        ("- text", "overlay/document"),
    ] {
        let (after, found) = changed(&document(), action);
        assert_eq!(found, [code], "{action}");
        assert_eq!(after, document(), "{action}");
    }
}

#[test]
fn overlays_are_held_to_their_specification() {
    for (overlay, right) in [
        (
            "{overlay: 1.1.0, info: {title: A, version: 1.0.0}, actions: [{target: $}], x-a: 1}",
            true,
        ),
        (
            "{overlay: 1.0.0, info: {title: A, version: 1.0.0}, actions: [{target: $}]}",
            true,
        ),
        (
            "{overlay: 2.0.0, info: {title: A, version: 1.0.0}, actions: [{target: $}]}",
            false,
        ),
        (
            "{overlay: '1.1', info: {title: A, version: 1.0.0}, actions: [{target: $}]}",
            false,
        ),
        (
            "{overlay: 1.1.0, info: {title: A}, actions: [{target: $}]}",
            false,
        ),
        (
            "{overlay: 1.1.0, info: {title: A, version: 1.0.0}, actions: []}",
            false,
        ),
        ("{overlay: 1.1.0, info: {title: A, version: 1.0.0}}", false),
        ("{overlay: 1.1.0, info: A, actions: [{target: $}]}", false),
        (
            "{overlay: 1.1.0, info: {title: A, version: 1.0.0}, actions: [{target: $}], more: 1}",
            false,
        ),
    ] {
        let mut found = Diagnostics::new();
        let tree = yaml::parse(FileId(0), &overlay.into()).expect("YAML").tree;
        read::overlay(tree.root(), &mut found);
        assert_eq!(found.is_empty(), right, "{overlay}: {found:?}");
        assert!(found.iter().all(|fault| fault.origin.is_some()));
    }
}
