//! Types of a former run to those of this one: by their keys, and by what they have where their keys are gone.

use super::super::super::context::Context;
use super::super::graph::{Graph, TypeId, way};
use super::by_author;
use crate::names::key::token;
use crate::names::lock::Lock;
use std::collections::{BTreeMap, BTreeSet};

/// Types with fewer members than this have too little to be known by.
const TELLING: usize = 2;

/// Which types of a former run the types of this one are.
#[derive(Default)]
pub(in crate::plan) struct Former {
    /// The former key of each type, by its number.
    keys: BTreeMap<TypeId, String>,
    /// Types that have become one with another: the former key, and the type that it is now.
    pub merged: Vec<(String, TypeId)>,
    /// Types that were found by what they have, with their former keys.
    pub by_members: Vec<(String, TypeId)>,
    /// Former keys that nothing has.
    pub gone: Vec<String>,
}

impl Former {
    /// The key that a type had.
    pub fn key(&self, at: TypeId) -> Option<&str> {
        self.keys.get(&at).map(String::as_str)
    }
}

/// What was found, and which keys still lead there.
pub(super) struct Found {
    pub former: Former,
    valid: BTreeSet<TypeId>,
}

impl Found {
    /// The former key of a type, if it still leads to it.
    pub fn kept(&self, at: TypeId) -> Option<&String> {
        self.former
            .keys
            .get(&at)
            .filter(|_| self.valid.contains(&at))
    }

    /// Looks for the types of a former run.
    pub fn find(context: &Context<'_>, graph: &Graph) -> Self {
        let lock = &context.config.lock;
        let mut found = Found {
            former: Former::default(),
            valid: BTreeSet::new(),
        };
        if lock.types.is_empty() {
            return found;
        }
        let mut keys: Vec<&str> = lock.types.keys().map(String::as_str).collect();
        keys.sort_by_key(|key| (key.len(), *key));
        let members: Vec<Vec<String>> = graph
            .nodes
            .iter()
            .map(|node| sorted(way::members(context, node.schema)))
            .collect();
        let mut search = Search {
            lock,
            heads: heads(context, graph, lock),
            steps: steps(graph),
            members: &members,
            trusting: false,
            resolved: BTreeMap::new(),
        };
        loop {
            search.follow(&keys);
            let alike = search.alike(&keys);
            if alike.is_empty() && search.trusting {
                break;
            }
            search.trusting |= alike.is_empty();
            for (key, at) in alike {
                search.resolved.insert(key, (at, false));
                found.former.by_members.push((key.to_owned(), at));
            }
        }
        for key in keys {
            let Some((at, valid)) = search.resolved.get(key).copied() else {
                found.former.gone.push(key.to_owned());
                continue;
            };
            match found.former.keys.get(&at) {
                // Keys come the shortest first; what an author calls it counts more.
                Some(known) if !key.starts_with("schema ") || known.starts_with("schema ") => {
                    found.former.merged.push((key.to_owned(), at));
                    continue;
                }
                Some(known) => found.former.merged.push((known.clone(), at)),
                None => {}
            }
            found.former.keys.insert(at, key.to_owned());
            match valid {
                true => found.valid.insert(at),
                false => found.valid.remove(&at),
            };
        }
        found
    }
}

struct Search<'k> {
    lock: &'k Lock,
    /// Types by keys that need no other type: what authors call them, and ways from operations.
    heads: BTreeMap<String, TypeId>,
    /// Types by those that hold them and the way from there.
    steps: BTreeMap<(TypeId, &'k str), TypeId>,
    /// What types have, sorted.
    members: &'k [Vec<String>],
    /// Whether a key is enough where the type has nothing that it had: the name of a schema may have gone over to
    /// another one, which is known when all types are looked for by what they have.
    trusting: bool,
    /// Types by former keys, and whether these still lead there.
    resolved: BTreeMap<&'k str, (TypeId, bool)>,
}

impl<'k> Search<'k> {
    /// Resolves what can be resolved by way of what is resolved; the shorter keys first, as they begin the longer ones.
    fn follow(&mut self, keys: &[&'k str]) {
        for key in keys {
            if self.resolved.contains_key(key) {
                continue;
            }
            let head = self.heads.get(*key).map(|at| (*at, true));
            let found = head.or_else(|| {
                let marks = key.char_indices().rev();
                let marks = marks.filter(|(_, c)| matches!(c, '.' | '[' | '|'));
                marks.into_iter().find_map(|(at, _)| {
                    let (holder, way) = key.split_at_checked(at)?;
                    let (holder, valid) = self.resolved.get(holder)?;
                    let held = self.steps.get(&(*holder, way))?;
                    Some((*held, *valid))
                })
            });
            let found = found.filter(|(at, _)| self.trusting || !self.is_another(key, *at));
            if let Some(found) = found {
                self.resolved.insert(key, found);
            }
        }
    }

    /// Whether a type has nothing of what the one with this key had.
    fn is_another(&self, key: &str, at: TypeId) -> bool {
        let before = self.lock.members.get(key).map(|members| &members.names);
        match (before, self.members.get(at)) {
            (Some(before), Some(now)) => {
                before.len() >= TELLING && !now.iter().any(|step| before.contains_key(step))
            }
            _ => false,
        }
    }

    /// Former types that are not found and types that are not known, where one of each has the same members and no
    /// other has.
    fn alike(&self, keys: &[&'k str]) -> Vec<(&'k str, TypeId)> {
        let known: BTreeSet<TypeId> = self.resolved.values().map(|(at, _)| *at).collect();
        let mut now: BTreeMap<&[String], Vec<TypeId>> = BTreeMap::new();
        for (at, members) in self.members.iter().enumerate() {
            if !known.contains(&at) && members.len() >= TELLING {
                now.entry(members).or_default().push(at);
            }
        }
        let mut before: BTreeMap<Vec<String>, Vec<&'k str>> = BTreeMap::new();
        for key in keys.iter().filter(|key| !self.resolved.contains_key(*key)) {
            if let Some(members) = self.lock.members.get(*key) {
                let steps = members.names.keys().cloned().collect();
                before.entry(steps).or_default().push(key);
            }
        }
        let mut alike = Vec::new();
        for (members, keys) in before {
            if let ([key], Some([at])) = (keys.as_slice(), now.get(&*members).map(Vec::as_slice)) {
                alike.push((*key, *at));
            }
        }
        // What lies in one of them may be found by the way from there.
        alike.sort_unstable();
        let mut outer = None;
        alike.retain(|(key, _)| match outer {
            Some(outer) if key.starts_with(outer) => false,
            _ => {
                outer = Some(*key);
                true
            }
        });
        alike
    }
}

/// Ways from operations, and the names that authors give. Where the one that is only sent and the one that is received
/// share a name, the one that has the former members is meant, else the one that is received.
fn heads(context: &Context<'_>, graph: &Graph, lock: &Lock) -> BTreeMap<String, TypeId> {
    let mut heads = BTreeMap::new();
    for (at, node) in graph.nodes.iter().enumerate() {
        for place in node.places.iter().filter(|place| place.holder.is_none()) {
            heads.insert(place.way.clone(), at);
        }
    }
    let authors = by_author(context, graph);
    let only = |name: &str, sent: bool| match authors.get(&(name, sent)).map(Vec::as_slice) {
        Some([one]) => Some(*one),
        _ => None,
    };
    let names: BTreeSet<&str> = authors.keys().map(|(name, _)| *name).collect();
    for name in names {
        let key = format!("schema {}", token(name));
        let (received, sent) = (only(name, false), only(name, true));
        let was = lock.members.get(&key).map(|members| {
            let steps = members.names.keys().cloned();
            steps.collect::<Vec<String>>()
        });
        let has = |at: Option<TypeId>| {
            let node = at.and_then(|at| graph.nodes.get(at));
            let now = node.map(|node| sorted(way::members(context, node.schema)));
            now.is_some() && now == was
        };
        let split = lock.types.contains_key(&format!("{key} sent"));
        let received_later = lock.types.contains_key(&format!("{key} received"));
        let meant = match (received, sent) {
            (Some(_), Some(sent))
                if received_later || (!split && has(Some(sent)) && !has(received)) =>
            {
                Some(sent)
            }
            (received, sent) => received.or(sent),
        };
        let plain = meant.into_iter().map(|at| (key.clone(), at));
        // Where only one is left, both names were of it.
        let sent = sent.or(received).map(|at| (format!("{key} sent"), at));
        let received = received.or(meant).map(|at| (format!("{key} received"), at));
        heads.extend(plain.chain(sent).chain(received));
    }
    heads
}

fn steps(graph: &Graph) -> BTreeMap<(TypeId, &str), TypeId> {
    let mut steps = BTreeMap::new();
    for (at, node) in graph.nodes.iter().enumerate() {
        for place in &node.places {
            if let Some(holder) = place.holder {
                steps.insert((holder, place.way.as_str()), at);
            }
        }
    }
    steps
}

fn sorted(mut members: Vec<String>) -> Vec<String> {
    members.sort_unstable();
    members.dedup();
    members
}
