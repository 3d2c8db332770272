//! Alternatives without parts to one for each kind: texts and enumerations of texts are one open enumeration.

use super::{Found, Unions};
use crate::model::{EnumValue, Enumeration, Literal, SchemaId, Shape, StringFormat, Variant};

/// Kinds of values between which JSON tells a difference.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Boolean,
}

/// Lists of values of several kinds to a list for each: only so one kind can be told from others.
fn split(unions: &mut Unions<'_>, id: SchemaId, found: &mut Found) {
    let mut variants = Vec::new();
    for variant in std::mem::take(&mut found.variants) {
        let schema = unions.schema(variant.schema);
        let values = match &schema.shape {
            Shape::Enum(list) if kind_of(&schema.shape).is_none() => list.values.clone(),
            _ => {
                variants.push(variant);
                continue;
            }
        };
        let of = |kind: fn(&Literal) -> bool| -> Vec<EnumValue> {
            let values = values.iter().filter(|value| kind(&value.value));
            values.cloned().collect()
        };
        let texts = of(|value| matches!(value, Literal::String(_)));
        let numbers = of(|value| matches!(value, Literal::Number(_)));
        let booleans = of(|value| matches!(value, Literal::Boolean(_)));
        let list = |values: Vec<EnumValue>| {
            (!values.is_empty()).then_some(Shape::Enum(Enumeration { values }))
        };
        let boolean = (!booleans.is_empty()).then_some(Shape::Boolean);
        for shape in [list(texts), list(numbers), boolean].into_iter().flatten() {
            variants.push(Variant {
                schema: unions.like(id, shape),
                ..Variant::default()
            });
        }
    }
    found.variants = variants;
}

pub(super) fn join(unions: &mut Unions<'_>, id: SchemaId, found: &mut Found) {
    split(unions, id, found);
    for kind in [Kind::Text, Kind::Number, Kind::Boolean] {
        let of_kind = |unions: &Unions<'_>, variant: &Variant| {
            kind_of(&unions.schema(variant.schema).shape) == Some(kind)
        };
        let several: Vec<Variant> = found
            .variants
            .iter()
            .filter(|variant| of_kind(unions, variant))
            .cloned()
            .collect();
        if several.len() < 2 {
            continue;
        }
        let shape = joined(unions, &several, kind);
        let alone = several.len() == found.variants.len();
        let schema = unions.like(id, shape);
        if alone {
            // The union is this scalar, under its own name.
            let names = unions.schema(id).names.clone();
            let docs = unions.schema(id).docs.clone();
            if let Some(joined) = unions.model.schemas.get_mut(schema) {
                joined.names = names;
                joined.docs = docs;
            }
        }
        let at = found
            .variants
            .iter()
            .position(|variant| of_kind(unions, variant));
        let mut kept = Vec::new();
        for (place, variant) in std::mem::take(&mut found.variants).into_iter().enumerate() {
            if Some(place) == at {
                kept.push(Variant {
                    schema,
                    ..Variant::default()
                });
            } else if !of_kind(unions, &variant) {
                kept.push(variant);
            }
        }
        found.variants = kept;
    }
}

fn kind_of(shape: &Shape) -> Option<Kind> {
    Some(match shape {
        Shape::String(_) => Kind::Text,
        Shape::Integer { .. } | Shape::Number => Kind::Number,
        Shape::Boolean => Kind::Boolean,
        Shape::Enum(enumeration) => {
            let mut kinds = enumeration.values.iter().map(|value| match value.value {
                Literal::String(_) => Some(Kind::Text),
                Literal::Number(_) => Some(Kind::Number),
                Literal::Boolean(_) => Some(Kind::Boolean),
                _ => None,
            });
            let first = kinds.next()??;
            kinds.all(|kind| kind == Some(first)).then_some(first)?
        }
        _ => return None,
    })
}

/// The one shape of several of one kind.
fn joined(unions: &Unions<'_>, several: &[Variant], kind: Kind) -> Shape {
    let mut values: Vec<EnumValue> = Vec::new();
    for variant in several {
        let schema = unions.schema(variant.schema);
        let Shape::Enum(enumeration) = &schema.shape else {
            continue;
        };
        for value in &enumeration.values {
            if values.iter().any(|known| known.value == value.value) {
                continue;
            }
            let mut value = value.clone();
            // An alternative for one value tells about that value.
            if enumeration.values.len() == 1 {
                value.name = value.name.or_else(|| variant.name.clone());
                if value.docs.is_empty() {
                    value.docs = schema.docs.clone();
                }
            }
            values.push(value);
        }
    }
    let shapes = || {
        several
            .iter()
            .map(|variant| &unions.schema(variant.schema).shape)
    };
    match kind {
        Kind::Boolean => Shape::Boolean,
        Kind::Number if shapes().any(|shape| *shape == Shape::Number) => Shape::Number,
        _ if !values.is_empty() => Shape::Enum(Enumeration { values }),
        Kind::Number => Shape::Integer {
            unsigned: shapes().all(|shape| *shape == Shape::Integer { unsigned: true }),
        },
        Kind::Text => {
            let mut formats = shapes().filter_map(|shape| match shape {
                Shape::String(format) => Some(format),
                _ => None,
            });
            let first = formats.next().cloned().unwrap_or_default();
            match formats.all(|format| *format == first) {
                true => Shape::String(first),
                false => Shape::String(StringFormat::Plain),
            }
        }
    }
}
