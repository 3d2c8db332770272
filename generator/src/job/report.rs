//! What a job did, as the JSON that `--report` writes.

use crate::Output;
use crate::diagnostic::render::{Files, Finding, Printer, clean_json};
use crate::origin::Pointer;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// The report of a job.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// What became of the operations.
    pub operations: Operations,
    /// How many types the crate has.
    pub types: usize,
    /// How many files the crate has.
    pub files: usize,
    /// What was found, sorted by place.
    pub diagnostics: Vec<Finding>,
    /// How long each stage took, in thousandths of a second.
    #[serde(serialize_with = "as_map")]
    pub timings_ms: Vec<(&'static str, f64)>,
}

/// What became of the operations.
#[derive(Clone, Debug, Serialize)]
pub struct Operations {
    /// Distinct pairs of method and path in the sources, those left out included.
    pub in_source: usize,
    /// Operations of the crate.
    pub emitted: usize,
    /// Operations that were left out.
    pub skipped: Vec<SkippedOperation>,
}

/// An operation that was left out.
#[derive(Clone, Debug, Serialize)]
pub struct SkippedOperation {
    /// Method and path as far as they could be read, else what the source calls it.
    pub operation: String,
    /// The code of the finding that tells why, or `config/skip`.
    pub code: &'static str,
    /// The JSON pointer to it in its source.
    pub pointer: Option<String>,
}

impl Report {
    pub(super) fn new(output: &Output, printer: &Printer<'_>, files: &dyn Files) -> Self {
        let skipped = output.skipped.iter().map(|skipped| SkippedOperation {
            operation: skipped.operation.clone(),
            code: skipped.code,
            pointer: files
                .pointer(skipped.origin)
                .as_ref()
                .map(Pointer::to_string),
        });
        let timings = output.timings.0.iter().map(|(stage, duration)| {
            let milliseconds = (duration.as_secs_f64() * 1e6).round() / 1e3;
            (*stage, milliseconds)
        });
        Report {
            operations: Operations {
                in_source: output.in_source,
                emitted: output.emitted,
                skipped: skipped.collect(),
            },
            types: output.types,
            files: output.files.len(),
            diagnostics: printer.findings(&output.diagnostics),
            timings_ms: timings.collect(),
        }
    }

    /// The report as JSON text.
    pub fn to_json(&self) -> String {
        // Nothing in it can fail to be written: no maps with keys other than text, no numbers that JSON has not.
        let mut text = clean_json(&serde_json::to_string_pretty(self).unwrap_or_default());
        text.push('\n');
        text
    }

    /// The findings alone, as a JSON list.
    pub fn findings_json(&self) -> String {
        let mut text =
            clean_json(&serde_json::to_string_pretty(&self.diagnostics).unwrap_or_default());
        text.push('\n');
        text
    }
}

/// Pairs as an object in their order.
fn as_map<S: Serializer>(pairs: &[(&'static str, f64)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(pairs.len()))?;
    for (name, value) in pairs {
        map.serialize_entry(name, value)?;
    }
    map.end()
}
