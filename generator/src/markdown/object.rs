//! The objects that a page describes to evidence, with the names of rows that have lost theirs.

use super::keyword;
use super::part::Object;
use super::stated;
use super::table::Row;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::infer::{self, Direction, Sample};
use crate::model::evidence::{Evidence, ObjectEvidence};
use crate::tree::{Kind, Node};
use std::collections::BTreeSet;

/// Gives rows without a name the one that an example has and no row describes; drops those of which nothing tells.
pub(super) fn repair(rows: &mut Vec<Row>, examples: &[Node<'_>], diagnostics: &mut Diagnostics) {
    if rows.iter().all(|row| row.name.is_some()) {
        return;
    }
    let known: BTreeSet<&str> = rows
        .iter()
        .filter_map(|row| Some(row.name.as_ref()?.text.as_str()))
        .collect();
    let mut candidates = BTreeSet::new();
    for example in examples {
        let record = richest(*example, &known);
        let missing: Vec<&str> = record
            .entries()
            .map(|(key, _)| key.text)
            .filter(|key| !known.contains(key))
            .collect();
        // An example of something else has few of the names.
        let shared = record.entries().count() - missing.len();
        if let [only] = missing.as_slice()
            && shared * 2 >= known.len()
        {
            candidates.insert((*only).to_owned());
        }
    }
    let lost = rows.iter().filter(|row| row.name.is_none()).count();
    let name = match (candidates.len(), lost) {
        (1, 1) => candidates.pop_first(),
        _ => None,
    };
    for row in rows.iter_mut().filter(|row| row.name.is_none()) {
        let message = match &name {
            Some(name) => format!("a row has lost its name; it is read as `{name}`"),
            None => "a row has lost its name".to_owned(),
        };
        let mut warning = Diagnostic::new(Code::MARKDOWN_ROW_WITHOUT_NAME, message).at(row.origin);
        warning = match &name {
            Some(_) => warning.note("an example has that member, and no other row describes it"),
            None => warning.note("no example tells which one it is; it is left out"),
        };
        diagnostics.push(warning.help("write the name into the first cell in a copy of the page"));
        row.name = name.clone().map(|text| super::cell::Name {
            text,
            optional: false,
        });
    }
    rows.retain(|row| row.name.is_some());
}

/// The record in an example that has most of these names: the example itself, or what its only member holds.
fn richest<'t>(example: Node<'t>, known: &BTreeSet<&str>) -> Node<'t> {
    let mut best = example;
    let mut most = 0;
    let mut open = vec![(example, 0)];
    while let Some((node, depth)) = open.pop() {
        let shared = node
            .entries()
            .filter(|(key, _)| known.contains(key.text))
            .count();
        if shared > most {
            most = shared;
            best = node;
        }
        if depth < 3 {
            let inner = node.entries().map(|(_, value)| value).take(8);
            open.extend(
                inner
                    .chain(node.items().take(2))
                    .map(|node| (node, depth + 1)),
            );
        }
    }
    best
}

/// What a page says of an object: its rows, and its examples.
pub(super) fn evidence(
    object: &Object,
    name: &str,
    direction: Direction,
    partial: bool,
) -> Evidence {
    let mut evidence = Evidence::default();
    if !object.rows.is_empty() {
        evidence.object = Some(Box::new(stated::members(&object.rows, direction, partial)));
    }
    for (json, way) in &object.examples {
        if way.unwrap_or(Direction::Received) != direction {
            continue;
        }
        let sample = Sample {
            origin: json.origin,
            direction,
            elided: json.elided,
        };
        for node in inside(json.tree.root(), name) {
            let shown = infer::observe(node, sample);
            if shown.object.is_some() {
                evidence.join(&shown);
            }
        }
    }
    evidence
}

/// The objects of this name in an example: itself, or what stands under the name.
fn inside<'t>(root: Node<'t>, name: &str) -> Vec<Node<'t>> {
    let mut entries = root.entries();
    if let (Some((key, value)), None) = (entries.next(), entries.next()) {
        let same = comparable(key.text) == comparable(name);
        if same && value.kind() == Kind::Array {
            return value.items().collect();
        }
        if same {
            return vec![value];
        }
    }
    match root.kind() {
        Kind::Array => root.items().collect(),
        _ => vec![root],
    }
}

/// A name in small letters without marks, in the singular.
pub(super) fn comparable(name: &str) -> String {
    let plain: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    keyword::singular(&plain)
}

/// Where members that a table describes stand in what examples show: the record that has most of them.
pub(super) fn place_members(evidence: &mut Evidence, members: ObjectEvidence) {
    let names: BTreeSet<&str> = members.fields.keys().map(String::as_str).collect();
    let mut best: (usize, Vec<Option<String>>) = (0, Vec::new());
    let mut open: Vec<(&Evidence, Vec<Option<String>>)> = vec![(evidence, Vec::new())];
    while let Some((at, way)) = open.pop() {
        if let Some(object) = &at.object {
            let shared = object
                .fields
                .keys()
                .filter(|k| names.contains(k.as_str()))
                .count();
            let nearer = shared == best.0 && way.len() < best.1.len();
            if shared > best.0 || nearer {
                best = (shared, way.clone());
            }
            if way.len() < 3 {
                for (key, field) in object.fields.iter().take(16) {
                    let mut way = way.clone();
                    way.push(Some(key.clone()));
                    open.push((&field.value, way));
                }
            }
        }
        if let Some(array) = &at.array
            && way.len() < 3
        {
            let mut way = way.clone();
            way.push(None);
            open.push((&array.item, way));
        }
    }
    let mut at = evidence;
    for step in best.1 {
        at = match step {
            Some(key) => {
                &mut at
                    .object
                    .get_or_insert_default()
                    .fields
                    .entry(key)
                    .or_default()
                    .value
            }
            None => &mut at.array.get_or_insert_default().item,
        };
    }
    at.object.get_or_insert_default().join(&members);
}
