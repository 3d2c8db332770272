//! Schemas to whether they are one: equal types are recognised by their structure.

use super::super::context::Context;
use crate::model::{SchemaId, Shape};
use std::collections::BTreeSet;

/// Whether two schemas allow the same values, as far as their types show it.
pub(in crate::plan) fn same_shape(context: &Context<'_>, a: SchemaId, b: SchemaId) -> bool {
    let mut compared = BTreeSet::new();
    let mut open = vec![(a, b)];
    while let Some((a, b)) = open.pop() {
        if a == b || !compared.insert((a, b)) {
            continue;
        }
        let (first, second) = (context.schema(a), context.schema(b));
        if first.nullable != second.nullable || first.spellings != second.spellings {
            return false;
        }
        match (&first.shape, &second.shape) {
            (Shape::Array(a), Shape::Array(b)) | (Shape::Map(a), Shape::Map(b)) => {
                open.push((*a, *b))
            }
            (Shape::Object(a), Shape::Object(b)) => {
                if a.properties.len() != b.properties.len() {
                    return false;
                }
                for (a, b) in a.properties.iter().zip(&b.properties) {
                    if a.name != b.name || a.required != b.required {
                        return false;
                    }
                    open.push((a.schema, b.schema));
                }
            }
            (Shape::Enum(a), Shape::Enum(b)) => {
                if !a
                    .values
                    .iter()
                    .map(|value| &value.value)
                    .eq(b.values.iter().map(|value| &value.value))
                {
                    return false;
                }
            }
            (Shape::Union(a), Shape::Union(b)) => {
                if a.variants.len() != b.variants.len() || a.external != b.external {
                    return false;
                }
                open.extend(
                    a.variants
                        .iter()
                        .zip(&b.variants)
                        .map(|(a, b)| (a.schema, b.schema)),
                );
            }
            (a, b) => {
                if a != b {
                    return false;
                }
            }
        }
    }
    true
}
