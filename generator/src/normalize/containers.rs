//! Lists and maps that hold nothing but themselves to lists and maps of anything: a recursive type needs a name to stop at.

use crate::diagnostic::Diagnostics;
use crate::model::{Model, Schema, SchemaId, Shape};
use std::collections::BTreeSet;

pub(super) fn run(model: &mut Model, _: &mut Diagnostics) {
    let mut done: BTreeSet<SchemaId> = BTreeSet::new();
    let mut circles = Vec::new();
    for (start, _) in model.schemas.iter() {
        // Each holds one schema, so there is one way to go; it ends where it, or one before it, has been.
        let mut way: BTreeSet<SchemaId> = BTreeSet::new();
        let mut at = start;
        while !done.contains(&at) {
            if !way.insert(at) {
                circles.push(at);
                break;
            }
            match model.schemas.get(at).shape {
                Shape::Array(inner) | Shape::Map(inner) => at = inner,
                _ => break,
            }
        }
        // Not `append`, which walks through all of `done` each time.
        done.extend(way);
    }
    if circles.is_empty() {
        return;
    }
    let anything = model.schemas.add(Schema::default());
    for id in circles {
        if let Some(schema) = model.schemas.get_mut(id) {
            schema.shape.for_each_child(|child| *child = anything);
        }
    }
}
