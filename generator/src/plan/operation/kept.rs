//! Names that operations, their groups and parameters had in a former run.

use super::super::context::Context;
use super::super::schema::way;
use crate::model::{self, Parameter};
use crate::names::RustIdent;
use crate::names::key::plain;
use crate::names::lock::OperationNames;
use std::collections::{BTreeMap, BTreeSet};

/// The key of an operation.
pub(in crate::plan) fn key(operation: &model::Operation) -> String {
    plain(&operation.key.erased())
}

/// The names that an operation had.
pub(in crate::plan) fn operation<'c>(
    context: &Context<'c>,
    operation: &model::Operation,
) -> Option<&'c OperationNames> {
    context.config.lock.operations.get(&key(operation))
}

/// The key of a parameter outside the path.
pub(in crate::plan) fn parameter_key(
    operation: &model::Operation,
    parameter: &Parameter,
) -> String {
    format!("{} {}", key(operation), way::parameter(parameter))
}

/// The names that parameters had, behind so many holes of the path.
pub(super) fn parameters(
    context: &Context<'_>,
    operation: &model::Operation,
    holes: usize,
    parameters: &[&Parameter],
) -> Vec<Option<RustIdent>> {
    let known = &context.config.lock.parameters;
    if known.is_empty() {
        return Vec::new();
    }
    let names = parameters
        .iter()
        .map(|parameter| known.get(&parameter_key(operation, parameter)).cloned());
    std::iter::repeat_n(None, holes).chain(names).collect()
}

/// The groups of operations that have names, by their keys; and where all operations of a group had another one, as
/// after its tag was renamed, that one, which new operations join.
pub(super) struct Groups {
    /// The words of a group, by its module.
    by_module: BTreeMap<String, Vec<String>>,
    /// The words of a group, by the words that its tag has now.
    moved: BTreeMap<Vec<String>, Vec<String>>,
}

impl Groups {
    /// `now` has the operations that had names, each with the words of its tag.
    pub fn new<'n>(
        context: &Context<'_>,
        now: impl Iterator<Item = (&'n OperationNames, &'n [String])>,
    ) -> Self {
        let words = |key: &str| key.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let lock = &context.config.lock;
        let by_module: BTreeMap<String, Vec<String>> = lock
            .groups
            .iter()
            .map(|(key, group)| (group.module.plain().to_owned(), words(key)))
            .collect();
        let mut were: BTreeMap<&[String], BTreeSet<&str>> = BTreeMap::new();
        for (names, tag) in now {
            were.entry(tag).or_default().insert(names.module.plain());
        }
        let moved = were.into_iter().filter_map(|(tag, modules)| {
            let mut modules = modules.into_iter();
            let group = by_module.get(modules.next()?)?;
            let other = modules.next().is_some() || lock.groups.contains_key(&tag.join(" "));
            (!other).then(|| (tag.to_vec(), group.clone()))
        });
        Groups {
            moved: moved.collect(),
            by_module,
        }
    }

    /// The group of an operation that had a name.
    pub fn former(&self, names: &OperationNames) -> Vec<String> {
        let known = self.by_module.get(names.module.plain());
        known
            .cloned()
            .unwrap_or_else(|| crate::names::words(names.module.plain()))
    }

    /// The group of a new operation, by the words of its tag.
    pub fn of_new(&self, tag: &[String]) -> Option<&Vec<String>> {
        self.moved.get(tag)
    }
}
