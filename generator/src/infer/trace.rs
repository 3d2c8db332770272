//! What was seen of each schema and the rule that decided, kept beside a resolved model where somebody asks for it.

use super::position::{Position, PositionId, Positions};
use super::rule::{self, Rule};
use crate::model::evidence::{Fidelity, Hole, Observation, Observations};
use crate::model::{SchemaId, Schemas};
use std::collections::{BTreeMap, BTreeSet};

/// The accounts of schemas that were inferred from samples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    accounts: BTreeMap<SchemaId, Account>,
}

/// Why a schema is what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The rule that decided.
    pub rule: Rule,
    /// What was seen, the most trustworthy first; at most [`Observations::KEPT`] of each kind.
    pub seen: Vec<Sighting>,
    /// In how many of the objects each member stands, and how many objects there are; synthetic ones do not count.
    pub presence: BTreeMap<String, (usize, usize)>,
}

/// One value in one sample.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// Where, which way, and how far it can be trusted.
    pub observation: Observation,
    /// What kind of value: `null`, `text`, `an integer`.
    pub kind: &'static str,
}

impl Account {
    /// How sure the decision is, from 0 to 1. It is for people: nothing is decided by it.
    ///
    /// What was printed from a schema is as good as declared. Of samples, each further one halves the doubt that is
    /// left, up to what samples of that kind can show at most.
    pub fn confidence(&self) -> f64 {
        let samples = |fidelity: Fidelity| -> i32 {
            let places: BTreeSet<_> = self
                .seen
                .iter()
                .filter(|seen| seen.observation.fidelity == fidelity && seen.kind != "null")
                .map(|seen| seen.observation.origin)
                .collect();
            i32::try_from(places.len()).unwrap_or(i32::MAX)
        };
        if samples(Fidelity::Stated) > 0 {
            return 1.0;
        }
        if samples(Fidelity::Synthetic) + samples(Fidelity::Counted) > 0 {
            return 0.95;
        }
        let of = |count: i32, weight: f64| (1.0 - 0.5_f64.powi(count)) * weight;
        of(samples(Fidelity::Example), 0.9)
            .max(of(samples(Fidelity::Elided), 0.6))
            .max(of(samples(Fidelity::Fake), 0.3))
    }
}

impl Trace {
    /// The account of a schema; nothing if it was not inferred.
    pub fn account(&self, id: SchemaId) -> Option<&Account> {
        self.accounts.get(&id)
    }

    /// The same for a model whose schemas were numbered anew: `old` has the former number of each.
    pub fn renumbered(mut self, old: &[SchemaId]) -> Trace {
        let number = |index: usize| SchemaId(u32::try_from(index).unwrap_or(u32::MAX));
        let accounts = old
            .iter()
            .enumerate()
            .filter_map(|(index, old)| Some((number(index), self.accounts.remove(old)?)));
        Trace {
            accounts: accounts.collect(),
        }
    }

    /// Writes down what was seen at positions. `made` has the schema of each, `numbers` its final number.
    pub(super) fn write(
        &mut self,
        positions: &Positions,
        schemas: &Schemas,
        made: &BTreeMap<PositionId, SchemaId>,
        numbers: &BTreeMap<SchemaId, SchemaId>,
    ) {
        for (position, id) in made {
            let Some(id) = numbers.get(id) else { continue };
            let position = positions.get(*position);
            let account = Account {
                rule: rule::of(position, &schemas.get(*id).shape),
                seen: sightings(position),
                presence: presence(position),
            };
            self.accounts.insert(*id, account);
        }
    }
}

fn sightings(position: &Position) -> Vec<Sighting> {
    let mut found = Vec::new();
    let mut add = |kind: &'static str, seen: &Observations| {
        found.extend(
            seen.iter()
                .map(|observation| Sighting { observation, kind }),
        );
    };
    let scalars = &position.scalars;
    add("null", &scalars.null);
    add("a boolean", &scalars.boolean);
    add("a number", &scalars.number);
    if let Some(integer) = &scalars.integer {
        add("an integer", &integer.seen);
    }
    if let Some(string) = &scalars.string {
        add("text", &string.seen);
    }
    for (hole, seen) in &scalars.holes {
        let stated = seen.first().map(|first| first.fidelity) == Some(Fidelity::Stated);
        add(if stated { word(hole) } else { "a placeholder" }, seen);
    }
    if let Some(array) = &position.array {
        add("a list", &array.seen);
    }
    if let Some(object) = &position.object {
        add("an object", &object.seen);
    }
    found.sort();
    found
}

/// What a statement says that stands there.
fn word(hole: &Hole) -> &'static str {
    match hole {
        Hole::Null => "null",
        Hole::Boolean => "a boolean",
        Hole::Integer => "an integer",
        Hole::Number => "a number",
        Hole::String(_) => "text",
        Hole::Array => "a list",
        Hole::Object | Hole::Named(_) => "an object",
        Hole::Unknown | Hole::Variable | Hole::Circular(_) | Hole::TooDeep => "a value",
    }
}

fn presence(position: &Position) -> BTreeMap<String, (usize, usize)> {
    let mut presence: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let Some(object) = &position.object else {
        return presence;
    };
    let counted = |seen: &Observations| seen.with(Fidelity::Example) + seen.with(Fidelity::Fake);
    let all = object.key_sets.values().map(counted).sum();
    for (keys, seen) in &object.key_sets {
        for key in keys {
            let entry = presence.entry(key.clone()).or_insert((0, all));
            entry.0 += counted(seen);
        }
    }
    presence
}
