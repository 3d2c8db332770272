//! A plan to what its users read first: the README, and the front page of the documentation, which tell the same.

mod snippet;
mod summary;

use super::client::Client;
use super::docs::{Doc, code};
use super::manifest::{Feature, Manifest};
use super::module::{Group, GroupAccess};
use super::operation::Operation;
use super::page::Pages;
use super::security::SchemeKind;
use crate::names::RustIdent;
use std::collections::BTreeMap;

pub(super) use summary::plan_group_docs;

/// What both pages are made from.
pub(super) struct Subject<'a> {
    pub manifest: &'a Manifest,
    /// What the API is, in the words of the configuration and the sources.
    pub front: &'a Doc,
    /// What the API is called.
    pub title: &'a str,
    pub client: &'a Client,
    pub groups: &'a [Group],
    pub pages: &'a Pages,
    /// How many types there are.
    pub types: usize,
    /// The first of them.
    pub first_type: Option<RustIdent>,
}

/// Where a page is read, which decides how it refers to things.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// `README.md`: names are code.
    Readme,
    /// The documentation: names are links.
    Crate,
}

impl Place {
    /// A name with the path by which documentation finds it.
    fn name(self, text: &str, path: &str) -> String {
        match self {
            Place::Readme => format!("`{text}`"),
            Place::Crate if text == path => format!("[`{text}`]"),
            Place::Crate => format!("[`{text}`]({path})"),
        }
    }

    /// A method of every call.
    fn of_call(self, method: &str) -> String {
        let bare = method.split('(').next().unwrap_or(method);
        self.name(method, &format!("prelude::CallExt::{bare}"))
    }
}

/// Writes the README.
pub(super) fn plan_readme(subject: &Subject<'_>) -> String {
    let mut text = format!(
        "# {}\n\n{}\n",
        subject.manifest.name,
        subject.front.lines().join("\n").trim_end()
    );
    for (heading, lines) in sections(subject, Place::Readme) {
        text.push_str(&format!("\n## {heading}\n\n{}\n", lines.join("\n")));
    }
    text
}

/// Writes the front page of the documentation.
pub(super) fn plan_front_page(subject: &Subject<'_>) -> Doc {
    let mut docs = subject.front.clone();
    for (heading, lines) in sections(subject, Place::Crate) {
        docs.paragraph(Doc::line(format!("# {heading}")));
        let mut lines = lines.into_iter();
        if let Some(first) = lines.next() {
            docs.paragraph(Doc::line(first));
        }
        lines.for_each(|line| docs.push(line));
    }
    docs
}

/// Writes the first `CHANGELOG.md`.
pub(super) fn plan_changelog(subject: &Subject<'_>) -> String {
    let operations = subject.groups.iter().map(|group| group.operations.len());
    let count = |number: usize, one: &str| match number {
        1 => format!("1 {one}"),
        number => format!("{number} {one}s"),
    };
    format!(
        "# Changelog\n\n\
         Versions follow the rules of Cargo. Members that are new, unless `new` has to be given them, values that are new in an enumeration, and\n\
         parameters that are new and optional are additions: literals of structs end with `..Default::default()`. What callers have to change, or\n\
         what means something else than before, is breaking.\n\n\
         ## {}\n\n\
         {} of the {} with {} and {}.\n",
        subject.manifest.version,
        if first(subject.groups).is_some() {
            "Client"
        } else {
            "Types"
        },
        subject.title,
        count(operations.sum(), "operation"),
        count(subject.types, "type"),
    )
}

/// The sections of a page: a heading and lines.
fn sections(subject: &Subject<'_>, place: Place) -> Vec<(&'static str, Vec<String>)> {
    if first(subject.groups).is_none() {
        return vec![("Reading and writing", types_alone(subject))];
    }
    let all = [
        ("Quick start", snippet::quick_start(subject)),
        ("Credentials", credentials(subject.client, place)),
        ("Calls", calls(place)),
        ("Pages", paging(subject, place)),
        ("Operations", operations(subject, place)),
        ("Errors", errors(subject.manifest, place)),
        ("Testing", snippet::testing(subject, place)),
        ("Features", features(&subject.manifest.features)),
    ];
    let mut sections: Vec<_> = all.into();
    sections.retain(|(_, lines)| !lines.is_empty());
    sections
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// What there is to say of a crate that has nothing to call.
fn types_alone(subject: &Subject<'_>) -> Vec<String> {
    let mut text = lines(
        "The sources describe no operation: the crate has types, which `serde_json` reads and writes. Members that they do not know are kept in\n\
         `extra`, and so is a value of an unexpected kind, so that what was read is written again.",
    );
    if let Some(name) = &subject.first_type {
        text.extend(lines(&format!(
            "\n```rust\nfn read(body: &[u8]) -> Result<{krate}::types::{name}, serde_json::Error> {{\n    serde_json::from_slice(body)\n}}\n```",
            krate = subject.manifest.krate,
        )));
    }
    text
}

fn credentials(client: &Client, place: Place) -> Vec<String> {
    let mut lines = Vec::new();
    for scheme in &client.schemes {
        let arguments = match scheme.kind {
            SchemeKind::Basic => "user, password",
            SchemeKind::Bearer => "token",
            SchemeKind::OAuth { .. } => "oauth",
            SchemeKind::Provider(_) => "provider",
            _ => "key",
        };
        let said = scheme.docs.lines().first().map(String::as_str);
        let method = scheme.method.plain();
        let name = place.name(
            &format!("ClientBuilder::{method}({arguments})"),
            &format!("ClientBuilder::{method}"),
        );
        let mut said = said.unwrap_or_default().to_owned();
        if place == Place::Readme {
            said = said.replace("[a provider](crate::AuthProvider)", "an `AuthProvider`");
        }
        lines.push(format!("- {name}: {said}"));
    }
    if lines.is_empty() {
        return lines;
    }
    lines.extend([
        String::new(),
        "A call is sent with the first combination that its operation takes and that is set, and fails unsent where none is;".to_owned(),
        "`auth(Auth::None)` calls without.".to_owned(),
        String::new(),
        "Credentials never show in `Debug` output, errors or logs, and are only sent to the client's own server, or to another one".to_owned(),
        "by operations that are described as taking them.".to_owned(),
    ]);
    lines
}

fn calls(place: Place) -> Vec<String> {
    let rows = [
        ("`.await`".to_owned(), "sends it and gives the value"),
        (
            place.of_call("send_with_meta()"),
            "the value with status, headers, request id and what differs from the description",
        ),
        (place.of_call("send_raw()"), "the body as it came"),
        (place.of_call("send_stream()"), "the body while it comes"),
        (
            "`send_blocking()`".to_owned(),
            "waits for the value, where there is no async code; with the feature `blocking`",
        ),
        (
            place.of_call("into_request()"),
            "the request; nothing is sent",
        ),
        (
            [
                "timeout",
                "deadline",
                "retries",
                "idempotency_key",
                "header",
                "query_param",
                "auth",
                "strict",
            ]
            .map(|method| place.of_call(method))
            .join(", "),
            "settings of this call alone",
        ),
    ];
    let with = place.name("Client::with", "Client::with");
    let mut text = lines(
        "Every method of an operation makes a call, which is a value: it is sent when it is awaited. What it needs are arguments, what it may have\n\
         are methods of the call.\n\n\
         | Call | What it does |\n|---|---|",
    );
    text.extend(rows.map(|(call, what)| format!("| {call} | {what} |")));
    text.extend([
        String::new(),
        format!("{with} gives a client with other settings. A call that fails is sent again up to twice where that cannot do harm,"),
        "after a random wait or as long as the server asks for.".to_owned(),
    ]);
    text
}

/// How lists are read that come in pages, by the first operation whose list does.
fn paging(subject: &Subject<'_>, place: Place) -> Vec<String> {
    let all = subject.groups.iter().flat_map(|group| {
        let operations = group.operations.iter();
        operations.map(move |operation| (&group.access, operation))
    });
    let mut paged = all.filter(|(_, operation)| operation.paging.is_some());
    let Some((group, operation)) = paged.next() else {
        return Vec::new();
    };
    let of = |method: &str| place.name(method, &format!("prelude::PagedCall::{method}"));
    lines(&format!(
        "Awaiting the call of a list gives one page. {} gives what is in all of them, one after the other, and {} the pages:\n\n\
         ```rust\nuse {krate}::prelude::*;\n\n\
         async fn all(client: &{krate}::Client) -> Result<(), {krate}::Error> {{\n    \
         let mut items = {call}.items();\n    \
         while let Some(item) = items.next().await {{\n        \
         println!(\"{{:?}}\", item?);\n    }}\n    Ok(())\n}}\n```",
        of("items"),
        of("pages"),
        krate = subject.manifest.krate,
        call = snippet::call(group, operation),
    ))
}

fn operations(subject: &Subject<'_>, place: Place) -> Vec<String> {
    let mut text = Vec::new();
    if place == Place::Crate {
        text.extend(lines("| Handle | Module | Operations |\n|---|---|---|"));
        for group in subject.groups {
            let (method, module) = (group.access.method.plain(), group.access.module.plain());
            text.push(format!(
                "| [`client.{method}()`](Client::{method}) | [`{module}`] | {} |",
                group.operations.len()
            ));
        }
        text.extend(lines(
            "\nTypes are in [`types`], and [`OPERATIONS`] lists all operations as data. What is not known here is one line, too: [`Client::request`].",
        ));
        return text;
    }
    let programs: BTreeMap<&str, &str> = subject
        .pages
        .programs
        .iter()
        .map(|program| (program.operation.as_str(), program.name.as_str()))
        .collect();
    let (head, rule) = match programs.is_empty() {
        true => ("", ""),
        false => (" Example |", "---|"),
    };
    text.extend(lines(&format!(
        "Each is a method, documented with its parameters, its statuses and a sample: `cargo doc --open`.\n\n\
         | Call | Operation |{head}\n|---|---|{rule}"
    )));
    for group in subject.groups {
        for operation in &group.operations {
            let example = match programs.get(operation.id.as_str()) {
                Some(name) => format!(" [{name}](examples/{name}.rs) |"),
                None if programs.is_empty() => String::new(),
                None => " |".to_owned(),
            };
            text.push(format!(
                "| `client.{}().{}(…)` | {} |{example}",
                group.access.method,
                operation.method,
                key_in_table(operation)
            ));
        }
    }
    if let Some(program) = subject.pages.programs.first() {
        text.extend(lines(&format!(
            "\nThe examples read server and credentials from the environment, and say which variables they need:\n\n\
             ```sh\ncargo run --example {}\n```",
            program.name
        )));
    }
    text
}

/// Method and path as code that can stand in a cell of a table.
fn key_in_table(operation: &Operation) -> String {
    code(&format!("{} {}", operation.verb, operation.path)).replace('|', "%7C")
}

fn errors(manifest: &Manifest, place: Place) -> Vec<String> {
    let of = |method: &str| place.name(method, &format!("Error::{method}"));
    lines(&format!(
        "Every call gives a `Result`. {} tells what went wrong, {}, {}, {} and {} what\n\
         the server said, and {} reads the body as a type. Members that this crate does not know are kept in\n\
         `extra`; a value of an unexpected kind is kept there too, and {} lists it in `meta.issues()`.\n\
         {} makes it an error. These are methods of every call, and come with the prelude:\n\n\
         ```rust\nuse {}::prelude::*;\n```",
        place.name("Error::kind", "Error::kind"),
        of("status"),
        of("headers"),
        of("request_id"),
        of("body"),
        of("body_as"),
        place.of_call("send_with_meta"),
        place.of_call("strict"),
        manifest.krate
    ))
}

fn features(features: &[Feature]) -> Vec<String> {
    let mut text = lines("| Feature | What it switches on |\n|---|---|");
    for feature in features.iter().filter(|feature| feature.name != "default") {
        let default = features
            .iter()
            .filter(|default| default.name == "default")
            .any(|default| default.switches.iter().any(|name| name == feature.name));
        let default = if default { " (default)" } else { "" };
        text.push(format!(
            "| `{}`{default} | {} |",
            feature.name, feature.docs
        ));
    }
    text.extend([
        String::new(),
        "Without default features there is neither an HTTP client nor TLS: `Client::builder().transport(…)` takes any `Transport`, which is".to_owned(),
        "a request in, a response out, and a timer. In a browser (`wasm32-unknown-unknown`) the built-in client sends by `fetch`.".to_owned(),
    ]);
    text
}

/// The operation that is shown where one is enough.
fn first(groups: &[Group]) -> Option<(&GroupAccess, &Operation)> {
    groups
        .iter()
        .find_map(|group| Some((&group.access, group.operations.first()?)))
}
