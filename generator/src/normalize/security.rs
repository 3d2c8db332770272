//! Orders security schemes, drops those that no operation requires, and requirements that are there twice.

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
        let mut seen = BTreeSet::new();
        operation
            .security
            .retain(|requirement| seen.insert(requirement.clone()));
    }
    model
        .security_schemes
        .retain(|scheme| required.contains(&scheme.name));
    model.security_schemes.sort_by(|a, b| a.name.cmp(&b.name));
}
