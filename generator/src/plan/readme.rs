//! A plan to the README of the generated crate.

use super::client::Client;
use super::docs::Doc;
use super::manifest::Manifest;
use super::module::{Group, GroupAccess};
use super::operation::{ArgumentType, Operation};
use super::page::Pages;
use super::rust_type::RustType;
use super::security::SchemeKind;
use std::collections::BTreeMap;
use std::fmt::Write;

/// How long JSON may be that stands on the line of a call, in bytes.
const LONGEST_LINE: usize = 40;

/// Writes the README.
pub(super) fn plan_readme(
    manifest: &Manifest,
    docs: &Doc,
    client: &Client,
    groups: &[Group],
    pages: &Pages,
) -> String {
    let mut text = format!("# {}\n\n", manifest.name);
    let front: Vec<&str> = docs
        .lines()
        .iter()
        .map(String::as_str)
        .filter(|line| !line.starts_with("Begin with [`"))
        .collect();
    let _ = writeln!(text, "{}\n", front.join("\n").trim_end());
    quick_start(&mut text, manifest, client, groups);
    credentials(&mut text, client);
    operations(&mut text, groups, pages);
    let _ = write!(
        text,
        "## Errors\n\n\
         Every call gives a `Result`. `Error::kind` tells what went wrong, `status`, `headers`, `request_id` and `body` what\n\
         the server said, and `body_as` reads the body as a type. Members that this crate does not know are kept in\n\
         `extra`; a value of an unexpected kind is kept there too, and `send_with_meta` lists it in `meta.issues()`.\n\
         `strict` makes it an error. These are methods of every call, and come with the prelude:\n\n\
         ```rust\nuse {0}::prelude::*;\n```\n\n",
        manifest.krate
    );
    testing(&mut text, manifest, groups, pages);
    text
}

fn quick_start(text: &mut String, manifest: &Manifest, client: &Client, groups: &[Group]) {
    let _ = write!(
        text,
        "## Quick start\n\n```rust\nuse {}::Client;\n\n",
        manifest.krate
    );
    let _ = writeln!(
        text,
        "async fn run() -> Result<(), {}::Error> {{",
        manifest.krate
    );
    let _ = writeln!(text, "    let client = Client::builder()");
    if client.server.url.is_empty() {
        let _ = writeln!(text, "        .base_url(\"https://api.example.com\")");
    }
    for variable in client
        .server
        .variables
        .iter()
        .filter(|variable| variable.default.is_none())
    {
        let _ = writeln!(text, "        .{}(\"example\")", variable.method);
    }
    if let Some(scheme) = client.schemes.iter().find(|scheme| scheme.takes_text()) {
        let arguments = match scheme.kind {
            SchemeKind::Basic => "\"user\", \"password\"",
            _ => "\"secret\"",
        };
        let _ = writeln!(text, "        .{}({arguments})", scheme.method);
    }
    let _ = writeln!(text, "        .build()?;");
    if let Some((group, operation)) = first(groups) {
        let call = call(group, operation);
        if operation.output == RustType::Unit {
            let _ = writeln!(text, "    {call}.await?;");
        } else {
            let _ = writeln!(
                text,
                "    let answer = {call}.await?;\n    println!(\"{{answer:?}}\");"
            );
        }
    }
    text.push_str("    Ok(())\n}\n```\n\n");
}

fn credentials(text: &mut String, client: &Client) {
    if client.schemes.is_empty() {
        return;
    }
    text.push_str("## Credentials\n\n");
    for scheme in &client.schemes {
        let arguments = match scheme.kind {
            SchemeKind::Basic => "user, password",
            SchemeKind::Bearer => "token",
            SchemeKind::OAuth { .. } => "oauth",
            SchemeKind::Provider(_) => "provider",
            _ => "key",
        };
        let said = scheme
            .docs
            .lines()
            .first()
            .map(String::as_str)
            .unwrap_or_default();
        let said = said.replace("[`AuthProvider`](crate::AuthProvider)", "`AuthProvider`");
        let _ = writeln!(
            text,
            "- `ClientBuilder::{}({arguments})`: {said}",
            scheme.method
        );
    }
    text.push_str("\nCredentials never show in `Debug` output, errors or logs, and are only sent to the client's own server.\n\n");
}

fn operations(text: &mut String, groups: &[Group], pages: &Pages) {
    text.push_str(
        "## Operations\n\nEach is a method, documented with its parameters, its statuses and a sample: `cargo doc --open`.\n\n",
    );
    let programs: BTreeMap<&str, &str> = pages
        .programs
        .iter()
        .map(|program| (program.operation.as_str(), program.name.as_str()))
        .collect();
    let (head, rule) = match programs.is_empty() {
        true => ("", ""),
        false => (" Example |", "---|"),
    };
    let _ = write!(text, "| Call | Operation |{head}\n|---|---|{rule}\n");
    for group in groups {
        for operation in &group.operations {
            let path = operation
                .path
                .replace('|', "%7C")
                .replace(['`', '\n', '\r'], "");
            let example = match programs.get(operation.id.as_str()) {
                Some(name) => format!(" [{name}](examples/{name}.rs) |"),
                None if programs.is_empty() => String::new(),
                None => " |".to_owned(),
            };
            let _ = writeln!(
                text,
                "| `client.{}().{}(…)` | `{} {path}` |{example}",
                group.access.method, operation.method, operation.verb
            );
        }
    }
    text.push('\n');
    if let Some(program) = pages.programs.first() {
        let _ = write!(
            text,
            "The examples read server and credentials from the environment, and say which variables they need:\n\n\
             ```sh\ncargo run --example {}\n```\n\n",
            program.name
        );
    }
}

/// A call with the simplest arguments.
fn call(group: &GroupAccess, operation: &Operation) -> String {
    let arguments: Vec<String> = operation
        .arguments
        .iter()
        .map(|argument| match &argument.ty {
            ArgumentType::Value(RustType::Bool) => "true".to_owned(),
            ArgumentType::Value(RustType::F64) => "1.0".to_owned(),
            ArgumentType::Value(_) => "1".to_owned(),
            ArgumentType::Text => format!("\"{}\"", argument.name.plain()),
            ArgumentType::Slice(_) | ArgumentType::Texts => "&[]".to_owned(),
            ArgumentType::Reference(_) => "&Default::default()".to_owned(),
            ArgumentType::Body => "\"\"".to_owned(),
            ArgumentType::Optional(_) => "None".to_owned(),
        })
        .collect();
    format!(
        "client.{}().{}({})",
        group.method,
        operation.method,
        arguments.join(", ")
    )
}

fn testing(text: &mut String, manifest: &Manifest, groups: &[Group], pages: &Pages) {
    let answered = pages.answer.as_ref().and_then(|answer| {
        let mut all = groups.iter().flat_map(|group| {
            let operations = group.operations.iter();
            operations.map(move |operation| (&group.access, operation))
        });
        let (group, operation) = all.find(|(_, operation)| operation.id == answer.operation)?;
        Some((group, operation, answer.status, json_literal(&answer.text)))
    });
    // Without a sample, the least that the type of the answer takes.
    let unanswered = || {
        let (group, operation) = first(groups)?;
        let (status, body) = match &operation.output {
            RustType::Unit => (204, "\"\""),
            RustType::String | RustType::Bytes => (200, "\"\""),
            RustType::Vec(_) => (200, "\"[]\""),
            _ => (200, "\"{}\""),
        };
        Some((group, operation, status, body.to_owned()))
    };
    let Some((group, operation, status, body)) = answered.or_else(unanswered) else {
        return;
    };
    let _ = write!(
        text,
        "## Testing\n\n\
         `Mock` answers by the names of operations and never opens a connection; what it has no answer for is an error.\n\n\
         ```rust\nuse {krate}::{{Client, Mock}};\n\n\
         #[tokio::test]\nasync fn answers() -> Result<(), {krate}::Error> {{\n    \
         let mock = Mock::new().on(\"{id}\", {status}, {body});\n    \
         let client = Client::with_transport(mock.clone());\n    \
         {call}.await?;\n    \
         assert_eq!(mock.requests()[0].method(), \"{verb}\");\n    \
         Ok(())\n}}\n```\n",
        krate = manifest.krate,
        id = operation.id,
        call = call(group, operation),
        verb = operation.verb,
    );
}

/// JSON as a literal of Rust behind an indentation of four: on one line if it is short.
fn json_literal(json: &str) -> String {
    let mut line = String::new();
    for part in json.lines().map(str::trim) {
        line.push_str(part);
        if part.ends_with(',') {
            line.push(' ');
        }
    }
    let text = match line.len() <= LONGEST_LINE {
        true => line,
        false => json.replace('\n', "\n    "),
    };
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

fn first(groups: &[Group]) -> Option<(&GroupAccess, &Operation)> {
    groups
        .iter()
        .find_map(|group| Some((&group.access, group.operations.first()?)))
}
