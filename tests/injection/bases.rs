//! Documents of every kind whose strings are filled with payloads.

use super::payloads::filled;
use letterpress_tests::root;
use serde_json::{Map, Value, json};
use std::fs;

/// Sources of the project, of fixtures and of crates, that together hold every kind of string of their formats.
const SOURCES: &[(&str, &str)] = &[
    ("openapi-operations", "shop.yaml"),
    ("openapi-tolerance", "shop.yaml"),
    ("kitchen-sink-2-0", "kitchen_sink.yaml"),
    ("postman-folders", "shop.postman.json"),
    ("postman-several-statuses", "shop.postman.json"),
    ("postman-body-form-data", "shop.postman.json"),
    ("postman-body-graphql", "shop.postman.json"),
    ("postman-body-urlencoded", "shop.postman.json"),
    ("postman-query-styles", "shop.postman.json"),
    ("postman-version-1", "shop.json"),
    ("har-recording", "board.har"),
    ("markdown-marked", "boards.md"),
    ("curl-commands", "calls.sh"),
];

/// A document and the places where payloads go.
pub struct Base {
    /// What it is, for messages.
    pub name: String,
    /// The name of its file.
    pub file: String,
    /// Whether it is the configuration, which stands beside a source of its own.
    pub is_config: bool,
    document: Document,
}

enum Document {
    /// Every string and every name of a member.
    Tree { value: Value, places: Vec<String> },
    /// Every word.
    Text(Vec<String>),
}

/// All documents.
pub fn bases() -> Vec<Base> {
    let mut bases: Vec<Base> = SOURCES
        .iter()
        .map(|(folder, file)| {
            let homes = ["tests/fixtures", "specs"].map(|home| root().join(home).join(folder));
            let home = homes.into_iter().find(|home| home.is_dir());
            let path = home.expect("a folder").join(file);
            let text = fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let tree = match path.extension().and_then(|end| end.to_str()) {
                Some("yaml") => Some(serde_yaml::from_str(&text).expect("YAML")),
                Some("json" | "har") => Some(serde_json::from_str(&text).expect("JSON")),
                _ => None,
            };
            match tree {
                Some(value) => Base::tree(folder, &file.replace(".yaml", ".json"), value),
                None => Base {
                    name: (*folder).to_owned(),
                    file: (*file).to_owned(),
                    is_config: false,
                    document: Document::Text(words(&text)),
                },
            }
        })
        .collect();
    bases.push(Base::tree("openapi 3.2", "shop.json", openapi()));
    let mut config = Base::tree("configuration", "letterpress.yaml", config());
    config.is_config = true;
    bases.push(config);
    bases
}

impl Base {
    fn tree(name: &str, file: &str, value: Value) -> Self {
        let mut places = Vec::new();
        walk(&value, String::new(), &mut places);
        Base {
            name: name.to_owned(),
            file: file.to_owned(),
            is_config: false,
            document: Document::Tree { value, places },
        }
    }

    /// How many places there are.
    pub fn positions(&self) -> usize {
        match &self.document {
            Document::Tree { places, .. } => places.len(),
            Document::Text(words) => words.len() / 2,
        }
    }

    /// A place, for messages.
    pub fn place(&self, at: usize) -> String {
        match &self.document {
            Document::Tree { places, .. } => places.get(at).cloned(),
            Document::Text(words) => words.get(at * 2 + 1).cloned(),
        }
        .unwrap_or_default()
    }

    /// The document as it is.
    pub fn plain(&self) -> String {
        self.with(&[], "")
    }

    /// The document with a payload at these places.
    pub fn with(&self, at: &[usize], payload: &str) -> String {
        match &self.document {
            Document::Tree { value, .. } => {
                let mut next = 0;
                let filled = replaced(value, &mut next, at, payload);
                serde_json::to_string_pretty(&filled).expect("JSON")
            }
            Document::Text(words) => words
                .iter()
                .enumerate()
                .map(
                    |(index, word)| match index % 2 == 1 && at.contains(&(index / 2)) {
                        true => filled(payload, index / 2),
                        false => word.clone(),
                    },
                )
                .collect(),
        }
    }
}

/// What stands between words, a word, what stands between words …
fn words(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for letter in text.chars() {
        let in_word = parts.len() % 2 == 0;
        if letter.is_alphanumeric() != in_word {
            parts.push(String::new());
        }
        if let Some(last) = parts.last_mut() {
            last.push(letter);
        }
    }
    parts
}

fn walk(value: &Value, path: String, places: &mut Vec<String>) {
    match value {
        Value::String(_) => places.push(path),
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                walk(value, format!("{path}/{index}"), places);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                places.push(format!("{path}/{name} (its name)"));
                walk(value, format!("{path}/{name}"), places);
            }
        }
        _ => {}
    }
}

/// In the order of [`walk`].
fn replaced(value: &Value, next: &mut usize, at: &[usize], payload: &str) -> Value {
    let take = |text: &str, next: &mut usize| {
        let position = *next;
        *next += 1;
        match at.contains(&position) {
            true => filled(payload, position),
            false => text.to_owned(),
        }
    };
    match value {
        Value::String(text) => Value::String(take(text, next)),
        Value::Array(values) => values
            .iter()
            .map(|value| replaced(value, next, at, payload))
            .collect(),
        Value::Object(members) => {
            let mut renamed = Map::new();
            for (name, value) in members {
                let name = take(name, next);
                renamed.insert(name, replaced(value, next, at, payload));
            }
            Value::Object(renamed)
        }
        other => other.clone(),
    }
}

/// A description with a string of every kind.
fn openapi() -> Value {
    json!({
        "openapi": "3.2.0",
        "info": {
            "title": "Shop", "summary": "Sells things.", "description": "A shop.", "version": "1.0.0",
            "contact": {"name": "Ann", "email": "ann@example.com", "url": "https://example.com"},
            "license": {"name": "MIT", "identifier": "MIT"},
            "x-rust-type": "String"
        },
        "externalDocs": {"url": "https://example.com/docs", "description": "More."},
        "servers": [{
            "url": "https://{region}.example.com/{version}", "description": "Everywhere.", "name": "main",
            "variables": {
                "region": {"default": "eu", "enum": ["eu", "us"], "description": "Where."},
                "version": {"default": "v1"}
            }
        }],
        "tags": [{"name": "orders", "description": "What was bought.", "summary": "Orders"}],
        "security": [{"key": []}, {"login": ["read"]}],
        "paths": {
            "/orders/{order_id}": {
                "summary": "One order.",
                "parameters": [{"name": "order_id", "in": "path", "required": true, "description": "Which.", "schema": {"type": "string", "pattern": "^[a-z]+$"}}],
                "get": {
                    "operationId": "showOrder", "tags": ["orders"], "summary": "Shows an order.", "description": "Shows **one**.",
                    "parameters": [
                        {"name": "fields", "in": "query", "description": "Which members.", "schema": {"type": "string", "enum": ["all", "few"], "default": "all", "x-enum-varnames": ["All", "Few"], "x-enum-descriptions": ["Everything.", "Little."]}},
                        {"name": "X-Trace", "in": "header", "schema": {"type": "string"}, "example": "abc"},
                        {"name": "seen", "in": "cookie", "schema": {"type": "string", "default": "no"}}
                    ],
                    "responses": {
                        "200": {
                            "description": "The order.",
                            "headers": {"X-Left": {"description": "What is left.", "schema": {"type": "integer"}}},
                            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}, "examples": {"plain": {"summary": "Plain.", "value": {"id": "a", "kind": "card", "note": "Hello"}}}}},
                            "links": {"again": {"operationId": "showOrder", "description": "Once more.", "parameters": {"order_id": "$response.body#/id"}}}
                        },
                        "4XX": {"description": "No.", "content": {"application/problem+json": {"schema": {"type": "object", "properties": {"title": {"type": "string"}}}}}}
                    },
                    "x-code-samples": [{"lang": "shell", "source": "curl https://example.com"}]
                },
                "put": {
                    "operationId": "replaceOrder", "tags": ["orders"], "deprecated": true,
                    "security": [{"basic": []}],
                    "requestBody": {
                        "description": "The new one.",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Order"}},
                            "multipart/form-data": {
                                "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "meta": {"type": "object", "properties": {"tag": {"type": "string"}}}}},
                                "encoding": {"meta": {"contentType": "application/json", "headers": {"X-Part": {"schema": {"type": "string", "default": "one"}}}}}
                            }
                        }
                    },
                    "callbacks": {"done": {"{$request.body#/back}": {"post": {"operationId": "onDone", "responses": {"200": {"description": "Fine."}}}}}},
                    "responses": {"204": {"description": "Done."}}
                }
            }
        },
        "components": {
            "schemas": {
                "Order": {
                    "title": "An order", "description": "What was bought.", "type": "object", "required": ["id", "kind"],
                    "properties": {
                        "id": {"type": "string", "description": "Its number.", "example": "a1", "x-go-type": "string"},
                        "kind": {"$ref": "#/components/schemas/Kind"},
                        "note": {"type": ["string", "null"], "default": "none", "format": "note"},
                        "fixed": {"const": "always"},
                        "by": {"oneOf": [{"$ref": "#/components/schemas/Card"}, {"$ref": "#/components/schemas/Cash"}], "discriminator": {"propertyName": "type", "mapping": {"card": "#/components/schemas/Card", "cash": "#/components/schemas/Cash"}}}
                    },
                    "additionalProperties": {"type": "string"}
                },
                "Kind": {"type": "string", "enum": ["card", "cash"], "description": "How."},
                "Card": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}, "number": {"type": "string"}}},
                "Cash": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}, "currency": {"type": "string"}}}
            },
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": "A key."},
                "basic": {"type": "http", "scheme": "basic"},
                "login": {"type": "oauth2", "description": "Log in.", "flows": {"clientCredentials": {"tokenUrl": "https://example.com/token", "scopes": {"read": "Reads."}}}}
            }
        },
        "webhooks": {"arrived": {"post": {"operationId": "onArrived", "summary": "It is there.", "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}, "responses": {"200": {"description": "Fine."}}}}}
    })
}

/// A configuration of the source that [`openapi`] gives.
fn config() -> Value {
    json!({
        "name": "shop",
        "version": "0.1.0",
        "title": "Shop",
        "description": "Client of a shop",
        "license": "MIT",
        "sources": [{"file": "shop.json", "tag": "Orders"}],
        "server": {"url": "https://{region}.example.com/v1", "variables": {"region": {"default": "eu", "allowed": ["eu", "us"], "description": "Where."}}},
        "names": {"operations": {"PUT /orders/{order_id}": "replace"}, "types": {"Order": "Purchase"}},
        "types": {"Card.number": "integer"},
        "nullable": {"Card.number": true},
        "required": {"Cash.currency": true},
        "enums": {"Kind": ["card", "cash", "cheque"]}
    })
}

/// The source that the configuration names.
pub fn source_of_config() -> String {
    openapi().to_string()
}
