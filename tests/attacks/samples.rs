//! Collections and recordings.

use super::{Attack, attack, members};
use serde_json::{Value, json};

fn collection(items: impl Iterator<Item = Value>, variables: Value) -> String {
    json!({
        "info": {"name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": items.collect::<Vec<_>>(), "variable": variables,
    })
    .to_string()
}

fn request(path: &str, body: Option<&Value>) -> Value {
    let url = format!("https://shop.example.com/{path}");
    match body {
        None => json!({"name": "r", "request": {"method": "GET", "url": url}}),
        Some(body) => {
            json!({"name": "r", "request": {"method": "POST", "url": url, "body": {"mode": "raw", "raw": body.to_string()}}})
        }
    }
}

fn one(body: &Value) -> String {
    collection(std::iter::once(request("p", Some(body))), json!([]))
}

fn values(count: usize, value: impl Fn(usize) -> String) -> Value {
    (0..count)
        .map(|at| json!({"key": format!("v{at}"), "value": value(at)}))
        .collect()
}

pub(super) const ATTACKS: &[Attack] = &[
    attack("requests", "json", |n| {
        collection(
            (0..n / 100).map(|at| request(&format!("shop/p{at}"), None)),
            json!([]),
        )
    }),
    attack("requests of one operation", "json", |n| {
        collection(
            (0..n / 150).map(|at| request("p", Some(&json!({"a": at})))),
            json!([]),
        )
    }),
    attack("deep folders", "json", |n| {
        let head = r#"{"info":{"name":"x","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":["#;
        head.to_owned() + &r#"{"name":"f","item":["#.repeat(n / 20)
    }),
    attack("variables that double", "json", |n| {
        let double = |at| format!("{{{{v{0}}}}}{{{{v{0}}}}}", at + 1);
        collection(
            std::iter::once(request("{{v0}}", None)),
            values(n / 60, double),
        )
    }),
    attack("variables in a chain", "json", |n| {
        let next = |at| format!("{{{{v{}}}}}", at + 1);
        collection(
            std::iter::once(request("{{v0}}", None)),
            values(n / 45, next),
        )
    }),
    attack("variables in an address", "json", |n| {
        let long = |_| "b".repeat(1_000);
        collection(
            std::iter::once(request(&"{{v0}}/".repeat(n / 7), None)),
            values(1, long),
        )
    }),
    attack("open variables in an address", "json", |n| {
        collection(
            std::iter::once(request(&"{{".repeat(n / 2), None)),
            json!([]),
        )
    }),
    attack("records", "json", |n| {
        let record = |at| json!({"a": at, "b": format!("x{at}")});
        one(&json!({"d": (0..n / 45).map(record).collect::<Vec<_>>()}))
    }),
    attack("records of other members each", "json", |n| {
        let record = |at: usize| json!({format!("k{at}"): at, "type": format!("t{at}")});
        one(&json!({"d": (0..n / 50).map(record).collect::<Vec<_>>()}))
    }),
    attack("many members", "json", |n| {
        one(&members(
            (0..n / 20).map(|at| (format!("k{at}"), json!(at))),
        ))
    }),
    attack("names that are values", "json", |n| {
        let entry = |at: usize| {
            (
                format!("{at:08x}-0000-4000-8000-000000000000"),
                json!({"a": at}),
            )
        };
        one(&members((0..n / 60).map(entry)))
    }),
    attack("kinds of all sorts", "json", |n| {
        let sorts = [
            json!([]),
            json!({}),
            json!("s"),
            json!(1),
            json!(null),
            json!(true),
        ];
        one(&sorts.iter().cycle().take(n / 5).cloned().collect())
    }),
    attack("a deep body", "json", |n| {
        let body = "{\"a\":".repeat(n / 8) + "1" + &"}".repeat(n / 8);
        let mut item = request("p", Some(&json!(0)));
        item["request"]["body"]["raw"] = json!(body);
        collection(std::iter::once(item), json!([]))
    }),
    attack("values of a query", "json", |n| {
        let query: Vec<String> = (0..n / 9).map(|at| format!("a{at}=1")).collect();
        collection(
            std::iter::once(request(&format!("p?{}", query.join("&")), None)),
            json!([]),
        )
    }),
    attack("a query of GraphQL", "json", |n| {
        let mut item = request("p", Some(&json!(0)));
        item["request"]["body"] = json!({"mode": "graphql", "graphql": {"query": format!("query Q {{{}", "a{".repeat(n / 2)), "variables": "{}"}});
        collection(std::iter::once(item), json!([]))
    }),
    attack("entries", "har", |n| {
        let entry = |at: usize| {
            json!({
                "request": {"method": "GET", "url": format!("https://shop.example.com/shop/p/{at}"), "httpVersion": "1.1", "headers": [], "queryString": [], "cookies": []},
                "response": {"status": 200, "statusText": "OK", "headers": [], "cookies": [], "content": {"size": 1, "mimeType": "application/json", "text": "{\"a\":1}"}},
            })
        };
        let entries: Vec<Value> = (0..n / 300).map(entry).collect();
        json!({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": entries}}).to_string()
    }),
];
