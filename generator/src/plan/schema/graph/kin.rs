//! The objects of a model to those whose members are of one kind, as in `"links": {"first": {"href": …}, "next": …}`: each of
//! them is a link.

use super::super::super::context::Context;
use super::super::super::operation::same_shape;
use crate::model::{Property, SchemaId, Shape};
use crate::names;
use std::collections::{BTreeMap, BTreeSet};

/// What members of an object are called together, by the names of the members that each of them has.
pub(super) struct Kin(BTreeMap<String, BTreeSet<Vec<String>>>);

impl Kin {
    /// Looks for members that hold several records of one structure and nothing else.
    pub(super) fn find(context: &Context<'_>) -> Kin {
        let mut kin = Kin(BTreeMap::new());
        for (_, schema) in context.model.schemas.iter() {
            let Shape::Object(object) = &schema.shape else {
                continue;
            };
            for property in &object.properties {
                let Shape::Object(holder) = &context.schema(property.schema).shape else {
                    continue;
                };
                let properties: Vec<&Property> = holder.properties.iter().collect();
                if let (Some(word), Some(members)) =
                    (one_of(&property.name), equal_records(context, &properties))
                    && properties.len() > 1
                {
                    kin.0.entry(word).or_default().insert(members);
                }
            }
        }
        kin
    }

    /// What the members of an object under this name are called, if they are of one kind. A single member tells nothing
    /// by itself: elsewhere there must be several.
    pub(super) fn word(
        &self,
        context: &Context<'_>,
        name: &str,
        properties: &[&Property],
    ) -> Option<String> {
        let word = one_of(name)?;
        let members = equal_records(context, properties)?;
        self.0.get(&word)?.contains(&members).then_some(word)
    }
}

/// The singular of a name, if it is a plural.
fn one_of(name: &str) -> Option<String> {
    let mut words = names::words(name);
    let last = words.last_mut()?;
    let one = names::singular(last);
    if one == *last {
        return None;
    }
    *last = one;
    Some(words.join("_"))
}

/// The names of the members of all these records, if they are records of one structure.
fn equal_records(context: &Context<'_>, properties: &[&Property]) -> Option<Vec<String>> {
    let first = properties.first()?.schema;
    let equal = properties.iter().all(|property| {
        is_record(context, property.schema) && same_shape(context, first, property.schema)
    });
    let Shape::Object(record) = &context.schema(first).shape else {
        return None;
    };
    let members = record.properties.iter().map(|one| one.name.clone());
    equal.then(|| members.collect())
}

/// Whether a schema is an object that holds no other.
pub(super) fn is_record(context: &Context<'_>, id: SchemaId) -> bool {
    match &context.schema(id).shape {
        Shape::Object(object) => {
            !object.properties.is_empty()
                && object.properties.iter().all(|property| {
                    matches!(
                        context.schema(property.schema).shape,
                        Shape::Boolean | Shape::Integer { .. } | Shape::Number | Shape::String(_)
                    )
                })
        }
        _ => false,
    }
}
