//! Members that have one value, such as the tag of a union's variant, to what is sent without a field.

use super::super::context::Context;
use super::super::docs::{Doc, code};
use crate::model::schema::Authority;
use crate::model::{Literal, Property, SchemaId, Shape};

/// Words that name what kind of thing an object is.
const TAGS: [&str; 3] = ["kind", "object", "type"];

/// The only value of a member that is always there and says nothing but what kind of thing its object is. Other lists of
/// one value are enumerations: they may grow.
pub(in crate::plan) fn value<'a>(
    context: &Context<'a>,
    object: SchemaId,
    property: &'a Property,
) -> Option<&'a str> {
    let schema = context.schema(property.schema);
    if !property.required || schema.nullable || schema.authority != Authority::Declared {
        return None;
    }
    let Shape::Enum(enumeration) = &schema.shape else {
        return None;
    };
    let [only] = enumeration.values.as_slice() else {
        return None;
    };
    let Literal::String(text) = &only.value else {
        return None;
    };
    let tells =
        TAGS.contains(&property.name.as_str()) || context.facts.is_tag(object, &property.name);
    tells.then_some(text.as_str())
}

/// The documentation of a type with a sentence about such members.
pub(super) fn said(docs: Doc, constants: &[(String, String)]) -> Doc {
    let all: Vec<String> = constants
        .iter()
        .map(|(name, value)| format!("{} is always {}", code(name), code(value)))
        .collect();
    match all.is_empty() {
        true => docs,
        false => docs.and(format!("{}.", all.join(", and "))),
    }
}
