//! Which members tell objects of unions apart: their value says what the object is, and nothing else.

use crate::model::{Model, SchemaId, Shape};
use std::collections::BTreeSet;

/// The objects of unions with the names of their tags. Schemas of one structure are one.
pub(super) fn tags(model: &Model, representatives: &[SchemaId]) -> BTreeSet<(SchemaId, String)> {
    let same = |id: SchemaId| representatives.get(id.0 as usize).copied().unwrap_or(id);
    let mut tags = BTreeSet::new();
    for (_, schema) in model.schemas.iter() {
        let Shape::Union(union) = &schema.shape else {
            continue;
        };
        if let Some(tag) = &union.discriminator {
            let objects = union.variants.iter().map(|variant| same(variant.schema));
            tags.extend(objects.map(|object| (object, tag.clone())));
        }
    }
    tags
}
