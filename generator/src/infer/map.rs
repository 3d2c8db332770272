//! Objects to records or maps: whether the names belong to the schema or to the data.

use super::kind::Kind;
use super::position::{ObjectPosition, Position, PositionId, Positions};
use super::rule::Rule;
use super::threshold;
use super::{format, name};
use crate::model::evidence::{Fidelity, Format, Hole};
use std::collections::{BTreeMap, BTreeSet};

/// Decides which objects are maps. Answers whether there was one that was not known to be.
pub fn find_maps(positions: &mut Positions) -> bool {
    // What somebody describes under its name is a record, however few of its members each sample has.
    let stated: BTreeSet<&str> = positions
        .records()
        .filter(|(_, _, object)| object.is_stated())
        .flat_map(|(_, position, _)| position.comparable.iter().map(String::as_str))
        .filter(|name| !name::is_generic(name))
        .collect();
    let mut found: BTreeMap<PositionId, Rule> = positions
        .all()
        .filter_map(|(id, position)| {
            let object = position.object.as_ref()?;
            let mut names = position.comparable.iter();
            if names.any(|name| stated.contains(name.as_str())) {
                return None;
            }
            Some((id, why_map(positions, position, object)?))
        })
        .collect();
    let groups = open_both_ways(positions);
    for id in groups.iter().flatten() {
        found.entry(*id).or_insert(Rule::MapDisjointKeys);
    }
    for (id, rule) in &found {
        positions.make_map(*id, *rule);
    }
    for group in groups {
        // What may be received under such a name may be sent too.
        let values: Vec<PositionId> = group
            .iter()
            .filter_map(|id| positions.get(*id).object.as_ref()?.map)
            .collect();
        if let [first, rest @ ..] = values.as_slice() {
            positions.join(rest.iter().map(|value| (*first, *value)));
        }
    }
    !found.is_empty()
}

/// Makes maps of the objects whose names a tool invented, once everything that is the same is joined: what is a map for
/// one sample may be a record by all of them. Answers whether there was one.
pub fn find_invented(positions: &mut Positions) -> bool {
    let found: Vec<PositionId> = positions
        .all()
        .filter(|(_, position)| {
            let object = position.object.as_ref();
            object.is_some_and(|object| object.map.is_none() && is_invented(position, object))
        })
        .map(|(id, _)| id)
        .collect();
    for id in &found {
        positions.make_map(*id, Rule::MapInvented);
    }
    !found.is_empty()
}

/// Whether a sample with invented names alone shows that any name is allowed. Names beside them are data, unless
/// somebody states them or calls the object by a name: then the record is open, and that is all.
fn is_invented(position: &Position, object: &ObjectPosition) -> bool {
    let Some((whole, _)) = &object.random else {
        return false;
    };
    let mut holes = position.scalars.holes.keys();
    let named = holes.any(|hole| matches!(hole, Hole::Named(_)));
    object.members.is_empty() || !(whole.is_empty() || named || object.is_stated())
}

/// The rule that makes a map of an object, if one does.
fn why_map(positions: &Positions, position: &Position, object: &ObjectPosition) -> Option<Rule> {
    if object.map.is_some() {
        return None;
    }
    if object.members.is_empty() || object.is_stated() {
        return None;
    }
    if object.random.is_some() {
        // Names were invented beside members: the record is open, and that is all.
        return None;
    }
    // The names in a whole body are the API's own.
    if position.bodies.iter().any(|body| body.whole) {
        return None;
    }
    if has_data_keys(object) {
        return Some(Rule::MapDataKeys);
    }
    let values = Values::of(positions, object);
    if has_disjoint_keys(position, object, &values) {
        Some(Rule::MapDisjointKeys)
    } else if has_many_keys(object, &values) {
        Some(Rule::MapManyKeys)
    } else if has_similar_records(positions, object, &values) {
        Some(Rule::MapSimilarRecords)
    } else {
        None
    }
}

/// What stands under the names.
struct Values<'p> {
    /// Each with its kinds.
    kinds: Vec<&'p [Kind]>,
    /// The names in each of the records.
    records: Vec<BTreeSet<&'p str>>,
}

impl<'p> Values<'p> {
    fn of(positions: &'p Positions, object: &ObjectPosition) -> Self {
        let mut values = Values {
            kinds: Vec::new(),
            records: Vec::new(),
        };
        for member in object.members.values() {
            let position = positions.get(member.value);
            values.kinds.push(position.kinds());
            if let Some(record) = position.object.as_ref().filter(|o| o.is_record()) {
                values
                    .records
                    .push(record.members.keys().map(String::as_str).collect());
            }
        }
        values
    }

    fn are_records(&self) -> bool {
        self.records.len() == self.kinds.len()
    }

    fn are_one_kind(&self) -> bool {
        let distinct: BTreeSet<_> = self
            .kinds
            .iter()
            .filter(|kinds| !kinds.is_empty())
            .collect();
        distinct.len() == 1
    }

    /// How much of all the names in the records stands in each of them, in per cent.
    fn shared(&self) -> usize {
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for key in self.records.iter().flatten() {
            *count.entry(key).or_default() += 1;
        }
        let everywhere = count.values().filter(|n| **n == self.records.len()).count();
        (everywhere * 100).checked_div(count.len()).unwrap_or(0)
    }
}

/// Digits, dates, identifiers, addresses, languages: no schema calls its members so.
fn has_data_keys(object: &ObjectPosition) -> bool {
    let keys = || object.members.keys().map(String::as_str);
    let many = object.members.len() > 1;
    keys().all(is_certain_data) || (many && keys().all(|key| is_certain_data(key) || is_data(key)))
}

fn is_certain_data(key: &str) -> bool {
    let formats = format::matched(key);
    [
        Format::Uuid,
        Format::Date,
        Format::DateTime,
        Format::Email,
        Format::Uri,
    ]
    .into_iter()
    .any(|format| !key.is_empty() && formats.contains(format))
}

fn is_data(key: &str) -> bool {
    let formats = format::matched(key);
    let hexadecimal = key.len() >= 8
        && key.bytes().all(|b| b.is_ascii_hexdigit())
        && key.bytes().any(|b| b.is_ascii_digit());
    let address = [Format::Integer, Format::Ipv4, Format::Ipv6]
        .into_iter()
        .any(|format| !key.is_empty() && formats.contains(format));
    hexadecimal || address || key.starts_with('/') || is_language(key)
}

/// `en-US`, `pt_BR`.
fn is_language(key: &str) -> bool {
    match key.split_once(['-', '_']) {
        Some((language, region)) => {
            language.len() == 2
                && region.len() == 2
                && language.bytes().all(|b| b.is_ascii_lowercase())
                && region.bytes().all(|b| b.is_ascii_uppercase())
        }
        None => false,
    }
}

/// Every object that was really seen has other names than all others.
fn has_disjoint_keys(position: &Position, object: &ObjectPosition, values: &Values<'_>) -> bool {
    let sets: Vec<_> = object
        .key_sets
        .iter()
        .filter(|(keys, _)| !keys.is_empty())
        .collect();
    let seen = sets
        .iter()
        .all(|(_, seen)| seen.with(Fidelity::Example) == seen.count());
    let names: usize = sets.iter().map(|(keys, _)| keys.len()).sum();
    let fit = values.records.is_empty()
        || (values.are_records() && values.shared() >= threshold::MAP_RECORDS_SHARED);
    let enough = if position.keys.iter().any(|key| name::is_open(key)) {
        threshold::MAP_DISJOINT_NAMED
    } else {
        threshold::MAP_DISJOINT
    };
    sets.len() >= enough && seen && names == object.members.len() && fit
}

/// Records under a name that tells of names that people choose, of which what is sent and what is received show others:
/// `user_fields` of a user.
fn open_both_ways(positions: &Positions) -> Vec<BTreeSet<PositionId>> {
    let mut groups: BTreeMap<(&str, &str), BTreeSet<PositionId>> = BTreeMap::new();
    for (_, outer, object) in positions.records() {
        for (key, member) in &object.members {
            let inner = positions.get(member.value).object.as_ref();
            if inner.is_some_and(ObjectPosition::is_record) && name::is_open(key) {
                for owner in &outer.comparable {
                    let group = groups.entry((key, owner)).or_default();
                    group.insert(positions.find(member.value));
                }
            }
        }
    }
    let mut found = Vec::new();
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let objects: Vec<(&Position, &ObjectPosition)> = group
            .iter()
            .map(|id| positions.get(*id))
            .filter_map(|position| Some((position, position.object.as_ref()?)))
            .collect();
        let ways: BTreeSet<_> = objects
            .iter()
            .flat_map(|(_, object)| object.seen.directions())
            .collect();
        let free = objects.iter().all(|(position, object)| {
            !object.is_stated() && position.bodies.iter().all(|body| !body.whole)
        });
        let key_sets = objects.iter().flat_map(|(_, object)| &object.key_sets);
        let key_sets: Vec<_> = key_sets.filter(|(keys, _)| !keys.is_empty()).collect();
        let shown = key_sets.iter().all(|(_, seen)| {
            seen.with(Fidelity::Example) + seen.with(Fidelity::Elided) == seen.count()
        });
        let mut sets: BTreeSet<Vec<&str>> = key_sets
            .iter()
            .map(|(keys, _)| keys.iter().map(String::as_str).collect())
            .collect();
        // Where a sample leaves members out, only those that it has are known.
        let elided = objects
            .iter()
            .filter(|(_, object)| object.key_sets.is_empty());
        sets.extend(elided.map(|(_, object)| object.members.keys().map(String::as_str).collect()));
        let names: BTreeSet<&str> = sets.iter().flatten().copied().collect();
        let single = objects.iter().all(|(_, object)| {
            let values = Values::of(positions, object);
            values.records.is_empty()
        });
        if ways.len() > 1
            && free
            && single
            && shown
            && sets.len() >= threshold::MAP_DISJOINT_NAMED
            && names.len() == sets.iter().map(Vec::len).sum::<usize>()
        {
            found.push(group);
        }
    }
    found
}

/// So many names, with values of one kind, that no one name is in most of the objects.
fn has_many_keys(object: &ObjectPosition, values: &Values<'_>) -> bool {
    if object.members.len() < threshold::MAP_KEYS || !values.are_one_kind() {
        return false;
    }
    let observations: usize = object.key_sets.values().map(|seen| seen.count()).sum();
    if observations < threshold::MAP_OBSERVATIONS {
        return false;
    }
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (keys, seen) in &object.key_sets {
        for key in keys {
            *count.entry(key).or_default() += seen.count();
        }
    }
    let rare = count.values().all(|n| n * 2 <= observations);
    rare && (values.records.is_empty()
        || (values.are_records() && values.shared() >= threshold::MAP_RECORDS_SHARED))
}

/// Similar records under names that differ from object to object.
fn has_similar_records(
    positions: &Positions,
    object: &ObjectPosition,
    values: &Values<'_>,
) -> bool {
    let differ = object.key_sets.len() > 1;
    let large = object.members.values().all(|member| {
        positions
            .get(member.value)
            .object
            .as_ref()
            .is_some_and(|o| o.members.len() >= threshold::MAP_RECORDS)
    });
    differ
        && large
        && object.members.len() >= threshold::MAP_RECORDS
        && values.are_records()
        && values.shared() >= threshold::MAP_RECORDS_SHARED
        && !object.members.keys().any(|key| name::is_generic(key))
}
