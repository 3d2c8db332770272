//! One measured run, in a process of its own: its memory and its processor time are those of nothing else.

use crate::corpus::one::{cpu_ms, peak_mib};
use letterpress::diagnostic::Severity;
use letterpress::job::{self, Job};
use letterpress::source::Given;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;
use std::time::Instant;

/// What a run cost, and what it made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// Time on the clock, in thousandths of a second.
    pub wall_ms: f64,
    /// Time of all processors, in thousandths of a second.
    pub cpu_ms: f64,
    /// The most memory that was in use, in MiB.
    pub peak_mib: f64,
    /// How long each stage took, in thousandths of a second.
    pub stages_ms: Vec<(String, f64)>,
    /// Operations of the crate.
    pub operations: usize,
    /// Types of the crate.
    pub types: usize,
    /// Bytes of all files of the crate.
    pub bytes: usize,
    /// How many files were written.
    pub written: usize,
    /// The first error, if there is no crate.
    pub error: Option<String>,
}

/// Reads a description and writes its crate; programs and fixtures are off, as they depend on samples alone.
/// Without a folder the bytes are only read into `serde_json::Value`.
///
/// # Errors
/// A file that cannot be read or written.
pub fn run(source: &Path, folder: Option<&Path>, record: &Path) -> std::io::Result<()> {
    let cost = match folder {
        Some(folder) => generate(source, folder)?,
        None => read(source)?,
    };
    fs::write(record, serde_json::to_string(&cost)?)
}

fn read(source: &Path) -> std::io::Result<Cost> {
    let bytes = fs::read(source)?;
    let before = cpu_ms();
    let begin = Instant::now();
    let value = serde_json::from_slice::<serde_json::Value>(&bytes);
    let wall_ms = begin.elapsed().as_secs_f64() * 1e3;
    Ok(Cost {
        wall_ms,
        cpu_ms: cpu_ms() - before,
        peak_mib: peak_mib(),
        bytes: bytes.len(),
        error: value.err().map(|error| error.to_string()),
        ..Cost::default()
    })
}

fn generate(source: &Path, folder: &Path) -> std::io::Result<Cost> {
    let settings = folder.with_extension("yaml");
    fs::write(
        &settings,
        "name: bench\nversion: 0.1.0\nexamples: false\ntests: false\n",
    )?;
    let job = Job {
        given: Given {
            config: Some(settings),
            sources: vec![source.to_path_buf()],
            ..Given::default()
        },
        folder: folder.to_path_buf(),
        command: "cargo xtask bench generate".to_owned(),
        ..Job::default()
    };
    let before = cpu_ms();
    let begin = Instant::now();
    let outcome = job::run(&job);
    let wall_ms = begin.elapsed().as_secs_f64() * 1e3;
    let (cpu_ms, peak_mib) = (cpu_ms() - before, peak_mib());
    let output = outcome.output;
    let stages = output.timings.0.iter();
    let mut found = output.diagnostics.iter();
    Ok(Cost {
        wall_ms,
        cpu_ms,
        peak_mib,
        stages_ms: stages
            .map(|(stage, took)| ((*stage).to_owned(), took.as_secs_f64() * 1e3))
            .collect(),
        operations: output.emitted,
        types: output.types,
        bytes: output.files.iter().map(|(_, text)| text.len()).sum(),
        written: outcome.changes.map_or(0, |changes| changes.written.len()),
        error: found
            .find(|found| found.severity == Severity::Error)
            .map(|found| format!("{}: {}", found.code, found.message)),
    })
}
