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
        &["why"],
        &["why", "User"],
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
        "pointer": null, "message": "expected a value",
        "help": "mend the document there, or export it again: it is not JSON (RFC 8259)",
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

const COLLECTION: &str = r#"{
  "info": {"name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
  "item": [
    {
      "name": "Show order",
      "request": {"method": "GET", "url": "https://shop.example/orders/:id"},
      "response": [{"name": "ok", "code": 200, "body": "{\"id\": 1}"}]
    },
    {"name": "Broken", "request": {"method": "GET"}}
  ]
}"#;

const GENERATE: [&str; 6] = [
    "generate",
    "a.json",
    "--name",
    "shop",
    "--out",
    "shop crate",
];

fn generate(folder: &Path, more: &[&str]) -> Output {
    letterpress(folder, &[&GENERATE, more].concat())
}

#[test]
fn a_crate_is_written_compared_and_kept() {
    let folder = folder(&[("a.json", COLLECTION)]);
    let output = generate(folder.path(), &["--report", "r.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("files written, 0 removed, 0 unchanged"));
    let crate_folder = folder.path().join("shop crate");
    for path in ["Cargo.toml", "src/lib.rs", ".letterpress/files.sha256"] {
        assert!(crate_folder.join(path).is_file(), "{path}");
    }
    assert!(!crate_folder.join(".letterpress-staging").exists());
    let report = std::fs::read_to_string(folder.path().join("r.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let operations = &report["operations"];
    assert_eq!(
        (&operations["in_source"], &operations["emitted"]),
        (&2.into(), &1.into())
    );
    assert_eq!(operations["skipped"][0]["code"], "postman/no-url");
    assert_eq!(operations["skipped"][0]["pointer"], "/item/1/request");
    for stage in [
        "load",
        "lower",
        "merge",
        "infer",
        "normalize",
        "plan",
        "emit",
        "render",
        "sync",
    ] {
        assert!(report["timings_ms"][stage].is_number(), "{stage}");
    }

    assert_eq!(generate(folder.path(), &["--check"]).status.code(), Some(0));
    let library = crate_folder.join("src/lib.rs");
    let before = std::fs::metadata(&library)
        .and_then(|data| data.modified())
        .expect("time");
    let again = generate(folder.path(), &[]);
    assert!(text(&again.stderr).contains(" 0 files written, 0 removed"));
    let after = std::fs::metadata(&library)
        .and_then(|data| data.modified())
        .expect("time");
    assert_eq!(before, after);

    std::fs::write(&library, "// changed").expect("a file");
    let drift = generate(folder.path(), &["--check"]);
    assert_eq!(drift.status.code(), Some(1));
    let stderr = text(&drift.stderr);
    assert!(
        stderr.contains("`src/lib.rs` differs from what would be generated"),
        "{stderr}"
    );
    let command = "run `letterpress generate a.json --name shop --out 'shop crate'`";
    assert!(stderr.contains(command), "{stderr}");
    assert_eq!(
        std::fs::read_to_string(&library).expect("a file"),
        "// changed"
    );
}

#[test]
fn a_strict_run_leaves_nothing_out() {
    let folder = folder(&[("a.json", COLLECTION)]);
    let output = generate(folder.path(), &["--strict"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("error[source/incomplete]"));
    assert!(!folder.path().join("shop crate").exists());
}

#[test]
fn why_answers_on_standard_output() {
    let item = r#"{"name": "Get user", "request": "https://shop.example.com/users/1",
        "response": [{"code": 200, "header": "Content-Type: application/json", "body": "{\"id\": 1, \"name\": \"Ä\"}"}]}"#;
    let config =
        "name: shop\nsources: [{file: a.json}]\ntypes: {\"GET /users/1 response.200.name\": any}\n";
    let folder = folder(&[("a.json", item), ("letterpress.yaml", config)]);
    let output = letterpress(
        folder.path(),
        &["why", "a.json", "GET /users/1 response.200.name"],
    );
    let answer = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(answer.contains("a.json:2:"), "{answer}");
    assert!(answer.contains("rule: text."), "{answer}");
    assert!(answer.contains("override: types: "), "{answer}");
    assert!(output.stderr.is_empty());

    let output = letterpress(
        folder.path(),
        &["why", "a.json", "GET /users/1 response.200.nam"],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let fault = text(&output.stderr);
    assert!(fault.contains("near properties are"), "{fault}");

    let words = [
        "why",
        "--config",
        "letterpress.yaml",
        "GET /users/1 response.200.name",
    ];
    let answer = text(&letterpress(folder.path(), &words).stdout);
    assert!(
        answer.contains("overridden: under `types` at letterpress.yaml:3:"),
        "{answer}"
    );
}
