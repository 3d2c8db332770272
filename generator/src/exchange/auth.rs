//! Headers, queries and cookies to the ways in which they authenticate. The credentials themselves end here.

use super::{Field, header, is_placeholder, placeholder};
use crate::model::{ApiKeyLocation, SecurityKind};
use crate::origin::Origin;

/// A way in which a request authenticates, without the credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// How.
    pub kind: SecurityKind,
    /// What the user's name is made of, if the sample tells it with placeholders: `{email}/token`.
    pub user: Option<String>,
    /// Whether the source has a credential written out, which is left behind.
    pub literal: bool,
    /// Where it was read.
    pub origin: Origin,
}

/// The credential that a header is, if it is one.
pub fn credential_of_header(name: &str, value: &str, origin: Origin) -> Option<Credential> {
    let name = name.trim();
    let value = value.trim();
    let credential = |kind: SecurityKind, secret: &str| Credential {
        kind,
        user: None,
        literal: !is_placeholder(secret) && !holds_placeholder(secret),
        origin,
    };
    if name.eq_ignore_ascii_case("authorization") {
        let secret = value.split_once(' ').map_or(value, |(_, rest)| rest);
        return Some(credential(authorization(value)?, secret));
    }
    if is_key_name(name) && header::is_name(name) {
        let kind = SecurityKind::ApiKey {
            name: name.to_owned(),
            location: ApiKeyLocation::Header,
        };
        return Some(credential(kind, value));
    }
    None
}

/// What `user:password` tells about a way to authenticate.
pub fn credential_of_user(kind: SecurityKind, text: &str, origin: Origin) -> Credential {
    let mut end = text.len();
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' | '<' => depth += 1,
            '}' | '>' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let (user, password) = text.split_at_checked(end).unwrap_or((text, ""));
    let password = password.strip_prefix(':').unwrap_or_default();
    let open = |text: &str| is_placeholder(text) || holds_placeholder(text);
    Credential {
        kind,
        user: user_pattern(user),
        literal: !(open(password) && (open(user) || !password.is_empty())),
        origin,
    }
}

/// The credential that a cookie is, if its name says so.
pub(super) fn credential_of_cookie(name: &str, value: &str, origin: Origin) -> Option<Credential> {
    let plain = plain(name);
    let session = [
        "session",
        "sessionid",
        "sid",
        "jsessionid",
        "phpsessid",
        "auth",
    ];
    let is_key = is_key_name(name)
        || session.contains(&plain.as_str())
        || ["session", "sessionid", "sessid", "token", "auth"]
            .iter()
            .any(|end| plain.ends_with(end));
    is_key.then(|| Credential {
        kind: SecurityKind::ApiKey {
            name: name.to_owned(),
            location: ApiKeyLocation::Cookie,
        },
        user: None,
        literal: !is_placeholder(value) && !holds_placeholder(value),
        origin,
    })
}

/// The credential that an entry of the query is, if its name says so.
pub(super) fn credential_of_query(field: &Field) -> Option<Credential> {
    is_key_name(&field.name).then(|| {
        let value = field.value.as_deref().unwrap_or_default();
        Credential {
            kind: SecurityKind::ApiKey {
                name: field.name.clone(),
                location: ApiKeyLocation::Query,
            },
            user: None,
            literal: !is_placeholder(value) && !holds_placeholder(value),
            origin: field.origin,
        }
    })
}

/// A user's name as a pattern, if it has a placeholder; else nothing: the name of a person is nobody's business.
pub(super) fn user_pattern(user: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = user;
    let mut found = false;
    while let Some(c) = rest.chars().next() {
        if let Some((name, after)) = placeholder::at(rest) {
            out.push_str(&format!("{{{name}}}"));
            rest = after;
            found = true;
            continue;
        }
        out.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    if placeholder::is_shouted(user) {
        return Some(format!("{{{}}}", user.to_ascii_lowercase()));
    }
    found.then_some(out)
}

/// What the first word of an `Authorization` header's value says.
pub fn authorization(value: &str) -> Option<SecurityKind> {
    let word = value.split_whitespace().next()?.to_ascii_lowercase();
    Some(match word.as_str() {
        "basic" => SecurityKind::Basic,
        "bearer" => SecurityKind::Bearer,
        "digest" | "hawk" | "ntlm" | "negotiate" => SecurityKind::Other(word),
        "oauth" => SecurityKind::Other("oauth1".to_owned()),
        "aws4-hmac-sha256" => SecurityKind::Other("awsv4".to_owned()),
        _ => whole_authorization(),
    })
}

/// A scheme that nobody knows: the caller gives the whole header.
pub fn whole_authorization() -> SecurityKind {
    SecurityKind::ApiKey {
        name: "Authorization".to_owned(),
        location: ApiKeyLocation::Header,
    }
}

/// Whether a header must not be kept although it is no way to authenticate: cookies and what proxies ask for.
pub(super) fn is_withheld(name: &str) -> bool {
    [
        "authorization",
        "cookie",
        "proxy-authorization",
        "set-cookie",
    ]
    .iter()
    .any(|known| known.eq_ignore_ascii_case(name.trim()))
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase()
}

/// Whether a name of a header or query entry says that its value is a key to the door.
pub fn is_key_name(name: &str) -> bool {
    let plain = plain(name);
    [
        "accesskey",
        "accesstoken",
        "apikey",
        "apitoken",
        "appkey",
        "authkey",
        "authtoken",
        "privatetoken",
        "subscriptionkey",
    ]
    .iter()
    .any(|word| plain.ends_with(word))
}

fn holds_placeholder(text: &str) -> bool {
    text.char_indices()
        .any(|(at, _)| text.get(at..).and_then(placeholder::at).is_some())
}
