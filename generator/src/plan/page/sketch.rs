//! Samples to values as somebody would write them in Rust.

use super::super::docs::steers;
use super::super::rust_type::RustType;
use super::super::schema::{
    Choice, EnumeratedValue, Field, Item, JsonKind, Struct, Types, Union, ValueKind,
};
use super::curl::scalar;
use super::json::is_number;
use crate::model::Literal;
use crate::names::RustIdent;
use std::collections::BTreeMap;

/// A value in code.
#[derive(Clone, Debug, PartialEq)]
pub enum Sketch {
    /// `"x"`.
    Text(String),
    /// `"x".into()`.
    Into(String),
    /// `true`.
    Bool(bool),
    /// `-1`, `1.5`.
    Number(String),
    /// `Some(x)`.
    Some(Box<Sketch>),
    /// `Box::new(x)`.
    Boxed(Box<Sketch>),
    /// `Field::Null`.
    Null,
    /// `Field::Value(x)`.
    Value(Box<Sketch>),
    /// `vec![x]`.
    Vec(Vec<Sketch>),
    /// `[x]`.
    Array(Vec<Sketch>),
    /// `Role::Admin`, `Owner::Id(x)`.
    Variant(RustIdent, RustIdent, Option<Box<Sketch>>),
    /// `User { name: x, ..Default::default() }`.
    Struct(RustIdent, Vec<(RustIdent, Sketch)>),
    /// `Default::default()`.
    Default,
    /// `None`.
    None,
    /// `&x`.
    Reference(Box<Sketch>),
    /// A variable.
    Name(RustIdent),
}

/// How deep values are written out; what lies deeper is left to its default.
const DEEPEST: usize = 6;

/// How many elements of a list are written out.
const MOST_ELEMENTS: usize = 2;

/// How many members of an object are written out.
const MOST_MEMBERS: usize = 12;

/// How long a text may be: a line has to hold it.
const LONGEST: usize = 32;

/// Writes values of the types of a plan.
pub(super) struct Sketcher<'a> {
    items: BTreeMap<&'a str, &'a Item>,
}

impl<'a> Sketcher<'a> {
    pub fn new(types: &'a Types) -> Self {
        let items = types.items.iter();
        Sketcher {
            items: items.map(|item| (item.name().as_str(), item)).collect(),
        }
    }

    /// A sample as a value of a type. Nothing where the value has no short form, or is of another type.
    pub fn sketch(&self, ty: &RustType, sample: &Literal) -> Option<Sketch> {
        self.nested(ty, sample, DEEPEST)
    }

    fn nested(&self, ty: &RustType, sample: &Literal, depth: usize) -> Option<Sketch> {
        let depth = depth.checked_sub(1)?;
        let inside = |inner: &RustType| self.nested(inner, sample, depth + 1).map(Box::new);
        Some(match (ty, sample) {
            (RustType::Field(_), Literal::Null) => Sketch::Null,
            (_, Literal::Null) => return None,
            (RustType::Option(inner), _) => Sketch::Some(inside(inner)?),
            (RustType::Field(inner), _) => Sketch::Value(inside(inner)?),
            // What lies so deep has no short form.
            (RustType::Deep(_), _) => return None,
            (RustType::Boxed(inner), _) => Sketch::Boxed(inside(inner)?),
            (RustType::Bool, Literal::Boolean(value)) => Sketch::Bool(*value),
            (RustType::I64, Literal::Number(text)) => {
                Sketch::Number(text.parse::<i64>().ok()?.to_string())
            }
            (RustType::U64, Literal::Number(text)) => {
                Sketch::Number(text.parse::<u64>().ok()?.to_string())
            }
            (RustType::F64, Literal::Number(text)) => Sketch::Number(float(text)?),
            (
                RustType::String
                | RustType::Timestamp
                | RustType::Date
                | RustType::Decimal
                | RustType::Json,
                Literal::String(text),
            ) => Sketch::Into(short(text)),
            (RustType::Vec(inner), Literal::Array(items)) => {
                let items = items.iter().take(MOST_ELEMENTS);
                Sketch::Vec(
                    items
                        .filter_map(|item| self.nested(inner, item, depth))
                        .collect(),
                )
            }
            (RustType::Named(name), sample) => self.named(name, sample, depth)?,
            _ => return None,
        })
    }

    fn named(&self, name: &RustIdent, sample: &Literal, depth: usize) -> Option<Sketch> {
        let item = self.items.get(name.as_str())?;
        match (item, sample) {
            (Item::Struct(item), Literal::Object(members)) if item.sent => {
                Some(self.structure(item, members, depth))
            }
            (Item::ValueEnum(item), sample) => {
                let known = item
                    .variants
                    .iter()
                    .find(|(_, value, _)| match (value, sample) {
                        (EnumeratedValue::Text(known), Literal::String(text)) => known == text,
                        (EnumeratedValue::Integer(known), Literal::Number(text)) => {
                            known.to_string() == *text
                        }
                        (EnumeratedValue::Number(known), Literal::Number(text)) => known == text,
                        (EnumeratedValue::Boolean(known), Literal::Boolean(value)) => {
                            known == value
                        }
                        _ => false,
                    });
                match (known, sample) {
                    (Some((variant, ..)), _) => {
                        Some(Sketch::Variant(item.name.clone(), variant.clone(), None))
                    }
                    (None, Literal::String(text)) if item.kind == ValueKind::Strings => {
                        Some(Sketch::Into(short(text)))
                    }
                    _ => None,
                }
            }
            (Item::TaggedUnion(item), Literal::Object(members)) => {
                let [(tag, value)] = members.as_slice() else {
                    return None;
                };
                let (variant, ty, _) = item.variants.iter().find(|(_, _, known)| known == tag)?;
                let value = self.nested(ty, value, depth)?;
                Some(Sketch::Variant(
                    item.name.clone(),
                    variant.clone(),
                    Some(Box::new(value)),
                ))
            }
            (Item::Union(item), sample) => {
                let choice = choice(item, sample)?;
                let value = self.nested(&choice.ty, sample, depth)?;
                Some(Sketch::Variant(
                    item.name.clone(),
                    choice.name.clone(),
                    Some(Box::new(value)),
                ))
            }
            _ => None,
        }
    }

    fn structure(&self, item: &Struct, members: &[(String, Literal)], depth: usize) -> Sketch {
        let members: BTreeMap<&str, &Literal> = members
            .iter()
            .map(|(name, value)| (name.as_str(), value))
            .collect();
        // What the API gives up is no example.
        let current = |field: &&Field| !field.deprecated;
        let fields = item.fields.iter().filter(current).filter_map(|field| {
            let sample = members.get(field.wire.as_str())?;
            Some((field.name.clone(), self.nested(&field.ty, sample, depth)?))
        });
        Sketch::Struct(item.name.clone(), fields.take(MOST_MEMBERS).collect())
    }
}

/// The variant that a sample is.
fn choice<'u>(union: &'u Union, sample: &Literal) -> Option<&'u Choice> {
    let kind_fits = |kind: JsonKind| {
        matches!(
            (kind, sample),
            (JsonKind::Str, Literal::String(_))
                | (JsonKind::Bool, Literal::Boolean(_))
                | (JsonKind::Arr, Literal::Array(_))
                | (JsonKind::Obj, Literal::Object(_))
                | (JsonKind::Num, Literal::Number(_))
        ) || matches!((kind, sample), (JsonKind::Int, Literal::Number(text)) if text.parse::<i64>().is_ok())
    };
    let member = |name: &str| match sample {
        Literal::Object(members) => members.iter().find(|(member, _)| member == name),
        _ => None,
    };
    let tag = member(&union.tag).map(|(_, value)| scalar(value));
    let fitting = || {
        union
            .variants
            .iter()
            .filter(|choice| kind_fits(choice.kind))
    };
    let tagged = tag.and_then(|tag| fitting().find(|choice| choice.tags.contains(&tag)));
    tagged
        .or_else(|| fitting().find(|choice| choice.has.iter().any(|name| member(name).is_some())))
        .or_else(|| fitting().next())
}

/// A number as a literal of `f64`.
fn float(text: &str) -> Option<String> {
    let value: f64 = text.parse().ok()?;
    if !is_number(text) || !value.is_finite() || text.len() > LONGEST {
        return None;
    }
    Some(match text.contains(['.', 'e', 'E']) {
        true => text.to_owned(),
        false => format!("{text}.0"),
    })
}

/// As much of a text as a line holds.
pub(super) fn short(text: &str) -> String {
    let kept = text.chars().take(LONGEST);
    kept.map(|c| if steers(c) { ' ' } else { c }).collect()
}
