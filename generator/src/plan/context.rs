//! A model as the plan reads it: without the operations that the configuration leaves out.

use crate::analyze::Facts;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Model, Operation, Schema, SchemaId};
use std::collections::BTreeSet;

/// What every part of the plan looks at.
pub(super) struct Context<'a> {
    pub model: &'a Model,
    pub facts: &'a Facts,
    pub config: &'a Config,
    /// The operations that are planned, in the order of the model.
    pub operations: Vec<&'a Operation>,
}

impl<'a> Context<'a> {
    pub fn new(
        model: &'a Model,
        facts: &'a Facts,
        config: &'a Config,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut skipped = BTreeSet::new();
        for (index, entry) in config.skip.iter().enumerate() {
            let erased = erase(&entry.operation);
            if model
                .operations
                .iter()
                .any(|operation| operation.key.erased() == erased)
            {
                skipped.insert(erased);
            } else if !model
                .skipped
                .iter()
                .any(|operation| erase(&operation.operation) == erased)
            {
                let known: Vec<String> = model
                    .operations
                    .iter()
                    .map(|operation| operation.key.to_string())
                    .collect();
                let message = format!(
                    "`skip` names an operation that there is not: `{}`",
                    entry.operation
                );
                diagnostics.push(
                    Diagnostic::new(Code::PLAN_UNUSED_SKIP, message)
                        .at(config.place(&["skip", &index.to_string(), "operation"]))
                        .help(known_names("operations", &known)),
                );
            }
        }
        let operations: Vec<&Operation> = model
            .operations
            .iter()
            .filter(|operation| !skipped.contains(&operation.key.erased()))
            .collect();
        let types = model.webhooks.is_empty() && model.named_schemas.is_empty();
        if operations.is_empty() && types {
            let message = "no operation is left to generate";
            diagnostics.push(Diagnostic::new(Code::PLAN_NO_OPERATION, message));
        }
        Context {
            model,
            facts,
            config,
            operations,
        }
    }

    pub fn schema(&self, id: SchemaId) -> &'a Schema {
        self.model.schemas.get(id)
    }

    /// Whether values of a schema are only ever sent.
    pub fn only_sent(&self, id: SchemaId) -> bool {
        !self.facts.received.contains(&id) && self.facts.sent.contains(&id)
    }

    /// Whether values of a schema are only ever received.
    pub fn only_received(&self, id: SchemaId) -> bool {
        !self.facts.sent.contains(&id)
    }

    /// What the API is called in texts.
    pub fn title(&self) -> String {
        let title = self
            .config
            .title
            .as_deref()
            .or(self.model.info.title.as_deref());
        title
            .map(str::trim)
            .filter(|title| !title.is_empty())
            .unwrap_or(&self.config.name)
            .to_owned()
    }
}

/// `POST /users/{id}` without the name of its parameter, to be compared with the keys of operations.
pub(super) fn erase(operation: &str) -> String {
    let (method, path) = operation
        .trim()
        .split_once(char::is_whitespace)
        .unwrap_or((operation, ""));
    let mut erased = format!("{} ", method.to_ascii_uppercase());
    let mut inside = false;
    for c in path.trim().chars() {
        match c {
            '{' => {
                inside = true;
                erased.push(c);
            }
            '}' => {
                inside = false;
                erased.push(c);
            }
            _ if inside => {}
            c => erased.push(c),
        }
    }
    erased
}

/// A help line that lists what there is.
pub(super) fn known_names(what: &str, names: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = names.len().saturating_sub(SHOWN);
    let rest = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!("{what} are {}{rest}", shown.join(", "))
}
