//! One job from paths to files: sources are read, a crate is generated, written or compared, and a report is made.

mod compare;
mod depfile;
mod init;
mod inspect;
mod page;
mod release;
mod rename;
mod report;

pub use compare::{Compared, Side, compare};
pub use init::{Begun, init};
pub use inspect::{Inspected, Stage, inspect};
pub use page::{Page, page};
pub(crate) use release::since;
pub use release::{Release, Since, release};
pub use rename::{Renaming, rename};
pub use report::{Report, SkippedOperation};

use crate::diagnostic::render::{Files, Printer};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::filter::FILTERED;
use crate::names::lock;
use crate::output::{self, Changes, Place};
use crate::source::{self, Given, History, SourceFile};
use crate::{Output, Progress, stages, why};
use std::path::{Path, PathBuf};

/// What a job shall do.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// What to read.
    pub given: Given,
    /// The folder of the crate.
    pub folder: PathBuf,
    /// Whether to compare instead of writing.
    pub check: bool,
    /// Whether an operation that cannot be read is an error.
    pub strict: bool,
    /// The command that writes what a check misses, for its message.
    pub command: String,
    /// Where is said which stage goes on.
    pub progress: Progress,
}

/// What a job did.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What was generated; without files if there was an error.
    pub output: Output,
    /// The files that the findings point into.
    pub files: Vec<SourceFile>,
    /// What changed, if something was to be written and could be.
    pub changes: Option<Changes>,
}

impl Outcome {
    /// Whether there was no error, and no drift where that was asked.
    pub fn success(&self) -> bool {
        !self.output.diagnostics.has_errors()
    }

    /// The findings as text; see [`Printer::text`].
    pub fn text(&self, colour: bool) -> String {
        self.printer().text(&self.output.diagnostics, colour)
    }

    /// What happened, for programs.
    pub fn report(&self) -> Report {
        Report::new(&self.output, &self.printer(), &self.files)
    }

    fn printer(&self) -> Printer<'_> {
        Printer::new(&self.files, &self.output.diagnostics)
    }
}

/// Does a job. Whatever goes wrong is among the findings.
pub fn run(job: &Job) -> Outcome {
    let mut outcome = Outcome::default();
    let mut changelog = None;
    let output = &mut outcome.output;
    output.timings.1 = job.progress.clone();
    let place = match &job.given.config {
        Some(config) => Place::beside(&job.folder, config),
        None => Place::alone(&job.folder),
    };
    let mut given = job.given.clone();
    let lock = given.lock().unwrap_or_else(|| place.own(lock::FILE));
    given.names_lock = Some(lock.clone());
    let project = output.timings.stage("load", || {
        source::load_project(&given, &mut output.diagnostics)
    });
    outcome.files = project.files;
    if !output.diagnostics.has_errors() {
        let mut history = match &job.given.config {
            Some(config) => source::load_history(config, &mut output.diagnostics),
            None => History::default(),
        };
        history.binding = job.check;
        stages(&project.config, &outcome.files, &history, output);
        changelog = history.changelog;
    }
    if job.strict {
        output.diagnostics.extend(incomplete(output));
    }
    if !output.diagnostics.has_errors() {
        let place = place.with_lock(&lock, &output.names_lock);
        let Output {
            files,
            diagnostics,
            timings,
            ..
        } = output;
        if job.check {
            let differences = timings.stage("check", || output::check(&place, files, diagnostics));
            let drift = differences.and_then(|found| output::drift(&found, &job.command));
            drift.into_iter().for_each(|drift| diagnostics.push(drift));
        } else {
            outcome.changes = timings.stage("sync", || output::sync(&place, files, diagnostics));
        }
    }
    keep(job, changelog.as_deref(), &mut outcome.output);
    outcome.output.diagnostics.sort();
    outcome
}

/// Writes the changelog beside the configuration, or compares.
fn keep(job: &Job, before: Option<&str>, output: &mut Output) {
    let Output {
        since, diagnostics, ..
    } = output;
    let (Some(config), Some(since)) = (&job.given.config, since) else {
        return;
    };
    if diagnostics.has_errors() || before == Some(since.changelog.as_str()) {
        return;
    }
    let path = source::changelog_path(config);
    if job.check {
        let difference = match before {
            Some(_) => output::Difference::Differs,
            None => output::Difference::Missing,
        };
        let found = [(source::shown(&path), difference)];
        diagnostics_of(output::drift(&found, &job.command), diagnostics);
    } else {
        diagnostics_of(
            output::write_text(&path, &since.changelog).err(),
            diagnostics,
        );
    }
}

fn diagnostics_of(found: Option<Diagnostic>, diagnostics: &mut Diagnostics) {
    found.into_iter().for_each(|found| diagnostics.push(found));
}

/// Writes the crate that has the runtime for several clients into a folder, or compares; see
/// [`emit_runtime_crate`](crate::emit::emit_runtime_crate).
pub fn run_runtime(name: &str, folder: &Path, check: bool, command: &str) -> Outcome {
    let mut outcome = Outcome::default();
    let Output {
        files, diagnostics, ..
    } = &mut outcome.output;
    if let Err(why) = crate::config::check_crate_name(name) {
        diagnostics.push(Diagnostic::new(Code::CONFIG_VALUE, why));
        return outcome;
    }
    *files = crate::emit::emit_runtime_crate(name);
    let place = Place::alone(folder);
    if check {
        let differences = output::check(&place, files, diagnostics);
        let drift = differences.and_then(|found| output::drift(&found, command));
        drift.into_iter().for_each(|drift| diagnostics.push(drift));
    } else {
        outcome.changes = output::sync(&place, files, diagnostics);
    }
    outcome
}

/// Explains an address of what is given; see [`why::explain`]. Whatever goes wrong is among the findings.
pub fn explain(given: &Given, address: &str) -> Explained {
    let mut explained = Explained::default();
    let project = source::load_project(given, &mut explained.diagnostics);
    explained.files = project.files;
    if !explained.diagnostics.has_errors() {
        let diagnostics = &mut explained.diagnostics;
        explained.text = why::explain(&project.config, &explained.files, address, diagnostics);
    }
    explained.diagnostics.sort();
    explained
}

/// The explanation of an address.
#[derive(Clone, Debug, Default)]
pub struct Explained {
    /// The explanation; nothing if there was an error.
    pub text: Option<String>,
    /// The files that the findings point into.
    files: Vec<SourceFile>,
    diagnostics: Diagnostics,
}

impl Explained {
    /// The errors as text; see [`Printer::text`]. What else was found is for who generates.
    pub fn errors(&self, colour: bool) -> String {
        let mut errors = Diagnostics::new();
        let found = self.diagnostics.iter();
        for error in found.filter(|found| found.severity == Severity::Error) {
            errors.push(error.clone());
        }
        Printer::new(&self.files, &errors).text(&errors, colour)
    }
}

/// The error of a strict run that left operations out, except those that the configuration leaves out.
fn incomplete(output: &Output) -> Diagnostics {
    let mut unread = output
        .skipped
        .iter()
        .filter(|skipped| ![CONFIGURED, FILTERED].contains(&skipped.code));
    let Some(first) = unread.next() else {
        return Diagnostics::new();
    };
    let message = match unread.count() {
        0 => format!("`{}` was left out", first.operation),
        others => format!(
            "`{}` and {others} other operations were left out",
            first.operation
        ),
    };
    Diagnostic::new(Code::SOURCE_INCOMPLETE, message)
        .at(first.origin)
        .help("mend the source, list the operation under `skip`, or run without `--strict`")
        .into()
}

/// The code of an operation that is left out because the configuration lists it.
pub(crate) const CONFIGURED: &str = "config/skip";

impl Files for &[SourceFile] {
    fn path(&self, file: crate::origin::FileId) -> Option<&str> {
        (**self).path(file)
    }

    fn text(&self, file: crate::origin::FileId) -> Option<&str> {
        (**self).text(file)
    }

    fn pointer(&self, origin: crate::origin::Origin) -> Option<crate::origin::Pointer> {
        (**self).pointer(origin)
    }
}

impl Files for Vec<SourceFile> {
    fn path(&self, file: crate::origin::FileId) -> Option<&str> {
        self.as_slice().path(file)
    }

    fn text(&self, file: crate::origin::FileId) -> Option<&str> {
        self.as_slice().text(file)
    }

    fn pointer(&self, origin: crate::origin::Origin) -> Option<crate::origin::Pointer> {
        self.as_slice().pointer(origin)
    }
}

#[cfg(test)]
mod tests;
