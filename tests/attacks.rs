//! Documents that cost more than they weigh where a reader is careless, of any size: what the tests and `cargo xtask hostile` run.

mod documents;
mod operations;
mod samples;
mod schemas;
mod texts;

use serde_json::{Map, Value, json};

/// A way to be expensive.
#[derive(Clone, Copy, Debug)]
pub struct Attack {
    /// What it is.
    pub name: &'static str,
    /// The ending of its file.
    pub ending: &'static str,
    /// The document of about this many bytes.
    pub make: fn(usize) -> String,
}

const fn attack(name: &'static str, ending: &'static str, make: fn(usize) -> String) -> Attack {
    Attack { name, ending, make }
}

/// All of them.
pub fn all() -> Vec<Attack> {
    [
        documents::ATTACKS,
        schemas::ATTACKS,
        operations::ATTACKS,
        samples::ATTACKS,
        texts::ATTACKS,
    ]
    .concat()
}

/// The beginning of a YAML description, whole in itself.
const YAML: &str = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\n\
    paths: {/a: {get: {responses: {'200': {description: x}}}}}\n";

fn answer() -> Value {
    json!({"responses": {"200": {"description": "x"}}})
}

/// A description with these members beside its head.
fn with(more: Value) -> String {
    let mut document = json!({
        "openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {"/a": {"get": answer()}},
    });
    if let (Some(document), Value::Object(more)) = (document.as_object_mut(), more) {
        document.extend(more);
    }
    document.to_string()
}

fn members(all: impl Iterator<Item = (String, Value)>) -> Value {
    Value::Object(all.collect::<Map<_, _>>())
}

/// A description with these schemas, and an operation that answers with the one of this name.
fn schemas(used: &str, all: impl Iterator<Item = (String, Value)>) -> String {
    let mut operation = answer();
    operation["responses"]["200"]["content"] = json!({"application/json": {"schema": to(used)}});
    with(json!({"paths": {"/a": {"get": operation}}, "components": {"schemas": members(all)}}))
}

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// One schema.
fn schema(schema: Value) -> String {
    schemas("A", std::iter::once(("A".to_owned(), schema)))
}

/// An object with one member.
fn object(name: &str) -> Value {
    json!({"type": "object", "properties": {name: {"type": "string"}}})
}
