//! Kinds that exclude each other to one kind, where they are known spellings of one value.

use super::kind::Kind;
use super::name;
use super::position::{Position, PositionId, Positions};
use crate::model::evidence::Format;
use crate::model::{Spelling, is_json_number};
use std::collections::BTreeMap;

/// Of the kinds that count at a position, those that stay, and those that are other spellings of one that stays.
pub fn spellings(
    positions: &Positions,
    position: &Position,
    mut chosen: Vec<Kind>,
) -> (Vec<Kind>, Vec<Kind>) {
    let mut dropped = Vec::new();
    let mut drop_kind = |chosen: &mut Vec<Kind>, kind: Kind| {
        chosen.retain(|other| *other != kind);
        dropped.push(kind);
    };
    // Some languages print a map without entries as a list without elements.
    if chosen.contains(&Kind::Object)
        && chosen.contains(&Kind::Array)
        && has_no_elements(positions, position)
    {
        drop_kind(&mut chosen, Kind::Array);
    }
    let scalars = &position.scalars;
    // A scalar where a list of such stands elsewhere. Empty text may as well stand for no element at all.
    if let [Kind::Array, kind] = *chosen.as_slice()
        && position
            .array
            .as_ref()
            .is_some_and(|array| positions.get(array.item).kinds() == [kind])
        && (kind != Kind::String || has_texts(position))
    {
        drop_kind(&mut chosen, kind);
    }
    match chosen.as_slice() {
        // 0 and 1 for false and true.
        [Kind::Boolean, Kind::Integer] => {
            let integer = scalars.integer.as_ref();
            if integer.is_some_and(|i| !i.beyond && i.min >= 0 && i.max <= 1) {
                drop_kind(&mut chosen, Kind::Integer);
            }
        }
        // False where there is nothing.
        [Kind::Object | Kind::Array, Kind::Boolean] | [Kind::Boolean, Kind::String]
            if scalars.truth.is_empty() =>
        {
            drop_kind(&mut chosen, Kind::Boolean);
        }
        // An identifier is text, also where all its characters are digits and somebody left out the quotation marks.
        [Kind::Integer, Kind::String] => {
            let digits = scalars
                .string
                .as_ref()
                .is_some_and(|s| !s.values.is_empty() && s.formats.contains(Format::Integer));
            if digits && position.keys.iter().any(|key| is_code(key)) {
                drop_kind(&mut chosen, Kind::Integer);
            }
        }
        _ => {}
    }
    (chosen, dropped)
}

/// How the kinds that are no longer seen in a type are read: as spellings of the one kind that is left, if all samples
/// can be read so.
pub fn read(
    positions: &Positions,
    position: &Position,
    chosen: &[Kind],
    others: &[Kind],
) -> BTreeMap<Kind, Spelling> {
    let [kind] = *chosen else {
        return BTreeMap::new();
    };
    let scalars = &position.scalars;
    let texts = |read: fn(&str) -> bool| {
        let mut texts = scalars.string.iter().flat_map(|string| &string.values);
        has_texts(position) && texts.all(|text| read(text))
    };
    let spelling = |other: Kind| match (kind, other) {
        (Kind::Boolean, Kind::Integer) => {
            let integer = scalars.integer.as_ref()?;
            let read = !integer.beyond && integer.min >= 0 && integer.max <= 1;
            read.then_some(Spelling::Number)
        }
        (Kind::Boolean, Kind::String) => {
            let read = texts(|text| matches!(text, "true" | "false" | "0" | "1"));
            read.then_some(Spelling::Text)
        }
        (Kind::Integer, Kind::String) => {
            texts(|text| is_json_number(text) && text.parse::<i64>().is_ok())
                .then_some(Spelling::Text)
        }
        (Kind::Number, Kind::String) => texts(is_json_number).then_some(Spelling::Text),
        (Kind::String, Kind::Integer | Kind::Number) => Some(Spelling::Number),
        (Kind::Object, Kind::Array) => {
            has_no_elements(positions, position).then_some(Spelling::EmptyList)
        }
        (Kind::Array, other) => {
            let array = position.array.as_ref()?;
            let alone = positions.get(array.item).kinds() == [other];
            let nothing = other == Kind::Boolean && scalars.truth.is_empty();
            match (alone, nothing) {
                (true, _) => Some(Spelling::One),
                (false, true) => Some(Spelling::False),
                (false, false) => None,
            }
        }
        (Kind::Object | Kind::String, Kind::Boolean) => {
            scalars.truth.is_empty().then_some(Spelling::False)
        }
        _ => None,
    };
    let read = |other: &Kind| Some((*other, spelling(*other)?));
    others.iter().filter_map(read).collect()
}

fn has_texts(position: &Position) -> bool {
    let string = position.scalars.string.as_ref();
    string.is_some_and(|string| !string.values.is_empty())
}

fn has_no_elements(positions: &Positions, position: &Position) -> bool {
    position
        .array
        .as_ref()
        .is_some_and(|array| positions.get(array.item).first().is_none())
}

fn is_code(key: &str) -> bool {
    let words = name::words(key);
    let last = words.last().map_or("", String::as_str);
    matches!(
        last,
        "id" | "number" | "code" | "no" | "ids" | "numbers" | "codes"
    )
}

/// Lets an object that stands where a list of such objects stands elsewhere be an element of the list. Answers whether
/// there was one.
pub fn one_or_many(positions: &mut Positions) -> bool {
    let found: Vec<PositionId> = positions
        .all()
        .filter(|(_, position)| {
            let record = position.object.as_ref().is_some_and(|o| o.is_record());
            let item = position
                .array
                .as_ref()
                .map(|array| positions.get(array.item));
            record && item.is_some_and(|item| item.kinds() == [Kind::Object])
        })
        .map(|(id, _)| id)
        .collect();
    for id in &found {
        positions.move_into_list(*id);
    }
    !found.is_empty()
}
