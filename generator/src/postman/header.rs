//! The headers of requests and responses, and names whose values open doors.

use super::entry::Entry;
use crate::exchange::{is_key_name, media_type};

/// The headers of a request or response.
#[derive(Default)]
pub(super) struct Headers<'t>(pub(super) Vec<Entry<'t>>);

impl<'t> Headers<'t> {
    /// The first header of this name that is sent.
    pub(super) fn get(&self, name: &str) -> Option<&Entry<'t>> {
        self.0
            .iter()
            .filter(|entry| !entry.disabled)
            .find(|entry| entry.key.eq_ignore_ascii_case(name))
    }

    /// Type and subtype of the `Content-Type`, in small letters. Nothing if it is a placeholder or a range.
    pub(super) fn media_type(&self) -> Option<String> {
        media_type(self.get("content-type")?.text())
    }
}

/// Whether a value under this name must not be copied, because it may open a door.
pub(super) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    is_key_name(&name)
        || [
            "password",
            "passwd",
            "secret",
            "token",
            "credential",
            "authorization",
            "signature",
            "cookie",
            "session",
        ]
        .iter()
        .any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_credentials() {
        for name in [
            "X-API-Key",
            "api_key",
            "X-Auth-Token",
            "Ocp-Apim-Subscription-Key",
        ] {
            assert!(is_key_name(name), "{name}");
        }
        for name in ["Idempotency-Key", "X-Request-Id", "key"] {
            assert!(!is_key_name(name), "{name}");
        }
        assert!(is_secret_name("client_secret") && is_secret_name("X-Password"));
    }
}
