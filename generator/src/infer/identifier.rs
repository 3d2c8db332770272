//! Paths that differ in literal identifiers only (`users/7`, `users/35436`) to one path with a parameter.

use super::{Direction, Sample, observe_text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Docs, Location, Method, Model, Operation, Parameter, Piece, Schema, Shape, Style,
};
use std::collections::{BTreeMap, BTreeSet};

/// The end of a path that names the format and no identifier.
const FORMAT: &str = ".json";
/// Fewest characters of hexadecimal digits that are an identifier and no word.
const HEX_DIGITS: usize = 8;

/// Makes parameters of the literal identifiers that tell operations of one source apart which are alike in all else. Each
/// is reported with this code; `help` says how to write a parameter of a name in the source.
pub fn parameterize(
    model: &mut Model,
    code: Code,
    help: impl Fn(&str) -> String,
    diagnostics: &mut Diagnostics,
) {
    let mut alike = BTreeMap::<(Method, Vec<Vec<Piece>>), Vec<usize>>::new();
    for (index, operation) in model.operations.iter().enumerate() {
        let segments = &operation.key.path.segments;
        let blanked: Vec<Vec<Piece>> = (0..segments.len())
            .map(|at| match id_at(segments, at) {
                Some(_) => Vec::new(),
                None => segments.get(at).cloned().unwrap_or_default(),
            })
            .collect();
        if blanked.iter().any(Vec::is_empty) {
            let key = (operation.key.method.clone(), blanked);
            alike.entry(key).or_default().push(index);
        }
    }
    for ((_, blanked), operations) in alike {
        for at in (0..blanked.len()).filter(|at| blanked.get(*at).is_some_and(Vec::is_empty)) {
            for inferred in parameterize_at(model, &operations, at) {
                diagnostics.push(
                    Diagnostic::new(code, inferred.message)
                        .at(inferred.origin)
                        .note("other requests differ from it in such identifiers only")
                        .help(help(&inferred.name)),
                );
            }
        }
    }
}

/// A parameter that was found.
struct Inferred {
    name: String,
    message: String,
    origin: crate::origin::Origin,
}

fn parameterize_at(model: &mut Model, operations: &[usize], at: usize) -> Vec<Inferred> {
    let mut values = BTreeSet::new();
    for index in operations {
        let operation = model.operations.get(*index);
        values.extend(operation.and_then(|op| id_at(&op.key.path.segments, at)));
    }
    if values.len() < 2 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for index in operations {
        let Some(operation) = model.operations.get_mut(*index) else {
            continue;
        };
        let segments = &operation.key.path.segments;
        let (Some(text), Some(word)) = (id_at(segments, at), word_before(segments, at)) else {
            continue;
        };
        let name = format!("{}_id", one_of(word));
        let text = text.to_owned();
        if operation.key.path.parameters().any(|known| known == name) {
            continue;
        }
        let before = operation.key.to_string();
        let origin = operation.origins.first().unwrap_or_default();
        let sample = Sample {
            origin,
            direction: Direction::Sent,
            elided: false,
        };
        let schema = model.schemas.add(Schema {
            shape: Shape::Sampled(Box::new(observe_text(&text, sample))),
            origins: origin.into(),
            ..Schema::default()
        });
        if let Some(segment) = operation.key.path.segments.get_mut(at) {
            let suffixed = matches!(segment.as_slice(), [Piece::Literal(whole)] if *whole != text);
            *segment = vec![Piece::Parameter(name.clone())];
            if suffixed {
                segment.push(Piece::Literal(FORMAT.to_owned()));
            }
        }
        operation
            .parameters
            .push(path_parameter(operation, &name, schema));
        found.push(Inferred {
            message: format!("`{text}` in `{before}` is read as the path parameter `{name}`"),
            name,
            origin,
        });
    }
    found
}

fn path_parameter(operation: &Operation, name: &str, schema: crate::model::SchemaId) -> Parameter {
    Parameter {
        required: true,
        name: name.to_owned(),
        names: Vec::new(),
        location: Location::Path,
        allow_reserved: false,
        media_type: None,
        style: Style::default(),
        schema,
        example: None,
        docs: Docs::default(),
        deprecated: false,
        origins: operation.origins.clone(),
    }
}

/// The name of one, by a segment that names many.
fn one_of(word: &str) -> String {
    match (word.strip_suffix("ies"), word.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (None, Some(stem)) if !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// The identifier that a segment is, behind a word that says of what.
fn id_at(segments: &[Vec<Piece>], at: usize) -> Option<&str> {
    word_before(segments, at)?;
    match segments.get(at)?.as_slice() {
        [Piece::Literal(text)] => Some(stem(text)).filter(|text| is_id(text)),
        _ => None,
    }
}

fn stem(text: &str) -> &str {
    text.strip_suffix(FORMAT).unwrap_or(text)
}

/// The literal in front of a segment, unless what follows it may be a version.
fn word_before(segments: &[Vec<Piece>], at: usize) -> Option<&str> {
    match segments.get(at.checked_sub(1)?)?.as_slice() {
        [Piece::Literal(text)] => {
            let word = text.chars().next().is_some_and(char::is_alphabetic);
            let versions = ["api", "apis", "rest", "version", "versions", "v"];
            let version = versions.contains(&text.to_ascii_lowercase().as_str())
                || text
                    .strip_prefix(['v', 'V'])
                    .is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
            (word && !version && !is_id(text)).then_some(text)
        }
        _ => None,
    }
}

fn is_id(text: &str) -> bool {
    let digit = text.bytes().any(|b| b.is_ascii_digit());
    let integer = digit && text.bytes().all(|b| b.is_ascii_digit());
    let hex = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit());
    let lengths = text.split('-').map(str::len);
    let uuid = lengths.eq([8, 4, 4, 4, 12]) && text.split('-').all(hex);
    integer || uuid || (digit && text.len() >= HEX_DIGITS && hex(text))
}
