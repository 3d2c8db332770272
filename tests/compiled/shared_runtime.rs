//! Two clients whose runtime is one crate: one transport serves both, and what belongs to the runtime is the same type.

use crate::write;
use letterpress::source::{Given, load_project};
use letterpress_tests::root;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// An API with one operation of each kind that a runtime of its own would see: a list, a body, a failure, a file.
fn description(thing: &str) -> Value {
    let schema = json!({"$ref": format!("#/components/schemas/{thing}")});
    let body = json!({"application/json": {"schema": schema}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": format!("{thing} API"), "version": "1"},
        "servers": [{"url": format!("https://{}.example", thing.to_lowercase())}],
        "security": [{"token": []}],
        "paths": {"/things": {
            "get": {"operationId": "showThing", "tags": ["Things"],
                "responses": {
                    "200": {"description": "It.", "content": body},
                    "202": {"description": "Not yet.", "content": {"text/plain": {"schema": {"type": "string"}}}}
                }},
            "put": {"operationId": "putThing", "tags": ["Things"],
                "requestBody": {"required": true, "content": body},
                "responses": {"204": {"description": "Done."}}}
        }},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {thing: {
                "type": "object",
                "required": ["kind"],
                "properties": {
                    "kind": {"type": "string", "enum": ["big", "small"]},
                    "at": {"type": "string", "format": "date-time"},
                    "note": {"type": ["string", "null"]},
                    "either": {"oneOf": [
                        {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}},
                        {"type": "object", "required": ["b"], "properties": {"b": {"type": "string"}}}
                    ]}
                }
            }}
        }
    })
}

const USER: &str = r##"
use acme_runtime::prelude::*;
use acme_runtime::{Auth, Mock, Timestamp};

async fn both() -> Result<(), acme_runtime::Error> {
    let mock = Mock::new()
        .on("ShowThing", 200, r#"{"kind": "big", "at": "2026-01-31T12:00:00Z"}"#)
        .on("ShowThing", 404, r#"{"kind": "small"}"#)
        .on_always("PutThing", 204, "");
    // One transport, and one kind of credential, for both.
    let token = Auth::bearer("secret");
    let rooms = rooms::Client::builder().transport(mock.clone()).auth(token.clone()).build()?;
    let seats = seats::Client::builder().transport(mock.clone()).auth(token).build()?;
    let room = match rooms.things().show().await? {
        rooms::things::ShowThingOutcome::Ok(room) => room,
        other => panic!("{other:?}"),
    };
    // A value of the one is a value of the other.
    let at: Option<Timestamp> = room.at.clone();
    let seat = seats::types::Seat { at, kind: "big".into(), note: acme_runtime::Field::Null, ..Default::default() };
    seats.things().put(&seat).await?;
    // What the one failed with is read as a type of the other.
    let failed: acme_runtime::Error = seats.things().show().retries(0).await.unwrap_err();
    let body: rooms::types::Room = failed.body_as().expect("a body");
    assert_eq!(body.kind.as_str(), "small");
    let sent = mock.requests();
    let paths: Vec<&str> = sent.iter().map(|request| request.path()).collect();
    assert_eq!(paths, ["/things", "/things", "/things"]);
    assert_eq!(
        sent[1].body().as_bytes(),
        Some(&br#"{"at":"2026-01-31T12:00:00Z","kind":"big","note":null}"#[..])
    );
    // Everything is answered where the examples are asked for.
    let examples = rooms::Client::with_transport(rooms::mock_examples());
    examples.things().show().await?;
    Ok(())
}

fn main() -> Result<(), acme_runtime::Error> {
    let mut future = std::pin::pin!(both());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return done;
        }
    }
}
"##;

/// Generates a client into a workspace that has the crate of the runtime already.
fn client(folder: &Path, name: &str, thing: &str) {
    let config = format!(
        "name: {name}\nsources:\n  - file: {name}.json\nruntime:\n  crate: acme-runtime\n  path: ../acme-runtime\n"
    );
    write(
        folder,
        &format!("{name}.json"),
        &description(thing).to_string(),
    );
    write(folder, &format!("{name}.yaml"), &config);
    let given = Given {
        config: Some(folder.join(format!("{name}.yaml"))),
        ..Given::default()
    };
    let mut diagnostics = Default::default();
    let project = load_project(&given, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    let output = letterpress::generate(&project.config, &project.files).expect("a crate");
    for (path, text) in &output.files {
        write(&folder.join(name), path, text);
    }
    let own = output
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("src/runtime"));
    let own: Vec<&str> = own.map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        own,
        [
            "src/runtime.rs",
            "src/runtime/macros.rs",
            "src/runtime/macros/enumeration.rs",
            "src/runtime/macros/unions.rs"
        ]
    );
}

#[test]
fn two_clients_share_one_runtime() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    for (path, text) in letterpress::emit::emit_runtime_crate("acme-runtime") {
        write(&folder.join("acme-runtime"), &path, &text);
    }
    client(folder, "rooms", "Room");
    client(folder, "seats", "Seat");
    write(folder, "user/src/main.rs", USER);
    write(
        folder,
        "user/Cargo.toml",
        "[package]\nname = \"user\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         acme-runtime = { path = \"../acme-runtime\" }\n\
         rooms = { path = \"../rooms\", default-features = false, features = [\"mock\"] }\n\
         seats = { path = \"../seats\", default-features = false }\n",
    );
    write(
        folder,
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"acme-runtime\", \"rooms\", \"seats\", \"user\"]\n\n\
         [profile.dev]\ndebug = 0\n",
    );
    // The versions that the workspace is tested with, so that the check needs no newer ones.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("copied");
    let ran = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .args(["--package", "user", "--target-dir"])
        .arg(root().join("target/compiled"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .expect("cargo");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}
