//! A position to the kinds of value that are seen there, and how much each of them counts.

use super::position::Position;
use crate::model::evidence::{Fidelity, Hole, Observation, Observations};
use std::collections::BTreeMap;

/// A kind of value, in the order in which the variants of a union stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Named members.
    Object,
    /// A list.
    Array,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Text.
    String,
}

impl Kind {
    /// The word for messages, with its article.
    pub fn with_article(self) -> &'static str {
        match self {
            Kind::Object => "an object",
            Kind::Array => "an array",
            Kind::Boolean => "a boolean",
            Kind::Integer => "an integer",
            Kind::Number => "a number",
            Kind::String => "a string",
        }
    }
}

/// How much an observation says about the kind of a value, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Somebody states it.
    Stated,
    /// Printed from a schema.
    Placeholder,
    /// Written or recorded by somebody.
    Example,
    /// Written by somebody who left something out.
    Elided,
    /// Made up.
    Fake,
    /// A variable in quotation marks.
    Variable,
}

/// The kinds at a position, and for each level the observation to show for it.
pub type Kinds = BTreeMap<Kind, BTreeMap<Level, Observation>>;

/// The kinds that are seen at a position. [`Position::kinds`] has those that count.
pub fn kinds(position: &Position) -> Kinds {
    let mut found = Kinds::new();
    let mut add = |kind: Kind, seen: &Observations, fixed: Option<Level>| {
        for observation in seen.iter() {
            let level = match observation.fidelity {
                Fidelity::Stated => Some(Level::Stated),
                _ => fixed,
            };
            let level = level.unwrap_or(match observation.fidelity {
                Fidelity::Stated => Level::Stated,
                Fidelity::Synthetic | Fidelity::Counted => Level::Placeholder,
                Fidelity::Example => Level::Example,
                Fidelity::Elided => Level::Elided,
                Fidelity::Fake => Level::Fake,
            });
            found
                .entry(kind)
                .or_default()
                .entry(level)
                .or_insert(observation);
        }
    };
    let scalars = &position.scalars;
    add(Kind::Boolean, &scalars.boolean, None);
    add(Kind::Number, &scalars.number, None);
    if let Some(integer) = &scalars.integer {
        add(Kind::Integer, &integer.seen, None);
    }
    if let Some(string) = &scalars.string {
        add(Kind::String, &string.seen, None);
    }
    if let Some(array) = &position.array {
        add(Kind::Array, &array.seen, None);
    }
    if let Some(object) = &position.object {
        add(Kind::Object, &object.seen, None);
    }
    for (hole, seen) in &scalars.holes {
        let (kind, level) = match hole {
            Hole::Boolean => (Kind::Boolean, Level::Placeholder),
            Hole::Integer => (Kind::Integer, Level::Placeholder),
            Hole::Number => (Kind::Number, Level::Placeholder),
            Hole::String(_) => (Kind::String, Level::Placeholder),
            Hole::Array => (Kind::Array, Level::Placeholder),
            Hole::Object | Hole::Named(_) => (Kind::Object, Level::Placeholder),
            Hole::Variable => (Kind::String, Level::Variable),
            Hole::Unknown | Hole::Null | Hole::Circular(_) | Hole::TooDeep => continue,
        };
        add(kind, seen, Some(level));
    }
    found
}

/// The kinds of the highest level that there is, and the ones that contradict them. A fraction makes every number one
/// that may have a fraction.
pub fn strongest(kinds: &Kinds) -> (Vec<Kind>, Vec<Kind>) {
    let best = kinds
        .values()
        .filter_map(|levels| levels.keys().next())
        .min();
    let mut chosen: Vec<Kind> = Vec::new();
    let mut other: Vec<Kind> = Vec::new();
    for (kind, levels) in kinds {
        if levels.keys().next() == best {
            chosen.push(*kind);
        } else {
            other.push(*kind);
        }
    }
    let numeric = |list: &[Kind]| list.contains(&Kind::Integer) || list.contains(&Kind::Number);
    if numeric(&chosen) && kinds.contains_key(&Kind::Number) {
        chosen.retain(|kind| *kind != Kind::Integer);
        if !chosen.contains(&Kind::Number) {
            chosen.push(Kind::Number);
            chosen.sort();
        }
    }
    if numeric(&chosen) {
        other.retain(|kind| !matches!(kind, Kind::Integer | Kind::Number));
    }
    // What a variable is replaced by has the kind that it needs.
    other.retain(|kind| {
        kinds
            .get(kind)
            .is_some_and(|levels| levels.keys().any(|level| *level != Level::Variable))
    });
    (chosen, other)
}
