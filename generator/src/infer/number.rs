//! A model whose schemas are numbered in the order in which they were made, to the same one numbered by where they are
//! used, so that the order of the sources does not show in the numbers.

use crate::model::{
    Additional, Model, Operation, Property, Schema, SchemaId, Schemas, Shape, Variant,
};
use std::collections::BTreeMap;

/// Replaces schemas by others, numbers all of them by use, and drops those that nothing uses. Schemas that stand for
/// themselves stay, also where nothing uses them: those that were in the model and are no samples. Answers the new
/// numbers by the old ones.
pub fn renumber(
    model: &mut Model,
    replaced: &BTreeMap<SchemaId, SchemaId>,
    first_new: usize,
) -> BTreeMap<SchemaId, SchemaId> {
    let mut numbering = Numbering {
        old: std::mem::take(&mut model.schemas),
        replaced,
        numbers: BTreeMap::new(),
        order: Vec::new(),
    };
    let mut operations: Vec<&mut Operation> = model.operations.iter_mut().collect();
    operations.sort_by_cached_key(|operation| operation.key.erased());
    for operation in operations {
        numbering.operation(operation);
    }
    for index in 0..first_new.min(numbering.old.len()) {
        let id = SchemaId(u32::try_from(index).unwrap_or(u32::MAX));
        if !replaced.contains_key(&id) {
            numbering.visit(id);
        }
    }
    let mut new = Schemas::default();
    for id in &numbering.order {
        let mut schema = numbering
            .old
            .get_mut(*id)
            .map(std::mem::take)
            .unwrap_or_default();
        children(&mut schema, |child| {
            let id = replaced.get(child).unwrap_or(child);
            *child = numbering.numbers.get(id).copied().unwrap_or_default();
        });
        new.add(schema);
    }
    model.schemas = new;
    numbering.numbers
}

struct Numbering<'r> {
    old: Schemas,
    replaced: &'r BTreeMap<SchemaId, SchemaId>,
    numbers: BTreeMap<SchemaId, SchemaId>,
    order: Vec<SchemaId>,
}

impl Numbering<'_> {
    fn operation(&mut self, operation: &mut Operation) {
        let mut parameters: Vec<_> = operation.parameters.iter_mut().collect();
        parameters.sort_by(|a, b| (a.location, &a.name).cmp(&(b.location, &b.name)));
        for parameter in parameters {
            parameter.schema = self.visit(parameter.schema);
        }
        if let Some(body) = &mut operation.request_body {
            for media in &mut body.content {
                media.schema = self.visit(media.schema);
            }
        }
        let mut responses: Vec<_> = operation.responses.iter_mut().collect();
        responses.sort_by_key(|response| response.status);
        for response in responses {
            for media in &mut response.content {
                media.schema = self.visit(media.schema);
            }
            let mut headers: Vec<_> = response.headers.iter_mut().collect();
            headers.sort_by(|a, b| a.name.cmp(&b.name));
            for header in headers {
                header.schema = self.visit(header.schema);
            }
        }
    }

    /// Numbers a schema and everything below it, outer before inner and in the order of the properties.
    fn visit(&mut self, id: SchemaId) -> SchemaId {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            let id = *self.replaced.get(&id).unwrap_or(&id);
            if self.numbers.contains_key(&id) {
                continue;
            }
            let number = SchemaId(u32::try_from(self.order.len()).unwrap_or(u32::MAX));
            self.numbers.insert(id, number);
            self.order.push(id);
            if let Some(schema) = self.old.get_mut(id) {
                let mut below = Vec::new();
                children(schema, |child| below.push(*child));
                open.extend(below.into_iter().rev());
            }
        }
        let id = self.replaced.get(&id).unwrap_or(&id);
        self.numbers.get(id).copied().unwrap_or_default()
    }
}

/// Calls a function with the number of every schema that a schema refers to.
pub fn children(schema: &mut Schema, mut visit: impl FnMut(&mut SchemaId)) {
    match &mut schema.shape {
        Shape::Array(item) | Shape::Map(item) => visit(item),
        Shape::Tuple(items) => items.iter_mut().for_each(visit),
        Shape::Object(object) => {
            for Property { schema, .. } in &mut object.properties {
                visit(schema);
            }
            if let Additional::Schema(id) = &mut object.additional {
                visit(id);
            }
        }
        Shape::Union(union) => {
            for Variant { schema, .. } in &mut union.variants {
                visit(schema);
            }
        }
        Shape::Any
        | Shape::Never
        | Shape::Boolean
        | Shape::Integer { .. }
        | Shape::Number
        | Shape::String(_)
        | Shape::Enum(_)
        | Shape::Sampled(_) => {}
    }
}
