//! Shuffled collections to one text: the order of items and examples never shows in a model.

use letterpress::diagnostic::Diagnostics;
use letterpress::origin::FileId;
use letterpress::source::SourceFile;
use letterpress::tree::json::{Dialect, parse};
use letterpress::{infer, merge, model, normalize, postman};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;

/// The model of a collection with these items, as text.
fn understood(items: &[Value]) -> String {
    let collection = json!({
        "info": {"name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "variable": [{"key": "baseUrl", "value": "https://{{region}}.example.com"}],
        "auth": {"type": "bearer"},
        "item": items,
    });
    let text: Arc<str> = collection.to_string().into();
    let file = SourceFile {
        id: FileId(0),
        path: "shop.json".to_owned(),
        tree: parse(FileId(0), &text, Dialect::Strict).ok(),
        text,
        tag: None,
        role: Default::default(),
        links: Default::default(),
    };
    let mut diagnostics = Diagnostics::new();
    let lowered = postman::lower(&file, &postman::Variables::default(), &mut diagnostics);
    let merged = merge::merge(vec![lowered], &mut diagnostics);
    let resolved = infer::resolve(merged, &mut diagnostics);
    model::dump(&normalize::run(resolved, &mut diagnostics))
}

fn items() -> impl Strategy<Value = Vec<Value>> {
    let pick = |list: &'static [&'static str]| prop::sample::select(list);
    let item = (
        pick(&[
            "Show order",
            "Pay by card",
            "Pay by bank",
            "Adds a new order to the shop",
        ]),
        pick(&["GET", "POST", "NO METHOD"]),
        pick(&[
            "{{baseUrl}}/orders/:id?expand=a&n=1",
            "{{baseUrl}}/orders/{{order}}?n=2&n=3&expand=a,b",
            "https://other.example.com/pay?q",
            "",
        ]),
        pick(&["{\"a\": 1}", "{\"b\": [true]}", "text", ""]),
        pick(&[
            "X-Trace: 1",
            "Authorization: Basic <credentials>",
            "X-Api-Key: {{key}}\nX-Trace: 2",
            "",
        ]),
        prop::collection::vec(pick(&["{\"r\": 1}", "[]", "<html></html>", ""]), 0..3),
        prop::option::of(pick(&["Orders", "Payments"])),
    );
    let item = item.prop_map(|(name, method, url, body, header, answers, folder)| {
        let examples: Vec<Value> = answers
            .iter()
            .enumerate()
            .map(|(index, body)| json!({"name": format!("Answer {index}"), "code": 200 + index % 2, "body": body, "header": header}))
            .collect();
        let item = json!({
            "name": name,
            "request": {"method": method, "url": url, "header": header, "body": {"mode": "raw", "raw": body}, "description": format!("{name}, {url}")},
            "response": examples,
        });
        match folder {
            Some(folder) => json!({"name": folder, "item": [item]}),
            None => item,
        }
    });
    prop::collection::vec(item, 0..7)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_items_and_examples_does_not_show((items, shuffled) in items().prop_flat_map(|items| (Just(items.clone()), Just(items).prop_shuffle()))) {
        let mut turned = shuffled;
        for item in &mut turned {
            if let Some(examples) = item.get_mut("response").and_then(Value::as_array_mut) {
                examples.reverse();
            }
        }
        prop_assert_eq!(understood(&items), understood(&turned));
    }
}
