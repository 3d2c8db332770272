//! The round trip through placeholders: what a converter printed of an OpenAPI document, read back and compared.
//!
//! Every difference has to be in the list of what the converter loses, and every entry of the list has to be one.

use letterpress::diagnostic::Diagnostics;
use letterpress::model::{Additional, Location, Model, Parameter, SchemaId, Shape, StringFormat};
use letterpress::source::{Given, load_project};
use letterpress_tests::{material, root};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What each place of an API holds, in a few words: the same words for both descriptions.
type Places = BTreeMap<String, String>;

/// A loss: the end of the place, what the document says, what came back, and why.
type Loss = (&'static str, &'static str, &'static str, &'static str);

mod losses;

use losses::*;

/// Schemas of an OpenAPI document to places. Texts, lengths and defaults are no types and do not count.
struct Document<'d> {
    root: &'d Value,
    sent: bool,
    places: Places,
}

impl<'d> Document<'d> {
    fn read(root: &'d Value) -> Places {
        let mut document = Document {
            root,
            sent: false,
            places: Places::new(),
        };
        for (path, item) in root["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("operations") {
                document.operation(&format!("{} {path}", method.to_uppercase()), operation);
            }
        }
        document.places
    }

    fn operation(&mut self, key: &str, operation: &'d Value) {
        self.sent = true;
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let text = |name: &str| parameter[name].as_str().unwrap_or_default();
            let mut place = format!("{key} {}.{}", text("in"), text("name"));
            let style = match (text("style"), &parameter["explode"]) {
                ("pipeDelimited", _) => "Pipe",
                ("spaceDelimited", _) => "Space",
                ("deepObject", _) => "Deep",
                (_, Value::Bool(false)) => "Comma",
                _ => "Repeat",
            };
            self.schema(&mut place, &parameter["schema"], &mut Vec::new());
            let found = self.places.entry(place).or_default();
            if found.starts_with("array") || style == "Deep" {
                found.push_str(&format!(" {style}"));
            }
            if parameter["required"] == true {
                found.push('!');
            }
        }
        self.content(
            &format!("{key} request"),
            &operation["requestBody"]["content"],
        );
        self.sent = false;
        for (status, response) in operation["responses"].as_object().into_iter().flatten() {
            self.content(&format!("{key} response.{status}"), &response["content"]);
        }
    }

    fn content(&mut self, place: &str, content: &'d Value) {
        for (media, body) in content.as_object().into_iter().flatten() {
            if media.ends_with("json") {
                self.schema(&mut place.to_owned(), &body["schema"], &mut Vec::new());
            }
        }
    }

    fn resolve(&self, schema: &'d Value) -> (Option<&'d str>, &'d Value) {
        match schema["$ref"].as_str() {
            Some(pointer) => {
                let found = self.root.pointer(pointer.trim_start_matches('#'));
                (pointer.rsplit('/').next(), found.expect("a reference"))
            }
            None => (None, schema),
        }
    }

    fn schema(&mut self, place: &mut String, schema: &'d Value, trail: &mut Vec<&'d str>) {
        let (name, schema) = self.resolve(schema);
        if let Some(name) = name {
            if trail.contains(&name) {
                self.places.insert(place.clone(), "again".to_owned());
                return;
            }
            trail.push(name);
        }
        let kind = self.kind(schema);
        self.places.insert(place.clone(), kind);
        let length = place.len();
        let mut properties = BTreeMap::new();
        for part in schema["allOf"]
            .as_array()
            .into_iter()
            .flatten()
            .chain([schema])
        {
            let (_, part) = self.resolve(part);
            properties.extend(part["properties"].as_object().into_iter().flatten());
        }
        for (name, property) in properties {
            let (_, inner) = self.resolve(property);
            let hidden = if self.sent { "readOnly" } else { "writeOnly" };
            if inner[hidden] == true {
                continue;
            }
            place.push_str(&format!(".{name}"));
            self.schema(place, property, trail);
            let required = schema["required"].as_array();
            if required.is_some_and(|list| list.iter().any(|known| known == name)) {
                self.places.entry(place.clone()).or_default().push('!');
            }
            place.truncate(length);
        }
        if let Some(items) = schema.get("items") {
            place.push_str("[]");
            self.schema(place, items, trail);
        }
        place.truncate(length);
        let some = |value: &&Value| value.as_object().is_some_and(|object| !object.is_empty());
        if let Some(values) = schema.get("additionalProperties").filter(some) {
            place.push_str("{}");
            self.schema(place, values, trail);
        }
        place.truncate(length);
        if name.is_some() {
            trail.pop();
        }
    }

    fn kind(&self, schema: &'d Value) -> String {
        let of = |name: &str| schema[name].as_array().into_iter().flatten();
        let mut kinds: Vec<&str> = match &schema["type"] {
            Value::String(kind) => vec![kind],
            Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
            _ if schema.get("allOf").is_some() => return "object".to_owned(),
            _ => Vec::new(),
        };
        let alternatives: BTreeSet<String> = of("oneOf")
            .chain(of("anyOf"))
            .map(|schema| self.kind(self.resolve(schema).1))
            .collect();
        let mut null = schema["nullable"] == true || kinds.contains(&"null");
        kinds.retain(|kind| *kind != "null");
        let text = if !alternatives.is_empty() {
            null |= alternatives.contains("any?");
            let rest = alternatives.into_iter().filter(|kind| kind != "any?");
            rest.collect::<Vec<_>>().join("|")
        } else if let Some(value) = schema.get("const") {
            format!("const {value}")
        } else if schema.get("enum").is_some() {
            let values = of("enum").filter(|value| !value.is_null());
            let values = values.map(|v| v.as_str().map_or(v.to_string(), str::to_owned));
            format!("enum {}", values.collect::<Vec<_>>().join(","))
        } else {
            let format = schema["format"].as_str();
            let mut texts: Vec<String> = kinds
                .iter()
                .map(|kind| match (*kind, format) {
                    ("string", Some(format)) => format!("string {format}"),
                    ("integer", Some("uint64")) => "integer uint64".to_owned(),
                    ("array", _) if schema.get("prefixItems").is_some() => "tuple".to_owned(),
                    ("array", _) if schema.get("items").is_none() => "array of any".to_owned(),
                    ("object", _) => self.object(schema).to_owned(),
                    (kind, _) => kind.to_owned(),
                })
                .collect();
            texts.sort();
            match texts.as_slice() {
                [] if format.is_some() => format!("any {}", format.unwrap_or_default()),
                [] => "any".to_owned(),
                texts => texts.join("|"),
            }
        };
        if null { text + "?" } else { text }
    }

    fn object(&self, schema: &Value) -> &'static str {
        let some = |value: &Value| value.as_object().is_some_and(|object| !object.is_empty());
        let closed = schema["additionalProperties"] == false;
        match (
            schema.get("properties"),
            some(&schema["additionalProperties"]),
        ) {
            (Some(_), _) => "object",
            (None, true) => "map",
            (None, false) if closed => "object without members",
            (None, false) if schema.get("patternProperties").is_some() => "map by pattern",
            (None, false) => "map of any",
        }
    }
}

/// A model to places.
struct Read<'m> {
    model: &'m Model,
    places: Places,
}

impl<'m> Read<'m> {
    fn read(model: &'m Model) -> Places {
        let places = Places::new();
        let mut read = Read { model, places };
        for operation in &model.operations {
            let key = operation.key.to_string();
            for parameter in &operation.parameters {
                read.parameter(&key, parameter);
            }
            let json = |name: &str| name.ends_with("json");
            for media in operation.request_body.iter().flat_map(|body| &body.content) {
                if json(&media.name) {
                    read.schema(&mut format!("{key} request"), media.schema, &mut Vec::new());
                }
            }
            for response in &operation.responses {
                for media in response.content.iter().filter(|media| json(&media.name)) {
                    let mut place = format!("{key} response.{}", response.status);
                    read.schema(&mut place, media.schema, &mut Vec::new());
                }
            }
        }
        read.places
    }

    fn parameter(&mut self, key: &str, parameter: &Parameter) {
        let location = match parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        let mut place = format!("{key} {location}.{}", parameter.name);
        self.schema(&mut place, parameter.schema, &mut Vec::new());
        let style = format!("{:?}", parameter.style);
        let found = self.places.entry(place).or_default();
        if found.starts_with("array") || style == "Deep" {
            found.push_str(&format!(" {style}"));
        }
        if parameter.required {
            found.push('!');
        }
    }

    fn schema(&mut self, place: &mut String, id: SchemaId, trail: &mut Vec<SchemaId>) {
        if trail.contains(&id) {
            self.places.insert(place.clone(), "again".to_owned());
            return;
        }
        let kind = self.kind(id);
        self.places.insert(place.clone(), kind);
        trail.push(id);
        let length = place.len();
        match &self.model.schemas.get(id).shape {
            Shape::Object(object) => {
                for property in &object.properties {
                    place.push_str(&format!(".{}", property.name));
                    self.schema(place, property.schema, trail);
                    if property.required {
                        self.places.entry(place.clone()).or_default().push('!');
                    }
                    place.truncate(length);
                }
                if let Additional::Schema(values) = object.additional {
                    place.push_str("{}");
                    self.schema(place, values, trail);
                }
            }
            Shape::Array(inner) if self.kind(*inner) != "any" => {
                place.push_str("[]");
                self.schema(place, *inner, trail);
            }
            Shape::Map(inner) if self.kind(*inner) != "any" => {
                place.push_str("{}");
                self.schema(place, *inner, trail);
            }
            _ => {}
        }
        place.truncate(length);
        trail.pop();
    }

    fn kind(&self, id: SchemaId) -> String {
        let schema = self.model.schemas.get(id);
        let any = |id: &SchemaId| self.model.schemas.get(*id).shape == Shape::Any;
        let text = match &schema.shape {
            Shape::Any | Shape::Never | Shape::AllOf(_) | Shape::Sampled(_) => "any".to_owned(),
            Shape::Boolean => "boolean".to_owned(),
            Shape::Integer { unsigned: false } => "integer".to_owned(),
            Shape::Integer { unsigned: true } => "integer uint64".to_owned(),
            Shape::Number => "number".to_owned(),
            Shape::String(StringFormat::Plain) => "string".to_owned(),
            Shape::String(StringFormat::DateTime) => "string date-time".to_owned(),
            Shape::String(StringFormat::Date) => "string date".to_owned(),
            Shape::String(StringFormat::Decimal) => "string decimal".to_owned(),
            Shape::String(StringFormat::Base64) => "string byte".to_owned(),
            Shape::String(StringFormat::Binary) => "string binary".to_owned(),
            Shape::String(StringFormat::Other(format)) => format!("string {format}"),
            Shape::Enum(list) => {
                use letterpress::model::Literal;
                let values = list.values.iter().map(|value| match &value.value {
                    Literal::String(text) | Literal::Number(text) => text.clone(),
                    other => format!("{other:?}"),
                });
                format!("enum {}", values.collect::<Vec<_>>().join(","))
            }
            Shape::Array(inner) if any(inner) => "array of any".to_owned(),
            Shape::Array(_) => "array".to_owned(),
            Shape::Tuple(_) => "tuple".to_owned(),
            Shape::Map(inner) if any(inner) => "map of any".to_owned(),
            Shape::Map(_) => "map".to_owned(),
            Shape::Object(_) => "object".to_owned(),
            Shape::Union(union) => {
                let kinds: BTreeSet<String> =
                    union.variants.iter().map(|v| self.kind(v.schema)).collect();
                kinds.into_iter().collect::<Vec<_>>().join("|")
            }
        };
        if schema.nullable { text + "?" } else { text }
    }
}

fn understood(collection: &Path) -> Model {
    let mut diagnostics = Diagnostics::new();
    let given = Given {
        sources: vec![collection.to_owned()],
        name: Some("round".to_owned()),
        ..Given::default()
    };
    let project = load_project(&given, &mut diagnostics);
    letterpress::understand(&project.config, &project.files, &mut diagnostics)
}

/// Compares a document with a collection that was made of it.
fn compare(folder: &Path, document: &str, collection: &str, losses: &[&[Loss]]) {
    let text = std::fs::read_to_string(folder.join(document)).expect("the document");
    let root: Value = serde_json::from_str(&text).expect("JSON");
    let expected = Document::read(&root);
    let found = Read::read(&understood(&folder.join(collection)));
    let mut unused: BTreeSet<&Loss> = losses.iter().copied().flatten().collect();
    let mut faults = Vec::new();
    let all: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
    for place in all {
        let text = |places: &Places| places.get(place).map_or("-", String::as_str).to_owned();
        let (said, came) = (text(&expected), text(&found));
        if said == came {
            continue;
        }
        let listed = losses
            .iter()
            .copied()
            .flatten()
            .find(|(end, from, to, _)| place.ends_with(end) && said == *from && came == *to);
        match listed {
            Some(loss) => drop(unused.remove(loss)),
            None => faults.push(format!("{place}: {said} -> {came}")),
        }
    }
    for (end, from, to, why) in unused {
        faults.push(format!(
            "listed, but not lost: {end}: {from} -> {to} ({why})"
        ));
    }
    assert!(faults.is_empty(), "{collection}:\n{}", faults.join("\n"));
}

#[test]
fn schemas_come_back_from_an_excerpt() {
    let folder = root().join("tests/placeholders");
    compare(&folder, "openapi.json", "version-6.json", &[EXCERPT]);
    compare(
        &folder,
        "openapi.json",
        "version-4.json",
        &[EXCERPT, EXCERPT_4],
    );
}

#[test]
fn schemas_come_back_from_version_6() {
    let Some(folder) = material("evidence/placeholders") else {
        return;
    };
    let losses = [ALL, PRINTED];
    compare(
        &folder,
        "openapi-3.0.json",
        "postman-6.3.3-schema-mode.json",
        &losses,
    );
}

#[test]
fn schemas_come_back_from_version_4() {
    let Some(folder) = material("evidence/placeholders") else {
        return;
    };
    let losses = [ALL, PRINTED, NULL_IN_ONE, WITHOUT_VALUES, VERSION_4];
    compare(
        &folder,
        "openapi-3.0.json",
        "postman-4.25.0-schema-mode.json",
        &losses,
    );
}

#[test]
fn schemas_come_back_from_the_old_interface() {
    let Some(folder) = material("evidence/placeholders") else {
        return;
    };
    compare(
        &folder,
        "openapi-3.0.json",
        "postman-4.25.0-old-interface.json",
        &[ALL, PRINTED, MADE_UP, WITHOUT_VALUES, VERSION_4, OLD],
    );
}

#[test]
fn schemas_come_back_from_examples() {
    let Some(folder) = material("evidence/placeholders") else {
        return;
    };
    compare(
        &folder,
        "openapi-3.0.json",
        "postman-6.3.3-example-mode.json",
        &[ALL, MADE_UP, NULL_MEMBER, WITHOUT_VALUES, EXAMPLES],
    );
}

#[test]
fn schemas_come_back_from_3_1() {
    let Some(folder) = material("evidence/placeholders") else {
        return;
    };
    compare(
        &folder,
        "openapi-3.1.json",
        "postman-6.3.3-from-3.1.json",
        &[FROM_3_1],
    );
}
