//! What people state in words and tables about values and members, beside what samples show of them.

use super::super::schema::Literal;
use crate::origin::{Origin, Origins};
use std::collections::BTreeMap;

/// One of the values that are said to be all that may stand somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedValue {
    /// The smallest index at which it stands in a list.
    pub index: u32,
    /// What it is called, if a source has a word for it: the smallest one in the order of text.
    pub name: Option<String>,
    /// Where it is said.
    pub origins: Origins,
}

/// All values that may stand somewhere. Lists are joined, since each may be that of one place only.
pub type AllowedValues = BTreeMap<Literal, AllowedValue>;

/// Adds the values of another list.
pub(super) fn join_allowed(ours: &mut AllowedValues, theirs: &AllowedValues) {
    for (value, theirs) in theirs {
        let Some(known) = ours.get_mut(value) else {
            ours.insert(value.clone(), theirs.clone());
            continue;
        };
        known.index = known.index.min(theirs.index);
        known.name = match (known.name.take(), &theirs.name) {
            (Some(ours), Some(theirs)) => Some(ours.min(theirs.clone())),
            (ours, theirs) => ours.or_else(|| theirs.clone()),
        };
        known.origins.join(&theirs.origins);
    }
}

/// What is said of a member of an object. Each statement has the places that make it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberStatements {
    /// The smallest index at which it stands in a list of members.
    pub index: Option<u32>,
    /// Texts for people.
    pub docs: BTreeMap<Origin, String>,
    /// It must be there.
    pub required: Origins,
    /// It may be absent.
    pub optional: Origins,
    /// It is only ever received.
    pub read_only: Origins,
    /// It may be sent.
    pub writable: Origins,
    /// It should no longer be used.
    pub deprecated: Origins,
}

impl MemberStatements {
    /// Adds what is said elsewhere.
    pub fn join(&mut self, other: &MemberStatements) {
        self.index = match (self.index, other.index) {
            (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
            (ours, theirs) => ours.or(theirs),
        };
        for (origin, text) in &other.docs {
            match self.docs.get_mut(origin) {
                Some(known) if text < known => known.clone_from(text),
                Some(_) => {}
                None => drop(self.docs.insert(*origin, text.clone())),
            }
        }
        self.required.join(&other.required);
        self.optional.join(&other.optional);
        self.read_only.join(&other.read_only);
        self.writable.join(&other.writable);
        self.deprecated.join(&other.deprecated);
    }

    /// Whether it must be there, by all that is said: where sources disagree, it need not.
    pub fn is_required(&self) -> bool {
        self.required.first().is_some() && self.optional.first().is_none()
    }

    /// Whether it is only ever received, by all that is said: where sources disagree, it may be sent.
    pub fn is_read_only(&self) -> bool {
        self.read_only.first().is_some() && self.writable.first().is_none()
    }
}
