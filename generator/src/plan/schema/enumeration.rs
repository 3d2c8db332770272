//! Lists of values to open enumerations.

use super::super::context::Context;
use super::super::docs::Doc;
use super::graph::value_kind;
use super::{EnumeratedValue, Item, Types, ValueEnum, ValueKind, side_by_side, way};
use crate::diagnostic::Diagnostics;
use crate::model::{Enumeration, Literal, SchemaId};
use crate::names::{self, Case, RustIdent};
use std::collections::BTreeSet;

pub(super) fn plan_enum(
    context: &Context<'_>,
    types: &Types,
    id: SchemaId,
    enumeration: &Enumeration,
    name: RustIdent,
    docs: Doc,
    diagnostics: &mut Diagnostics,
) -> Item {
    let schema = context.schema(id);
    let mut values: Vec<(String, EnumeratedValue, Doc)> = Vec::new();
    let mut kept = Vec::new();
    let mut known = BTreeSet::new();
    for value in &enumeration.values {
        let wire = match &value.value {
            Literal::String(text) => EnumeratedValue::Text(text.clone()),
            Literal::Number(text) => match text.parse() {
                Ok(number) => EnumeratedValue::Integer(number),
                Err(_) if text.parse::<f64>().is_ok_and(f64::is_finite) => {
                    EnumeratedValue::Number(text.clone())
                }
                Err(_) => continue,
            },
            Literal::Boolean(value) => EnumeratedValue::Boolean(*value),
            _ => continue,
        };
        if !known.insert(wire.clone()) {
            continue;
        }
        let text = match (&value.name, &wire) {
            (Some(name), _) if !names::words(name).is_empty() => name.clone(),
            (_, EnumeratedValue::Text(text)) => text.clone(),
            (_, EnumeratedValue::Integer(number)) if *number < 0 => {
                format!("minus {}", number.unsigned_abs())
            }
            (_, EnumeratedValue::Integer(number)) => format!("value {number}"),
            (_, EnumeratedValue::Number(number)) => number_words(number),
            (_, EnumeratedValue::Boolean(value)) => value.to_string(),
        };
        kept.push(types.kept(context, id, &way::value(&value.value)));
        values.push((text, wire, Doc::of(&value.docs)));
    }
    let texts: Vec<&str> = values.iter().map(|(text, _, _)| text.as_str()).collect();
    let names = side_by_side(
        &texts,
        &kept,
        Case::Pascal,
        &["Other", "Self"],
        diagnostics,
        |_| schema.origins.first(),
    );
    let kind = value_kind(enumeration).unwrap_or(ValueKind::Values);
    let variants = names
        .into_iter()
        .zip(values)
        .map(|(name, (_, wire, docs))| (name, wire, docs))
        .collect();
    Item::ValueEnum(ValueEnum {
        name,
        key: String::new(),
        docs,
        variants,
        kind,
    })
}

/// `2.5` is `value 2 point 5`.
fn number_words(number: &str) -> String {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("minus", digits),
        None => ("value", number),
    };
    format!("{sign} {}", digits.replace('.', " point "))
}
