//! Findings of one kind to one diagnostic: a document with a thousand equal faults is told so once, with the first places.

use super::Lowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::origin::Origin;
use std::collections::BTreeMap;

/// How many further places are shown.
const PLACES: usize = 2;

/// What can be said about many places at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Remark {
    /// The entry of the catalogue.
    pub code: Code,
    /// What follows a number of places: `operations have no operationId`.
    pub many: &'static str,
    /// What follows.
    pub note: &'static str,
    /// What the user can do.
    pub help: &'static str,
}

/// The findings so far.
#[derive(Default)]
pub(super) struct Findings(BTreeMap<Remark, Group>);

struct Group {
    /// Place and sentence of each, as far as they are shown.
    places: Vec<(Origin, String)>,
    count: usize,
}

impl Findings {
    /// Adds a place. `one` is the sentence if it stays the only one.
    pub(super) fn add(&mut self, remark: Remark, origin: Origin, one: impl FnOnce() -> String) {
        let group = self.0.entry(remark).or_insert_with(|| Group {
            places: Vec::new(),
            count: 0,
        });
        if group.places.iter().any(|(known, _)| *known == origin) {
            return;
        }
        group.count += 1;
        if group.places.len() <= PLACES {
            group.places.push((origin, one()));
        }
    }
}

impl Lowering<'_, '_> {
    /// Says what was found.
    pub(super) fn report_findings(&mut self) {
        for (remark, group) in std::mem::take(&mut self.findings).0 {
            let mut places = group.places.into_iter();
            let Some((first, one)) = places.next() else {
                continue;
            };
            let mut diagnostic = match group.count {
                1 => Diagnostic::new(remark.code, one),
                count => {
                    let message = format!("{count} {}", remark.many);
                    Diagnostic::new(remark.code, message).note(format!("the first: {one}"))
                }
            };
            diagnostic = diagnostic.at(first);
            if !remark.note.is_empty() {
                diagnostic = diagnostic.note(remark.note);
            }
            for (origin, one) in places {
                diagnostic = diagnostic.related(origin, one);
            }
            if !remark.help.is_empty() {
                diagnostic = diagnostic.help(remark.help);
            }
            self.diagnostics.push(diagnostic);
        }
    }
}
