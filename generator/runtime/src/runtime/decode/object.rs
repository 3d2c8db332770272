//! Reads the members of an object into the slots of its field table.

use super::value::fill;
use super::visitor::Seed;
use super::{Decoding, IssueKind, Segment};
use crate::runtime::model::{EXTRA, Object, REST, SlotMut, Spellings, Table};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Which members were present. The bits of the first 256 are at hand; hardly any object has more.
#[derive(Default)]
pub(super) struct Seen {
    first: [u64; 4],
    more: Vec<u64>,
}

impl Seen {
    /// Answers whether the member came before.
    #[inline]
    fn mark(&mut self, index: usize) -> bool {
        let Some(word) = self.word(index / 64) else {
            return false;
        };
        let bit = 1 << (index % 64);
        let before = *word & bit != 0;
        *word |= bit;
        before
    }

    #[inline]
    fn word(&mut self, at: usize) -> Option<&mut u64> {
        let beyond = at.checked_sub(self.first.len());
        match beyond {
            None => self.first.get_mut(at),
            Some(beyond) => {
                if self.more.len() <= beyond {
                    self.more.resize(beyond + 1, 0);
                }
                self.more.get_mut(beyond)
            }
        }
    }

    #[inline]
    fn contains(&self, index: usize) -> bool {
        let at = index / 64;
        let beyond = at.checked_sub(self.first.len());
        let word = match beyond {
            None => self.first.get(at),
            Some(beyond) => self.more.get(beyond),
        };
        word.is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    /// Remembers the required members that did not come, so that writing the object back does not
    /// invent them.
    #[inline]
    pub(super) fn finish(self, object: &mut dyn Object, decoding: &mut Decoding) {
        let table = object.table();
        for (index, member) in table.members.iter().enumerate() {
            if member.required && !self.contains(index) {
                remember_missing(object, member.name, decoding);
            }
        }
        for (index, (name, _)) in (table.members.len()..).zip(table.constants) {
            if !self.contains(index) {
                remember_missing(object, name, decoding);
            }
        }
    }
}

#[cold]
fn remember_missing(object: &mut dyn Object, name: &'static str, decoding: &mut Decoding) {
    decoding.note_strict(IssueKind::Missing, Some(name.into()));
    if let SlotMut::Extra(extra) = object.get_mut(EXTRA) {
        extra.add_missing(name);
    }
}

/// A repeated member: the last one wins, also over one that was of the wrong kind.
#[cold]
fn forget_misfit(object: &mut dyn Object, name: &str) {
    if let SlotMut::Extra(extra) = object.get_mut(EXTRA) {
        extra.remove(name);
    }
}

fn name_of(table: &'static Table, index: usize) -> &'static str {
    table.members.get(index).map_or("", |member| member.name)
}

#[inline]
fn spellings_of(table: &'static Table, index: usize) -> Spellings {
    let member = table.members.get(index);
    member.map_or(Spellings::NONE, |member| member.spellings)
}

pub(super) fn read_object<'de, A: MapAccess<'de>>(
    object: &mut dyn Object,
    access: &mut A,
    decoding: &mut Decoding,
    mut seen: Seen,
) -> Result<(), A::Error> {
    let table = object.table();
    let outer = decoding.spellings;
    let order = decoding.order_of(table);
    let (mut next, mut count) = (0, 0);
    while let Some(key) = access.next_key_seed(KeySeed {
        table,
        expected: decoding.expected(order, count).unwrap_or(next),
        next,
    })? {
        match key {
            Key::Known(index) => {
                next = index + 1;
                decoding.came(order, count, index);
                count += 1;
                if seen.mark(index) {
                    forget_misfit(object, name_of(table, index));
                }
                let known = decoding.issues.len();
                decoding.spellings = spellings_of(table, index);
                let slot = object.get_mut(index);
                match access.next_value_seed(Seed { slot, decoding }) {
                    Ok(None) => {}
                    Ok(Some(value)) => keep_misfit(object, index, *value, decoding),
                    Err(error) => {
                        let name = name_of(table, index);
                        decoding.at.push(Segment::Key(name.into()));
                        return Err(error);
                    }
                }
                decoding.prefix(known, || Segment::Key(name_of(table, index).into()));
            }
            Key::Unknown(key) => read_unknown(object, key, access, decoding, &mut seen)?,
        }
    }
    seen.finish(object, decoding);
    decoding.spellings = outer;
    Ok(())
}

fn read_unknown<'de, A: MapAccess<'de>>(
    object: &mut dyn Object,
    key: String,
    access: &mut A,
    decoding: &mut Decoding,
    seen: &mut Seen,
) -> Result<(), A::Error> {
    if !matches!(object.get_mut(EXTRA), SlotMut::Extra(_)) {
        access.next_value::<IgnoredAny>()?;
        decoding.note_strict(IssueKind::Unknown, Some(key.into()));
        return Ok(());
    }
    match access.next_value::<Value>() {
        Ok(value) => {
            put_unknown(object, key, value, decoding, seen);
            Ok(())
        }
        Err(error) => {
            decoding.at.push(Segment::Key(key.into()));
            Err(error)
        }
    }
}

/// A member without a row: one that has one value, one of those that have a type without a name, or one that nobody
/// describes.
fn put_unknown(
    object: &mut dyn Object,
    key: String,
    value: Value,
    decoding: &mut Decoding,
    seen: &mut Seen,
) {
    let table = object.table();
    if let Some(at) = table.constant(&key) {
        seen.mark(table.members.len() + at);
        let constant = table.constants.get(at).map(|(_, constant)| *constant);
        if constant != value.as_str() {
            decoding.note(IssueKind::WrongKind, Some(key.clone().into()));
            insert_extra(object, key, value);
        }
        return;
    }
    if !table.rest {
        if decoding.strict {
            decoding.note(IssueKind::Unknown, Some(key.clone().into()));
        }
        return insert_extra(object, key, value);
    }
    let known = decoding.issues.len();
    let outer = std::mem::replace(&mut decoding.spellings, Spellings::NONE);
    let misfit = match object.get_mut(REST) {
        SlotMut::Map(map) => {
            let misfit = fill(map.entry(&key), value, decoding);
            if misfit.is_some() {
                map.remove(&key);
            }
            misfit
        }
        _ => None,
    };
    if let Some(value) = misfit {
        decoding.note(IssueKind::WrongKind, None);
        insert_extra(object, key.clone(), *value);
    }
    decoding.spellings = outer;
    decoding.prefix(known, || Segment::Key(key.clone().into()));
}

fn insert_extra(object: &mut dyn Object, key: String, value: Value) {
    if let SlotMut::Extra(extra) = object.get_mut(EXTRA) {
        extra.insert(key, value);
    }
}

#[cold]
fn keep_misfit(object: &mut dyn Object, index: usize, value: Value, decoding: &mut Decoding) {
    decoding.note(IssueKind::WrongKind, None);
    // A repeated member that was fine the first time keeps that value.
    if !object.get(index).is_default() {
        return;
    }
    let name = name_of(object.table(), index);
    if let SlotMut::Extra(extra) = object.get_mut(EXTRA) {
        extra.insert(name, value);
    }
}

/// The same for a member whose value is at hand already.
pub(super) fn put_member(
    object: &mut dyn Object,
    key: &str,
    value: Value,
    decoding: &mut Decoding,
    seen: &mut Seen,
) {
    let table = object.table();
    let Some(index) = table.find(key, 0) else {
        return put_unknown(object, key.to_owned(), value, decoding, seen);
    };
    if seen.mark(index) {
        forget_misfit(object, name_of(table, index));
    }
    let known = decoding.issues.len();
    let outer = std::mem::replace(&mut decoding.spellings, spellings_of(table, index));
    if let Some(value) = fill(object.get_mut(index), value, decoding) {
        keep_misfit(object, index, *value, decoding);
    }
    decoding.spellings = outer;
    decoding.prefix(known, || Segment::Key(name_of(table, index).into()));
}

enum Key {
    Known(usize),
    Unknown(String),
}

struct KeySeed {
    table: &'static Table,
    /// The member that came here in the last object.
    expected: usize,
    /// The member behind the one that came before.
    next: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }
    #[inline]
    fn visit_str<E>(self, key: &str) -> Result<Key, E> {
        let expected = self.table.members.get(self.expected);
        if expected.is_some_and(|member| member.name == key) {
            return Ok(Key::Known(self.expected));
        }
        Ok(match self.table.find(key, self.next) {
            Some(index) => Key::Known(index),
            None => Key::Unknown(key.to_owned()),
        })
    }
}
