//! Which schemas are sent and which are received, from the positions of operations that reach them.

use crate::model::{Model, Operation, SchemaId};
use std::collections::BTreeSet;

/// The schemas that are reached from what these functions name.
pub(super) fn reached(model: &Model, roots: fn(&Operation) -> Vec<SchemaId>) -> BTreeSet<SchemaId> {
    let roots = model.operations.iter().flat_map(roots);
    model
        .schemas
        .reachable(roots)
        .into_iter()
        .zip(0..)
        .filter_map(|(reached, number)| reached.then_some(SchemaId(number)))
        .collect()
}
