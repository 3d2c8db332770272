//! Facts about a model that are not part of it: side tables by schema and operation.

mod depth;
mod direction;
mod idempotency;
mod pagination;
mod recursion;
mod size;
mod structure;
mod tag;

use crate::model::{Model, Operation, SchemaId, Webhook};
use std::collections::{BTreeMap, BTreeSet};

pub use pagination::{PageStyle, Paging, items};

/// What is true of a model's schemas and operations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Schemas that are reached from a parameter or a request body.
    pub sent: BTreeSet<SchemaId>,
    /// Schemas that are reached from a response.
    pub received: BTreeSet<SchemaId>,
    /// Edges (an object, union or tuple, the schema it holds by value) that close a cycle, or lead to something big, so
    /// that the holder needs a box there.
    pub boxed: BTreeSet<(SchemaId, SchemaId)>,
    /// The header of the key by which the server knows that two requests are of one call, by operation
    /// ([`OperationKey::erased`](crate::model::OperationKey::erased)).
    pub idempotency: BTreeMap<String, String>,
    /// Edges (an object, the schema of a member) that close a cycle of members which are always there: no value has an
    /// end then, and one of them has to be left out.
    pub endless: BTreeSet<(SchemaId, SchemaId)>,
    /// Objects that a member tells apart in a union, with its name.
    tags: BTreeSet<(SchemaId, String)>,
    /// Edges (an object or union, a schema it holds) behind which a long chain of types is cut.
    pub deep: BTreeSet<(SchemaId, SchemaId)>,
    /// How operations give their results page by page, by what makes operations the same: `GET /users/{}`.
    pub paging: BTreeMap<String, Paging>,
    /// For each schema the first one of its structure, which stands for all of them; see [`Facts::same`].
    representatives: Vec<SchemaId>,
}

impl Facts {
    /// The schema that stands for all those of one structure.
    pub fn same(&self, id: SchemaId) -> SchemaId {
        let same = self.representatives.get(id.0 as usize);
        same.copied().unwrap_or(id)
    }

    /// Whether a union tells this object from others by this member.
    pub fn is_tag(&self, object: SchemaId, member: &str) -> bool {
        self.tags.contains(&(self.same(object), member.to_owned()))
    }
}

/// Works out the facts.
pub fn analyze(model: &Model) -> Facts {
    let mut sent = direction::reached(model, Operation::sent_schemas);
    let messages = model.webhooks.iter().flat_map(Webhook::received_schemas);
    let mut received = direction::reached(model, Operation::received_schemas);
    received.extend(direction::below(model, messages));
    // Nobody says which way these go.
    let alone = direction::below(model, model.named_schemas.iter().copied());
    sent.extend(alone.iter().copied());
    received.extend(alone);
    let representatives = structure::representatives(model, &sent, &received);
    let mut boxed = recursion::boxed(model, &representatives);
    boxed.extend(size::boxed(model, &representatives, &boxed));
    let mut facts = Facts {
        idempotency: idempotency::headers(model),
        deep: depth::deep(model, &representatives, &boxed),
        boxed,
        endless: recursion::endless(model, &representatives),
        tags: tag::tags(model, &representatives),
        paging: pagination::recognise(model),
        representatives,
        ..Facts::default()
    };
    // What is true of one schema of a structure is true of their type.
    facts.sent = facts.of_all(sent);
    facts.received = facts.of_all(received);
    facts
}

impl Facts {
    fn of_all(&self, some: BTreeSet<SchemaId>) -> BTreeSet<SchemaId> {
        let types: BTreeSet<SchemaId> = some.into_iter().map(|id| self.same(id)).collect();
        let all = self.representatives.iter().zip(0..);
        all.filter(|(same, _)| types.contains(same))
            .map(|(_, number)| SchemaId(number))
            .collect()
    }
}
