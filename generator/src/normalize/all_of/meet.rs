//! Shapes that must hold at once to the one shape that says as much.

use super::{Flat, Merging, PROPERTY};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Additional, Enumeration, Literal, ObjectShape, Schema, SchemaId, Shape, StringFormat,
    UnionShape, Variant,
};
use std::collections::{BTreeMap, BTreeSet};

/// How many alternatives a union may have so that what stands beside it is said of each of them.
const MOST_VARIANTS: usize = 32;

/// What two shapes are together.
enum Met {
    Shape(Shape),
    /// Nothing can be both.
    Conflict,
}

/// Where the properties of an object stand in its list.
type Places = BTreeMap<String, usize>;

impl Merging<'_> {
    /// The schema that says what all leaves say.
    pub(super) fn combine(&mut self, id: SchemaId, flat: &Flat) -> Schema {
        let mut schema = self.model.schemas.get(id).clone();
        schema.nullable = flat.nullable;
        schema.shape = Shape::Any;
        let mut before: Vec<SchemaId> = Vec::new();
        let mut places = Places::default();
        for (at, leaf) in flat.leaves.iter().copied().enumerate() {
            if let Shape::Object(object) = &self.model.schemas.get(leaf).shape {
                self.steps = self
                    .steps
                    .saturating_sub(object.properties.len().saturating_mul(PROPERTY));
            }
            if self.steps == 0 && at > 0 {
                self.tell_approximation(id);
                break;
            }
            let part = self.model.schemas.get(leaf).clone();
            schema.authority = schema.authority.max(part.authority);
            schema.default = schema.default.or(part.default);
            for constraint in part.constraints {
                if !schema.constraints.contains(&constraint) {
                    schema.constraints.push(constraint);
                }
            }
            if schema.examples.is_empty() && flat.leaves.len() == 1 {
                schema.examples = part.examples;
            }
            schema.origins.join(&part.origins);
            // The text of a part with a name of its own tells of that part.
            if schema.docs.is_empty() && part.names.iter().all(|name| name.distance > 0) {
                schema.docs = part.docs;
            }
            if let (Shape::Object(whole), Shape::Object(part)) = (&mut schema.shape, &part.shape) {
                self.add_object(whole, &mut places, part);
                before.push(leaf);
                continue;
            }
            match self.both(&schema.shape, &before, &part.shape, leaf) {
                Met::Shape(shape) => {
                    schema.shape = shape;
                    places.clear();
                }
                Met::Conflict => {
                    let own = before.first().map(|id| self.model.schemas.get(*id));
                    let first = own.and_then(|own| own.origins.first());
                    self.diagnostics.push(
                        Diagnostic::new(
                            Code::NORMALIZE_ALL_OF_CONFLICT,
                            "no value can be what all parts of this schema ask for",
                        )
                        .at(self.model.schemas.get(leaf).origins.first())
                        .related(first, "this part counts")
                        .note("what is received and differs is kept in `extra`")
                        .help("correct one of the parts in the source"),
                    );
                    continue;
                }
            }
            if part.shape != Shape::Any {
                before.push(leaf);
            }
        }
        schema
    }

    /// What a shape and that of a leaf are together. The first is what the leaves `before` are.
    fn both(&mut self, a: &Shape, before: &[SchemaId], b: &Shape, leaf: SchemaId) -> Met {
        use Shape::*;
        Met::Shape(match (a, b) {
            (Any, other) | (other, Any) => other.clone(),
            (Object(a), Object(b)) => Object(self.objects(a, b)),
            (Object(object), Map(value)) | (Map(value), Object(object)) => {
                let map = ObjectShape {
                    properties: Vec::new(),
                    additional: Additional::Schema(*value),
                };
                Object(self.objects(object, &map))
            }
            (Map(a), Map(b)) => Map(self.meet(*a, *b)),
            (Array(a), Array(b)) => Array(self.meet(*a, *b)),
            (Tuple(parts), Array(element)) | (Array(element), Tuple(parts)) => Tuple(
                parts
                    .iter()
                    .map(|part| self.meet(*part, *element))
                    .collect(),
            ),
            (Tuple(a), Tuple(b)) => {
                let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
                let more = long.iter().skip(short.len()).copied();
                let both = long.iter().zip(short).map(|(a, b)| self.meet(*a, *b));
                let mut parts: Vec<SchemaId> = both.collect();
                parts.extend(more);
                Tuple(parts)
            }
            (Union(a), Union(b)) if a == b => Union(a.clone()),
            (Union(union), other) => return self.distribute(union, other, leaf),
            (other, Union(union)) => {
                let id = self.stand_in(other, before);
                return self.distribute(union, other, id);
            }
            (a, b) => match scalars(a, b) {
                Some(shape) => shape,
                None => return Met::Conflict,
            },
        })
    }

    /// The schema for a shape that several leaves gave together.
    fn stand_in(&mut self, shape: &Shape, leaves: &[SchemaId]) -> SchemaId {
        if let [only] = leaves {
            return *only;
        }
        if let Some(known) = self.stand_ins.get(leaves) {
            return *known;
        }
        let mut schema = Schema {
            shape: shape.clone(),
            ..Schema::default()
        };
        for leaf in leaves {
            let leaf = self.model.schemas.get(*leaf);
            schema.authority = schema.authority.max(leaf.authority);
            schema.origins.join(&leaf.origins);
        }
        let id = self.model.schemas.add(schema);
        self.stand_ins.insert(leaves.to_vec(), id);
        id
    }

    /// Objects to the one that has the properties of both.
    fn objects(&mut self, a: &ObjectShape, b: &ObjectShape) -> ObjectShape {
        let mut merged = a.clone();
        self.add_object(&mut merged, &mut Places::default(), b);
        merged
    }

    /// Gives an object the properties of another one too. The places are those of the first one's properties, or none
    /// where they are not known yet.
    fn add_object(&mut self, merged: &mut ObjectShape, places: &mut Places, b: &ObjectShape) {
        if places.is_empty() {
            for (at, property) in merged.properties.iter().enumerate() {
                places.entry(property.name.clone()).or_insert(at);
            }
        }
        for property in &b.properties {
            let known = places.get(&property.name).copied();
            let Some(known) = known.and_then(|at| merged.properties.get_mut(at)) else {
                places.insert(property.name.clone(), merged.properties.len());
                merged.properties.push(property.clone());
                continue;
            };
            known.schema = self.meet(known.schema, property.schema);
            known.required |= property.required;
            known.read_only |= property.read_only;
            known.write_only |= property.write_only;
            known.deprecated |= property.deprecated;
            // What stands later is nearer to the whole.
            if !property.docs.is_empty() {
                known.docs = property.docs.clone();
            }
            known.origins.join(&property.origins);
        }
        merged.additional = match (merged.additional, b.additional) {
            (Additional::Schema(a), Additional::Schema(b)) => Additional::Schema(self.meet(a, b)),
            (Additional::Schema(id), _) | (_, Additional::Schema(id)) => Additional::Schema(id),
            (Additional::Forbidden, Additional::Forbidden) => Additional::Forbidden,
            // A part that allows nothing beside itself means what its own author listed, not the whole.
            _ => Additional::Unknown,
        };
    }

    /// A union beside something else: that holds for each alternative, where there are few.
    fn distribute(&mut self, union: &UnionShape, other: &Shape, beside: SchemaId) -> Met {
        let demands = union
            .variants
            .iter()
            .all(|variant| self.is_demand(variant.schema));
        // Alternatives of `required` say which members go together, which no type can say.
        if demands && matches!(other, Shape::Object(_)) {
            return Met::Shape(other.clone());
        }
        if self.says_nothing(beside)
            || (self.is_demand(beside) && matches!(other, Shape::Object(_)))
        {
            return Met::Shape(Shape::Union(union.clone()));
        }
        let count = match other {
            Shape::Union(other) => union.variants.len().saturating_mul(other.variants.len()),
            _ => union.variants.len(),
        };
        if count > MOST_VARIANTS {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::NORMALIZE_APPROXIMATED,
                    "what stands beside an `oneOf` or `anyOf` of many alternatives is not said of each of them",
                )
                .at(self.model.schemas.get(beside).origins.first())
                .note("members that stand beside the alternatives are in `extra`"),
            );
            return Met::Shape(Shape::Union(union.clone()));
        }
        let mut variants: Vec<Variant> = Vec::new();
        for variant in &union.variants {
            let shape = self.model.schemas.get(variant.schema).shape.clone();
            if excludes(&shape, other) {
                continue;
            }
            let name = variant.name.clone().or_else(|| {
                let names = &self.model.schemas.get(variant.schema).names;
                names.iter().min().map(|name| name.text.clone())
            });
            variants.push(Variant {
                schema: self.meet(variant.schema, beside),
                name,
                ..variant.clone()
            });
        }
        match variants.as_slice() {
            [] => Met::Conflict,
            _ => Met::Shape(Shape::Union(UnionShape {
                variants,
                ..union.clone()
            })),
        }
    }
}

/// Whether no value can be of both shapes, as far as that shows at once.
fn excludes(a: &Shape, b: &Shape) -> bool {
    use Shape::*;
    let group = |shape: &Shape| match shape {
        Boolean => Some(0),
        Integer { .. } | Number => Some(1),
        String(_) => Some(2),
        Array(_) | Tuple(_) => Some(3),
        Map(_) | Object(_) => Some(4),
        Enum(enumeration) => match enumeration.values.first().map(|value| &value.value) {
            Some(Literal::String(_)) => Some(2),
            Some(Literal::Number(_)) => Some(1),
            Some(Literal::Boolean(_)) => Some(0),
            _ => None,
        },
        _ => None,
    };
    matches!((group(a), group(b)), (Some(a), Some(b)) if a != b)
}

/// Two shapes without parts to the narrower one.
fn scalars(a: &Shape, b: &Shape) -> Option<Shape> {
    use Shape::*;
    Some(match (a, b) {
        (Boolean, Boolean) => Boolean,
        (Number, Number) => Number,
        (Integer { unsigned: a }, Integer { unsigned: b }) => Integer { unsigned: *a || *b },
        (Integer { unsigned }, Number) | (Number, Integer { unsigned }) => Integer {
            unsigned: *unsigned,
        },
        (String(StringFormat::Plain), String(format))
        | (String(format), String(StringFormat::Plain)) => String(format.clone()),
        // Of two formats the text that both are is known no better than by one of them.
        (String(a), String(b)) if a == b => String(a.clone()),
        (String(_), String(_)) => String(StringFormat::Plain),
        (Enum(a), Enum(b)) => {
            let others: BTreeSet<&Literal> = b.values.iter().map(|other| &other.value).collect();
            let allowed = |value: &&crate::model::EnumValue| others.contains(&value.value);
            narrowed(a.values.iter().filter(allowed).cloned().collect())?
        }
        (Enum(values), other) | (other, Enum(values)) => {
            let fits = |value: &&crate::model::EnumValue| {
                matches!(
                    (&value.value, other),
                    (Literal::String(_), String(_))
                        | (Literal::Boolean(_), Boolean)
                        | (Literal::Number(_), Number | Integer { .. })
                        | (Literal::Null, _)
                )
            };
            narrowed(values.values.iter().filter(fits).cloned().collect())?
        }
        _ => return None,
    })
}

fn narrowed(values: Vec<crate::model::EnumValue>) -> Option<Shape> {
    match values.is_empty() {
        true => None,
        false => Some(Shape::Enum(Enumeration { values })),
    }
}
