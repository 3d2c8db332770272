//! Types of a plan to keys that stay the same whatever the types are called: by what their author calls them, else by
//! the shortest way to them from what has a key. By its key a type is found again in the names of a former run.

mod found;

use super::super::context::Context;
use super::graph::{Graph, TypeId};
use crate::names::key::token;
use found::Found;
use std::collections::{BTreeMap, BTreeSet};

pub(in crate::plan) use found::Former;

/// What types are, whatever they are called.
pub(in crate::plan) struct Identities {
    /// The key of each type, by its number. No two are equal, and the order of the sources does not matter to them.
    pub keys: Vec<String>,
    /// Which types of a former run they are.
    pub former: Former,
}

/// Finds out which type is which.
pub(super) fn identify(context: &Context<'_>, graph: &Graph) -> Identities {
    let found = Found::find(context, graph);
    let mut keys: Vec<Option<String>> = vec![None; graph.nodes.len()];
    for (at, key) in authors(context, graph, &found.former) {
        if let Some(slot) = keys.get_mut(at) {
            *slot = Some(key);
        }
    }
    for (at, (node, key)) in graph.nodes.iter().zip(&mut keys).enumerate() {
        if key.is_none() {
            *key = found.kept(at).cloned();
        }
        if key.is_none() {
            let places = node.places.iter();
            let ways = places.filter(|place| place.holder.is_none());
            *key = ways.map(|place| place.way.clone()).min();
        }
    }
    follow(graph, &mut keys);
    Identities {
        keys: apart(keys),
        former: found.former,
    }
}

/// Types that their author named, by the name and whether they are only ever sent.
fn by_author<'a>(context: &Context<'a>, graph: &Graph) -> BTreeMap<(&'a str, bool), Vec<TypeId>> {
    let mut holders: BTreeMap<(&str, bool), Vec<TypeId>> = BTreeMap::new();
    for (at, node) in graph.nodes.iter().enumerate() {
        let hint = context.schema(node.schema).names.first();
        if let Some(hint) = hint.filter(|hint| hint.distance == 0 && !hint.text.is_empty()) {
            let name = (hint.text.as_str(), context.only_sent(node.schema));
            holders.entry(name).or_default().push(at);
        }
    }
    holders
}

/// Keys of the types that their author named. Where two have one name, the one that is received has it, and the one that
/// is only sent says so, unless that one was there before; of further ones, none has it.
fn authors(context: &Context<'_>, graph: &Graph, former: &Former) -> Vec<(TypeId, String)> {
    let holders = by_author(context, graph);
    let only = |name: (&str, bool)| match holders.get(&name).map(Vec::as_slice) {
        Some([one]) => Some(*one),
        _ => None,
    };
    let mut keys = Vec::new();
    for (name, only_sent) in holders.keys() {
        let Some(at) = only((name, *only_sent)) else {
            continue;
        };
        let plain = format!("schema {}", token(name));
        let both = holders.contains_key(&(*name, !*only_sent));
        let sent_first =
            both && only((name, true)).and_then(|sent| former.key(sent)) == Some(plain.as_str());
        keys.push((
            at,
            match (both, *only_sent, sent_first) {
                (false, ..) | (_, false, false) | (_, true, true) => plain,
                (_, true, false) => format!("{plain} sent"),
                (_, false, true) => format!("{plain} received"),
            },
        ));
    }
    let mut seen = BTreeSet::new();
    keys.retain(|(_, key)| seen.insert(key.clone()));
    keys
}

/// Gives keys to what is held by types with keys, step by step, so that the shortest way counts, and of those of one
/// length the first by its letters.
fn follow(graph: &Graph, keys: &mut [Option<String>]) {
    let mut held: Vec<Vec<(TypeId, &str)>> = vec![Vec::new(); graph.nodes.len()];
    for (at, node) in graph.nodes.iter().enumerate() {
        for place in &node.places {
            let holder = place.holder.and_then(|holder| held.get_mut(holder));
            if let Some(held) = holder {
                held.push((at, &place.way));
            }
        }
    }
    let mut open: Vec<TypeId> = (0..keys.len())
        .filter(|at| keys.get(*at).is_some_and(Option::is_some))
        .collect();
    while !open.is_empty() {
        let mut found: BTreeMap<TypeId, String> = BTreeMap::new();
        for at in open.drain(..) {
            let Some(Some(key)) = keys.get(at) else {
                continue;
            };
            for (child, way) in held.get(at).into_iter().flatten() {
                if keys.get(*child).is_some_and(Option::is_some) {
                    continue;
                }
                let way = format!("{key}{way}");
                let known = found.entry(*child).or_insert_with(|| way.clone());
                if way < *known {
                    *known = way;
                }
            }
        }
        for (at, key) in found {
            if let Some(slot) = keys.get_mut(at) {
                *slot = Some(key);
                open.push(at);
            }
        }
    }
}

/// Where alternatives that nothing tells apart have one key, their place among them does.
fn apart(keys: Vec<Option<String>>) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    keys.into_iter()
        .map(|key| {
            let key = key.unwrap_or_else(|| "unnamed".to_owned());
            let times = seen.entry(key.clone()).or_default();
            *times += 1;
            match times {
                1 => key,
                more => format!("{key}~{more}"),
            }
        })
        .collect()
}
