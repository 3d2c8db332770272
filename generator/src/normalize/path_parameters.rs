//! Adds a parameter for every hole of a path that has none, and orders parameters by where they are sent.

use crate::diagnostic::Diagnostics;
use crate::model::{Docs, Location, Model, Parameter, Schema, Shape, StringFormat, Style};

pub(super) fn run(model: &mut Model, _: &mut Diagnostics) {
    for operation in &mut model.operations {
        let mut names: Vec<&str> = Vec::new();
        for name in operation.key.path.parameters() {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let position = |name: &str| names.iter().position(|known| *known == name);
        for name in &names {
            let known = operation
                .parameters
                .iter()
                .any(|p| p.location == Location::Path && p.name == *name);
            if known {
                continue;
            }
            let schema = model.schemas.add(Schema {
                shape: Shape::String(StringFormat::Plain),
                origins: operation.origins.clone(),
                ..Schema::default()
            });
            operation.parameters.push(Parameter {
                name: (*name).to_owned(),
                names: Vec::new(),
                location: Location::Path,
                allow_reserved: false,
                media_type: None,
                style: Style::default(),
                required: true,
                schema,
                example: None,
                docs: Docs::default(),
                deprecated: false,
                origins: operation.origins.clone(),
            });
        }
        for parameter in &mut operation.parameters {
            parameter.required |= parameter.location == Location::Path;
        }
        // A parameter for a hole that the path does not have cannot be sent.
        operation
            .parameters
            .retain(|p| p.location != Location::Path || position(&p.name).is_some());
        operation.parameters.sort_by_key(|p| {
            let place = match p.location {
                Location::Path => position(&p.name),
                _ => None,
            };
            (p.location, place)
        });
    }
}
