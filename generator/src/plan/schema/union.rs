//! Schemas with alternatives to open unions.

use super::super::context::Context;
use super::super::docs::Doc;
use super::super::rust_type::RustType;
use super::{Choice, Item, JsonKind, TaggedUnion, Types, Union, approximated, side_by_side, way};
use crate::diagnostic::Diagnostics;
use crate::model::{Literal, Schema, SchemaId, Shape, UnionShape};
use crate::names::{self, Case, RustIdent};
use std::collections::{BTreeMap, BTreeSet};

/// How many members that only one variant has are looked for at reading.
const MOST_MEMBERS: usize = 8;

pub(super) fn plan_union(
    context: &Context<'_>,
    types: &Types,
    id: SchemaId,
    union: &UnionShape,
    name: RustIdent,
    docs: Doc,
    diagnostics: &mut Diagnostics,
) -> Item {
    let schema = context.schema(id);
    let mut tys: Vec<RustType> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    for variant in &union.variants {
        let ty = types.rust_type(context, variant.schema);
        let ty = ty.held(context.facts, id, variant.schema);
        let tag = variant.tags.first().filter(|_| union.external);
        let text = tag
            .or(variant.name.as_ref())
            .cloned()
            .unwrap_or_else(|| without(&kind_name(&ty), &name));
        tys.push(ty);
        texts.push(text);
    }
    tell_apart(context, union, &mut texts);
    let steps = way::variants(context, union);
    let kept: Vec<Option<RustIdent>> = steps
        .iter()
        .map(|step| types.kept(context, id, step))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let names = side_by_side(
        &texts,
        &kept,
        Case::Pascal,
        &["Other", "Self"],
        diagnostics,
        |_| schema.origins.first(),
    );
    if union.external {
        let variants = names
            .into_iter()
            .zip(tys)
            .zip(&union.variants)
            .map(|((name, ty), variant)| {
                (name, ty, variant.tags.first().cloned().unwrap_or_default())
            })
            .collect();
        return Item::TaggedUnion(TaggedUnion {
            name,
            key: String::new(),
            docs,
            variants,
            sent: context.only_sent(id),
        });
    }
    let own = own_members(context, union);
    let mut default = None;
    let mut variants: Vec<Choice> = Vec::new();
    let planned = names
        .into_iter()
        .zip(tys)
        .zip(steps)
        .zip(union.variants.iter().zip(own));
    for (((name, ty), step), (variant, has)) in planned {
        let held = context.schema(variant.schema);
        let Some(kind) = json_kind(held) else {
            diagnostics.push(approximated(
                "an alternative",
                held,
                "its values are `Other`",
            ));
            continue;
        };
        let tags = match &held.shape {
            Shape::Enum(enumeration) => {
                strings(enumeration.values.iter().map(|value| &value.value))
            }
            _ => variant.tags.clone(),
        };
        if variant.default && kind == JsonKind::Obj {
            default = Some(variants.len());
        }
        variants.push(Choice {
            name,
            key: step,
            ty,
            kind,
            tags,
            has,
        });
    }
    Item::Union(Union {
        name,
        key: String::new(),
        docs,
        tag: union.discriminator.clone().unwrap_or_default(),
        default,
        variants,
    })
}

/// Alternatives that nobody named and that are of one kind are called as their schemas are; what is equal even then, and
/// what its author named alike, by its place.
fn tell_apart(context: &Context<'_>, union: &UnionShape, texts: &mut [String]) {
    let twice = |texts: &[String]| -> Vec<usize> {
        let mut holders: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (at, text) in texts.iter().enumerate() {
            holders.entry(names::words(text)).or_default().push(at);
        }
        let twice = holders.into_values().filter(|equal| equal.len() > 1);
        twice.flatten().collect()
    };
    for at in twice(texts) {
        let variant = union.variants.get(at);
        let variant = variant.filter(|variant| variant.name.is_none());
        let hint = variant.and_then(|variant| context.schema(variant.schema).names.iter().min());
        if let (Some(hint), Some(text)) = (hint, texts.get_mut(at)) {
            text.clone_from(&hint.text);
        }
    }
    for at in twice(texts) {
        if let Some(text) = texts.get_mut(at) {
            text.push_str(&format!(" variant {}", at + 1));
        }
    }
}

fn strings<'a>(values: impl Iterator<Item = &'a Literal>) -> Vec<String> {
    values
        .filter_map(|value| match value {
            Literal::String(text) => Some(text.clone()),
            _ => None,
        })
        .collect()
}

/// The name of a variant without that of its union: `Input::Object`, not `Input::InputObject`.
fn without(variant: &str, union: &RustIdent) -> String {
    let words = names::words(variant);
    match words.strip_prefix(names::words(union.plain()).as_slice()) {
        Some(rest) if !rest.is_empty() => names::join(rest, Case::Snake),
        _ => variant.to_owned(),
    }
}

/// What a variant without a name is called.
fn kind_name(ty: &RustType) -> String {
    match ty {
        RustType::Bool => "bool".to_owned(),
        RustType::I64 | RustType::U64 => "integer".to_owned(),
        RustType::F64 => "number".to_owned(),
        RustType::String => "text".to_owned(),
        RustType::Timestamp => "timestamp".to_owned(),
        RustType::Date => "date".to_owned(),
        RustType::Decimal => "decimal".to_owned(),
        RustType::Bytes | RustType::Upload => "bytes".to_owned(),
        RustType::Named(name) | RustType::Local(name) => name.plain().to_owned(),
        RustType::Boxed(inner)
        | RustType::Deep(inner)
        | RustType::Option(inner)
        | RustType::Field(inner) => kind_name(inner),
        RustType::Vec(inner) => match inner.as_ref() {
            RustType::Json => "list".to_owned(),
            inner => format!(
                "{}_list",
                names::join(&names::words(&kind_name(inner)), Case::Snake)
            ),
        },
        RustType::Map(_) => "map".to_owned(),
        RustType::Tuple(_) => "tuple".to_owned(),
        RustType::Json | RustType::Unit => "any".to_owned(),
    }
}

fn json_kind(schema: &Schema) -> Option<JsonKind> {
    Some(match &schema.shape {
        Shape::Boolean => JsonKind::Bool,
        Shape::Integer { .. } => JsonKind::Int,
        Shape::Number => JsonKind::Num,
        Shape::String(_) => JsonKind::Str,
        Shape::Enum(enumeration) => match super::graph::value_kind(enumeration)? {
            super::ValueKind::Strings => JsonKind::Str,
            super::ValueKind::Integers => JsonKind::Int,
            super::ValueKind::Values => {
                let all = |is_such: fn(&Literal) -> bool| {
                    let mut values = enumeration.values.iter();
                    values.all(|value| is_such(&value.value))
                };
                match () {
                    () if all(|value| matches!(value, Literal::Number(_))) => JsonKind::Num,
                    () if all(|value| matches!(value, Literal::Boolean(_))) => JsonKind::Bool,
                    () => return None,
                }
            }
        },
        Shape::Array(_) | Shape::Tuple(_) => JsonKind::Arr,
        Shape::Map(_) | Shape::Object(_) => JsonKind::Obj,
        Shape::Any | Shape::Never | Shape::Union(_) | Shape::AllOf(_) | Shape::Sampled(_) => {
            return None;
        }
    })
}

/// For each variant the members that no other has with which it can be confused, the required ones first. Those that
/// the tag tells apart are not confused.
fn own_members(context: &Context<'_>, union: &UnionShape) -> Vec<Vec<String>> {
    let mut holders: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let members = |at: usize| -> Vec<(bool, &str)> {
        let schema = union
            .variants
            .get(at)
            .map(|variant| context.schema(variant.schema));
        match schema.map(|schema| &schema.shape) {
            Some(Shape::Object(object)) => object
                .properties
                .iter()
                .map(|property| (!property.required, property.name.as_str()))
                .collect(),
            _ => Vec::new(),
        }
    };
    for at in 0..union.variants.len() {
        for (_, name) in members(at) {
            holders.entry(name).or_default().insert(at);
        }
    }
    let tags = |at: usize| {
        let variant = union.variants.get(at);
        variant
            .map(|variant| variant.tags.as_slice())
            .unwrap_or_default()
    };
    let is_object = |at: usize| {
        let schema = union.variants.get(at).map(|one| context.schema(one.schema));
        schema.is_some_and(|schema| json_kind(schema) == Some(JsonKind::Obj))
    };
    let rivals = |at: usize, other: usize| {
        if !is_object(at) || !is_object(other) {
            return false;
        }
        let (own, others) = (tags(at), tags(other));
        let apart = union.discriminator.is_some() && !own.is_empty() && !others.is_empty();
        !apart || own.iter().any(|tag| others.contains(tag))
    };
    (0..union.variants.len())
        .map(|at| {
            if (0..union.variants.len()).all(|other| other == at || !rivals(at, other)) {
                return Vec::new();
            }
            let alone = |name: &str| {
                let mut holders = holders.get(name).into_iter().flatten();
                holders.all(|other| *other == at || !rivals(at, *other))
            };
            let mut own: Vec<(bool, &str)> = members(at)
                .into_iter()
                .filter(|(_, name)| alone(name))
                .collect();
            own.sort_by_key(|(optional, _)| *optional);
            // Which of many are taken does not follow from the order in which a source lists them.
            if own.len() > MOST_MEMBERS {
                own.sort_unstable();
                own.truncate(MOST_MEMBERS);
            }
            own.into_iter().map(|(_, name)| name.to_owned()).collect()
        })
        .collect()
}
