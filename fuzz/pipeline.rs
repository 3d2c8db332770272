//! Texts, and valid documents with changes, from their reading to the files of a crate.

use super::mutate::{Choices, mutate};
use letterpress::config::Config;
use letterpress::diagnostic::render::{Files, Printer};
use letterpress::diagnostic::{Code, Diagnostics, Severity};
use letterpress::source::{Given, SourceFile, load_project};
use serde_json::Value;
use std::sync::LazyLock;

/// The largest text of an input, in bytes.
const LONGEST: usize = 1 << 16;

/// Descriptions of all versions of OpenAPI, with what is hard about each.
static DESCRIPTIONS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let texts = [
        include_str!("../tests/fixtures/openapi-operations/shop.yaml"),
        include_str!("../tests/fixtures/openapi-tolerance/shop.yaml"),
        include_str!("../tests/fixtures/openapi-equal-structures/shop.yaml"),
        include_str!("../tests/fixtures/openapi-nullable-2-0/shop.yaml"),
        include_str!("../tests/fixtures/openapi-nullable-3-0/shop.yaml"),
        include_str!("../tests/fixtures/openapi-nullable-3-1/shop.yaml"),
        include_str!("../tests/fixtures/openapi-discriminator-3-2/shop.yaml"),
        include_str!("../tests/fixtures/openapi-enumerations-2-0/shop.yaml"),
        include_str!("../tests/fixtures/openapi-security-3-1/vault.yaml"),
        include_str!("../tests/fixtures/openapi-streams-3-2/jobs.yaml"),
        include_str!("../tests/fixtures/openapi-unions-ranked/shop.yaml"),
        include_str!("../tests/fixtures/openapi-paging/shop.yaml"),
        include_str!("../tests/fixtures/openapi-servers/shop.yaml"),
        include_str!("../tests/fixtures/openapi-tuples/shop.yaml"),
        include_str!("../specs/kitchen-sink-3-1/kitchen_sink.yaml"),
        include_str!("../specs/kitchen-sink-3-2/kitchen_sink.yaml"),
    ];
    let read = |text| serde_yaml::from_str(text).expect("a description");
    texts.into_iter().map(read).collect()
});

static COLLECTIONS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let texts = [
        include_str!("../tests/fixtures/postman-folders/shop.postman.json"),
        include_str!("../tests/fixtures/postman-several-statuses/shop.postman.json"),
        include_str!("../tests/fixtures/postman-body-graphql/shop.postman.json"),
        include_str!("../tests/fixtures/postman-version-1/shop.json"),
        include_str!("../tests/fixtures/postman-query-styles/shop.postman.json"),
        include_str!("../tests/fixtures/infer-discriminated-union/methods.json"),
    ];
    let read = |text| serde_json::from_str(text).expect("a collection");
    texts.into_iter().map(read).collect()
});

/// Runs everything from a text to the files of a crate, in memory, and checks what holds for every input.
fn run(path: &str, text: &str) {
    if text.len() > LONGEST {
        return;
    }
    let mut findings = Diagnostics::new();
    let file = SourceFile::from_text(path, text, &mut findings);
    let files = vec![file];
    if !findings.has_errors() {
        generate(&Config::for_sources("shop"), &files, &mut findings);
    }
    judge(&files, &findings, true);
}

fn generate(config: &Config, files: &[SourceFile], findings: &mut Diagnostics) {
    match letterpress::generate(config, files) {
        Ok(output) => {
            let told = |code| output.diagnostics.iter().any(|found| found.code == code);
            assert!(
                output.emitted > 0 || told(Code::SOURCE_ONLY_TYPES),
                "a crate without operations, and nobody says so"
            );
            findings.extend(output.diagnostics);
        }
        Err(errors) => findings.extend(errors),
    }
}

/// What holds for findings: each error has its place, each place is in its text, and each can be shown.
fn judge(files: &(impl Files + AsRef<[SourceFile]>), findings: &Diagnostics, placed: bool) {
    for finding in findings.iter() {
        assert!(
            finding.code != Code::RENDER_MISMATCH,
            "only the last check stopped it: {}",
            finding.message
        );
        if placed && finding.severity == Severity::Error {
            assert!(finding.origin.is_some(), "no place: {}", finding.message);
        }
        if let Some(origin) = finding.origin {
            let file = files.as_ref().iter().find(|file| file.id == origin.file);
            let text = &file.expect("the file of a finding").text;
            let (start, end) = (origin.span.start as usize, origin.span.end as usize);
            assert!(text.get(start..end).is_some(), "no place in the text");
        }
    }
    let shown = Printer::new(files, findings).text(findings, false);
    let acts = |c: char| c.is_control() && c != '\n';
    assert!(!shown.contains(acts), "{shown:?}");
}

/// One of the documents, changed.
fn changed(documents: &[Value], choices: &mut Choices<'_>) -> Option<Value> {
    let which = choices.below(documents.len())?;
    let mut document = documents.get(which)?.clone();
    mutate(&mut document, choices);
    Some(document)
}

/// OpenAPI descriptions with changes to the model of the API.
pub fn openapi(bytes: &[u8]) {
    let Some(document) = changed(&DESCRIPTIONS, &mut Choices(bytes)) else {
        return;
    };
    let mut findings = Diagnostics::new();
    let file = SourceFile::from_text("shop.json", &document.to_string(), &mut findings);
    if !findings.has_errors() {
        letterpress::understand(&Config::for_sources("shop"), &[file], &mut findings);
    }
}

/// OpenAPI descriptions with changes to the files of a crate.
pub fn model_to_tokens(bytes: &[u8]) {
    if let Some(document) = changed(&DESCRIPTIONS, &mut Choices(bytes)) {
        run("shop.json", &document.to_string());
    }
}

/// Collections with changes to the files of a crate.
pub fn postman(bytes: &[u8]) {
    if let Some(document) = changed(&COLLECTIONS, &mut Choices(bytes)) {
        run("shop.json", &document.to_string());
    }
}

/// Recordings with changes to the files of a crate.
pub fn har(bytes: &[u8]) {
    static RECORDING: LazyLock<Vec<Value>> = LazyLock::new(|| {
        let text = include_str!("../tests/fixtures/har-recording/board.har");
        vec![serde_json::from_str(text).expect("a recording")]
    });
    if let Some(document) = changed(&RECORDING, &mut Choices(bytes)) {
        run("shop.har", &document.to_string());
    }
}

/// Any text as a reference page.
pub fn page(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        run("page.md", text);
    }
}

/// Any text as a file of curl commands.
pub fn curl(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        run("calls.sh", text);
    }
}

/// Files of a run, by name, in a folder of their own.
fn project(given: &[(&str, String)], config: bool) {
    if given.iter().any(|(_, text)| text.len() > LONGEST) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut paths = Vec::new();
    for (name, text) in given {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        paths.push(path);
    }
    let given = match config {
        true => Given {
            config: paths.pop(),
            ..Given::default()
        },
        false => Given {
            sources: paths,
            name: Some("shop".to_owned()),
            ..Given::default()
        },
    };
    let mut findings = Diagnostics::new();
    let project = load_project(&given, &mut findings);
    if !findings.has_errors() {
        generate(&project.config, &project.files, &mut findings);
    }
    judge(&project.files, &findings, false);
}

/// An overlay with changes, over a description.
pub fn overlay(bytes: &[u8]) {
    static OVERLAY: LazyLock<Vec<Value>> = LazyLock::new(|| {
        let text = include_str!("../tests/fixtures/config-overlays/fixes.overlay.yaml");
        vec![serde_yaml::from_str(text).expect("an overlay")]
    });
    let description = include_str!("../tests/fixtures/config-overlays/shop.yaml");
    if let Some(overlay) = changed(&OVERLAY, &mut Choices(bytes)) {
        project(
            &[
                ("shop.yaml", description.to_owned()),
                ("fixes.json", overlay.to_string()),
            ],
            false,
        );
    }
}

/// A configuration with changes, beside a description.
pub fn configuration(bytes: &[u8]) {
    static CONFIGURATIONS: LazyLock<Vec<Value>> = LazyLock::new(|| {
        let texts = [
            include_str!("../tests/fixtures/config-names-and-skips/letterpress.yaml"),
            include_str!("../tests/fixtures/config-overrides/letterpress.yaml"),
            include_str!("../tests/fixtures/config-filters/letterpress.yaml"),
            include_str!("../tests/fixtures/config-pagination/letterpress.yaml"),
        ];
        let read = |text| {
            let mut config: Value = serde_yaml::from_str(text).expect("a configuration");
            config["sources"] = serde_json::json!([{"file": "shop.yaml"}]);
            config
        };
        texts.into_iter().map(read).collect()
    });
    let description = include_str!("../tests/fixtures/openapi-operations/shop.yaml");
    if let Some(config) = changed(&CONFIGURATIONS, &mut Choices(bytes)) {
        project(
            &[
                ("shop.yaml", description.to_owned()),
                ("letterpress.yaml", config.to_string()),
            ],
            true,
        );
    }
}
