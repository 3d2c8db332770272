//! A vendor's page and the summary of it that the crate is made of, each read alone: both must say the same.

use letterpress::model::{Additional, Model, Schema, SchemaId, Shape, Status, StringFormat};
use letterpress_tests::{material, root};
use std::collections::BTreeSet;

/// The kind of a schema in a word or two, without its parts and without docs.
fn kind(schema: &Schema) -> String {
    let mut text = match &schema.shape {
        Shape::Any => "any".to_owned(),
        Shape::Never => "never".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Integer { .. } => "integer".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::String(StringFormat::Plain) => "string".to_owned(),
        Shape::String(format) => format!("string {format:?}"),
        Shape::Enum(enumeration) => {
            let values = enumeration.values.iter().map(|value| value.value.to_json());
            format!("enum {}", values.collect::<Vec<_>>().join(" | "))
        }
        Shape::Array(_) => "array".to_owned(),
        Shape::Tuple(items) => format!("tuple of {}", items.len()),
        Shape::Map(_) => "map".to_owned(),
        Shape::Object(_) => "object".to_owned(),
        Shape::Union(union) => format!("union by {:?}", union.discriminator),
        Shape::AllOf(_) => "all of".to_owned(),
        Shape::Sampled(_) => "sampled".to_owned(),
    };
    if schema.nullable {
        text.push_str(" or null");
    }
    for spelling in &schema.spellings {
        text.push_str(" or ");
        text.push_str(spelling.word());
    }
    text
}

/// Adds a line for a schema and for each that it consists of. A schema within itself is written once.
fn describe(model: &Model, facts: &mut BTreeSet<String>, place: &str, id: SchemaId) {
    let mut open = vec![(place.to_owned(), id, Vec::new())];
    while let Some((place, id, above)) = open.pop() {
        let schema = model.schemas.get(id);
        facts.insert(format!("{place}: {}", kind(schema)));
        if above.contains(&id) {
            continue;
        }
        let within = [above, vec![id]].concat();
        match &schema.shape {
            Shape::Object(object) => {
                for property in &object.properties {
                    let marks = [
                        (!property.required, "?"),
                        (property.read_only, " read-only"),
                        (property.write_only, " write-only"),
                    ];
                    let marks = marks.iter().filter(|(on, _)| *on);
                    let marks = marks.map(|(_, mark)| *mark).collect::<String>();
                    let place = format!("{place}.{}{marks}", property.name);
                    open.push((place, property.schema, within.clone()));
                }
                if let Additional::Schema(value) = object.additional {
                    open.push((format!("{place}.*"), value, within));
                }
            }
            Shape::Union(union) => {
                for variant in &union.variants {
                    let place = format!("{place} as {:?}", variant.tags);
                    open.push((place, variant.schema, within.clone()));
                }
            }
            shape => {
                for child in shape.children() {
                    open.push((format!("{place}[]"), child, within.clone()));
                }
            }
        }
    }
}

/// What a model says about its operations, a line each, without docs and without example values.
fn facts(model: &Model) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for scheme in &model.security_schemes {
        facts.insert(format!("security {} {:?}", scheme.name, scheme.kind));
    }
    for operation in &model.operations {
        let key = operation.key.to_string();
        facts.insert(format!("{key} named {}", operation.names[0].text));
        for requirement in &operation.security {
            facts.insert(format!("{key} asks for {:?}", requirement.schemes));
        }
        for parameter in &operation.parameters {
            let need = if parameter.required { "" } else { "?" };
            let place = format!(
                "{key} {:?} {}{need} {:?}",
                parameter.location, parameter.name, parameter.style
            );
            describe(model, &mut facts, &place, parameter.schema);
        }
        if let Some(body) = &operation.request_body {
            facts.insert(format!("{key} body required {}", body.required));
            for media in &body.content {
                let place = format!("{key} body {}", media.name);
                describe(model, &mut facts, &place, media.schema);
            }
        }
        for response in &operation.responses {
            let status: Status = response.status;
            facts.insert(format!("{key} {status}"));
            for media in &response.content {
                let place = format!("{key} {status} {}", media.name);
                describe(model, &mut facts, &place, media.schema);
            }
        }
    }
    facts
}

/// Facts of the one that the other lacks.
fn lacking<'f>(one: &'f BTreeSet<String>, other: &'f BTreeSet<String>) -> Vec<&'f String> {
    one.difference(other).collect()
}

#[test]
fn the_summary_says_what_the_page_says() {
    let Some(page) = material("seeds/003_a6938fdeef7924b8.txt") else {
        return;
    };
    let (page, _) = super::reference_pages::understood(&page);
    let (summary, _) = super::reference_pages::understood(&root().join("specs/zendesk/users.md"));
    assert_eq!(page.operations.len(), 28);
    let (page, summary) = (facts(&page), facts(&summary));
    assert!(page.len() > 1400, "{} facts", page.len());
    assert_eq!(lacking(&page, &summary), [""; 0]);
    assert_eq!(lacking(&summary, &page), [""; 0]);
}
