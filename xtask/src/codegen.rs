//! `specs/<api>/letterpress.yaml` to `generated/<api>/`, one job an API.

use letterpress::job::{self, Job};
use letterpress::source::Given;
use std::io::Write;
use std::path::Path;

/// Generates, or compares, these APIs; all if none is named. Answers whether everything is as it should be.
///
/// # Errors
/// A name that is none of the folders below specs/.
pub fn run(apis: &[String], check: bool) -> Result<bool, String> {
    let mut success = true;
    for api in chosen(apis)? {
        success &= generate(&api, check);
    }
    Ok(success)
}

/// The APIs that are named; all if none is.
///
/// # Errors
/// A name that is none of the folders below specs/.
pub fn chosen(apis: &[String]) -> Result<Vec<String>, String> {
    let mut known = known();
    if let Some(unknown) = apis.iter().find(|api| !known.contains(api)) {
        return Err(format!(
            "there is no `specs/{unknown}/letterpress.yaml`; the APIs are: {}",
            known.join(", ")
        ));
    }
    known.retain(|api| apis.is_empty() || apis.contains(api));
    Ok(known)
}

/// The folders below specs/ that have a configuration, sorted.
pub fn known() -> Vec<String> {
    let entries = std::fs::read_dir("specs").into_iter().flatten().flatten();
    let mut names: Vec<_> = entries
        .filter(|entry| entry.path().join("letterpress.yaml").is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

fn generate(api: &str, check: bool) -> bool {
    let outcome = job::run(&Job {
        given: Given {
            config: Some(Path::new("specs").join(api).join("letterpress.yaml")),
            ..Given::default()
        },
        folder: Path::new("generated").join(api),
        check,
        strict: false,
        command: format!("cargo xtask codegen {api}"),
    });
    let mut stderr = anstream::stderr();
    // That the terminal is gone is no reason to fail.
    let _ = stderr.write_all(outcome.text(true).as_bytes());
    let output = &outcome.output;
    let took: f64 = output
        .timings
        .0
        .iter()
        .map(|(_, took)| took.as_secs_f64())
        .sum();
    let what = match (&outcome.changes, outcome.success()) {
        (Some(changes), _) => format!(
            "{} files written, {} removed, {} unchanged",
            changes.written.len(),
            changes.removed.len(),
            changes.unchanged
        ),
        (None, true) => "up to date".to_owned(),
        (None, false) => "failed".to_owned(),
    };
    let _ = writeln!(
        stderr,
        "{api}: {} of {} operations, {} types; {what} ({:.0} ms)",
        output.emitted,
        output.in_source,
        output.types,
        took * 1e3
    );
    outcome.success()
}
