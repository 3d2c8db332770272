//! The `letterpress` command as its users run it: exit codes, what is printed where, the report.
// The helpers are no tests themselves; a fault in them shall end the test.
#![allow(clippy::expect_used)]

use std::path::Path;
use std::process::{Command, Output};

fn letterpress(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_letterpress"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the command runs")
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        std::fs::write(folder.path().join(path), text).expect("a file");
    }
    folder
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[test]
fn wrong_arguments_exit_with_2() {
    let folder = folder(&[]);
    for arguments in [
        &[][..],
        &["generate"],
        &["generate", "a.json", "--out", "x"],
        &["generate", "--name", "shop", "--out", "x"],
        &["generate", "a.json", "--name", "shop"],
        &[
            "generate", "a.json", "--name", "shop", "--out", "x", "--format", "xml",
        ],
        &["press"],
    ] {
        let output = letterpress(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
    }
    let help = letterpress(folder.path(), &["generate", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(text(&help.stdout).contains("--report <FILE>"));
}

#[test]
fn errors_exit_with_1_and_write_nothing_but_the_report() {
    let folder = folder(&[("a.json", "{\n  \"item\": [1,]\n}")]);
    let arguments = [
        "generate",
        "a.json",
        "--name",
        "shop",
        "--out",
        "x",
        "--report",
        "reports/r.json",
    ];
    let output = letterpress(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(1));
    let stderr = text(&output.stderr);
    assert!(
        stderr.starts_with("error[json/syntax]: expected a value\n --> a.json:2:14"),
        "{stderr}"
    );
    assert!(
        !stderr.contains('\u{1b}'),
        "no colours where there is no terminal"
    );
    assert!(output.stdout.is_empty());
    assert!(!folder.path().join("x").exists());
    let report = std::fs::read_to_string(folder.path().join("reports/r.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let expected = serde_json::json!({
        "code": "json/syntax", "severity": "error", "file": "a.json", "line": 2, "column": 14,
        "pointer": null, "message": "expected a value", "help": null,
    });
    assert_eq!(report["diagnostics"], serde_json::json!([expected]));
    let json = letterpress(
        folder.path(),
        &[
            "generate", "a.json", "--name", "shop", "--out", "x", "--format", "json",
        ],
    );
    let list: serde_json::Value = serde_json::from_str(&text(&json.stdout)).expect("JSON");
    assert_eq!(list, report["diagnostics"]);
    assert!(json.stderr.is_empty());
}

#[test]
fn a_source_that_is_not_there_is_an_error_with_the_reason() {
    let folder = folder(&[]);
    let output = letterpress(
        folder.path(),
        &[
            "generate",
            "sub/../none.json",
            "--name",
            "shop",
            "--out",
            "x",
        ],
    );
    assert_eq!(output.status.code(), Some(1));
    let stderr = text(&output.stderr);
    assert!(
        stderr.contains("error[source/unreadable]: cannot read `sub/../none.json`: "),
        "{stderr}"
    );
}

#[test]
fn a_configuration_may_stand_alone() {
    let folder = folder(&[(
        "letterpress.yaml",
        "name: shop\nversion: one\nsources: [{file: a.json}]\n",
    )]);
    let output = letterpress(
        folder.path(),
        &["generate", "--config", "letterpress.yaml", "--out", "x"],
    );
    assert_eq!(output.status.code(), Some(1));
    let stderr = text(&output.stderr);
    assert!(
        stderr.contains(" --> letterpress.yaml:2:10  /version"),
        "{stderr}"
    );
}
