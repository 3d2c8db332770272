//! Keeps what a response has and its type does not: unknown members, and values of the wrong kind.

use super::model::Node;
use serde_json::{Map, Value};
use std::fmt;

/// Members of an object that its type does not know, kept as they came and written back.
///
/// A known member whose value was of the wrong kind is here too, under its own name, until the
/// field is set. Eight bytes, and nothing is allocated while it is empty.
///
/// ```ignore
/// let beta = user.extra.get("beta_flag").and_then(|value| value.as_bool());
/// ```
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Content>>);

#[derive(Clone, Default)]
struct Content {
    members: Map<String, Value>,
    /// Required members that the document did not have: not written back unless they are set.
    missing: Vec<&'static str>,
}

impl Extra {
    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |content| content.members.len())
    }

    /// A member by its name in JSON.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.members.get(name)
    }

    /// Adds a member, or replaces it; it is written after the known ones.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        let content = self.0.get_or_insert_default();
        content.members.insert(name.into(), value.into());
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.as_mut()?.members.remove(name)
    }

    /// The members by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let content = self.0.iter();
        content.flat_map(|content| content.members.iter().map(|(name, value)| (&**name, value)))
    }

    /// Names of required members that the document did not have.
    ///
    /// Their fields hold defaults, which are not written back unless they are changed.
    pub fn missing(&self) -> &[&'static str] {
        self.0.as_ref().map_or(&[], |content| &content.missing)
    }

    pub(crate) fn add_missing(&mut self, name: &'static str) {
        let missing = &mut self.0.get_or_insert_default().missing;
        // An object that is repeated in a document is read twice.
        if !missing.contains(&name) {
            missing.push(name);
        }
    }

    /// Whether there is nothing to consider when writing.
    pub(crate) fn is_unused(&self) -> bool {
        self.0.is_none()
    }
}

/// Equal members; what was missing does not count.
impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self
                .iter()
                .all(|(name, value)| other.get(name) == Some(value))
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Node::Extra(self), f)
    }
}
