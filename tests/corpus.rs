//! Real collections and descriptions beside the checkout to what the whole chain makes of them: a crate or an expected
//! error, in sane time. `cargo xtask corpus` runs all of them, compiles the crates, and says more of each.

use letterpress::diagnostic::render::Printer;
use letterpress::diagnostic::{Diagnostics, Severity};
use letterpress::source::{Given, Role, load_project};
use letterpress_tests::expected::Expected;
use letterpress_tests::{material, root};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What a run may take at least, however small its file, and for each MiB of it; without optimization, on a busy machine.
const AT_LEAST: Duration = Duration::from_secs(5);
const FOR_EACH_MIB: Duration = Duration::from_secs(15);

/// The largest description that is tried here, in bytes: what is larger takes long without optimization.
const SMALL: u64 = 200 << 10;

fn collections() -> Option<Vec<PathBuf>> {
    let folder = material("corpus/postman")?;
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    Some(files)
}

fn expected() -> Expected {
    let text = fs::read_to_string(root().join("tests/corpus-expected.tsv")).expect("the list");
    Expected::parse(&text).expect("a list")
}

/// Why a collection does not give what it should; nothing if it does.
fn fault(path: &Path, expected: &Expected) -> Option<String> {
    let given = Given {
        sources: vec![path.to_path_buf()],
        name: Some("shop".to_owned()),
        ..Given::default()
    };
    let mut diagnostics = Diagnostics::new();
    let begin = Instant::now();
    let project = load_project(&given, &mut diagnostics);
    let generated = match diagnostics.has_errors() {
        true => None,
        false => match letterpress::generate(&project.config, &project.files) {
            Ok(output) => Some(output),
            Err(errors) => {
                diagnostics.extend(errors);
                None
            }
        },
    };
    let took = begin.elapsed();
    let bytes = fs::metadata(path).map_or(0, |metadata| metadata.len());
    let mib = bytes as f64 / f64::from(1 << 20);
    if took > AT_LEAST + FOR_EACH_MIB.mul_f64(mib) {
        return Some(format!("takes {took:?} for {mib:.1} MiB"));
    }
    let entry = expected.of(path);
    match (generated, entry) {
        (Some(_), Some(entry)) => Some(format!("generates, though {} is expected", entry.code)),
        (Some(output), None) => {
            let named = output.emitted + output.skipped.len();
            (output.in_source != named).then(|| {
                format!(
                    "{} operations are in the source, {named} are emitted or skipped",
                    output.in_source
                )
            })
        }
        (None, entry) => {
            let findings = Printer::new(&project.files, &diagnostics).findings(&diagnostics);
            let error = Severity::Error.as_str();
            let mut errors = findings.iter().filter(|one| one.severity == error);
            let unexpected = errors.find(|one| {
                one.line.is_none() || entry.is_none_or(|entry| !entry.allows(one.code))
            });
            unexpected.map(|one| format!("{} at {:?}: {}", one.code, one.line, one.message))
        }
    }
}

/// The OpenAPI documents below folders of the corpus that are roots of descriptions, as far as they are small.
fn descriptions(folders: &[&str]) -> Vec<PathBuf> {
    let mut open: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| material(folder))
        .collect();
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if entry.metadata().is_ok_and(|data| data.len() <= SMALL) && is_root(&path) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Whether a file says of itself that it is a description.
fn is_root(path: &Path) -> bool {
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut lines = text.lines().map(|line| line.trim_start_matches([' ', '{']));
    let marks = ["openapi:", "swagger:", "\"openapi\"", "\"swagger\""];
    lines.any(|line| marks.iter().any(|mark| line.starts_with(mark)))
}

/// The files that descriptions refer to.
fn parts(files: &[PathBuf]) -> BTreeSet<PathBuf> {
    let parts = files.par_iter().flat_map_iter(|path| {
        let given = Given {
            sources: vec![path.clone()],
            name: Some("shop".to_owned()),
            ..Given::default()
        };
        let project = load_project(&given, &mut Diagnostics::new());
        let referred = project
            .files
            .into_iter()
            .filter(|file| file.role == Role::Referred);
        let paths: Vec<PathBuf> = referred
            .filter_map(|file| Path::new(&file.path).canonicalize().ok())
            .collect();
        paths
    });
    parts.collect()
}

fn assert_all(files: &[PathBuf]) {
    let expected = expected();
    let faults: Vec<String> = files
        .par_iter()
        .filter_map(|path| {
            let fault = catch_unwind(|| fault(path, &expected))
                .unwrap_or_else(|_| Some("panics".to_owned()))?;
            Some(format!("{}: {fault}", path.display()))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_collection_generates_or_tells_why_not() {
    let Some(files) = collections() else { return };
    assert_all(&files);
}

#[test]
fn every_small_description_generates_or_tells_why_not() {
    let mut files = descriptions(&["corpus/openapi", "corpus/openapi-multi"]);
    assert!(files.is_empty() || files.len() > 100, "{}", files.len());
    // What holds parts of others is tried as a part of them.
    let parts = parts(&files);
    files.retain(|path| path.canonicalize().is_ok_and(|path| !parts.contains(&path)));
    assert_all(&files);
}

#[test]
fn every_bad_description_is_refused_with_places_or_mended() {
    assert_all(&descriptions(&["corpus/bad"]));
}

#[test]
fn every_expectation_is_met_by_a_file() {
    let Some(files) = collections() else { return };
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    assert!(expected().unused(&paths).is_empty());
}

/// Names that only the order of something could have made.
#[test]
fn no_name_ends_with_a_number_that_its_source_has_not() {
    let Some(files) = collections() else { return };
    let mut faults = Vec::new();
    for path in files.iter().filter(|path| small(path)) {
        let text = fs::read_to_string(path).unwrap_or_default().to_lowercase();
        let given = Given {
            sources: vec![path.clone()],
            name: Some("shop".to_owned()),
            ..Given::default()
        };
        let project = load_project(&given, &mut Diagnostics::new());
        let Ok(output) = letterpress::generate(&project.config, &project.files) else {
            continue;
        };
        for (file, code) in &output.files {
            if !file.starts_with("src/types/") {
                continue;
            }
            for line in code.lines() {
                let name = line
                    .strip_prefix("pub struct ")
                    .or_else(|| line.strip_prefix("pub enum "))
                    .and_then(|rest| rest.split_whitespace().next());
                let Some(name) = name else { continue };
                let number = name.trim_start_matches(|c: char| !c.is_ascii_digit());
                let ends = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
                if ends && !text.contains(number) {
                    faults.push(format!("{}: {name}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn small(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.len() < 1 << 20)
}
