//! Facts about a model that are not part of it: side tables by schema.

mod direction;
mod recursion;

use crate::model::{Model, Operation, SchemaId};
use std::collections::BTreeSet;

/// What is true of a model's schemas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Schemas that are reached from a parameter or a request body.
    pub sent: BTreeSet<SchemaId>,
    /// Schemas that are reached from a response.
    pub received: BTreeSet<SchemaId>,
    /// Edges (an object, union or tuple, the schema it holds by value) that close a cycle, so that the holder needs a box there.
    pub boxed: BTreeSet<(SchemaId, SchemaId)>,
}

/// Works out the facts.
pub fn analyze(model: &Model) -> Facts {
    Facts {
        sent: direction::reached(model, Operation::sent_schemas),
        received: direction::reached(model, Operation::received_schemas),
        boxed: recursion::boxed(model),
    }
}
