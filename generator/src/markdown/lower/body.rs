//! What a section says is sent, to a request body: examples, members, what only the text speaks of, and what commands send.

use super::super::cell::Type;
use super::super::command::Call;
use super::super::endpoint::Endpoint;
use super::super::part::{self, Section};
use super::super::{object, parameter, prose, stated};
use super::Lowering;
use crate::exchange;
use crate::infer::{self, Direction, Sample};
use crate::model::evidence::{ArrayEvidence, Evidence, FieldEvidence, Hole, Observations};
use crate::model::schema::Authority;
use crate::model::{
    Docs, Example, MediaType, ObjectShape, Property, RequestBody, Schema, SchemaId, Schemas, Shape,
    StringFormat,
};
use crate::origin::Origins;
use crate::tree::json::{self, Dialect};
use std::collections::BTreeMap;

/// A body that a command sends, with the schemas that it refers to.
type Shown<'c> = (&'c MediaType, &'c Schemas);

impl Lowering<'_> {
    pub(super) fn request_body(
        &mut self,
        section: &Section<'_>,
        endpoint: &Endpoint,
        commands: &[&Call],
    ) -> Option<RequestBody> {
        let sends = matches!(
            endpoint.method.as_str(),
            "POST" | "PUT" | "PATCH" | "DELETE"
        );
        let members = parameter::body_rows(section, endpoint);
        let shown = commands.iter().flat_map(|command| {
            let body = command.operation.request_body.iter();
            body.flat_map(|body| &body.content)
                .map(|media| (media, &command.schemas))
        });
        let (json, mut others): (Vec<Shown<'_>>, Vec<Shown<'_>>) =
            shown.partition(|(media, _)| exchange::is_json(&media.name));
        let described = !section.bodies.is_empty() || !members.is_empty();
        if !sends || !described && json.is_empty() && others.is_empty() {
            return None;
        }
        let mut origins = Origins::none();
        let mut content = Vec::new();
        if described || !json.is_empty() {
            let files = members
                .iter()
                .any(|row| matches!(row.kind, Some(Ok(Type::String(StringFormat::Binary)))));
            // Of members alone, commands tell how they are sent.
            let loose = section.bodies.is_empty() && json.is_empty();
            let form = others
                .first()
                .filter(|_| loose)
                .map(|(media, _)| media.name.clone());
            let name = match (files, form) {
                (true, _) => "multipart/form-data".to_owned(),
                (false, Some(form)) => form,
                (false, None) => "application/json".to_owned(),
            };
            let (same, rest) = others
                .into_iter()
                .partition(|(media, _)| media.name == name);
            others = rest;
            content.push(self.described_body(section, &members, (&json, same), name, &mut origins));
        }
        let mut forms: BTreeMap<&str, Vec<Shown<'_>>> = BTreeMap::new();
        for shown in others {
            forms.entry(&shown.0.name).or_default().push(shown);
        }
        for shown in forms.values() {
            content.extend(self.shown_body(shown));
        }
        for command in commands {
            let body = command.operation.request_body.iter();
            body.for_each(|body| origins.join(&body.origins));
        }
        Some(RequestBody {
            required: true,
            content,
            docs: Docs::default(),
            origins,
        })
    }

    /// The body that the section describes, with what commands show of it.
    fn described_body(
        &mut self,
        section: &Section<'_>,
        members: &[super::super::table::Row],
        (json, forms): (&[Shown<'_>], Vec<Shown<'_>>),
        name: String,
        origins: &mut Origins,
    ) -> MediaType {
        let mut evidence = Evidence::default();
        let mut examples = Vec::new();
        for body in &section.bodies {
            let sample = Sample {
                origin: body.origin,
                direction: Direction::Sent,
                elided: body.elided,
            };
            let shown = infer::observe(body.tree.root(), sample);
            evidence.join(&shown);
            origins.add(body.origin);
            examples.push(Example {
                name: None,
                body: infer::literal("", body.tree.root()),
                origin: body.origin,
            });
        }
        for (media, schemas) in json {
            evidence.join(&shown_evidence(schemas, media.schema));
            if section.bodies.is_empty() {
                examples.extend(media.examples.iter().cloned());
            }
        }
        let mut encodings = Vec::new();
        for (media, schemas) in forms {
            evidence.join(&shown_evidence(schemas, media.schema));
            examples.extend(media.examples.iter().cloned());
            if encodings.is_empty() {
                encodings.clone_from(&media.encodings);
            }
        }
        if !members.is_empty() {
            let stated = stated::members(members, Direction::Sent, false);
            match section.bodies.is_empty() && json.is_empty() {
                true => evidence.object.get_or_insert_default().join(&stated),
                false => object::place_members(&mut evidence, stated),
            }
            members.iter().for_each(|row| origins.add(row.origin));
        }
        self.include(section, &mut evidence);
        let origin = origins.first().or(json
            .first()
            .and_then(|(media, schemas)| schemas.get(media.schema).origins.first()));
        let schema = self.sampled(evidence, origin.unwrap_or_default());
        MediaType {
            name,
            schema,
            examples,
            encodings,
            ..MediaType::default()
        }
    }

    /// A body that only commands send; of forms, the members of all of them.
    fn shown_body(&mut self, shown: &[Shown<'_>]) -> Option<MediaType> {
        let (first, schemas) = *shown.first()?;
        let mut members: Vec<(Property, Vec<(&Schemas, SchemaId)>)> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (media, schemas) in shown {
            let Shape::Object(object) = &schemas.get(media.schema).shape else {
                return Some(MediaType {
                    schema: self.import(schemas, first.schema),
                    ..first.clone()
                });
            };
            for property in &object.properties {
                match places
                    .get(property.name.as_str())
                    .and_then(|at| members.get_mut(*at))
                {
                    Some((_, known)) => known.push((schemas, property.schema)),
                    None => {
                        places.insert(&property.name, members.len());
                        members.push((property.clone(), vec![(schemas, property.schema)]));
                    }
                }
            }
        }
        let mut properties = Vec::new();
        for (property, values) in members {
            let sampled = |(schemas, id): &(&Schemas, SchemaId)| match &schemas.get(*id).shape {
                Shape::Sampled(evidence) => Some((**evidence).clone()),
                _ => None,
            };
            let evidence: Option<Vec<Evidence>> = values.iter().map(sampled).collect();
            let schema = match (evidence, values.first()) {
                (Some(all), _) => {
                    let mut joined = Evidence::default();
                    all.iter().for_each(|one| joined.join(one));
                    self.sampled(joined, property.origins.first().unwrap_or_default())
                }
                (None, Some((schemas, id))) => self.import(schemas, *id),
                (None, None) => continue,
            };
            properties.push(Property { schema, ..property });
        }
        let origins = schemas.get(first.schema).origins.clone();
        let schema = self.model.schemas.add(Schema {
            shape: Shape::Object(ObjectShape {
                properties,
                ..ObjectShape::default()
            }),
            authority: Authority::Sampled,
            origins,
            ..Schema::default()
        });
        Some(MediaType {
            schema,
            ..first.clone()
        })
    }

    /// A copy of a schema of a command among those of the page. Commands have trees of schemas, as deep as their text.
    pub(in crate::markdown) fn import(&mut self, schemas: &Schemas, id: SchemaId) -> SchemaId {
        let mut schema = schemas.get(id).clone();
        schema
            .shape
            .for_each_child(|child| *child = self.import(schemas, *child));
        self.model.schemas.add(schema)
    }

    /// Members that only the text speaks of: they stand in the object that the body holds.
    fn include(&mut self, section: &Section<'_>, evidence: &mut Evidence) {
        let text = part::joined(&section.text);
        let Some((name, literal)) = prose::included(&text) else {
            return;
        };
        let origin = section.origin;
        let literal = literal.to_json();
        let Ok(tree) = json::parse(self.file, &literal.as_str().into(), Dialect::Strict) else {
            return;
        };
        let sample = Sample {
            origin,
            direction: Direction::Sent,
            elided: false,
        };
        let value = infer::observe_member(&name, tree.root(), sample);
        let Some(object) = &mut evidence.object else {
            return;
        };
        let mut inner = object.fields.values_mut();
        let only = inner.next().filter(|field| field.value.object.is_some());
        let target = match (only, inner.next()) {
            (Some(field), None) => field.value.object.as_deref_mut(),
            _ => None,
        };
        if let Some(target) = target {
            let field = target.fields.entry(name).or_insert(FieldEvidence {
                index: u32::MAX,
                ..FieldEvidence::default()
            });
            field.value.join(&value);
        }
    }
}

/// What a command shows of a value, whatever its reader has made of it.
fn shown_evidence(schemas: &Schemas, id: SchemaId) -> Evidence {
    let schema = schemas.get(id);
    let mut evidence = Evidence::default();
    let origin = schema.origins.first().unwrap_or_default();
    let seen = stated::statement(origin, Direction::Sent);
    match &schema.shape {
        Shape::Sampled(shown) => evidence.join(shown),
        Shape::Object(object) => {
            let members = evidence.object.get_or_insert_default();
            members.seen = Observations::from(seen);
            for (property, index) in object.properties.iter().zip(0..) {
                let field = members.fields.entry(property.name.clone());
                let field = field.or_insert(FieldEvidence {
                    index,
                    ..FieldEvidence::default()
                });
                field.value.join(&shown_evidence(schemas, property.schema));
            }
        }
        Shape::Array(item) => {
            evidence.array = Some(Box::new(ArrayEvidence {
                seen: Observations::from(seen),
                item: shown_evidence(schemas, *item),
                ..ArrayEvidence::default()
            }));
        }
        Shape::String(format) => evidence.add_hole(Hole::String(format.clone()), seen),
        Shape::Boolean => evidence.add_hole(Hole::Boolean, seen),
        _ => {}
    }
    evidence
}
