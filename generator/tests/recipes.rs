//! The recipes below `recipes/`, run as they are: each with the tool that it is for, where that is there.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use serde_yaml::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    let generator = Path::new(env!("CARGO_MANIFEST_DIR"));
    generator.parent().expect("the project").to_path_buf()
}

/// A recipe in a folder of its own.
fn copied(name: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    let mut open = vec![(root().join("recipes").join(name), copy.path().to_path_buf())];
    while let Some((from, to)) = open.pop() {
        fs::create_dir_all(&to).expect("made");
        for entry in fs::read_dir(&from).expect("a recipe") {
            let (path, name) = entry
                .map(|one| (one.path(), one.file_name()))
                .expect("an entry");
            match path.is_dir() {
                true => open.push((path, to.join(name))),
                false => drop(fs::copy(&path, to.join(name)).expect("copied")),
            }
        }
    }
    copy
}

/// The folder of the command, before those that the path has.
fn path() -> std::ffi::OsString {
    let command = Path::new(env!("CARGO_BIN_EXE_letterpress"));
    let own = command.parent().expect("a folder").to_path_buf();
    let others = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(own).chain(std::env::split_paths(&others));
    std::env::join_paths(all).expect("paths")
}

fn said(output: &Output) -> String {
    let both = [&*output.stdout, &*output.stderr].concat();
    String::from_utf8_lossy(&both).into_owned()
}

#[test]
fn ninja_makes_again_what_changed() {
    if Command::new("ninja").arg("--version").output().is_err() {
        println!("skipped: there is no ninja");
        return;
    }
    let folder = copied("ninja");
    let ninja = || {
        let run = Command::new("ninja")
            .current_dir(folder.path())
            .env("PATH", path())
            .output();
        let run = run.expect("ninja runs");
        assert!(run.status.success(), "{}", said(&run));
        said(&run)
    };
    let change = |file: &str, from: &str, to: &str| {
        // Ninja sees what is newer.
        std::thread::sleep(std::time::Duration::from_millis(20));
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).expect("read");
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(path, text.replace(from, to)).expect("written");
    };
    let read = |file: &str| fs::read_to_string(folder.path().join(file)).expect("read");
    assert!(ninja().contains("GENERATE"));
    assert!(read("orders/src/types/order.rs").contains("pub note"));
    let idle = "no work to do";
    // The names were not there when it was made, and are a file that it reads from now on.
    ninja();
    assert!(ninja().contains(idle));
    // A file that only the description refers to.
    change("parts/order.yaml", "note:", "remark:");
    assert!(ninja().contains("GENERATE"));
    assert!(read("orders/src/types/order.rs").contains("pub remark"));
    ninja();
    assert!(ninja().contains(idle));
    change("names.lock", " = remark", " = comment");
    assert!(ninja().contains("GENERATE"));
    assert!(read("orders/src/types/order.rs").contains("pub comment"));
    ninja();
    assert!(ninja().contains(idle));
}

#[test]
fn a_build_script_generates_the_client() {
    let folder = copied("build-rs");
    let user = "\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn it_is_there() {\n        let order = crate::types::Order { id: 7, ..Default::default() };\n        assert_eq!(order.id, 7);\n        let _ = crate::Client::builder();\n    }\n}\n";
    let library = folder.path().join("src/lib.rs");
    let text = fs::read_to_string(&library).expect("read");
    fs::write(&library, text + user).expect("written");
    // The versions that the workspace is tested with.
    fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("copied");
    let build = Command::new(env!("CARGO"))
        .args([
            "test",
            "--quiet",
            "--offline",
            "--lib",
            "--no-default-features",
            "--manifest-path",
        ])
        .arg(folder.path().join("Cargo.toml"))
        .arg("--target-dir")
        .arg(root().join("target/compiled"))
        .env("LETTERPRESS", env!("CARGO_BIN_EXE_letterpress"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .expect("cargo");
    assert!(build.status.success(), "{}", said(&build));
    let names = fs::read_to_string(folder.path().join("names.lock")).expect("names");
    assert!(names.contains("operation GET /orders = orders::list ListOrders"));
}

#[test]
fn the_manifest_of_the_build_script_is_that_of_a_client() {
    let part = |path: &str| {
        let text = fs::read_to_string(root().join(path)).expect("read");
        let begin = text.find("[features]").expect("features");
        let end = text.find("[lints.rust]").unwrap_or(text.len());
        text[begin..end].trim().to_owned()
    };
    assert_eq!(
        part("recipes/build-rs/Cargo.toml"),
        part("generated/kitchen-sink-3-2/Cargo.toml")
    );
}

#[test]
fn the_workflow_calls_what_there_is() {
    let text = fs::read_to_string(root().join("recipes/ci/github-workflow.yml")).expect("read");
    let workflow: Value = serde_yaml::from_str(&text).expect("YAML");
    let steps = workflow["jobs"]["check"]["steps"]
        .as_sequence()
        .expect("steps");
    let mut called = Vec::new();
    for line in steps
        .iter()
        .filter_map(|step| step["run"].as_str())
        .flat_map(str::lines)
    {
        let mut words = line.split_whitespace();
        if words.next() != Some("letterpress") {
            continue;
        }
        let command = words.next().expect("a subcommand");
        let help = Command::new(env!("CARGO_BIN_EXE_letterpress"))
            .args([command, "--help"])
            .output()
            .expect("the command runs");
        assert!(help.status.success(), "{line}");
        for flag in words.filter(|word| word.len() > 2 && word.starts_with("--")) {
            assert!(said(&help).contains(flag), "{command} has no {flag}");
        }
        called.push(command.to_owned());
    }
    assert_eq!(called, ["generate", "diff"]);
}
