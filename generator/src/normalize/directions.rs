//! Objects with properties that travel one way only, where they are both sent and received: what is sent becomes a schema
//! of its own, and so does everything around it.

use crate::diagnostic::Diagnostics;
use crate::model::{Model, Operation, SchemaId, Shape};
use std::collections::BTreeMap;

/// Splits schemas whose two shapes differ. Those that are the same both ways stay one, whatever refers to them.
pub(super) fn run(model: &mut Model, _: &mut Diagnostics) {
    let sent = model
        .schemas
        .reachable(model.operations.iter().flat_map(Operation::sent_schemas));
    let received = model.schemas.reachable(
        model
            .operations
            .iter()
            .flat_map(Operation::received_schemas),
    );
    let is = |reached: &[bool], id: SchemaId| reached.get(id.0 as usize) == Some(&true);
    let both = |id: SchemaId| is(&sent, id) && is(&received, id);
    let differing: Vec<SchemaId> = model
        .schemas
        .iter()
        .filter(|(id, schema)| both(*id) && differs(&schema.shape))
        .map(|(id, _)| id)
        .collect();
    if differing.is_empty() {
        return;
    }
    let around = around(model, differing);
    let mut copies = BTreeMap::new();
    for id in (0..around.len() as u32).map(SchemaId) {
        if is(&around, id) && both(id) {
            let copy = model.schemas.get(id).clone();
            copies.insert(id, model.schemas.add(copy));
        }
    }
    let follow = |id: &mut SchemaId| *id = copies.get(id).copied().unwrap_or(*id);
    // What is only sent refers to the copies as it stands.
    let only_sent = (0..around.len() as u32).map(SchemaId);
    let only_sent = only_sent.filter(|id| is(&around, *id) && is(&sent, *id) && !both(*id));
    for id in only_sent.chain(copies.values().copied()) {
        if let Some(schema) = model.schemas.get_mut(id) {
            schema.shape.for_each_child(follow);
        }
    }
    for operation in &mut model.operations {
        operation.for_each_sent_schema(follow);
    }
}

/// Whether an object has other properties when it is sent than when it is received.
fn differs(shape: &Shape) -> bool {
    match shape {
        Shape::Object(object) => object
            .properties
            .iter()
            .any(|property| property.read_only || property.write_only),
        _ => false,
    }
}

/// Whether each schema leads to one of these.
fn around(model: &Model, these: Vec<SchemaId>) -> Vec<bool> {
    let mut holders: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    for (id, schema) in model.schemas.iter() {
        for child in schema.shape.children() {
            holders.entry(child).or_default().push(id);
        }
    }
    let mut around = vec![false; model.schemas.len()];
    let mut open = these;
    while let Some(id) = open.pop() {
        if let Some(place) = around.get_mut(id.0 as usize)
            && !*place
        {
            *place = true;
            open.extend(holders.get(&id).into_iter().flatten());
        }
    }
    around
}
