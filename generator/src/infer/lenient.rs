//! Kinds that exclude each other to one kind, where they are known spellings of one value.

use super::kind::Kind;
use super::name;
use super::position::{Position, PositionId, Positions};
use crate::model::evidence::Format;

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
    match chosen.as_slice() {
        // 0 and 1 for false and true.
        [Kind::Boolean, Kind::Integer] => {
            let integer = scalars.integer.as_ref();
            if integer.is_some_and(|i| !i.beyond && i.min >= 0 && i.max <= 1) {
                drop_kind(&mut chosen, Kind::Integer);
            }
        }
        // False where there is nothing.
        [Kind::Object, Kind::Boolean] | [Kind::Boolean, Kind::String]
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
