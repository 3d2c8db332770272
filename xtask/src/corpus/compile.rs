//! Generated crates to what the compiler, clippy and rustfmt say about them, all in one workspace.

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What was said about a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Errors of the compiler; its warnings count as such.
    pub errors: usize,
    /// Warnings of clippy.
    pub clippy: usize,
    /// Files that rustfmt would lay out otherwise.
    pub layout: usize,
    /// What was said first, as the compiler prints it.
    pub first: Option<String>,
}

impl Checked {
    /// Why the crate fails, if it does. What clippy says is counted and no failure.
    pub fn fault(&self) -> Option<String> {
        if self.errors == 0 && self.layout == 0 {
            return None;
        }
        let first = self.first.as_deref().unwrap_or_default();
        Some(format!("{self}\n{}", indent(first)))
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.errors, "errors"),
            (self.layout, "files laid out otherwise"),
            (self.clippy, "of clippy"),
        ];
        let parts: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        match parts.is_empty() {
            true => f.write_str("ok"),
            false => f.write_str(&parts.join(", ")),
        }
    }
}

fn indent(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("      {line}")).collect();
    lines.join("\n")
}

/// Checks crates that lie in `folder/crates`.
///
/// # Errors
/// A workspace that cannot be written, or a compiler that cannot be started or that ends before it says anything.
pub fn check(
    folder: &Path,
    crates: &[&str],
    clippy: bool,
) -> Result<BTreeMap<String, Checked>, String> {
    let mut found: BTreeMap<String, Checked> = crates
        .iter()
        .map(|name| ((*name).to_owned(), Checked::default()))
        .collect();
    if crates.is_empty() {
        return Ok(found);
    }
    workspace(folder, crates).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut command = Command::new("cargo");
    command.arg(if clippy { "clippy" } else { "check" });
    command.args(["--workspace", "--no-default-features", "--keep-going"]);
    command.args(["--message-format=json", "--manifest-path"]);
    command.arg(folder.join("Cargo.toml"));
    command.arg("--target-dir").arg(folder.join("target"));
    // Clippy's warnings stay warnings, the compiler's become errors.
    let flags = match clippy {
        true => "-D warnings --force-warn clippy::all",
        false => "-D warnings",
    };
    let output = command
        .env("RUSTFLAGS", flags)
        .stderr(Stdio::inherit())
        .output();
    let output = output.map_err(|error| format!("cannot run cargo: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !text.contains("\"build-finished\"") {
        return Err("cargo could not begin to check the crates".to_owned());
    }
    for line in text.lines() {
        if let Ok(message) = serde_json::from_str(line) {
            take(&message, &mut found);
        }
    }
    for (name, checked) in &mut found {
        let (layout, first) = layout(&folder.join("crates").join(name));
        checked.layout = layout;
        checked.first = checked.first.take().or(first);
    }
    Ok(found)
}

/// Notes what a line of cargo's says.
fn take(message: &Value, found: &mut BTreeMap<String, Checked>) {
    if message["reason"] != "compiler-message" {
        return;
    }
    let package = message["package_id"].as_str().unwrap_or_default();
    let name = package_name(package);
    let Some(checked) = found.get_mut(name) else {
        return;
    };
    let message = &message["message"];
    let code = message["code"]["code"].as_str().unwrap_or_default();
    let level = message["level"].as_str().unwrap_or_default();
    // The line that counts the errors has no place.
    let placed = message["spans"]
        .as_array()
        .is_some_and(|spans| !spans.is_empty());
    if code.starts_with("clippy::") {
        checked.clippy += 1;
    } else if placed && matches!(level, "error" | "warning") {
        checked.errors += 1;
    } else {
        return;
    }
    if checked.first.is_none() {
        checked.first = message["rendered"].as_str().map(str::to_owned);
    }
}

/// The name in `path+file:///crates/shop#0.1.0` and in `path+file:///crates/v2#shop@0.1.0`.
fn package_name(id: &str) -> &str {
    let (path, version) = id.rsplit_once('#').unwrap_or((id, ""));
    match version.split_once('@') {
        Some((name, _)) => name,
        None => path.rsplit_once('/').map_or(path, |(_, name)| name),
    }
}

fn workspace(folder: &Path, crates: &[&str]) -> std::io::Result<()> {
    let members: Vec<String> = crates
        .iter()
        .map(|name| format!("    \"crates/{name}\",\n"))
        .collect();
    let members = members.concat();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n[profile.dev]\ndebug = 0\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    // The versions that the project is tested with.
    fs::copy("Cargo.lock", folder.join("Cargo.lock")).map(drop)
}

/// How many files of a crate rustfmt would lay out otherwise, and the first difference.
fn layout(folder: &Path) -> (usize, Option<String>) {
    let output = Command::new("rustfmt")
        .args(["--check", "--edition", "2024", "--color", "never"])
        .arg(folder.join("src/lib.rs"))
        .output();
    let text = match output {
        Ok(output) if output.status.success() => return (0, None),
        Ok(output) => [output.stdout, output.stderr].concat(),
        Err(error) => error.to_string().into_bytes(),
    };
    let text = String::from_utf8_lossy(&text);
    let mut files: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("Diff in "))
        .map(|line| line.rsplit_once(':').map_or(line, |(file, _)| file))
        .map(|line| line.rsplit_once(".rs:").map_or(line, |(file, _)| file))
        .collect();
    files.dedup();
    let first: Vec<&str> = text.lines().take(12).collect();
    (files.len().max(1), Some(first.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn message(level: &str, code: &str, spans: Value) -> Value {
        json!({
            "reason": "compiler-message",
            "package_id": "path+file:///somewhere/crates/shop#0.1.0",
            "message": {"level": level, "code": {"code": code}, "spans": spans, "rendered": code}
        })
    }

    #[test]
    fn what_the_compiler_says_is_counted() {
        let mut found = BTreeMap::from([("shop".to_owned(), Checked::default())]);
        take(&message("error", "E0308", json!([{}])), &mut found);
        take(&message("error", "", json!([])), &mut found);
        take(&message("warning", "clippy::all", json!([{}])), &mut found);
        let checked = &found["shop"];
        assert_eq!((checked.errors, checked.clippy), (1, 1));
        assert_eq!(checked.first.as_deref(), Some("E0308"));
        assert_eq!(checked.to_string(), "1 errors, 1 of clippy");
        assert!(checked.fault().is_some());
    }

    #[test]
    fn clippy_alone_is_no_failure() {
        let checked = Checked {
            clippy: 3,
            ..Checked::default()
        };
        assert_eq!(checked.fault(), None);
        assert_eq!(Checked::default().to_string(), "ok");
    }

    #[test]
    fn packages_are_known_by_their_names() {
        assert_eq!(package_name("path+file:///a/crates/shop#0.1.0"), "shop");
        assert_eq!(package_name("path+file:///a/b#shop@0.1.0"), "shop");
    }

    #[test]
    fn layout_is_compared() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("src")).expect("made");
        let lib = folder.path().join("src/lib.rs");
        fs::write(&lib, "//! A crate.\n").expect("written");
        assert_eq!(layout(folder.path()), (0, None));
        fs::write(&lib, "//! A crate.\nfn  a( ) { }\nfn b() {}\n").expect("written");
        let (files, first) = layout(folder.path());
        assert_eq!(files, 1);
        assert!(first.is_some_and(|text| text.contains("fn a()")));
    }
}
