//! The headers of requests and responses, and names whose values open doors.

use super::entry::{Entry, is_placeholder};
use crate::exchange::{self, is_key_name, media_type};
use crate::infer;
use std::collections::BTreeMap;

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

/// Requests that must have a header with one value for it to be sent always: of two, one may be a copy of the other.
const COMMON_REQUESTS: usize = 3;

/// The headers that all requests of a collection send with one value.
#[derive(Default)]
pub(super) struct Common {
    /// How many requests were seen.
    requests: usize,
    /// Spelling and value, by the name in small letters.
    headers: BTreeMap<String, (String, String)>,
}

impl Common {
    /// Adds a request. Variables and placeholders are different in each call, and what opens a door stays behind.
    pub(super) fn add(&mut self, headers: &Headers<'_>) {
        let own: BTreeMap<String, (String, String)> = headers
            .0
            .iter()
            .filter(|entry| !entry.disabled && exchange::is_name(&entry.key))
            .filter(|entry| !exchange::is_protocol(&entry.key) && !is_secret_name(&entry.key))
            .filter(|entry| !is_placeholder(entry.text()))
            .filter(|entry| entry.text().bytes().all(|b| matches!(b, b' '..=b'~')))
            .filter(|entry| !infer::is_secret(&entry.key, entry.text()))
            .map(|entry| {
                let sent = (entry.key.to_string(), entry.text().trim().to_owned());
                (entry.key.to_ascii_lowercase(), sent)
            })
            .collect();
        match self.requests {
            0 => self.headers = own,
            _ => self
                .headers
                .retain(|name, (_, value)| own.get(name).is_some_and(|(_, other)| other == value)),
        }
        self.requests += 1;
    }

    /// The headers, if there are enough requests for them to mean something.
    pub(super) fn headers(&self) -> BTreeMap<String, String> {
        let enough = self.requests >= COMMON_REQUESTS;
        let headers = self.headers.values().filter(|_| enough);
        headers.cloned().collect()
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
