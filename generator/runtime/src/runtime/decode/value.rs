//! Fills a slot from a value that is at hand already; each value is moved once, so this is linear.

use super::object::{Seen, put_member};
use super::scalar::{Scalar, put};
use super::spelling::as_described;
use super::union::{put_tagged, put_union};
use super::{Decoding, IssueKind, Misfit, Segment};
use crate::runtime::encode::to_value;
use crate::runtime::model::{Map, Node, Seq, SlotMut, Spellings, Tuple};
use bytes::Bytes;
use serde_json::{Number, Value};

pub(super) fn fill(slot: SlotMut<'_>, value: Value, decoding: &mut Decoding) -> Misfit {
    let value = match decoding.spellings.is_none() {
        true => value,
        false => as_described(&slot, value, decoding.spellings),
    };
    match (slot, value) {
        (SlotMut::Json(place), value) => *place = value,
        (SlotMut::Ignore, _) => {}
        (SlotMut::Opt(optional), Value::Null) => optional.clear(),
        (SlotMut::Opt(optional), value) => {
            let misfit = fill(optional.fill(), value, decoding);
            if misfit.is_some() {
                optional.clear();
            }
            return misfit;
        }
        (SlotMut::Seq(seq), value)
            if decoding.spellings.has(Spellings::ONE) && !value.is_array() && !value.is_null() =>
        {
            return fill_one(seq, value, decoding);
        }
        (SlotMut::Tagged(union), value) => return put_tagged(union, value, decoding),
        (SlotMut::Str(place), Value::String(text)) => *place = text,
        (SlotMut::Bytes(place), Value::String(text)) => *place = Bytes::from(text),
        (slot, Value::String(text)) => return put(slot, Scalar::Str(&text), decoding),
        (slot, Value::Bool(value)) => return put(slot, Scalar::Bool(value), decoding),
        (slot, Value::Null) => return put(slot, Scalar::Null, decoding),
        (slot, Value::Number(number)) => return put_number(slot, number, decoding),
        (SlotMut::Seq(seq), Value::Array(values)) => return fill_seq(seq, values, decoding),
        (SlotMut::Tuple(tuple), Value::Array(values)) => {
            return fill_tuple(tuple, values, decoding);
        }
        (SlotMut::Map(map), Value::Object(members)) => return fill_map(map, members, decoding),
        (SlotMut::Obj(object), Value::Object(members)) => {
            let mut seen = Seen::default();
            for (key, value) in members {
                put_member(object, &key, value, decoding, &mut seen);
            }
            seen.finish(object, decoding);
        }
        (SlotMut::Union(union), value) => put_union(union, value, decoding),
        (_, value) => return Some(Box::new(value)),
    }
    None
}

fn put_number(slot: SlotMut<'_>, number: Number, decoding: &mut Decoding) -> Misfit {
    let scalar = if let Some(value) = number.as_i64() {
        Scalar::I64(value)
    } else if let Some(value) = number.as_u64() {
        Scalar::U64(value)
    } else if let Some(value) = number.as_f64() {
        Scalar::F64(value)
    } else {
        return Some(Box::new(Value::Number(number)));
    };
    put(slot, scalar, decoding)
}

fn fill_seq(seq: &mut dyn Seq, values: Vec<Value>, decoding: &mut Decoding) -> Misfit {
    seq.clear();
    let mut misfits = Vec::new();
    for (index, value) in values.into_iter().enumerate() {
        let known = decoding.issues.len();
        if let Some(value) = fill(seq.push(), value, decoding) {
            decoding.note(IssueKind::WrongKind, None);
            misfits.push((index, *value));
        }
        decoding.prefix(known, || Segment::Index(index));
    }
    keep_list(seq, misfits)
}

/// A list whose elements have a type each. One with other elements than described becomes a misfit as a whole: more of
/// them, fewer where none may be left out, or some of the wrong kind.
fn fill_tuple(tuple: &mut dyn Tuple, values: Vec<Value>, decoding: &mut Decoding) -> Misfit {
    tuple.clear();
    let fits = values.len() <= tuple.places();
    let left_out = |index| matches!(tuple.at(index), Node::Absent);
    if !fits || !(values.len()..tuple.places()).all(left_out) {
        return Some(Box::new(Value::Array(values)));
    }
    let mut misfits = Vec::new();
    for (index, value) in values.into_iter().enumerate() {
        let known = decoding.issues.len();
        if let Some(value) = fill(tuple.place(index), value, decoding) {
            decoding.note(IssueKind::WrongKind, None);
            misfits.push((index, *value));
        }
        decoding.prefix(known, || Segment::Index(index));
    }
    let tuple: &mut dyn Seq = tuple;
    keep_list(tuple, misfits)
}

/// An element that stands alone where its list is described.
fn fill_one(seq: &mut dyn Seq, value: Value, decoding: &mut Decoding) -> Misfit {
    seq.clear();
    let known = decoding.issues.len();
    let misfit = fill(seq.push(), value, decoding);
    if misfit.is_some() {
        seq.clear();
    }
    decoding.prefix(known, || Segment::Index(0));
    misfit
}

fn fill_map(
    map: &mut dyn Map,
    members: serde_json::Map<String, Value>,
    decoding: &mut Decoding,
) -> Misfit {
    map.clear();
    let mut misfits = Vec::new();
    for (key, value) in members {
        let known = decoding.issues.len();
        if let Some(value) = fill(map.entry(&key), value, decoding) {
            decoding.note(IssueKind::WrongKind, None);
            misfits.push((key.clone(), *value));
        }
        decoding.prefix(known, || Segment::Key(key.clone().into()));
    }
    keep_entries(map, misfits)
}

/// A list with elements of the wrong kind becomes a misfit as a whole, with all its elements.
pub(super) fn keep_list(seq: &mut dyn Seq, misfits: Vec<(usize, Value)>) -> Misfit {
    if misfits.is_empty() {
        return None;
    }
    let mut misfits = misfits.into_iter().peekable();
    let element = |index: usize| match misfits.next_if(|(position, _)| *position == index) {
        Some((_, value)) => value,
        None => to_value(seq.at(index)),
    };
    let all = (0..seq.len()).map(element).collect();
    seq.clear();
    Some(Box::new(Value::Array(all)))
}

/// A map with entries of the wrong kind becomes a misfit as a whole, with all its entries.
pub(super) fn keep_entries(map: &mut dyn Map, misfits: Vec<(String, Value)>) -> Misfit {
    if misfits.is_empty() {
        return None;
    }
    let mut all = match to_value(Node::Map(map)) {
        Value::Object(members) => members,
        _ => serde_json::Map::new(),
    };
    all.extend(misfits);
    map.clear();
    Some(Box::new(Value::Object(all)))
}
