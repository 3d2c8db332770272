//! Names that types had in a former run, and those that new types leave to others.

use super::super::super::context::Context;
use super::super::graph::TypeId;
use super::super::identity::Former;
use super::Naming;
use crate::names::RustIdent;
use std::collections::BTreeSet;

/// The names that types have already, by their numbers.
pub(in crate::plan::schema) fn names(
    context: &Context<'_>,
    former: &Former,
    count: usize,
) -> Vec<Option<RustIdent>> {
    let types = &context.config.lock.types;
    (0..count)
        .map(|at| Some(types.get(former.key(at)?)?.name.clone()))
        .collect()
}

/// Names that stand for something else already where types are spoken of: calls and what they give, handles, and what
/// types were called before.
pub(super) fn reserved(context: &Context<'_>) -> BTreeSet<String> {
    let lock = &context.config.lock;
    let operations = lock.operations.values();
    let calls = operations.flat_map(|names| {
        let call = names.call.plain();
        [call.to_owned(), format!("{call}Outcome")]
    });
    let handles = lock.groups.values();
    let handles = handles.map(|group| group.handle.plain().to_owned());
    let former = lock.aliases.keys();
    let former = former.filter_map(|old| old.strip_prefix("types::").map(str::to_owned));
    calls.chain(handles).chain(former).collect()
}

impl Naming<'_, '_> {
    /// What a type is called already.
    pub(super) fn kept_name(&self, at: TypeId) -> Option<&RustIdent> {
        self.kept.get(at)?.as_ref()
    }
}
