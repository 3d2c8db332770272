//! A model with samples to one without: positions are joined until nothing more is found to be the same, then decided.

use super::gather::Builder;
use super::position::{Body, PositionId, Positions};
use super::trace::Trace;
use super::{align, backreference, cluster, cycle, lenient, map, name, number, shape, threshold};
use crate::diagnostic::Diagnostics;
use crate::model::evidence::Evidence;
use crate::model::{Model, Operation, Piece, Schema, SchemaId, Shape, Status, StringFormat};
use crate::origin::Origin;
use std::collections::{BTreeMap, BTreeSet};

/// Turns every `Shape::Sampled` into what its evidence means, and makes structurally equal records one schema.
///
/// The result does not depend on the order of operations, samples or files, and its schemas are numbered by where they
/// are used. A model without samples keeps its schemas.
pub fn resolve(model: Model, diagnostics: &mut Diagnostics) -> Model {
    decide(model, diagnostics, None)
}

/// As [`resolve`]; answers also what was seen of each schema, and why it is what it is.
pub fn resolve_traced(model: Model, diagnostics: &mut Diagnostics) -> (Model, Trace) {
    let mut trace = Trace::default();
    let model = decide(model, diagnostics, Some(&mut trace));
    (model, trace)
}

fn decide(mut model: Model, diagnostics: &mut Diagnostics, trace: Option<&mut Trace>) -> Model {
    let uses = Uses::of(&model);
    let (roots, mut positions) = gather(&model, &uses);
    settle(&mut positions, diagnostics);
    let aligned = align::aligned(&positions);
    let creating = creating(&model);

    let first_new = model.schemas.len();
    let mut shaper = shape::Shaper::new(
        &positions,
        aligned,
        &creating,
        &mut model.schemas,
        diagnostics,
    );
    let replaced: BTreeMap<SchemaId, SchemaId> = roots
        .iter()
        .map(|(id, position)| (*id, shaper.schema(*position)))
        .collect();
    let made = shaper.made();
    cycle::break_circles(&mut model.schemas, first_new);
    for (old, new) in &replaced {
        let old = model.schemas.get_mut(*old).map(std::mem::take);
        if let (Some(old), Some(new)) = (old, model.schemas.get_mut(*new)) {
            shape::join_schemas(new, &old);
        }
    }
    for text in &uses.texts {
        if let Some(new) = replaced.get(text).and_then(|id| model.schemas.get_mut(*id))
            && matches!(new.shape, Shape::Any | Shape::Union(_))
        {
            // Whatever it is, it is written as text there.
            new.shape = Shape::String(StringFormat::Plain);
        }
    }
    // What operations refer to is theirs by now.
    model.objects.clear();
    let numbers = number::renumber(&mut model, &replaced, first_new);
    if let Some(trace) = trace {
        trace.write(&positions, &model.schemas, &made, &numbers);
    }
    model
}

/// Joins what is the same until a round finds nothing more.
fn settle(positions: &mut Positions, diagnostics: &mut Diagnostics) {
    for _ in 0..threshold::ROUNDS {
        let mut changed = map::find_maps(positions);
        changed |= lenient::one_or_many(positions);
        changed |= positions.join(cluster::pairs(positions));
        let nested = cluster::nested(positions);
        let inner: BTreeSet<PositionId> = nested.iter().map(|(_, inner)| *inner).collect();
        for inner in inner {
            positions.set_back(inner);
        }
        changed |= positions.join(nested);
        changed |= backreference::join_back_references(positions, diagnostics);
        if !changed && !map::find_invented(positions) {
            break;
        }
    }
}

/// The samples of what requests send, each with the operation if that creates something by it. What changes something may
/// leave out what stays.
fn creating(model: &Model) -> BTreeMap<Origin, Option<String>> {
    let mut found = BTreeMap::new();
    for operation in &model.operations {
        let changes = matches!(operation.key.method.as_str(), "PUT" | "PATCH");
        let key = (!changes).then(|| operation.key.erased());
        for media in operation.request_body.iter().flat_map(|b| &b.content) {
            let Some(evidence) = evidence(model.schemas.get(media.schema)) else {
                continue;
            };
            let objects = evidence.object.iter().flat_map(|object| object.seen.iter());
            let lists = evidence.array.iter().flat_map(|array| array.seen.iter());
            for seen in objects.chain(lists) {
                found
                    .entry(seen.origin)
                    .and_modify(|known: &mut Option<String>| *known = known.take().and(key.clone()))
                    .or_insert_with(|| key.clone());
            }
        }
    }
    found
}

/// Where the schemas of a model stand.
#[derive(Default)]
struct Uses {
    bodies: BTreeMap<SchemaId, BTreeSet<Body>>,
    /// Those of parameters, headers and form fields, which are text on the wire.
    texts: BTreeSet<SchemaId>,
    /// The names of the properties that they are the values of.
    keys: BTreeMap<SchemaId, String>,
}

impl Uses {
    fn of(model: &Model) -> Uses {
        let mut uses = Uses::default();
        for operation in &model.operations {
            uses.operation(operation);
            uses.form_fields(model, operation);
        }
        for (_, schema) in model.schemas.iter() {
            if let Shape::Object(object) = &schema.shape {
                for property in &object.properties {
                    uses.key(property.schema, &property.name);
                }
            }
        }
        uses
    }

    fn operation(&mut self, operation: &Operation) {
        let key = operation.key.erased();
        let noun = noun(operation);
        let mut body = |schema: SchemaId, family: String| {
            self.bodies.entry(schema).or_default().insert(Body {
                operation: key.clone(),
                family,
                noun: noun.clone(),
                whole: true,
            });
        };
        for media in operation.request_body.iter().flat_map(|b| &b.content) {
            body(media.schema, format!("request {key}"));
        }
        for response in &operation.responses {
            let family = match response.status {
                Status::Code(400..) | Status::Range(4..) => "error".to_owned(),
                _ => format!("response {key}"),
            };
            for media in &response.content {
                body(media.schema, family.clone());
            }
        }
        for header in operation.responses.iter().flat_map(|r| &r.headers) {
            self.texts.insert(header.schema);
            self.key(header.schema, &header.name);
        }
        for parameter in &operation.parameters {
            self.texts.insert(parameter.schema);
            self.key(parameter.schema, &parameter.name);
        }
    }

    fn form_fields(&mut self, model: &Model, operation: &Operation) {
        for media in operation.request_body.iter().flat_map(|b| &b.content) {
            let form = ["application/x-www-form-urlencoded", "multipart/form-data"];
            let shape = &model.schemas.get(media.schema).shape;
            if let (true, Shape::Object(object)) = (form.contains(&media.name.as_str()), shape) {
                self.texts
                    .extend(object.properties.iter().map(|p| p.schema));
            }
        }
    }

    /// Of several names the first in the order of text.
    fn key(&mut self, schema: SchemaId, name: &str) {
        let key = self.keys.entry(schema).or_insert_with(|| name.to_owned());
        if name < key.as_str() {
            name.clone_into(key);
        }
    }
}

/// What a path is about, if it is that of a collection or of one of its elements: `/users`, `/users/{id}`. What a path
/// such as `/users/{id}/activate` answers may be anything.
fn noun(operation: &Operation) -> Option<String> {
    let segments = &operation.key.path.segments;
    let literal = |segment: &Vec<Piece>| match segment.as_slice() {
        [Piece::Literal(text)] if !text.is_empty() => Some(text.clone()),
        _ => None,
    };
    let at = segments
        .iter()
        .rposition(|segment| literal(segment).is_some())?;
    let text = segments.get(at).and_then(literal)?;
    let one = name::element(&text);
    (one != text || at + 1 < segments.len()).then(|| name::comparable(&one))
}

/// One position a sampled schema.
fn gather(model: &Model, uses: &Uses) -> (BTreeMap<SchemaId, PositionId>, Positions) {
    let mut builder = Builder::default();
    let mut roots = BTreeMap::new();
    let objects: BTreeSet<SchemaId> = model.objects.iter().copied().collect();
    for (id, schema) in model.schemas.iter() {
        if let Some(evidence) = evidence(schema) {
            if objects.contains(&id)
                && let Some(name) = schema.names.first()
            {
                roots.insert(id, builder.add_object(evidence, &name.text));
                continue;
            }
            let bodies = uses.bodies.get(&id).cloned().unwrap_or_default();
            let key = uses.keys.get(&id).map(String::as_str);
            let position = builder.add(evidence, key, bodies);
            roots.insert(id, position);
        }
    }
    (roots, builder.finish())
}

fn evidence(schema: &Schema) -> Option<&Evidence> {
    match &schema.shape {
        Shape::Sampled(evidence) => Some(evidence),
        _ => None,
    }
}
