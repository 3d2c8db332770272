//! The attributes of auth blocks: which of them are credentials, and what the others tell a person who writes a provider.

use super::super::entry::is_placeholder;
use super::super::header;

/// Attributes, each with its name for people.
type Names = &'static [(&'static str, &'static str)];

/// Of each type: what it is called, and its attributes that tell how to apply it, with their names for people.
#[rustfmt::skip]
const KINDS: &[(&str, &str, Names)] = &[
    ("oauth2", "OAuth 2.0", &[
        ("grant_type", "Grant"), ("authUrl", "Authorization URL"), ("accessTokenUrl", "Token URL"), ("refreshTokenUrl", "Refresh URL"),
        ("redirect_uri", "Redirect URI"), ("scope", "Scopes"), ("audience", "Audience"), ("client_authentication", "Client credentials go into"),
    ]),
    ("oauth1", "OAuth 1.0", &[
        ("signatureMethod", "Signature method"), ("version", "Version"), ("realm", "Realm"), ("callback", "Callback"),
        ("addParamsToHeader", "Parameters in the header"), ("includeBodyHash", "Hash of the body"),
    ]),
    ("digest", "HTTP Digest (RFC 7616)", &[("realm", "Realm"), ("algorithm", "Algorithm"), ("qop", "Quality of protection")]),
    ("awsv4", "AWS Signature Version 4", &[
        ("region", "Region"), ("service", "Service"), ("addAuthDataToQuery", "Signature in the query"),
    ]),
    ("hawk", "Hawk", &[("algorithm", "Algorithm"), ("app", "Application"), ("delegation", "Delegated by"), ("includePayloadHash", "Hash of the body")]),
    ("ntlm", "NTLM", &[("domain", "Domain"), ("workstation", "Workstation")]),
    ("edgegrid", "Akamai EdgeGrid", &[("headersToSign", "Headers to sign"), ("maxBodySize", "Largest body")]),
    ("jwt", "a JSON Web Token that the caller signs", &[
        ("algorithm", "Algorithm"), ("headerPrefix", "Prefix in the header"), ("addTokenTo", "Token goes into"), ("queryParamKey", "Query parameter"),
    ]),
    ("asap", "Atlassian S2S (ASAP)", &[("alg", "Algorithm"), ("iss", "Issuer"), ("aud", "Audience"), ("kid", "Key")]),
];

/// Attributes that are settings although their names sound like credentials.
#[rustfmt::skip]
const SETTINGS: &[&str] = &[
    "tokenType", "accessTokenUrl", "refreshTokenUrl", "addTokenTo", "tokenName", "signatureMethod", "isSecretBase64Encoded", "tokenRequestParams",
    "authRequestParams", "refreshRequestParams", "challengeAlgorithm",
];

/// Attributes that hold credentials although their names do not say so.
#[rustfmt::skip]
const SECRETS: &[&str] = &[
    "value", "authKey", "privateKey", "accessKey", "secretKey", "sessionToken", "code", "nonce", "clientNonce", "opaque", "verifier", "assertion",
    "hawk_key", "passphrase", "key_pem",
];

/// Whether an attribute holds a credential.
pub(super) fn is_secret(key: &str) -> bool {
    !SETTINGS.contains(&key) && (SECRETS.contains(&key) || header::is_secret_name(key))
}

/// What a type of auth block is called.
pub(super) fn title(kind: &str) -> Option<&'static str> {
    let known = KINDS.iter().find(|(known, ..)| *known == kind);
    known.map(|(_, title, _)| *title)
}

/// What a block says about how it is applied, for people. No credential is among it.
pub(super) fn describe<'e>(
    kind: &str,
    attribute: &impl Fn(&str) -> Option<&'e str>,
) -> Option<String> {
    let (_, title, names) = KINDS.iter().find(|(known, ..)| *known == kind)?;
    let lines: Vec<String> = names
        .iter()
        .filter_map(|(key, label)| {
            let value = attribute(key).filter(|value| !is_placeholder(value))?;
            // A line is one, and a code span has no backticks in it.
            let plain = !value.contains(['`', '\n', '\r']) && !is_secret(key);
            plain.then(|| format!("- {label}: `{value}`"))
        })
        .collect();
    let title = match kind {
        "oauth2" => "An OAuth 2.0 access token.".to_owned(),
        _ => format!("Authentication by {title}."),
    };
    (!lines.is_empty()).then(|| format!("{title}\n\n{}", lines.join("\n")))
}
