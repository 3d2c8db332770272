//! A model to the operations of it that the user wants; types that only others need are gone with them.

use crate::config::{self, Config, Filter};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Model, Operation, Skipped};
use crate::overrides::near;

/// The code in reports of operations that the filters of the configuration leave out.
pub const FILTERED: &str = "config/filtered";

/// Leaves out what `include` does not name, and what `exclude` does. An entry that meets no operation is an error.
///
/// What is left out is noted in the model. Its schemas stay until the model is normalized again.
pub fn apply(mut model: Model, config: &Config, diagnostics: &mut Diagnostics) -> Model {
    for (name, filter) in [("include", &config.include), ("exclude", &config.exclude)] {
        report_unused(name, filter, &model, config, diagnostics);
    }
    let stays = |operation: &Operation| {
        let included = config.include.is_empty() || meets(&config.include, operation);
        included && !meets(&config.exclude, operation)
    };
    let (kept, left_out) = model.operations.into_iter().partition(stays);
    model.operations = kept;
    let left_out: Vec<Operation> = left_out;
    for operation in left_out {
        model.skipped.push(Skipped {
            operation: operation.key.to_string(),
            code: FILTERED,
            origin: operation.origins.first().unwrap_or_default(),
        });
    }
    model
}

fn report_unused(
    name: &str,
    filter: &Filter,
    model: &Model,
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    type Meets = fn(&str, &Operation) -> bool;
    let lists: [(&str, &[String], Meets); 3] = [
        ("tags", &filter.tags, has_tag),
        ("paths", &filter.paths, has_path),
        ("operations", &filter.operations, is_called),
    ];
    for (list, entries, meets) in lists {
        for (at, entry) in entries.iter().enumerate() {
            if model
                .operations
                .iter()
                .any(|operation| meets(entry, operation))
            {
                continue;
            }
            let known: Vec<String> = match list {
                "tags" => {
                    let tags = model
                        .operations
                        .iter()
                        .flat_map(|operation| &operation.tags);
                    tags.cloned().collect()
                }
                "paths" => {
                    let paths = model.operations.iter().map(|operation| &operation.key.path);
                    paths.map(ToString::to_string).collect()
                }
                _ => model.operations.iter().filter_map(own_name).collect(),
            };
            diagnostics.push(
                Diagnostic::new(
                    Code::CONFIG_UNUSED,
                    format!("`{name}.{list}` names `{entry}`, which meets no operation"),
                )
                .at(config.place(&[name, list, &at.to_string()]))
                .help(near::help(list, entry, known)),
            );
        }
    }
}

fn meets(filter: &Filter, operation: &Operation) -> bool {
    filter.tags.iter().any(|tag| has_tag(tag, operation))
        || filter.paths.iter().any(|path| has_path(path, operation))
        || filter
            .operations
            .iter()
            .any(|name| is_called(name, operation))
}

fn has_tag(tag: &str, operation: &Operation) -> bool {
    operation.tags.iter().any(|own| own == tag)
}

fn has_path(pattern: &str, operation: &Operation) -> bool {
    paths_meet(pattern, &operation.key.path.erased())
}

/// Whether a path without the names of its parameters meets a pattern.
fn paths_meet(pattern: &str, path: &str) -> bool {
    let pattern = config::erased(pattern);
    let pattern: Vec<&str> = pattern.trim_start_matches('/').split('/').collect();
    let path: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    segments_meet(&pattern, &path)
}

fn is_called(name: &str, operation: &Operation) -> bool {
    config::erased(name) == operation.key.erased()
        || operation.names.iter().any(|hint| hint.text == name)
}

/// What its source calls it.
fn own_name(operation: &Operation) -> Option<String> {
    Some(operation.names.iter().min()?.text.clone())
}

/// Whether segments meet a pattern in which `**` is any number of them. A row of answers a segment, so that patterns
/// with many `**` take no more than the product of both lengths.
fn segments_meet(pattern: &[&str], path: &[&str]) -> bool {
    let meets = |step: &&str, segment: &&str| text_meets(step, segment);
    wild(pattern, path, |step| *step == "**", meets)
}

/// Whether a text meets a pattern in which `*` is any part of it.
fn text_meets(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    wild(&pattern, &text, |c| *c == '*', |a, b| a == b)
}

fn wild<T>(
    pattern: &[T],
    things: &[T],
    is_wild: impl Fn(&T) -> bool,
    meets: impl Fn(&T, &T) -> bool,
) -> bool {
    // Whether the pattern so far meets the first so many things.
    let mut row = vec![false; things.len() + 1];
    if let Some(first) = row.first_mut() {
        *first = true;
    }
    for step in pattern {
        let mut next = Vec::with_capacity(row.len());
        let mut before = false;
        for (at, so_far) in row.iter().enumerate() {
            let thing = at.checked_sub(1).and_then(|at| things.get(at));
            let now = match is_wild(step) {
                true => *so_far || next.last().copied().unwrap_or(false),
                false => before && thing.is_some_and(|thing| meets(step, thing)),
            };
            before = *so_far;
            next.push(now);
        }
        row = next;
    }
    row.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_paths() {
        let meets = |pattern: &str, path: &str| paths_meet(pattern, &config::erased(path));
        for (pattern, path, wanted) in [
            ("/users", "/users", true),
            ("/users", "/users/{id}", false),
            ("/users/*", "/users/{id}", true),
            ("/users/*", "/users/{id}/photo", false),
            ("/users/**", "/users/{id}/photo", true),
            ("/users/**", "/users", true),
            ("/users/{name}", "/users/{id}", true),
            ("/user*/{id}", "/users/{id}", true),
            ("**/photo", "/users/{id}/photo", true),
            ("/**/photo/**", "/users/{id}/photo", true),
            ("/v*/users", "/v2/users", true),
            ("/v*/users", "/w2/users", false),
        ] {
            assert_eq!(meets(pattern, path), wanted, "{pattern} {path}");
        }
        let long = "**/".repeat(200);
        assert!(!meets(&format!("{long}x"), &"a/".repeat(200)));
    }
}
