//! Records that are the same to pairs of positions to be joined.
//!
//! A round looks at all records as they are at its beginning and answers all pairs at once. What is joined is then the
//! connected components, so neither the order of the records nor that of the pairs shows in the result.

use super::identity::is_reference;
use super::kind::Kind;
use super::name;
use super::position::{ObjectPosition, Position, PositionId, Positions};
use super::threshold;
use crate::model::evidence::{Direction, Fidelity};
use std::collections::{BTreeMap, BTreeSet};

type Pair = (PositionId, PositionId);
type Record<'p> = (PositionId, &'p Position, &'p ObjectPosition);

/// The pairs of records that are found to be the same now.
pub fn pairs(positions: &Positions) -> Vec<Pair> {
    let mut found = Vec::new();
    for group in named_groups(positions) {
        same_name(positions, &group, &mut found);
    }
    same_shape(positions, &mut found);
    unprinted(positions, &mut found);
    found
}

/// What makes records comparable at all: sent ones are never compared with received ones.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Name<'p> {
    /// The name of the member that they stand under.
    Key(&'p str),
    /// The family of the bodies that they are.
    Body(&'p str),
    /// What the path says that the bodies are about.
    Noun(&'p str),
}

struct Group<'p> {
    generic: bool,
    records: Vec<Record<'p>>,
}

fn named_groups(positions: &Positions) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<(&[Direction], Name<'_>), Group<'_>> = BTreeMap::new();
    for record in positions.records() {
        let (_, position, object) = record;
        let keys = position.comparable.iter().map(|key| Name::Key(key));
        let whole = position.bodies.iter().filter(|body| body.whole);
        let bodies: BTreeSet<&str> = whole.map(|body| body.family.as_str()).collect();
        let nouns = position.bodies.iter().filter_map(|b| b.noun.as_deref());
        let nouns: BTreeSet<&str> = nouns.collect();
        let bodies = bodies.into_iter().map(Name::Body);
        for name in keys.chain(bodies).chain(nouns.into_iter().map(Name::Noun)) {
            let generic = match name {
                Name::Key(key) => name::is_generic(key),
                Name::Body(_) => false,
                Name::Noun(_) => true,
            };
            let group = groups
                .entry((object.seen.directions(), name))
                .or_insert(Group {
                    generic,
                    records: Vec::new(),
                });
            group.records.push(record);
        }
    }
    groups
        .into_values()
        .filter(|group| group.records.len() > 1)
        .collect()
}

/// Records under one name, one of which contains most of the other.
fn same_name(positions: &Positions, group: &Group<'_>, found: &mut Vec<Pair>) {
    let alike = |a: &Record<'_>, b: &Record<'_>| {
        // What only says which thing is meant is no such thing.
        if is_reference(a.1, a.2) != is_reference(b.1, b.2) {
            return false;
        }
        let (shared, small, all) = overlap(a.2, b.2);
        let enough = if group.generic {
            shared * 100 >= all * threshold::SAME_NAME_CONTAINED
        } else {
            shared * 100 >= small * threshold::SAME_NAME_CONTAINED
        };
        let same = shared == all;
        // Of an object that is described under the name, one member is enough.
        let stated = !group.generic && (a.2.is_stated() || b.2.is_stated());
        enough
            && (same || stated || small >= threshold::SAME_NAME_KEYS)
            && compatible(positions, a.2, b.2)
    };
    // What is equal down to the records inside needs no comparison.
    let mut distinct: BTreeMap<_, Record<'_>> = BTreeMap::new();
    for record in &group.records {
        let inner = record.2.members.values();
        let inner: Vec<_> = inner.map(|m| below(positions, m.value)).collect();
        let key = (shape(positions, record.2), inner);
        found.push((distinct.entry(key).or_insert(*record).0, record.0));
    }
    let records: Vec<Record<'_>> = distinct.into_values().collect();
    if records.len() <= threshold::PAIRWISE {
        for (index, a) in records.iter().enumerate() {
            for b in records.iter().skip(index + 1) {
                if alike(a, b) {
                    found.push((a.0, b.0));
                }
            }
        }
        return;
    }
    let mut shapes: BTreeMap<Vec<(&str, &[Kind])>, Record<'_>> = BTreeMap::new();
    for record in &records {
        let first = shapes.entry(shape(positions, record.2)).or_insert(*record);
        found.push((first.0, record.0));
    }
    let largest = shapes.iter().max_by_key(|(shape, _)| (shape.len(), *shape));
    if let Some((_, largest)) = largest {
        for record in shapes.values() {
            if record.0 != largest.0 && alike(largest, record) {
                found.push((largest.0, record.0));
            }
        }
    }
}

/// Names and kinds of the members.
fn shape<'p>(positions: &'p Positions, object: &'p ObjectPosition) -> Vec<(&'p str, &'p [Kind])> {
    let kinds = |value| positions.get(value).kinds();
    let members = object.members.iter();
    members
        .map(|(key, member)| (key.as_str(), kinds(member.value)))
        .collect()
}

/// How many names two records share, how many the smaller one has, and how many both have together.
fn overlap(a: &ObjectPosition, b: &ObjectPosition) -> (usize, usize, usize) {
    let (small, large) = if a.members.len() <= b.members.len() {
        (a, b)
    } else {
        (b, a)
    };
    let shared = small
        .members
        .keys()
        .filter(|key| large.members.contains_key(*key))
        .count();
    let all = small.members.len() + large.members.len() - shared;
    (shared, small.members.len(), all)
}

/// Whether no name that two records share stands for different things in them.
fn compatible(positions: &Positions, a: &ObjectPosition, b: &ObjectPosition) -> bool {
    a.members
        .iter()
        .all(|(key, ours)| match b.members.get(key) {
            Some(theirs) => compatible_values(
                positions,
                ours.value,
                theirs.value,
                threshold::NESTED_LEVELS,
            ),
            None => true,
        })
}

fn compatible_values(positions: &Positions, a: PositionId, b: PositionId, levels: usize) -> bool {
    if positions.find(a) == positions.find(b) || levels == 0 {
        return true;
    }
    let (a, b) = (positions.get(a), positions.get(b));
    let (ours, theirs) = (a.kinds(), b.kinds());
    let number = |kinds: &[Kind]| kinds.contains(&Kind::Integer) || kinds.contains(&Kind::Number);
    let kinds = ours.is_empty()
        || theirs.is_empty()
        || ours.iter().any(|kind| theirs.contains(kind))
        || (number(ours) && number(theirs));
    let items = match (&a.array, &b.array) {
        (Some(a), Some(b)) => compatible_values(positions, a.item, b.item, levels - 1),
        _ => true,
    };
    let records = match (&a.object, &b.object) {
        (Some(a), Some(b)) if a.is_record() && b.is_record() => {
            let (shared, small, _) = overlap(a, b);
            shared * 100 >= small * threshold::INNER_CONTAINED
        }
        _ => true,
    };
    kinds && items && records
}

/// Records with the same names that stand for the same things, whatever they are called themselves.
fn same_shape(positions: &Positions, found: &mut Vec<Pair>) {
    let mut shapes: BTreeMap<_, Vec<Record<'_>>> = BTreeMap::new();
    for record in positions.records() {
        let object = record.2;
        let mut inner = false;
        let members: Vec<_> = object
            .members
            .iter()
            .map(|(key, member)| {
                let kinds = positions.get(member.value).kinds();
                let record = below(positions, member.value);
                inner |= record.is_some();
                (key.as_str(), kinds, record)
            })
            .collect();
        shapes
            .entry((object.seen.directions(), inner, members))
            .or_default()
            .push(record);
    }
    let mut shape_of: BTreeMap<PositionId, usize> = BTreeMap::new();
    for (number, ((_, inner, members), records)) in shapes.iter().enumerate() {
        let ids = records.iter().map(|record| record.0);
        if members.len() >= threshold::SAME_SHAPE_KEYS_UNRELATED {
            chain(ids, found);
            continue;
        }
        if *inner {
            let whole = |r: &&Record<'_>| r.1.bodies.iter().any(|body| body.whole);
            chain(records.iter().filter(whole).map(|record| record.0), found);
        }
        if members.len() >= threshold::SAME_SHAPE_KEYS_RELATED {
            related(records, found);
        }
        if members.len() >= threshold::SAME_SHAPE_KEYS {
            same_last_word(records, found);
            shape_of.extend(ids.map(|id| (id, number)));
        }
    }
    siblings(positions, &shape_of, found);
}

/// Records of one shape that are members of one record: `assignee` and `reviewer`.
fn siblings(positions: &Positions, shape_of: &BTreeMap<PositionId, usize>, found: &mut Vec<Pair>) {
    for (_, _, object) in positions.records() {
        let mut first: BTreeMap<usize, PositionId> = BTreeMap::new();
        for member in object.members.values() {
            if let Some(record) = below(positions, member.value)
                && let Some(shape) = shape_of.get(&record)
            {
                found.push((*first.entry(*shape).or_insert(record), record));
            }
        }
    }
}

/// What a record is called, also by the path of the bodies that are about it.
fn names(position: &Position) -> impl Iterator<Item = &str> {
    let nouns = position.bodies.iter().filter_map(|b| b.noun.as_deref());
    position.comparable.iter().map(String::as_str).chain(nouns)
}

/// The record at a position or in the arrays there.
fn below(positions: &Positions, id: PositionId) -> Option<PositionId> {
    let mut id = positions.find(id);
    // Arrays nest no deeper than the samples; positions may be recursive.
    for _ in 0..threshold::NESTED_LEVELS {
        let position = positions.get(id);
        if position
            .object
            .as_ref()
            .is_some_and(ObjectPosition::is_record)
        {
            return Some(id);
        }
        id = positions.find(position.array.as_ref()?.item);
    }
    None
}

/// Pairs that connect all of them.
fn chain(mut records: impl Iterator<Item = PositionId>, found: &mut Vec<Pair>) {
    if let Some(first) = records.next() {
        found.extend(records.map(|record| (first, record)));
    }
}

/// Records one of whose names is the end of the other's: all that share a last word share the shortest such name.
fn related(records: &[Record<'_>], found: &mut Vec<Pair>) {
    let mut by_name: BTreeMap<&str, PositionId> = BTreeMap::new();
    for (id, position, _) in records {
        for name in names(position) {
            found.push((*by_name.entry(name).or_insert(*id), *id));
        }
    }
    for (name, id) in &by_name {
        for (at, _) in name.match_indices('_') {
            let end = name.get(at + 1..).unwrap_or_default();
            if let Some(other) = by_name.get(end) {
                found.push((*other, *id));
            }
        }
    }
}

/// Records of one shape whose names end with one word: `homeAddress`, `workAddress`.
fn same_last_word(records: &[Record<'_>], found: &mut Vec<Pair>) {
    let mut by_word: BTreeMap<&str, PositionId> = BTreeMap::new();
    for (id, position, _) in records {
        let words = names(position).filter_map(|name| name.rsplit_once('_'));
        for (_, word) in words.filter(|(_, word)| name::is_noun(word)) {
            found.push((*by_word.entry(word).or_insert(*id), *id));
        }
    }
}

/// Records inside a record that has all that they have: a tree. The outer one stands first in each pair.
pub fn nested(positions: &Positions) -> Vec<Pair> {
    let mut found = Vec::new();
    for (outer, _, object) in positions.records() {
        for (key, member) in &object.members {
            let Some(inner) = below(positions, member.value) else {
                continue;
            };
            // A list of what looks alike is a tree's. One such record may be an owner, unless the name says otherwise.
            if positions.get(member.value).array.is_none() && !name::is_kin(key) {
                continue;
            }
            let Some(record) = positions.get(inner).object.as_ref() else {
                continue;
            };
            let (shared, _, _) = overlap(object, record);
            let contained = shared == record.members.len()
                && shared >= threshold::SAME_SHAPE_KEYS_RELATED
                && object.members.len() - shared <= threshold::TREE_OWN_MEMBERS;
            if inner != outer && contained && compatible(positions, object, record) {
                found.push((outer, inner));
            }
        }
    }
    found
}

/// Objects that were not printed again because their schema had been: `{}` under a name under which there is one record.
fn unprinted(positions: &Positions, found: &mut Vec<Pair>) {
    let mut full: BTreeMap<(&[Direction], &str), BTreeSet<PositionId>> = BTreeMap::new();
    for (id, position, object) in positions.records() {
        for name in &position.comparable {
            full.entry((object.seen.directions(), name))
                .or_default()
                .insert(id);
        }
    }
    for (id, position) in positions.all() {
        let Some(object) = position.object.as_ref().filter(|o| is_unprinted(o)) else {
            continue;
        };
        let names = position.comparable.iter();
        for name in names.filter(|name| !name::is_generic(name)) {
            let records = full.get(&(object.seen.directions(), name.as_str()));
            if let Some(records) = records
                && records.len() == 1
            {
                found.extend(records.iter().map(|record| (*record, id)));
            }
        }
    }
}

/// Whether only `{}` was seen, in samples whose maker prints a schema once.
pub fn is_unprinted(object: &ObjectPosition) -> bool {
    object.is_empty()
        && object
            .seen
            .iter()
            .all(|seen| seen.fidelity == Fidelity::Counted)
}
