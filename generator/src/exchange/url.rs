//! A URL as text to where the API is served, the path with its holes, and the query.

use super::{Field, placeholder};
use crate::model::{PathTemplate, Piece};
use crate::origin::Origin;

/// A URL in its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Url {
    /// Scheme and host, without a slash at the end; `{name}` stands for what the caller puts in. Nothing if the text
    /// begins with the path, or with a variable that has no value.
    pub base: Option<String>,
    /// The path.
    pub path: PathTemplate,
    /// The query in its order.
    pub query: Vec<Field>,
    /// The user in front of the host; a request takes it out.
    pub(super) user: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}

impl Url {
    /// Reads a URL as people write it: the scheme may be absent, and holes are spelled in any of the usual ways. Nothing
    /// if the text can be no URL.
    pub fn read(text: &str, origin: Origin) -> Option<Url> {
        let text = text.trim();
        if text.is_empty() || text.contains(['\n', '\r']) {
            return None;
        }
        let (text, query) = cut(text);
        let (base, user, path) = split_base(text)?;
        Some(Url {
            base,
            path: path_template(path),
            query: query.map(|query| fields(query, origin)).unwrap_or_default(),
            user,
            origin,
        })
    }
}

/// The text in front of query and fragment, and the query. Marks inside of holes do not count.
fn cut(text: &str) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' | '<' => depth += 1,
            '}' | '>' => depth = depth.saturating_sub(1),
            '#' if depth == 0 => return (text.get(..at).unwrap_or(text), None),
            '?' if depth == 0 => {
                let query = text.get(at + 1..).unwrap_or_default();
                let query = query.split('#').next().unwrap_or_default();
                return (text.get(..at).unwrap_or(text), Some(query));
            }
            _ => {}
        }
    }
    (text, None)
}

/// Scheme and host, the user, and the path.
#[allow(clippy::type_complexity)]
fn split_base(text: &str) -> Option<(Option<String>, Option<String>, &str)> {
    if let Some(path) = text.strip_prefix('/') {
        // `//host/path` leaves the scheme open.
        return match path.strip_prefix('/') {
            Some(rest) => host("https", rest),
            None => Some((None, None, path)),
        };
    }
    if let Some((scheme, rest)) = text.split_once("://") {
        let known = ["http", "https"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(scheme));
        if known {
            return host(&scheme.to_ascii_lowercase(), rest);
        }
        // `{scheme}://host` is read as the usual one; other schemes are no HTTP API.
        return placeholder::whole(scheme).and_then(|_| host("https", rest));
    }
    if let Some((_, rest)) = placeholder::at(text)
        && let None | Some('/') = rest.chars().next()
    {
        // A variable holds the whole base.
        return Some((None, None, rest.strip_prefix('/').unwrap_or(rest)));
    }
    let first = text.split('/').next().unwrap_or_default();
    let name = first.split(':').next().unwrap_or_default();
    let is_host = name == "localhost" || (name.contains('.') && !name.starts_with('.'));
    match is_host {
        true if name == "localhost" => host("http", text),
        true => host("https", text),
        false => None,
    }
}

#[allow(clippy::type_complexity)]
fn host<'t>(scheme: &str, rest: &'t str) -> Option<(Option<String>, Option<String>, &'t str)> {
    let mut end = rest.len();
    let mut depth = 0_usize;
    for (at, c) in rest.char_indices() {
        match c {
            '{' | '<' => depth += 1,
            '}' | '>' => depth = depth.saturating_sub(1),
            '/' if depth == 0 => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let (authority, path) = rest.split_at_checked(end)?;
    let (user, authority) = match authority.rsplit_once('@') {
        Some((user, authority)) => {
            let name = user.split(':').next().unwrap_or_default();
            (Some(name.to_owned()), authority)
        }
        None => (None, authority),
    };
    let authority = holes(authority);
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '{' | '}' | '[' | ']');
    if authority.is_empty() || !authority.chars().all(plain) {
        return None;
    }
    let base = format!("{scheme}://{}", lower_outside(&authority));
    Some((Some(base), user, path.strip_prefix('/').unwrap_or(path)))
}

/// In small letters, except for the names of holes.
fn lower_outside(text: &str) -> String {
    let mut inside = false;
    text.chars()
        .map(|c| {
            inside = (inside || c == '{') && c != '}';
            if inside { c } else { c.to_ascii_lowercase() }
        })
        .collect()
}

/// Text whose holes are all spelled `{name}`.
fn holes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Literal(text) => out.push_str(&text),
            Piece::Parameter(name) => {
                out.push('{');
                out.push_str(&name);
                out.push('}');
            }
        }
    }
    out
}

/// A path without its first slash to a template.
fn path_template(path: &str) -> PathTemplate {
    if path.is_empty() {
        return PathTemplate::default();
    }
    let mut segments = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let mut cut = |from: usize, to: usize| segments.push(segment(path.get(from..to).unwrap_or("")));
    for (at, c) in path.char_indices() {
        match c {
            '{' | '<' => depth += 1,
            '}' | '>' => depth = depth.saturating_sub(1),
            '/' if depth == 0 => {
                cut(start, at);
                start = at + 1;
            }
            _ => {}
        }
    }
    cut(start, path.len());
    let mut template = PathTemplate {
        segments,
        ..PathTemplate::default()
    };
    name_apart(&mut template);
    template
}

/// Two holes of one path have two names: the second `id` is called by the word in front of it.
fn name_apart(template: &mut PathTemplate) {
    let mut seen = std::collections::BTreeSet::new();
    let mut word = String::new();
    for piece in template.segments.iter_mut().flatten() {
        match piece {
            Piece::Literal(text) => word.clone_from(text),
            Piece::Parameter(name) => {
                let mut number = 1;
                while !seen.insert(name.clone()) {
                    number += 1;
                    *name = match number {
                        2 if !word.is_empty() => format!("{}_{name}", clean(&word)),
                        _ => format!("{name}_{number}"),
                    };
                }
            }
        }
    }
}

fn segment(text: &str) -> Vec<Piece> {
    if let Some(name) = text.strip_prefix(':').filter(|name| !name.is_empty()) {
        let end = name
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
            .unwrap_or(name.len());
        let (name, rest) = name.split_at_checked(end).unwrap_or((name, ""));
        if !name.is_empty() {
            let mut pieces = vec![Piece::Parameter(clean(name))];
            pieces.extend(segment_rest(rest));
            return pieces;
        }
    }
    if placeholder::is_shouted(text) {
        let lower = text.to_ascii_lowercase().replace('-', "_");
        let name = lower.strip_prefix("your_").unwrap_or(&lower);
        return vec![Piece::Parameter(name.to_owned())];
    }
    pieces(text)
}

fn segment_rest(text: &str) -> Vec<Piece> {
    match text.is_empty() {
        true => Vec::new(),
        false => pieces(text),
    }
}

/// The pieces of a text; an empty text is one empty literal-free segment.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let hole = match c {
            '{' | '<' | '$' => placeholder::at(rest),
            _ => None,
        };
        if let Some((name, after)) = hole {
            if !literal.is_empty() {
                pieces.push(Piece::Literal(decode(&std::mem::take(&mut literal))));
            }
            pieces.push(Piece::Parameter(clean(name)));
            rest = after;
            continue;
        }
        literal.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(decode(&literal)));
    }
    pieces
}

/// A name as it can stand in a template: letters, digits, `_` and `-`; one in capitals in small letters.
fn clean(name: &str) -> String {
    let name = name.trim().trim_start_matches('$').trim_end_matches('?');
    let shouted = !name.contains(|c: char| c.is_lowercase());
    let cleaned: String = name
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .collect();
    let cleaned = cleaned.trim_matches('_');
    match shouted {
        true => cleaned.to_lowercase(),
        false => cleaned.to_owned(),
    }
}

/// The fields of a query or of a form that is spelled like one.
pub fn fields(text: &str, origin: Origin) -> Vec<Field> {
    text.split('&')
        .filter(|part| !part.is_empty())
        .map(|part| match part.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (part, None),
        })
        .map(|(name, value)| Field {
            name: decode(&name.replace('+', " ")),
            value: value.map(|value| decode(&value.replace('+', " "))),
            origin,
        })
        .filter(|field| !field.name.is_empty())
        .collect()
}

/// Text without percent-encoding. What is no encoding of UTF-8 stays as it is.
pub fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| {
            let digit = char::from(*after.get(at)?).to_digit(16)?;
            u8::try_from(digit).ok()
        };
        match (*first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                rest = after.get(2..).unwrap_or_default();
            }
            (byte, ..) => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
