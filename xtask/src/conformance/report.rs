//! Scores and failures to CONFORMANCE.md, and failures against what is expected to what is not.

use super::styles::Styles;
use super::{Failure, Found};
use letterpress_tests::expected::Expected;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// How a file of the JSON Schema Test Suite fares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// `draft4/enum.json`.
    pub suite: String,
    /// Its schemas.
    pub schemas: usize,
    /// Schemas that are generated.
    pub generated: usize,
    /// Valid instances of those.
    pub valid: usize,
    /// Valid instances that come back as they were.
    pub unchanged: usize,
    /// Invalid instances.
    pub invalid: usize,
    /// Invalid instances that are not read.
    pub rejected: usize,
}

impl Score {
    /// A score of nothing yet.
    pub fn new(suite: &str) -> Self {
        Score {
            suite: suite.to_owned(),
            ..Score::default()
        }
    }

    fn add(&mut self, other: &Score) {
        self.schemas += other.schemas;
        self.generated += other.generated;
        self.valid += other.valid;
        self.unchanged += other.unchanged;
        self.invalid += other.invalid;
        self.rejected += other.rejected;
    }

    fn row(&self, name: &str) -> String {
        format!(
            "| {name} | {} of {} | {} of {} | {} of {} |\n",
            self.generated, self.schemas, self.unchanged, self.valid, self.rejected, self.invalid
        )
    }
}

/// What differs from what is expected, a line each: failures that are not listed or not as listed, and entries of the
/// list that hold after all, if everything was run (`whole`).
pub fn unexpected(failures: &[Failure], expected: &Expected, whole: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for failure in failures {
        match expected.named(&failure.name) {
            Some(entry) if entry.allows(&failure.what) => {}
            _ => lines.push(format!(
                "FAILED {} {}: {}",
                failure.name, failure.what, failure.detail
            )),
        }
    }
    let names: BTreeSet<&str> = failures.iter().map(|one| &*one.name).collect();
    let entries = expected.entries().iter();
    let held = entries.filter(|entry| whole && !names.contains(&*entry.path));
    lines.extend(
        held.map(|entry| format!("HOLDS AFTER ALL {}: take it out of the list", entry.path)),
    );
    lines
}

/// The page.
pub fn page(found: &Found, styles: &Styles, expected: &Expected) -> String {
    let mut page = String::from(HEAD);
    let mut drafts: BTreeMap<&str, Vec<&Score>> = BTreeMap::new();
    for score in &found.scores {
        let (draft, _) = score.suite.split_once('/').unwrap_or((&score.suite, ""));
        drafts.entry(draft).or_default().push(score);
    }
    for (draft, scores) in &drafts {
        let mut whole = Score::default();
        scores.iter().for_each(|score| whole.add(score));
        let _ = write!(page, "\n### {draft}\n\n{TABLE}");
        for score in scores {
            let (_, file) = score.suite.split_once('/').unwrap_or_default();
            page += &score.row(&format!("`{file}`"));
        }
        page += &whole.row("**all**");
    }
    let _ = write!(
        page,
        "\n## Styles of parameters\n\n| suite | cases that are styles | hold |\n|---|---|---|\n\
         | style tables of OpenAPI 3.0.4, 3.1.1, 3.2.0 | {0} | {0} |\n| URI templates (RFC 6570) | {1} of {2} | {1} |\n\n{NOTE}\n",
        styles.cells, styles.templates, styles.all_templates
    );
    page += "\n## What does not hold, and why\n";
    let mut reasons: BTreeMap<&str, Vec<&Failure>> = BTreeMap::new();
    for failure in &found.failures {
        let entry = expected.named(&failure.name);
        let reason = entry.map_or("Not known.", |entry| &entry.reason);
        reasons.entry(reason).or_default().push(failure);
    }
    for (reason, failures) in &reasons {
        let _ = write!(page, "\n**{reason}** {} cases:\n\n", failures.len());
        for failure in failures {
            let _ = writeln!(page, "- `{}` {}", failure.name, failure.what);
        }
    }
    page
}

const HEAD: &str = "# Conformance

Written by `cargo xtask conformance`, which fails where a case that is not listed below fails, and where one that is listed holds.

## JSON Schema

Each schema of the JSON Schema Test Suite is what an operation answers with: drafts 2020-12 in OpenAPI 3.1 and 4 in 3.0; `keywords` is a suite of our own, with every keyword
in objects as APIs have them. Every instance that is valid is read and written
again, and must come back as the same value. Types say less than schemas (a pattern, a bound or a condition is documented and not checked), so
invalid instances are scored: how many of them are not read.
";

const TABLE: &str = "| file | schemas generated | valid instances unchanged | invalid instances not read |\n|---|---|---|---|\n";

const NOTE: &str = "A template is a style if its expressions are: prefixes (`{var:3}`), fragments (`{#var}`), absent values and empty values of a path are none. The runtime's
tests compare every case with what is written on the wire.";
