//! Lines such as `GET /users/{id}`, in all the spellings of reference pages, to a method, a path and a query.

use super::inline;
use crate::model::{Method, PathTemplate, Piece};
use crate::origin::Origin;

/// The methods that reference pages name.
const METHODS: [&str; 8] = [
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE",
];

/// A method on a path.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Endpoint {
    pub method: Method,
    pub path: PathTemplate,
    /// What the line shows behind `?`: names, and the literal value if it has one.
    pub query: Vec<(String, Option<String>)>,
    /// Scheme and host, if the line has them.
    pub base: Option<String>,
    pub origin: Origin,
}

/// Whether a line is a method and its path, and nothing else.
pub(super) fn is_endpoint(line: &str) -> bool {
    read(line, Origin::default()).is_some()
}

/// Reads a line in any of the spellings.
pub(super) fn read(line: &str, origin: Origin) -> Option<Endpoint> {
    let line = line.trim();
    // Most lines are none, and are told so by their first letters.
    if !METHODS.iter().any(|method| line.contains(method)) {
        return None;
    }
    if let Some(rest) = line.strip_prefix("<Route") {
        let (attributes, rest) = rest.split_once('>')?;
        let (_, method) = attributes.split_once("method=")?;
        let method = method.trim_matches(|c: char| !c.is_ascii_alphabetic());
        let (path, _) = rest.split_once("</Route>")?;
        return endpoint(method, &inline::plain(path), origin);
    }
    let heading = line.starts_with('#');
    let line = line.trim_start_matches('#').trim();
    // `## Get User % GET /users/{user.id#DOCS_USER/object}`
    let line = match line.split_once(" % ") {
        Some((_, behind)) if heading => behind,
        _ => line,
    };
    let line = inline::plain(line);
    let line = line.strip_suffix("HTTP/1.1").unwrap_or(&line).trim();
    let (method, target) = line.split_once([' ', '\t', ':'])?;
    endpoint(method, target.trim(), origin)
}

/// The title that stands in one line with an endpoint.
pub(super) fn title(line: &str) -> Option<&str> {
    let line = line.strip_prefix('#')?.trim_start_matches('#');
    let (title, _) = line.split_once(" % ")?;
    Some(title.trim())
}

fn endpoint(method: &str, target: &str, origin: Origin) -> Option<Endpoint> {
    if !METHODS.contains(&method) {
        return None;
    }
    let target = without_notes(target.trim());
    if target.chars().any(char::is_whitespace) {
        return None;
    }
    let (base, rest) = split_base(&target)?;
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, query),
        None => (rest, ""),
    };
    let segments: Vec<Vec<Piece>> = match path.strip_prefix('/') {
        Some("") | None => Vec::new(),
        Some(inner) => inner.split('/').map(pieces).collect(),
    };
    let query = query
        .split('&')
        .filter(|entry| !entry.is_empty())
        .map(|entry| {
            let (name, value) = entry.split_once('=').unwrap_or((entry, ""));
            let literal = !value.is_empty() && hole(value).is_none_or(|(_, rest)| !rest.is_empty());
            (name.to_owned(), literal.then(|| value.to_owned()))
        })
        .filter(|(name, _)| !name.starts_with(['{', '<']))
        .collect();
    Some(Endpoint {
        method: Method::new(method)?,
        path: PathTemplate {
            segments,
            ..PathTemplate::default()
        },
        query,
        base,
        origin,
    })
}

/// Scheme and host, and what follows them from the slash on.
fn split_base(target: &str) -> Option<(Option<String>, &str)> {
    if target.starts_with('/') {
        return Some((None, target));
    }
    // A variable may hold the base.
    if let Some((_, rest)) = hole(target)
        && rest.starts_with('/')
    {
        return Some((None, rest));
    }
    let (scheme, rest) = target.split_once("://")?;
    if !matches!(scheme, "http" | "https") {
        return None;
    }
    let end = rest.find('/').unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end)?;
    let path = if path.is_empty() { "/" } else { path };
    Some((Some(format!("{scheme}://{host}")), path))
}

/// A target without what stands behind `#` inside of braces, which is a link to the description of the value.
fn without_notes(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    let mut depth = 0_usize;
    let mut skipping = false;
    for c in target.chars() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                skipping = false;
            }
            '#' if depth > 0 => skipping = true,
            _ => {}
        }
        if !skipping {
            out.push(c);
        }
    }
    out
}

/// A segment of a path: text, and holes in any spelling.
pub(super) fn pieces(segment: &str) -> Vec<Piece> {
    if let Some(rest) = segment.strip_prefix(':')
        && rest.starts_with(|c: char| c.is_alphabetic() || c == '_')
    {
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')))
            .unwrap_or(rest.len());
        let (name, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let mut pieces = vec![Piece::Parameter(parameter_name(name))];
        if !behind.is_empty() {
            pieces.push(Piece::Literal(behind.to_owned()));
        }
        return pieces;
    }
    let mut found = Vec::new();
    let mut literal = String::new();
    let mut rest = segment;
    while let Some(c) = rest.chars().next() {
        if let Some((name, behind)) = hole(rest) {
            if !literal.is_empty() {
                found.push(Piece::Literal(std::mem::take(&mut literal)));
            }
            found.push(Piece::Parameter(parameter_name(name)));
            rest = behind;
            continue;
        }
        literal.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    if !literal.is_empty() || found.is_empty() {
        found.push(Piece::Literal(literal));
    }
    found
}

/// The name that a text begins to stand for, and what follows it: `{id}.json`.
fn hole(text: &str) -> Option<(&str, &str)> {
    for (open, close) in [("{{", "}}"), ("{", "}"), ("<", ">")] {
        let Some(inside) = text.strip_prefix(open) else {
            continue;
        };
        let end = inside.find(['{', '}', '<', '>', '/', '?', '&'])?;
        let (name, behind) = inside.split_at_checked(end)?;
        let behind = behind.strip_prefix(close)?;
        return (!name.trim().is_empty()).then_some((name.trim(), behind));
    }
    None
}

/// A name in a path, of which only letters, digits and `_` are kept apart: `user.id` is `user_id`.
pub(super) fn parameter_name(name: &str) -> String {
    let name = name.trim_matches(|c: char| !(c.is_alphanumeric() || c == '_'));
    name.chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '_' || c == '-' {
                c
            } else {
                '_'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_spellings_are_read() {
        let cases = [
            ("GET /api/v2/users", "GET /api/v2/users", ""),
            (
                "PUT /users/update_many?ids={ids}",
                "PUT /users/update_many",
                "ids",
            ),
            ("GET /x?name={name}&kind=a", "GET /x", "name kind=a"),
            (
                "`DELETE /projects/:id/boards/:board_id`",
                "DELETE /projects/{id}/boards/{board_id}",
                "",
            ),
            ("**POST** /apis/{namespace}", "POST /apis/{namespace}", ""),
            ("**GET** `/a/<id>`", "GET /a/{id}", ""),
            ("### PATCH /a", "PATCH /a", ""),
            (
                "## Get User % GET /users/{user.id#DOCS_RESOURCES_USER/user-object}",
                "GET /users/{user_id}",
                "",
            ),
            (
                "<Route method=\"GET\">/users/[\\{user.id\\}](/developers/resources/user#user-object)</Route>",
                "GET /users/{user_id}",
                "",
            ),
            (
                "<Route method=\"GET\">/guilds/[\\{guild.id\\}](/x)/emojis/\\{emoji.id\\}</Route>",
                "GET /guilds/{guild_id}/emojis/{emoji_id}",
                "",
            ),
            ("GET https://api.example.com/v1/a", "GET /v1/a", ""),
            ("GET {{baseUrl}}/a/{{id}}.json", "GET /a/{id}.json", ""),
            ("GET /a HTTP/1.1", "GET /a", ""),
            ("GET /", "GET /", ""),
        ];
        for (line, key, query) in cases {
            let endpoint = read(line, Origin::default()).unwrap_or_else(|| panic!("{line}"));
            let found = format!("{} {}", endpoint.method.as_str(), endpoint.path);
            assert_eq!(found, key, "{line}");
            let found: Vec<String> = endpoint
                .query
                .into_iter()
                .map(|(name, value)| value.map_or(name.clone(), |value| format!("{name}={value}")))
                .collect();
            assert_eq!(found.join(" "), query, "{line}");
        }
    }

    #[test]
    fn prose_is_no_endpoint() {
        for line in [
            "GET /users returns users",
            "GET a life",
            "Use GET /users to list them.",
            "GET",
            "FETCH /users",
            "get /users",
            "| GET | /users |",
            "OPTIONS",
        ] {
            assert_eq!(read(line, Origin::default()), None, "{line}");
        }
    }
}
