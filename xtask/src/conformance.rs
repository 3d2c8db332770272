//! The public suites to scores: what is generated, what comes back as it was, what is refused, and what was expected.

mod json_schema;
mod program;
mod report;
mod styles;

use clap::Args;
use json_schema::Draft;
use letterpress_tests::expected::Expected;
use report::Score;
use std::fs;
use std::path::{Path, PathBuf};

/// The cases that do not hold, and the reasons.
const EXPECTED: &str = "tests/conformance-expected.tsv";
/// What the command writes.
const REPORT: &str = "CONFORMANCE.md";
/// What the whole run works in; not removed, so that the crates can be read.
const FOLDER: &str = "target/conformance";

/// What to run.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The folder of the suites; the one beside the checkout if none is named.
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Fails where CONFORMANCE.md says something else, instead of writing it.
    #[arg(long)]
    check: bool,
    /// Shows only the cases whose names have this text, expected or not, and writes nothing.
    #[arg(long, value_name = "TEXT")]
    show: Option<String>,
}

impl Options {
    /// What CI runs.
    pub fn check() -> Self {
        Options {
            folder: None,
            check: true,
            show: None,
        }
    }
}

/// A case that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// `draft4/ref.json: group: test`.
    pub name: String,
    /// `refused with CODE`, `comes back changed`, `is not read`.
    pub what: String,
    /// What came instead, for whoever looks into it.
    pub detail: String,
}

/// Runs everything, prints what was not expected, and answers whether all is as expected. Without the public suites our
/// own runs alone.
///
/// # Errors
/// Suites that cannot be read, and programs that cannot be built.
pub fn run(options: &Options) -> Result<bool, String> {
    let text = fs::read_to_string(EXPECTED).map_err(|error| format!("{EXPECTED}: {error}"))?;
    let expected = Expected::parse(&text).map_err(|error| format!("{EXPECTED}: {error}"))?;
    let folder = match &options.folder {
        Some(folder) if !folder.is_dir() => {
            return Err(format!("`{}` is no folder", folder.display()));
        }
        Some(folder) => Some(folder.clone()),
        None => letterpress_tests::material("suites"),
    };
    let mut found = Found::default();
    found.add(&json_schema::KEYWORDS, Path::new("tests/keywords"))?;
    for draft in folder.iter().flat_map(|_| json_schema::DRAFTS) {
        let suites = folder.iter().map(|folder| folder.join("json-schema"));
        for suite in suites {
            found.add(draft, &suite.join(draft.name))?;
        }
    }
    if let Some(text) = &options.show {
        let shown = found.failures.iter();
        for failure in shown.filter(|failure| failure.name.contains(text)) {
            println!("{}\n    {}: {}", failure.name, failure.what, failure.detail);
        }
        return Ok(true);
    }
    let unexpected = report::unexpected(&found.failures, &expected, folder.is_some());
    for line in &unexpected {
        println!("{line}");
    }
    let Some(folder) = folder else {
        return Ok(unexpected.is_empty());
    };
    let page = report::page(&found, &styles::run(&folder)?, &expected);
    let same = fs::read_to_string(REPORT).is_ok_and(|old| old == page);
    match (same, options.check) {
        (true, _) => println!("{REPORT} is true"),
        (false, true) => println!("{REPORT} says something else; run `cargo xtask conformance`"),
        (false, false) => {
            fs::write(REPORT, &page).map_err(|error| format!("{REPORT}: {error}"))?;
            println!("{REPORT} is written");
        }
    }
    Ok(unexpected.is_empty() && (same || !options.check))
}

/// What the suites gave.
#[derive(Debug, Default)]
struct Found {
    /// A score each file.
    scores: Vec<Score>,
    /// What did not hold. Instances that are read although they are invalid are no failures.
    failures: Vec<Failure>,
}

impl Found {
    fn add(&mut self, draft: &Draft, suite: &Path) -> Result<(), String> {
        json_schema::run(draft, suite, &Path::new(FOLDER).join(draft.name), self)
    }
}
