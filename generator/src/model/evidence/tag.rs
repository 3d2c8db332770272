//! Members whose text may tell of what kind an object is: by text, the combinations of names that stand beside it.

use super::Observations;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The combinations of names of objects, each sorted, and where they were seen. All members of an object share theirs, so
/// that what is kept of an object grows as it does, and not by the square of it.
pub type KeySets = BTreeMap<Arc<[String]>, Observations>;

/// What one member tells objects apart by.
///
/// It is a set with a bound: what has more texts than that tells nothing apart, and nothing of it is kept. Adding to that
/// changes nothing any more, so the laws of a set hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagEvidence {
    values: BTreeMap<String, KeySets>,
    /// How many texts are kept.
    limit: usize,
    /// Whether there are too many, or some that are no names of kinds.
    open: bool,
}

impl TagEvidence {
    /// Nothing yet, with room for so many texts. It is the same for all members of one name.
    pub fn new(limit: usize) -> Self {
        TagEvidence {
            limit,
            ..TagEvidence::default()
        }
    }

    /// Adds what was seen beside one text.
    pub fn add(&mut self, text: &str, key_sets: &KeySets) {
        if self.open {
            return;
        }
        let ours = self.values.entry(text.to_owned()).or_default();
        for (keys, seen) in key_sets {
            match ours.get_mut(keys) {
                Some(ours) => ours.join(seen),
                None => drop(ours.insert(Arc::clone(keys), seen.clone())),
            }
        }
        if self.values.len() > self.limit {
            self.forget();
        }
    }

    /// Says that something else stands there, which tells nothing apart.
    pub fn forget(&mut self) {
        self.values.clear();
        self.open = true;
    }

    /// Adds all of another one.
    pub fn join(&mut self, other: &TagEvidence) {
        if other.open {
            self.forget();
        }
        for (text, key_sets) in &other.values {
            self.add(text, key_sets);
        }
    }

    /// The texts with what stands beside them; nothing if there are more than are kept.
    pub fn values(&self) -> Option<&BTreeMap<String, KeySets>> {
        (!self.open).then_some(&self.values)
    }
}
