//! Lists and maps that contain themselves to ones that contain anything: a recursive schema needs a record to stop at.

use crate::model::{Schema, SchemaId, Schemas, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// Breaks every circle of the schemas from a number on that no record is part of.
pub fn break_circles(schemas: &mut Schemas, first: usize) {
    let mut below: BTreeMap<SchemaId, BTreeSet<SchemaId>> = schemas
        .iter()
        .skip(first)
        .map(|(id, schema)| (id, contained(schema)))
        .filter(|(_, contained)| !contained.is_empty())
        .collect();
    // What nothing leads out of, or nothing leads into, is on no circle; without it there is more of that kind.
    below = trim(below);
    below = reversed(&trim(reversed(&below)));
    if below.is_empty() {
        return;
    }
    let anything = schemas.add(Schema::default());
    for (id, contained) in &below {
        if let Some(schema) = schemas.get_mut(*id) {
            schema.shape.for_each_child(|child| {
                if contained.contains(child) {
                    *child = anything;
                }
            });
        }
    }
}

/// What a list, map or union contains; nothing for a record.
fn contained(schema: &Schema) -> BTreeSet<SchemaId> {
    match &schema.shape {
        Shape::Array(item) | Shape::Map(item) => BTreeSet::from([*item]),
        Shape::Union(union) => union.variants.iter().map(|v| v.schema).collect(),
        _ => BTreeSet::new(),
    }
}

type Edges = BTreeMap<SchemaId, BTreeSet<SchemaId>>;

fn reversed(edges: &Edges) -> Edges {
    let mut reversed = Edges::new();
    for (from, to) in edges {
        for to in to {
            reversed.entry(*to).or_default().insert(*from);
        }
    }
    reversed
}

/// Removes what nothing leads out of, as long as there is such a thing.
fn trim(mut edges: Edges) -> Edges {
    let into = reversed(&edges);
    let mut ends: Vec<SchemaId> = into
        .keys()
        .filter(|id| !edges.contains_key(id))
        .copied()
        .collect();
    while let Some(end) = ends.pop() {
        for from in into.get(&end).into_iter().flatten() {
            if let Some(to) = edges.get_mut(from) {
                to.remove(&end);
                if to.is_empty() {
                    edges.remove(from);
                    ends.push(*from);
                }
            }
        }
    }
    edges
}
