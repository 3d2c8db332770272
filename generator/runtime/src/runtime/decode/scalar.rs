//! Puts a single string, number, boolean or null into a slot.

use super::union::{OTHER, put_other, put_tagged};
use super::{Decoding, IssueKind, Misfit};
use crate::runtime::Decimal;
use crate::runtime::model::{Kind, Opt, SlotMut, Union};
use bytes::Bytes;
use serde_json::{Number, Value};

/// Above this not every integer is an `f64`.
pub(super) const EXACT: f64 = 9_007_199_254_740_992.0;

pub(super) enum Scalar<'a> {
    Null,
    Bool(bool),
    I64(i64),
    U64(u64),
    F64(f64),
    Str(&'a str),
}

impl Scalar<'_> {
    pub(super) fn into_value(self) -> Value {
        match self {
            Scalar::Null => Value::Null,
            Scalar::Bool(value) => value.into(),
            Scalar::I64(value) => value.into(),
            Scalar::U64(value) => value.into(),
            Scalar::F64(value) => value.into(),
            Scalar::Str(value) => value.into(),
        }
    }

    /// The integer this is, also if it came as `12.0`.
    fn as_i64(&self) -> Option<i64> {
        match *self {
            Scalar::I64(value) => Some(value),
            Scalar::U64(value) => i64::try_from(value).ok(),
            Scalar::F64(value) if value.fract() == 0.0 && value.abs() <= EXACT => {
                Some(value as i64)
            }
            _ => None,
        }
    }

    fn as_u64(&self) -> Option<u64> {
        match *self {
            Scalar::U64(value) => Some(value),
            _ => self.as_i64().and_then(|value| u64::try_from(value).ok()),
        }
    }

    /// A number in JSON, with all the digits that count.
    fn number_text(&self) -> Option<String> {
        match *self {
            Scalar::I64(value) => Some(value.to_string()),
            Scalar::U64(value) => Some(value.to_string()),
            Scalar::F64(value) => Number::from_f64(value).map(|number| number.to_string()),
            _ => None,
        }
    }

    fn as_f64(&self) -> Option<f64> {
        match *self {
            Scalar::I64(value) => Some(value as f64),
            Scalar::U64(value) => Some(value as f64),
            Scalar::F64(value) => Some(value),
            _ => None,
        }
    }
}

/// Fills an `Option`-like slot and empties it again if the content does not fit.
#[inline]
pub(super) fn fill_optional<E>(
    optional: &mut dyn Opt,
    fill: impl FnOnce(SlotMut<'_>) -> Result<Misfit, E>,
) -> Result<Misfit, E> {
    let misfit = fill(optional.fill())?;
    if misfit.is_some() {
        optional.clear();
    }
    Ok(misfit)
}

#[inline]
pub(super) fn put(slot: SlotMut<'_>, scalar: Scalar<'_>, decoding: &mut Decoding) -> Misfit {
    match (slot, scalar) {
        (SlotMut::Opt(optional), Scalar::Null) => {
            optional.clear();
            None
        }
        (SlotMut::Opt(optional), scalar) => {
            let misfit = match optional.fill() {
                slot @ SlotMut::Opt(_) => put(slot, scalar, decoding),
                slot => put_plain(slot, scalar, decoding),
            };
            if misfit.is_some() {
                optional.clear();
            }
            misfit
        }
        (slot, scalar) => put_plain(slot, scalar, decoding),
    }
}

fn put_plain(slot: SlotMut<'_>, scalar: Scalar<'_>, decoding: &mut Decoding) -> Misfit {
    match (slot, &scalar) {
        (SlotMut::Str(place), Scalar::Str(value)) => *place = (*value).to_owned(),
        (SlotMut::Decimal(place), Scalar::Str(value)) => *place = (*value).into(),
        (SlotMut::StringEnum(place), Scalar::Str(value)) => place.set(value),
        (SlotMut::Bool(place), Scalar::Bool(value)) => *place = *value,
        (SlotMut::Bytes(place), Scalar::Str(value)) => {
            *place = Bytes::copy_from_slice(value.as_bytes());
        }
        (SlotMut::ValueEnum(_), Scalar::Null) => return Some(Box::new(Value::Null)),
        (SlotMut::ValueEnum(place), _) => place.set(scalar.into_value()),
        (SlotMut::Json(place), _) => *place = scalar.into_value(),
        (SlotMut::Union(union), _) => put_union(union, scalar, decoding),
        (SlotMut::Tagged(union), _) => {
            return put_tagged(union, scalar.into_value(), decoding);
        }
        (SlotMut::Ignore, _) => {}
        (slot, _) => return put_number(slot, scalar),
    }
    None
}

fn put_number(slot: SlotMut<'_>, scalar: Scalar<'_>) -> Misfit {
    match slot {
        SlotMut::I64(place) => scalar.as_i64().map(|value| *place = value),
        SlotMut::U64(place) => scalar.as_u64().map(|value| *place = value),
        SlotMut::F64(place) => scalar.as_f64().map(|value| *place = value),
        SlotMut::IntegerEnum(place) => scalar.as_i64().map(|value| place.set(value)),
        SlotMut::Decimal(place) => {
            let text = scalar.number_text();
            text.map(|text| *place = Decimal::number(text))
        }
        _ => None,
    }
    .map_or_else(|| Some(Box::new(scalar.into_value())), |()| None)
}

fn put_union(union: &mut dyn Union, scalar: Scalar<'_>, decoding: &mut Decoding) {
    let variants = union.choices().variants;
    let of = |kind: Kind| variants.iter().position(|variant| variant.kind == kind);
    let index = match scalar {
        Scalar::Str(text) => variants
            .iter()
            .position(|variant| variant.kind == Kind::Str && variant.tags.contains(&text))
            .or_else(|| {
                variants
                    .iter()
                    .position(|variant| variant.kind == Kind::Str && variant.tags.is_empty())
            })
            .or_else(|| of(Kind::Str)),
        Scalar::Bool(_) => of(Kind::Bool),
        Scalar::I64(_) | Scalar::U64(_) => of(Kind::Int).or_else(|| of(Kind::Num)),
        Scalar::F64(_) => of(Kind::Num).or_else(|| of(Kind::Int)),
        Scalar::Null => None,
    };
    if index.is_none() {
        decoding.note_strict(IssueKind::UnknownVariant, None);
    }
    let misfit = put(union.choose(index.unwrap_or(OTHER)), scalar, decoding);
    if let Some(value) = misfit {
        put_other(union, *value);
    }
}
