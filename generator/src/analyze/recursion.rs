//! Which references between schemas need a box, because following values alone would never end.

use crate::model::{Model, SchemaId, Shape};
use std::collections::BTreeSet;

/// How far the walk has come with a schema.
#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// The edges of values that lead back to a schema which the walk is still inside of. Every cycle has one, and no other edge is
/// boxed. Schemas of one structure are one. Schemas are walked in the order of their numbers, without recursion.
pub(super) fn boxed(model: &Model, representatives: &[SchemaId]) -> BTreeSet<(SchemaId, SchemaId)> {
    closing(model, representatives, held_by_value)
}

/// The edges that close a cycle of members which are always there and never null. A value without an end cannot be, so
/// the member is read and written as one that may be left out. A union ends such a cycle: its default holds nothing.
pub(super) fn endless(
    model: &Model,
    representatives: &[SchemaId],
) -> BTreeSet<(SchemaId, SchemaId)> {
    closing(model, representatives, |model, id| {
        let Shape::Object(object) = &model.schemas.get(id).shape else {
            return Vec::new();
        };
        let always = object
            .properties
            .iter()
            .filter(|property| property.required && !model.schemas.get(property.schema).nullable);
        let mut held: Vec<SchemaId> = always.map(|property| property.schema).collect();
        held.reverse();
        held
    })
}

fn closing(
    model: &Model,
    representatives: &[SchemaId],
    held_by: fn(&Model, SchemaId) -> Vec<SchemaId>,
) -> BTreeSet<(SchemaId, SchemaId)> {
    let same = |id: SchemaId| representatives.get(id.0 as usize).copied().unwrap_or(id);
    let mut states = vec![State::New; model.schemas.len()];
    let mut boxed = BTreeSet::new();
    for (start, _) in model.schemas.iter() {
        let start = same(start);
        if states.get(start.0 as usize) != Some(&State::New) {
            continue;
        }
        let mut open = vec![(start, held_by(model, start))];
        set(&mut states, start, State::Open);
        while let Some((holder, held)) = open.last_mut() {
            let holder = *holder;
            let Some(held) = held.pop() else {
                set(&mut states, holder, State::Done);
                open.pop();
                continue;
            };
            let next = same(held);
            match states.get(next.0 as usize) {
                Some(State::New) => {
                    set(&mut states, next, State::Open);
                    open.push((next, held_by(model, next)));
                }
                Some(State::Open) => {
                    boxed.insert((holder, held));
                }
                Some(State::Done) | None => {}
            }
        }
    }
    boxed
}

fn set(states: &mut [State], id: SchemaId, state: State) {
    if let Some(known) = states.get_mut(id.0 as usize) {
        *known = state;
    }
}

/// What lies inside a value itself, the last first. Lists and maps hold their elements elsewhere.
fn held_by_value(model: &Model, id: SchemaId) -> Vec<SchemaId> {
    let mut held = match &model.schemas.get(id).shape {
        Shape::Object(object) => object.properties.iter().map(|p| p.schema).collect(),
        shape @ (Shape::Tuple(_) | Shape::Union(_)) => shape.children(),
        _ => Vec::new(),
    };
    held.reverse();
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ObjectShape, Property, Schema};
    use proptest::prelude::*;

    fn property(number: u32) -> Property {
        Property::new(format!("p{number}"), SchemaId(number))
    }

    fn model(shapes: Vec<Shape>) -> Model {
        let schemas: Vec<Schema> = shapes
            .into_iter()
            .map(|shape| Schema {
                shape,
                ..Schema::default()
            })
            .collect();
        Model {
            schemas: schemas.into(),
            ..Model::default()
        }
    }

    fn object(numbers: &[u32]) -> Shape {
        Shape::Object(ObjectShape {
            properties: numbers.iter().map(|number| property(*number)).collect(),
            ..ObjectShape::default()
        })
    }

    fn edges(model: &Model) -> Vec<(u32, u32)> {
        boxed(model, &[]).iter().map(|(a, b)| (a.0, b.0)).collect()
    }

    #[test]
    fn only_the_edge_that_closes_the_cycle_is_boxed() {
        assert_eq!(
            edges(&model(vec![object(&[1]), object(&[2]), object(&[0])])),
            [(2, 0)]
        );
        assert_eq!(edges(&model(vec![object(&[0])])), [(0, 0)]);
        assert_eq!(edges(&model(vec![object(&[1, 1]), object(&[])])), []);
    }

    #[test]
    fn members_that_are_always_there_have_no_end() {
        let mut model = model(vec![object(&[1]), object(&[0])]);
        assert!(endless(&model, &[]).is_empty());
        for id in [0, 1] {
            let schema = model.schemas.get_mut(SchemaId(id)).expect("a schema");
            let Shape::Object(object) = &mut schema.shape else {
                panic!("an object");
            };
            object.properties[0].required = true;
        }
        let edges: Vec<_> = endless(&model, &[]).into_iter().collect();
        assert_eq!(edges, [(SchemaId(1), SchemaId(0))]);
        model
            .schemas
            .get_mut(SchemaId(0))
            .expect("a schema")
            .nullable = true;
        assert!(endless(&model, &[]).is_empty());
    }

    #[test]
    fn lists_and_maps_break_cycles() {
        assert_eq!(
            edges(&model(vec![object(&[1]), Shape::Array(SchemaId(0))])),
            []
        );
        assert_eq!(
            edges(&model(vec![object(&[1]), Shape::Map(SchemaId(0))])),
            []
        );
    }

    #[test]
    fn long_chains_cost_no_stack() {
        let count = 200_000;
        let shapes = (0..count).map(|n| object(&[(n + 1) % count])).collect();
        assert_eq!(edges(&model(shapes)), [(count - 1, 0)]);
    }

    proptest! {
        #[test]
        fn without_the_boxes_no_cycle_is_left(graph in prop::collection::vec(prop::collection::vec(0u32..8, 0..4), 8)) {
            let model = model(graph.iter().map(|numbers| object(numbers)).collect());
            let boxed = boxed(&model, &[]);
            // Schemas that hold nothing by value go first; in the end none is left.
            let mut left: BTreeSet<u32> = (0..8).collect();
            while let Some(free) = left.iter().copied().find(|n| {
                graph[*n as usize].iter().all(|to| !left.contains(to) || boxed.contains(&(SchemaId(*n), SchemaId(*to))))
            }) {
                left.remove(&free);
            }
            prop_assert!(left.is_empty());
            for (from, to) in boxed {
                prop_assert!(graph[from.0 as usize].contains(&to.0));
            }
        }
    }
}
