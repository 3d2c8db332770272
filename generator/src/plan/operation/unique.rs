//! Operations of one name to operations that their names tell apart: by meaning, never by a number or the order.

use super::name::{Named, is_prefix, is_verb, literals, pascal, path_name, singular_last};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Location, Operation, PathTemplate, Piece};
use crate::names;
use std::collections::{BTreeMap, BTreeSet};

/// Names with more parents than this are no names any more.
const MOST_PARENTS: usize = 12;

/// With more parents than this, a name says less than with the group before it.
const NEAR_PARENTS: usize = 3;

/// A way of giving operations of one name more words.
#[derive(Clone, Copy)]
enum Stage {
    /// The group before the name.
    Group,
    /// The verb of the method and the noun of the path instead of a title, where the methods differ.
    Method,
    /// What tells operations of one path apart: `query_orders` of `POST /graphql#orders`.
    Variant,
    /// That many parents before the noun: `list_group_users`.
    Parents(usize),
    /// The verb of the method and the noun of the path instead of a title, where that tells them apart.
    Path,
    /// The version that the path names: `list_users_v2`.
    Version,
    /// The parameters of the path that not all of them have: `show_user_by_email`.
    Parameters,
    /// All of the path and the method.
    All,
}

/// Gives operations of one name the words that tell them apart. All that are equal get more words, so their order does
/// not matter.
pub(super) fn make_unique(named: &mut [Named<'_>], diagnostics: &mut Diagnostics) {
    let mut bases: Vec<Vec<String>> = named
        .iter()
        .map(|operation| operation.words.clone())
        .collect();
    let deepest = named
        .iter()
        .map(|operation| operation.operation.key.path.segments.len());
    let deepest = deepest.max().unwrap_or(0).min(MOST_PARENTS);
    let stages = [Stage::Method, Stage::Variant]
        .into_iter()
        .chain((1..=NEAR_PARENTS).map(Stage::Parents))
        .chain([Stage::Path, Stage::Group])
        .chain((NEAR_PARENTS + 1..deepest).map(Stage::Parents))
        .chain([Stage::Version, Stage::Parameters, Stage::All]);
    for stage in stages {
        let equal = equal(named);
        if equal.is_empty() {
            return;
        }
        for group in &equal {
            tell_apart(named, &mut bases, group, stage);
        }
    }
    for group in equal(named) {
        let of = |at: usize| group.get(at).and_then(|at| named.get(*at));
        if let (Some(first), Some(second)) = (of(0), of(1)) {
            let message = format!(
                "`{}` and `{}` would both be called `{}`",
                first.operation.key,
                second.operation.key,
                first.words.join("_")
            );
            diagnostics.push(
                Diagnostic::new(Code::PLAN_NAME_COLLISION, message)
                    .at(second.operation.origins.first())
                    .related(first.operation.origins.first(), "the other operation")
                    .help("leave one of them out with `skip` in letterpress.yaml"),
            );
        }
    }
}

/// The operations that share a name, as far as files and types on all systems are concerned.
fn equal(named: &[Named<'_>]) -> Vec<Vec<usize>> {
    let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, operation) in named.iter().enumerate() {
        let name = match operation.kept {
            Some(kept) => kept.id.plain().to_ascii_lowercase(),
            None => pascal(&operation.words).to_ascii_lowercase(),
        };
        holders.entry(name).or_default().push(at);
    }
    holders
        .into_values()
        .filter(|equal| equal.len() > 1)
        .collect()
}

fn tell_apart(named: &mut [Named<'_>], bases: &mut [Vec<String>], equal: &[usize], stage: Stage) {
    let operations: Vec<&Operation> = equal
        .iter()
        .filter_map(|at| named.get(*at))
        .map(|operation| operation.operation)
        .collect();
    let differ = |words: Vec<Vec<String>>| {
        let distinct: BTreeSet<String> = words.iter().map(|words| pascal(words)).collect();
        distinct.len() == equal.len()
    };
    let by_path = || operations.iter().map(|one| path_name(one)).collect();
    // A title that several operations have describes at most one of them.
    let renames = match stage {
        Stage::Method => {
            let methods = operations.iter().map(|one| one.key.method.as_str());
            methods.collect::<BTreeSet<_>>().len() > 1 && differ(by_path())
        }
        Stage::Path => differ(by_path()),
        _ => false,
    };
    let shared = operations
        .iter()
        .map(|one| parameters(one).collect::<BTreeSet<&str>>())
        .reduce(|all, more| all.intersection(&more).copied().collect())
        .unwrap_or_default();
    for at in equal {
        let (Some(operation), Some(base)) = (named.get_mut(*at), bases.get_mut(*at)) else {
            continue;
        };
        // What callers know by this name keeps it.
        if operation.kept.is_some() {
            continue;
        }
        if renames {
            *base = path_name(operation.operation);
        }
        operation.words = words(operation, base, stage, &shared);
    }
}

fn words(
    operation: &Named<'_>,
    base: &[String],
    stage: Stage,
    shared: &BTreeSet<&str>,
) -> Vec<String> {
    let path = &operation.operation.key.path;
    let base = base.to_vec();
    match stage {
        Stage::Method | Stage::Path => base,
        Stage::Variant => {
            let variant = names::words(&path.variant);
            match base.ends_with(&variant) {
                true => base,
                false => joined([base, variant]),
            }
        }
        Stage::Group if base.starts_with(&operation.group) => base,
        Stage::Group => joined([operation.group.clone(), base]),
        Stage::Parents(number) => with_parents(operation, base, number),
        Stage::Version => joined([base, versions(path)]),
        Stage::Parameters => joined([base, by_parameters(operation.operation, shared)]),
        Stage::All => {
            let whole = with_parents(operation, base, path.segments.len());
            let empty = |piece: &Piece| matches!(piece, Piece::Literal(text) if text.is_empty());
            let last = path.segments.last().filter(|_| path.segments.len() > 1);
            let slash = last.is_some_and(|segment| segment.iter().all(empty));
            let literals = literals(path);
            let root = literals.is_empty();
            let unsaid = |words: &Vec<String>| words.iter().any(|word| !whole.contains(word));
            let last = literals.last().filter(|words| unsaid(words)).cloned();
            joined([
                whole.clone(),
                last.unwrap_or_default(),
                root.then(|| "root".to_owned()).into_iter().collect(),
                versions(path),
                by_parameters(operation.operation, &BTreeSet::new()),
                vec!["with".to_owned()],
                names::words(operation.operation.key.method.as_str()),
                slash.then(|| "slash".to_owned()).into_iter().collect(),
                names::words(&path.variant),
                beside_parameters(path),
            ])
        }
    }
}

/// `list_group_users` beside `list_users`: the parents stand before the noun, or the last word where the name has
/// another noun than the path. They stand behind an action: `block_invoice`.
fn with_parents(operation: &Named<'_>, mut words: Vec<String>, number: usize) -> Vec<String> {
    let literals = literals(&operation.operation.key.path);
    let Some((last, above)) = literals.split_last() else {
        return words;
    };
    let singular = |words: &[String]| -> Vec<String> {
        words.iter().map(|word| names::singular(word)).collect()
    };
    let noun = singular(last);
    let at = (0..words.len()).rev().find(|at| {
        let part = words.get(*at..at + noun.len());
        part.is_some_and(|part| singular(part) == noun)
    });
    // A name that is one thing alone, and in the singular, is what is done there.
    let is_action = at == Some(0)
        && noun.len() == words.len()
        && (words.first().is_some_and(|word| is_verb(word)) || words.last() == noun.last());
    let at = match is_action {
        true => words.len(),
        false => at.unwrap_or(words.len().saturating_sub(1)),
    };
    let parents = above.iter().skip(above.len().saturating_sub(number));
    let parents: Vec<String> = parents
        .flat_map(|parent| {
            let mut parent = parent.clone();
            singular_last(&mut parent);
            parent
        })
        .collect();
    words.splice(at..at, parents);
    words
}

/// What a path names that tells nothing but a version: `v2`.
fn versions(path: &PathTemplate) -> Vec<String> {
    let versions = path
        .segments
        .iter()
        .filter_map(|segment| match segment.as_slice() {
            [Piece::Literal(literal)] if is_prefix(literal) => Some(names::words(literal)),
            _ => None,
        });
    versions.flatten().collect()
}

/// The words of text that stands in one segment with a parameter: `json` of `/orders/{id}.json`.
fn beside_parameters(path: &PathTemplate) -> Vec<String> {
    let mixed = path.segments.iter().filter(|segment| segment.len() > 1);
    let literals = mixed.flatten().filter_map(|piece| match piece {
        Piece::Literal(text) => Some(names::words(text)),
        Piece::Parameter(_) => None,
    });
    literals.flatten().collect()
}

/// `by_group_id`, without those that others have too; nothing if there are no parameters then.
fn by_parameters(operation: &Operation, shared: &BTreeSet<&str>) -> Vec<String> {
    let words: Vec<String> = parameters(operation)
        .filter(|name| !shared.contains(name))
        .flat_map(names::words)
        .collect();
    match words.is_empty() {
        true => words,
        false => joined([vec!["by".to_owned()], words]),
    }
}

fn parameters(operation: &Operation) -> impl Iterator<Item = &str> {
    let parameters = operation.parameters.iter();
    let parameters = parameters.filter(|parameter| parameter.location == Location::Path);
    parameters.map(|parameter| parameter.name.as_str())
}

fn joined<const N: usize>(parts: [Vec<String>; N]) -> Vec<String> {
    parts.into_iter().flatten().collect()
}
