//! What rows of tables say, as evidence: kinds, values and members that are stated and not sampled.

use super::cell::Type;
use super::docs;
use super::prose::{self, Said};
use super::table::Row;
use crate::infer::Direction;
use crate::model::Literal;
use crate::model::evidence::{
    AllowedValue, ArrayEvidence, Evidence, Fidelity, FieldEvidence, Hole, MemberStatements,
    ObjectEvidence, Observation, Observations, RandomEvidence,
};
use crate::origin::{Origin, Origins, Span};

/// A statement at a place, about what travels in a direction.
pub(super) fn statement(origin: Origin, direction: Direction) -> Observation {
    Observation {
        fidelity: Fidelity::Stated,
        direction,
        origin,
        inner: Span::default(),
    }
}

/// What a row says about its value beside its type.
pub(super) fn said(row: &Row) -> Said {
    let mut said = prose::read(&row.description);
    if let Some(values) = &row.values {
        let listed = prose::read(&format!("One of: {values}"));
        said.nullable |= listed.nullable;
        if !listed.values.is_empty() {
            said.values = listed.values;
        }
    }
    said.default = row.default.clone().or(said.default);
    said
}

/// What a type says.
pub(super) fn of_type(kind: &Type, seen: Observation) -> Evidence {
    let mut evidence = Evidence::default();
    let hole = match kind {
        Type::Boolean => Hole::Boolean,
        Type::Integer => Hole::Integer,
        Type::Number => Hole::Number,
        Type::String(format) => Hole::String(format.clone()),
        Type::Object | Type::Map(None) => Hole::Object,
        Type::Named(name, _) => Hole::Named(name.clone()),
        Type::Any => Hole::Unknown,
        Type::Null => Hole::Null,
        Type::Array(None) => Hole::Array,
        Type::Array(Some(item)) => {
            evidence.array = Some(Box::new(ArrayEvidence {
                seen: Observations::from(seen),
                item: of_type(item, seen),
                ..ArrayEvidence::default()
            }));
            return evidence;
        }
        Type::Map(Some(value)) => {
            evidence.object = Some(Box::new(ObjectEvidence {
                seen: Observations::from(seen),
                random: Some(RandomEvidence {
                    whole: Observations::from(seen),
                    seen: Observations::from(seen),
                    value: of_type(value, seen),
                }),
                ..ObjectEvidence::default()
            }));
            return evidence;
        }
        Type::Union(kinds) => {
            for kind in kinds {
                evidence.join(&of_type(kind, seen));
            }
            return evidence;
        }
    };
    evidence.add_hole(hole, seen);
    evidence
}

/// What a row says about its value.
pub(super) fn value(row: &Row, direction: Direction) -> Evidence {
    let seen = statement(row.origin, direction);
    let said = said(row);
    let mut evidence = match &row.kind {
        Some(Ok(kind)) => of_type(kind, seen),
        _ => Evidence::default(),
    };
    if said.nullable {
        evidence.add_hole(Hole::Null, seen);
    }
    let object = matches!(row.kind, Some(Ok(Type::Object)) | None);
    if let Some(name) = said.named.filter(|_| object) {
        evidence.add_hole(Hole::Named(name), seen);
    }
    allow(&mut evidence, &said.values, row.origin);
    evidence
}

/// Adds the values that are all, to a value or to the elements of a list.
pub(super) fn allow(evidence: &mut Evidence, values: &[(Literal, Option<String>)], origin: Origin) {
    let evidence = match &mut evidence.array {
        Some(array) => &mut array.item,
        None => evidence,
    };
    for (index, (value, name)) in values.iter().enumerate() {
        let allowed = AllowedValue {
            index: u32::try_from(index).unwrap_or(u32::MAX),
            name: name.clone(),
            origins: Origins::from(origin),
        };
        evidence.allowed.insert(value.clone(), allowed);
    }
}

/// What a row says about the member itself. `marks`: whether its table marks what may be absent, so that all else is there.
fn member(row: &Row, index: usize, marks: bool) -> MemberStatements {
    let mut stated = MemberStatements {
        index: u32::try_from(index).ok(),
        ..MemberStatements::default()
    };
    if let Some(text) = docs::readable(&row.description) {
        stated.docs.insert(row.origin, text);
    }
    let optional = row.name.as_ref().is_some_and(|name| name.optional);
    let required = match row.required {
        _ if optional => Some(false),
        None if marks => Some(true),
        required => required,
    };
    match required {
        Some(true) => stated.required.add(row.origin),
        Some(false) => stated.optional.add(row.origin),
        None => {}
    }
    match row.read_only {
        Some(true) => stated.read_only.add(row.origin),
        Some(false) => stated.writable.add(row.origin),
        None => {}
    }
    if said(row).deprecated {
        stated.deprecated.add(row.origin);
    }
    stated
}

/// The members that rows describe. A name such as `address.street` or `address[street]` is a member of the member in front.
pub(super) fn members(rows: &[Row], direction: Direction, partial: bool) -> ObjectEvidence {
    let mut object = ObjectEvidence::default();
    let names: std::collections::BTreeSet<&str> = rows
        .iter()
        .filter_map(|row| Some(row.name.as_ref()?.text.as_str()))
        .collect();
    let marks = !partial
        && rows
            .iter()
            .any(|row| row.name.as_ref().is_some_and(|n| n.optional));
    for (index, row) in rows.iter().enumerate() {
        let Some(name) = &row.name else { continue };
        let seen = statement(row.origin, direction);
        object.seen.add(seen);
        let steps = steps(&name.text, &names);
        insert(&mut object, &steps, row, index, marks, seen);
    }
    object
}

/// The names of the members on the way to a member: only as far as the outer ones are described.
fn steps<'n>(name: &'n str, names: &std::collections::BTreeSet<&str>) -> Vec<&'n str> {
    let mut steps = Vec::new();
    let mut rest = name;
    let mut from = 0;
    // Nobody nests deeper.
    for _ in 0..8 {
        let Some(at) = rest.get(from..).and_then(|inner| inner.find(['.', '['])) else {
            break;
        };
        let at = from + at;
        let outer = rest.get(..at).unwrap_or_default();
        let inner = rest.get(at + 1..).unwrap_or_default();
        let inner = inner.trim_start_matches(['.', ']']);
        let known = steps.is_empty() && names.contains(outer) || !steps.is_empty();
        if !known || inner.is_empty() {
            from = at + 1;
            continue;
        }
        steps.push(outer);
        rest = inner.strip_suffix(']').unwrap_or(inner);
        from = 0;
    }
    steps.push(rest);
    steps
}

fn insert(
    object: &mut ObjectEvidence,
    steps: &[&str],
    row: &Row,
    index: usize,
    marks: bool,
    seen: Observation,
) {
    let Some((first, inner)) = steps.split_first() else {
        return;
    };
    let position = u32::try_from(index).unwrap_or(u32::MAX);
    let field = object
        .fields
        .entry((*first).to_owned())
        .or_insert(FieldEvidence {
            index: position,
            ..FieldEvidence::default()
        });
    if inner.is_empty() {
        field.stated.join(&member(row, index, marks));
        field.value.join(&value(row, seen.direction));
        return;
    }
    let inside = match &mut field.value.array {
        Some(array) => &mut array.item,
        None => &mut field.value,
    };
    let inside = inside.object.get_or_insert_default();
    inside.seen.add(seen);
    insert(inside, inner, row, index, marks, seen);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_members_of_described_members() {
        let names = ["address", "role"].into_iter().collect();
        assert_eq!(
            steps("address.street.name", &names),
            ["address", "street", "name"]
        );
        assert_eq!(steps("address[street]", &names), ["address", "street"]);
        assert_eq!(steps("role[]", &names), ["role[]"]);
        assert_eq!(steps("user.id", &names), ["user.id"]);
        assert_eq!(steps("plain", &names), ["plain"]);
    }
}
