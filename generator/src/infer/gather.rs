//! Evidence of all schemas to one graph of positions, each with what is known from where it stands.

use super::name;
use super::position::{
    ArrayPosition, Body, Member, ObjectPosition, Position, PositionId, Positions,
};
use crate::model::NameHint;
use crate::model::evidence::{Direction, Evidence, Hole, ObjectEvidence, Observations};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What is known of a position from where it stands.
#[derive(Clone, Default)]
struct Place {
    path: String,
    key: Option<String>,
    /// A proposal for the name of what stands here.
    proposal: Option<String>,
    bodies: BTreeSet<Body>,
}

/// What a name says, found out once: large collections say the same names a hundred thousand times.
struct Said {
    element: String,
    comparable: String,
    generic: bool,
}

/// What all names say, by name.
#[derive(Default)]
struct Names(BTreeMap<String, Rc<Said>>);

impl Names {
    fn get(&mut self, text: &str) -> Rc<Said> {
        if let Some(known) = self.0.get(text) {
            return Rc::clone(known);
        }
        let said = Rc::new(Said {
            element: name::element(text),
            comparable: name::comparable(text),
            generic: name::is_generic(text),
        });
        self.0.insert(text.to_owned(), Rc::clone(&said));
        said
    }
}

impl Place {
    fn member(&self, key: &str, names: &mut Names) -> Place {
        Place {
            path: if self.path.is_empty() {
                key.to_owned()
            } else {
                format!("{}.{key}", self.path)
            },
            key: Some(key.to_owned()),
            proposal: Some(key.to_owned()),
            // Under a name that says nothing stands what the body is about.
            bodies: if !self.bodies.is_empty() && names.get(key).generic {
                self.inner_bodies()
            } else {
                BTreeSet::new()
            },
        }
    }

    fn inner_bodies(&self) -> BTreeSet<Body> {
        let inner = |body: &Body| Body {
            whole: false,
            ..body.clone()
        };
        self.bodies.iter().map(inner).collect()
    }

    fn element(&self, mark: &str, names: &mut Names) -> Place {
        let mut element = |text: &String| names.get(text).element.clone();
        Place {
            path: format!("{}{mark}", self.path),
            key: self.key.as_ref().map(&mut element),
            proposal: self.proposal.as_ref().map(&mut element),
            bodies: self.inner_bodies(),
        }
    }
}

/// Adds the samples of whole bodies and parameters, and remembers which positions are others further outside.
#[derive(Default)]
pub struct Builder {
    positions: Positions,
    circular: Vec<(PositionId, PositionId, String)>,
    /// Positions of objects that a source describes under a name, or says to be such objects: by that name and the
    /// direction.
    named: BTreeMap<String, BTreeMap<Direction, Vec<PositionId>>>,
    names: Names,
}

impl Builder {
    /// Adds what was seen of one schema and answers its position. `key` is the member that it is the value of, if any.
    pub fn add(
        &mut self,
        evidence: &Evidence,
        key: Option<&str>,
        bodies: BTreeSet<Body>,
    ) -> PositionId {
        let place = Place {
            path: key.unwrap_or_default().to_owned(),
            key: key.map(str::to_owned),
            proposal: key.map(str::to_owned),
            bodies,
        };
        self.position(evidence, &place, &mut Vec::new())
    }

    /// Adds what is stated of an object that has a name of its own.
    pub fn add_object(&mut self, evidence: &Evidence, name: &str) -> PositionId {
        let place = Place {
            path: name.to_owned(),
            ..Place::default()
        };
        let id = self.position(evidence, &place, &mut Vec::new());
        let directions = evidence.object.iter().flat_map(|o| o.seen.directions());
        for direction in directions {
            self.name(id, name, *direction);
        }
        id
    }

    /// Notes that a position is an object that is described elsewhere.
    fn name(&mut self, id: PositionId, name: &str, direction: Direction) {
        let comparable = name::comparable(&name::element(name));
        if let Some(position) = self.positions.get_mut(id) {
            *position
                .proposals
                .entry(NameHint::new(name, 0))
                .or_default() += 1;
            position.comparable.insert(comparable.clone());
        }
        let named = self.named.entry(comparable).or_default();
        named.entry(direction).or_default().push(id);
    }

    /// Joins what is said to be one object. What is sent and what is received are described apart; where only one of
    /// them is, it stands for both.
    fn join_named(&mut self) {
        for directions in std::mem::take(&mut self.named).into_values() {
            let mut heads = Vec::new();
            for ids in directions.into_values() {
                let Some(first) = ids.first().copied() else {
                    continue;
                };
                self.positions.join(ids.iter().map(|id| (first, *id)));
                let object = self.positions.get(first).object.as_ref();
                let known = object.is_some_and(|object| !object.members.is_empty());
                heads.push((first, known));
            }
            if let [(a, _), (b, _)] = heads.as_slice()
                && heads.iter().any(|(_, known)| !known)
            {
                self.positions.join([(*a, *b)]);
            }
        }
    }

    /// The positions, with those that repeat one further outside joined with it.
    pub fn finish(mut self) -> Positions {
        self.join_named();
        for (inner, outer, name) in std::mem::take(&mut self.circular) {
            if let Some(outer) = self.positions.get_mut(outer) {
                let hint = NameHint::new(name.as_str(), 0);
                *outer.proposals.entry(hint).or_default() += 1;
                outer.comparable.insert(name::comparable(&name));
            }
            if let Some(inner) = self.positions.get_mut(inner) {
                inner.proposals.clear();
            }
            self.positions.join([(inner, outer)]);
        }
        self.positions
    }

    /// Recurses no deeper than the trees that the evidence was gathered from, whose depth is limited.
    fn position(
        &mut self,
        evidence: &Evidence,
        place: &Place,
        records: &mut Vec<PositionId>,
    ) -> PositionId {
        let mut scalars = Evidence::default();
        scalars.join_scalars(evidence);
        let mut position = Position {
            scalars,
            keys: place.key.iter().cloned().collect(),
            path: place.path.clone(),
            bodies: place.bodies.clone(),
            ..Position::default()
        };
        if let Some(proposal) = &place.proposal {
            let said = self.names.get(proposal);
            let distance = if said.generic { 2 } else { 1 };
            position
                .proposals
                .insert(NameHint::new(proposal.as_str(), distance), 1);
            position.comparable.insert(said.comparable.clone());
        }
        let id = self.positions.push(position);
        for (hole, seen) in &evidence.holes {
            if let Hole::Named(name) = hole {
                for direction in seen.directions() {
                    self.name(id, name, *direction);
                }
            }
            if let Hole::Circular(name) = hole {
                let comparable = name::comparable(name);
                let named = records
                    .iter()
                    .rev()
                    .find(|r| self.positions.get(**r).comparable.contains(&comparable));
                if let Some(outer) = named.or(records.last()) {
                    self.circular.push((id, *outer, name.clone()));
                }
            }
        }
        if let Some(array) = &evidence.array {
            let place = place.element("[]", &mut self.names);
            let item = self.position(&array.item, &place, records);
            if let Some(position) = self.positions.get_mut(id) {
                position.array = Some(ArrayPosition {
                    seen: array.seen.clone(),
                    item,
                    single: Observations::default(),
                });
            }
        }
        if let Some(object) = &evidence.object {
            records.push(id);
            let object = self.object(object, place, records);
            records.pop();
            if let Some(position) = self.positions.get_mut(id) {
                position.object = Some(object);
            }
        }
        id
    }

    fn object(
        &mut self,
        object: &ObjectEvidence,
        place: &Place,
        records: &mut Vec<PositionId>,
    ) -> ObjectPosition {
        let mut members = BTreeMap::new();
        for (key, field) in &object.fields {
            let place = place.member(key, &mut self.names);
            let value = self.position(&field.value, &place, records);
            members.insert(
                key.clone(),
                Member {
                    index: field.index,
                    stated: field.stated.clone(),
                    value,
                },
            );
        }
        let random = object.random.as_ref().map(|random| {
            let mut place = place.element("{}", &mut self.names);
            place.bodies.clear();
            let value = self.position(&random.value, &place, records);
            (random.whole.clone(), value)
        });
        ObjectPosition {
            seen: object.seen.clone(),
            key_sets: object.key_sets.clone(),
            members,
            random,
            map: None,
            rule: None,
            tags: object.tags.clone(),
        }
    }
}
