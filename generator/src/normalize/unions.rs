//! Unions to what their alternatives are when looked at together: one level of at least two that can be told apart, or no
//! union at all.

mod external;
mod scalars;
mod tag;

use super::alias::Aliases;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Literal, Model, ObjectShape, Property, Schema, SchemaId, Shape, Spelling, StringFormat,
    UnionShape, Variant,
};
use std::collections::{BTreeMap, BTreeSet};

/// How many alternatives may be looked at for each schema that the sources have, and in any case: unions that hold one
/// another can ask for more than any machine has. Descriptions in use look at fewer than one for each.
const MOST_STEPS_EACH: usize = 16;
const MOST_STEPS: usize = 100_000;

pub(super) fn run(model: &mut Model, diagnostics: &mut Diagnostics) {
    let order = inner_first(model);
    if order.is_empty() {
        return;
    }
    let mut unions = Unions {
        clearable: optional_members(model),
        steps: model
            .schemas
            .len()
            .saturating_mul(MOST_STEPS_EACH)
            .saturating_add(MOST_STEPS),
        model,
        diagnostics,
        aliases: Aliases::default(),
        elements: BTreeMap::new(),
        open: order,
        next: 0,
    };
    while let Some(id) = unions.open.get(unions.next).copied() {
        unions.next += 1;
        unions.simplify(id);
    }
    let Unions { model, aliases, .. } = unions;
    aliases.apply(model);
    for id in (0..model.schemas.len() as u32).map(SchemaId) {
        tag::find(model, id);
        external::find(model, id);
    }
}

struct Unions<'m> {
    model: &'m mut Model,
    diagnostics: &'m mut Diagnostics,
    /// How many alternatives may still be looked at.
    steps: usize,
    /// Schemas that are nothing but optional members of objects: only there can the empty string clear something.
    clearable: Vec<bool>,
    aliases: Aliases,
    /// Unions of the elements of lists that stood beside each other.
    elements: BTreeMap<Vec<SchemaId>, SchemaId>,
    /// Unions to be looked at, from `next` on.
    open: Vec<SchemaId>,
    next: usize,
}

/// The alternatives of a union so far.
#[derive(Default)]
struct Found {
    variants: Vec<Variant>,
    discriminator: Option<String>,
    nullable: bool,
    /// Whether the empty string is an alternative.
    empty: bool,
    /// The alternative that is anything at all, if there is one: what fits no other stays what it is.
    any: Option<SchemaId>,
}

/// All unions, those inside others first.
fn inner_first(model: &Model) -> Vec<SchemaId> {
    let union = |id: SchemaId| match &model.schemas.get(id).shape {
        Shape::Union(union) if !union.external => Some(union),
        _ => None,
    };
    let mut order = Vec::new();
    let mut seen = vec![false; model.schemas.len()];
    for (start, _) in model.schemas.iter() {
        let mut open = vec![(start, false)];
        while let Some((id, done)) = open.pop() {
            if done {
                order.push(id);
                continue;
            }
            let (Some(union), Some(seen)) = (union(id), seen.get_mut(id.0 as usize)) else {
                continue;
            };
            if !*seen {
                *seen = true;
                open.push((id, true));
                open.extend(
                    union
                        .variants
                        .iter()
                        .rev()
                        .map(|variant| (variant.schema, false)),
                );
            }
        }
    }
    order
}

/// For each schema whether all that refers to it are optional members.
fn optional_members(model: &Model) -> Vec<bool> {
    let mut only = vec![true; model.schemas.len()];
    let mut elsewhere = |id: SchemaId| {
        if let Some(only) = only.get_mut(id.0 as usize) {
            *only = false;
        }
    };
    model.roots().into_iter().for_each(&mut elsewhere);
    for (_, schema) in model.schemas.iter() {
        match &schema.shape {
            Shape::Object(object) => {
                let required = object
                    .properties
                    .iter()
                    .filter(|property| property.required);
                required.for_each(|property| elsewhere(property.schema));
                if let crate::model::Additional::Schema(id) = object.additional {
                    elsewhere(id);
                }
            }
            shape => shape.children().into_iter().for_each(&mut elsewhere),
        }
    }
    only
}

impl Unions<'_> {
    fn schema(&self, id: SchemaId) -> &Schema {
        self.model.schemas.get(id)
    }

    fn simplify(&mut self, id: SchemaId) {
        let Shape::Union(union) = &self.schema(id).shape else {
            return;
        };
        let union = union.clone();
        let Some(mut found) = self.flatten(id, &union) else {
            self.approximate(id);
            return;
        };
        found.nullable |= self.schema(id).nullable;
        // Text of any kind may be empty without saying so.
        found.empty &= !self.is_any_text(&found);
        if found.empty && !self.may_be_cleared(id, &found) {
            let text = Shape::Enum(crate::model::Enumeration {
                values: vec![crate::model::EnumValue {
                    value: Literal::String(String::new()),
                    name: Some("empty".to_owned()),
                    docs: Default::default(),
                }],
            });
            let schema = self.like(id, text);
            found.variants.push(Variant {
                schema,
                name: Some("empty".to_owned()),
                ..Variant::default()
            });
            found.empty = false;
        }
        self.join_demands(id, &mut found);
        scalars::join(self, id, &mut found);
        self.join_elements(id, &mut found);
        self.settle(id, &union, found);
    }

    /// A new schema near another one.
    fn like(&mut self, id: SchemaId, shape: Shape) -> SchemaId {
        let near = self.schema(id);
        let schema = Schema {
            shape,
            authority: near.authority,
            origins: near.origins.clone(),
            ..Schema::default()
        };
        self.model.schemas.add(schema)
    }

    /// Takes a union of too many alternatives for anything at all.
    fn approximate(&mut self, id: SchemaId) {
        self.diagnostics.push(
            Diagnostic::new(
                Code::NORMALIZE_APPROXIMATED,
                "unions that hold one another by `oneOf` or `anyOf` have too many alternatives",
            )
            .at(self.schema(id).origins.first())
            .note("such values are any JSON"),
        );
        if let Some(schema) = self.model.schemas.get_mut(id) {
            schema.shape = Shape::Any;
        }
    }

    /// The alternatives with those of unions among them in their place, each once, without null and without nothing.
    /// Nothing where there are too many.
    fn flatten(&mut self, id: SchemaId, union: &UnionShape) -> Option<Found> {
        let mut found = Found {
            discriminator: union.discriminator.clone(),
            empty: self.schema(id).spellings.contains(&Spelling::Empty),
            ..Found::default()
        };
        let mut inside = BTreeSet::from([id]);
        let mut places: BTreeMap<SchemaId, usize> = BTreeMap::new();
        let mut open: Vec<Variant> = union.variants.iter().rev().cloned().collect();
        while let Some(mut variant) = open.pop() {
            self.steps = self.steps.checked_sub(1)?;
            variant.schema = self.aliases.get(variant.schema);
            let schema = self.schema(variant.schema);
            found.nullable |= schema.nullable;
            found.empty |= schema.spellings.contains(&Spelling::Empty);
            match &schema.shape {
                Shape::Union(inner) if !inner.external => {
                    if !inside.insert(variant.schema) {
                        continue;
                    }
                    let same = match (&found.discriminator, &inner.discriminator) {
                        (None, Some(inner)) => {
                            found.discriminator = Some(inner.clone());
                            true
                        }
                        (own, inner) => own == inner,
                    };
                    open.extend(inner.variants.iter().rev().map(|one| Variant {
                        tags: match same && !one.tags.is_empty() {
                            true => one.tags.clone(),
                            false => variant.tags.clone(),
                        },
                        default: one.default && same,
                        ..one.clone()
                    }));
                }
                Shape::Never => {}
                Shape::Any => found.any = found.any.or(Some(variant.schema)),
                Shape::Enum(enumeration) if is_empty_text(enumeration) => found.empty = true,
                _ => match places.get(&variant.schema) {
                    Some(at) => {
                        if let Some(known) = found.variants.get_mut(*at) {
                            let new = variant.tags.into_iter();
                            let new: Vec<String> =
                                new.filter(|tag| !known.tags.contains(tag)).collect();
                            known.tags.extend(new);
                            known.default |= variant.default;
                        }
                    }
                    None => {
                        places.insert(variant.schema, found.variants.len());
                        found.variants.push(variant);
                    }
                },
            }
        }
        Some(found)
    }

    fn is_any_text(&self, found: &Found) -> bool {
        let plain = Shape::String(StringFormat::Plain);
        found
            .variants
            .iter()
            .any(|variant| self.schema(variant.schema).shape == plain)
    }

    /// Whether the empty string can mean "clear this": only in an optional member.
    fn may_be_cleared(&self, id: SchemaId, found: &Found) -> bool {
        let only = self.clearable.get(id.0 as usize).copied().unwrap_or(false);
        only && found.any.is_none() && !found.variants.is_empty()
    }

    /// Alternatives that only name the members that must be there are one object.
    fn join_demands(&mut self, id: SchemaId, found: &mut Found) {
        let mut properties: Vec<Property> = Vec::new();
        let mut names = BTreeSet::new();
        for variant in &found.variants {
            let Shape::Object(object) = &self.schema(variant.schema).shape else {
                return;
            };
            if self
                .schema(variant.schema)
                .names
                .iter()
                .any(|name| name.distance == 0)
            {
                return;
            }
            for property in &object.properties {
                if self.schema(property.schema).shape != Shape::Any {
                    return;
                }
                if names.insert(property.name.clone()) {
                    properties.push(Property {
                        required: false,
                        ..property.clone()
                    });
                }
            }
        }
        if found.variants.len() < 2 || found.discriminator.is_some() {
            return;
        }
        let schema = self.like(
            id,
            Shape::Object(ObjectShape {
                properties,
                ..ObjectShape::default()
            }),
        );
        found.variants = vec![Variant {
            schema,
            ..Variant::default()
        }];
    }

    /// Lists of objects are one list of several objects, and so are maps: only their elements tell them apart.
    fn join_elements(&mut self, id: SchemaId, found: &mut Found) {
        for lists in [true, false] {
            let element = |unions: &Self, variant: &Variant| {
                let inner = match (&unions.schema(variant.schema).shape, lists) {
                    (Shape::Array(inner), true) | (Shape::Map(inner), false) => *inner,
                    _ => return None,
                };
                let inner = unions.aliases.get(inner);
                let structured = matches!(
                    unions.schema(inner).shape,
                    Shape::Object(_) | Shape::Union(_) | Shape::Map(_)
                );
                (structured || !lists).then_some(inner)
            };
            let mut inner: Vec<SchemaId> = found
                .variants
                .iter()
                .filter_map(|variant| element(self, variant))
                .collect();
            inner.dedup();
            if inner.len() < 2 {
                continue;
            }
            let union = match self.elements.get(&inner) {
                Some(known) => *known,
                None => {
                    let variants = inner.iter().map(|id| Variant {
                        schema: *id,
                        ..Variant::default()
                    });
                    let shape = Shape::Union(UnionShape {
                        variants: variants.collect(),
                        ..UnionShape::default()
                    });
                    let new = self.like(id, shape);
                    self.elements.insert(inner, new);
                    self.open.push(new);
                    new
                }
            };
            let whole = match lists {
                true => Shape::Array(union),
                false => Shape::Map(union),
            };
            let schema = self.like(id, whole);
            let at = found
                .variants
                .iter()
                .position(|variant| element(self, variant).is_some());
            let mut kept: Vec<Variant> = Vec::new();
            for (place, variant) in std::mem::take(&mut found.variants).into_iter().enumerate() {
                if Some(place) == at {
                    kept.push(Variant {
                        schema,
                        ..Variant::default()
                    });
                } else if element(self, &variant).is_none() {
                    kept.push(variant);
                }
            }
            found.variants = kept;
        }
    }

    /// Puts what was found in the place of the union.
    fn settle(&mut self, id: SchemaId, union: &UnionShape, found: Found) {
        let Found {
            mut variants,
            discriminator,
            nullable,
            empty,
            any,
        } = found;
        if let (Some(any), false) = (any, variants.is_empty()) {
            variants.push(Variant {
                schema: any,
                ..Variant::default()
            });
        }
        if let [only] = variants.as_slice() {
            let only = only.schema;
            let held = self.schema(only);
            if held.nullable == nullable && !empty {
                self.aliases.add(id, only);
                return;
            }
            // The same with other bounds: named and built as what it is.
            let mut copy = held.clone();
            copy.nullable = nullable || empty;
            if empty {
                copy.spellings.insert(Spelling::Empty);
            }
            let own = self.schema(id);
            if !own.docs.is_empty() {
                copy.docs = own.docs.clone();
            }
            copy.default = own.default.clone().or(copy.default);
            copy.deprecated |= own.deprecated;
            copy.origins.join(&own.origins);
            if let Some(schema) = self.model.schemas.get_mut(id) {
                *schema = copy;
            }
            return;
        }
        let shape = match variants.is_empty() {
            true if any.is_some() || !nullable => Shape::Any,
            true => Shape::Never,
            false => Shape::Union(UnionShape {
                variants,
                discriminator,
                ..union.clone()
            }),
        };
        if let Some(schema) = self.model.schemas.get_mut(id) {
            schema.shape = shape;
            schema.nullable = nullable || empty;
            if empty {
                schema.spellings.insert(Spelling::Empty);
            }
        }
    }
}

/// Whether an enumeration is the empty string and nothing else.
fn is_empty_text(enumeration: &crate::model::Enumeration) -> bool {
    matches!(enumeration.values.as_slice(), [only] if only.value == Literal::String(String::new()))
}
