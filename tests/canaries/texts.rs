//! A credential in every text of a page, an OpenAPI document and a curl command, looked for in everything that comes out.

use super::{Canaries, MARK};
use letterpress::diagnostic::Diagnostics;
use letterpress::diagnostic::render::Printer;
use letterpress::source::{Given, load_project};
use serde_json::json;
use std::fs;
use std::path::Path;

/// Texts of pages, OpenAPI documents and curl commands: what they say to people holds no credential either.
#[test]
fn no_credential_in_the_texts_of_other_sources_comes_out() {
    let mut canaries = Canaries::default();
    let page = format!(
        "# Orders\n\n## Order object\n\n| Name | Type | Description |\n|---|---|---|\n| id | integer | The password: {} |\n\n## List orders\n\n```http\nGET /orders\n```\n\n{}\n\n### Parameters\n\n| Name | Type | In | Description |\n|---|---|---|---|\n| state | string | query | Or https://ann:{}@shop.example.com/ |\n\n### Example response\n\n```json\n{{\"order\": {{\"id\": 1}}}}\n```\n",
        canaries.put("row of an object"),
        canaries.prose("text of a page"),
        canaries.put("row of a parameter"),
    );
    let openapi = json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1", "description": canaries.prose("info")},
        "servers": [{"url": "https://shop.example.com", "description": canaries.prose("server")}],
        "tags": [{"name": "orders", "description": canaries.prose("tag")}],
        "paths": {"/orders": {"post": {
            "tags": ["orders"],
            "summary": format!("Send Bearer {}", canaries.put("summary")),
            "description": canaries.prose("operation"),
            "parameters": [{"name": "a", "in": "query", "description": canaries.prose("parameter"), "schema": {"type": "string"}}],
            "requestBody": {"description": canaries.prose("request body"), "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}},
            "responses": {"200": {
                "description": canaries.prose("response"),
                "headers": {"X-A": {"description": canaries.prose("header"), "schema": {"type": "string"}}},
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}},
            }},
        }}},
        "components": {"schemas": {"Order": {
            "type": "object",
            "description": canaries.prose("schema"),
            "properties": {"id": {"type": "integer", "description": canaries.prose("property")}},
        }}},
    });
    let curl = format!(
        "# List orders with Bearer {}\n# {}\ncurl https://shop.example.com/orders\n",
        canaries.put("name of a command"),
        canaries
            .put("comment of a command, password: ")
            .replace(MARK, &format!("password: {MARK}")),
    );
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("orders.md", page),
        ("orders.json", openapi.to_string()),
        ("orders.sh", curl),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("written");
        let found = everything(&path);
        assert!(found.contains("orders"), "{name}");
        for (place, canary) in &canaries.0 {
            assert!(!found.contains(canary.as_str()), "{name}: {place}");
        }
    }
}

/// All that comes out for a source: the crate, and what is printed.
fn everything(path: &Path) -> String {
    let mut diagnostics = Diagnostics::new();
    let given = Given {
        sources: vec![path.to_path_buf()],
        name: Some("shop".to_owned()),
        ..Given::default()
    };
    let project = load_project(&given, &mut diagnostics);
    let output = letterpress::generate(&project.config, &project.files).expect("a crate");
    diagnostics.extend(output.diagnostics);
    let mut text = Printer::new(&project.files, &diagnostics).text(&diagnostics, false);
    for (path, file) in output.files {
        text.push_str(&path);
        text.push_str(&file);
    }
    text
}
