//! Members of which only null was seen to the members of similar records that have their names.

use super::kind::Kind;
use super::position::{ObjectPosition, Position, PositionId, Positions};
use super::threshold;
use crate::model::evidence::Direction;
use std::collections::BTreeMap;

/// Members by the direction and the name, each with the record that has it.
type Members<'p> = BTreeMap<(&'p [Direction], &'p str), Vec<(PositionId, &'p ObjectPosition)>>;

/// For each position of which only null was seen, the position whose type is assumed for it. Where similar records
/// disagree about the kind, nothing is assumed.
pub fn aligned(positions: &Positions) -> BTreeMap<PositionId, PositionId> {
    let mut wanted = Members::new();
    for (_, _, object) in positions.records() {
        for (key, member) in &object.members {
            if is_null(positions.get(member.value)) {
                wanted
                    .entry((object.seen.directions(), key))
                    .or_default()
                    .push((positions.find(member.value), object));
            }
        }
    }
    let mut known = Members::new();
    if wanted.is_empty() {
        return BTreeMap::new();
    }
    for (_, _, object) in positions.records() {
        for (key, member) in &object.members {
            let at = (object.seen.directions(), key.as_str());
            if wanted.contains_key(&at) && !positions.get(member.value).kinds().is_empty() {
                known
                    .entry(at)
                    .or_default()
                    .push((positions.find(member.value), object));
            }
        }
    }
    let mut found = BTreeMap::new();
    for (at, members) in wanted {
        let Some(candidates) = known.get(&at) else {
            continue;
        };
        // A name that is everywhere says nothing, and comparing all with all would take long.
        if candidates.len() > threshold::PAIRWISE {
            continue;
        }
        for (member, record) in members {
            if let Some(target) = target(positions, record, candidates) {
                found.insert(member, target);
            }
        }
    }
    found
}

/// Whether there is nothing but null.
pub fn is_null(position: &Position) -> bool {
    !position.scalars.null.is_empty()
        && position.kinds().is_empty()
        && position.array.is_none()
        && position.object.is_none()
}

fn target(
    positions: &Positions,
    record: &ObjectPosition,
    candidates: &[(PositionId, &ObjectPosition)],
) -> Option<PositionId> {
    let similar: Vec<PositionId> = candidates
        .iter()
        .filter(|(_, other)| is_similar(record, other))
        .map(|(id, _)| *id)
        .collect();
    let first = *similar.first()?;
    let kinds = positions.get(first).kinds();
    let agree = similar.iter().all(|id| positions.get(*id).kinds() == kinds);
    let scalar = matches!(
        kinds,
        [Kind::Boolean | Kind::Integer | Kind::Number | Kind::String]
    );
    // Of texts and numbers any will do; lists and records must be the same.
    let same = similar.iter().all(|id| *id == first);
    (agree && (same || scalar)).then_some(first)
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
