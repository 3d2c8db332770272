//! Paths that differ in literal identifiers only (`users/7`, `users/35436`) to one path with a parameter.

use super::Lowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::infer::{self, Direction, Sample};
use crate::model::{Docs, Location, Method, Parameter, Piece, Shape, Style};
use std::collections::{BTreeMap, BTreeSet};

/// Fewest characters of hexadecimal digits that are an identifier and no word.
const HEX_DIGITS: usize = 8;

impl Lowering<'_> {
    /// Makes parameters of the literal identifiers that tell operations apart which are alike in all else.
    pub(super) fn parameterize_literal_ids(&mut self) {
        let mut alike = BTreeMap::<(Method, Vec<Vec<Piece>>), Vec<usize>>::new();
        for (index, operation) in self.model.operations.iter().enumerate() {
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
                self.parameterize(&operations, at);
            }
        }
    }

    fn parameterize(&mut self, operations: &[usize], at: usize) {
        let mut values = BTreeSet::new();
        for index in operations {
            let operation = self.model.operations.get(*index);
            values.extend(operation.and_then(|op| id_at(&op.key.path.segments, at)));
        }
        if values.len() < 2 {
            return;
        }
        for index in operations {
            let Some(operation) = self.model.operations.get(*index) else {
                continue;
            };
            let segments = &operation.key.path.segments;
            let (Some(text), Some(before)) = (id_at(segments, at), word_before(segments, at))
            else {
                continue;
            };
            let name = format!("{}_id", one_of(before));
            let text = text.to_owned();
            if operation.key.path.parameters().any(|known| known == name) {
                continue;
            }
            let origins = operation.origins.clone();
            let origin = origins.first().unwrap_or_default();
            let direction = Direction::Sent;
            let evidence = infer::observe_text(&text, Sample { origin, direction });
            let schema = self.schema(Shape::Sampled(Box::new(evidence)), origin, Vec::new());
            let before = operation_name(self.model.operations.get(*index));
            if let Some(operation) = self.model.operations.get_mut(*index) {
                if let Some(segment) = operation.key.path.segments.get_mut(at) {
                    *segment = vec![Piece::Parameter(name.clone())];
                }
                operation.parameters.push(Parameter {
                    required: true,
                    name: name.clone(),
                    names: Vec::new(),
                    location: Location::Path,
                    allow_reserved: false,
                    media_type: None,
                    style: Style::default(),
                    schema,
                    example: None,
                    docs: Docs::default(),
                    deprecated: false,
                    origins,
                });
            }
            self.diagnostics.push(
                Diagnostic::new(
                    Code::POSTMAN_INFERRED_PATH_PARAMETER,
                    format!("`{text}` in `{before}` is read as the path parameter `{name}`"),
                )
                .at(origin)
                .note("other requests differ from it in such identifiers only")
                .help(format!("write `:{name}` in the collection")),
            );
        }
    }
}

fn operation_name(operation: Option<&crate::model::Operation>) -> String {
    operation.map_or_else(String::new, |operation| operation.key.to_string())
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
        [Piece::Literal(text)] if is_id(text) => Some(text),
        _ => None,
    }
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
