//! Orders operations by tags, path and method, responses by status, and what was skipped by its name.

use crate::model::Model;

pub(super) fn run(model: &mut Model) {
    model.operations.sort_by_cached_key(|operation| {
        (
            operation.tags.clone(),
            operation.key.path.to_string(),
            operation.key.method.clone(),
        )
    });
    for operation in &mut model.operations {
        operation.responses.sort_by_key(|response| response.status);
    }
    model.skipped.sort();
    model.skipped.dedup();
}
