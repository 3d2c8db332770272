//! What the README shows can be typed: its letterpress.yaml is read without a complaint about a key or a value.

use letterpress::diagnostic::render::Printer;
use letterpress::diagnostic::{Diagnostics, Severity};
use letterpress::source::{Given, load_project};
use letterpress_tests::root;
use std::collections::BTreeSet;
use std::fs;

#[test]
fn the_sample_of_letterpress_yaml_is_read() {
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    let (_, rest) = readme.split_once("```yaml\n").expect("a sample");
    let (sample, _) = rest.split_once("```").expect("its end");
    let lines: Vec<&str> = sample
        .lines()
        .map(|line| line.strip_prefix("   ").unwrap_or(line))
        .collect();
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("letterpress.yaml");
    fs::write(&config, lines.join("\n")).expect("written");
    let mut diagnostics = Diagnostics::new();
    let given = Given {
        config: Some(config),
        ..Given::default()
    };
    let project = load_project(&given, &mut diagnostics);
    let complaints: Vec<String> = diagnostics
        .iter()
        .filter(|finding| finding.code.as_str().starts_with("config/"))
        .map(|finding| finding.message.clone())
        .collect();
    assert!(complaints.is_empty(), "{complaints:?}");
    assert_eq!(
        (project.config.name.as_str(), project.config.sources.len()),
        ("shop", 2)
    );
    assert!(project.config.unwrap && project.config.skip.len() == 1);
}

/// What the command prints for the sources of Zendesk stands in the README as it is printed: one finding of each kind, and the
/// line that counts them.
#[test]
fn the_warnings_of_a_collection_and_a_page_are_shown_as_they_are_printed() {
    let config = root().join("specs/zendesk/letterpress.yaml");
    let mut diagnostics = Diagnostics::new();
    let given = Given {
        config: Some(config),
        ..Given::default()
    };
    let project = load_project(&given, &mut diagnostics);
    let output = letterpress::generate(&project.config, &project.files).expect("a crate");
    diagnostics.extend(output.diagnostics);
    diagnostics.sort();
    let printer = Printer::new(&project.files, &diagnostics);
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    let mut text = String::new();
    for finding in diagnostics.iter() {
        if shown.insert(finding.code.as_str()) {
            // Paths as they are where the command runs: in the root of the project.
            let root = format!("{}/", root().display());
            text.push_str(&printer.one(finding, false).replace(&root, ""));
            text.push_str("\n\n");
        }
    }
    let (warnings, notes) = (
        diagnostics.count(Severity::Warning),
        diagnostics.count(Severity::Note),
    );
    text.push_str(&format!("{warnings} warnings, {notes} notes\n"));
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    let (_, section) = readme
        .split_once("## From a collection and a page to one crate")
        .expect("the section");
    let (_, rest) = section.split_once("```text\n").expect("the findings");
    let (found, _) = rest.split_once("```").expect("their end");
    assert_eq!(found, text, "write into the README:\n{text}");
}
