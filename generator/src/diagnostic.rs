//! What Letterpress tells its user about the input: a code, a severity, places, and a way out.

pub mod code;
pub mod explain;
pub mod render;

use crate::origin::Origin;

pub use code::Code;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is lost; the reader may want to know what was assumed.
    Note,
    /// Something was approximated or left out; the rest is generated.
    Warning,
    /// Nothing is written.
    Error,
}

impl Severity {
    /// The word that is printed: `note`, `warning` or `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One finding about the input. Construct it with [`Diagnostic::new`] and the chained setters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The entry of the catalogue.
    pub code: Code,
    /// Usually the code's own severity.
    pub severity: Severity,
    /// One line without a final full stop, in the words of the format that was read.
    pub message: String,
    /// The place it is about. `None` only where there is no file yet, or none can be read.
    pub origin: Option<Origin>,
    /// Where inside the place, when the place is a text that holds a document of its own: a JSON pointer into it.
    pub inside: Option<String>,
    /// Further places with a few words each: a conflict always has two.
    pub related: Vec<(Origin, String)>,
    /// What follows for the generated crate.
    pub notes: Vec<String>,
    /// What the user can do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding with the severity that the catalogue gives its code.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: code.severity(),
            message: message.into(),
            origin: None,
            inside: None,
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// Sets the primary place.
    pub fn at(mut self, origin: impl Into<Option<Origin>>) -> Self {
        self.origin = origin.into();
        self
    }

    /// Says where inside an embedded document the place is, as a JSON pointer.
    pub fn inside(mut self, pointer: impl Into<String>) -> Self {
        self.inside = Some(pointer.into());
        self
    }

    /// Adds a further place with a few words.
    pub fn related(mut self, origin: impl Into<Option<Origin>>, label: impl Into<String>) -> Self {
        if let Some(origin) = origin.into() {
            self.related.push((origin, label.into()));
        }
        self
    }

    /// Adds a sentence about what follows.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what the user can do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The findings of a run, collected by every stage. Errors stop the run between stages, not inside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// An empty list.
    pub fn new() -> Self {
        Diagnostics(Vec::new())
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all findings of another list.
    pub fn extend(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity == severity).count()
    }

    /// Whether there is no finding.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The findings in the order in which they stand now.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Sorts by file and position, then code and message, and drops exact repetitions: the order of the stages and
    /// of the threads does not show.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| {
            (a.origin, a.code.as_str(), &a.message).cmp(&(b.origin, b.code.as_str(), &b.message))
        });
        self.0.dedup();
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Diagnostics(vec![diagnostic])
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// The first of many faults of one kind; the last one says how many there are besides.
pub(crate) fn first_of(mut faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    const SHOWN: usize = 20;
    let others = faults.len().saturating_sub(SHOWN);
    faults.truncate(SHOWN);
    if others > 0
        && let Some(last) = faults.pop()
    {
        faults.push(last.note(format!("so it is at {others} other places")));
    }
    faults
}
