//! What a page says as a whole: which objects it is about, what its identifiers are, and how operations of one title are called.

use super::super::cell::Type;
use super::super::part::{Object, Page};
use super::super::{keyword, object, parameter};
use crate::diagnostic::Diagnostics;
use crate::model::{Literal, Location, PathTemplate, Piece, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// Gives the rows of every object their names, by all examples of the page that are about objects.
pub(super) fn repair_objects(objects: &mut [Object], diagnostics: &mut Diagnostics) {
    let examples: Vec<_> = objects
        .iter()
        .flat_map(|object| &object.examples)
        .map(|(json, _)| json.clone())
        .collect();
    let roots: Vec<_> = examples.iter().map(|json| json.tree.root()).collect();
    for object in objects {
        object::repair(&mut object.rows, &roots, diagnostics);
    }
}

/// Objects by their names; those without one are what the page is about.
pub(super) fn named(objects: Vec<Object>, noun: Option<&str>) -> Vec<(String, Object)> {
    let mut found: Vec<(String, Object)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    // A page without a title is about what it calls nothing.
    let noun = noun.unwrap_or("Object");
    for object in objects {
        let name = object.name.clone().unwrap_or_else(|| noun.to_owned());
        let at = object::comparable(&name);
        match places.get(&at).and_then(|at| found.get_mut(*at)) {
            Some((_, known)) => {
                known.rows.extend(object.rows);
                known.examples.extend(object.examples);
            }
            None => {
                places.insert(at, found.len());
                found.push((name, object));
            }
        }
    }
    found
}

/// The names of objects of which the page says somewhere that only a part of them stands there.
pub(super) fn partial_names(page: &Page<'_>) -> BTreeSet<String> {
    fn walk(kind: &Type, found: &mut BTreeSet<String>) {
        match kind {
            Type::Named(name, true) => drop(found.insert(object::comparable(name))),
            Type::Array(Some(inner)) | Type::Map(Some(inner)) => walk(inner, found),
            Type::Union(kinds) => kinds.iter().for_each(|kind| walk(kind, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    let sections = page.sections.iter().flat_map(|s| [&s.members, &s.answered]);
    let rows = page
        .objects
        .iter()
        .map(|object| &object.rows)
        .chain(sections);
    for row in rows.flatten() {
        if let Some(Ok(kind)) = &row.kind {
            walk(kind, &mut found);
        }
    }
    found
}

/// Whether identifiers in paths are integers on this page: all that are described are.
pub(super) fn integer_ids(page: &Page<'_>) -> bool {
    let rows = page.sections.iter().flat_map(|section| &section.parameters);
    let kinds: Vec<bool> = rows
        .filter(|row| row.location == Some(Location::Path))
        .filter(|row| {
            row.name
                .as_ref()
                .is_some_and(|name| parameter::is_id(&name.text))
        })
        .map(|row| row.kind == Some(Ok(Type::Integer)))
        .collect();
    !kinds.is_empty() && kinds.iter().all(|integer| *integer)
}

/// The name of an operation that has its title in common with one on a shorter path: what the path adds stands in front
/// of what both are about. `List Users` on `/groups/{id}/users` is `List Group Users`.
pub(super) fn variant_name(title: &str, path: &PathTemplate, base: &PathTemplate) -> String {
    let literals = |path: &PathTemplate| -> Vec<String> {
        let segments = path
            .segments
            .iter()
            .filter_map(|segment| match segment.as_slice() {
                [Piece::Literal(text)] => Some(text.clone()),
                _ => None,
            });
        segments.collect()
    };
    let known = literals(base);
    let Some(extra) = literals(path)
        .into_iter()
        .find(|text| !known.contains(text))
    else {
        return title.to_owned();
    };
    let extra = keyword::singular(&extra.replace(['_', '-'], " "));
    let mut words: Vec<String> = title.split_whitespace().map(str::to_owned).collect();
    let about = words.iter().rposition(|word| {
        known
            .iter()
            .any(|text| object::comparable(text) == object::comparable(word))
    });
    let word: String = extra
        .split_whitespace()
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(chars).collect()
            })
        })
        .collect::<Vec<String>>()
        .join(" ");
    match about {
        Some(at) => words.insert(at, word),
        None => words.extend(["for".to_owned(), word]),
    }
    words.join(" ")
}

pub(super) fn slug(heading: &str) -> String {
    let words: String = heading
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    words.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The text of a literal, for text that is sent as it is.
pub(in crate::markdown) fn literal_text(text: &str, kind: &Shape) -> Literal {
    match kind {
        Shape::Integer { .. } | Shape::Number => Literal::Number(text.to_owned()),
        Shape::Boolean if text == "true" || text == "false" => Literal::Boolean(text == "true"),
        _ => Literal::String(text.to_owned()),
    }
}
