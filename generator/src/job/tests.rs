//! Jobs that end before there is a crate.

use super::*;
use std::path::Path;

fn job(folder: &Path, source: &str) -> Job {
    std::fs::write(folder.join("source.json"), source).expect("a file");
    Job {
        given: Given {
            sources: vec![folder.join("source.json")],
            name: Some("shop".to_owned()),
            ..Given::default()
        },
        folder: folder.join("out"),
        ..Job::default()
    }
}

fn codes(outcome: &Outcome) -> Vec<&'static str> {
    let diagnostics = &outcome.output.diagnostics;
    diagnostics.iter().map(|d| d.code.as_str()).collect()
}

#[test]
fn a_source_that_cannot_be_read_ends_the_job() {
    let folder = tempfile::tempdir().expect("a folder");
    for (source, code) in [
        ("{\"item\": [", "json/syntax"),
        ("", "source/empty"),
        ("Just a page.", "json/syntax"),
        ("{\"shop\": 1}", "source/unrecognized"),
    ] {
        let outcome = run(&job(folder.path(), source));
        assert!(!outcome.success());
        assert_eq!(codes(&outcome), [code], "{source}");
        assert!(outcome.text(false).contains("source.json:1:"), "{source}");
        assert!(!folder.path().join("out").exists());
    }
}

#[test]
fn the_report_has_the_members_that_programs_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let outcome = run(&job(folder.path(), "{\"item\": ["));
    let report: serde_json::Value =
        serde_json::from_str(&outcome.report().to_json()).expect("JSON");
    let operations = serde_json::json!({"in_source": 0, "emitted": 0, "skipped": []});
    assert_eq!(report["operations"], operations);
    let finding = &report["diagnostics"][0];
    assert_eq!(
        (&finding["line"], &finding["column"]),
        (&1.into(), &11.into())
    );
    assert_eq!(finding["pointer"], serde_json::Value::Null);
    assert!(report["timings_ms"]["load"].is_number());
    assert_eq!((&report["types"], &report["files"]), (&0.into(), &0.into()));
}
