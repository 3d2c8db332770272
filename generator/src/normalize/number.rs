//! Numbers schemas in the order in which operations reach them, and drops those that none reaches.

use crate::diagnostic::Diagnostics;
use crate::model::{Model, Schema, SchemaId, Webhook};

/// The schemas in the order in which operations reach them, by the numbers that they have now.
pub(super) fn order(model: &Model) -> Vec<SchemaId> {
    let mut reached = vec![false; model.schemas.len()];
    let mut order: Vec<SchemaId> = Vec::new();
    let operations = model
        .operations
        .iter()
        .map(|operation| [operation.sent_schemas(), operation.received_schemas()].concat());
    let webhooks = model.webhooks.iter().map(Webhook::received_schemas);
    let alone = model.named_schemas.iter().map(|id| vec![*id]);
    for mut open in operations.chain(webhooks).chain(alone) {
        open.reverse();
        while let Some(id) = open.pop() {
            let Some(reached) = reached.get_mut(id.0 as usize) else {
                continue;
            };
            if !*reached {
                *reached = true;
                order.push(id);
                open.extend(model.schemas.get(id).shape.children().into_iter().rev());
            }
        }
    }
    order
}

pub(super) fn run(model: &mut Model, _: &mut Diagnostics) {
    let order = order(model);
    let mut numbers: Vec<Option<SchemaId>> = vec![None; model.schemas.len()];
    for (number, id) in order.iter().enumerate() {
        if let Some(place) = numbers.get_mut(id.0 as usize) {
            *place = Some(SchemaId(number as u32));
        }
    }
    let renumber = |id: &mut SchemaId| {
        if let Some(Some(number)) = numbers.get(id.0 as usize) {
            *id = *number;
        }
    };
    model.for_each_root(renumber);
    let mut schemas: Vec<Schema> = Vec::with_capacity(order.len());
    for id in order {
        if let Some(schema) = model.schemas.get_mut(id) {
            let mut schema = std::mem::take(schema);
            schema.shape.for_each_child(renumber);
            schemas.push(schema);
        }
    }
    model.schemas = schemas.into();
}
