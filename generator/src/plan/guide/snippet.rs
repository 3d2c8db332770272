//! A plan to the pieces of code that its users read first: a call, and a test of one.

use super::super::module::GroupAccess;
use super::super::operation::{ArgumentType, Operation};
use super::super::rust_type::RustType;
use super::super::security::SchemeKind;
use super::{Place, Subject, first};
use std::fmt::Write;

/// How long JSON may be that stands on the line of a call, in bytes.
const LONGEST_LINE: usize = 40;

/// A client, and a call.
pub(super) fn quick_start(subject: &Subject<'_>) -> Vec<String> {
    let (client, krate) = (subject.client, &subject.manifest.krate);
    let mut text = format!("```rust\nuse {krate}::Client;\n\n");
    let _ = writeln!(text, "async fn run() -> Result<(), {krate}::Error> {{");
    let _ = writeln!(text, "    let client = Client::builder()");
    if client.server.url.is_empty() {
        let _ = writeln!(text, "        .base_url(\"https://api.example.com\")");
    }
    let variables = client.server.variables.iter();
    for variable in variables.filter(|variable| variable.default.is_none()) {
        let _ = writeln!(text, "        .{}(\"example\")", variable.method);
    }
    if let Some(scheme) = client.schemes.iter().find(|scheme| scheme.takes_text()) {
        let arguments = match scheme.kind {
            SchemeKind::Basic => "\"user\", \"password\"",
            _ => "\"secret\"",
        };
        let _ = writeln!(text, "        .{}({arguments})", scheme.method);
    }
    match text.ends_with("Client::builder()\n") {
        // Nothing is set, and one line is enough.
        true => {
            text.pop();
            text.push_str(".build()?;\n");
        }
        false => text.push_str("        .build()?;\n"),
    }
    if let Some((group, operation)) = first(subject.groups) {
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
    text.push_str("    Ok(())\n}\n```");
    super::lines(&text)
}

/// A test that calls an operation of a server that is not there.
pub(super) fn testing(subject: &Subject<'_>, place: Place) -> Vec<String> {
    let (groups, pages) = (subject.groups, subject.pages);
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
        return Vec::new();
    };
    super::lines(&format!(
        "{mock} answers by the names of operations and never opens a connection; what it has no answer for is an error.\n\
         With the feature `mock`, `{examples}` answers every operation with a valid example.\n\n\
         ```rust\nuse {krate}::{{Client, Mock}};\n\n\
         #[tokio::test]\nasync fn answers() -> Result<(), {krate}::Error> {{\n    \
         let mock = Mock::new().on(\"{id}\", {status}, {body});\n    \
         let client = Client::with_transport(mock.clone());\n    \
         {call}.await?;\n    \
         assert_eq!(mock.requests()[0].method(), \"{verb}\");\n    \
         Ok(())\n}}\n```",
        mock = place.name("Mock", "Mock"),
        examples = match subject.manifest.runtime {
            None => "Mock::examples()".to_owned(),
            Some(_) => format!("{}::mock_examples()", subject.manifest.krate),
        },
        krate = subject.manifest.krate,
        id = operation.id,
        call = call(group, operation),
        verb = operation.verb,
    ))
}

/// A call with the simplest arguments.
pub(super) fn call(group: &GroupAccess, operation: &Operation) -> String {
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
