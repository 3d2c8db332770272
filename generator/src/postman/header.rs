//! Headers: which of them are the protocol's and only show something, and which are parameters.

use super::entry::Entry;

/// The headers of a request or response.
#[derive(Default)]
pub(super) struct Headers<'t>(pub(super) Vec<Entry<'t>>);

/// Headers that the client sets itself, or that Postman and its servers add.
const PROTOCOL: &[&str] = &[
    "accept",
    "accept-encoding",
    "authorization",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "postman-token",
    "proxy-authorization",
    "transfer-encoding",
    "user-agent",
];

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

/// Type and subtype in small letters, with no parameters.
pub(super) fn media_type(text: &str) -> Option<String> {
    let name = text.split(';').next()?.trim().to_ascii_lowercase();
    let token = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
    };
    let (kind, subtype) = name.split_once('/')?;
    (token(kind) && token(subtype)).then_some(name)
}

/// Whether bodies of this media type are JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    let subtype = media_type
        .split_once('/')
        .map_or("", |(_, subtype)| subtype);
    subtype == "json" || subtype.ends_with("+json") || subtype == "x-json"
}

/// Whether a header is the protocol's and never a parameter.
pub(super) fn is_protocol(name: &str) -> bool {
    PROTOCOL.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a name can be a header's (RFC 9110 §5.1).
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// Whether a header's or parameter's name says that its value is a key to the door.
pub(super) fn is_credential_name(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    [
        "apikey",
        "authtoken",
        "accesstoken",
        "subscriptionkey",
        "appkey",
        "authkey",
        "apitoken",
        "accesskey",
    ]
    .iter()
    .any(|word| plain.ends_with(word))
}

/// Whether a value under this name must not be copied, because it may open a door.
pub(super) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    is_credential_name(&name)
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
    fn media_types_lose_their_parameters() {
        assert_eq!(
            media_type("Application/JSON; charset=utf-8").as_deref(),
            Some("application/json")
        );
        assert_eq!(media_type("{{type}}"), None);
        assert_eq!(media_type("*/*"), None);
        assert!(is_json("application/vnd.api+json") && !is_json("application/xml"));
    }

    #[test]
    fn names_of_credentials() {
        for name in [
            "X-API-Key",
            "api_key",
            "X-Auth-Token",
            "Ocp-Apim-Subscription-Key",
        ] {
            assert!(is_credential_name(name), "{name}");
        }
        for name in ["Idempotency-Key", "X-Request-Id", "key"] {
            assert!(!is_credential_name(name), "{name}");
        }
        assert!(is_secret_name("client_secret") && is_secret_name("X-Password"));
    }
}
