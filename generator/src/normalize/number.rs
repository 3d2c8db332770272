//! Numbers schemas in the order in which operations reach them, and drops those that none reaches.

use crate::model::{Model, Schema, SchemaId};

pub(super) fn run(model: &mut Model) {
    let mut numbers: Vec<Option<SchemaId>> = vec![None; model.schemas.len()];
    let mut order: Vec<SchemaId> = Vec::new();
    for operation in &model.operations {
        let mut open = [operation.sent_schemas(), operation.received_schemas()].concat();
        open.reverse();
        while let Some(id) = open.pop() {
            let Some(number) = numbers.get_mut(id.0 as usize) else {
                continue;
            };
            if number.is_none() {
                *number = Some(SchemaId(order.len() as u32));
                order.push(id);
                open.extend(model.schemas.get(id).shape.children().into_iter().rev());
            }
        }
    }
    let renumber = |id: &mut SchemaId| {
        if let Some(Some(number)) = numbers.get(id.0 as usize) {
            *id = *number;
        }
    };
    for operation in &mut model.operations {
        operation.for_each_schema(renumber);
    }
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
