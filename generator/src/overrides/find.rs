//! An address to the places in the model that it means.

use super::near;
use crate::config::erased;
use crate::model::{Location, Model, Operation, SchemaId, Shape};
use crate::plan::Addresses;

/// A place that refers to a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// All values of a schema, wherever they stand.
    Type(SchemaId),
    /// The property of an object, by its index.
    Property(SchemaId, usize),
    /// The elements of a list, or the values of a map.
    Element(SchemaId),
    /// The parameter of an operation.
    Parameter(usize, usize),
    /// The body of an operation's request in one media type.
    Request(usize, usize),
    /// The body of an operation's response in one media type.
    Response(usize, usize, usize),
}

/// Why an address means nothing, and what may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nothing {
    /// What there is not.
    pub message: String,
    /// What there is.
    pub help: String,
}

/// The places that an address means; never none.
pub fn find(model: &Model, addresses: &Addresses, address: &str) -> Result<Vec<Slot>, Nothing> {
    match address.split_once(' ') {
        Some((method, rest)) if method.bytes().all(|b| b.is_ascii_uppercase()) => {
            in_operation(model, address, method, rest.trim())
        }
        _ => in_type(model, addresses, address),
    }
}

/// The schema that a place refers to.
pub fn schema(model: &Model, slot: Slot) -> Option<SchemaId> {
    let operation = |at: usize| model.operations.get(at);
    match slot {
        Slot::Type(id) => Some(id),
        Slot::Property(id, at) => match &model.schemas.get(id).shape {
            Shape::Object(object) => object.properties.get(at).map(|property| property.schema),
            _ => None,
        },
        Slot::Element(id) => match model.schemas.get(id).shape {
            Shape::Array(inner) | Shape::Map(inner) => Some(inner),
            _ => None,
        },
        Slot::Parameter(at, parameter) => Some(operation(at)?.parameters.get(parameter)?.schema),
        Slot::Request(at, media) => {
            let body = operation(at)?.request_body.as_ref()?;
            Some(body.content.get(media)?.schema)
        }
        Slot::Response(at, response, media) => {
            let response = operation(at)?.responses.get(response)?;
            Some(response.content.get(media)?.schema)
        }
    }
}

fn in_type(model: &Model, addresses: &Addresses, address: &str) -> Result<Vec<Slot>, Nothing> {
    let end = address.find(['.', '[']).unwrap_or(address.len());
    let (name, rest) = address.split_at(end);
    let Some(known) = addresses.types.get(name) else {
        return Err(Nothing {
            message: format!("there is no type `{name}`"),
            help: near::help("types", name, addresses.types.keys().cloned()),
        });
    };
    // The first property may be given by its name in Rust, if that is no other's name on the wire.
    let rest = match rest.strip_prefix('.') {
        Some(property) if !known.fields.iter().any(|(_, wire, _)| wire == property) => {
            let field = known.fields.iter().find(|(field, ..)| field == property);
            field.map_or(rest.to_owned(), |(_, wire, _)| format!(".{wire}"))
        }
        _ => rest.to_owned(),
    };
    let slots = known.schemas.iter().copied().map(Slot::Type).collect();
    walk(model, slots, name, &rest)
}

/// Follows `.property` and `[]` from places to those below.
fn walk(
    model: &Model,
    mut slots: Vec<Slot>,
    head: &str,
    mut rest: &str,
) -> Result<Vec<Slot>, Nothing> {
    let mut passed = head.to_owned();
    while !rest.is_empty() {
        let schemas: Vec<SchemaId> = slots
            .iter()
            .filter_map(|slot| schema(model, *slot))
            .collect();
        if let Some(behind) = rest.strip_prefix("[]") {
            slots = schemas
                .into_iter()
                .filter(|id| {
                    matches!(
                        model.schemas.get(*id).shape,
                        Shape::Array(_) | Shape::Map(_)
                    )
                })
                .map(Slot::Element)
                .collect();
            if slots.is_empty() {
                return Err(Nothing {
                    message: format!("`{passed}` is neither a list nor a map"),
                    help: "leave out `[]`".to_owned(),
                });
            }
            passed.push_str("[]");
            rest = behind;
            continue;
        }
        let names = rest.strip_prefix('.').unwrap_or(rest);
        let mut known = Vec::new();
        let mut found: Option<(usize, Vec<Slot>)> = None;
        for id in schemas {
            let Shape::Object(object) = &model.schemas.get(id).shape else {
                continue;
            };
            for (at, property) in object.properties.iter().enumerate() {
                let name = property.name.as_str();
                known.push(format!("{passed}.{name}"));
                let behind = names.strip_prefix(name).filter(|_| !name.is_empty());
                if !behind.is_some_and(|b| b.is_empty() || b.starts_with(['.', '['])) {
                    continue;
                }
                // Names may have dots in them: the longest that fits is meant.
                match &mut found {
                    Some((length, slots)) if *length == name.len() => {
                        slots.push(Slot::Property(id, at));
                    }
                    Some((length, _)) if *length > name.len() => {}
                    _ => found = Some((name.len(), vec![Slot::Property(id, at)])),
                }
            }
        }
        let Some((length, below)) = found else {
            let wanted = format!("{passed}.{names}");
            return Err(Nothing {
                message: format!("there is no `{wanted}`"),
                help: near::help("properties", &wanted, known),
            });
        };
        passed = format!("{passed}.{}", names.get(..length).unwrap_or_default());
        rest = names.get(length..).unwrap_or_default();
        slots = below;
    }
    Ok(slots)
}

fn in_operation(
    model: &Model,
    address: &str,
    method: &str,
    rest: &str,
) -> Result<Vec<Slot>, Nothing> {
    let (path, part) = rest.split_once(' ').unwrap_or((rest, ""));
    let part = part.trim();
    let key = erased(&format!("{method} {path}"));
    let at = model.operations.iter().position(|o| o.key.erased() == key);
    let Some((at, operation)) = at.and_then(|at| Some((at, model.operations.get(at)?))) else {
        let known = model.operations.iter().map(|o| o.key.to_string());
        return Err(Nothing {
            message: format!("there is no operation `{method} {path}`"),
            help: near::help("operations", &format!("{method} {path}"), known),
        });
    };
    let head = |length: usize| {
        let end = address.len() - part.len() + length;
        address.get(..end).unwrap_or(address).to_owned()
    };
    if let Some(rest) = part.strip_prefix("request") {
        let media = operation.request_body.iter().flat_map(|body| &body.content);
        let slots: Vec<Slot> = media
            .enumerate()
            .map(|(media, _)| Slot::Request(at, media))
            .collect();
        if !slots.is_empty() {
            return walk(model, slots, &head("request".len()), rest);
        }
    }
    if let Some(rest) = part.strip_prefix("response.") {
        let length = rest.find(['.', '[']).unwrap_or(rest.len());
        let (status, rest) = rest.split_at(length);
        let mut slots = Vec::new();
        for (number, response) in operation.responses.iter().enumerate() {
            if response.status.to_string() == status {
                let media = 0..response.content.len();
                slots.extend(media.map(|media| Slot::Response(at, number, media)));
            }
        }
        if !slots.is_empty() {
            return walk(model, slots, &head("response.".len() + length), rest);
        }
    }
    for (number, parameter) in operation.parameters.iter().enumerate() {
        let name = parameter_part(parameter.location, &parameter.name);
        if part == name {
            return Ok(vec![Slot::Parameter(at, number)]);
        }
        if part.strip_prefix(&name) == Some("[]") {
            return walk(
                model,
                vec![Slot::Parameter(at, number)],
                &head(name.len()),
                "[]",
            );
        }
    }
    Err(Nothing {
        message: format!("`{}` has no `{part}`", operation.key),
        help: near::help("parts", part, parts(operation)),
    })
}

/// What an operation is made of, as the ends of addresses.
pub fn parts(operation: &Operation) -> Vec<String> {
    let parameters = operation.parameters.iter();
    let mut parts: Vec<String> = parameters
        .map(|parameter| parameter_part(parameter.location, &parameter.name))
        .collect();
    if operation.request_body.is_some() {
        parts.push("request".to_owned());
    }
    for response in operation.responses.iter().filter(|r| !r.content.is_empty()) {
        parts.push(format!("response.{}", response.status));
    }
    parts
}

fn parameter_part(location: Location, name: &str) -> String {
    let location = match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    format!("{location}.{name}")
}
