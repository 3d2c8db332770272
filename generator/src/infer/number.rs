//! A model whose schemas are numbered in the order in which they were made, to the same one numbered by where they are
//! used, so that the order of the sources does not show in the numbers.

use crate::model::{MediaType, Model, Operation, SchemaId, Schemas, Webhook};
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
    let mut webhooks: Vec<&mut Webhook> = model.webhooks.iter_mut().collect();
    webhooks.sort_by_cached_key(|webhook| (webhook.name.clone(), webhook.method.clone()));
    for webhook in webhooks {
        webhook.for_each_schema(|id| *id = numbering.visit(*id));
    }
    for id in &mut model.named_schemas {
        *id = numbering.visit(*id);
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
        schema.shape.for_each_child(|child| {
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
            self.content(&mut body.content);
        }
        let mut responses: Vec<_> = operation.responses.iter_mut().collect();
        responses.sort_by_key(|response| response.status);
        for response in responses {
            self.content(&mut response.content);
            let mut headers: Vec<_> = response.headers.iter_mut().collect();
            headers.sort_by(|a, b| a.name.cmp(&b.name));
            for header in headers {
                header.schema = self.visit(header.schema);
            }
        }
    }

    fn content(&mut self, content: &mut [MediaType]) {
        for media in content {
            media.for_each_schema(|id| *id = self.visit(*id));
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
                schema.shape.for_each_child(|child| below.push(*child));
                open.extend(below.into_iter().rev());
            }
        }
        let id = self.replaced.get(&id).unwrap_or(&id);
        self.numbers.get(id).copied().unwrap_or_default()
    }
}
