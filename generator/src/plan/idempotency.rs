//! Which operations may be sent twice: by a key in a header, or because the user says so.

use super::context::{Context, erase, known_names};
use super::docs::{Doc, code};
use crate::config::Repetition;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Location, Operation, Parameter};

/// What happens to an operation that is sent twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeat {
    /// Whether that does the same as sending it once, whatever its method.
    pub same: bool,
    /// The header of the key by which the server knows that two requests are of one call.
    pub header: Option<String>,
}

impl Repeat {
    /// Whether a parameter is the key, which the client makes itself.
    pub fn is_key(&self, parameter: &Parameter) -> bool {
        let header = self.header.as_ref();
        parameter.location == Location::Header
            && header.is_some_and(|header| header.eq_ignore_ascii_case(&parameter.name))
    }

    /// How the caller sets the key, and what the sources say about it.
    pub(super) fn docs(&self, operation: &Operation) -> Doc {
        let Some(header) = &self.header else {
            return Doc::none();
        };
        let mut docs = Doc::line(format!(
            "Each call has a random key in the header {}, which is the same for all its attempts, unless",
            code(header)
        ));
        docs.push("[`idempotency_key`](crate::prelude::CallExt::idempotency_key) sets one.");
        let described = operation.parameters.iter().find(|known| self.is_key(known));
        if let Some(parameter) = described {
            docs.paragraph(Doc::of(&parameter.docs));
        }
        docs
    }
}

/// What happens to an operation that is sent twice: by what the user says, else by what the sources show.
pub(super) fn plan_repeat(context: &Context<'_>, operation: &Operation) -> Repeat {
    let key = operation.key.erased();
    let config = &context.config.idempotency;
    let said = config
        .operations
        .iter()
        .find(|(name, _)| erase(name) == key);
    let shown = context.facts.idempotency.get(&key).cloned();
    let changes = matches!(operation.key.method.as_str(), "POST" | "PATCH");
    match said {
        Some((_, Repetition::Same(false))) => Repeat::default(),
        Some((_, Repetition::Same(true))) => Repeat {
            same: true,
            header: shown,
        },
        Some((_, Repetition::Header(header))) => Repeat {
            same: false,
            header: Some(header.clone()),
        },
        None => Repeat {
            same: false,
            header: match &config.header {
                Some(header) if changes || takes(operation, header) => Some(header.clone()),
                _ => shown,
            },
        },
    }
}

fn takes(operation: &Operation, header: &str) -> bool {
    let mut headers = operation.parameters.iter();
    headers
        .any(|known| known.location == Location::Header && known.name.eq_ignore_ascii_case(header))
}

/// Says which entries of the configuration match no operation.
pub(super) fn note_unused(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for name in context.config.idempotency.operations.keys() {
        let erased = erase(name);
        let mut operations = context.operations.iter();
        if operations.any(|operation| operation.key.erased() == erased) {
            continue;
        }
        let known: Vec<String> = context
            .operations
            .iter()
            .map(|operation| operation.key.to_string())
            .collect();
        let message = format!("`idempotency` names an operation that there is not: `{name}`");
        let place = context.config.place(&["idempotency", "operations", name]);
        diagnostics.push(
            Diagnostic::new(Code::PLAN_UNUSED_IDEMPOTENCY, message)
                .at(place)
                .help(known_names("operations", &known)),
        );
    }
}
