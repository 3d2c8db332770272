//! URLs, as one string or in parts, to a base, a path template, a query and path variables.

use super::Lowering;
use super::entry::{Entry, Spelling};
use super::variable::{Part, Scope, parts};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{PathTemplate, Piece};
use crate::origin::Origin;
use crate::tree::{Kind, Node};
use std::borrow::Cow;

/// A URL as it is written, with its references to variables.
#[derive(Clone, Debug)]
pub(super) struct Url<'t> {
    /// What stands in front of the path: `{{baseUrl}}`, `https://api.example.com`. Empty if nothing does.
    pub(super) base: String,
    /// What stands between the slashes of the path.
    pub(super) segments: Vec<String>,
    /// The query.
    pub(super) query: Vec<Entry<'t>>,
    /// What is said about the variables of the path.
    pub(super) variables: Vec<Entry<'t>>,
    /// Where it stands.
    pub(super) origin: Origin,
}

/// The pieces of a URL that is one string.
struct Raw<'t> {
    base: &'t str,
    path: Option<&'t str>,
    query: Option<&'t str>,
}

impl Lowering<'_> {
    /// Reads the `url` of a request. Nothing if there is none, or nothing in it.
    pub(super) fn read_url<'t>(&mut self, node: Option<Node<'t>>) -> Option<Url<'t>> {
        let node = node?;
        match node.kind() {
            Kind::String => self.read_raw_url(node, node.as_str()?),
            Kind::Object => self.read_url_object(node),
            Kind::Null => None,
            _ => {
                self.wrong_type(node, "a string or an object");
                None
            }
        }
    }

    fn read_raw_url<'t>(&mut self, node: Node<'t>, text: &'t str) -> Option<Url<'t>> {
        if text.trim().is_empty() {
            return None;
        }
        let raw = split_raw(text.trim());
        let query = raw.query.map_or_else(Vec::new, |query| {
            query
                .split('&')
                .filter(|part| !part.is_empty())
                .map(|part| {
                    let (key, value) = match part.split_once('=') {
                        Some((key, value)) => (key, Some(value)),
                        None => (part, None),
                    };
                    Entry {
                        key: Cow::Borrowed(key),
                        value: value.map(Cow::Borrowed),
                        description: None,
                        disabled: false,
                        node: None,
                        origin: node.origin(),
                    }
                })
                .filter(|entry| !entry.key.is_empty())
                .collect()
        });
        Some(Url {
            base: raw.base.to_owned(),
            segments: raw.path.map(split_path).unwrap_or_default(),
            query,
            variables: Vec::new(),
            origin: node.origin(),
        })
    }

    fn read_url_object<'t>(&mut self, node: Node<'t>) -> Option<Url<'t>> {
        let raw_node = node.get("raw").filter(|raw| raw.kind() == Kind::String);
        let from_raw = raw_node.and_then(|raw| self.read_raw_url(raw, raw.as_str()?));
        let host = node.get("host").and_then(|host| self.read_host(host));
        let path = node.get("path").and_then(|path| self.read_path(path));
        let query = node.get("query").filter(|query| !query.is_null());
        let mut url = match (host, path) {
            (None, None) => from_raw?,
            (host, path) => {
                if let (Some(path), Some(raw), Some(place)) = (&path, &from_raw, raw_node) {
                    self.compare_paths(path, &raw.segments, node, place);
                }
                let base = match (host, &from_raw) {
                    (Some(host), _) => self.base(node, &host),
                    (None, Some(raw)) => raw.base.clone(),
                    (None, None) => String::new(),
                };
                Url {
                    base,
                    segments: match (path, &from_raw) {
                        (Some(path), _) => path,
                        (None, Some(raw)) => raw.segments.clone(),
                        (None, None) => Vec::new(),
                    },
                    query: from_raw.map(|raw| raw.query).unwrap_or_default(),
                    variables: Vec::new(),
                    origin: node.origin(),
                }
            }
        };
        if query.is_some() {
            url.query = self.read_entries(query, Spelling::Query);
        }
        url.variables = self.read_entries(node.get("variable"), Spelling::Query);
        url.origin = node.origin();
        Some(url)
    }

    fn read_host(&mut self, node: Node<'_>) -> Option<String> {
        match node.kind() {
            Kind::Null => None,
            Kind::String => Some(node.as_str()?.trim_end_matches('/').to_owned()),
            Kind::Array => {
                let labels: Vec<_> = node
                    .items()
                    .filter_map(|label| self.scalar(label))
                    .filter(|label| !label.is_empty())
                    .collect();
                Some(labels.join("."))
            }
            _ => {
                self.wrong_type(node, "a string or an array");
                None
            }
        }
    }

    fn read_path(&mut self, node: Node<'_>) -> Option<Vec<String>> {
        match node.kind() {
            Kind::Null => None,
            Kind::String => Some(split_path(node.as_str()?)),
            Kind::Array => {
                let mut segments = Vec::new();
                for item in node.items() {
                    let text = if item.kind() == Kind::Object {
                        item.get("value")
                    } else {
                        Some(item)
                    };
                    if let Some(text) = text.and_then(|text| self.scalar(text)) {
                        segments.push(text.into_owned());
                    }
                }
                Some(root_is_empty(segments))
            }
            _ => {
                self.wrong_type(node, "a string or an array");
                None
            }
        }
    }

    fn base(&mut self, node: Node<'_>, host: &str) -> String {
        if host.is_empty() || host.contains("://") {
            return host.to_owned();
        }
        let mut base = String::new();
        if let Some(protocol) = node.get("protocol").and_then(Node::as_str)
            && !protocol.is_empty()
        {
            base.push_str(protocol.trim_end_matches("://"));
            base.push_str("://");
        }
        base.push_str(host);
        if let Some(port) = node.get("port").and_then(|port| self.scalar(port))
            && !port.is_empty()
        {
            base.push(':');
            base.push_str(&port);
        }
        base
    }

    fn compare_paths(&mut self, path: &[String], raw: &[String], node: Node<'_>, place: Node<'_>) {
        let trim = |segments: &[String]| -> Vec<String> {
            segments
                .iter()
                .filter(|segment| !segment.is_empty())
                .map(|segment| decode(segment).into_owned())
                .collect()
        };
        if trim(path) != trim(raw) {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::POSTMAN_URL_MISMATCH,
                    format!(
                        "{}: `raw` has the path `/{}`, the parts have `/{}`",
                        self.item,
                        raw.join("/"),
                        path.join("/")
                    ),
                )
                .at(place.origin())
                .related(node.get("path").map(Node::origin), "the parts")
                .note("the parts count")
                .help("save the request again in Postman, which makes both the same"),
            );
        }
    }
}

/// Splits a URL that is one string. Braces hide what is in them.
fn split_raw(text: &str) -> Raw<'_> {
    let text = find_outside(text, "#").map_or(text, |at| text.get(..at).unwrap_or_default());
    let (front, query) = match find_outside(text, "?") {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..)),
        None => (text, None),
    };
    let authority = find_outside(front, "://").map_or(0, |at| at + 3);
    let slash = front
        .get(authority..)
        .and_then(|rest| find_outside(rest, "/"))
        .map(|at| authority + at);
    let (base, path) = match slash {
        Some(at) => (front.get(..at).unwrap_or_default(), front.get(at..)),
        None => (front, None),
    };
    Raw { base, path, query }
}

/// The first place of a mark that does not stand between `{{` and `}}`.
fn find_outside(text: &str, mark: &str) -> Option<usize> {
    let mut offset = 0;
    for part in parts(text) {
        match part {
            Part::Text(literal) => {
                // The spelling of a reference may have spaces, so places are found again in the text itself.
                let start = offset + text.get(offset..)?.find(literal)?;
                if let Some(at) = literal.find(mark) {
                    return Some(start + at);
                }
                offset = start + literal.len();
            }
            Part::Variable(_) => offset += text.get(offset..)?.find("}}")? + 2,
        }
    }
    None
}

fn split_path(path: &str) -> Vec<String> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let mut segments = vec![String::new()];
    for part in parts(path) {
        match part {
            Part::Text(literal) => {
                for (index, piece) in literal.split('/').enumerate() {
                    if index > 0 {
                        segments.push(String::new());
                    }
                    if let Some(last) = segments.last_mut() {
                        last.push_str(piece);
                    }
                }
            }
            Part::Variable(name) => {
                if let Some(last) = segments.last_mut() {
                    last.push_str("{{");
                    last.push_str(name);
                    last.push_str("}}");
                }
            }
        }
    }
    root_is_empty(segments)
}

/// The path `/` has no segments.
fn root_is_empty(segments: Vec<String>) -> Vec<String> {
    match segments.as_slice() {
        [only] if only.is_empty() => Vec::new(),
        _ => segments,
    }
}

impl Url<'_> {
    /// What is said about a variable of the path.
    pub(super) fn variable(&self, name: &str) -> Option<&Entry<'_>> {
        self.variables.iter().find(|entry| entry.key == name)
    }

    /// The path with its holes: `:id`, `{{id}}` and `{id}`, alone or inside a segment. A variable of the collection
    /// that is itself a piece of path (`/api/v2`, `v3`) is no hole.
    pub(super) fn template(&self, scope: &Scope) -> PathTemplate {
        let mut segments = Vec::new();
        for segment in &self.segments {
            let mut text = String::new();
            let mut inserted = false;
            for part in parts(segment) {
                match part {
                    Part::Text(literal) => text.push_str(literal),
                    Part::Variable(name) => match self.constant(name, scope) {
                        Some(value) => {
                            inserted = true;
                            text.push_str(&value);
                        }
                        None => {
                            text.push_str("{{");
                            text.push_str(name);
                            text.push_str("}}");
                        }
                    },
                }
            }
            if inserted {
                segments.extend(split_path(text.trim_matches('/')));
            } else {
                segments.push(text);
            }
        }
        PathTemplate {
            segments: segments
                .iter()
                .map(|segment| self.pieces(segment))
                .collect(),
            variant: String::new(),
        }
    }

    fn constant(&self, name: &str, scope: &Scope) -> Option<String> {
        if self.variable(name).is_some() {
            return None;
        }
        let value = scope.resolve(scope.get(name)?.value.as_deref()?)?;
        let version = value
            .strip_prefix(['v', 'V'])
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            && value
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'.');
        let path = value.contains('/') && !value.contains("{{") && !value.contains("://");
        (version || path).then_some(value)
    }

    fn pieces(&self, segment: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (index, part) in parts(segment).into_iter().enumerate() {
            match part {
                Part::Variable(name) => {
                    let name = name.trim_start_matches('$');
                    push(&mut pieces, Piece::Parameter(name.to_owned()));
                }
                Part::Text(text) => match text.strip_prefix(':').filter(|_| index == 0) {
                    Some(name) if !name.is_empty() => self.push_colon(&mut pieces, name),
                    _ => push_braces(&mut pieces, text),
                },
            }
        }
        pieces
    }

    /// `:id.json`: exports before May 2022 took all of it for the name, later ones only what stands before the point.
    fn push_colon(&self, pieces: &mut Vec<Piece>, name: &str) {
        let (name, suffix) = match name.find('.') {
            Some(at) if at > 0 && self.variable(name).is_none() => name.split_at(at),
            _ => (name, ""),
        };
        push(pieces, Piece::Parameter(name.to_owned()));
        push_braces(pieces, suffix);
    }
}

/// Literal text in which single braces are holes too.
fn push_braces(pieces: &mut Vec<Piece>, text: &str) {
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let inside = rest.get(open + 1..).unwrap_or_default();
        let Some(close) = inside.find(['{', '}', '/']).filter(|close| {
            *close > 0
                && inside
                    .get(*close..)
                    .is_some_and(|tail| tail.starts_with('}'))
        }) else {
            break;
        };
        push(pieces, literal(rest.get(..open).unwrap_or_default()));
        push(
            pieces,
            Piece::Parameter(inside.get(..close).unwrap_or_default().trim().to_owned()),
        );
        rest = inside.get(close + 1..).unwrap_or_default();
    }
    push(pieces, literal(rest));
}

fn literal(text: &str) -> Piece {
    Piece::Literal(decode(text).into_owned())
}

fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    match (&piece, pieces.last_mut()) {
        (Piece::Literal(text), _) if text.is_empty() => {}
        (Piece::Parameter(name), _) if name.is_empty() => {}
        (Piece::Literal(text), Some(Piece::Literal(last))) => last.push_str(text),
        _ => pieces.push(piece),
    }
}

/// The text without percent-encoding. Text stays as it is where decoding would make a slash or no UTF-8.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let decoded = match (first, tail) {
            (b'%', [high, low, ..]) => char::from(*high)
                .to_digit(16)
                .zip(char::from(*low).to_digit(16))
                .map(|(high, low)| (high * 16 + low) as u8),
            _ => None,
        };
        match decoded {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    match String::from_utf8(bytes) {
        Ok(decoded) if decoded.matches('/').count() == text.matches('/').count() => {
            Cow::Owned(decoded)
        }
        _ => Cow::Borrowed(text),
    }
}
