//! Where the items stand in a page.

use super::words::plain;
use crate::model::{Model, Operation, Piece, SchemaId, Shape};

/// The list of a page.
pub(super) struct List {
    /// The names from the page to it; none if the page is the list.
    pub way: Vec<String>,
    /// What it holds.
    pub element: SchemaId,
}

/// What lists of items are called in APIs of all kinds, the most telling first.
const ITEMS: &[&str] = &[
    "items",
    "data",
    "results",
    "records",
    "entries",
    "values",
    "value",
    "resources",
    "elements",
    "content",
    "nodes",
    "rows",
    "hits",
    "documents",
    "objects",
    "list",
    "edges",
];

/// Lists that stand beside the items.
const BESIDE: &[&str] = &[
    "aggregations",
    "errors",
    "facets",
    "filters",
    "included",
    "includes",
    "links",
    "messages",
    "meta",
    "sort",
    "warnings",
];

/// The list of the items: the only one, the one that is called so, or the one that the path speaks of. Those at the top
/// come before those one level below.
pub(super) fn find(model: &Model, operation: &Operation, root: SchemaId) -> Option<List> {
    if let Shape::Array(element) = model.schemas.get(root).shape {
        return Some(List {
            way: Vec::new(),
            element,
        });
    }
    let (lists, objects) = level(model, root, &[]);
    if !lists.is_empty() {
        return choose(model, operation, lists);
    }
    let below = objects.into_iter();
    let lists = below
        .flat_map(|(way, id)| level(model, id, &way).0)
        .collect();
    choose(model, operation, lists)
}

/// Whether the items are objects with this property.
pub(super) fn has_property(model: &Model, element: SchemaId, name: &str) -> bool {
    match &model.schemas.get(element).shape {
        Shape::Object(object) => object
            .properties
            .iter()
            .any(|property| property.name == name),
        _ => false,
    }
}

/// The lists and the objects among the properties of an object.
fn level(
    model: &Model,
    id: SchemaId,
    before: &[String],
) -> (Vec<List>, Vec<(Vec<String>, SchemaId)>) {
    let (mut lists, mut objects) = (Vec::new(), Vec::new());
    if let Shape::Object(object) = &model.schemas.get(id).shape {
        for property in &object.properties {
            if BESIDE.contains(&plain(&property.name).as_str()) {
                continue;
            }
            let mut way = before.to_vec();
            way.push(property.name.clone());
            match &model.schemas.get(property.schema).shape {
                Shape::Array(element) => lists.push(List {
                    way,
                    element: *element,
                }),
                Shape::Object(_) => objects.push((way, property.schema)),
                _ => {}
            }
        }
    }
    (lists, objects)
}

fn choose(model: &Model, operation: &Operation, mut lists: Vec<List>) -> Option<List> {
    if lists.len() < 2 {
        return lists.pop();
    }
    let leaf = |list: &List| list.way.last().map(|name| plain(name)).unwrap_or_default();
    let known = ITEMS
        .iter()
        .find_map(|name| lists.iter().position(|list| leaf(list) == *name));
    let literals = operation.key.path.segments.iter().rev().flatten();
    let mut literals = literals.filter_map(|piece| match piece {
        Piece::Literal(text) => Some(plain(text)),
        Piece::Parameter(_) => None,
    });
    let spoken = literals.find_map(|literal| lists.iter().position(|list| leaf(list) == literal));
    let is_object = |list: &List| matches!(model.schemas.get(list.element).shape, Shape::Object(_));
    let mut of_objects = lists.iter().enumerate().filter(|(_, list)| is_object(list));
    let only = match (of_objects.next(), of_objects.next()) {
        (Some((at, _)), None) => Some(at),
        _ => None,
    };
    let at = spoken.or(known).or(only)?;
    Some(lists.swap_remove(at))
}
