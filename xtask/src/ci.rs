//! Everything that must hold before a change lands, step by step, each with the time it took.

use crate::{bench, codegen, conformance};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The oldest Rust that generated crates promise to build with.
const OLDEST_RUST: &str = "1.85";

/// The target of a program in a browser.
const BROWSER: &str = "wasm32-unknown-unknown";

/// Runs all steps, also behind one that fails, and says which did. Answers whether none did.
pub fn run(without_tests: bool) -> bool {
    let mut steps = Steps::default();
    steps.run("format", || cargo(["fmt", "--all", "--check"]));
    let clippy = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "-D",
        "warnings",
    ];
    steps.run("clippy", || cargo(clippy));
    if without_tests {
        steps.skip("tests", "the caller runs them");
    } else {
        steps.run("tests", || cargo(["test", "--workspace", "--locked"]));
    }
    steps.run("codegen --check", || codegen::run(&[], true) == Ok(true));
    steps.run("documentation", || {
        let mut command = Command::new("cargo");
        command.args(["doc", "--workspace", "--no-deps", "--locked"]);
        done(command.env("RUSTDOCFLAGS", "-D warnings"))
    });
    steps.run("suites of schemas and styles", || {
        conformance::run(&conformance::Options::check()).unwrap_or_else(|error| {
            eprintln!("{error}");
            false
        })
    });
    steps.run("generated crates as packages", packages);
    steps.run("generated crates without an HTTP client", || {
        features("--no-default-features", None)
    });
    steps.run("generated crates with all that is not TLS", || {
        features("--features=blocking,chrono,jiff,stream,time,tracing", None)
    });
    let browser = "generated crates for a browser";
    match has_target(BROWSER) {
        true => steps.run(browser, || {
            features("--features=stream,tracing", Some(BROWSER))
        }),
        false => steps.skip(
            browser,
            &format!("`rustup target add {BROWSER}` installs what it takes"),
        ),
    }
    steps.run("what types cost to compile", || {
        let options = bench::build::Options::gate();
        bench::build::run(&options).unwrap_or_else(|error| {
            eprintln!("{error}");
            false
        })
    });
    outside(&mut steps);
    supply(&mut steps);
    steps.summary()
}

/// Whether every generated crate compiles with these features.
fn features(features: &str, target: Option<&str>) -> bool {
    codegen::known().iter().all(|api| {
        let mut command = Command::new("cargo");
        command.args(["check", "--locked", "--quiet", features]);
        command.args(target.iter().flat_map(|target| ["--target", target]));
        command.arg("--manifest-path");
        done(command.arg(Path::new("generated").join(api).join("Cargo.toml")))
    })
}

/// Whether the standard library of a target is installed.
fn has_target(target: &str) -> bool {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output();
    output.is_ok_and(|output| {
        let root = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Path::new(&root).join("lib/rustlib").join(target).is_dir()
    })
}

/// Whether every generated crate can be published: its manifest is whole, and all files are there that it names.
fn packages() -> bool {
    codegen::known().iter().all(|api| {
        let manifest = Path::new("generated").join(api).join("Cargo.toml");
        let mut command = Command::new("cargo");
        // What is packed is compiled as part of the workspace, and on its own below.
        command.args(["package", "--no-verify", "--allow-dirty", "--quiet"]);
        command.args(["--locked", "--offline", "--manifest-path"]);
        done(command.arg(manifest))
    })
}

/// Builds the first generated crate as its users do: outside the workspace, with the features that it asks for alone.
fn outside(steps: &mut Steps) {
    let step = "a generated crate on its own";
    let old = format!("the same with Rust {OLDEST_RUST}");
    let generated = codegen::known()
        .into_iter()
        .map(|api| Path::new("generated").join(api))
        .find(|folder| folder.join("Cargo.toml").is_file());
    let Some(generated) = generated else {
        steps.skip(step, "nothing is generated yet");
        steps.skip(&old, "nothing is generated yet");
        return;
    };
    let copied = tempfile::tempdir().and_then(|folder| {
        copy(&generated, folder.path())?;
        // The versions that the workspace is tested with, so that the check needs no newer ones.
        fs::copy("Cargo.lock", folder.path().join("Cargo.lock"))?;
        Ok(folder)
    });
    let folder = match copied {
        Ok(folder) => folder,
        Err(error) => {
            eprintln!("cannot copy `{}`: {error}", generated.display());
            steps.run(step, || false);
            return;
        }
    };
    let target = std::env::current_dir()
        .unwrap_or_default()
        .join("target/outside");
    let check = |mut command: Command, target: PathBuf| {
        command.args(["check", "--all-targets", "--manifest-path"]);
        command.arg(folder.path().join("Cargo.toml"));
        command.arg("--target-dir").arg(target);
        done(command.env("RUSTFLAGS", "-D warnings"))
    };
    steps.run(step, || {
        check(Command::new("cargo"), target.join("current"))
    });
    match toolchain(OLDEST_RUST) {
        Some(toolchain) => steps.run(&old, || {
            let mut command = Command::new("rustup");
            command.args(["run", &toolchain, "cargo"]);
            // These name the toolchain that runs this very task.
            for variable in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN"] {
                command.env_remove(variable);
            }
            check(command, target.join(OLDEST_RUST))
        }),
        None => steps.skip(&old, "that toolchain is not installed"),
    }
}

/// How many crates the generator's tree may have, itself included.
const MOST_CRATES: usize = 70;

/// How many crates the generator is built from.
fn crates() -> Option<usize> {
    let output = Command::new("cargo")
        .args(["tree", "--locked", "-p", "letterpress", "-e", "normal"])
        .args(["--prefix", "none", "--format", "{p}"])
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let named = |line: &'_ str| line.split(" (").next().map(str::to_owned);
    Some(
        text.lines()
            .filter_map(named)
            .collect::<BTreeSet<_>>()
            .len(),
    )
}

/// The size of the tree; licences, banned crates and registries by deny.toml.
fn supply(steps: &mut Steps) {
    steps.run("few crates", || {
        // No tree at all is no answer.
        let count = crates().unwrap_or_default();
        println!("the generator is built from {count} crates of at most {MOST_CRATES}");
        (2..=MOST_CRATES).contains(&count)
    });
    let step = "licences, bans and sources";
    let installed = Command::new("cargo").args(["deny", "--version"]).output();
    match installed.is_ok_and(|output| output.status.success()) {
        true => steps.run(step, || {
            cargo(["deny", "check", "licenses", "bans", "sources"])
        }),
        false => steps.skip(step, "cargo-deny is not installed"),
    }
}

/// The installed toolchain of a version.
fn toolchain(version: &str) -> Option<String> {
    let output = Command::new("rustup")
        .args(["toolchain", "list"])
        .output()
        .ok()?;
    let list = String::from_utf8(output.stdout).ok()?;
    let names = list
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let of_version = |name: &&str| {
        name.strip_prefix(version)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
    };
    names.into_iter().find(of_version).map(str::to_owned)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            if entry.file_name() != "target" {
                fs::create_dir_all(&target)?;
                copy(&entry.path(), &target)?;
            }
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn cargo<const N: usize>(arguments: [&str; N]) -> bool {
    done(Command::new("cargo").args(arguments.map(OsStr::new)))
}

/// Whether a command could be run and succeeded.
fn done(command: &mut Command) -> bool {
    match command.status() {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!(
                "cannot run `{}`: {error}",
                command.get_program().to_string_lossy()
            );
            false
        }
    }
}

/// What became of the steps so far.
#[derive(Default)]
struct Steps {
    lines: Vec<String>,
    failed: bool,
}

impl Steps {
    fn run(&mut self, name: &str, step: impl FnOnce() -> bool) {
        eprintln!("── {name}");
        let begin = Instant::now();
        let success = step();
        let seconds = begin.elapsed().as_secs_f64();
        let word = if success { "ok" } else { "FAILED" };
        self.failed |= !success;
        self.lines
            .push(format!("{word:>7}  {seconds:7.1} s  {name}"));
    }

    fn skip(&mut self, name: &str, why: &str) {
        self.lines
            .push(format!("skipped             {name}: {why}"));
    }

    fn summary(self) -> bool {
        eprintln!("──");
        for line in &self.lines {
            eprintln!("{line}");
        }
        !self.failed
    }
}
