//! Credentials in samples: which names and spellings tell them, and what stands in their place from the beginning on.

use super::placeholder;
use crate::model::Literal;
use crate::tree::{Kind, Node};
use std::collections::BTreeSet;

/// What stands in the place of a text in a sample: the placeholder that says that any text may stand there.
const TEXT: &str = "string";

/// Words in names of members that hold credentials, whatever API it is.
const SECRET: [&str; 16] = [
    "apikey",
    "authorization",
    "credential",
    "credentials",
    "cvc",
    "cvv",
    "jwt",
    "pass",
    "passphrase",
    "passwd",
    "password",
    "pin",
    "pwd",
    "secret",
    "secrets",
    "token",
];

/// Pairs of words that mean the same together.
const SECRET_PAIRS: [(&str, &str); 7] = [
    ("access", "key"),
    ("api", "key"),
    ("card", "number"),
    ("client", "key"),
    ("license", "key"),
    ("private", "key"),
    ("session", "id"),
];

/// Ends of words that are written together: `accesstoken`, `clientsecret`.
const ENDS: [&str; 5] = ["apikey", "passwd", "password", "secret", "token"];

/// Last words of names that speak about a credential and hold none: `token_type`, `password_changed_at`.
const ABOUT: [&str; 11] = [
    "at", "count", "enabled", "expires", "expiry", "in", "length", "on", "policy", "scope", "type",
];

/// Whether a member of this name holds a credential.
pub fn is_secret_name(name: &str) -> bool {
    let words = words(name);
    let pairs = words.iter().zip(words.iter().skip(1));
    words
        .iter()
        .any(|word| SECRET.contains(&word.as_str()) || ENDS.iter().any(|end| word.ends_with(end)))
        || pairs
            .into_iter()
            .any(|(a, b)| SECRET_PAIRS.contains(&(a.as_str(), b.as_str())))
}

/// Whether a number of this name is one.
pub(super) fn is_secret_number(name: &str) -> bool {
    words(name)
        .iter()
        .any(|word| matches!(word.as_str(), "cvc" | "cvv" | "pin" | "password" | "pwd"))
        || is_secret_name(name) && name.to_ascii_lowercase().contains("card")
}

/// Whether a text is one by the way it is spelled: tokens and keys of the large issuers, web tokens, key files.
pub(super) fn is_secret_text(text: &str) -> bool {
    const STARTS: [&str; 16] = [
        "-----BEGIN",
        "AKIA",
        "ASIA",
        "Basic ",
        "Bearer ",
        "PMAK-",
        "SG.",
        "ghp_",
        "gho_",
        "github_pat_",
        "glpat-",
        "rk_live_",
        "sk-",
        "sk_live_",
        "sk_test_",
        "whsec_",
    ];
    let web_token = text.starts_with("eyJ") && text.matches('.').count() >= 1 && text.len() > 20;
    let chat = ["xoxb-", "xoxp-", "xoxa-"]
        .iter()
        .any(|start| text.starts_with(start));
    let user_info = text.split_once("://").is_some_and(|(_, rest)| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.split_once('@')
            .is_some_and(|(user, _)| user.contains(':'))
    });
    web_token || chat || user_info || STARTS.iter().any(|start| text.starts_with(start))
}

/// The words of a name in small letters: `accessToken` and `access-token` have two.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for c in name.chars().take(200) {
        if !c.is_alphanumeric() {
            before = None;
            continue;
        }
        let begins = match before {
            None => true,
            Some(before) => c.is_uppercase() && !char::is_uppercase(before),
        };
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
        before = Some(c);
    }
    words
}

/// Whether the text of a member is a credential that is written out: its name or its spelling says so, and it is no
/// placeholder.
pub fn is_secret(name: &str, text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text == super::example::MASK {
        return false;
    }
    if text.contains("{{") {
        // `Bearer {{token}}` says nothing, and `{{user}}:hunter2` does.
        let rest = outside_of_references(text);
        let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
        let schemes = ["", "basic", "bearer", "token"];
        return is_value_name(name) && !schemes.contains(&rest.to_ascii_lowercase().as_str());
    }
    placeholder::holes(text).is_none() && (is_value_name(name) || is_secret_text(text))
}

/// Whether a member of this name has the credential for its value.
pub(super) fn is_value_name(name: &str) -> bool {
    is_secret_name(name)
        && !words(name)
            .last()
            .is_some_and(|last| ABOUT.contains(&last.as_str()))
}

fn outside_of_references(text: &str) -> String {
    let mut rest = String::new();
    for (index, piece) in text.split("{{").enumerate() {
        match piece.split_once("}}") {
            Some((_, after)) if index > 0 => rest.push_str(after),
            _ => rest.push_str(piece),
        }
    }
    rest
}

/// The name of a member's value: that of the member, or of `value` what stands beside it under `key` or `name`, if that
/// says secret: `{"key": "password", "value": …}`.
pub(super) fn name_of_value<'t>(object: Node<'t>, member: &'t str) -> &'t str {
    if !member.eq_ignore_ascii_case("value") {
        return member;
    }
    let said = object.entries().find_map(|(key, value)| {
        let says = ["key", "name"]
            .iter()
            .any(|word| key.text.eq_ignore_ascii_case(word));
        value.as_str().filter(|text| says && is_secret_name(text))
    });
    said.unwrap_or(member)
}

/// The text of a GraphQL query without its credentials: text in quotation marks behind a name that says secret.
pub fn masked_query(query: &str) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut out = String::with_capacity(query.len());
    let mut rest = query;
    while let Some(at) = rest.find('"') {
        let (before, quoted) = rest.split_at(at);
        let long = quoted.starts_with("\"\"\"");
        let mark = if long { 3 } else { 1 };
        let inside = quoted.get(mark..).unwrap_or_default();
        let length = if long {
            inside.find("\"\"\"").unwrap_or(inside.len())
        } else {
            let mut escaped = false;
            let end = inside.find(|c: char| {
                let end = (c == '"' && !escaped) || c == '\n';
                escaped = c == '\\' && !escaped;
                end
            });
            end.unwrap_or(inside.len())
        };
        let (text, after) = inside.split_at(length);
        let named = before.trim_end().strip_suffix(':').map(str::trim_end);
        let name = named.and_then(|named| named.rsplit(|c: char| !is_name(c)).next());
        out.push_str(before);
        out.push_str(quoted.get(..mark).unwrap_or_default());
        out.push_str(kept_text(name.unwrap_or_default(), text));
        let closing = mark.min(after.len());
        out.push_str(after.get(..closing).unwrap_or_default());
        rest = after.get(closing..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// The text of a member as it may be kept.
pub fn kept_text<'t>(name: &str, text: &'t str) -> &'t str {
    if is_secret(name, text) { TEXT } else { text }
}

/// The spelling of a number as it may be kept.
pub(super) fn kept_number<'t>(name: &str, number: &'t str) -> &'t str {
    if is_secret_number(name) { "1" } else { number }
}

/// A JSON value as a literal without its credentials: in their place stand others of the same kind. `name` is that of the
/// member whose value it is. The depth of trees bounds the recursion.
pub fn literal(name: &str, node: Node<'_>) -> Literal {
    match node.kind() {
        Kind::Null => Literal::Null,
        Kind::Boolean => Literal::Boolean(node.as_bool().unwrap_or_default()),
        Kind::Number => {
            let number = node.as_number().unwrap_or_default();
            Literal::Number(kept_number(name, number).to_owned())
        }
        Kind::String => {
            let text = node.as_str().unwrap_or_default();
            Literal::String(kept_text(name, text).to_owned())
        }
        Kind::Array => Literal::Array(node.items().map(|item| literal(name, item)).collect()),
        Kind::Object => Literal::Object(
            node.entries()
                .map(|(key, value)| {
                    let name = name_of_value(node, key.text);
                    (key.text.to_owned(), literal(name, value))
                })
                .collect(),
        ),
    }
}

/// The names of the members that hold credentials, each once. The depth of trees bounds the recursion.
pub fn secret_members<'t>(name: &'t str, node: Node<'t>, found: &mut BTreeSet<&'t str>) {
    match node.kind() {
        Kind::String if is_secret(name, node.as_str().unwrap_or_default()) => {
            found.insert(name);
        }
        Kind::Number if is_secret_number(name) => {
            found.insert(name);
        }
        Kind::Array => node
            .items()
            .for_each(|item| secret_members(name, item, found)),
        Kind::Object => node
            .entries()
            .for_each(|(key, value)| secret_members(name_of_value(node, key.text), value, found)),
        _ => {}
    }
}

/// Text that is no JSON without its credentials: XML, forms, and JSON that cannot be read. A name that says secret is
/// followed by `=`, `:` or `>` and its value.
pub fn masked_plain(text: &str) -> String {
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_name) {
        let (before, word) = rest.split_at(start);
        let (name, after) = word.split_at(word.find(|c| !is_name(c)).unwrap_or(word.len()));
        out.push_str(before);
        out.push_str(name);
        rest = after;
        if !is_value_name(name) {
            continue;
        }
        let Some((sign, value)) = value_behind(after) else {
            continue;
        };
        out.push_str(sign);
        rest = after.get(sign.len()..).unwrap_or_default();
        if is_secret(name, value) {
            out.push_str(TEXT);
            rest = rest.get(value.len()..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// What stands between a name and its value, and the value.
fn value_behind(text: &str) -> Option<(&str, &str)> {
    let blank = |c: char| c.is_whitespace() || matches!(c, '"' | '\\' | '\'');
    let sign = text.trim_start_matches(blank);
    let value = sign.strip_prefix([':', '=', '>'])?;
    let value = value.trim_start();
    let opened = value.trim_start_matches(['"', '\'', '\\']);
    let quoted = opened.len() < value.len();
    let end = opened.find(|c: char| match (quoted, sign.starts_with('>')) {
        (true, _) => matches!(c, '"' | '\'' | '\\' | '\n'),
        (false, true) => c == '<',
        (false, false) => matches!(c, '&' | ',' | ';' | '}' | ']' | '<' | '\n'),
    });
    let (value, _) = opened.split_at(end.unwrap_or(opened.len()));
    let sign = text.get(..text.len() - opened.len())?;
    Some((sign, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literal_values_are_secrets_and_placeholders_are_not() {
        for (name, text) in [
            ("password", "hunter2"),
            ("clientsecret", "abc"),
            ("refreshToken", "abc"),
            ("password", "{{user}}:hunter2"),
            ("note", "sk_live_123"),
            ("Authorization", "Bearer abc"),
        ] {
            assert!(is_secret(name, text), "{name}: {text}");
        }
        for (name, text) in [
            ("password", ""),
            ("password", "{{password}}"),
            ("Authorization", "Bearer {{token}}"),
            ("password", "<string>"),
            ("token_type", "bearer"),
            ("password_changed_at", "2020-01-01"),
            ("name", "hunter2"),
        ] {
            assert!(!is_secret(name, text), "{name}: {text}");
        }
    }

    #[test]
    fn queries_lose_their_credentials_and_nothing_else() {
        for (query, expected) in [
            (
                r#"mutation { login(user: "ann", password: "hunter2") { token } }"#,
                r#"mutation { login(user: "ann", password: "string") { token } }"#,
            ),
            (
                r#"query Q($password: String!) { a(password: $password, note: "x") }"#,
                r#"query Q($password: String!) { a(password: $password, note: "x") }"#,
            ),
            (
                r#"{ a(secret: """hun"ter2""", b: "sk_live_1", c: "q\"r") }"#,
                r#"{ a(secret: """string""", b: "string", c: "q\"r") }"#,
            ),
            (r#"{ a(password: "hunter2"#, r#"{ a(password: "string"#),
        ] {
            assert_eq!(masked_query(query), expected);
        }
    }

    #[test]
    fn plain_text_loses_its_credentials() {
        for (text, expected) in [
            (
                "<a><password>hunter2</password></a>",
                "<a><password>string</password></a>",
            ),
            (
                "user=ann&password=hunter2&x=1",
                "user=ann&password=string&x=1",
            ),
            (
                r#"{"token": "abc", "n": 1, oops"#,
                r#"{"token": "string", "n": 1, oops"#,
            ),
            ("password: ", "password: "),
            ("a token and <b>", "a token and <b>"),
            ("<token>{{t}}</token>", "<token>{{t}}</token>"),
        ] {
            assert_eq!(masked_plain(text), expected);
        }
    }
}
