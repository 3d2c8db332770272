//! `{}` beside a full record whose name ends with the same word, to the schema of that record.
//!
//! Some generators print a schema once in a sample and `{}` wherever it comes again: `homeAddress: {}` behind a full
//! `workAddress`.

use super::cluster::is_unprinted;
use super::name;
use super::position::{Member, ObjectPosition, PositionId, Positions};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use std::collections::BTreeMap;

/// Joins such members with the record that they are assumed to repeat, and says so.
pub fn join_back_references(positions: &mut Positions, diagnostics: &mut Diagnostics) -> bool {
    let mut found = Vec::new();
    for (_, _, object) in positions.records() {
        references(positions, object, &mut found, diagnostics);
    }
    positions.join(found)
}

fn references(
    positions: &Positions,
    object: &ObjectPosition,
    found: &mut Vec<(PositionId, PositionId)>,
    diagnostics: &mut Diagnostics,
) {
    let mut full: BTreeMap<String, Vec<(&Member, &str)>> = BTreeMap::new();
    for (key, member) in &object.members {
        let value = positions.get(member.value);
        let Some(word) = name::qualified(key) else {
            continue;
        };
        if value.object.as_ref().is_some_and(ObjectPosition::is_record) {
            full.entry(word).or_default().push((member, key));
        }
    }
    for (key, member) in &object.members {
        let value = positions.get(member.value);
        let Some(word) = name::qualified(key) else {
            continue;
        };
        if !value.object.as_ref().is_some_and(is_unprinted) {
            continue;
        }
        // Only what is printed already is not printed again.
        let before: BTreeMap<PositionId, (u32, &str)> = full
            .get(&word)
            .into_iter()
            .flatten()
            .filter(|(record, _)| record.index < member.index)
            .map(|(record, key)| (positions.find(record.value), (record.index, *key)))
            .collect();
        let mut before = before.into_iter();
        if let (Some((record, (_, sibling))), None) = (before.next(), before.next()) {
            found.push((record, member.value));
            let there = positions.get(record);
            let message = format!(
                "`{}` is empty and assumed to be of the same schema as `{sibling}` beside it",
                value.path
            );
            let mut diagnostic = Diagnostic::new(Code::INFER_BACK_REFERENCE, message)
                .at(value.first().map(|seen| seen.origin))
                .help("give its type under `types` in letterpress.yaml if the assumption is wrong");
            if let Some(seen) = there.first() {
                diagnostic =
                    diagnostic.related(seen.origin, format!("`{sibling}` is printed in full here"));
            }
            diagnostics.push(diagnostic);
        }
    }
}
