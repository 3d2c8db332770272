//! Types of a plan to keys that stay the same whatever the types are called: by what their author calls them, else by
//! the shortest way to them from what has a key.

use super::super::context::Context;
use super::graph::{Graph, TypeId};
use crate::names::key::token;
use std::collections::BTreeMap;

/// The key of each type, by its number. No two are equal, and the order of the sources does not matter to them.
pub(super) fn keys(context: &Context<'_>, graph: &Graph) -> Vec<String> {
    let mut keys: Vec<Option<String>> = vec![None; graph.nodes.len()];
    for (at, key) in authors(context, graph) {
        if let Some(slot) = keys.get_mut(at) {
            *slot = Some(key);
        }
    }
    for (node, key) in graph.nodes.iter().zip(&mut keys) {
        if key.is_none() {
            let places = node.places.iter();
            let ways = places.filter(|place| place.holder.is_none());
            *key = ways.map(|place| place.way.clone()).min();
        }
    }
    follow(graph, &mut keys);
    apart(keys)
}

/// Types that their author named. Where two have one name, the one that is received has it, and the one that is only
/// sent says so; of further ones, none has it.
fn authors(context: &Context<'_>, graph: &Graph) -> Vec<(TypeId, String)> {
    let mut holders: BTreeMap<(&str, bool), Vec<TypeId>> = BTreeMap::new();
    for (at, node) in graph.nodes.iter().enumerate() {
        let hint = context.schema(node.schema).names.first();
        if let Some(hint) = hint.filter(|hint| hint.distance == 0 && !hint.text.is_empty()) {
            let name = (hint.text.as_str(), context.only_sent(node.schema));
            holders.entry(name).or_default().push(at);
        }
    }
    let only = |name: (&str, bool)| match holders.get(&name).map(Vec::as_slice) {
        Some([one]) => Some(*one),
        _ => None,
    };
    let mut keys = Vec::new();
    for (name, only_sent) in holders.keys() {
        let Some(at) = only((name, *only_sent)) else {
            continue;
        };
        let both = *only_sent && holders.contains_key(&(*name, false));
        let sent = if both { " sent" } else { "" };
        keys.push((at, format!("schema {}{sent}", token(name))));
    }
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
