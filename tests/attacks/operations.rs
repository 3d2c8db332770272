//! Operations, their parameters, bodies, servers and credentials.

use super::{Attack, answer, attack, members, object, with};
use serde_json::{Value, json};

/// A description with these paths, which each have one operation.
fn paths(all: impl Iterator<Item = (String, Value)>) -> String {
    with(json!({"paths": members(all.map(|(path, operation)| (path, json!({"get": operation}))))}))
}

fn one(operation: Value) -> String {
    paths(std::iter::once(("/p".to_owned(), operation)))
}

/// An answer with these members beside it.
fn also(more: Value) -> Value {
    let mut operation = answer();
    if let (Some(operation), Value::Object(more)) = (operation.as_object_mut(), more) {
        operation.extend(more);
    }
    operation
}

fn parameters(count: usize, place: &str, schema: impl Fn(usize) -> Value) -> Value {
    let parameter = |at| json!({"name": format!("q{at}"), "in": place, "required": place == "path", "schema": schema(at)});
    (0..count).map(parameter).collect()
}

fn text(_: usize) -> Value {
    json!({"type": "string"})
}

/// A description whose one operation demands credentials.
fn secured(security: Value, schemes: impl Iterator<Item = (String, Value)>) -> String {
    with(json!({
        "paths": {"/p": {"get": also(json!({"security": security}))}},
        "components": {"securitySchemes": members(schemes)},
    }))
}

fn key(name: String) -> Value {
    json!({"type": "apiKey", "in": "header", "name": name})
}

pub(super) const ATTACKS: &[Attack] = &[
    attack("operations", "json", |n| {
        paths((0..n / 70).map(|at| (format!("/p{at}"), answer())))
    }),
    attack("operations below one path", "json", |n| {
        paths((0..n / 80).map(|at| (format!("/shop/p{at}"), answer())))
    }),
    attack("operations of one name", "json", |n| {
        let operation = also(json!({"operationId": "same"}));
        paths((0..n / 90).map(|at| (format!("/shop/p{at}"), operation.clone())))
    }),
    attack("groups", "json", |n| {
        paths((0..n / 90).map(|at| (format!("/p{at}"), also(json!({"tags": [format!("t{at}")]})))))
    }),
    attack("groups of one operation", "json", |n| {
        let tags: Vec<String> = (0..n / 10).map(|at| format!("t{at}")).collect();
        one(also(json!({"tags": tags})))
    }),
    attack("parameters", "json", |n| {
        one(also(
            json!({"parameters": parameters(n / 65, "query", text)}),
        ))
    }),
    attack("headers", "json", |n| {
        one(also(
            json!({"parameters": parameters(n / 65, "header", text)}),
        ))
    }),
    attack("parameters with values", "json", |n| {
        let values = |at| json!({"type": "string", "enum": [format!("a{at}"), "b"]});
        one(also(
            json!({"parameters": parameters(n / 95, "query", values)}),
        ))
    }),
    attack("parameters of a path", "json", |n| {
        let count = n / 80;
        let path: String = (0..count).map(|at| format!("/{{q{at}}}")).collect();
        let operation = also(json!({"parameters": parameters(count, "path", text)}));
        paths(std::iter::once((path, operation)))
    }),
    attack("a long path", "json", |n| {
        paths(std::iter::once(("/a".repeat(n / 2), answer())))
    }),
    attack("long paths", "json", |n| {
        let count = (n as f64).sqrt() as usize;
        paths((0..count).map(|at| ("/a".repeat(at + 1), answer())))
    }),
    attack("braces in a path", "json", |n| {
        paths(std::iter::once((
            format!("/{}", "{}{".repeat(n / 3)),
            answer(),
        )))
    }),
    attack("media types", "json", |n| {
        let content = (0..n / 110).map(|at| {
            (
                format!("application/x-{at}+json"),
                json!({"schema": object(&format!("a{at}"))}),
            )
        });
        let operation = also(json!({"requestBody": {"content": members(content)}}));
        with(json!({"paths": {"/p": {"post": operation}}}))
    }),
    attack("parts of a form", "json", |n| {
        let parts = (0..n / 55).map(|at| {
            (
                format!("a{at}"),
                json!({"type": "string", "format": "binary"}),
            )
        });
        let form = json!({"schema": {"type": "object", "properties": members(parts)}});
        let operation = also(json!({"requestBody": {"content": {"multipart/form-data": form}}}));
        with(json!({"paths": {"/p": {"post": operation}}}))
    }),
    attack("servers", "json", |n| {
        let server = |at| json!({"url": format!("https://s{at}.example.com")});
        with(json!({"servers": (0..n / 45).map(server).collect::<Vec<_>>()}))
    }),
    attack("variables of a server", "json", |n| {
        let count = n / 50;
        let url: String = (0..count).map(|at| format!("{{v{at}}}")).collect();
        let variables = (0..count).map(|at| {
            (
                format!("v{at}"),
                json!({"default": "a", "enum": ["a", "b"]}),
            )
        });
        with(
            json!({"servers": [{"url": format!("https://example.com/{url}"), "variables": members(variables)}]}),
        )
    }),
    attack("alternatives of credentials", "json", |n| {
        let count = n / 85;
        let security: Value = (0..count).map(|at| json!({format!("k{at}"): []})).collect();
        secured(
            security,
            (0..count).map(|at| (format!("k{at}"), key(format!("K{at}")))),
        )
    }),
    attack("credentials together", "json", |n| {
        let count = n / 85;
        let all = members((0..count).map(|at| (format!("k{at}"), json!([]))));
        secured(
            json!([all]),
            (0..count).map(|at| (format!("k{at}"), key(format!("K{at}")))),
        )
    }),
    attack("credentials that exclude each other", "json", |n| {
        let count = n / 170;
        let names = |at: usize| [format!("K{at}"), format!("k{at}")];
        let all = members((0..count).flat_map(names).map(|name| (name, json!([]))));
        let schemes = (0..count)
            .flat_map(names)
            .map(|name| (name.clone(), key(name)));
        secured(json!([all]), schemes)
    }),
    attack("bodies", "json", |n| {
        let body = |at: usize| json!({"type": "object", "properties": {format!("a{at}"): {"type": "string"}, "data": object(&format!("b{at}"))}});
        let operation = |at| {
            also(json!({"requestBody": {"content": {"application/json": {"schema": body(at)}}}}))
        };
        with(
            json!({"paths": members((0..n / 260).map(|at| (format!("/shop/p{at}"), json!({"post": operation(at)}))))}),
        )
    }),
    attack("webhooks", "json", |n| {
        let hook = |at: usize| {
            also(
                json!({"requestBody": {"content": {"application/json": {"schema": object(&format!("a{at}"))}}}}),
            )
        };
        with(
            json!({"webhooks": members((0..n / 170).map(|at| (format!("w{at}"), json!({"post": hook(at)}))))}),
        )
    }),
    attack("paths that refer to each other", "json", |n| {
        let path = |at: usize| {
            (
                format!("/p{at}"),
                json!({"$ref": format!("#/paths/~1p{}", at + 1)}),
            )
        };
        with(json!({"paths": members((0..n / 40).map(path))}))
    }),
    attack("references that lead nowhere", "json", |n| {
        let lost = |at: usize| json!({"responses": {"200": {"$ref": format!("#/components/responses/R{at}")}}});
        paths((0..n / 90).map(|at| (format!("/shop/p{at}"), lost(at))))
    }),
    attack("references to other files", "json", |n| {
        let lost = |at: usize| json!({"responses": {"200": {"$ref": format!("x{at}.json#/R")}}});
        paths((0..n / 80).map(|at| (format!("/shop/p{at}"), lost(at))))
    }),
    attack("wrong kinds", "json", |n| {
        let wrong = json!({"responses": "no", "parameters": 7});
        paths((0..n / 60).map(|at| (format!("/shop/p{at}"), wrong.clone())))
    }),
];
