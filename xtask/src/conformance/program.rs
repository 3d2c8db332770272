//! A description and answers to a program that reads and writes them with the description's crate, and what it says.

use letterpress::job::{self, Job};
use letterpress::source::Given;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What an operation shall be answered.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// The operation.
    pub operation: String,
    /// The body: JSON.
    pub body: String,
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub enum Outcome {
    /// It was read, and written again as this.
    Written(String),
    /// It was not read, and why.
    NotRead(String),
}

/// Generates the crate of a description whose operations all have one tag, `suite`, and gives it the answers.
///
/// # Errors
/// A description that gives no crate, and a crate that does not compile.
pub fn run(source: &Path, work: &Path, answers: &[Answer]) -> Result<Vec<Outcome>, String> {
    let wrong = |error: std::io::Error| format!("{}: {error}", work.display());
    let outcome = job::run(&Job {
        given: Given {
            sources: vec![source.to_path_buf()],
            name: Some("suite".to_owned()),
            ..Given::default()
        },
        folder: work.join("suite"),
        ..Job::default()
    });
    if !outcome.success() {
        return Err(outcome.text(false));
    }
    let calls: String = {
        let mut operations: Vec<&str> = answers.iter().map(|one| &*one.operation).collect();
        operations.dedup();
        let arms = operations
            .iter()
            .map(|id| format!("        \"{id}\" => written(client.suite().{id}().await),\n"));
        arms.collect()
    };
    fs::create_dir_all(work.join("program/src")).map_err(wrong)?;
    let put = |path: &str, text: &str| fs::write(work.join(path), text).map_err(wrong);
    put("Cargo.toml", WORKSPACE)?;
    put("program/Cargo.toml", MANIFEST)?;
    put(
        "program/src/main.rs",
        &MAIN.replace("        // CALLS\n", &calls),
    )?;
    // The versions that the project is tested with.
    fs::copy("Cargo.lock", work.join("Cargo.lock")).map_err(wrong)?;
    let given = serde_json::to_string(answers).map_err(|error| error.to_string())?;
    put("answers.json", &given)?;
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--package", "program", "--manifest-path"]);
    command.arg(work.join("Cargo.toml"));
    command.arg("--target-dir").arg(work.join("../target"));
    command.args(["--".as_ref(), work.join("answers.json").as_os_str()]);
    let output = command.env("RUSTFLAGS", "-D warnings").output();
    let output = output.map_err(|error| format!("cannot run cargo: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let outcomes: Vec<Outcome> =
        serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    match outcomes.len() == answers.len() {
        true => Ok(outcomes),
        false => Err("the program did not say what became of every answer".to_owned()),
    }
}

const WORKSPACE: &str = r#"[workspace]
resolver = "3"
members = ["program", "suite"]

[profile.dev]
debug = 0
"#;

const MANIFEST: &str = r#"[package]
name = "program"
version = "0.1.0"
edition = "2024"

[dependencies]
serde = "1"
serde_json = "1"
suite = { path = "../suite", default-features = false, features = ["mock"] }
tokio = { version = "1", default-features = false, features = ["rt"] }
"#;

const MAIN: &str = r##"//! Answers to what they become when they are read and written.

use serde::Serialize;
use serde_json::{Value, json};
use suite::{Client, Error, Mock};

fn main() {
    let path = std::env::args().nth(1).expect("a file of answers");
    let text = std::fs::read_to_string(path).expect("answers");
    let answers: Vec<Value> = serde_json::from_str(&text).expect("a list");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let outcomes: Vec<Value> = answers
        .iter()
        .map(|answer| {
            let text = |name: &str| answer[name].as_str().expect("a text");
            runtime.block_on(outcome(text("operation"), text("body")))
        })
        .collect();
    println!("{}", Value::from(outcomes));
}

async fn outcome(operation: &str, body: &str) -> Value {
    let mock = Mock::new().on_always(&operation.to_uppercase(), 200, body);
    let client = Client::builder().transport(mock).build().expect("a client");
    match operation {
        // CALLS
        other => panic!("no operation: {other}"),
    }
}

fn written<T: Serialize>(read: Result<T, Error>) -> Value {
    let written = read.map_err(|error| error.to_string());
    let written = written.and_then(|value| serde_json::to_string(&value).map_err(|error| error.to_string()));
    match written {
        Ok(text) => json!({"Written": text}),
        Err(why) => json!({"NotRead": why}),
    }
}
"##;
