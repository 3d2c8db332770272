//! Finds the member that tells the objects of a union apart where no source names one: a constant, or a list of values,
//! that differs between them.

use crate::model::{Literal, Model, SchemaId, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a member that may be the tag.
#[derive(Default)]
struct Candidate<'m> {
    /// The values that it has in each object, by the number of the alternative.
    values: BTreeMap<usize, BTreeSet<&'m str>>,
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
                values.iter().map(|value| (*value).to_owned()).collect(),
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
    for (at, values) in values {
        if let Some(variant) = union.variants.get_mut(at)
            && (!named || variant.tags.is_empty())
        {
            variant.tags = values;
        }
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
            let values: Option<BTreeSet<&str>> = enumeration
                .values
                .iter()
                .map(|value| match &value.value {
                    Literal::String(text) => Some(text.as_str()),
                    _ => None,
                })
                .collect();
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
            let sets: BTreeSet<&BTreeSet<&str>> = candidate.values.values().collect();
            let count: usize = sets.iter().map(|set| set.len()).sum();
            let all: BTreeSet<&&str> = sets.iter().flat_map(|set| set.iter()).collect();
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
