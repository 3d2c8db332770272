//! Finds the member that tells the objects of a union apart where no source names one: a constant, or a list of values,
//! that differs between them.

use crate::model::{Literal, Model, SchemaId, Shape};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a member that may be the tag.
#[derive(Default)]
struct Candidate<'m> {
    /// The values that it has in each object, by the number of the alternative.
    values: BTreeMap<usize, BTreeSet<Cow<'m, str>>>,
    required: usize,
}

pub(super) fn find(model: &mut Model, id: SchemaId) {
    let Shape::Union(union) = &model.schemas.get(id).shape else {
        return;
    };
    if union.external {
        return;
    }
    let objects: Vec<usize> = (0..union.variants.len())
        .filter(|at| {
            union.variants.get(*at).is_some_and(|variant| {
                matches!(model.schemas.get(variant.schema).shape, Shape::Object(_))
            })
        })
        .collect();
    if objects.len() < 2 {
        return;
    }
    spell_booleans(model, id, &objects);
    let Shape::Union(union) = &model.schemas.get(id).shape else {
        return;
    };
    let candidates = candidates(model, id, &objects);
    let (tag, found) = match &union.discriminator {
        // A discriminator without values for some alternatives: their own members say them.
        Some(tag) => match candidates.get(tag.as_str()) {
            Some(candidate) => (tag.clone(), candidate),
            None => return,
        },
        None => match best(&candidates) {
            Some((tag, candidate)) => (tag.to_owned(), candidate),
            None => return,
        },
    };
    let values: Vec<(usize, Vec<String>)> = found
        .values
        .iter()
        .map(|(at, values)| {
            (
                *at,
                values
                    .iter()
                    .map(|value| value.clone().into_owned())
                    .collect(),
            )
        })
        .collect();
    let Some(schema) = model.schemas.get_mut(id) else {
        return;
    };
    let Shape::Union(union) = &mut schema.shape else {
        return;
    };
    let named = union.discriminator.replace(tag).is_some();
    for at in 0..values.len() {
        let Some((number, own)) = values.get(at) else {
            continue;
        };
        let Some(variant) = union.variants.get_mut(*number) else {
            continue;
        };
        let others = values.iter().filter(|(other, _)| other != number);
        let apart = others
            .flat_map(|(_, others)| others)
            .all(|other| !own.contains(other));
        match () {
            () if !named || variant.tags.is_empty() => variant.tags.clone_from(own),
            () if own.is_empty() || variant.tags.iter().any(|tag| own.contains(tag)) => {}
            // What a value must be counts more than the name of its schema.
            () if apart => variant.tags.clone_from(own),
            () => variant.tags.iter_mut().for_each(|tag| {
                let mut alike = own.iter().filter(|value| folded(value) == folded(tag));
                if let (Some(value), None) = (alike.next(), alike.next()) {
                    tag.clone_from(value);
                }
            }),
        }
    }
}

/// A text without what names and values are spelled differently in.
fn folded(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Mappings spell booleans as their authors' languages do; JSON has them in small letters.
fn spell_booleans(model: &mut Model, id: SchemaId, objects: &[usize]) {
    let Shape::Union(union) = &model.schemas.get(id).shape else {
        return;
    };
    let is_boolean = |at: &usize| {
        let object = union.variants.get(*at)?;
        let Shape::Object(object) = &model.schemas.get(object.schema).shape else {
            return None;
        };
        let mut properties = object.properties.iter();
        let tag =
            properties.find(|property| Some(&property.name) == union.discriminator.as_ref())?;
        match &model.schemas.get(tag.schema).shape {
            Shape::Boolean => Some(()),
            Shape::Enum(enumeration) => enumeration
                .values
                .iter()
                .all(|value| matches!(value.value, Literal::Boolean(_)))
                .then_some(()),
            _ => None,
        }
    };
    if !objects.iter().all(|at| is_boolean(at).is_some()) {
        return;
    }
    if let Some(schema) = model.schemas.get_mut(id)
        && let Shape::Union(union) = &mut schema.shape
    {
        let tags = union
            .variants
            .iter_mut()
            .flat_map(|variant| &mut variant.tags);
        tags.for_each(|tag| tag.make_ascii_lowercase());
    }
}

fn candidates<'m>(
    model: &'m Model,
    id: SchemaId,
    objects: &[usize],
) -> BTreeMap<&'m str, Candidate<'m>> {
    let mut candidates: BTreeMap<&str, Candidate<'_>> = BTreeMap::new();
    let Shape::Union(union) = &model.schemas.get(id).shape else {
        return candidates;
    };
    for at in objects {
        let Some(variant) = union.variants.get(*at) else {
            continue;
        };
        let Shape::Object(object) = &model.schemas.get(variant.schema).shape else {
            continue;
        };
        for property in &object.properties {
            let Shape::Enum(enumeration) = &model.schemas.get(property.schema).shape else {
                continue;
            };
            let values = enumeration.values.iter();
            let values: Option<BTreeSet<Cow<'_, str>>> =
                values.map(|value| value.value.as_tag()).collect();
            if let Some(values) = values {
                let candidate = candidates.entry(&property.name).or_default();
                candidate.values.insert(*at, values);
                candidate.required += usize::from(property.required);
            }
        }
    }
    candidates
}

/// The member that tells most alternatives apart; of equals the one that is required more often, then the usual words.
fn best<'c, 'm>(
    candidates: &'c BTreeMap<&'m str, Candidate<'m>>,
) -> Option<(&'m str, &'c Candidate<'m>)> {
    const USUAL: [&str; 3] = ["type", "kind", "object"];
    candidates
        .iter()
        .filter_map(|(name, candidate)| {
            let sets: BTreeSet<&BTreeSet<Cow<'_, str>>> = candidate.values.values().collect();
            let count: usize = sets.iter().map(|set| set.len()).sum();
            let all: BTreeSet<&Cow<'_, str>> = sets.iter().flat_map(|set| set.iter()).collect();
            // Lists of values that overlap are no tags: each value must speak for one list.
            if sets.len() < 2 || all.len() < count || candidate.values.len() < 2 {
                return None;
            }
            let usual = USUAL.iter().position(|word| word == name);
            let rank = (
                sets.len(),
                candidate.values.len(),
                candidate.required,
                usual.map_or(0, |at| USUAL.len() - at),
            );
            Some((rank, std::cmp::Reverse(*name), candidate))
        })
        .max_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)))
        .map(|(_, name, candidate)| (name.0, candidate))
}
