//! Headers that the client or the network sets, and that are no parameters.

/// Names in small letters.
const PROTOCOL: &[&str] = &[
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "authorization",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "postman-token",
    "pragma",
    "priority",
    "proxy-authorization",
    "referer",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "upgrade-insecure-requests",
    "user-agent",
    "via",
    "x-requested-with",
];

/// Whether a header is the protocol's or a browser's and never a parameter.
pub fn is_protocol(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // `sec-fetch-mode` and its like are a browser's, and `:authority` is HTTP/2's.
    name.starts_with("sec-") || name.starts_with(':') || PROTOCOL.contains(&name.as_str())
}

/// Whether a name can be a header's (RFC 9110 §5.1).
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}
