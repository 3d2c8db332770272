//! Our readers of JSON and YAML beside those that everybody uses, over real descriptions: the same values come out.

use letterpress::diagnostic::Diagnostics;
use letterpress::origin::FileId;
use letterpress::source::{Request, load};
use letterpress::tree::{Kind, Node};
use letterpress_tests::material;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// Larger files say nothing that smaller ones do not, and take long without optimization.
const LARGEST: u64 = 1 << 20;

/// The files below a folder with one of these endings.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            if path.is_dir() {
                open.push(path);
            } else if endings.contains(&&*ending)
                && entry.metadata().is_ok_and(|data| data.len() <= LARGEST)
            {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// What differs between a file as we read it and as the other reader does; nothing where either of them refuses it.
fn difference(
    path: &Path,
    oracle: &dyn Fn(&str) -> Option<serde_yaml::Value>,
) -> Option<Result<(), String>> {
    let text = fs::read_to_string(path).ok()?;
    let theirs = oracle(text.trim_start_matches('\u{feff}'))?;
    let mut found = Diagnostics::new();
    let ours = load(&[Request::new(path)], FileId(0), &mut found);
    let tree = ours.first().and_then(|file| file.tree.as_ref());
    let same = match tree {
        None if found.has_errors() => return None,
        None => Err("no document".to_owned()),
        Some(tree) => compare(tree.root(), &theirs),
    };
    Some(same.map_err(|why| format!("{}: {why}", path.display())))
}

fn compare(ours: Node<'_>, theirs: &serde_yaml::Value) -> Result<(), String> {
    use serde_yaml::Value;
    let differ = || {
        let place = ours.pointer().as_str().to_owned();
        Err(format!("{place}: {ours:?} and {theirs:?}"))
    };
    match (ours.kind(), theirs) {
        (_, Value::Tagged(tagged)) => compare(ours, &tagged.value),
        (Kind::Null, Value::Null) => Ok(()),
        (Kind::Boolean, Value::Bool(value)) if ours.as_bool() == Some(*value) => Ok(()),
        (Kind::String, Value::String(text)) if ours.as_str() == Some(text) => Ok(()),
        (Kind::Number, Value::Number(number)) => {
            // The other readers keep no spelling: `1.10` is `1.1` there.
            let text = ours.as_number().unwrap_or_default();
            match text.parse::<f64>().ok() == number.as_f64() {
                true => Ok(()),
                false => differ(),
            }
        }
        // Integers of more than 64 bits are texts to the other reader.
        (Kind::Number, Value::String(text)) if ours.scalar() == Some(text) => {
            match text.trim_start_matches('-').len() > 18 {
                true => Ok(()),
                false => differ(),
            }
        }
        (Kind::Array, Value::Sequence(items)) if ours.len() == items.len() => {
            let mut pairs = ours.items().zip(items);
            pairs.try_for_each(|(ours, theirs)| compare(ours, theirs))
        }
        (Kind::Object, Value::Mapping(members)) if ours.len() == members.len() => {
            let named = |name: &str| {
                members.iter().find_map(|(key, value)| {
                    let key = match key {
                        Value::String(text) => text.clone(),
                        Value::Number(number) => number.to_string(),
                        Value::Bool(value) => value.to_string(),
                        Value::Null => "null".to_owned(),
                        _ => return None,
                    };
                    (key == name).then_some(value)
                })
            };
            ours.entries()
                .try_for_each(|(key, value)| match named(key.text) {
                    Some(theirs) => compare(value, theirs),
                    None => differ(),
                })
        }
        _ => differ(),
    }
}

/// How many files were compared; all must be equal.
fn all_equal(
    folders: &[&str],
    endings: &[&str],
    oracle: &(dyn Fn(&str) -> Option<serde_yaml::Value> + Sync),
) -> Option<usize> {
    let folders: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| material(folder))
        .collect();
    if folders.is_empty() {
        return None;
    }
    let files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| files(folder, endings))
        .collect();
    let results: Vec<Result<(), String>> = files
        .par_iter()
        .filter_map(|path| difference(path, oracle))
        .collect();
    let faults: Vec<&String> = results
        .iter()
        .filter_map(|result| result.as_ref().err())
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    // What one of the two refuses is rare.
    assert!(
        results.len() * 10 >= files.len() * 9,
        "{} of {}",
        results.len(),
        files.len()
    );
    Some(results.len())
}

#[test]
fn json_is_what_serde_json_reads() {
    let oracle = |text: &str| {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        serde_yaml::to_value(value).ok()
    };
    let folders = ["corpus/openapi", "corpus/openapi-multi", "corpus/postman"];
    if let Some(count) = all_equal(&folders, &["json"], &oracle) {
        assert!(count > 50, "{count}");
    }
}

#[test]
fn yaml_is_what_serde_yaml_reads() {
    let oracle = |text: &str| {
        let mut value: serde_yaml::Value = serde_yaml::from_str(text).ok()?;
        value.apply_merge().ok()?;
        Some(value)
    };
    let folders = ["corpus/openapi", "corpus/openapi-multi"];
    if let Some(count) = all_equal(&folders, &["yaml", "yml"], &oracle) {
        assert!(count > 50, "{count}");
    }
}
