//! Sample programs to the values that they send: URLs in them show paths and queries, whatever the language.

use super::endpoint::{self, Endpoint};
use super::part::Section;
use crate::model::{OperationKey, PathTemplate, Piece};
use crate::origin::Origin;

/// A URL in a sample program that calls an operation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Call {
    /// The number of the endpoint in its section.
    pub endpoint: usize,
    /// Names and decoded values.
    pub query: Vec<(String, String)>,
    /// The names of the holes of its path, by the hole of the endpoint at that place.
    pub holes: Vec<(String, String)>,
    /// The values that stand in the place of holes of the endpoint, by these.
    pub values: Vec<(String, String)>,
    /// Whether its path ends in `.json`.
    pub suffix: bool,
    pub origin: Origin,
}

/// URLs of one section that are looked at; more show nothing new.
const CALLS: usize = 100;

/// The calls that the sample programs of a section show.
pub(super) fn calls(section: &Section<'_>) -> Vec<Call> {
    let mut found = Vec::new();
    for (origin, line) in &section.samples {
        for url in urls(line) {
            found.extend(call(url, &section.endpoints, *origin));
            if found.len() >= CALLS {
                return found;
            }
        }
    }
    found
}

/// The URLs in a line.
fn urls(line: &str) -> impl Iterator<Item = &str> {
    let starts = line.match_indices("http").map(|(at, _)| at);
    starts.filter_map(|at| {
        let rest = line.get(at..)?;
        let inner = rest
            .strip_prefix("https://")
            .or_else(|| rest.strip_prefix("http://"))?;
        let end = inner
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '\\' | ')' | '|'))
            .unwrap_or(inner.len());
        inner.get(..end)
    })
}

fn call(url: &str, endpoints: &[Endpoint], origin: Origin) -> Option<Call> {
    let (_, target) = url.split_once('/')?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let suffix = path.ends_with(".json");
    let path = path.strip_suffix(".json").unwrap_or(path);
    let segments: Vec<Vec<Piece>> = path.split('/').map(endpoint::pieces).collect();
    let (index, filled) = endpoints
        .iter()
        .enumerate()
        .find_map(|(index, endpoint)| Some((index, matched(&segments, &endpoint.path)?)))?;
    let query = query
        .split('&')
        .filter_map(|entry| entry.split_once('='))
        .map(|(name, value)| (decode(name), decode(value)))
        .filter(|(name, value)| {
            !name.is_empty() && !value.is_empty() && !value.starts_with(['{', '<'])
        })
        .collect();
    let suffix = suffix
        && !endpoints
            .get(index)
            .is_some_and(|endpoint| endpoint.path.to_string().ends_with(".json"));
    Some(Call {
        endpoint: index,
        query,
        holes: filled.holes,
        values: filled.values,
        suffix,
        origin,
    })
}

/// What a call has in the places of an operation's holes.
#[derive(Debug, Default)]
pub(super) struct Filled {
    /// Other names, by those in the operation.
    holes: Vec<(String, String)>,
    /// Values, by the names in the operation.
    values: Vec<(String, String)>,
}

/// The segments without `.json` at their end.
pub(super) fn without_suffix(segments: &[Vec<Piece>]) -> Vec<Vec<Piece>> {
    let mut segments = segments.to_vec();
    if let Some(last) = segments.last_mut()
        && let Some(Piece::Literal(text)) = last.last_mut()
        && let Some(stem) = text.strip_suffix(".json")
    {
        *text = stem.to_owned();
        if text.is_empty() && last.len() > 1 {
            last.pop();
        }
    }
    segments
}

/// Whether the end of a path is a call of an operation, which may be served below a path of its own: then what stands in
/// the places of its holes.
pub(super) fn matched(segments: &[Vec<Piece>], path: &PathTemplate) -> Option<Filled> {
    let skip = segments.len().checked_sub(path.segments.len())?;
    if path.segments.is_empty() {
        return None;
    }
    let mut filled = Filled::default();
    for (shown, said) in segments.iter().skip(skip).zip(&path.segments) {
        match (shown.as_slice(), said.as_slice()) {
            ([Piece::Parameter(shown)], [Piece::Parameter(said)]) => {
                filled.holes.push((said.clone(), shown.clone()));
            }
            ([Piece::Literal(text)], [Piece::Parameter(said)]) if !text.is_empty() => {
                filled.values.push((said.clone(), text.clone()));
            }
            (shown, said) if shown == said => {}
            _ => return None,
        }
    }
    Some(filled)
}

/// Text that two paths share exactly if they can be those of one operation: names of parameters and `.json` do not count.
pub(super) fn identity(key: &OperationKey) -> String {
    let erased = key.erased();
    match erased.strip_suffix(".json") {
        Some(without) if !without.ends_with('/') => without.to_owned(),
        _ => erased,
    }
}

/// Percent-decoded text; what is no valid encoding stays as it is.
fn decode(text: &str) -> String {
    if !text.contains(['%', '+']) {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'+' {
            bytes.push(b' ');
            continue;
        }
        let mut ahead = rest.clone();
        let pair = (byte == b'%')
            .then(|| Some((ahead.next()?, ahead.next()?)))
            .flatten();
        let digit = |b: u8| char::from(b).to_digit(16);
        match pair.and_then(|(a, b)| Some((digit(a)?, digit(b)?))) {
            Some((a, b)) => {
                bytes.push(u8::try_from(a * 16 + b).unwrap_or(b'?'));
                rest = ahead;
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(endpoints: &[&str], samples: &'static [&'static str]) -> Section<'static> {
        Section {
            endpoints: endpoints
                .iter()
                .map(|line| endpoint::read(line, Origin::default()).expect("an endpoint"))
                .collect(),
            samples: samples
                .iter()
                .map(|line| (Origin::default(), *line))
                .collect(),
            ..Section::default()
        }
    }

    #[test]
    fn urls_show_values_and_names() {
        let section = section(
            &["GET /users", "GET /users/{user_id}"],
            &[
                "url := \"https://example.com/users?ids=1%2C2&role=agent&role[]=agent\"",
                "curl https://{subdomain}.example.com/users/{id}.json \\",
                "uri = URI('http://example.com/api/v4/users/7')",
                "https://example.com/groups",
                "https://",
            ],
        );
        let calls = calls(&section);
        assert_eq!(calls.len(), 3);
        let query: Vec<(&str, &str)> = calls[0]
            .query
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(
            query,
            [("ids", "1,2"), ("role", "agent"), ("role[]", "agent")]
        );
        assert_eq!(calls[1].endpoint, 1);
        assert!(calls[1].suffix);
        assert_eq!(calls[1].holes, [("user_id".to_owned(), "id".to_owned())]);
        assert_eq!(calls[2].endpoint, 1);
        assert_eq!(calls[2].values, [("user_id".to_owned(), "7".to_owned())]);
    }
}
