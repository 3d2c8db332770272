//! Rows, queries of endpoint lines and values of sample programs to the parameters of an operation.

use super::cell::Type;
use super::endpoint::Endpoint;
use super::lower::{Lowering, literal_text};
use super::part::Section;
use super::sample::Call;
use super::table::Row;
use super::{command, docs, stated};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::schema::Authority;
use crate::model::{
    Docs, EnumValue, Enumeration, Literal, Location, Parameter, Schema, SchemaId, Shape,
    StringFormat, Style,
};
use crate::origin::Origin;

/// Whether a name is that of an identity.
pub(super) fn is_id(name: &str) -> bool {
    name == "id" || name.ends_with("_id") || name.ends_with("Id")
}

/// Where a row's value is sent, if the row or its path says so.
fn location(row: &Row, endpoints: &[&Endpoint]) -> Location {
    let name = row.name.as_ref().map_or("", |name| name.text.as_str());
    let in_path = endpoints
        .iter()
        .any(|e| e.path.parameters().any(|known| known == name));
    match row.location {
        _ if in_path => Location::Path,
        Some(location) => location,
        None => Location::Query,
    }
}

/// The rows of a section that are members of the body: those below a heading that says so, and for methods that send one
/// all that have no place of their own.
pub(super) fn body_rows(section: &Section<'_>, endpoint: &Endpoint) -> Vec<Row> {
    let sends = matches!(endpoint.method.as_str(), "POST" | "PUT" | "PATCH");
    let in_path = |row: &Row| {
        let name = row.name.as_ref().map_or("", |name| name.text.as_str());
        endpoint.path.parameters().any(|known| known == name)
    };
    let loose = section
        .parameters
        .iter()
        .filter(|row| sends && row.location.is_none() && !in_path(row));
    section.members.iter().chain(loose).cloned().collect()
}

/// The parameters of an operation: those of the path first.
pub(super) fn parameters(
    lowering: &mut Lowering<'_>,
    section: &Section<'_>,
    endpoints: &[&Endpoint],
    calls: &[Call],
    commands: &[&command::Call],
) -> Vec<Parameter> {
    let Some(first) = endpoints.first() else {
        return Vec::new();
    };
    let sends = matches!(first.method.as_str(), "POST" | "PUT" | "PATCH");
    let mut found: Vec<Parameter> = Vec::new();
    let all: Vec<&Endpoint> = section.endpoints.iter().collect();
    for row in &section.parameters {
        let place = location(row, endpoints);
        let elsewhere = location(row, &all) == Location::Path && place != Location::Path;
        if elsewhere || (sends && row.location.is_none() && place == Location::Query) {
            continue;
        }
        let known = found.iter().any(|p| {
            p.location == place && row.name.as_ref().is_some_and(|name| name.text == p.name)
        });
        if known || (place == Location::Path && !named_in_path(row, first)) {
            continue;
        }
        found.extend(described(lowering, row, section, place, calls));
    }
    for name in first.path.parameters() {
        if found
            .iter()
            .any(|p| p.location == Location::Path && p.name == name)
        {
            continue;
        }
        let values = values(calls, name, Location::Path);
        found.push(undeclared(lowering, name, &values, first.origin));
    }
    for endpoint in endpoints {
        for (name, value) in &endpoint.query {
            if found
                .iter()
                .all(|p| p.location != Location::Query || p.name != *name)
            {
                let schema = schema(
                    lowering,
                    Shape::String(StringFormat::Plain),
                    endpoint.origin,
                );
                found.push(parameter(name, Location::Query, schema, endpoint.origin));
            }
            if let (Some(value), Some(known)) = (value, found.iter_mut().find(|p| p.name == *name))
            {
                known.example = known
                    .example
                    .take()
                    .or(Some(Literal::String(value.clone())));
            }
        }
    }
    for command in commands {
        for parameter in &command.operation.parameters {
            let sent = matches!(parameter.location, Location::Query | Location::Header);
            let known = found.iter().any(|known| is_same(known, parameter));
            if sent && !known {
                found.push(shown(lowering, parameter, command));
            }
        }
    }
    found.sort_by_key(|parameter| parameter.location);
    found
}

/// Whether a parameter that a command sends is a described one, or is spelled by several of these: `filter[name]`.
fn is_same(known: &Parameter, shown: &Parameter) -> bool {
    let name = |text: &str| match shown.location {
        Location::Header => text.to_ascii_lowercase(),
        _ => text.to_owned(),
    };
    let (known_name, shown_name) = (name(&known.name), name(&shown.name));
    known.location == shown.location
        && (known_name == shown_name || known_name.starts_with(&format!("{shown_name}[")))
}

/// A parameter that no row describes, and a command sends.
fn shown(lowering: &mut Lowering<'_>, shown: &Parameter, command: &command::Call) -> Parameter {
    let place = match shown.location {
        Location::Header => "the header",
        _ => "",
    };
    lowering.diagnostics.push(
        Diagnostic::new(
            Code::MARKDOWN_SHOWN_PARAMETER,
            format!(
                "a command sends {place} `{}`, which no row describes",
                shown.name
            )
            .replace("  ", " "),
        )
        .at(shown.origins.first())
        .note("it is a parameter that may be left out")
        .help("describe it in a table of a copy of the page"),
    );
    Parameter {
        schema: lowering.import(&command.schemas, shown.schema),
        required: false,
        ..shown.clone()
    }
}

/// The values that calls have for a parameter.
fn values<'c>(calls: &'c [Call], name: &str, location: Location) -> Vec<&'c str> {
    calls
        .iter()
        .flat_map(|call| match location {
            Location::Path => &call.values,
            _ => &call.query,
        })
        .filter(|(key, _)| *key == name)
        .map(|(_, value)| value.as_str())
        .collect()
}

fn named_in_path(row: &Row, endpoint: &Endpoint) -> bool {
    let name = row.name.as_ref().map_or("", |name| name.text.as_str());
    endpoint.path.parameters().any(|known| known == name)
}

fn parameter(name: &str, location: Location, schema: SchemaId, origin: Origin) -> Parameter {
    Parameter {
        name: name.to_owned(),
        names: Vec::new(),
        location,
        style: Style::default(),
        required: location == Location::Path,
        schema,
        example: None,
        docs: Docs::default(),
        deprecated: false,
        allow_reserved: false,
        media_type: None,
        origins: origin.into(),
    }
}

fn schema(lowering: &mut Lowering<'_>, shape: Shape, origin: Origin) -> SchemaId {
    lowering.model.schemas.add(Schema {
        shape,
        authority: Authority::Documented,
        origins: origin.into(),
        ..Schema::default()
    })
}

/// A parameter of the path that no row describes.
fn undeclared(
    lowering: &mut Lowering<'_>,
    name: &str,
    values: &[&str],
    origin: Origin,
) -> Parameter {
    let shown = is_id(name)
        && !values.is_empty()
        && values.iter().all(|value| value.parse::<i64>().is_ok());
    let (shape, note) = match (lowering.integer_ids && is_id(name), shown) {
        (true, _) => (
            Shape::Integer { unsigned: false },
            "it is an integer, as all identifiers are that the page describes",
        ),
        (false, true) => (
            Shape::Integer { unsigned: false },
            "it is an integer, as it is in samples",
        ),
        (false, false) => (Shape::String(StringFormat::Plain), "it is text"),
    };
    let example = values.first().map(|value| literal_text(value, &shape));
    lowering.diagnostics.push(
        Diagnostic::new(
            Code::MARKDOWN_PATH_PARAMETER,
            format!("`{{{name}}}` stands in the path, and no row describes it"),
        )
        .at(origin)
        .note(note)
        .help("give its type under `types` in letterpress.yaml"),
    );
    let schema = schema(lowering, shape, origin);
    Parameter {
        example,
        ..parameter(name, Location::Path, schema, origin)
    }
}

/// A parameter that a row describes.
fn described(
    lowering: &mut Lowering<'_>,
    row: &Row,
    section: &Section<'_>,
    location: Location,
    calls: &[Call],
) -> Option<Parameter> {
    let name = row.name.as_ref()?.text.clone();
    let mut said = stated::said(row);
    // `role[]` takes several of what `role` takes one of.
    if let (true, Some(bare)) = (said.values.is_empty(), name.strip_suffix("[]")) {
        let single = section
            .parameters
            .iter()
            .find(|row| row.name.as_ref().is_some_and(|name| name.text == bare));
        if let Some(single) = single {
            said.values = stated::said(single).values;
        }
    }
    let values = values(calls, &name, location);
    let kind = match &row.kind {
        Some(Ok(kind)) => kind.clone(),
        _ => Type::String(StringFormat::Plain),
    };
    let (item, listed) = match &kind {
        Type::Array(Some(item)) => ((**item).clone(), true),
        Type::Array(None) => (Type::String(StringFormat::Plain), true),
        other => (other.clone(), false),
    };
    let comma = said.comma && location != Location::Path;
    let repeated = name.ends_with("[]") || (listed && !comma);
    let mut shape = scalar(&item);
    let digits = |value: &&str| {
        let mut parts = value.split(',');
        parts.all(|part| !part.trim().is_empty() && part.trim().parse::<i64>().is_ok())
    };
    if comma
        && matches!(shape, Shape::String(StringFormat::Plain))
        && !values.is_empty()
        && values.iter().all(digits)
    {
        shape = Shape::Integer { unsigned: false };
    }
    let fits = |value: &Literal| match shape {
        Shape::Integer { .. } => matches!(value, Literal::Number(_)),
        Shape::String(_) => true,
        _ => false,
    };
    if !said.values.is_empty() && said.values.iter().all(|(value, _)| fits(value)) {
        let text = matches!(shape, Shape::String(_));
        shape = Shape::Enum(Enumeration {
            values: said
                .values
                .iter()
                .map(|(value, name)| EnumValue {
                    value: match value {
                        Literal::Number(number) if text => Literal::String(number.clone()),
                        other => other.clone(),
                    },
                    name: name.clone(),
                    docs: Docs::default(),
                })
                .collect(),
        });
    }
    let example = values.first().filter(|_| !comma && !repeated);
    let example = example.map(|value| literal_text(value, &shape));
    let item = schema(lowering, shape.clone(), row.origin);
    let id = match comma || repeated {
        true => schema(lowering, Shape::Array(item), row.origin),
        false => item,
    };
    if let (Some(default), Some(known)) = (&said.default, lowering.model.schemas.get_mut(id)) {
        known.default = Some(literal_text(default, &shape));
    }
    let optional = row.name.as_ref().is_some_and(|name| name.optional);
    Some(Parameter {
        style: match comma {
            true => Style::Comma,
            false => Style::Repeat,
        },
        required: location == Location::Path || (row.required == Some(true) && !optional),
        example,
        docs: Docs {
            summary: None,
            description: docs::readable(&row.description),
        },
        deprecated: said.deprecated,
        ..parameter(&name, location, id, row.origin)
    })
}

/// The shape of a single value: what is no scalar is text there.
fn scalar(kind: &Type) -> Shape {
    match kind {
        Type::Boolean => Shape::Boolean,
        Type::Integer => Shape::Integer { unsigned: false },
        Type::Number => Shape::Number,
        Type::String(format) => Shape::String(format.clone()),
        _ => Shape::String(StringFormat::Plain),
    }
}
