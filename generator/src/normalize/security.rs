//! Orders security schemes and requirements, and drops schemes that no operation requires.

use crate::diagnostic::Diagnostics;
use crate::model::Model;
use std::collections::BTreeSet;

pub(super) fn run(model: &mut Model, _: &mut Diagnostics) {
    let mut required = BTreeSet::new();
    for operation in &mut model.operations {
        for requirement in &mut operation.security {
            requirement.schemes.sort();
            requirement.schemes.dedup();
            required.extend(requirement.schemes.iter().cloned());
        }
        operation.security.sort();
        operation.security.dedup();
    }
    model
        .security_schemes
        .retain(|scheme| required.contains(&scheme.name));
    model.security_schemes.sort_by(|a, b| a.name.cmp(&b.name));
}
