//! What the user knows better about calls that are sent twice: which operations take a key, and which need none.

use super::check::{Checker, erased};
use std::collections::BTreeMap;

/// Which operations may be sent twice, and how the server is told that they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Idempotency {
    /// The header of a key that all operations take which create or change something, although no source says so.
    pub header: Option<String>,
    /// What is known about single operations, by method and path.
    pub operations: BTreeMap<String, Repetition>,
}

/// What is known about sending an operation twice.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(untagged)]
pub enum Repetition {
    /// Whether that does the same as sending it once. If not, it takes no key, whatever the sources say.
    Same(bool),
    /// The header of the key that it takes.
    Header(String),
}

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIdempotency {
    header: Option<String>,
    #[serde(default)]
    operations: BTreeMap<String, Repetition>,
}

/// Checks the names of headers and operations.
pub(super) fn check(raw: RawIdempotency, checker: &mut Checker<'_>) -> Idempotency {
    let mut header = |steps: &[&str], name: &str| {
        let token = |b: u8| b.is_ascii_alphanumeric() || b"-_".contains(&b);
        if name.is_empty() || !name.bytes().all(token) {
            let message = format!("`{name}` cannot be the name of a header");
            checker.fault(steps, message, "write for instance `Idempotency-Key`");
        }
    };
    if let Some(name) = &raw.header {
        header(&["idempotency", "header"], name);
    }
    for (operation, repetition) in &raw.operations {
        if let Repetition::Header(name) = repetition {
            header(&["idempotency", "operations", operation], name);
        }
    }
    let mut seen = BTreeMap::new();
    for operation in raw.operations.keys() {
        let steps = ["idempotency", "operations", operation.as_str()];
        checker.operation(&steps, operation);
        if let Some(first) = seen.insert(erased(operation), operation) {
            let message = format!("`{operation}` is `{first}`, which is listed already");
            checker.fault(&steps, message, "remove one of the two");
        }
    }
    Idempotency {
        header: raw.header,
        operations: raw.operations,
    }
}
