//! Objects of several kinds at one position to the kinds, if the text of one member tells them apart.

use super::kind::Kind;
use super::position::{ObjectPosition, Positions};
use super::{name, threshold};
use crate::model::evidence::{Fidelity, KeySets, Observations};
use std::collections::BTreeSet;

/// The kinds of objects at a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// The member whose text tells them apart.
    pub key: String,
    /// The kinds, in the order of their first texts.
    pub groups: Vec<Group>,
}

/// One kind of object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The texts that mean it, sorted.
    pub tags: Vec<String>,
    /// The names of its members, with the one that holds the text.
    pub keys: BTreeSet<String>,
}

/// The kinds that the objects at a position are of, if there are several and one member tells which.
pub fn tagged(positions: &Positions, object: &ObjectPosition) -> Option<Tagged> {
    if object.map.is_some() || object.random.is_some() {
        return None;
    }
    // First under names that say so, then under any name: what tells the fewest kinds apart, and so is no accident.
    let mut keys: Vec<(usize, usize, &String)> = object
        .tags
        .iter()
        .filter_map(|(key, tag)| {
            let rank = name::tag_rank(key).unwrap_or(usize::MAX);
            Some((rank, tag.values()?.len(), key))
        })
        .collect();
    keys.sort();
    keys.into_iter().find_map(|(.., key)| {
        let groups = groups(positions, object, key)?;
        Some(Tagged {
            key: key.clone(),
            groups,
        })
    })
}

fn groups(positions: &Positions, object: &ObjectPosition, key: &str) -> Option<Vec<Group>> {
    let member = positions.get(object.members.get(key)?.value);
    let scalars = &member.scalars;
    let text =
        member.kinds() == [Kind::String] && member.array.is_none() && member.object.is_none();
    if !text || !scalars.holes.is_empty() || !scalars.null.is_empty() || !object.always(key) {
        return None;
    }
    let values = object.tags.get(key)?.values()?;
    // Large objects are looked at under few names only.
    let known: BTreeSet<&[String]> = values
        .values()
        .flat_map(KeySets::keys)
        .map(|k| &**k)
        .collect();
    if !object
        .key_sets
        .keys()
        .all(|keys| known.contains(keys.as_slice()))
    {
        return None;
    }
    let mut groups: Vec<(Group, usize)> = Vec::new();
    for (tag, key_sets) in values {
        let written = |seen: &Observations| seen.with(Fidelity::Example) == seen.count();
        if !key_sets.values().all(written) {
            return None;
        }
        let (mut group, mut count) = (
            Group {
                tags: vec![tag.clone()],
                keys: names(key_sets),
            },
            key_sets.values().map(|seen| seen.count()).sum::<usize>(),
        );
        // What shares much is one kind, and so is what shares much with both of two.
        let (alike, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(other, _)| {
            overlap(&group.keys, &other.keys, key) >= threshold::VARIANTS_SHARED
        });
        for (other, more) in alike {
            group.tags.extend(other.tags);
            group.keys.extend(other.keys);
            count += more;
        }
        groups = apart;
        groups.push((group, count));
    }
    let enough = groups.len() > 1
        && groups
            .iter()
            .all(|(_, count)| *count >= threshold::VARIANT_OBSERVATIONS);
    if !enough {
        return None;
    }
    let mut groups: Vec<Group> = groups.into_iter().map(|(group, _)| group).collect();
    // Joined groups have more names than each of the joined ones, and may share more with others now.
    let apart = groups.iter().enumerate().all(|(at, group)| {
        let others: Vec<&Group> = groups
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .map(|(_, other)| other)
            .collect();
        let own = group
            .keys
            .iter()
            .any(|name| others.iter().all(|other| !other.keys.contains(name)));
        own && others
            .iter()
            .all(|other| overlap(&group.keys, &other.keys, key) < threshold::VARIANTS_SHARED)
    });
    for group in &mut groups {
        group.tags.sort();
    }
    groups.sort_by(|a, b| a.tags.cmp(&b.tags));
    apart.then_some(groups)
}

fn names(key_sets: &KeySets) -> BTreeSet<String> {
    key_sets
        .keys()
        .flat_map(|keys| keys.iter().cloned())
        .collect()
}

/// How many of all names two groups share, in per cent; the one that holds the text is in both and does not count.
fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>, key: &str) -> usize {
    let shared = a
        .intersection(b)
        .count()
        .saturating_sub(usize::from(a.contains(key)));
    let all = a.union(b).count().saturating_sub(1);
    (shared * 100).checked_div(all).unwrap_or(100)
}

/// Whether a text can be the name of a kind: `card`, `user.created`, `Type_A`. Sentences and numbers cannot.
pub fn is_tag(text: &str) -> bool {
    text.len() <= threshold::TAG_LENGTH
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-.:/#".contains(c))
}
