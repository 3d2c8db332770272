//! Which operation and which type of one version is which one of the other: by what they are on the wire, then by name.

use super::surface::{Operation, Surface, Type};
use std::collections::{BTreeMap, BTreeSet};

/// What belongs together. What stands alone was added or removed.
#[derive(Debug, Default)]
pub(super) struct Pairs<'s> {
    pub operations: Vec<(Option<&'s Operation>, Option<&'s Operation>)>,
    pub types: Vec<(Option<&'s Type>, Option<&'s Type>)>,
    /// Names of types that changed, and what they are called now.
    renames: BTreeMap<&'s str, &'s str>,
}

impl<'s> Pairs<'s> {
    /// A type of the old version in the names of the new one: `Vec<User>`, `Vec<Person>`.
    pub fn renamed(&self, ty: &str) -> String {
        if self.renames.is_empty() {
            return ty.to_owned();
        }
        let pieces = words(ty).map(|piece| self.renames.get(piece).copied().unwrap_or(piece));
        pieces.collect()
    }
}

/// The words of a type, and what stands between them.
fn words(ty: &str) -> impl Iterator<Item = &str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = ty;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|c| is_word(c) != is_word(first));
        let (piece, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind;
        Some(piece)
    })
}

pub(super) fn pair<'s>(old: &'s Surface, new: &'s Surface) -> Pairs<'s> {
    let mut pairs = Pairs {
        operations: pair_operations(old, new),
        ..Pairs::default()
    };
    let mut types = TypePairs::new(old, new);
    types.by(|ty| vec![(ty.key.as_str(), ty.name.as_str())]);
    types.by(|ty| vec![ty.key.as_str()]);
    types.by(|ty| vec![ty.name.as_str()]);
    types.by_use(&pairs.operations);
    types.by_structure();
    types.by_use(&pairs.operations);
    pairs.renames = types
        .new_of
        .iter()
        .filter(|(old, new)| old != new)
        .map(|(old, new)| (*old, *new))
        .collect();
    // The types of outcomes are called after their calls.
    for (old, new) in &pairs.operations {
        let outcome = |one: &Option<&'s Operation>| one.and_then(|one| one.outcome.as_ref());
        if let (Some(old), Some(new)) = (outcome(old), outcome(new))
            && old.name != new.name
        {
            pairs.renames.insert(&old.name, &new.name);
        }
    }
    pairs.types = types.into_pairs();
    pairs
}

fn pair_operations<'s>(
    old: &'s Surface,
    new: &'s Surface,
) -> Vec<(Option<&'s Operation>, Option<&'s Operation>)> {
    type Key = fn(&Operation) -> String;
    let keys: [Key; 2] = [
        |operation| operation.key.clone(),
        |operation| format!("{}.{}", operation.group, operation.method),
    ];
    let mut partners: Vec<Option<usize>> = vec![None; old.operations.len()];
    let mut taken = BTreeSet::new();
    for key in keys {
        let mut free: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, operation) in new.operations.iter().enumerate().rev() {
            if !taken.contains(&at) {
                free.entry(key(operation)).or_default().push(at);
            }
        }
        for (partner, operation) in partners.iter_mut().zip(&old.operations) {
            if partner.is_none()
                && let Some(at) = free.get_mut(&key(operation)).and_then(Vec::pop)
            {
                *partner = Some(at);
                taken.insert(at);
            }
        }
    }
    let olds = old.operations.iter().zip(partners);
    let mut pairs: Vec<_> = olds
        .map(|(old, at)| (Some(old), at.and_then(|at| new.operations.get(at))))
        .collect();
    let alone = new.operations.iter().enumerate();
    let alone = alone.filter(|(at, _)| !taken.contains(at));
    pairs.extend(alone.map(|(_, new)| (None, Some(new))));
    pairs
}

/// Types that are paired one after the other.
struct TypePairs<'s> {
    old: BTreeMap<&'s str, &'s Type>,
    new: BTreeMap<&'s str, &'s Type>,
    new_of: BTreeMap<&'s str, &'s str>,
    old_of: BTreeMap<&'s str, &'s str>,
}

impl<'s> TypePairs<'s> {
    fn new(old: &'s Surface, new: &'s Surface) -> Self {
        let all = |surface: &'s Surface| {
            let types = surface.types.iter();
            types.map(|ty| (ty.name.as_str(), ty)).collect()
        };
        TypePairs {
            old: all(old),
            new: all(new),
            new_of: BTreeMap::new(),
            old_of: BTreeMap::new(),
        }
    }

    fn join(&mut self, old: &'s str, new: &'s str) -> bool {
        if self.new_of.contains_key(old) || self.old_of.contains_key(new) {
            return false;
        }
        self.new_of.insert(old, new);
        self.old_of.insert(new, old);
        true
    }

    /// Pairs types that alone have one key.
    fn by<K: Ord>(&mut self, keys: impl Fn(&'s Type) -> Vec<K>) {
        let index = |types: &BTreeMap<&'s str, &'s Type>, taken: &BTreeMap<&'s str, &'s str>| {
            let mut found: BTreeMap<K, BTreeSet<&'s str>> = BTreeMap::new();
            let free = types
                .values()
                .filter(|ty| !taken.contains_key(ty.name.as_str()));
            for ty in free {
                for key in keys(ty) {
                    found.entry(key).or_default().insert(&ty.name);
                }
            }
            found
        };
        let (olds, news) = (
            index(&self.old, &self.new_of),
            index(&self.new, &self.old_of),
        );
        for (key, olds) in olds {
            let news = news.get(&key).into_iter().flatten();
            let news: Vec<&&str> = news.collect();
            if let ([new], 1, Some(old)) = (news.as_slice(), olds.len(), olds.first()) {
                self.join(old, new);
            }
        }
    }

    /// Pairs types that stand at the same place: what one operation gives, what one member holds.
    fn by_use(&mut self, operations: &[(Option<&'s Operation>, Option<&'s Operation>)]) {
        for (old, new) in operations {
            let (Some(old), Some(new)) = (old, new) else {
                continue;
            };
            self.by_text(&old.output, &new.output);
            let arguments = |operation: &'s Operation| {
                let all = operation.arguments.iter().chain(&operation.setters);
                all.map(|one| (one.key.as_str(), one.ty.as_str()))
                    .collect::<BTreeMap<_, _>>()
            };
            let news = arguments(new);
            for (key, ty) in arguments(old) {
                if let Some(new) = news.get(key) {
                    self.by_text(ty, new);
                }
            }
            if let (Some(old), Some(new)) = (&old.outcome, &new.outcome) {
                for old in &old.cases {
                    let mut news = new.cases.iter();
                    if let Some(new) = news.find(|new| new.statuses == old.statuses) {
                        self.by_text(&old.ty, &new.ty);
                    }
                }
            }
            for (old, new) in [(&old.paging, &new.paging), (&old.stream, &new.stream)] {
                if let (Some(old), Some(new)) = (old, new) {
                    self.by_text(&old.item, &new.item);
                }
            }
        }
        // What was paired says what its members are, until nothing more is learnt.
        loop {
            let before = self.new_of.len();
            let known: Vec<(&'s str, &'s str)> =
                self.new_of.iter().map(|(old, new)| (*old, *new)).collect();
            for (old, new) in known {
                let (Some(old), Some(new)) = (self.old.get(old), self.new.get(new)) else {
                    continue;
                };
                let (old, new) = (*old, *new);
                let news: BTreeMap<&str, &'s str> = new
                    .members
                    .iter()
                    .map(|member| (member.wire.as_str(), member.ty.as_str()))
                    .collect();
                for member in &old.members {
                    if let Some(ty) = news.get(member.wire.as_str()) {
                        self.by_text(&member.ty, ty);
                    }
                }
                self.by_text(&old.rest, &new.rest);
            }
            if self.new_of.len() == before {
                return;
            }
        }
    }

    /// Pairs the names at the same places of two types that are alike otherwise.
    fn by_text(&mut self, old: &'s str, new: &'s str) {
        let split = |ty: &'s str, known: &BTreeMap<&'s str, &'s Type>| {
            let mut names = Vec::new();
            let mut rest = String::new();
            for piece in words(ty) {
                match known.contains_key(piece) {
                    true => {
                        names.push(piece);
                        rest.push('_');
                    }
                    false => rest.push_str(piece),
                }
            }
            (names, rest)
        };
        let (olds, around_old) = split(old, &self.old);
        let (news, around_new) = split(new, &self.new);
        if around_old == around_new && olds.len() == news.len() {
            for (old, new) in olds.into_iter().zip(news) {
                let shape = |types: &BTreeMap<&'s str, &'s Type>, name| {
                    types.get(name).map(|ty: &&Type| ty.shape)
                };
                if shape(&self.old, old) == shape(&self.new, new) {
                    self.join(old, new);
                }
            }
        }
    }

    /// Pairs types that alone have the same members, several of them.
    fn by_structure(&mut self) {
        self.by(|ty| {
            let mut wires: Vec<&str> = ty.members.iter().map(|one| one.wire.as_str()).collect();
            wires.sort_unstable();
            match wires.len() > 1 {
                true => vec![(ty.shape.words(), wires)],
                false => Vec::new(),
            }
        });
    }

    fn into_pairs(self) -> Vec<(Option<&'s Type>, Option<&'s Type>)> {
        let olds = self.old.iter().map(|(name, old)| {
            let new = self.new_of.get(name).and_then(|new| self.new.get(new));
            (Some(*old), new.copied())
        });
        let news = self.new.iter();
        let news = news.filter(|(name, _)| !self.old_of.contains_key(*name));
        olds.chain(news.map(|(_, new)| (None, Some(*new))))
            .collect()
    }
}
