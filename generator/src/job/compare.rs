//! Two sets of sources to what changed between their crates.

use crate::diagnostic::render::Printer;
use crate::diagnostic::{Diagnostics, Severity};
use crate::diff::{self, Difference, Surface};
use crate::names::lock::Lock;
use crate::source::{self, Given, SourceFile};
use crate::{Output, planned};

/// One of two versions: what it shows, and what was found while it was read.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// What it shows; nothing if there was an error.
    pub surface: Option<Surface>,
    /// The names that its crate gives away.
    lock: Lock,
    /// The files that the findings point into.
    files: Vec<SourceFile>,
    diagnostics: Diagnostics,
}

impl Side {
    /// Reads sources, and plans their crate. Whatever goes wrong is among the findings.
    pub fn read(given: &Given) -> Self {
        Side::behind(given, &Lock::default())
    }

    /// The same of a version that comes behind one with these names: without names.lock it keeps them, as its crate would
    /// be generated.
    fn behind(given: &Given, names: &Lock) -> Self {
        let mut output = Output::default();
        let mut project = source::load_project(given, &mut output.diagnostics);
        if project.config.lock.is_empty() {
            project.config.lock = names.clone();
        }
        let (mut surface, mut lock) = (None, Lock::default());
        if !output.diagnostics.has_errors()
            && let Some(plan) = planned(&project.config, &project.files, &mut output)
        {
            surface = Some(diff::surface(&plan, &project.files));
            lock = plan.lock;
        }
        output.diagnostics.sort();
        Side {
            surface,
            lock,
            files: project.files,
            diagnostics: output.diagnostics,
        }
    }

    /// The errors as text; see [`Printer::text`]. What else was found is for who generates.
    pub fn errors(&self, colour: bool) -> String {
        let mut errors = Diagnostics::new();
        let found = self.diagnostics.iter();
        for error in found.filter(|found| found.severity == Severity::Error) {
            errors.push(error.clone());
        }
        match errors.is_empty() {
            true => String::new(),
            false => Printer::new(&self.files, &errors).text(&errors, colour),
        }
    }
}

/// Two versions, and what changed between them.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// What changed; nothing if there was an error.
    pub difference: Option<Difference>,
    /// The old version.
    pub old: Side,
    /// The new version.
    pub new: Side,
}

impl Compared {
    /// The errors of both versions as text.
    pub fn errors(&self, colour: bool) -> String {
        self.old.errors(colour) + &self.new.errors(colour)
    }
}

/// Compares the crates of two sets of sources. Names that the old crate has given away are the new one's, too.
pub fn compare(old: &Given, new: &Given) -> Compared {
    let old = Side::read(old);
    let new = Side::behind(new, &old.lock);
    let surfaces = old.surface.as_ref().zip(new.surface.as_ref());
    Compared {
        difference: surfaces.map(|(old, new)| diff::compare(old, new)),
        old,
        new,
    }
}
