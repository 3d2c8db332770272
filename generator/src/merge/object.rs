//! Two objects, two lists of alternatives or two lists of values to one.

use super::schema::{Joiner, Pair, Side};
use super::{Standing, join_docs};
use crate::model::schema::Authority;
use crate::model::{Additional, Docs, Enumeration, ObjectShape, Property, UnionShape};
use std::collections::BTreeMap;

/// What is said of a member that samples have and no description names.
const UNDOCUMENTED: &str = "Not described by the documentation: it is known from samples only.";

/// The text about a member that no description names.
pub(super) fn undocumented() -> Docs {
    Docs {
        summary: None,
        description: Some(UNDOCUMENTED.to_owned()),
    }
}

/// Whether a member is known from samples only.
pub(super) fn is_undocumented(docs: &Docs) -> bool {
    docs.description.as_deref() == Some(UNDOCUMENTED)
}

/// Described members first, in the order of the first source; then the others in the order of text, since the order of
/// samples must not show.
pub(super) fn order(properties: &mut [Property]) {
    properties.sort_by(|a, b| {
        let key = |p: &Property| is_undocumented(&p.docs).then(|| p.name.clone());
        key(a).cmp(&key(b))
    });
}

pub(super) fn join_objects(
    joiner: &mut Joiner<'_>,
    mut left: ObjectShape,
    right: ObjectShape,
    [left_side, right_side]: [Side<'_>; 2],
    pair: &Pair,
    open: &mut Vec<Pair>,
) -> ObjectShape {
    let mut places: BTreeMap<String, usize> = left
        .properties
        .iter()
        .enumerate()
        .map(|(index, property)| (property.name.clone(), index))
        .collect();
    // Only one of the two sides describes the object: what the other one alone has is seen, not described.
    let described = |ours: Authority, theirs: Authority| {
        ours > Authority::Sampled || theirs == Authority::Sampled
    };
    if !described(left_side.authority, right_side.authority) {
        for property in &mut left.properties {
            if right.properties.iter().all(|p| p.name != property.name) && property.docs.is_empty()
            {
                property.docs = undocumented();
            }
        }
    }
    for mut property in right.properties {
        let known = places
            .get(&property.name)
            .and_then(|at| left.properties.get_mut(*at));
        let Some(known) = known else {
            if !described(right_side.authority, left_side.authority) && property.docs.is_empty() {
                property.docs = undocumented();
            }
            places.insert(property.name.clone(), left.properties.len());
            left.properties.push(property);
            continue;
        };
        // A member may be known from a weaker source than its object is.
        let ours = joiner.get(known.schema).authority.min(left_side.authority);
        let theirs = joiner
            .get(property.schema)
            .authority
            .min(right_side.authority);
        open.push(Pair {
            left: known.schema,
            right: property.schema,
            address: format!("{}.{}", pair.address, property.name),
            text: pair.text,
        });
        match ours.cmp(&theirs) {
            std::cmp::Ordering::Greater => {}
            std::cmp::Ordering::Less => {
                known.required = property.required;
                known.read_only = property.read_only;
                known.write_only = property.write_only;
            }
            std::cmp::Ordering::Equal => {
                known.required &= property.required;
                known.read_only &= property.read_only;
                known.write_only &= property.write_only;
            }
        }
        known.deprecated |= property.deprecated;
        match (
            is_undocumented(&known.docs),
            is_undocumented(&property.docs),
        ) {
            (true, false) => known.docs = property.docs,
            (false, true) => {}
            _ => join_docs(&mut known.docs, property.docs, Standing::Above),
        }
        known.origins.join(&property.origins);
    }
    left.additional = match (left.additional, right.additional) {
        (Additional::Schema(left), Additional::Schema(right)) => {
            open.push(Pair {
                left,
                right,
                address: format!("{}[]", pair.address),
                text: pair.text,
            });
            Additional::Schema(left)
        }
        (Additional::Unknown, additional)
        | (additional, Additional::Unknown)
        | (Additional::Forbidden, additional)
        | (additional, Additional::Forbidden) => additional,
    };
    order(&mut left.properties);
    left
}

pub(super) fn join_unions(
    mut left: UnionShape,
    right: UnionShape,
    pair: &Pair,
    open: &mut Vec<Pair>,
) -> UnionShape {
    let by_position = left.variants.len() == right.variants.len();
    for (index, variant) in right.variants.into_iter().enumerate() {
        let named = variant.name.is_some() || !variant.tags.is_empty();
        let same = if named {
            left.variants
                .iter()
                .find(|known| known.name == variant.name && known.tags == variant.tags)
        } else {
            left.variants.get(index).filter(|_| by_position)
        };
        match same {
            Some(same) => open.push(Pair {
                left: same.schema,
                right: variant.schema,
                address: pair.address.clone(),
                text: pair.text,
            }),
            None => left.variants.push(variant),
        }
    }
    left.discriminator = left.discriminator.or(right.discriminator);
    left.external &= right.external;
    left
}

/// All values of both lists.
pub(super) fn join_enumerations(mut left: Enumeration, right: Enumeration) -> Enumeration {
    for value in right.values {
        if left.values.iter().all(|known| known.value != value.value) {
            left.values.push(value);
        }
    }
    left
}
