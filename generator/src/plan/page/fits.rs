//! Whether a sample is what the planned types say, as strictly as the runtime reads: only then it can be a test.

use super::super::context::Context;
use super::super::schema::{ValueKind, constant_value, least_elements, value_kind};
use crate::model::{
    Additional, Literal, ObjectShape, Property, SchemaId, Shape, StringFormat, UnionShape,
};
use std::collections::{BTreeMap, BTreeSet};

/// The place where a sample differs from its types, as a path: `users[0].role`.
pub(super) fn misfit(context: &Context<'_>, id: SchemaId, sample: &Literal) -> Option<String> {
    let mut walk = Walk::default();
    if fits(context, id, sample, &mut walk) {
        return None;
    }
    let mut text = String::new();
    for step in walk.path.iter().rev() {
        let dot = if text.is_empty() || step.starts_with('[') {
            ""
        } else {
            "."
        };
        text.push_str(dot);
        text.push_str(step);
    }
    Some(text)
}

/// A walk over a sample.
#[derive(Default)]
struct Walk<'c> {
    /// The steps to the place where the sample does not fit, the deepest first.
    path: Vec<String>,
    /// The properties of the objects on the way, by name: a list may hold many of one type.
    properties: BTreeMap<SchemaId, BTreeMap<&'c str, &'c Property>>,
}

/// On failure the path holds the steps to the place, the deepest first. The recursion goes as deep as the sample.
fn fits<'c>(context: &'c Context<'_>, id: SchemaId, sample: &Literal, walk: &mut Walk<'c>) -> bool {
    let schema = context.schema(id);
    if *sample == Literal::Null {
        return schema.nullable || is_any(&schema.shape);
    }
    match (&schema.shape, sample) {
        (shape, _) if is_any(shape) => true,
        (Shape::Boolean, Literal::Boolean(_)) => true,
        (Shape::Integer { unsigned: false }, Literal::Number(text)) => text.parse::<i64>().is_ok(),
        (Shape::Integer { unsigned: true }, Literal::Number(text)) => text.parse::<u64>().is_ok(),
        (Shape::Number, Literal::Number(text)) => text.parse::<f64>().is_ok_and(f64::is_finite),
        (Shape::String(StringFormat::Decimal), Literal::Number(_)) => true,
        (Shape::String(_), Literal::String(_)) => true,
        // Both kinds of enumeration are open.
        (Shape::Enum(values), Literal::String(_)) => values
            .values
            .iter()
            .any(|value| matches!(value.value, Literal::String(_))),
        (Shape::Enum(values), sample) if value_kind(values) == Some(ValueKind::Values) => {
            !matches!(sample, Literal::Array(_) | Literal::Object(_))
        }
        (Shape::Enum(values), Literal::Number(text)) => {
            let integers = values
                .values
                .iter()
                .any(|value| matches!(value.value, Literal::Number(_)));
            integers && text.parse::<i64>().is_ok()
        }
        (Shape::Tuple(elements), Literal::Array(items)) => {
            let least = least_elements(schema, elements.len());
            (least..=elements.len()).contains(&items.len())
                && elements
                    .iter()
                    .zip(items)
                    .enumerate()
                    .all(|(at, (element, item))| {
                        let fits = fits(context, *element, item, walk);
                        if !fits {
                            walk.path.push(format!("[{at}]"));
                        }
                        fits
                    })
        }
        (Shape::Array(inner), Literal::Array(items)) => {
            items.iter().enumerate().all(|(at, item)| {
                let fits = fits(context, *inner, item, walk);
                if !fits {
                    walk.path.push(format!("[{at}]"));
                }
                fits
            })
        }
        (Shape::Map(inner), Literal::Object(members)) => members
            .iter()
            .all(|(name, value)| member_fits(context, *inner, name, value, walk)),
        (Shape::Object(object), Literal::Object(members)) => {
            object_fits(context, id, object, members, walk)
        }
        (Shape::Union(union), sample) => union_fits(context, union, sample),
        _ => false,
    }
}

fn is_any(shape: &Shape) -> bool {
    matches!(shape, Shape::Any | Shape::Never | Shape::Sampled(_))
}

fn member_fits<'c>(
    context: &'c Context<'_>,
    id: SchemaId,
    name: &str,
    value: &Literal,
    walk: &mut Walk<'c>,
) -> bool {
    let fits = fits(context, id, value, walk);
    if !fits {
        walk.path.push(name.to_owned());
    }
    fits
}

fn object_fits<'c>(
    context: &'c Context<'_>,
    id: SchemaId,
    object: &'c ObjectShape,
    members: &[(String, Literal)],
    walk: &mut Walk<'c>,
) -> bool {
    let (sent, received) = (context.only_sent(id), context.only_received(id));
    let both = !sent && !received;
    let there: BTreeSet<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    for property in object.properties.iter().filter(|known| known.required) {
        let absent = !there.contains(property.name.as_str());
        if absent && !(both && property.read_only) {
            walk.path.push(property.name.clone());
            return false;
        }
    }
    members.iter().all(|(name, value)| {
        let properties = walk.properties.entry(id).or_insert_with(|| {
            let properties = object.properties.iter().rev();
            properties
                .map(|property| (property.name.as_str(), property))
                .collect()
        });
        let known = properties.get(name.as_str()).copied();
        // Such a member has no place in the type.
        let known = known
            .filter(|property| !(sent && property.read_only || received && property.write_only));
        match known {
            Some(property) => {
                let constant = constant_value(context, id, property);
                let fits = match constant {
                    Some(constant) => *value == Literal::String(constant.to_owned()),
                    None => return member_fits(context, property.schema, name, value, walk),
                };
                if !fits {
                    walk.path.push(name.clone());
                }
                fits
            }
            None => {
                if let Additional::Schema(inner) = object.additional {
                    return member_fits(context, inner, name, value, walk);
                }
                // An object of which no member is known is a map of anything.
                let map = object.properties.is_empty();
                if !map {
                    walk.path.push(name.clone());
                }
                map
            }
        }
    })
}

/// Whether a variant takes the sample, and no other does that the tag does not exclude.
fn union_fits(context: &Context<'_>, union: &UnionShape, sample: &Literal) -> bool {
    if union.external {
        let Literal::Object(members) = sample else {
            return false;
        };
        let [(tag, value)] = members.as_slice() else {
            return false;
        };
        let mut variants = union.variants.iter();
        return variants
            .find(|variant| variant.tags.first() == Some(tag))
            .is_some_and(|variant| fits(context, variant.schema, value, &mut Walk::default()));
    }
    let tag = match (&union.discriminator, sample) {
        (Some(name), Literal::Object(members)) => members
            .iter()
            .find(|(member, _)| member == name)
            .and_then(|(_, value)| value.as_tag()),
        _ => None,
    };
    union.variants.iter().any(|variant| {
        let tagged = match &tag {
            Some(tag) => variant.tags.iter().any(|known| known.as_str() == &**tag),
            None => union.discriminator.is_none() || !matches!(sample, Literal::Object(_)),
        };
        let tagged = tagged || variant.default;
        tagged && fits(context, variant.schema, sample, &mut Walk::default())
    })
}
