//! Credentials in text for people: descriptions, commands inside them, and names.

use super::placeholder;
use super::secret::{is_secret_name, is_secret_text, is_value_name, words};
use std::ops::Range;

/// What stands in the place of a credential. It acts on no markup around it.
const GONE: &str = "…";

/// What stands before a value in prose without being one.
const PLAIN: [&str; 40] = [
    "a",
    "an",
    "and",
    "any",
    "auth",
    "authentication",
    "authorization",
    "basic",
    "bearer",
    "bool",
    "boolean",
    "digest",
    "empty",
    "false",
    "for",
    "header",
    "hidden",
    "integer",
    "is",
    "jwt",
    "key",
    "none",
    "null",
    "number",
    "object",
    "of",
    "optional",
    "or",
    "password",
    "required",
    "scheme",
    "secret",
    "see",
    "string",
    "text",
    "the",
    "to",
    "token",
    "true",
    "uuid",
];

/// The shortest text that is a credential by its looks alone.
const SHORTEST: usize = 6;

/// The shortest text that is a credential by how it begins.
const SHORTEST_ISSUED: usize = 10;

/// Text for people without its credentials: what follows `Bearer` or `Basic`, users in URLs, values behind names that
/// say secret, arguments of `curl -u`, and keys whose issuers mark them. Nothing if there are none.
pub fn masked_prose(text: &str) -> Option<String> {
    let found = credentials(text);
    if found.is_empty() {
        return None;
    }
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for range in found {
        masked.push_str(text.get(from..range.start).unwrap_or_default());
        masked.push_str(GONE);
        from = range.end;
    }
    masked.push_str(text.get(from..).unwrap_or_default());
    Some(masked)
}

/// A name up to the first credential in it.
pub fn name_without_credentials(name: &str) -> &str {
    match credentials(name).first() {
        Some(first) => name
            .get(..first.start)
            .unwrap_or_default()
            .trim_end_matches(|c: char| !c.is_alphanumeric()),
        None => name,
    }
}

/// What the text so far makes of the word that comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Awaited {
    Nothing,
    /// `password =`, `--user`: whatever comes is the value.
    Value,
    /// `password:`: a value, or an explanation.
    Stated,
    /// `Bearer`: a credential, or the word for one.
    Scheme,
    /// `Authorization: Bearer`: a credential.
    Sent,
    /// A row of a table that has begun with such a name.
    Cell,
}

/// The places of credentials, in their order and apart from one another.
fn credentials(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut awaited = Awaited::Nothing;
    let mut before = "";
    let mut end_before = 0;
    for (start, word) in pieces(text) {
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let gap = text.get(end_before..start).unwrap_or_default();
        let first_of_line = end_before == 0 || gap.contains('\n');
        if first_of_line && !matches!(awaited, Awaited::Sent | Awaited::Value) {
            awaited = Awaited::Nothing;
        }
        end_before = start + word.len();
        if word.starts_with("-----BEGIN") {
            found.push(start..end_of_key(text, start));
            continue;
        }
        let place = Place {
            text,
            start,
            word,
            gap,
        };
        let inside = place.inside();
        let known = !inside.is_empty();
        found.extend(inside);
        let value = match awaited {
            Awaited::Nothing => false,
            Awaited::Value => place.may_be_one(),
            Awaited::Stated => place.may_be_one() && !is_plain(word) && place.is_stated(),
            Awaited::Scheme | Awaited::Cell => place.may_be_one() && looks_random(word),
            Awaited::Sent => place.may_be_one() && !is_plain(word),
        };
        if value && !known {
            let bare = word.trim_end_matches(['.', '\\', '*', '_', '!', '?']);
            found.push(start..start + bare.len());
        }
        awaited = place.next(before, awaited, value || known);
        before = word;
    }
    found.retain(|range| !range.is_empty());
    found
}

/// Where a private key ends.
fn end_of_key(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let Some(mark) = rest.find("-----END") else {
        return text.len();
    };
    let behind = rest.get(mark..).unwrap_or_default();
    let line = behind.find('\n').unwrap_or(behind.len());
    let closed = behind.get(8..line).and_then(|tail| tail.find("-----"));
    start + mark + closed.map_or(line, |at| 8 + at + 5)
}

/// The words of a text with their places: what stands between spaces, quotation marks and brackets.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = |c: char| c.is_whitespace() || "\"'`()[]{}<>,;|".contains(c);
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(|c| !ends(c))?;
        let word = text.get(start..)?;
        let word = word.get(..word.find(ends).unwrap_or(word.len()))?;
        at = start + word.len();
        Some((start, word))
    })
}

/// A word and what stands around it.
struct Place<'t> {
    text: &'t str,
    start: usize,
    word: &'t str,
    /// What stands between the word before and this one.
    gap: &'t str,
}

impl Place<'_> {
    /// The credentials that the word holds and tells by itself: `https://ann:abc@host`, `key?api_key=abc`, `sk_live_…`.
    fn inside(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let word = self.word;
        if word.len() >= SHORTEST_ISSUED
            && is_secret_text(word)
            && !word.contains("://")
            && word.contains(|c: char| c.is_ascii_digit())
        {
            found.push(self.start..self.start + word.len());
            return found;
        }
        let mut from = 0;
        if let Some(at) = word.find("://") {
            let rest = word.get(at + 3..).unwrap_or_default();
            let host = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            if let Some(user) = rest.get(..host).and_then(|host| host.rfind('@')) {
                let start = self.start + at + 3;
                found.push(start..start + user);
                from = at + 3 + user;
            }
        }
        // `host?api_key=abc&x=1`, `api_key=abc`, `--password=abc`, `password:abc`.
        let mut sign = from;
        while let Some(at) = word
            .get(sign..)
            .and_then(|rest| rest.find(['=', ':']))
            .map(|at| sign + at)
        {
            sign = at + 1;
            let name = word.get(from..at).unwrap_or_default();
            let name = name
                .rsplit(|c: char| !c.is_alphanumeric() && c != '_' && c != '-' && c != '.')
                .next()
                .unwrap_or_default();
            let rest = word.get(sign..).unwrap_or_default();
            let length = rest.find(['&', '#']).unwrap_or(rest.len());
            let value = rest.get(..length).unwrap_or_default();
            let value = value.trim_end_matches(['.', '\\', '*', '!', '?']);
            if is_value_name(name) && may_be_one(value) && !value.starts_with("//") {
                found.push(self.start + sign..self.start + sign + value.len());
                sign += length;
                from = sign;
            }
        }
        found
    }

    /// Whether the word can be a credential: no placeholder, and none that brackets make one.
    fn may_be_one(&self) -> bool {
        let opens = self.gap.ends_with(['<', '{', '[']) && !self.gap.ends_with("><");
        let behind = self
            .text
            .get(self.start + self.word.len()..)
            .unwrap_or_default();
        let closes = behind.starts_with(['>', '}', ']']);
        !(opens && closes) && may_be_one(self.word)
    }

    /// Whether what stands behind `name:` is a value and no explanation: it is quoted, looks like one, or is all that
    /// the line still has.
    fn is_stated(&self) -> bool {
        let behind = self
            .text
            .get(self.start + self.word.len()..)
            .unwrap_or_default();
        let line = behind.split('\n').next().unwrap_or_default();
        self.gap.ends_with(['"', '\'', '`'])
            || looks_random(self.word)
            || !line.contains(|c: char| c.is_alphanumeric())
    }

    /// What the word makes of the next one.
    fn next(&self, before: &str, awaited: Awaited, was_value: bool) -> Awaited {
        let word = self.word;
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let behind = self.text.get(self.start + word.len()..).unwrap_or_default();
        let is_scheme = ["bearer", "basic", "token"]
            .iter()
            .any(|scheme| bare.eq_ignore_ascii_case(scheme));
        if is_scheme && matches!(awaited, Awaited::Stated | Awaited::Value | Awaited::Sent) {
            return Awaited::Sent;
        }
        if ["-u", "--user", "--oauth2-bearer"].contains(&word) {
            return Awaited::Value;
        }
        let name = match word {
            "=" | ":" => before,
            _ => word,
        };
        let named = is_value_name(name.trim_matches(|c: char| !c.is_alphanumeric()));
        if named
            && (word.ends_with('=') || behind.starts_with('>'))
            && behind.starts_with(['"', '\'', '`', '>', ' ', '\\'])
        {
            // `<password>` is a placeholder where nothing adjoins it.
            let adjoins = behind.strip_prefix('>').is_none_or(|value| {
                value.starts_with(|c: char| c.is_alphanumeric()) && self.gap.ends_with('<')
            });
            return if adjoins {
                Awaited::Value
            } else {
                Awaited::Nothing
            };
        }
        if named && word.ends_with(':') {
            return Awaited::Stated;
        }
        if bare.eq_ignore_ascii_case("bearer") || bare.eq_ignore_ascii_case("basic") {
            return Awaited::Scheme;
        }
        let cell =
            self.gap.contains('|') && behind.trim_start_matches(['`', ' ', '*']).starts_with('|');
        if cell && is_secret_name(bare) || awaited == Awaited::Cell && !was_value {
            return Awaited::Cell;
        }
        Awaited::Nothing
    }
}

/// Whether a text can be a credential: it is not empty, a reference, a placeholder, or a name in capitals.
fn may_be_one(text: &str) -> bool {
    let letters = |c: char| c.is_ascii_uppercase() || c == '_' || c == '-';
    let stands_for = [
        "$", "%", "your", "my_", "my-", "xxx", "...", "…", "***", "example",
    ];
    let lower = text.to_ascii_lowercase();
    let first = text.chars().next();
    text.contains(char::is_alphanumeric)
        && !text.chars().all(letters)
        && !stands_for.iter().any(|start| lower.starts_with(start))
        && !text.chars().all(|c| Some(c) == first)
        && placeholder::holes(text).is_none()
}

/// Whether a word speaks about a credential.
fn is_plain(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = bare.to_ascii_lowercase();
    PLAIN.contains(&lower.as_str()) || lower.starts_with("oauth")
}

/// Whether a word looks like no word: letters and digits, or small and capital letters in turn.
fn looks_random(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '=');
    if bare.len() < SHORTEST || is_plain(bare) || bare.contains("://") {
        return false;
    }
    let digit = bare.contains(|c: char| c.is_ascii_digit());
    let letter = bare.contains(char::is_alphabetic);
    let turns = words(bare).len();
    digit && (letter || bare.len() >= 2 * SHORTEST)
        || bare.ends_with('=')
        || turns > bare.len() / 4 && bare.len() >= 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_loses_its_credentials_and_nothing_else() {
        for (text, expected) in [
            (
                "Send `Authorization: Bearer abcdef` with it.",
                "Send `Authorization: Bearer …` with it.",
            ),
            ("Use Basic YW5uOmh1bnRlcjI= here", "Use Basic … here"),
            (
                "See https://ann:hunter2@x.org/a?b=1.",
                "See https://…@x.org/a?b=1.",
            ),
            (
                "GET https://x.org/a?api_key=hunter2&b=1",
                "GET https://x.org/a?api_key=…&b=1",
            ),
            (
                "curl -u ann:hunter2 https://x.org",
                "curl -u … https://x.org",
            ),
            (
                "curl -H 'X-Api-Key: hunter2' https://x.org",
                "curl -H 'X-Api-Key: …' https://x.org",
            ),
            (
                "curl -H \"Authorization: Bearer hunter\" \\\n  https://x.org",
                "curl -H \"Authorization: Bearer …\" \\\n  https://x.org",
            ),
            (
                "curl -d '{\"password\": \"hunter\", \"a\": 1}'",
                "curl -d '{\"password\": \"…\", \"a\": 1}'",
            ),
            (
                "The password: hunter2 (for tests)",
                "The password: … (for tests)",
            ),
            (
                "* **Password**: swordfish\n* next",
                "* **Password**: …\n* next",
            ),
            ("password = hunter", "password = …"),
            ("<password>hunter</password>", "<password>…</password>"),
            ("Try sk_live_51abcdefgh.", "Try …"),
            ("| api_key | `k3yk3yk3y` |", "| api_key | `…` |"),
            (
                "a\n-----BEGIN KEY-----\nAbc\n-----END KEY-----\nb",
                "a\n…\nb",
            ),
        ] {
            assert_eq!(masked_prose(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn prose_about_credentials_stays() {
        for text in [
            "Bearer authentication with a token.",
            "Basic auth is used; the password is checked.",
            "Authorization: Bearer <token>",
            "Authorization: Bearer {{token}}",
            "Authorization: Bearer YOUR_TOKEN",
            "Authorization: Bearer $TOKEN",
            "token: the token that the login has given",
            "password: string",
            "Password: required, at least 8 characters",
            "?api_key={key}&token=<token>",
            "a token and an API key",
            "| token | string | the token of the session |",
            "mail ann@x.org, see https://x.org/@ann/password",
            "token_type=bearer",
        ] {
            assert_eq!(masked_prose(text), None, "{text}");
        }
    }

    #[test]
    fn names_end_where_credentials_begin() {
        for (name, expected) in [
            ("Log in as Bearer abc123", "Log in as Bearer"),
            ("Call https://ann:b@x.org", "Call https"),
            ("Get token", "Get token"),
            ("api_key=hunter2", "api_key"),
        ] {
            assert_eq!(name_without_credentials(name), expected);
        }
    }
}
