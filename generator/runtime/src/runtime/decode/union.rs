//! Decides which variant of a union an object is, as early as its members allow.

use super::object::{Seen, put_member, read_object};
use super::value::fill;
use super::{Decoding, IssueKind, Misfit};
use crate::runtime::model::{Choice, Choices, Kind, SlotMut, TaggedUnion, Union};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::fmt;

/// The index of `Other`.
pub(super) const OTHER: usize = usize::MAX;

#[cold]
pub(super) fn put_other(union: &mut dyn Union, value: Value) {
    if let SlotMut::Json(place) = union.choose(OTHER) {
        *place = value;
    }
}

#[cold]
fn put_other_tagged(union: &mut dyn TaggedUnion, value: Value) {
    if let SlotMut::Json(place) = union.choose(OTHER) {
        *place = value;
    }
}

fn fits(variant: &Choice, tag: Option<&str>) -> bool {
    let of_tag = |tag| variant.tags.is_empty() || variant.tags.contains(&tag);
    variant.kind == Kind::Obj && tag.is_none_or(of_tag)
}

/// The index of the only variant for which `condition` holds.
fn only(choices: &Choices, condition: impl Fn(&Choice) -> bool) -> Option<usize> {
    let variants = choices.variants.iter().enumerate();
    let mut found = variants.filter(|(_, variant)| condition(variant));
    let (index, _) = found.next()?;
    match found.next() {
        Some(_) => None,
        None => Some(index),
    }
}

/// What a tag says: descriptions spell numbers and booleans as text too.
fn tag_text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(true) => Some(Cow::Borrowed("true")),
        Value::Bool(false) => Some(Cow::Borrowed("false")),
        _ => None,
    }
}

enum Tag {
    Variant(usize),
    Unknown,
    Several,
}

fn by_tag(choices: &Choices, tag: &str) -> Tag {
    let named = |variant: &Choice| variant.kind == Kind::Obj && variant.tags.contains(&tag);
    let index = only(choices, named).or_else(|| only(choices, |variant| fits(variant, Some(tag))));
    match index {
        Some(index) => Tag::Variant(index),
        None if choices
            .variants
            .iter()
            .any(|variant| fits(variant, Some(tag))) =>
        {
            Tag::Several
        }
        None => Tag::Unknown,
    }
}

fn by_member(choices: &Choices, tag: Option<&str>, key: &str) -> Option<usize> {
    only(choices, |variant| {
        fits(variant, tag) && variant.has.contains(&key)
    })
}

/// The only variant for objects, if there is just one and it needs no tag; `Other` if no variant
/// is for objects.
fn by_kind(choices: &Choices) -> Option<usize> {
    let is_object = |variant: &Choice| variant.kind == Kind::Obj;
    if !choices.variants.iter().any(is_object) {
        return Some(OTHER);
    }
    let index = only(choices, is_object)?;
    let untagged = choices.variants.get(index)?.tags.is_empty();
    untagged.then_some(index)
}

/// The last resort, with every key at hand: the fewest missing required members, then the fewest
/// unknown ones.
fn by_fit(union: &mut dyn Union, tag: Option<&str>, keys: &[&str]) -> usize {
    let choices = union.choices();
    let mut best = ((usize::MAX, 0), OTHER);
    for (index, variant) in choices.variants.iter().enumerate() {
        if !fits(variant, tag) {
            continue;
        }
        let score = match union.choose(index) {
            SlotMut::Obj(object) => {
                let table = object.table();
                let is_known =
                    |key: &str| table.find(key, 0).is_some() || table.constant(key).is_some();
                let known = keys.iter().filter(|key| is_known(key)).count();
                let required = table.members.iter().filter(|member| member.required);
                let missing = required
                    .filter(|member| !keys.contains(&member.name))
                    .count();
                if known == 0 && (!keys.is_empty() || missing > 0) {
                    continue;
                }
                (missing, keys.len() - known)
            }
            SlotMut::Map(_) => (0, keys.len().saturating_sub(1)),
            _ => continue,
        };
        if score < best.0 {
            best = (score, index);
        }
    }
    best.1
}

/// The variant that the text of the tag tells, which may take a member that came before it.
fn by_text(choices: &Choices, text: &str, held: &[(String, Value)]) -> Option<usize> {
    match by_tag(choices, text) {
        Tag::Variant(index) => Some(index),
        Tag::Unknown => Some(choices.default.unwrap_or(OTHER)),
        Tag::Several => {
            let mut keys = held.iter().map(|(key, _)| key);
            keys.find_map(|key| by_member(choices, Some(text), key))
        }
    }
}

/// The name of a member; nothing for the tag, whose name is known.
struct UnionKey(&'static str);

impl<'de> DeserializeSeed<'de> for UnionKey {
    type Value = Option<String>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for UnionKey {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }
    #[inline]
    fn visit_str<E>(self, key: &str) -> Result<Option<String>, E> {
        let is_tag = key == self.0 && !key.is_empty();
        Ok((!is_tag).then(|| key.to_owned()))
    }
}

/// Reads a union from an object in the text.
///
/// What comes before the decision is held and replayed, the rest streams into the variant. Nothing
/// is buffered twice: what is held is moved by [`fill`], so nesting stays linear.
pub(super) fn read_union<'de, A: MapAccess<'de>>(
    union: &mut dyn Union,
    access: &mut A,
    decoding: &mut Decoding,
) -> Result<(), A::Error> {
    let choices = union.choices();
    let mut held: Vec<(String, Value)> = Vec::new();
    // Mostly it comes first, and then nothing else is held.
    let mut tag: Option<Value> = None;
    let mut chosen = by_kind(choices);
    let mut first = true;
    // The first member is always looked at, because it tells whether this is an object at all.
    while first || chosen.is_none() {
        let Some(key) = access.next_key_seed(UnionKey(choices.tag))? else {
            break;
        };
        let key = match key {
            Some(key) => key,
            None => {
                first = false;
                let value: Value = access.next_value()?;
                match tag_text(&value) {
                    Some(text) if tag.is_none() && chosen != Some(OTHER) => {
                        chosen = by_text(choices, &text, &held);
                        drop(text);
                        tag = Some(value);
                    }
                    _ => held.push((choices.tag.to_owned(), value)),
                }
                continue;
            }
        };
        if first && key.starts_with("$serde_json::private::") {
            // With serde_json's `arbitrary_precision` a number comes as a map.
            let number: String = access.next_value()?;
            let value = serde_json::from_str(&number).map_err(A::Error::custom)?;
            fill(SlotMut::Union(union), value, decoding);
            return Ok(());
        }
        first = false;
        if chosen.is_none() && (tag.is_some() || choices.tag.is_empty()) {
            chosen = by_member(choices, tag.as_ref().and_then(tag_text).as_deref(), &key);
        }
        held.push((key, access.next_value()?));
    }
    let unnamed = choices.default.filter(|_| tag.is_none());
    let index = chosen.or(unnamed).unwrap_or_else(|| {
        let mut keys: Vec<&str> = held.iter().map(|(key, _)| &**key).collect();
        keys.extend(tag.is_some().then_some(choices.tag));
        by_fit(union, tag.as_ref().and_then(tag_text).as_deref(), &keys)
    });
    if index == OTHER {
        decoding.note_strict(IssueKind::UnknownVariant, None);
    }
    if let SlotMut::Obj(object) = union.choose(index) {
        let mut seen = Seen::default();
        if let Some(tag) = tag {
            put_member(object, choices.tag, tag, decoding, &mut seen);
        }
        for (key, value) in held {
            put_member(object, &key, value, decoding, &mut seen);
        }
        return read_object(object, access, decoding, seen);
    }
    let tag = tag.map(|tag| (choices.tag.to_owned(), tag));
    let mut members: Map<String, Value> = tag.into_iter().chain(held).collect();
    while let Some((key, value)) = access.next_entry::<String, Value>()? {
        members.insert(key, value);
    }
    if let Some(value) = fill(union.choose(index), Value::Object(members), decoding) {
        put_other(union, *value);
    }
    Ok(())
}

/// Decides for an object that is at hand already.
fn choose_object(union: &mut dyn Union, members: &Map<String, Value>) -> usize {
    let choices = union.choices();
    if let Some(index) = by_kind(choices) {
        return index;
    }
    let tag = members.get(choices.tag).and_then(tag_text);
    let tag = tag.as_deref();
    match tag.map(|tag| by_tag(choices, tag)) {
        Some(Tag::Variant(index)) => return index,
        Some(Tag::Unknown) => return choices.default.unwrap_or(OTHER),
        Some(Tag::Several) => {}
        None if choices.default.is_some() => return choices.default.unwrap_or(OTHER),
        None => {}
    }
    if tag.is_some() || choices.tag.is_empty() {
        let decided = members.keys().find_map(|key| by_member(choices, tag, key));
        if let Some(index) = decided {
            return index;
        }
    }
    let keys: Vec<&str> = members.keys().map(String::as_str).collect();
    by_fit(union, tag, &keys)
}

/// Puts an array or object that is at hand already into a union.
pub(super) fn put_union(union: &mut dyn Union, value: Value, decoding: &mut Decoding) {
    let index = match &value {
        Value::Object(members) => choose_object(union, members),
        _ => {
            let mut variants = union.choices().variants.iter();
            let array = variants.position(|variant| variant.kind == Kind::Arr);
            array.unwrap_or(OTHER)
        }
    };
    if index == OTHER {
        decoding.note_strict(IssueKind::UnknownVariant, None);
    }
    if let Some(value) = fill(union.choose(index), value, decoding) {
        put_other(union, *value);
    }
}

/// Puts any value into a union whose variant is named by the only member of an object.
pub(super) fn put_tagged(
    union: &mut dyn TaggedUnion,
    value: Value,
    decoding: &mut Decoding,
) -> Misfit {
    let found = match &value {
        Value::Object(members) if members.len() == 1 => members.keys().next(),
        _ => None,
    };
    let position = |key: &String| union.tags().iter().position(|tag| tag == key);
    let Some(index) = found.and_then(position) else {
        if !union.is_open() {
            return Some(Box::new(value));
        }
        decoding.note_strict(IssueKind::UnknownVariant, None);
        put_other_tagged(union, value);
        return None;
    };
    let Value::Object(members) = value else {
        return None;
    };
    for (key, value) in members {
        let known = decoding.issues.len();
        if let Some(value) = fill(union.choose(index), value, decoding) {
            let whole = Map::from_iter([(key.clone(), *value)]).into();
            if !union.is_open() {
                return Some(Box::new(whole));
            }
            decoding.note(IssueKind::WrongKind, None);
            put_other_tagged(union, whole);
        }
        decoding.prefix(known, || super::Segment::Key(key.clone().into()));
    }
    None
}
