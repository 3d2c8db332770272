//! Types that nothing tells apart to names with numbers, in the order of what the sources call them.

use super::super::graph::TypeId;
use super::{Level, Naming};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use std::collections::{BTreeMap, BTreeSet};

impl Naming<'_, '_> {
    /// Numbers types of one name: neither the order of the sources nor that of what is in them counts, and once names are
    /// kept, they stay.
    pub(super) fn number(&mut self, diagnostics: &mut Diagnostics) {
        for equal in self.equal() {
            self.shorten(&equal);
            let mut order = equal;
            // Who has a name already keeps it.
            order.sort_by_key(|at| (self.kept_name(*at).is_none(), self.called(*at)));
            let (first, others) = match order.split_first() {
                Some((first, others)) => (*first, others),
                None => continue,
            };
            for at in others {
                let number = |number: usize| number.to_string();
                let words = self.names.get(*at).map(|name| name.words.clone());
                for next in 2..=self.names.len() + 1 {
                    if let Some(name) = self.names.get_mut(*at) {
                        name.words = words.clone().unwrap_or_default();
                        name.words.push(number(next));
                    }
                    if self.is_free(*at) {
                        break;
                    }
                }
                let origin = |at: TypeId| {
                    let node = self.graph.nodes.get(at)?;
                    self.context.schema(node.schema).origins.first()
                };
                let (name, other) = (self.name(*at), self.name(first));
                diagnostics.push(
                    Diagnostic::new(
                        Code::PLAN_NUMBERED_NAME,
                        format!("nothing tells two types apart that would be called `{other}`"),
                    )
                    .at(origin(*at))
                    .related(origin(first), "the other type")
                    .note(format!("this one is called `{name}`"))
                    .help(format!(
                        "choose a better name for `{name}` under `names.types` in letterpress.yaml"
                    )),
                );
            }
        }
    }

    /// The types of one name, of which not all have it for good.
    fn equal(&self) -> Vec<Vec<TypeId>> {
        let mut holders: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
        for at in 0..self.names.len() {
            let name = self.name(at).plain().to_owned();
            holders.entry(name).or_default().push(at);
        }
        let several = holders.into_values().filter(|equal| equal.len() > 1);
        several.collect()
    }

    /// Takes back what was said more to tell types apart, if that did not help and is of no use to tell them from others.
    fn shorten(&mut self, equal: &[TypeId]) {
        let before = self.names.clone();
        for at in equal {
            if let Some(name) = self.names.get_mut(*at) {
                name.level = Level::Bare;
            }
        }
        self.spell();
        let names: BTreeSet<String> = equal
            .iter()
            .map(|at| self.name(*at).plain().to_owned())
            .collect();
        let same = (0..self.names.len()).all(|at| {
            equal.contains(&at) || {
                let (old, new) = (before.get(at), self.names.get(at));
                old.map(|name| &name.words) == new.map(|name| &name.words)
                    && !names.contains(self.name(at).plain())
            }
        });
        if names.len() > 1 || !same {
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

    fn is_free(&self, at: TypeId) -> bool {
        let name = self.name(at);
        let taken =
            crate::names::is_taken_type(name.plain()) || self.reserved.contains(name.plain());
        !taken && (0..self.names.len()).all(|other| other == at || self.name(other) != name)
    }
}
