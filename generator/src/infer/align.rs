//! Members that say less than those of similar records that have their names, to these: only null was seen, or lists
//! without elements, or text where the other one has a list of values.

use super::kind::Kind;
use super::position::{ObjectPosition, Position, PositionId, Positions};
use super::threshold;
use crate::model::Literal;
use crate::model::evidence::StringEvidence;
use std::collections::BTreeMap;

/// Members by the name, each with the record that has it.
type Members<'p> = BTreeMap<&'p str, Vec<(PositionId, &'p ObjectPosition)>>;

/// What a member leaves open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Everything: only null was seen.
    Kind,
    /// What the elements of its lists are.
    Elements,
    /// Whether its text is one of several values.
    Values,
}

/// For each position that leaves something open, the position whose type is assumed for it. Where similar records disagree,
/// nothing is assumed. Records that travel the same way are asked first, then the others: what is sent is a part of what
/// is received.
pub fn aligned(positions: &Positions) -> BTreeMap<PositionId, PositionId> {
    let mut wanted: BTreeMap<&str, Vec<(PositionId, &ObjectPosition, Open)>> = BTreeMap::new();
    let mut known = Members::new();
    let mut values = Members::new();
    for (_, _, object) in positions.records() {
        for (key, member) in &object.members {
            let value = positions.get(member.value);
            let place = positions.find(member.value);
            if let Some(open) = open(positions, value) {
                wanted.entry(key).or_default().push((place, object, open));
            }
            if !value.scalars.allowed.is_empty() {
                values.entry(key).or_default().push((place, object));
            }
        }
    }
    for (_, _, object) in positions.records() {
        for (key, member) in &object.members {
            let value = positions.get(member.value);
            if wanted.contains_key(key.as_str()) && !value.kinds().is_empty() {
                let place = positions.find(member.value);
                known.entry(key).or_default().push((place, object));
            }
        }
    }
    let mut found = BTreeMap::new();
    for (key, members) in wanted {
        for (member, record, open) in members {
            let candidates = match open {
                Open::Values => values.get(key),
                Open::Kind | Open::Elements => known.get(key),
            };
            // A name that is everywhere says nothing, and comparing all with all would take long.
            let Some(candidates) = candidates.filter(|all| all.len() <= threshold::PAIRWISE) else {
                continue;
            };
            let similar: Vec<_> = candidates
                .iter()
                .filter(|(id, other)| *id != member && is_similar(record, other))
                .collect();
            let way = record.seen.directions();
            let (same, other): (Vec<_>, Vec<_>) = similar
                .into_iter()
                .partition(|(_, other)| other.seen.directions() == way);
            let own = positions.get(member);
            for (group, crosses) in [(same, false), (other, true)] {
                let offered: Vec<PositionId> = group
                    .iter()
                    .map(|(id, _)| *id)
                    .filter(|id| offers(positions, own, positions.get(*id), open))
                    .collect();
                if let Some(target) = target(positions, &offered, group.len(), crosses) {
                    found.insert(member, target);
                    break;
                }
            }
        }
    }
    found
}

fn open(positions: &Positions, value: &Position) -> Option<Open> {
    if is_null(value) {
        return Some(Open::Kind);
    }
    match value.kinds() {
        [Kind::Array] => {
            let item = value.array.as_ref().map(|array| positions.get(array.item));
            let unknown = item.is_none_or(|item| {
                item.kinds().is_empty() && item.array.is_none() && item.object.is_none()
            });
            unknown.then_some(Open::Elements)
        }
        [Kind::String] => {
            let text = value.scalars.string.as_ref();
            let shown = text.is_some_and(|text| {
                !text.values.is_empty() && text.values.len() < StringEvidence::VALUES
            });
            (shown && value.scalars.allowed.is_empty()).then_some(Open::Values)
        }
        _ => None,
    }
}

/// Whether there is nothing but null.
pub fn is_null(position: &Position) -> bool {
    !position.scalars.null.is_empty()
        && position.kinds().is_empty()
        && position.array.is_none()
        && position.object.is_none()
}

/// Whether a member tells what another one leaves open.
fn offers(positions: &Positions, own: &Position, other: &Position, open: Open) -> bool {
    match open {
        Open::Kind => !other.kinds().is_empty(),
        Open::Elements => {
            let item = other.array.as_ref().map(|array| positions.get(array.item));
            other.kinds() == [Kind::Array] && item.is_some_and(|item| !item.kinds().is_empty())
        }
        Open::Values => {
            let allowed = &other.scalars.allowed;
            let text = own.scalars.string.as_ref();
            other.kinds() == [Kind::String]
                && text.is_some_and(|text| {
                    let mut values = text.values.iter();
                    values.all(|value| allowed.contains_key(&Literal::String(value.clone())))
                })
        }
    }
}

/// The first of the members of similar records, if all of them say the same.
fn target(
    positions: &Positions,
    offered: &[PositionId],
    similar: usize,
    crosses: bool,
) -> Option<PositionId> {
    let first = *offered.first()?;
    let said = says(positions, first);
    let agree = offered.iter().all(|id| says(positions, *id) == said);
    // Of texts and numbers any will do; lists and records must be the same, and what is sent is never what is received.
    let scalar = said.iter().flatten().all(|kind| {
        matches!(
            kind,
            Kind::Boolean | Kind::Integer | Kind::Number | Kind::String
        )
    });
    let same = offered.iter().all(|id| *id == first);
    let fits = match crosses {
        true => scalar,
        false => scalar || same,
    };
    (agree && offered.len() == similar && fits).then_some(first)
}

/// The kinds of a member's values, and for lists those of their elements.
fn says(positions: &Positions, id: PositionId) -> [Vec<Kind>; 2] {
    let position = positions.get(id);
    let item = position
        .array
        .as_ref()
        .map(|array| positions.get(array.item));
    match (position.kinds(), item) {
        ([Kind::Array], Some(item)) => [Vec::new(), item.kinds().to_vec()],
        (kinds, _) => [kinds.to_vec(), Vec::new()],
    }
}

/// Whether one of two records has most of what the other has.
fn is_similar(a: &ObjectPosition, b: &ObjectPosition) -> bool {
    let (small, large) = match a.members.len() <= b.members.len() {
        true => (a, b),
        false => (b, a),
    };
    let shared = small
        .members
        .keys()
        .filter(|key| large.members.contains_key(*key))
        .count();
    shared >= threshold::ALIGNED_KEYS
        && shared * 100 >= small.members.len() * threshold::SAME_NAME_CONTAINED
}
