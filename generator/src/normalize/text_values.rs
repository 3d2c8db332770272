//! Makes text of parameters, headers and form members of which nothing is known: on the wire they are nothing else.

use crate::diagnostic::Diagnostics;
use crate::model::{MediaType, Model, SchemaId, Schemas, Shape, StringFormat, Style};
use std::collections::BTreeSet;

pub(super) fn run(model: &mut Model, _: &mut Diagnostics) {
    for operation in &model.operations {
        let schemas = &mut model.schemas;
        for parameter in &operation.parameters {
            make_text(schemas, parameter.schema);
            if parameter.style == Style::Deep {
                make_members_text(schemas, parameter.schema);
            }
        }
        for header in operation.responses.iter().flat_map(|r| &r.headers) {
            make_text(schemas, header.schema);
        }
        let forms = operation.request_body.iter().flat_map(|body| &body.content);
        for form in forms.filter(|media| is_form(media)) {
            make_members_text(schemas, form.schema);
        }
    }
}

/// Members of a form or of a parameter that is spelled like one, and the members that these have.
fn make_members_text(schemas: &mut Schemas, id: SchemaId) {
    let mut open = vec![id];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        match &schemas.get(id).shape {
            Shape::Object(object) => {
                let members: Vec<SchemaId> = object.properties.iter().map(|p| p.schema).collect();
                for member in members {
                    make_text(schemas, member);
                    open.push(member);
                }
            }
            Shape::Array(item) => open.push(*item),
            _ => {}
        }
    }
}

fn is_form(media: &MediaType) -> bool {
    media.name == "application/x-www-form-urlencoded" || media.name == "multipart/form-data"
}

/// The schema itself, or the elements of the list that it is.
fn make_text(schemas: &mut Schemas, id: SchemaId) {
    let id = match schemas.get(id).shape {
        Shape::Array(item) => item,
        _ => id,
    };
    if let Some(schema) = schemas.get_mut(id)
        && schema.shape == Shape::Any
    {
        schema.shape = Shape::String(StringFormat::Plain);
    }
}
