//! `specs/<api>/letterpress.yaml` to `generated/<api>/`, one job an API.

use letterpress::job::{self, Job};
use letterpress::source::Given;
use std::collections::BTreeMap;
use std::io::Write;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Generates, or compares, these APIs; all if none is named. Answers whether everything is as it should be.
///
/// # Errors
/// A name that is none of the folders below specs/.
pub fn run(apis: &[String], check: bool) -> Result<bool, String> {
    Ok(all(&chosen(apis)?, check))
}

/// Does the jobs of these APIs, as many at a time as the machine has room for, and tells of them in their order.
fn all(apis: &[String], check: bool) -> bool {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let (done, told) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads.min(apis.len()) {
            let (next, done) = (&next, done.clone());
            scope.spawn(move || {
                while let Some(api) = apis.get(next.fetch_add(1, Ordering::Relaxed)) {
                    // Who is told is there until all are done.
                    let _ = done.send((api, generate(api, check)));
                }
            });
        }
        drop(done);
        let mut success = true;
        let mut waiting = BTreeMap::new();
        let mut rest = apis.iter();
        let mut first = rest.next();
        for (api, told) in told {
            waiting.insert(api, told);
            while let Some((sound, text)) = first.and_then(|api| waiting.remove(api)) {
                success &= sound;
                // That the terminal is gone is no reason to fail.
                let _ = anstream::stderr().write_all(text.as_bytes());
                first = rest.next();
            }
        }
        success
    })
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

/// Does the job of an API: whether everything is as it should be, and what there is to say.
fn generate(api: &str, check: bool) -> (bool, String) {
    let outcome = job::run(&Job {
        given: Given {
            config: Some(Path::new("specs").join(api).join("letterpress.yaml")),
            ..Given::default()
        },
        folder: Path::new("generated").join(api),
        check,
        strict: false,
        progress: Default::default(),
        command: format!("cargo xtask codegen {api}"),
    });
    let mut text = outcome.text(true);
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
    text.push_str(&format!(
        "{api}: {} of {} operations, {} types; {what} ({:.0} ms)\n",
        output.emitted,
        output.in_source,
        output.types,
        took * 1e3
    ));
    (outcome.success(), text)
}
