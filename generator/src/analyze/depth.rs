//! Which values lie so deep in others that the compiler would give up looking into all of them at once.
//!
//! Whether a type may go to another thread, and how it is dropped, the compiler finds by looking into all that is in it,
//! at most 128 steps deep. The crates that use a generated one ask again, with steps of their own before. So chains of
//! types are cut before they are that long: behind a cut lies a type of the runtime that the compiler does not look into.

use crate::model::{Additional, Model, Schema, SchemaId, Shape};
use std::collections::BTreeSet;

/// How many steps lead through types that nothing cuts; the rest of the compiler's 128 is for those who use the crate.
const MOST: usize = 72;

/// Steps from a type to what it may hold: itself, and the `Option` or `Field` around a member.
const MEMBER: usize = 2;
/// Steps through a list, with what may be null in it. Measured with the compiler, as the other numbers are.
const LIST: usize = 4;
/// Steps through a map.
const MAP: usize = 5;
/// Steps through the box of a cycle.
const BOX: usize = 2;

/// How far the walk has come with a schema.
#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    /// With the steps to the end of the longest chain that begins there.
    Done(usize),
}

/// The edges (an object or union, a schema it holds) behind which a chain is cut. What leads back to a type that the
/// walk is inside of ends a chain: the compiler does not look into it again.
///
/// Schemas are walked in the order of their numbers, without recursion; schemas of one structure are one.
pub(super) fn deep(
    model: &Model,
    representatives: &[SchemaId],
    boxed: &BTreeSet<(SchemaId, SchemaId)>,
) -> BTreeSet<(SchemaId, SchemaId)> {
    let same = |id: SchemaId| representatives.get(id.0 as usize).copied().unwrap_or(id);
    let mut states = vec![State::New; model.schemas.len()];
    let mut deep = BTreeSet::new();
    for (start, schema) in model.schemas.iter() {
        if same(start) != start || !is_type(schema) || state(&states, start) != State::New {
            continue;
        }
        let mut open = vec![Visit::of(model, start)];
        set(&mut states, start, State::Open);
        while let Some(visit) = open.last_mut() {
            let Some(edge) = visit.edges.pop() else {
                set(&mut states, visit.holder, State::Done(visit.longest));
                open.pop();
                continue;
            };
            let target = edge.target.map(same);
            match target.map(|target| (target, state(&states, target))) {
                Some((target, State::New)) => {
                    visit.edges.push(edge);
                    set(&mut states, target, State::Open);
                    open.push(Visit::of(model, target));
                }
                Some((_, State::Done(steps))) => {
                    let through = match boxed.contains(&(visit.holder, edge.held)) {
                        true => edge.steps + BOX,
                        false => edge.steps,
                    };
                    if steps + through > MOST {
                        deep.insert((visit.holder, edge.held));
                        visit.longest = visit.longest.max(MEMBER + BOX);
                    } else {
                        visit.longest = visit.longest.max(steps + through);
                    }
                }
                Some((_, State::Open)) | None => {
                    visit.longest = visit.longest.max(edge.steps);
                }
            }
        }
    }
    deep
}

/// A type that the walk is inside of.
struct Visit {
    holder: SchemaId,
    /// What is still to be looked into, the last first.
    edges: Vec<Edge>,
    /// The steps of the longest chain so far.
    longest: usize,
}

/// From a type to the next one.
#[derive(Clone, Copy)]
struct Edge {
    /// What the type holds.
    held: SchemaId,
    /// The type inside lists and maps, if there is one.
    target: Option<SchemaId>,
    /// How many steps that takes.
    steps: usize,
}

impl Visit {
    fn of(model: &Model, holder: SchemaId) -> Self {
        let mut held = match &model.schemas.get(holder).shape {
            Shape::Object(object) => object.properties.iter().map(|p| p.schema).collect(),
            shape => shape.children(),
        };
        held.reverse();
        Visit {
            holder,
            edges: held.into_iter().map(|held| edge(model, held)).collect(),
            longest: 1,
        }
    }
}

fn edge(model: &Model, held: SchemaId) -> Edge {
    let mut steps = MEMBER;
    let mut inner = held;
    // Lists that hold only lists end nowhere.
    for _ in 0..MOST {
        let schema = model.schemas.get(inner);
        if is_type(schema) {
            return Edge {
                held,
                target: Some(inner),
                steps,
            };
        }
        (inner, steps) = match &schema.shape {
            Shape::Array(inner) => (*inner, steps + LIST),
            Shape::Map(inner) => (*inner, steps + MAP),
            Shape::Object(object) => match object.additional {
                Additional::Schema(inner) => (inner, steps + MAP),
                _ => break,
            },
            _ => break,
        };
    }
    Edge {
        held,
        target: None,
        steps,
    }
}

/// Whether a schema becomes a type that holds others.
fn is_type(schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Object(object) => !object.properties.is_empty(),
        Shape::Union(_) => true,
        _ => false,
    }
}

fn state(states: &[State], id: SchemaId) -> State {
    let state = states.get(id.0 as usize);
    state.copied().unwrap_or(State::Done(0))
}

fn set(states: &mut [State], id: SchemaId, state: State) {
    if let Some(known) = states.get_mut(id.0 as usize) {
        *known = state;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ObjectShape, Property};

    fn object(held: &[u32]) -> Shape {
        let properties = held
            .iter()
            .map(|number| Property::new(format!("p{number}"), SchemaId(*number)));
        Shape::Object(ObjectShape {
            properties: properties.collect(),
            ..ObjectShape::default()
        })
    }

    fn cuts(shapes: Vec<Shape>) -> Vec<(u32, u32)> {
        let schemas: Vec<Schema> = shapes
            .into_iter()
            .map(|shape| Schema {
                shape,
                ..Schema::default()
            })
            .collect();
        let model = Model {
            schemas: schemas.into(),
            ..Model::default()
        };
        let boxed = BTreeSet::new();
        let deep = deep(&model, &[], &boxed);
        deep.iter().map(|(a, b)| (a.0, b.0)).collect()
    }

    #[test]
    fn what_is_usual_is_not_cut() {
        let mut shapes: Vec<Shape> = (0..30).map(|n| object(&[n + 1])).collect();
        shapes.push(object(&[]));
        assert_eq!(cuts(shapes), []);
        assert_eq!(cuts(vec![object(&[0]), object(&[0, 1])]), []);
    }

    #[test]
    fn long_chains_are_cut_evenly_from_their_ends() {
        let count = 100_000;
        let mut shapes: Vec<Shape> = (0..count).map(|n| object(&[n + 1])).collect();
        shapes.push(object(&[]));
        let cuts = cuts(shapes);
        let most = MOST / MEMBER;
        assert!(cuts.len() >= count as usize / most && cuts.len() <= count as usize / (most - 4));
        for pair in cuts.windows(2) {
            assert!(pair[1].0 - pair[0].0 <= most as u32, "{pair:?}");
        }
    }

    #[test]
    fn lists_and_maps_are_steps_too() {
        let length = 40;
        let mut shapes = Vec::new();
        for n in 0..length {
            shapes.push(object(&[2 * n + 1]));
            shapes.push(match n % 2 {
                0 => Shape::Array(SchemaId(2 * n + 2)),
                _ => Shape::Map(SchemaId(2 * n + 2)),
            });
        }
        shapes.push(object(&[]));
        let cuts = cuts(shapes);
        assert!((3..=5).contains(&cuts.len()), "{cuts:?}");
        assert!(cuts.iter().all(|(holder, held)| held - holder == 1));
    }
}
