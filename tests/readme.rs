//! What the README shows can be typed: its letterpress.yaml is read without a complaint about a key or a value.

use letterpress::diagnostic::Diagnostics;
use letterpress::source::{Given, load_project};
use letterpress_tests::root;
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
