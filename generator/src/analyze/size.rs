//! Which values are so big that what holds them should hold a pointer: a list of a hundred would be copied as it grows.

use crate::model::{Model, SchemaId, Shape, StringFormat};
use std::collections::{BTreeMap, BTreeSet};

/// The size in bytes above which a value lies elsewhere: about ten members that are text.
const BIG: usize = 256;

/// The edges (an object, union or tuple, what it holds by value) that lead to something big. Those in `cycles` are boxes
/// already. Schemas of one structure are one.
pub(super) fn boxed(
    model: &Model,
    representatives: &[SchemaId],
    cycles: &BTreeSet<(SchemaId, SchemaId)>,
) -> BTreeSet<(SchemaId, SchemaId)> {
    let mut sizes = Sizes {
        model,
        representatives,
        cycles,
        known: BTreeMap::new(),
        boxed: BTreeSet::new(),
    };
    for (id, schema) in model.schemas.iter() {
        if matches!(
            schema.shape,
            Shape::Object(_) | Shape::Union(_) | Shape::Tuple(_)
        ) {
            sizes.measure(id);
        }
    }
    sizes.boxed
}

struct Sizes<'m> {
    model: &'m Model,
    representatives: &'m [SchemaId],
    cycles: &'m BTreeSet<(SchemaId, SchemaId)>,
    known: BTreeMap<SchemaId, usize>,
    boxed: BTreeSet<(SchemaId, SchemaId)>,
}

impl Sizes<'_> {
    fn same(&self, id: SchemaId) -> SchemaId {
        let same = self.representatives.get(id.0 as usize);
        same.copied().unwrap_or(id)
    }

    /// Measures what a schema holds by value before itself, without recursion.
    fn measure(&mut self, start: SchemaId) {
        let mut open = vec![(self.same(start), false)];
        while let Some((id, ready)) = open.pop() {
            if self.known.contains_key(&id) {
                continue;
            }
            let held = self.held(id);
            if ready {
                let size = self.size(id, &held);
                self.known.insert(id, size);
                continue;
            }
            open.push((id, true));
            // What closes a cycle is a box, so this ends.
            let parts = held
                .iter()
                .filter(|part| !self.cycles.contains(&(id, **part)));
            open.extend(parts.map(|part| (self.same(*part), false)));
        }
    }

    /// What lies inside a value itself.
    fn held(&self, id: SchemaId) -> Vec<SchemaId> {
        match &self.model.schemas.get(id).shape {
            Shape::Object(object) => object.properties.iter().map(|one| one.schema).collect(),
            shape @ (Shape::Tuple(_) | Shape::Union(_)) => shape.children(),
            _ => Vec::new(),
        }
    }

    /// The size of a type as rustc lays it out, near enough.
    fn size(&mut self, id: SchemaId, held: &[SchemaId]) -> usize {
        const POINTER: usize = 8;
        const TEXT: usize = 24;
        let shape = &self.model.schemas.get(id).shape;
        match shape {
            Shape::Boolean => 1,
            Shape::Integer { .. } | Shape::Number => 8,
            Shape::Enum(_) | Shape::Array(_) | Shape::Map(_) => TEXT,
            Shape::String(StringFormat::Decimal) => TEXT + POINTER,
            Shape::String(_) => TEXT,
            Shape::Object(object) if object.properties.is_empty() => TEXT,
            Shape::Object(_) => {
                let parts = held.iter().map(|part| self.part(id, *part));
                parts.sum::<usize>() + POINTER
            }
            Shape::Tuple(_) => held.iter().map(|part| self.part(id, *part)).sum(),
            Shape::Union(_) => {
                let parts = held.iter().map(|part| self.part(id, *part));
                parts.max().unwrap_or_default().max(TEXT + POINTER)
            }
            Shape::Any | Shape::Never | Shape::AllOf(_) | Shape::Sampled(_) => TEXT + POINTER,
        }
    }

    /// How much of its holder a part takes.
    fn part(&mut self, holder: SchemaId, part: SchemaId) -> usize {
        const SMALLEST: usize = 8;
        if self.cycles.contains(&(holder, part)) {
            return SMALLEST;
        }
        let size = self
            .known
            .get(&self.same(part))
            .copied()
            .unwrap_or_default();
        let external =
            matches!(&self.model.schemas.get(holder).shape, Shape::Union(union) if union.external);
        // What is only ever wrapped to be sent is not moved about.
        if size > BIG && !external {
            self.boxed.insert((holder, part));
            return SMALLEST;
        }
        // Whether there is a number takes a word more; text has room for that in itself.
        match size {
            8 => 2 * SMALLEST,
            size => size.next_multiple_of(SMALLEST),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ObjectShape, Property, Schema};

    fn object(model: &mut Model, members: &[SchemaId]) -> SchemaId {
        let properties = members
            .iter()
            .zip(0..)
            .map(|(schema, at)| Property::new(format!("p{at}"), *schema));
        let shape = Shape::Object(ObjectShape {
            properties: properties.collect(),
            ..ObjectShape::default()
        });
        model.schemas.add(Schema {
            shape,
            ..Schema::default()
        })
    }

    #[test]
    fn what_is_big_lies_elsewhere_and_makes_nothing_else_big() {
        let mut model = Model::default();
        let text = model.schemas.add(Schema {
            shape: Shape::String(StringFormat::Plain),
            ..Schema::default()
        });
        let small = object(&mut model, &[text; 10]);
        let big = object(&mut model, &[text; 11]);
        let holder = object(&mut model, &[small, big]);
        let outer = object(&mut model, &[holder]);
        let list = model.schemas.add(Schema {
            shape: Shape::Array(big),
            ..Schema::default()
        });
        object(&mut model, &[list]);
        let found = boxed(&model, &[], &BTreeSet::new());
        let expected = BTreeSet::from([(holder, big), (outer, holder)]);
        assert_eq!(found, expected);
    }
}
