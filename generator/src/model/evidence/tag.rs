//! Members whose text may tell of what kind an object is: by text, the combinations of names that stand beside it.

use super::Observations;
use std::collections::BTreeMap;

/// The combinations of names of objects, each sorted, and where they were seen.
pub type KeySets = BTreeMap<Vec<String>, Observations>;

/// What one member tells objects apart by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagEvidence {
    values: BTreeMap<String, KeySets>,
}

impl TagEvidence {
    /// How many texts are kept: the smallest ones in the order of text. What has more of them tells nothing apart, and
    /// of those that are kept everything is known, so that the bound keeps the laws of a map.
    pub const VALUES: usize = 33;
    /// How many characters of a text are kept.
    pub const LENGTH: usize = 100;

    /// Adds what was seen beside one text.
    pub fn add(&mut self, text: &str, key_sets: &KeySets) {
        let text: String = text.chars().take(Self::LENGTH).collect();
        let ours = self.values.entry(text).or_default();
        for (keys, seen) in key_sets {
            match ours.get_mut(keys) {
                Some(ours) => ours.join(seen),
                None => drop(ours.insert(keys.clone(), seen.clone())),
            }
        }
        while self.values.len() > Self::VALUES {
            self.values.pop_last();
        }
    }

    /// Adds all of another one.
    pub fn join(&mut self, other: &TagEvidence) {
        for (text, key_sets) in &other.values {
            self.add(text, key_sets);
        }
    }

    /// The texts with what stands beside them; nothing if there are more than are kept.
    pub fn values(&self) -> Option<&BTreeMap<String, KeySets>> {
        (self.values.len() < Self::VALUES).then_some(&self.values)
    }
}
