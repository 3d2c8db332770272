//! What real collections show about the thresholds: `cargo test -p letterpress --lib corpus -- --ignored --nocapture`.

use super::super::{name, placeholder, tagged, threshold};
use crate::origin::FileId;
use crate::tree::json::{Dialect, parse};
use crate::tree::{Kind, Node, Tree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Every document in a folder and below; nothing where the material is absent.
fn documents() -> Vec<Tree> {
    let named = std::env::var_os("LETTERPRESS_CORPUS").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let mut open = vec![named.unwrap_or(beside).join("postman")];
    let mut paths = Vec::new();
    while let Some(path) = open.pop() {
        match std::fs::read_dir(&path) {
            Ok(entries) => open.extend(entries.flatten().map(|entry| entry.path())),
            Err(_) => paths.push(path),
        }
    }
    paths.sort();
    let texts = paths
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok());
    texts
        .filter_map(|text| parse(FileId(0), &Arc::from(text), Dialect::Strict).ok())
        .collect()
}

/// The sample bodies of a document: texts under `raw` and `body` that are JSON objects or arrays.
fn bodies(document: &Tree) -> Vec<Tree> {
    let mut found = Vec::new();
    let mut open = vec![document.root()];
    while let Some(node) = open.pop() {
        for (key, value) in node.entries() {
            let text = value.as_str().unwrap_or_default();
            if matches!(key.text, "raw" | "body") && text.starts_with(['{', '[']) {
                found.extend(parse(FileId(0), &Arc::from(text), Dialect::Lenient));
            }
            open.push(value);
        }
        open.extend(node.items());
    }
    found
}

/// Calls a function with every object, the name that it stands under, and the way to it.
fn objects<'t>(root: Node<'t>, visit: &mut dyn FnMut(&str, &str, Node<'t>)) {
    let mut open = vec![(root, String::new(), String::new())];
    while let Some((node, key, path)) = open.pop() {
        if node.kind() == Kind::Object {
            visit(&key, &path, node);
        }
        for (name, value) in node.entries() {
            open.push((value, name.text.to_owned(), format!("{path}.{}", name.text)));
        }
        for item in node.items() {
            open.push((item, key.clone(), format!("{path}[]")));
        }
    }
}

fn scalars(root: Node<'_>) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        match node.kind() {
            Kind::Object => open.extend(node.entries().map(|(_, value)| value)),
            Kind::Array => open.extend(node.items()),
            Kind::Null => {}
            _ => found.push(node),
        }
    }
    found
}

fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>) -> (usize, usize) {
    let shared = a.intersection(b).count();
    let contained = shared * 100 / a.len().min(b.len()).max(1);
    let all = shared * 100 / a.union(b).count().max(1);
    (contained, all)
}

/// Counts in steps of ten per cent.
#[derive(Default)]
struct Histogram([usize; 11]);

impl Histogram {
    fn add(&mut self, percent: usize) {
        if let Some(count) = self.0.get_mut(percent.min(100) / 10) {
            *count += 1;
        }
    }

    fn print(&self, what: &str) {
        println!("{what}: {:?} (0-9 %, 10-19 %, …, 100 %)", self.0);
    }
}

/// Whether texts tell objects apart that share few names; nothing if they are no names of kinds, or too many.
fn told_apart(groups: &BTreeMap<String, (BTreeSet<String>, usize)>) -> Option<bool> {
    let enough = |(_, count): &(BTreeSet<String>, usize)| *count >= threshold::VARIANT_OBSERVATIONS;
    let fits = (2..=threshold::TAG_TEXTS_UNNAMED).contains(&groups.len())
        && groups.keys().all(|text| tagged::is_tag(text))
        && groups.values().all(enough);
    let sets: Vec<_> = groups.values().map(|(keys, _)| keys).collect();
    let apart = sets.iter().enumerate().all(|(index, a)| {
        let mut others = sets.iter().skip(index + 1);
        others.all(|b| overlap(a, b).1 < threshold::VARIANTS_SHARED)
    });
    fits.then_some(apart)
}

#[test]
#[ignore = "prints what the material shows; nothing is decided by it"]
fn measure_thresholds() {
    let documents = documents();
    let (mut placeholders, mut fillers) = (Histogram::default(), Histogram::default());
    let (mut same_name, mut variants) = (Histogram::default(), Histogram::default());
    let mut equal: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut disjoint: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let mut large: BTreeSet<String> = BTreeSet::new();
    let (mut unnamed, mut candidates) = (BTreeSet::new(), 0);
    let mut all = 0;
    for document in &documents {
        let mut named: BTreeMap<String, BTreeSet<BTreeSet<String>>> = BTreeMap::new();
        let mut shapes: BTreeMap<BTreeSet<String>, BTreeSet<String>> = BTreeMap::new();
        let mut places: BTreeMap<String, BTreeMap<BTreeSet<String>, usize>> = BTreeMap::new();
        type Groups = BTreeMap<String, (BTreeSet<String>, usize)>;
        let mut kinds: BTreeMap<String, Groups> = BTreeMap::new();
        for body in bodies(document) {
            all += 1;
            let scalars = scalars(body.root());
            let texts: Vec<&str> = scalars.iter().filter_map(|node| node.as_str()).collect();
            let printed = texts
                .iter()
                .filter(|t| placeholder::holes(t).is_some())
                .count();
            if printed > 0 {
                placeholders.add(printed * 100 / scalars.len());
            }
            let filled = texts.iter().filter(|t| placeholder::is_filler(t)).count();
            if filled >= threshold::FILLER_TEXTS {
                fillers.add(filled * 100 / texts.len());
            }
            objects(body.root(), &mut |key, path, node| {
                let keys: BTreeSet<String> =
                    node.entries().map(|(key, _)| key.text.to_owned()).collect();
                if keys.is_empty() {
                    return;
                }
                if !key.is_empty() && !name::is_generic(key) {
                    let name = name::comparable(key);
                    named.entry(name.clone()).or_default().insert(keys.clone());
                    shapes.entry(keys.clone()).or_default().insert(name);
                }
                *places
                    .entry(path.to_owned())
                    .or_default()
                    .entry(keys.clone())
                    .or_default() += 1;
                for (key, value) in node.entries() {
                    if let Some(text) = value.as_str() {
                        let groups = kinds.entry(format!("{path}#{}", key.text)).or_default();
                        let group = groups.entry(text.to_owned()).or_default();
                        group.0.extend(keys.clone());
                        group.1 += 1;
                    }
                }
            });
        }
        for sets in named.values() {
            let sets: Vec<_> = sets.iter().filter(|set| set.len() > 1).take(20).collect();
            for (index, a) in sets.iter().enumerate() {
                sets.iter()
                    .skip(index + 1)
                    .for_each(|b| same_name.add(overlap(a, b).0));
            }
        }
        for (keys, names) in shapes {
            let entry = equal.entry(keys.len().min(12)).or_default();
            entry.0 += 1;
            entry.1 += usize::from(names.len() > 1);
        }
        for (path, sets) in places {
            let names: usize = sets.keys().map(BTreeSet::len).sum();
            let distinct: BTreeSet<_> = sets.keys().flatten().collect();
            if sets.len() > 1 && names == distinct.len() && !path.is_empty() {
                disjoint
                    .entry(sets.len().min(4))
                    .or_default()
                    .insert(path.clone());
            }
            let seen: usize = sets.values().sum();
            let rare = distinct.iter().all(|key| {
                sets.iter()
                    .filter(|(keys, _)| keys.contains(*key))
                    .map(|(_, n)| n)
                    .sum::<usize>()
                    * 2
                    <= seen
            });
            if distinct.len() >= threshold::MAP_KEYS / 2
                && seen >= threshold::MAP_OBSERVATIONS
                && rare
            {
                large.insert(format!("{path} {} names", distinct.len()));
            }
        }
        for (path, groups) in &kinds {
            let member = path.rsplit('#').next().unwrap_or_default();
            if name::tag_rank(member).is_none() {
                if let Some(apart) = told_apart(groups) {
                    candidates += 1;
                    unnamed.extend(apart.then(|| path.clone()));
                }
                continue;
            }
            let groups: Vec<_> = groups
                .values()
                .filter(|(_, count)| *count > 1)
                .take(20)
                .collect();
            for (index, (a, _)) in groups.iter().enumerate() {
                groups
                    .iter()
                    .skip(index + 1)
                    .for_each(|(b, _)| variants.add(overlap(a, b).1));
            }
        }
    }
    println!("{} documents, {all} bodies", documents.len());
    placeholders.print("share of placeholders, bodies that have one");
    fillers.print("share of filler among texts, bodies that have two");
    same_name.print("contained names, pairs of records of one name");
    variants.print("shared names, pairs of groups that a tag tells apart");
    println!("records by names: shapes, and those that stand under several names: {equal:?}");
    for (count, paths) in &disjoint {
        println!(
            "{count} disjoint sets of names: {} {:?}",
            paths.len(),
            paths.iter().take(40).collect::<Vec<_>>()
        );
    }
    println!("many rare names: {large:?}");
    println!(
        "members of other names whose texts could be kinds: {candidates}, and those that tell objects apart: {} {:?}",
        unnamed.len(),
        unnamed.iter().take(40).collect::<Vec<_>>()
    );
}
