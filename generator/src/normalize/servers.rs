//! Takes the servers off operations that are served where the rest of the API is.

use crate::diagnostic::Diagnostics;
use crate::model::Model;

pub(super) fn run(model: &mut Model, _: &mut Diagnostics) {
    let Some(default) = model.servers.first().map(|server| server.url.clone()) else {
        return;
    };
    for operation in &mut model.operations {
        if operation.servers.iter().any(|server| server.url == default) {
            operation.servers.clear();
        }
    }
}
