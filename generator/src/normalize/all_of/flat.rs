//! Schemas of several parts to the parts that have none themselves, each found once however many ways lead to it.

use super::{Flat, Merging};
use crate::model::SchemaId;
use std::collections::{BTreeMap, BTreeSet};

/// What is below a schema of several parts.
pub(super) struct Below {
    /// The leaves, each once, in the order of the source.
    leaves: Vec<SchemaId>,
    /// Whether a schema on the way says that null is allowed, and nothing beside it says more.
    nullable: bool,
}

impl Merging<'_> {
    /// The leaves below a schema, each once, in the order of the source. Linear in what is below it, without recursion.
    /// Where no steps are left, only the first leaf is found.
    pub(super) fn flatten(&mut self, id: SchemaId) -> Flat {
        if self.parts(id).is_none() {
            return self.flat(vec![id], self.model.schemas.get(id).nullable);
        }
        self.remember(id);
        match self.below.get(&id) {
            Some(Some(below)) => {
                self.steps = self.steps.saturating_sub(below.leaves.len());
                self.flat(below.leaves.clone(), below.nullable)
            }
            _ => self.walk(id),
        }
    }

    /// Notes what is below a schema, and below all that is there. Nothing is noted of those that are in a circle, or
    /// lead to one: what is below them depends on where one begins.
    fn remember(&mut self, id: SchemaId) {
        // Each entry is a schema and how many of its parts were looked at.
        let mut path = vec![(id, 0)];
        let mut places = BTreeMap::from([(id, 0)]);
        // From this place of the path on, all are in a circle.
        let mut circle = usize::MAX;
        if self.below.contains_key(&id) {
            return;
        }
        while let Some((id, next)) = path.last_mut() {
            let id = *id;
            let part = self.parts(id).and_then(|parts| parts.get(*next)).copied();
            *next += 1;
            if let Some(part) = part {
                if self.parts(part).is_none() || self.below.contains_key(&part) {
                    continue;
                }
                match places.get(&part) {
                    Some(at) => circle = circle.min(*at),
                    None => {
                        places.insert(part, path.len());
                        path.push((part, 0));
                    }
                }
                continue;
            }
            path.pop();
            places.remove(&id);
            let below = match path.len() >= circle {
                true => None,
                false => self.gather(id),
            };
            self.below.insert(id, below);
            if path.len() == circle {
                circle = usize::MAX;
            }
        }
    }

    /// What is below a schema, from what is known of its parts.
    fn gather(&mut self, id: SchemaId) -> Option<Below> {
        let parts = self.parts(id)?;
        let stated = parts.iter().filter(|part| !self.is_unstated(**part));
        let alone = stated.count() == 1;
        let mut nullable = self.model.schemas.get(id).nullable;
        let mut leaves = Vec::new();
        let mut seen = BTreeSet::new();
        let mut steps: usize = 1;
        for part in parts {
            let own = std::slice::from_ref(part);
            let found = match self.parts(*part) {
                None => own,
                Some(_) => {
                    let below = self.below.get(part)?.as_ref()?;
                    nullable |= alone && below.nullable;
                    &below.leaves
                }
            };
            steps += found.len();
            if steps > self.steps {
                self.steps = 0;
                return None;
            }
            leaves.extend(found.iter().copied().filter(|leaf| seen.insert(*leaf)));
        }
        self.steps -= steps;
        Some(Below { leaves, nullable })
    }

    fn flat(&self, leaves: Vec<SchemaId>, nullable: bool) -> Flat {
        let schema = |leaf: &&SchemaId| self.model.schemas.get(**leaf);
        let stated = || leaves.iter().filter(|leaf| !self.is_unstated(**leaf));
        let everywhere = stated().all(|leaf| schema(&leaf).nullable);
        Flat {
            nullable: nullable || (everywhere && stated().next().is_some()),
            leaves,
            cycle: None,
        }
    }

    /// As [`Merging::flatten`], for schemas that are in a circle or lead to one.
    fn walk(&mut self, id: SchemaId) -> Flat {
        let mut flat = Flat {
            leaves: Vec::new(),
            nullable: self.model.schemas.get(id).nullable,
            cycle: None,
        };
        let mut seen = BTreeSet::new();
        // Each entry is a schema, whether it is the only one that says something, and whether the walk leaves it.
        let mut open = vec![(id, true, false)];
        let mut inside = BTreeSet::new();
        while let Some((id, alone, leaves)) = open.pop() {
            self.steps = self.steps.saturating_sub(1);
            if self.steps == 0 && !flat.leaves.is_empty() {
                break;
            }
            if leaves {
                inside.remove(&id);
                continue;
            }
            if !seen.insert(id) {
                if inside.contains(&id) {
                    flat.cycle = flat.cycle.or(Some(id));
                }
                continue;
            }
            let Some(parts) = self.parts(id) else {
                flat.leaves.push(id);
                continue;
            };
            flat.nullable |= alone && self.model.schemas.get(id).nullable;
            inside.insert(id);
            open.push((id, alone, true));
            let stated = parts
                .iter()
                .filter(|part| !self.is_unstated(**part))
                .count();
            open.extend(
                parts
                    .iter()
                    .rev()
                    .map(|part| (*part, alone && stated == 1, false)),
            );
        }
        Flat {
            cycle: flat.cycle,
            ..self.flat(flat.leaves, flat.nullable)
        }
    }
}
