//! Which paths may be written: plain ones inside the crate's folder, where nothing runs by lying there.

use super::refused;
use crate::diagnostic::{Code, Diagnostic};
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;

/// Folder of our own files in a crate that has no configuration.
pub(super) const OWN: &str = ".letterpress";
/// Folder of what is about to be written.
pub(super) const STAGING: &str = ".letterpress-staging";

/// Paths whose files are built or run without being asked for, or belong to other tools.
const RESERVED: [&str; 10] = [
    "build.rs",
    ".cargo",
    ".git",
    ".github",
    "target",
    "src/main.rs",
    "src/bin",
    "rust-toolchain",
    "rust-toolchain.toml",
    "cargo.lock",
];

/// Names that Windows keeps for devices, whatever follows behind a dot.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// Whether a file may have this path below the crate's folder; else why not.
pub(super) fn check(path: &str) -> Result<(), &'static str> {
    if path.len() > 200 {
        return Err("is longer than 200 characters");
    }
    for part in path.split('/') {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
        if part.is_empty() || part == "." || part == ".." {
            return Err("does not lie inside the folder");
        }
        if !part.bytes().all(plain) {
            return Err("has characters other than letters, digits, `_`, `-` and `.`");
        }
        let stem = part
            .split('.')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
        let port =
            port.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()));
        if part.ends_with('.') || port || DEVICES.contains(&stem.as_str()) {
            return Err("has a name that Windows keeps for itself");
        }
    }
    let lower = path.to_ascii_lowercase();
    let first = lower.split('/').next().unwrap_or_default();
    let reserved = RESERVED.iter().any(|reserved| {
        lower
            .strip_prefix(reserved)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    if reserved || first.starts_with(OWN) {
        return Err("is kept for other purposes");
    }
    Ok(())
}

/// All faults of a set of paths, those between two of them included.
pub(super) fn check_all<'p>(paths: impl Iterator<Item = &'p str>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut refuse = |message: String| faults.push(Diagnostic::new(Code::OUTPUT_PATH, message));
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut folders = BTreeSet::new();
    for path in paths {
        if let Err(why) = check(path) {
            refuse(format!("the path `{path}` {why}"));
            continue;
        }
        let lower = path.to_ascii_lowercase();
        for (at, _) in lower.match_indices('/') {
            folders.insert(lower.get(..at).unwrap_or_default().to_owned());
        }
        // Some file systems know no difference of case.
        if let Some(first) = seen.insert(lower, path) {
            refuse(format!(
                "the paths `{first}` and `{path}` are one file on some systems"
            ));
        }
    }
    for (_, path) in seen.iter().filter(|(lower, _)| folders.contains(*lower)) {
        refuse(format!("the path `{path}` is a file and a folder"));
    }
    faults
}

/// Refuses symbolic links among the parts of a path below the folder: a file written there may lie anywhere.
pub(super) fn refuse_links(folder: &Path, path: &str) -> Result<(), Diagnostic> {
    let mut place = folder.to_owned();
    for part in path.split('/') {
        place.push(part);
        match place.symlink_metadata() {
            Ok(metadata) if metadata.is_symlink() => {
                let shown = place.to_string_lossy().replace('\\', "/");
                let message = format!("`{shown}` is a symbolic link");
                return Err(Diagnostic::new(Code::OUTPUT_SYMLINK, message)
                    .help("replace it by a real file or folder"));
            }
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(refused("look at", &place, &error)),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{check, check_all};

    #[test]
    fn only_plain_paths_are_written() {
        for path in [
            "Cargo.toml",
            "src/lib.rs",
            "src/types/user_input.rs",
            "README.md",
            "src/build.rs",
            ".gitignore",
            "examples/a-b.rs",
        ] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
        let long = format!("src/{}.rs", "a".repeat(300));
        for path in [
            "",
            "/etc/x",
            "../x",
            "src/../../x",
            "src//x",
            "./x",
            "a\\b",
            "C:/x",
            "build.rs",
            "Build.RS",
            ".cargo/config.toml",
            ".git/hooks/x",
            "src/main.rs",
            "src/bin/x.rs",
            "con",
            "src/aux.rs",
            "src/COM1",
            "x.",
            "a b",
            "é",
            "a\0",
            "target/x",
            ".letterpress/files.sha256",
            ".letterpress-staging/x",
            "Cargo.lock",
            &long,
        ] {
            assert!(check(path).is_err(), "{path}");
        }
    }

    #[test]
    fn paths_do_not_meet() {
        let faults = |paths: &[&str]| check_all(paths.iter().copied()).len();
        assert_eq!(faults(&["src/a.rs", "src/b.rs", "src/a/c.rs"]), 0);
        assert_eq!(faults(&["src/a.rs", "src/A.rs"]), 1);
        assert_eq!(faults(&["src/a", "src/a/b"]), 1);
        assert_eq!(faults(&["../a", "build.rs"]), 2);
    }
}
