//! Schemas that turn out to be other schemas: every reference to them becomes one to what they are.

use crate::model::{Model, SchemaId, Shape};
use std::collections::BTreeMap;

/// What some schemas are instead.
#[derive(Default)]
pub(super) struct Aliases(BTreeMap<SchemaId, SchemaId>);

impl Aliases {
    /// Notes that a schema is another one. What would close a circle is left out.
    pub(super) fn add(&mut self, id: SchemaId, other: SchemaId) {
        // The end of the chain is noted, so that chains stay short.
        let end = self.get(other);
        if end != id {
            self.0.insert(id, end);
        }
    }

    /// What a schema is in the end.
    pub(super) fn get(&self, mut id: SchemaId) -> SchemaId {
        // A chain has no schema twice, as `add` closes no circle.
        while let Some(other) = self.0.get(&id) {
            id = *other;
        }
        id
    }

    /// What each of the schemas is in the end, in one walk along all chains.
    fn ends(&self) -> BTreeMap<SchemaId, SchemaId> {
        let mut ends: BTreeMap<SchemaId, SchemaId> = BTreeMap::new();
        for id in self.0.keys() {
            let mut chain = Vec::new();
            let mut at = *id;
            let end = loop {
                if let Some(end) = ends.get(&at) {
                    break *end;
                }
                let Some(next) = self.0.get(&at) else {
                    break at;
                };
                chain.push(at);
                at = *next;
            };
            ends.extend(chain.into_iter().map(|id| (id, end)));
        }
        ends
    }

    /// Makes every reference lead to what its schema is. Text that stands at the schema goes to the property that holds it.
    pub(super) fn apply(&self, model: &mut Model) {
        if self.0.is_empty() {
            return;
        }
        let ends = self.ends();
        let end = |id: SchemaId| ends.get(&id).copied().unwrap_or(id);
        let docs: BTreeMap<SchemaId, _> = self
            .0
            .keys()
            .map(|id| {
                let schema = model.schemas.get(*id);
                (*id, (schema.docs.clone(), schema.deprecated))
            })
            .collect();
        model.for_each_root(|id| *id = end(*id));
        for id in (0..model.schemas.len() as u32).map(SchemaId) {
            let Some(schema) = model.schemas.get_mut(id) else {
                continue;
            };
            if let Shape::Object(object) = &mut schema.shape {
                for property in &mut object.properties {
                    if let Some((docs, deprecated)) = docs.get(&property.schema) {
                        if property.docs.is_empty() {
                            property.docs = docs.clone();
                        }
                        property.deprecated |= deprecated;
                    }
                }
            }
            schema.shape.for_each_child(|child| *child = end(*child));
        }
    }
}
