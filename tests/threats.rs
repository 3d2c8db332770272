//! The threats that SECURITY.md numbers, each with a test that says what holds; the table there names them.

mod code;
mod files;
mod text;

use letterpress::diagnostic::Severity;
use letterpress::job::{self, Job, Outcome};
use letterpress::source::Given;
use letterpress_tests::root;
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder with the files of a run, and the folder of its crate in it.
struct Run {
    folder: tempfile::TempDir,
}

impl Run {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        Run { folder }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Reads this file of the folder and writes the crate into `out`.
    fn job(&self, source: &str) -> Outcome {
        job::run(&Job {
            given: Given {
                sources: vec![self.path(source)],
                name: Some("shop".to_owned()),
                ..Given::default()
            },
            folder: self.path("out"),
            ..Job::default()
        })
    }

    /// All files of the crate that lie on the disk, by their paths with slashes.
    fn written(&self) -> Vec<(String, String)> {
        let out = self.path("out");
        let mut found = Vec::new();
        let mut open = vec![out.clone()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                match entry.path() {
                    path if path.is_dir() => open.push(path),
                    path => {
                        let text = fs::read_to_string(&path).expect("text");
                        let name = path.strip_prefix(&out).expect("below");
                        found.push((name.to_string_lossy().replace('\\', "/"), text));
                    }
                }
            }
        }
        found.sort();
        found
    }
}

/// A description with one operation, whose answer is this schema.
fn describing(schema: Value) -> Value {
    json!({
        "openapi": "3.1.0", "info": {"title": "Shop", "version": "1"},
        "paths": {"/orders": {"get": {"operationId": "list", "responses": {"200": {
            "description": "All.", "content": {"application/json": {"schema": schema}},
        }}}}},
    })
}

/// The files of the crate that a description gives, or its findings where it gives none.
fn generated(description: &Value) -> Result<Vec<(String, String)>, String> {
    of_text(&description.to_string())
}

fn of_text(text: &str) -> Result<Vec<(String, String)>, String> {
    let run = Run::new(&[("shop.json", text)]);
    let outcome = run.job("shop.json");
    match outcome.success() {
        true => Ok(run.written()),
        false => {
            let errors = outcome.output.diagnostics.iter();
            for error in errors.filter(|found| found.severity == Severity::Error) {
                assert!(error.origin.is_some(), "no place: {}", error.message);
            }
            Err(outcome.text(false))
        }
    }
}

/// The codes of the errors of a run.
fn errors(outcome: &Outcome) -> Vec<&'static str> {
    let found = outcome.output.diagnostics.iter();
    let errors = found.filter(|found| found.severity == Severity::Error);
    errors.map(|error| error.code.as_str()).collect()
}

/// The texts of all string literals of the crate's code.
fn literals(files: &[(String, String)]) -> BTreeSet<String> {
    fn collect(tokens: TokenStream, found: &mut BTreeSet<String>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => collect(group.stream(), found),
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                        found.insert(text.value());
                    }
                }
                _ => {}
            }
        }
    }
    let mut found = BTreeSet::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        let tokens = text
            .parse()
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        collect(tokens, &mut found);
    }
    found
}

#[test]
fn the_table_of_threats_is_true() {
    let text = fs::read_to_string(root().join("SECURITY.md")).expect("SECURITY.md");
    let mut tests = BTreeSet::new();
    for folder in ["tests", "generator/src", "generator/runtime", "xtask/src"] {
        names_of_tests(&root().join(folder), &mut tests);
    }
    let mut numbers = Vec::new();
    for row in text
        .lines()
        .filter(|line| line.starts_with("| G") || line.starts_with("| C"))
    {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [number, threat, holds, named] = cells[..] else {
            panic!("a row has not four cells: {row}");
        };
        assert!(!threat.is_empty() && !holds.is_empty(), "{row}");
        let named: Vec<&str> = named.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test: {row}");
        for name in named {
            assert!(tests.contains(name), "there is no test `{name}`: {row}");
        }
        numbers.push(number.to_owned());
    }
    let expected: Vec<String> = (1..=20)
        .map(|number| format!("G{number}"))
        .chain((1..=15).map(|number| format!("C{number}")))
        .collect();
    assert_eq!(numbers, expected);
}

/// The names of all functions below a folder that are marked as tests.
fn names_of_tests(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            names_of_tests(&path, found);
            continue;
        }
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("text");
        for part in text
            .split("#[test]")
            .skip(1)
            .chain(text.split("#[tokio::test").skip(1))
        {
            let name = part
                .split_once("fn ")
                .and_then(|(_, rest)| rest.split_once('('));
            found.extend(name.map(|(name, _)| name.to_owned()));
        }
    }
}
