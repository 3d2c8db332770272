//! Headers: which of them the client or the network sets, and what media types mean.

/// Those that every client of HTTP sets itself, or that Postman adds; names in small letters.
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

/// Those that browsers, proxies and command lines add to what they send, so that recordings are full of them. Where
/// somebody writes one into a request by hand, it is meant.
const ADDED: &[&str] = &[
    "accept-charset",
    "accept-language",
    "dnt",
    "expect",
    "keep-alive",
    "origin",
    "pragma",
    "priority",
    "referer",
    "te",
    "trailer",
    "upgrade",
    "upgrade-insecure-requests",
    "via",
    "x-requested-with",
];

/// Whether a header is the protocol's and never a parameter.
pub fn is_protocol(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // `sec-fetch-mode` and its like are a browser's, and `:authority` is HTTP/2's.
    name.starts_with("sec-") || name.starts_with(':') || PROTOCOL.contains(&name.as_str())
}

/// Whether a header of a recording or a command is the protocol's, or was added on the way.
pub(super) fn is_added(name: &str) -> bool {
    is_protocol(name) || ADDED.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a name can be a header's (RFC 9110 §5.1).
pub fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// Type and subtype in small letters, with no parameters. Nothing if it is a placeholder or a range.
pub fn media_type(text: &str) -> Option<String> {
    let name = text.split(';').next()?.trim().to_ascii_lowercase();
    let token = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
    };
    let (kind, subtype) = name.split_once('/')?;
    (token(kind) && token(subtype)).then(|| name.clone())
}

/// Whether a media type is JSON.
pub fn is_json(media_type: &str) -> bool {
    let subtype = media_type.split_once('/').map_or("", |(_, sub)| sub);
    subtype == "json" || subtype.ends_with("+json") || subtype == "x-json"
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
    fn what_was_added_on_the_way_is_told_from_what_is_meant() {
        assert!(is_protocol("Host") && is_protocol("Sec-Fetch-Mode"));
        assert!(!is_protocol("X-Requested-With") && is_added("X-Requested-With"));
        assert!(!is_added("X-Tenant"));
    }
}
