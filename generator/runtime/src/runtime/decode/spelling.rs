//! Turns other spellings of a value, which the server is known to use, into the one that is described.

use super::scalar::EXACT;
use crate::runtime::model::{SlotMut, Spellings};
use serde_json::{Number, Value};

/// The value as a slot wants it, if it is another spelling of one; else the value as it came.
///
/// Nothing is converted that says less afterwards: a text with leading zeros is no number, and a
/// number whose digits were rounded is no text.
#[cold]
pub(super) fn as_described(slot: &SlotMut<'_>, value: Value, spellings: Spellings) -> Value {
    let described = match (slot, &value) {
        (SlotMut::Opt(_), Value::Bool(false)) if spellings.has(Spellings::FALSE) => {
            Some(Value::Null)
        }
        (SlotMut::Opt(_), Value::String(text))
            if text.is_empty() && spellings.has(Spellings::EMPTY) =>
        {
            Some(Value::Null)
        }
        (SlotMut::Bool(_), Value::Number(number)) if spellings.has(Spellings::NUMBER) => {
            boolean(&number.to_string())
        }
        (SlotMut::Bool(_), Value::String(text)) if spellings.has(Spellings::TEXT) => boolean(text),
        (SlotMut::F64(_), Value::String(text)) if spellings.has(Spellings::TEXT) => number(text),
        (SlotMut::I64(_) | SlotMut::U64(_) | SlotMut::IntegerEnum(_), Value::String(text))
            if spellings.has(Spellings::TEXT) =>
        {
            number(text).filter(is_whole)
        }
        (SlotMut::Str(_) | SlotMut::StringEnum(_), Value::Number(number))
            if spellings.has(Spellings::NUMBER) && !is_rounded(number) =>
        {
            Some(Value::String(number.to_string()))
        }
        (SlotMut::Map(_) | SlotMut::Obj(_), Value::Array(elements))
            if spellings.has(Spellings::EMPTY_LIST) && elements.is_empty() =>
        {
            Some(Value::Object(serde_json::Map::new()))
        }
        _ => None,
    };
    described.unwrap_or(value)
}

fn boolean(text: &str) -> Option<Value> {
    match text {
        "0" | "false" => Some(Value::Bool(false)),
        "1" | "true" => Some(Value::Bool(true)),
        _ => None,
    }
}

fn number(text: &str) -> Option<Value> {
    let number: Option<Number> = serde_json::from_str(text.trim()).ok();
    number.map(Value::Number)
}

fn is_whole(number: &Value) -> bool {
    let whole = |float: f64| float.fract() == 0.0 && float.abs() <= EXACT;
    !number.is_f64() || number.as_f64().is_some_and(whole)
}

/// Whether a number had more digits than were kept of it.
fn is_rounded(number: &Number) -> bool {
    let float = number.as_f64().filter(|_| number.is_f64());
    float.is_some_and(|float| float.fract() == 0.0 && float.abs() > EXACT)
}
