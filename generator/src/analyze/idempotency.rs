//! Which operations take a key by which the server knows that two requests are of one call.

use crate::model::{Location, Model, Operation};
use std::collections::BTreeMap;

/// The header of the key, by operation ([`OperationKey::erased`](crate::model::OperationKey::erased)).
pub(super) fn headers(model: &Model) -> BTreeMap<String, String> {
    let found = model.operations.iter().filter_map(|operation| {
        let header = header(operation)?;
        Some((operation.key.erased(), header.to_owned()))
    });
    found.collect()
}

/// The header parameter that is such a key. Of several the first by name counts.
fn header(operation: &Operation) -> Option<&str> {
    let headers = operation.parameters.iter();
    let headers = headers.filter(|parameter| parameter.location == Location::Header);
    let keys = headers.filter(|parameter| is_key(&parameter.name));
    keys.map(|parameter| parameter.name.as_str()).min()
}

/// `Idempotency-Key`, `X-Idempotency-Token`, `idempotence_key`, `IdempotencyKey`, `X-Idempotent`.
fn is_key(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let plain: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = plain.strip_prefix('x').unwrap_or(&plain);
    let Some((vendor, rest)) = plain.split_once("idempot") else {
        return false;
    };
    // `Acme-Idempotency-Key` is one too; `Is-Idempotent` asks a question.
    if matches!(vendor, "is" | "non" | "not") {
        return false;
    }
    let endings = ["ency", "ence", "ent", "ant"];
    let rest = endings.iter().find_map(|ending| rest.strip_prefix(ending));
    let kinds = ["", "key", "token", "id", "identifier", "uuid", "requestid"];
    rest.is_some_and(|rest| kinds.contains(&rest))
}

#[cfg(test)]
mod tests {
    use super::is_key;

    #[test]
    fn names_of_keys() {
        for key in [
            "Idempotency-Key",
            "idempotency_key",
            "IdempotencyKey",
            "X-Idempotency-Token",
            "Idempotence-Key",
            "x-idempotent-id",
            "Acme-Idempotency-Key",
            "Idempotency-UUID",
            "Idempotency",
        ] {
            assert!(is_key(key), "{key}");
        }
        for other in [
            "Key",
            "X-Request-Id",
            "Idempotency-Replayed",
            "Idempotency-Key-Expires",
            "Is-Idempotent",
            "Idempot",
        ] {
            assert!(!is_key(other), "{other}");
        }
    }
}
