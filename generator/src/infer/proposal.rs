//! Records to proposals for their names: the members that they stand under, and the paths of the bodies that they are.

use super::name;
use super::position::{ObjectPosition, Position, Positions};
use super::threshold;
use crate::model::NameHint;
use crate::model::evidence::Direction;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The words that records are called by before it is looked at how they would clash.
pub struct Proposals<'p> {
    positions: &'p Positions,
    /// How many records of a direction would be called by these words.
    wanted: BTreeMap<(&'p [Direction], String), usize>,
}

/// A name in the words by which names are compared, how many positions propose it, and one spelling.
type Spellings<'p> = BTreeMap<String, (usize, &'p NameHint)>;

impl<'p> Proposals<'p> {
    /// Looks at all records.
    pub fn of(positions: &'p Positions) -> Self {
        let mut wanted: BTreeMap<_, usize> = BTreeMap::new();
        for (_, position, object) in positions.records() {
            let spellings = spellings(position);
            let name = match shared(&spellings) {
                Some((name, _)) => name.to_owned(),
                None => match most_used(&spellings) {
                    Some((name, _)) => name.to_owned(),
                    None => continue,
                },
            };
            *wanted.entry((object.seen.directions(), name)).or_default() += 1;
        }
        Proposals { positions, wanted }
    }

    /// The proposals for the name of a record, nearest first.
    pub fn names(&self, position: &Position) -> Vec<NameHint> {
        let spellings = spellings(position);
        let mut hints: BTreeSet<NameHint> = BTreeSet::new();
        if spellings.len() > 1 {
            // Several names for one thing: what they have in common, if that is no other thing's name too, else the
            // one that is used most.
            let directions = position.object.as_ref().map(|o| o.seen.directions());
            let own = shared(&spellings).filter(|(name, _)| {
                let wanted = directions.and_then(|d| self.wanted.get(&(d, (*name).to_owned())));
                wanted.is_none_or(|count| *count <= 1)
            });
            hints.extend(own.map(|(_, hint)| hint).or_else(|| {
                let (_, hint) = most_used(&spellings)?;
                Some(hint.clone())
            }));
            for hint in position.proposals.keys() {
                let further = hint.distance.saturating_add(1);
                hints.insert(NameHint::new(hint.text.as_str(), further));
            }
        } else {
            hints.extend(position.proposals.keys().cloned());
        }
        hints.extend(body_name(self.positions, position));
        let mut seen = BTreeSet::new();
        hints
            .into_iter()
            .filter(|hint| seen.insert(hint.text.clone()))
            .collect()
    }
}

/// The nearest names of a record.
fn spellings(position: &Position) -> Spellings<'_> {
    let nearest = position.proposals.keys().next().map(|hint| hint.distance);
    let mut spellings = Spellings::new();
    for (hint, count) in &position.proposals {
        if Some(hint.distance) == nearest {
            let entry = spellings
                .entry(name::comparable(&hint.text))
                .or_insert((0, hint));
            entry.0 += count;
        }
    }
    spellings
}

fn most_used<'s, 'p>(spellings: &'s Spellings<'p>) -> Option<(&'s str, &'p NameHint)> {
    spellings
        .iter()
        .max_by_key(|(_, (count, hint))| (*count, Reverse(&hint.text)))
        .map(|(name, (_, hint))| (name.as_str(), *hint))
}

/// The last words that most of several names have, and the same as they are spelled.
fn shared<'s>(spellings: &'s Spellings<'_>) -> Option<(&'s str, NameHint)> {
    if spellings.len() < 2 {
        return None;
    }
    let mut ends: BTreeMap<&str, (usize, &NameHint)> = BTreeMap::new();
    for (name, (_, hint)) in spellings {
        let inner = name.match_indices('_').map(|(at, _)| at + 1);
        for start in std::iter::once(0).chain(inner) {
            let end = name.get(start..).unwrap_or_default();
            let entry = ends.entry(end).or_insert((0, hint));
            entry.0 += 1;
            if start == 0 {
                entry.1 = hint;
            }
        }
    }
    let words = |end: &str| end.split('_').count();
    let (end, (_, hint)) = ends
        .into_iter()
        .filter(|(_, (count, _))| *count * 2 > spellings.len())
        .max_by_key(|(end, (count, _))| (words(end), *count, Reverse(*end)))?;
    if !end.split('_').next_back().is_some_and(name::is_noun) {
        return None;
    }
    let one = name::element(&hint.text);
    let text = name::tail(&one, words(end))?;
    Some((end, NameHint::new(text, hint.distance)))
}

/// What a body is called that several operations share: by the one record in it, else by the operations' paths.
fn body_name(positions: &Positions, position: &Position) -> Option<NameHint> {
    let operations: BTreeSet<&str> = position
        .bodies
        .iter()
        .map(|body| body.operation.as_str())
        .collect();
    let whole = position.bodies.iter().any(|body| body.whole);
    if whole && operations.len() < 2 {
        return None;
    }
    let object = position.object.as_ref()?;
    if whole && let Some(key) = payload(positions, object) {
        let end = match object.seen.directions() {
            [Direction::Sent] => "request",
            _ => "response",
        };
        return Some(NameHint::new(format!("{key}_{end}"), 2));
    }
    if whole && position.bodies.iter().all(|body| body.family == "error") {
        return Some(NameHint::new("error", 2));
    }
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for noun in position.bodies.iter().filter_map(|b| b.noun.as_deref()) {
        *count.entry(noun).or_default() += 1;
    }
    let (noun, _) = count
        .into_iter()
        .max_by_key(|(noun, count)| (*count, std::cmp::Reverse(*noun)))?;
    Some(NameHint::new(noun, 3))
}

/// The one member that holds a record, a list of records or a map, if what stands beside it is not more than the
/// numbers of pages and the like.
fn payload<'p>(positions: &Positions, object: &'p ObjectPosition) -> Option<&'p str> {
    if object.members.len() > threshold::ENVELOPE_SCALARS + 1 {
        return None;
    }
    let mut inner = object.members.iter().filter(|(_, member)| {
        let value = positions.get(member.value);
        let item = value.array.as_ref().map(|array| positions.get(array.item));
        value.object.is_some() || item.is_some_and(|item| item.object.is_some())
    });
    match (inner.next(), inner.next()) {
        (Some((key, _)), None) => Some(key),
        _ => None,
    }
}
