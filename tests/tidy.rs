//! Habits of the house that a machine can check: who imports whom, how files open, how long they are.

use letterpress_tests::root;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Which modules of the generator a module may use, and which crates. The library's root may use everything.
const IMPORTS: &[(&str, &[&str], &[&str])] = &[
    ("origin", &[], &[]),
    (
        "diagnostic",
        &["origin", "tree", "source"],
        &["annotate_snippets", "serde"],
    ),
    (
        "tree",
        &["origin", "diagnostic"],
        &["granit_parser", "serde_json", "serde_yaml"],
    ),
    (
        "config",
        &["tree", "diagnostic", "origin", "source", "names"],
        &["serde", "serde_yaml"],
    ),
    (
        "source",
        &["tree", "config", "diagnostic", "origin", "names"],
        &[],
    ),
    ("model", &["origin"], &[]),
    ("infer", &["model", "tree", "origin", "diagnostic"], &[]),
    (
        "postman",
        &[
            "source",
            "tree",
            "origin",
            "diagnostic",
            "model",
            "infer",
            "exchange",
        ],
        &[],
    ),
    // What every reader of samples shares. It knows no format.
    (
        "exchange",
        &["tree", "origin", "diagnostic", "model", "infer"],
        &[],
    ),
    // Commands stand in files of their own and in pages: a front end, and what a further one reads with.
    (
        "curl",
        &[
            "source",
            "origin",
            "diagnostic",
            "model",
            "infer",
            "exchange",
        ],
        &[],
    ),
    (
        "har",
        &[
            "source",
            "tree",
            "origin",
            "diagnostic",
            "model",
            "infer",
            "exchange",
        ],
        &[],
    ),
    (
        "openapi",
        &["source", "tree", "origin", "diagnostic", "model", "infer"],
        &[],
    ),
    (
        "markdown",
        &[
            "source",
            "tree",
            "origin",
            "diagnostic",
            "model",
            "infer",
            "curl",
            "exchange",
        ],
        &[],
    ),
    ("merge", &["model", "infer", "origin", "diagnostic"], &[]),
    (
        "normalize",
        &["model", "infer", "origin", "diagnostic"],
        &[],
    ),
    ("analyze", &["model", "infer", "origin", "diagnostic"], &[]),
    (
        "overrides",
        &["model", "plan", "analyze", "config", "origin", "diagnostic"],
        &[],
    ),
    (
        "filter",
        &["model", "config", "overrides", "origin", "diagnostic"],
        &[],
    ),
    // What a crate gave away is read from a file, whose lines are spoken of.
    ("names", &["origin", "diagnostic"], &["heck", "syn"]),
    (
        "plan",
        &[
            "model",
            "analyze",
            "infer",
            "names",
            "config",
            "origin",
            "diagnostic",
        ],
        &["toml_edit"],
    ),
    (
        "emit",
        &["plan"],
        &["quote", "proc_macro2", "rayon", "toml_edit"],
    ),
    (
        "render",
        &["emit", "diagnostic"],
        &["syn", "prettyplease", "proc_macro2", "rayon", "quote"],
    ),
    (
        "diff",
        &["plan", "diagnostic", "origin"],
        &["serde", "serde_json", "sha2"],
    ),
    (
        "job",
        &[
            "config",
            "diagnostic",
            "diff",
            "emit",
            "filter",
            "model",
            "names",
            "output",
            "page",
            "plan",
            "postman",
            "render",
            "source",
            "origin",
            "why",
        ],
        &["serde", "serde_json"],
    ),
    (
        "why",
        &[
            "analyze",
            "config",
            "diagnostic",
            "infer",
            "model",
            "origin",
            "overrides",
            "plan",
            "source",
            "tree",
        ],
        &[],
    ),
    ("page", &["plan"], &["sha2"]),
    ("output", &["diagnostic"], &["tempfile", "sha2"]),
];

/// Crates that any module may use in its tests.
const TEST_CRATES: &[&str] = &[
    "proptest",
    "insta",
    "tempfile",
    "serde_json",
    "serde_yaml",
    "syn",
    "rayon",
];

#[test]
fn modules_import_only_what_the_table_allows() {
    let mut faults = Vec::new();
    let mut seen = BTreeMap::new();
    for path in rust_files(&root().join("generator/src")) {
        let relative = path
            .strip_prefix(root().join("generator/src"))
            .expect("below");
        let first = relative
            .components()
            .next()
            .expect("a name")
            .as_os_str()
            .to_string_lossy();
        let module = first.trim_end_matches(".rs").to_owned();
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let Some((_, modules, crates)) = IMPORTS.iter().find(|(name, ..)| *name == module) else {
            faults.push(format!(
                "{}: the module `{module}` is not in the table",
                relative.display()
            ));
            continue;
        };
        *seen.entry(module.clone()).or_insert(0) += 1;
        let text = fs::read_to_string(&path).expect("readable");
        // `tests.rs` and what lies in `tests/` are declared under `cfg(test)` by their parent.
        let whole = relative.components().any(|part| {
            ["tests", "tests.rs"]
                .iter()
                .any(|name| part.as_os_str() == *name)
        });
        let (code, tests) = match whole {
            true => ("", text.as_str()),
            false => text.split_once("#[cfg(test)]").unwrap_or((&text, "")),
        };
        for (part, in_tests) in [(code, false), (tests, true)] {
            for (number, line) in part.lines().enumerate() {
                if line.trim_start().starts_with("//") {
                    continue;
                }
                for used in words_behind(line, "crate::") {
                    let known = IMPORTS.iter().any(|(name, ..)| *name == used);
                    let allowed = in_tests || used == module || modules.contains(&used) || !known;
                    if !allowed {
                        let place = format!("{}:{}", relative.display(), number + 1);
                        faults.push(format!("{place}: `{module}` may not use `{used}`"));
                    }
                }
                // Lines further in are of tests, or of code that is emitted.
                if let Some(used) = line
                    .strip_prefix("use ")
                    .and_then(|rest| rest.split("::").next())
                {
                    let used = used.trim_end_matches(';');
                    let own =
                        ["crate", "super", "self", "std", "core", "letterpress"].contains(&used);
                    let inside = used.chars().next().is_some_and(char::is_uppercase);
                    let child = path.with_extension("").join(format!("{used}.rs")).exists();
                    let allowed =
                        crates.contains(&used) || (in_tests && TEST_CRATES.contains(&used));
                    if !(own || inside || child || allowed) {
                        faults.push(format!(
                            "{}: `{module}` may not use the crate `{used}`",
                            relative.display()
                        ));
                    }
                }
            }
        }
    }
    assert!(seen.len() >= 3, "the table is compared with something");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_stays_readable() {
    let mut faults = Vec::new();
    let folders = [
        "generator/src",
        "generator/runtime/src",
        "generator/runtime/tests",
        "xtask/src",
        "tests",
    ];
    for path in folders
        .iter()
        .flat_map(|folder| rust_files(&root().join(folder)))
    {
        let text = fs::read_to_string(&path).expect("readable");
        let name = path
            .strip_prefix(root())
            .expect("below")
            .display()
            .to_string();
        if !text.starts_with("//! ") {
            faults.push(format!("{name}: the first line is no `//!` sentence"));
        }
        let lines = text.lines().count();
        if lines > 600 {
            faults.push(format!(
                "{name}: {lines} lines; what is its second subject?"
            ));
        }
        for word in ["todo!(", "unimplemented!(", "dbg!("] {
            if text.contains(word) && !name.ends_with("tidy.rs") {
                faults.push(format!("{name}: {word}…)"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_hand_written_lies_among_the_generated() {
    for path in rust_files(&root().join("generated")) {
        let text = fs::read_to_string(&path).expect("readable");
        let first = text.lines().next().unwrap_or_default();
        let name = path
            .strip_prefix(root())
            .expect("below")
            .display()
            .to_string();
        assert!(
            first.contains("cargo xtask codegen"),
            "{name} does not name the command that made it: {first}"
        );
    }
}

/// The words that follow a prefix in a line.
fn words_behind<'t>(line: &'t str, prefix: &'t str) -> impl Iterator<Item = &'t str> {
    line.match_indices(prefix).map(move |(at, _)| {
        let rest = &line[at + prefix.len()..];
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        &rest[..end]
    })
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() && name != "fixtures" && name != "target" {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
