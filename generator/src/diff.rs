//! Two versions of a crate to what changed between them: for those who call it, and on the wire.
//!
//! What is compared are the surfaces of plans, not texts: input that was moved, reordered or written in another way is no
//! change. A surface is also what is kept of a released version.

pub mod changelog;
mod client;
mod hint;
pub mod kind;
mod lift;
mod operation;
mod pair;
mod parameter;
mod released;
mod report;
pub mod surface;
mod types;
mod version;
mod words;

pub use hint::Hint;
pub use kind::{Class, Kind};
pub use lift::surface;
pub use released::{FORMAT, read_released, write_released};
pub use report::{json, markdown, sarif, text};
pub use surface::{Place, Surface};
pub use version::{is_lower, next_version};

use pair::Pairs;
use serde::Serialize;
use surface::At;

/// A change between two versions of a crate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The entry of the catalogue.
    #[serde(rename = "code")]
    pub kind: Kind,
    /// What it means: the class of its kind.
    pub class: Class,
    /// What it is about, as callers write it: `client.users().list`, `User.name`.
    pub subject: String,
    /// What changed, in a sentence.
    pub message: String,
    /// The place in the old sources.
    pub old: Option<Place>,
    /// The place in the new sources.
    pub new: Option<Place>,
    /// What callers do about it.
    pub hint: Option<Hint>,
}

/// What changed between two versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The package's name, of the new version.
    pub name: String,
    /// The version that the old one is called.
    pub old_version: String,
    /// The version that the new one is called.
    pub new_version: String,
    /// The changes, the worst first.
    pub changes: Vec<Change>,
}

impl Difference {
    /// The worst class among the changes.
    pub fn class(&self) -> Option<Class> {
        self.changes.iter().map(|change| change.class).max()
    }

    /// How many changes are of a class.
    pub fn count(&self, class: Class) -> usize {
        let changes = self.changes.iter();
        changes.filter(|change| change.class == class).count()
    }

    /// The version that the changes ask for, by Cargo's rules.
    pub fn asked_version(&self) -> String {
        next_version(&self.old_version, self.class())
    }
}

/// Compares two versions of a crate.
pub fn compare(old: &Surface, new: &Surface) -> Difference {
    let mut comparison = Comparison {
        old,
        new,
        pairs: pair::pair(old, new),
        changes: Vec::new(),
    };
    client::compare(&mut comparison);
    operation::compare(&mut comparison);
    types::compare(&mut comparison);
    comparison.note_aliases();
    let mut changes = comparison.changes;
    // Whoever reads what else changed about a thing looks at its text anyway.
    let told: std::collections::BTreeSet<String> = changes
        .iter()
        .filter(|change| change.kind != Kind::DOCS_CHANGED)
        .map(|change| change.subject.clone())
        .collect();
    changes.retain(|change| {
        let own = told.contains(&change.subject);
        // What an operation takes is listed in its text.
        let call = format!("{}(", change.subject);
        let part = || {
            let next = told.range(call.clone()..).next();
            next.is_some_and(|next| next.starts_with(&call))
        };
        change.kind != Kind::DOCS_CHANGED || !(own || part())
    });
    changes.sort_by(|a, b| {
        let key = |change: &Change| (std::cmp::Reverse(change.class), change.subject.clone());
        key(a).cmp(&key(b)).then(a.kind.cmp(&b.kind))
    });
    Difference {
        name: new.name.clone(),
        old_version: old.version.clone(),
        new_version: new.version.clone(),
        changes,
    }
}

/// A comparison on its way.
struct Comparison<'s> {
    old: &'s Surface,
    new: &'s Surface,
    pairs: Pairs<'s>,
    changes: Vec<Change>,
}

impl Comparison<'_> {
    /// Notes a change.
    fn note(
        &mut self,
        kind: Kind,
        subject: impl Into<String>,
        message: impl Into<String>,
        at: (Option<At>, Option<At>),
    ) {
        self.changes.push(Change {
            kind,
            class: kind.class(),
            subject: subject.into(),
            message: message.into(),
            old: self.old.place(at.0),
            new: self.new.place(at.1),
            hint: None,
        });
    }

    /// Notes a change that callers have to do something about.
    fn note_hint(
        &mut self,
        kind: Kind,
        subject: impl Into<String>,
        message: impl Into<String>,
        at: (Option<At>, Option<At>),
        hint: Hint,
    ) {
        self.note(kind, subject, message, at);
        if let Some(change) = self.changes.last_mut() {
            change.hint = Some(hint);
        }
    }

    /// Notes that something has another name: the old one may still be there, deprecated.
    fn note_renamed(
        &mut self,
        kind: Kind,
        subject: &str,
        message: String,
        at: (Option<At>, Option<At>),
        (before, after): (&str, &str),
    ) {
        match self.new.aliases.contains_key(before) {
            true => {
                let message = format!("{message}; the old name is a deprecated alias");
                self.note(Kind::ALIASED, subject, message, at);
            }
            false => self.note_hint(kind, subject, message, at, Hint::rename(before, after)),
        }
    }

    /// Notes which deprecated names came to their end.
    fn note_aliases(&mut self) {
        let (old, new) = (self.old, self.new);
        for (name, stands) in &old.aliases {
            if new.aliases.contains_key(name) || is_named(new, name) {
                continue;
            }
            let message = format!("the deprecated alias `{name}` of `{stands}` is gone");
            let hint = Hint::rename(name, stands);
            self.note_hint(Kind::ALIAS_REMOVED, name, message, (None, None), hint);
        }
    }

    /// Notes that the text of a thing changed.
    fn note_docs(&mut self, subject: &str, old: &str, new: &str, at: (Option<At>, Option<At>)) {
        if old != new {
            let what = match (old.is_empty(), new.is_empty()) {
                (true, _) => "has documentation",
                (_, true) => "has no documentation any more",
                _ => "is documented in other words",
            };
            let message = format!("`{subject}` {what}");
            self.note(Kind::DOCS_CHANGED, subject, message, at);
        }
    }

    /// Whether two types of the old and the new version are the same one.
    fn same(&self, old: &str, new: &str) -> bool {
        old == new || self.pairs.renamed(old) == new
    }
}

/// Whether a path names something of its own: a type, a method, a call or a group.
fn is_named(surface: &Surface, path: &str) -> bool {
    let Some((module, name)) = path.split_once("::") else {
        return surface.operations.iter().any(|one| one.module == path);
    };
    let mut operations = surface.operations.iter();
    match module {
        "types" => surface.types.iter().any(|ty| ty.name == name),
        module => {
            operations.any(|one| one.module == module && (one.method == name || one.call == name))
        }
    }
}

/// The names between the braces of a path template, in their order.
fn holes(path: &str) -> impl Iterator<Item = &str> {
    path.split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

#[cfg(test)]
mod tests;
