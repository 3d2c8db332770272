//! Walks from operations and schemas to the schemas they refer to, and drops those that nothing refers to.

use super::Model;
use super::operation::{MediaType, Operation, Webhook};
use super::schema::{Additional, SchemaId, Schemas, Shape};

impl Shape {
    /// The schemas that this shape refers to itself, in the order of the shape.
    pub fn children(&self) -> Vec<SchemaId> {
        match self {
            Shape::Array(id) | Shape::Map(id) => vec![*id],
            Shape::Tuple(ids) | Shape::AllOf(ids) => ids.clone(),
            Shape::Object(object) => {
                let mut ids: Vec<SchemaId> = object.properties.iter().map(|p| p.schema).collect();
                if let Additional::Schema(id) = object.additional {
                    ids.push(id);
                }
                ids
            }
            Shape::Union(union) => union.variants.iter().map(|v| v.schema).collect(),
            Shape::Any
            | Shape::Never
            | Shape::Boolean
            | Shape::Integer { .. }
            | Shape::Number
            | Shape::String(_)
            | Shape::Enum(_)
            | Shape::Sampled(_) => Vec::new(),
        }
    }

    /// Shows every reference to a schema, to be changed.
    pub fn for_each_child(&mut self, mut f: impl FnMut(&mut SchemaId)) {
        match self {
            Shape::Array(id) | Shape::Map(id) => f(id),
            Shape::Tuple(ids) | Shape::AllOf(ids) => ids.iter_mut().for_each(f),
            Shape::Object(object) => {
                for property in &mut object.properties {
                    f(&mut property.schema);
                }
                if let Additional::Schema(id) = &mut object.additional {
                    f(id);
                }
            }
            Shape::Union(union) => {
                for variant in &mut union.variants {
                    f(&mut variant.schema);
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
}

impl Operation {
    /// The schemas that the parameters and the body of a request refer to.
    pub fn sent_schemas(&self) -> Vec<SchemaId> {
        let parameters = self.parameters.iter().map(|parameter| parameter.schema);
        let body = self.request_body.iter().flat_map(|body| &body.content);
        parameters
            .chain(body.flat_map(MediaType::schemas))
            .collect()
    }

    /// The schemas that the responses refer to.
    pub fn received_schemas(&self) -> Vec<SchemaId> {
        self.responses
            .iter()
            .flat_map(|response| {
                let headers = response.headers.iter().map(|header| header.schema);
                headers.chain(response.content.iter().flat_map(MediaType::schemas))
            })
            .collect()
    }

    /// Shows every reference to a schema that is sent, to be changed.
    pub fn for_each_sent_schema(&mut self, mut f: impl FnMut(&mut SchemaId)) {
        for parameter in &mut self.parameters {
            f(&mut parameter.schema);
        }
        if let Some(body) = &mut self.request_body {
            for media in &mut body.content {
                media.for_each_schema(&mut f);
            }
        }
    }

    /// Shows every reference to a schema, to be changed.
    pub fn for_each_schema(&mut self, mut f: impl FnMut(&mut SchemaId)) {
        self.for_each_sent_schema(&mut f);
        for response in &mut self.responses {
            for header in &mut response.headers {
                f(&mut header.schema);
            }
            for media in &mut response.content {
                media.for_each_schema(&mut f);
            }
        }
    }
}

impl MediaType {
    /// The schemas that it refers to.
    fn schemas(&self) -> impl Iterator<Item = SchemaId> {
        let parts = self.encodings.iter().flat_map(|part| &part.headers);
        std::iter::once(self.schema)
            .chain(self.item)
            .chain(parts.map(|header| header.schema))
    }

    /// Shows every reference to a schema, to be changed.
    pub fn for_each_schema(&mut self, mut f: impl FnMut(&mut SchemaId)) {
        f(&mut self.schema);
        if let Some(item) = &mut self.item {
            f(item);
        }
        for part in &mut self.encodings {
            for header in &mut part.headers {
                f(&mut header.schema);
            }
        }
    }
}

impl Webhook {
    /// The schemas of what it says.
    pub fn received_schemas(&self) -> Vec<SchemaId> {
        let body = self.body.iter().flat_map(|body| &body.content);
        body.flat_map(MediaType::schemas).collect()
    }

    /// Shows every reference to a schema, to be changed.
    pub fn for_each_schema(&mut self, mut f: impl FnMut(&mut SchemaId)) {
        for media in self.body.iter_mut().flat_map(|body| &mut body.content) {
            media.for_each_schema(&mut f);
        }
    }
}

impl Schemas {
    /// All schemas that can be reached from these, as a table by number.
    pub fn reachable(&self, roots: impl IntoIterator<Item = SchemaId>) -> Vec<bool> {
        let mut reached = vec![false; self.len()];
        let mut open: Vec<SchemaId> = roots.into_iter().collect();
        while let Some(id) = open.pop() {
            if let Some(seen) = reached.get_mut(id.0 as usize)
                && !*seen
            {
                *seen = true;
                open.extend(self.get(id).shape.children());
            }
        }
        reached
    }
}

impl Model {
    /// The schemas that operations and webhooks refer to, described objects and those that stand alone, in their order.
    pub fn roots(&self) -> Vec<SchemaId> {
        let operations = self
            .operations
            .iter()
            .flat_map(|op| [op.sent_schemas(), op.received_schemas()].concat());
        let webhooks = self.webhooks.iter().flat_map(Webhook::received_schemas);
        let alone = self.objects.iter().chain(&self.named_schemas).copied();
        operations.chain(webhooks).chain(alone).collect()
    }

    /// Shows every reference to a schema from outside the schemas, to be changed.
    pub fn for_each_root(&mut self, mut f: impl FnMut(&mut SchemaId)) {
        for operation in &mut self.operations {
            operation.for_each_schema(&mut f);
        }
        for webhook in &mut self.webhooks {
            webhook.for_each_schema(&mut f);
        }
        let alone = self.objects.iter_mut().chain(&mut self.named_schemas);
        alone.for_each(f);
    }

    /// Drops the schemas that no operation, webhook or described object reaches and closes the gaps; the others keep their order.
    pub fn drop_unreached_schemas(&mut self) {
        let reached = self.schemas.reachable(self.roots());
        if reached.iter().all(|reached| *reached) {
            return;
        }
        let mut next = 0;
        let numbers: Vec<SchemaId> = reached
            .iter()
            .map(|reached| {
                let number = SchemaId(next);
                next += u32::from(*reached);
                number
            })
            .collect();
        let renumber = |id: &mut SchemaId| {
            *id = numbers.get(id.0 as usize).copied().unwrap_or(*id);
        };
        self.for_each_root(renumber);
        let schemas = std::mem::take(&mut self.schemas).into_vec();
        self.schemas = schemas
            .into_iter()
            .zip(reached)
            .filter(|(_, reached)| *reached)
            .map(|(mut schema, _)| {
                schema.shape.for_each_child(renumber);
                schema
            })
            .collect::<Vec<_>>()
            .into();
    }
}
