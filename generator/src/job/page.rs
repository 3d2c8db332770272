//! The page of an API: sources are read and planned, and what was found is shown beside what is decided.

use super::{Diagnostics, Given, Printer, Severity, SourceFile, since, source};
use crate::page::{Shown, html};
use crate::{Output, diff, planned};

/// A page, or why there is none.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The page as HTML; nothing if there was an error.
    pub html: Option<String>,
    files: Vec<SourceFile>,
    diagnostics: Diagnostics,
}

impl Page {
    /// The errors as text; see [`Printer::text`].
    pub fn errors(&self, colour: bool) -> String {
        let mut errors = Diagnostics::new();
        let found = self.diagnostics.iter();
        for error in found.filter(|found| found.severity == Severity::Error) {
            errors.push(error.clone());
        }
        Printer::new(&self.files, &errors).text(&errors, colour)
    }
}

/// Makes the page of what is given. Nothing is written.
pub fn page(given: &Given) -> Page {
    let mut output = Output::default();
    let project = source::load_project(given, &mut output.diagnostics);
    let mut text = None;
    if !output.diagnostics.has_errors()
        && let Some(mut plan) = planned(&project.config, &project.files, &mut output)
    {
        let history = match &given.config {
            Some(config) => source::load_history(config, &mut output.diagnostics),
            None => source::History::default(),
        };
        let since = since(
            &mut plan,
            &project.config,
            &project.files,
            &history,
            &mut output.diagnostics,
        );
        let changes = since.map(|since| diff::text(std::slice::from_ref(&since.difference)));
        output.diagnostics.sort();
        let printer = Printer::new(&project.files, &output.diagnostics);
        let shown = output.diagnostics.iter().map(|finding| {
            let mut one = Diagnostics::new();
            one.push(finding.clone());
            Shown {
                severity: finding.severity.as_str(),
                code: finding.code.as_str(),
                text: printer.text(&one, false),
            }
        });
        let shown: Vec<Shown> = shown.collect();
        text = Some(html(&plan, &shown, changes.as_deref()));
    }
    Page {
        html: text,
        files: project.files,
        diagnostics: output.diagnostics,
    }
}
