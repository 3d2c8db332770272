//! Chains of types that are longer than the compiler looks into: their crate compiles, and so does one that uses it.

use crate::write;
use letterpress::source::{Given, load_project};
use letterpress_tests::root;
use serde_json::{Map, Value, json};
use std::fs;
use std::process::Command;

/// How many types lie in each other.
const LINKS: usize = 300;

/// A description of types that each hold the next one: by value, or not, in a list, in a map, perhaps as null.
fn description() -> Value {
    let mut schemas = Map::new();
    for link in 0..LINKS {
        let next = json!({"$ref": format!("#/components/schemas/Part{}", link + 1)});
        let (held, required) = match link % 6 {
            0 => (next, false),
            1 => (next, true),
            2 => (json!({"type": "array", "items": next}), false),
            3 => (
                json!({"type": "object", "additionalProperties": next}),
                true,
            ),
            4 => (json!({"anyOf": [next, {"type": "null"}]}), false),
            _ => (
                json!({"type": "array", "items": {"anyOf": [next, {"type": "null"}]}}),
                true,
            ),
        };
        let required = if required { vec!["next"] } else { vec![] };
        let part = json!({
            "type": "object",
            "required": required,
            "properties": {"next": held, format!("name{link}"): {"type": "string"}}
        });
        schemas.insert(format!("Part{link}"), part);
    }
    let last = json!({"type": "object", "properties": {"end": {"type": "boolean"}}});
    schemas.insert(format!("Part{LINKS}"), last);
    let body = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Part0"}}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Chains", "version": "1"},
        "servers": [{"url": "https://chains.example"}],
        "paths": {"/parts": {
            "get": {"operationId": "showPart", "responses": {"200": {"description": "It.", "content": body}}},
            "put": {"operationId": "putPart", "requestBody": {"required": true, "content": body},
                "responses": {"204": {"description": "Done."}}}
        }},
        "components": {"schemas": schemas}
    })
}

const USER: &str = r#"
use chains::types::Part0;
use chains::{Client, Error};

fn spawn<T: Send + 'static>(_: impl Future<Output = T> + Send + 'static) {}

async fn later<T>(value: T) -> T {
    std::future::ready(()).await;
    value
}

/// Tasks of others ask again whether all parts may go to other threads.
pub fn both(client: Client) {
    spawn(async move {
        let part: Part0 = client.parts().show().await?;
        let part = later(part).await;
        client.parts().put(&part).await?;
        Ok::<Part0, Error>(part)
    });
}
"#;

#[test]
fn long_chains_compile_for_those_who_use_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let source = folder.join("chains.json");
    fs::write(&source, description().to_string()).expect("written");
    let given = Given {
        sources: vec![source],
        name: Some("chains".to_owned()),
        ..Given::default()
    };
    let project = load_project(&given, &mut Default::default());
    let output = letterpress::generate(&project.config, &project.files).expect("a crate");
    for (path, text) in &output.files {
        write(&folder.join("chains"), path, text);
    }
    write(folder, "user/src/lib.rs", USER);
    write(
        folder,
        "user/Cargo.toml",
        "[package]\nname = \"user\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nchains = { path = \"../chains\", default-features = false }\n",
    );
    write(
        folder,
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"chains\", \"user\"]\n\n[profile.dev]\ndebug = 0\n",
    );
    // The versions that the workspace is tested with, so that the check needs no newer ones.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("copied");
    let checked = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .args(["--package", "user", "--target-dir"])
        .arg(root().join("target/compiled"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .expect("cargo");
    assert!(
        checked.status.success(),
        "{}",
        String::from_utf8_lossy(&checked.stderr)
    );
    let texts = output
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("src/types/"));
    let cuts: usize = texts.map(|(_, text)| text.matches("Deep<").count()).sum();
    // Each cut costs its users a box: there are no more than it takes.
    assert!((LINKS / 40..LINKS / 10).contains(&cuts), "{cuts} cuts");
}
