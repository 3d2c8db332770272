//! Unions of objects with one member each, under names of their own, to unions that are told apart by that name.

use crate::model::{Additional, Model, Schema, SchemaId, Shape, Variant};
use std::collections::BTreeSet;

/// `{"user": …}` or `{"teams": …}`, and nothing beside it: the member's value is what the alternative is about. Objects
/// that their author gave a name stay objects.
pub(super) fn find(model: &mut Model, id: SchemaId) {
    let Shape::Union(union) = &model.schemas.get(id).shape else {
        return;
    };
    if union.external || union.discriminator.is_some() || union.variants.len() < 2 {
        return;
    }
    let mut names = BTreeSet::new();
    let mut variants = Vec::new();
    for variant in &union.variants {
        let Some((name, schema)) = only_member(model, model.schemas.get(variant.schema)) else {
            return;
        };
        if !names.insert(name.to_owned()) {
            return;
        }
        variants.push(Variant {
            schema,
            tags: vec![name.to_owned()],
            ..Variant::default()
        });
    }
    if let Some(schema) = model.schemas.get_mut(id)
        && let Shape::Union(union) = &mut schema.shape
    {
        union.variants = variants;
        union.external = true;
    }
}

/// The member that an object has, and no other.
fn only_member<'m>(model: &Model, schema: &'m Schema) -> Option<(&'m str, SchemaId)> {
    let named = schema.names.iter().any(|name| name.distance == 0);
    let Shape::Object(object) = &schema.shape else {
        return None;
    };
    let [only] = object.properties.as_slice() else {
        return None;
    };
    let fits = !named
        && !schema.nullable
        && only.required
        && object.additional == Additional::Forbidden
        && !model.schemas.get(only.schema).nullable;
    fits.then_some((only.name.as_str(), only.schema))
}
