//! Published versions of descriptions, and one description written in several ways: what changed is found, and nothing
//! else is.

use letterpress::diagnostic::Diagnostics;
use letterpress::diff::{self, Class, Difference};
use letterpress::job::{Side, compare};
use letterpress::source::{Given, Request, load};
use letterpress_tests::{material, root};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn given(path: &Path) -> Given {
    Given {
        sources: vec![path.to_owned()],
        name: Some("api".to_owned()),
        ..Given::default()
    }
}

/// The files of a pair, the old one first.
fn pair(folder: &Path) -> [PathBuf; 2] {
    ["old", "new"].map(|side| {
        let files = fs::read_dir(folder).expect("a pair").flatten();
        let mut files = files.map(|entry| entry.path());
        files
            .find(|path| path.file_stem().is_some_and(|stem| stem == side))
            .expect("both versions")
    })
}

/// The table of verdicts: by pair, the worst class, what is compared with it, and why they differ.
fn verdicts() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(root().join("tests/pairs-verdicts.tsv")).expect("the table");
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.map(|row| {
        let cells: Vec<String> = row.split('\t').map(str::to_owned).collect();
        assert_eq!(cells.len(), 4, "{row}");
        (cells[0].clone(), cells[1..].to_vec())
    })
    .collect()
}

#[test]
fn versions_that_were_published_have_their_verdicts() {
    let Some(folder) = material("pairs") else {
        return;
    };
    let table = verdicts();
    let names: Vec<&String> = table.keys().collect();
    let found: BTreeMap<String, Difference> = names
        .par_iter()
        .map(|name| {
            let [old, new] = pair(&folder.join(name));
            let compared = compare(&given(&old), &given(&new));
            let errors = compared.errors(false);
            ((*name).clone(), compared.difference.expect(&errors))
        })
        .collect();
    let mut faults = Vec::new();
    for (name, difference) in &found {
        let class = difference.class().map_or("none", Class::as_str);
        if class != table[name][0] {
            faults.push(format!("{name}: {class} instead of {}", table[name][0]));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    // The two crates of this one differ in the address alone, which no compiler sees.
    let click = &found["docusign-click-1"];
    let kinds: Vec<&str> = click
        .changes
        .iter()
        .map(|change| change.kind.as_str())
        .collect();
    assert_eq!(kinds, ["server-changed"]);
    let change = &click.changes[0];
    let places = [&change.old, &change.new].map(|place| place.as_ref().map(|place| place.line));
    assert_eq!(places, [Some(14), Some(14)]);
}

/// Whether all descriptions are tried, and not a sample of small ones:
/// `LETTERPRESS_WHOLE=1 cargo test --release -p letterpress-tests --test house -- versions`.
fn whole() -> bool {
    std::env::var_os("LETTERPRESS_WHOLE").is_some()
}

/// The largest description that is tried where not all are, in bytes.
const SMALL: u64 = 60 << 10;

/// One description in so many is tried where not all are.
const SAMPLED: usize = 9;

/// The descriptions of a folder, or a sample of them.
fn descriptions(folder: &str, ends: &[&str]) -> Vec<PathBuf> {
    let Some(folder) = material(folder) else {
        return Vec::new();
    };
    let mut open = vec![folder];
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            let small = entry.metadata().is_ok_and(|data| data.len() <= SMALL);
            let end = path
                .extension()
                .map(|end| end.to_string_lossy().into_owned());
            if path.is_dir() {
                open.push(path);
            } else if (small || whole()) && end.is_some_and(|end| ends.contains(&end.as_str())) {
                files.push(path);
            }
        }
    }
    files.sort();
    match whole() {
        true => files,
        false => files.into_iter().step_by(SAMPLED).collect(),
    }
}

/// A document with the members of its objects in another order: that of their names, or the opposite one.
fn shuffled(value: &Value, opposite: bool, text: &mut String) {
    match value {
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort();
            if opposite {
                names.reverse();
            }
            text.push('{');
            for (at, name) in names.into_iter().enumerate() {
                text.push_str(if at > 0 { "," } else { "" });
                text.push_str(&format!("{}:\n", Value::String(name.clone())));
                shuffled(&members[name], opposite, text);
            }
            text.push('}');
        }
        Value::Array(elements) => {
            text.push('[');
            for (at, element) in elements.iter().enumerate() {
                text.push_str(if at > 0 { "," } else { "" });
                shuffled(element, opposite, text);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}

/// A page with other ends of lines, wider cells, and deeper blocks of JSON.
fn reindented(page: &str) -> String {
    let mut text = String::new();
    let mut block: Option<Vec<&str>> = None;
    for line in page.lines() {
        match &mut block {
            Some(lines) if line.trim() == "```" => {
                let joined = lines.join("\n");
                let pretty = serde_json::from_str::<Value>(&joined).ok();
                match pretty {
                    Some(_) => {
                        let deeper = lines.iter().map(|line| {
                            let inner = line.trim_start();
                            format!("{}{inner}", " ".repeat((line.len() - inner.len()) * 3))
                        });
                        text.push_str(&deeper.collect::<Vec<_>>().join("\r\n"));
                    }
                    None => text.push_str(&lines.join("\r\n")),
                }
                text.push_str("\r\n```\r\n");
                block = None;
                continue;
            }
            Some(lines) => lines.push(line),
            None if line.starts_with("```json") => {
                text.push_str(line);
                text.push_str("\r\n");
                block = Some(Vec::new());
            }
            None => {
                let is_row = line.starts_with('|') && line.trim_end().ends_with('|');
                let wide = line.replace(" | ", "  |   ");
                text.push_str(if is_row { &wide } else { line });
                text.push_str("\r\n");
            }
        }
    }
    if let Some(lines) = block {
        text.push_str(&lines.join("\r\n"));
    }
    text
}

/// What changes between a description and the same one in other words of its format.
fn unlike(path: &Path) -> Vec<String> {
    let Some(old) = Side::read(&given(path)).surface else {
        return Vec::new();
    };
    let folder = tempfile::tempdir().expect("a folder");
    let name = path.file_name().expect("a name").to_string_lossy();
    let mut written: Vec<(String, String)> = Vec::new();
    let file = load(
        &[Request::new(path)],
        Default::default(),
        &mut Diagnostics::new(),
    );
    match file.first().and_then(|file| file.tree.as_ref()) {
        Some(tree) => {
            let value = tree.root().to_json();
            for opposite in [false, true] {
                let mut text = String::new();
                shuffled(&value, opposite, &mut text);
                written.push((format!("{opposite}/{name}.json"), text));
            }
            let yaml = serde_yaml::to_string(&value).expect("YAML");
            written.push((format!("yaml/{name}.yaml"), yaml));
        }
        None => {
            let page = fs::read_to_string(path).expect("a page");
            written.push((format!("page/{name}"), reindented(&page)));
        }
    }
    let mut faults = Vec::new();
    for (name, text) in written {
        let path = folder.path().join(&name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, text).expect("written");
        let side = Side::read(&given(&path));
        let Some(new) = &side.surface else {
            faults.push(format!("{name}: {}", side.errors(false)));
            continue;
        };
        let difference = diff::compare(&old, new);
        if !difference.changes.is_empty() {
            let told: String = diff::text(&[difference])
                .lines()
                .take(12)
                .collect::<Vec<_>>()
                .join("\n");
            faults.push(format!("{name}: {told}"));
        }
    }
    if !diff::compare(&old, &old).changes.is_empty() {
        faults.push(format!("{name}: differs from itself"));
    }
    faults
}

#[test]
fn one_description_in_other_words_is_no_change() {
    let mut files = descriptions("corpus/openapi", &["json", "yaml", "yml"]);
    files.extend(descriptions("corpus/postman", &["json"]));
    files.extend(descriptions("corpus/markdown", &["md", "mdx"]));
    let faults: Vec<String> = files.par_iter().flat_map(|path| unlike(path)).collect();
    assert!(
        faults.is_empty(),
        "{} of {}\n{}",
        faults.len(),
        files.len(),
        faults.join("\n\n")
    );
}

#[test]
fn the_table_says_why_verdicts_differ() {
    let classes: BTreeSet<&str> = Class::ALL.map(Class::as_str).into();
    for (name, cells) in verdicts() {
        assert!(classes.contains(cells[0].as_str()), "{name}");
        assert!(
            ["major", "minor", "none", "unknown"].contains(&cells[1].as_str()),
            "{name}"
        );
        assert!(!cells[2].is_empty(), "{name}");
    }
}
