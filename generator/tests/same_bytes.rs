//! Same input, same bytes: whatever the threads, the working directory, the locale, the time zone, and JSON or YAML.
//!
//! `LETTERPRESS_DESCRIPTIONS` (paths, with blanks between them) and `LETTERPRESS_RUNS` ask for more than what CI does.

// What must not happen in the generator is how a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Files by their path below a folder.
type Tree = BTreeMap<PathBuf, Vec<u8>>;

fn descriptions() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    match std::env::var("LETTERPRESS_DESCRIPTIONS") {
        Ok(paths) => paths.split_whitespace().map(PathBuf::from).collect(),
        Err(_) => vec![root.join("specs/kitchen-sink-3-1/kitchen_sink.yaml")],
    }
}

fn runs() -> usize {
    let runs = std::env::var("LETTERPRESS_RUNS").ok();
    runs.and_then(|runs| runs.parse().ok()).unwrap_or(5)
}

/// The crate that one run writes. The number of the run decides about everything that must not show.
fn run(source: &Path, scratch: &Path, run: usize) -> Tree {
    let out = scratch.join(format!("out{run}"));
    let elsewhere = scratch.join(format!("elsewhere{}", run % 3));
    fs::create_dir_all(&elsewhere).expect("a folder");
    let pick = |all: [&'static str; 3], step: usize| all[run / step % 3];
    let locale = pick(["C", "tr_TR.UTF-8", "de_DE.UTF-8"], 1);
    let output = Command::new(env!("CARGO_BIN_EXE_letterpress"))
        .arg("generate")
        .arg(source)
        .args(["--name", "shop", "--out"])
        .arg(&out)
        .current_dir(elsewhere)
        .env("RAYON_NUM_THREADS", pick(["1", "2", "8"], 1))
        .env("LC_ALL", locale)
        .env("LANG", locale)
        .env("TZ", pick(["UTC", "Asia/Kolkata", "America/St_Johns"], 2))
        .output()
        .expect("a run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let found = tree(&out);
    fs::remove_dir_all(&out).expect("gone");
    found
}

fn tree(root: &Path) -> Tree {
    let mut found = Tree::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(root).expect("below").to_owned();
                // The list says how the way to the crate is called.
                if !name.starts_with(".letterpress") {
                    found.insert(name, fs::read(&path).expect("bytes"));
                }
            }
        }
    }
    found
}

fn assert_same(one: &Tree, other: &Tree, what: &str) {
    let paths = one.keys().chain(other.keys());
    let differ: Vec<&PathBuf> = paths
        .filter(|path| one.get(*path) != other.get(*path))
        .collect();
    assert!(differ.is_empty(), "{what}: {differ:?}");
}

#[test]
fn nothing_but_the_description_shows() {
    for source in descriptions() {
        let source = source.canonicalize().expect("a description");
        let scratch = tempfile::tempdir().expect("a folder");
        let first = run(&source, scratch.path(), 0);
        assert!(first.len() > 10);
        for number in 1..runs() {
            let again = run(&source, scratch.path(), number);
            assert_same(
                &first,
                &again,
                &format!("{} in run {number}", source.display()),
            );
        }
        println!(
            "{}: {} runs, {} files",
            source.display(),
            runs(),
            first.len()
        );
    }
}

#[test]
fn json_and_yaml_are_one() {
    for source in descriptions() {
        let text = fs::read_to_string(&source).expect("a description");
        // YAML reads JSON too. What is written has its members in one order.
        let value: serde_json::Value = match serde_json::from_str(&text) {
            Ok(value) => value,
            Err(_) => serde_yaml::from_str(&text).expect("a description"),
        };
        let scratch = tempfile::tempdir().expect("a folder");
        let (json, yaml) = (scratch.path().join("a.json"), scratch.path().join("a.yaml"));
        fs::write(&json, value.to_string()).expect("a file");
        fs::write(&yaml, serde_yaml::to_string(&value).expect("YAML")).expect("a file");
        let (one, other) = (run(&json, scratch.path(), 0), run(&yaml, scratch.path(), 1));
        assert_same(&one, &other, &source.display().to_string());
    }
}
