//! Types that nothing tells apart to names with numbers, in the order of what the sources call them.

use super::super::graph::TypeId;
use super::{Level, Naming};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::names;
use std::collections::{BTreeMap, BTreeSet};

impl Naming<'_, '_> {
    /// Numbers types of one name: neither the order of the sources nor that of what is in them counts, and once names are
    /// kept, they stay.
    pub(super) fn number(&mut self, diagnostics: &mut Diagnostics) {
        let equal = self.equal();
        if equal.is_empty() {
            return;
        }
        self.shorten(&equal.concat());
        let all = (0..self.names.len()).map(|at| self.name(at).plain().to_owned());
        let mut taken: BTreeSet<String> = all.collect();
        for mut equal in self.equal() {
            // Who has a name already keeps it.
            equal.sort_by_cached_key(|at| (self.kept_name(*at).is_none(), self.called(*at)));
            let mut numbers = 2..;
            if let Some((first, others)) = equal.split_first() {
                for at in others {
                    self.number_one(*at, &mut numbers, &mut taken);
                    diagnostics.push(self.told(*first, *at));
                }
            }
        }
    }

    /// Gives a type the first number with which its name is free.
    fn number_one(
        &mut self,
        at: TypeId,
        numbers: &mut impl Iterator<Item = usize>,
        taken: &mut BTreeSet<String>,
    ) {
        let words = self.names.get(at).map(|name| name.words.clone());
        for number in numbers {
            if let Some(name) = self.names.get_mut(at) {
                name.words = words.clone().unwrap_or_default();
                name.words.push(number.to_string());
            }
            let name = self.name(at);
            let forbidden =
                names::is_taken_type(name.plain()) || self.reserved.contains(name.plain());
            if !forbidden && taken.insert(name.plain().to_owned()) {
                return;
            }
        }
    }

    fn told(&self, first: TypeId, at: TypeId) -> Diagnostic {
        let origin = |at: TypeId| {
            let node = self.graph.nodes.get(at)?;
            self.context.schema(node.schema).origins.first()
        };
        let (name, other) = (self.name(at), self.name(first));
        Diagnostic::new(
            Code::PLAN_NUMBERED_NAME,
            format!("nothing tells two types apart that would be called `{other}`"),
        )
        .at(origin(at))
        .related(origin(first), "the other type")
        .note(format!("this one is called `{name}`"))
        .help(format!(
            "choose a better name for `{name}` under `names.types` in letterpress.yaml"
        ))
    }

    /// The types of one name, by name.
    fn equal(&self) -> Vec<Vec<TypeId>> {
        let mut holders: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
        for at in 0..self.names.len() {
            let name = self.name(at).plain().to_owned();
            holders.entry(name).or_default().push(at);
        }
        let several = holders.into_values().filter(|equal| equal.len() > 1);
        several.collect()
    }

    /// Takes back what was said more to tell these apart, if all others are called as before and no one as these.
    fn shorten(&mut self, equal: &[TypeId]) {
        let before = self.names.clone();
        for at in equal {
            if let Some(name) = self.names.get_mut(*at) {
                name.level = Level::Bare;
            }
        }
        self.spell();
        let members: BTreeSet<TypeId> = equal.iter().copied().collect();
        let names: BTreeSet<String> = members
            .iter()
            .map(|at| self.name(*at).plain().to_owned())
            .collect();
        let same = (0..self.names.len()).all(|at| {
            members.contains(&at) || {
                let (old, new) = (before.get(at), self.names.get(at));
                old.map(|name| &name.words) == new.map(|name| &name.words)
                    && !names.contains(self.name(at).plain())
            }
        });
        if !same {
            self.names = before;
        }
    }

    /// What the sources call a type: its name as they spell it, then the way to it.
    fn called(&self, at: TypeId) -> (Vec<String>, Vec<String>) {
        let Some(node) = self.graph.nodes.get(at) else {
            return (Vec::new(), Vec::new());
        };
        let names = self.context.schema(node.schema).names.iter();
        let mut names: Vec<String> = names.map(|name| name.text.clone()).collect();
        let mut ways: Vec<String> = node.places.iter().map(|place| place.way.clone()).collect();
        names.sort();
        ways.sort();
        (names, ways)
    }
}
