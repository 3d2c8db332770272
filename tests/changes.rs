//! Kinds of changes, each proved: a caller who compiles with the old crate does with the new one, or does not, as the
//! class of the change says.

#[path = "changes/document.rs"]
mod document;

use document::{Case, cases, collection, config, document};
use letterpress::diff;
use letterpress::diff::Kind;
use letterpress::job::Side;
use letterpress::source::{Given, load_project};
use letterpress_tests::root;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn every_kind_of_change_is_found_alone_and_named() {
    let cases = cases(&root().join("tests/changes"));
    let faults: Vec<String> = cases
        .par_iter()
        .filter_map(|case| found(case).err())
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    let shown: BTreeSet<&str> = cases
        .iter()
        .flat_map(|case| &case.expect)
        .filter_map(|line| line.split(' ').nth(1))
        .collect();
    // No description gives an operation another name and leaves its call as it is; a lock of names does.
    // Another name of the package is no change of its code.
    let elsewhere = [Kind::OPERATION_ID, Kind::CRATE_RENAMED];
    let kinds = Kind::all().filter(|kind| !elsewhere.contains(kind));
    let missing: Vec<&str> = kinds
        .map(Kind::as_str)
        .filter(|kind| !shown.contains(kind))
        .collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

/// Whether exactly what a case expects is found, and the code of the crate says the same.
fn found(case: &Case) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder");
    let given = |side: &str, part: &Value| given(folder.path(), side, "api", &[(&case.name, part)]);
    let (old, new) = (given("old", &case.old), given("new", &case.new));
    let read = |given: &Given| {
        let side = Side::read(given);
        side.surface
            .clone()
            .ok_or_else(|| format!("{}: {}", case.name, side.errors(false)))
    };
    let difference = diff::compare(&read(&old)?, &read(&new)?);
    let mut lines: Vec<String> = difference
        .changes
        .iter()
        .map(|change| format!("{} {}", change.class.as_str(), change.kind))
        .collect();
    lines.sort();
    lines.dedup();
    if lines != case.expect {
        let told = diff::text(&[difference]);
        return Err(format!(
            "{}: expected {:?}, found\n{told}",
            case.name, case.expect
        ));
    }
    let same = code(&old) == code(&new);
    match (case.class(), same) {
        // What is given up is marked in the code, and nothing else is.
        ("docs", false)
            if case.template || lines.contains(&"docs deprecation-lifted".to_owned()) =>
        {
            Ok(())
        }
        ("docs" | "none", false) => Err(format!("{}: the code differs", case.name)),
        ("breaking" | "behaviour" | "addition", true) => {
            Err(format!("{}: the code is the same", case.name))
        }
        _ => Ok(()),
    }
}

/// Writes the description of cases, and what makes a crate of it, into a folder.
fn given(folder: &Path, side: &str, name: &str, parts: &[(&str, &Value)]) -> Given {
    let source = format!("{side}.json");
    let is_collection = parts.iter().any(|(_, part)| part["items"].is_array());
    let text = match is_collection {
        true => collection(parts),
        false => document(parts),
    };
    write(folder, &source, &text.to_string());
    let lines = parts.iter().flat_map(|(_, part)| part["lock"].as_array());
    let lines = lines.flatten().filter_map(Value::as_str);
    let mut lines: Vec<&str> = lines.collect();
    lines.sort_unstable();
    let lock = format!("{side}.lock");
    write(folder, &lock, &(lines.join("\n") + "\n"));
    let path = format!("{side}.yaml");
    write(folder, &path, &config(name, &source, parts));
    Given {
        config: Some(folder.join(path)),
        names_lock: Some(folder.join(lock)),
        ..Given::default()
    }
}

/// The code of a crate, without its documentation and without examples.
fn code(given: &Given) -> Vec<(String, String)> {
    let project = load_project(given, &mut Default::default());
    let output = letterpress::generate(&project.config, &project.files).expect("a crate");
    let files = output.files.into_iter();
    let files = files.filter(|(path, _)| path.starts_with("src/") && path.ends_with(".rs"));
    let files = files.filter(|(path, _)| path != "src/mock_examples.rs");
    let bare = |text: String| {
        let lines = text.lines().map(str::trim_start);
        let lines: Vec<&str> = lines.filter(|line| !line.starts_with("//")).collect();
        lines.join("\n")
    };
    files.map(|(path, text)| (path, bare(text))).collect()
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

/// Crates of old and new versions, checked by the compiler.
struct Crates {
    folder: tempfile::TempDir,
    target: PathBuf,
}

impl Crates {
    /// Generates and checks crates by name.
    fn check(documents: &[(&str, Vec<(&str, &Value)>)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, parts) in documents {
            let given = given(folder.path(), name, name, parts);
            let project = load_project(&given, &mut Default::default());
            let output = letterpress::generate(&project.config, &project.files);
            let output = output.unwrap_or_else(|errors| panic!("{name}: {errors:#?}"));
            for (path, text) in &output.files {
                write(folder.path(), &format!("{name}/{path}"), text);
            }
        }
        let members: Vec<String> = documents
            .iter()
            .map(|(name, _)| format!("{name:?}"))
            .collect();
        let workspace = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = 0\nincremental = false\n",
            members.join(", ")
        );
        write(folder.path(), "Cargo.toml", &workspace);
        // The versions that the workspace is tested with, so that the check needs no newer ones.
        fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("copied");
        let target = root().join("target/changes");
        let checked = Command::new(env!("CARGO"))
            .args([
                "check",
                "--quiet",
                "--offline",
                "--no-default-features",
                "--manifest-path",
            ])
            .arg(folder.path().join("Cargo.toml"))
            .arg("--target-dir")
            .arg(&target)
            .output()
            .expect("cargo");
        assert!(
            checked.status.success(),
            "{}",
            String::from_utf8_lossy(&checked.stderr)
        );
        Crates {
            folder,
            target: target.join("debug/deps"),
        }
    }

    /// The metadata of a crate: the newest, as those of other runs may lie beside it.
    fn metadata(&self, name: &str) -> PathBuf {
        let begin = format!("lib{name}-");
        let files = fs::read_dir(&self.target)
            .expect("what was checked")
            .flatten();
        let files = files.filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.starts_with(&begin) && name.ends_with(".rmeta")
        });
        let newest =
            files.max_by_key(|entry| entry.metadata().and_then(|data| data.modified()).ok());
        newest.expect("a crate").path()
    }

    /// What the compiler says of code that uses a crate as `api`: its errors by their numbers, and their text.
    fn compile(&self, name: &str, label: &str, code: &str) -> (BTreeSet<String>, String) {
        let path = self.folder.path().join(format!("{label}.rs"));
        fs::write(&path, code).expect("written");
        let output = Command::new("rustc")
            .args([
                "--edition",
                "2024",
                "--crate-type",
                "lib",
                "--emit",
                "metadata",
                "-A",
                "warnings",
            ])
            .args(["--crate-name", "caller", "--out-dir"])
            .arg(self.folder.path().join(format!("{label}.out")))
            .arg("-L")
            .arg(format!("dependency={}", self.target.display()))
            .arg("--extern")
            .arg(format!("api={}", self.metadata(name).display()))
            .arg(&path)
            .output()
            .expect("rustc");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let mut errors: BTreeSet<String> = text
            .lines()
            .filter_map(|line| line.strip_prefix("error[")?.split_once(']'))
            .map(|(error, _)| error.to_owned())
            .collect();
        if !output.status.success() && errors.is_empty() {
            errors.insert("error".to_owned());
        }
        (errors, text)
    }
}

/// Callers as modules of one file.
fn modules<'c>(cases: impl Iterator<Item = (&'c str, &'c str)>) -> String {
    let modules =
        cases.map(|(name, code)| format!("mod {} {{\n{code}}}\n", name.replace('-', "_")));
    modules.collect()
}

/// Cases that share a description, and what the crates before and after are called.
struct Group<'c> {
    cases: Vec<&'c Case>,
    old: String,
    new: String,
}

impl<'c> Group<'c> {
    fn parts(&self, of: impl Fn(&'c Case) -> &'c Value) -> Vec<(&'c str, &'c Value)> {
        let cases = self.cases.iter();
        cases.map(|case| (case.name.as_str(), of(case))).collect()
    }

    /// What is not as it should be.
    fn prove(&self, crates: &Crates) -> Vec<String> {
        let callers = |which: &dyn Fn(&Case) -> bool| {
            let chosen = self.cases.iter().filter(|case| which(case));
            modules(chosen.map(|case| (case.name.as_str(), case.caller.as_str())))
        };
        let outside = self.cases.iter();
        let outside =
            outside.filter_map(|case| Some((case.name.as_str(), case.outside.as_deref()?)));
        let before =
            callers(&|_| true) + &format!("mod outside {{\n{}}}\n", modules(outside.clone()));
        let (_, text) = crates.compile(&self.old, &self.old, &before);
        if text.contains("error") {
            return vec![format!("with the old crate: {text}")];
        }
        let (_, text) =
            crates.compile(&self.new, &self.new, &callers(&|case| case.error.is_none()));
        if text.contains("error") {
            return vec![format!("with the new crate: {text}")];
        }
        let failing = self.cases.iter();
        let failing = failing.filter_map(|case| {
            let error = case.error.as_deref()?;
            Some((case.name.clone(), case.caller.as_str(), error))
        });
        let outside = outside.map(|(name, code)| (format!("{name}-outside"), code, ""));
        let failing: Vec<(String, &str, &str)> = failing.chain(outside).collect();
        let fault = |(name, code, error): &(String, &str, &str)| {
            let (errors, text) = crates.compile(&self.new, name, code);
            let right = match *error {
                "" => !errors.is_empty(),
                error => errors == error.split(' ').map(str::to_owned).collect(),
            };
            (!right).then(|| format!("{name}: expected {error}, found {errors:?}\n{text}"))
        };
        failing.par_iter().filter_map(fault).collect()
    }
}

#[test]
fn callers_compile_or_do_not_as_the_class_says() {
    let cases = cases(&root().join("tests/changes"));
    for case in &cases {
        assert!(!case.caller.is_empty(), "{}: no caller", case.name);
        let breaks = case.error.is_some() || case.stops.is_some();
        assert_eq!(breaks, case.class() == "breaking", "{}", case.name);
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    for case in &cases {
        let alone = case.file == "alone";
        match groups.last_mut() {
            Some(group) if !alone && group.cases.iter().any(|known| known.file == case.file) => {
                group.cases.push(case);
            }
            _ => {
                let name = format!("{}{}", case.file, groups.len());
                groups.push(Group {
                    cases: vec![case],
                    old: format!("{name}_old"),
                    new: format!("{name}_new"),
                });
            }
        }
    }
    let documents: Vec<_> = groups
        .iter()
        .flat_map(|group| {
            [
                (group.old.as_str(), group.parts(|case| &case.old)),
                (group.new.as_str(), group.parts(|case| &case.new)),
            ]
        })
        .collect();
    let crates = Crates::check(&documents);
    let faults: Vec<String> = groups
        .iter()
        .flat_map(|group| group.prove(&crates))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn a_client_without_its_address_is_not_built() {
    // What cases say that stop: the part of an address that has no default, and an address that nobody says.
    let without = zendesk::Client::builder().build();
    assert!(without.is_err_and(|error| error.to_string().contains("subdomain")));
    assert!(zendesk::Client::builder().subdomain("acme").build().is_ok());
    assert!(docusign::Client::builder().build().is_err());
    assert!(
        docusign::Client::builder()
            .base_url("https://example.com")
            .build()
            .is_ok()
    );
}
