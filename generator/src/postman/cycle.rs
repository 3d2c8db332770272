//! Variables that refer to each other in a circle, found and named: `a` → `b` → `a`.

use super::Lowering;
use super::variable::{Part, Scope, Variable, parts};
use crate::diagnostic::{Code, Diagnostic};
use std::collections::{BTreeMap, BTreeSet};

impl Lowering<'_> {
    /// Reports the circles that can be seen from here, each once in a run.
    pub(super) fn report_cycles(&mut self, scope: &Scope) {
        for cycle in cycles(&scope.all()) {
            if !self.cycles.insert(cycle.clone()) {
                continue;
            }
            let Some(first) = cycle.first() else { continue };
            let names: Vec<String> = cycle
                .iter()
                .chain([first])
                .map(|name| format!("`{name}`"))
                .collect();
            let place = |name: &String| scope.get(name).map(|variable| variable.origin);
            let mut diagnostic = Diagnostic::new(
                Code::POSTMAN_VARIABLE_CYCLE,
                format!("variables refer to each other: {}", names.join(" → ")),
            )
            .at(place(first))
            .note("none of them has a value; a server that they stand for is taken to be unknown")
            .help("give one of them a value of its own, or set `server` in letterpress.yaml");
            for name in cycle.iter().skip(1) {
                diagnostic = diagnostic.related(place(name), format!("`{name}`"));
            }
            self.diagnostics.push(diagnostic);
        }
    }
}

/// What the walk knows about a variable.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// On the way that is walked.
    Open,
    /// Done: no circle goes through it that was not found.
    Done,
}

/// The circles among variables, each beginning with the first of its names in the order of text.
fn cycles(variables: &BTreeMap<&str, &Variable>) -> BTreeSet<Vec<String>> {
    let references = |name: &str| -> Vec<&str> {
        let value = variables.get(name).and_then(|v| v.value.as_deref());
        let mut names: Vec<&str> = parts(value.unwrap_or_default())
            .into_iter()
            .filter_map(|part| match part {
                Part::Variable(name) => Some(name),
                Part::Text(_) => None,
            })
            .filter(|name| variables.contains_key(name))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let mut found = BTreeSet::new();
    let mut marks: BTreeMap<&str, Mark> = BTreeMap::new();
    for name in variables.keys() {
        if marks.contains_key(name) {
            continue;
        }
        // The way from the start, each step with what is still to be followed from it.
        let mut way: Vec<(&str, Vec<&str>)> = vec![(name, references(name))];
        marks.insert(name, Mark::Open);
        while let Some((here, open)) = way.last_mut() {
            let here = *here;
            let Some(next) = open.pop() else {
                marks.insert(here, Mark::Done);
                way.pop();
                continue;
            };
            match marks.get(next) {
                Some(Mark::Done) => {}
                Some(Mark::Open) => {
                    let start = way.iter().position(|(step, _)| *step == next);
                    let steps = way.iter().skip(start.unwrap_or_default());
                    let mut cycle: Vec<String> =
                        steps.map(|(step, _)| (*step).to_owned()).collect();
                    let least = (0..cycle.len()).min_by_key(|at| cycle.get(*at));
                    cycle.rotate_left(least.unwrap_or_default());
                    found.insert(cycle);
                }
                None => {
                    marks.insert(next, Mark::Open);
                    way.push((next, references(next)));
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::Origin;

    fn found(values: &[(&str, &str)]) -> Vec<String> {
        let variables: Vec<(&str, Variable)> = values
            .iter()
            .map(|(name, value)| {
                let variable = Variable {
                    value: Some((*value).to_owned()),
                    description: None,
                    origin: Origin::default(),
                };
                (*name, variable)
            })
            .collect();
        let variables = variables.iter().map(|(name, value)| (*name, value));
        cycles(&variables.collect())
            .into_iter()
            .map(|cycle| cycle.join(" "))
            .collect()
    }

    #[test]
    fn circles_begin_with_their_first_name() {
        assert_eq!(
            found(&[
                ("c", "{{a}}"),
                ("a", "x{{b}}"),
                ("b", "{{c}}{{d}}"),
                ("d", "{{e}}")
            ]),
            ["a b c"]
        );
        assert_eq!(found(&[("a", "{{a}}"), ("b", "{{a}}")]), ["a"]);
        assert!(found(&[("a", "{{b}}{{b}}"), ("b", "{{missing}}")]).is_empty());
        let chain: Vec<(String, String)> = (0..20_000)
            .map(|n| (format!("v{n}"), format!("{{{{v{}}}}}", n + 1)))
            .collect();
        let chain: Vec<(&str, &str)> = chain.iter().map(|(a, b)| (&**a, &**b)).collect();
        assert!(found(&chain).is_empty());
    }
}
