//! Makes text of parameters, headers and form members of which nothing is known: on the wire they are nothing else.

use crate::model::{MediaType, Model, SchemaId, Schemas, Shape, StringFormat};

pub(super) fn run(model: &mut Model) {
    for operation in &model.operations {
        let schemas = &mut model.schemas;
        for parameter in &operation.parameters {
            make_text(schemas, parameter.schema);
        }
        for header in operation.responses.iter().flat_map(|r| &r.headers) {
            make_text(schemas, header.schema);
        }
        let forms = operation.request_body.iter().flat_map(|body| &body.content);
        for form in forms.filter(|media| is_form(media)) {
            if let Shape::Object(object) = &schemas.get(form.schema).shape {
                let members: Vec<SchemaId> = object.properties.iter().map(|p| p.schema).collect();
                for member in members {
                    make_text(schemas, member);
                }
            }
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
