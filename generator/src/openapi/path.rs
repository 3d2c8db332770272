//! A path as it is written to a template, and to what it says beside that: a query, a fragment.

use crate::model::{PathTemplate, Piece};

/// A path that was read.
pub(super) struct Path {
    /// What is sent.
    pub template: PathTemplate,
    /// Names and values of a query that is part of the path.
    pub query: Vec<(String, String)>,
}

/// Reads a path. `declared` are the names of the path parameters that it can mean.
pub(super) fn read(text: &str, declared: &[&str]) -> Path {
    let text = text.trim();
    let (rest, fragment) = match text.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (text, None),
    };
    let (path, query) = match split_query(rest) {
        Some((path, query)) => (path, Some(query)),
        None => (rest, None),
    };
    let path = path.strip_prefix('/').unwrap_or(path);
    let mut template = PathTemplate {
        segments: path
            .split('/')
            .map(|segment| pieces(segment, declared))
            .collect(),
        ..PathTemplate::default()
    };
    // Neither is part of the path, but some documents tell operations apart by them.
    for (mark, part) in [('?', query), ('#', fragment)] {
        if let Some(part) = part.filter(|part| !part.is_empty()) {
            template.variant.push(mark);
            template.variant.push_str(part);
        }
    }
    let pairs = query
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty());
    let query = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (name.to_owned(), value.to_owned())
    });
    Path {
        template,
        query: query.collect(),
    }
}

/// A question mark outside braces begins a query.
fn split_query(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '?' if depth == 0 => return Some((text.get(..at)?, text.get(at + 1..)?)),
            _ => {}
        }
    }
    None
}

fn pieces(segment: &str, declared: &[&str]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some(start) = rest.find('{') {
        let after = rest.get(start + 1..).unwrap_or_default();
        let Some(end) = after.find('}') else { break };
        let name = hole(after.get(..end).unwrap_or_default(), declared);
        if name.is_empty() {
            break;
        }
        if let Some(literal) = rest.get(..start).filter(|literal| !literal.is_empty()) {
            pieces.push(Piece::Literal(literal.to_owned()));
        }
        pieces.push(Piece::Parameter(name.to_owned()));
        rest = after.get(end + 1..).unwrap_or_default();
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest.to_owned()));
    }
    pieces
}

/// The name in a hole, without the marks of other template languages where the parameter is declared without them:
/// `+path`, `path*`, `id?`, `id:[0-9]+`.
fn hole<'t>(inside: &'t str, declared: &[&str]) -> &'t str {
    if declared.contains(&inside) {
        return inside;
    }
    let plain = inside
        .trim()
        .trim_start_matches(['+', '/', '.', ';', '?', '&']);
    let plain = plain.split(':').next().unwrap_or(plain);
    let plain = plain.trim_end_matches(['*', '?', '+']).trim();
    if plain.is_empty() {
        inside.trim()
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_templates() {
        let cases = [
            ("/users/{id}", "/users/{id}"),
            ("users/{id}.json", "/users/{id}.json"),
            ("/a/{x}-{y}/", "/a/{x}-{y}/"),
            ("/f/{+path}", "/f/{path}"),
            ("/f/{id:[0-9]+}", "/f/{id}"),
            ("/{", "/{"),
            ("/", "/"),
        ];
        for (text, template) in cases {
            assert_eq!(read(text, &[]).template.to_string(), template);
        }
        assert_eq!(
            read("/f/{path*}", &["path*"]).template.to_string(),
            "/f/{path*}"
        );
    }

    #[test]
    fn queries_and_fragments_tell_apart() {
        let path = read("/files?action=move&x#undo", &[]);
        assert_eq!(path.template.to_string(), "/files?action=move&x#undo");
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(path.query, [pair("action", "move"), pair("x", "")]);
        assert_ne!(
            path.template.erased(),
            read("/files#undo", &[]).template.erased()
        );
    }
}
