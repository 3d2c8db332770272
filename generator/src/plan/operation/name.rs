//! Operations to their groups, their full names and the names of their methods.

use super::super::context::{Context, erase, known_names};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Location, NameHint, Operation, PathTemplate, Piece};
use crate::names::{self, Case, RustIdent};
use std::collections::{BTreeMap, BTreeSet};

/// An operation with its names.
pub(in crate::plan) struct Named<'a> {
    pub operation: &'a Operation,
    /// The words of the full name: `create`, `many`, `users`.
    pub words: Vec<String>,
    /// The full name, which no other operation has: `CreateManyUsers`.
    pub id: String,
    /// The method of the group's handle: `create_many`.
    pub method: RustIdent,
    /// The words of the group's name: `users`.
    pub group: Vec<String>,
}

impl Named<'_> {
    /// What the path is about, in the singular: `user` of `/groups/{id}/users/create_many`.
    pub fn noun(&self) -> Vec<String> {
        let mut words =
            noun_segment(&self.operation.key.path).unwrap_or_else(|| self.group.clone());
        singular_last(&mut words);
        words
    }

    /// Whether the path names one thing: `/users/{id}`.
    pub fn ends_in_parameter(&self) -> bool {
        ends_in_parameter(&self.operation.key.path)
    }
}

fn ends_in_parameter(path: &PathTemplate) -> bool {
    path.segments.last().is_some_and(|segment| {
        segment
            .iter()
            .any(|piece| matches!(piece, Piece::Parameter(_)))
    })
}

/// Longer texts are sentences, not names.
const LONGEST_NAME: usize = 5;

/// Names all operations.
pub(in crate::plan) fn name_operations<'a>(
    context: &Context<'a>,
    diagnostics: &mut Diagnostics,
) -> Vec<Named<'a>> {
    let mut named: Vec<Named<'a>> = context
        .operations
        .iter()
        .map(|&operation| Named {
            operation,
            words: full_name(operation),
            id: String::new(),
            method: names::ident(&[], Case::Snake),
            group: group(operation),
        })
        .collect();
    make_unique(&mut named, diagnostics);
    for operation in &mut named {
        operation.id = pascal(&operation.words);
    }
    name_methods(&mut named);
    choose_methods(context, &mut named, diagnostics);
    named
}

fn pascal(words: &[String]) -> String {
    names::ident(words, Case::Pascal).plain().to_owned()
}

/// The group of an operation: its outermost tag, else the first part of the path that is a word of the API.
fn group(operation: &Operation) -> Vec<String> {
    let tag = operation
        .tags
        .first()
        .map(|tag| names::words(tag))
        .filter(|words| !words.is_empty());
    let words = tag.or_else(|| literals(&operation.key.path).into_iter().next());
    words.unwrap_or_else(|| vec!["root".to_owned()])
}

/// The words of the literal segments of a path that are neither `api` nor a version.
pub(in crate::plan) fn literals(path: &PathTemplate) -> Vec<Vec<String>> {
    path.segments
        .iter()
        .filter_map(|segment| match segment.as_slice() {
            [Piece::Literal(literal)] if !is_prefix(literal) => {
                Some(names::words(trim_format(literal)))
            }
            _ => None,
        })
        .filter(|words| !words.is_empty())
        .collect()
}

/// `users.json` is about users.
fn trim_format(literal: &str) -> &str {
    literal
        .strip_suffix(".json")
        .or_else(|| literal.strip_suffix(".xml"))
        .unwrap_or(literal)
}

/// Whether a segment tells nothing: `api`, `rest`, `v2`, `v2.1`, `2024-01-01`.
fn is_prefix(literal: &str) -> bool {
    let lower = literal.to_ascii_lowercase();
    let digits = lower.strip_prefix('v').unwrap_or(&lower);
    let version = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '_'));
    matches!(lower.as_str(), "api" | "rest") || version
}

/// The last literal segment that is a noun: `users` of `/users/create_many`.
fn noun_segment(path: &PathTemplate) -> Option<Vec<String>> {
    let literals = literals(path);
    let noun = literals
        .iter()
        .rev()
        .find(|words| !words.first().is_some_and(|word| is_verb(word)));
    noun.or(literals.last()).cloned()
}

/// Whether a literal segment is an action rather than a thing.
fn is_verb(word: &str) -> bool {
    const VERBS: &[&str] = &[
        "activate",
        "add",
        "approve",
        "archive",
        "assign",
        "attach",
        "authorize",
        "autocomplete",
        "bulk",
        "cancel",
        "capture",
        "check",
        "clone",
        "close",
        "complete",
        "confirm",
        "copy",
        "create",
        "deactivate",
        "delete",
        "destroy",
        "detach",
        "disable",
        "download",
        "enable",
        "execute",
        "export",
        "fetch",
        "find",
        "generate",
        "get",
        "import",
        "invite",
        "list",
        "lock",
        "login",
        "logout",
        "make",
        "mark",
        "merge",
        "move",
        "open",
        "pause",
        "preview",
        "process",
        "publish",
        "purge",
        "refresh",
        "register",
        "reject",
        "remove",
        "rename",
        "replace",
        "request",
        "resend",
        "reset",
        "restore",
        "resume",
        "retry",
        "revoke",
        "rotate",
        "run",
        "save",
        "search",
        "send",
        "set",
        "show",
        "sign",
        "start",
        "stop",
        "submit",
        "suspend",
        "sync",
        "test",
        "transfer",
        "trigger",
        "unarchive",
        "unlock",
        "unpublish",
        "update",
        "upload",
        "upsert",
        "validate",
        "verify",
        "void",
    ];
    VERBS.contains(&word)
}

fn singular_last(words: &mut [String]) {
    if let Some(last) = words.last_mut() {
        *last = names::singular(last);
    }
}

/// The name that a source gives, unless it is a sentence; else the verb of the method and the noun of the path.
fn full_name(operation: &Operation) -> Vec<String> {
    let mut hints: Vec<&NameHint> = operation.names.iter().collect();
    hints.sort_by(|a, b| {
        (a.distance, std::cmp::Reverse(a.text.len()), &a.text).cmp(&(
            b.distance,
            std::cmp::Reverse(b.text.len()),
            &b.text,
        ))
    });
    hints
        .iter()
        .find_map(|hint| title_name(&hint.text))
        .unwrap_or_else(|| path_name(operation))
}

/// A title or an `operationId` as a name. Articles say nothing; a sentence is no name.
fn title_name(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) || text.contains("://") || text.contains(['/', '{']) {
        return None;
    }
    // `operationId`s may be long: they are one word to their authors.
    if text.split_whitespace().count() > LONGEST_NAME {
        return None;
    }
    let words: Vec<String> = names::words(text)
        .into_iter()
        .filter(|word| !matches!(word.as_str(), "a" | "an" | "the"))
        .collect();
    (!words.is_empty()).then_some(words)
}

/// `create_users` of `POST /accounts/{id}/users`, `show_user` of `GET /users/{id}`, `cancel_order` of
/// `POST /orders/{id}/cancel`.
fn path_name(operation: &Operation) -> Vec<String> {
    let path = &operation.key.path;
    let literals = literals(path);
    let ends_in_parameter = ends_in_parameter(path);
    let last = literals.last().cloned().unwrap_or_default();
    if !ends_in_parameter && last.first().is_some_and(|word| is_verb(word)) {
        let mut words = last;
        let mut noun = noun_segment(path).unwrap_or_default();
        if noun != words {
            if !words.iter().any(|word| word == "many" || word == "bulk") {
                singular_last(&mut noun);
            }
            words.extend(noun);
        }
        return words;
    }
    let mut noun = if last.is_empty() {
        group(operation)
    } else {
        last
    };
    let plural = noun
        .last()
        .is_some_and(|word| names::singular(word) != *word);
    let verb = match operation.key.method.as_str() {
        "GET" if !ends_in_parameter && plural => "list",
        "GET" => "show",
        "POST" => "create",
        "PUT" | "PATCH" => "update",
        "HEAD" => "check",
        other => &other.to_ascii_lowercase(),
    };
    if ends_in_parameter {
        singular_last(&mut noun);
    }
    let mut words = names::words(verb);
    words.extend(noun);
    words
}

/// Gives those that have one name the words that tell them apart: the group, then the path, then its parameters and the
/// method. The order of the operations does not matter: all that are equal get more words.
fn make_unique(named: &mut [Named<'_>], diagnostics: &mut Diagnostics) {
    let bases: Vec<Vec<String>> = named
        .iter()
        .map(|operation| operation.words.clone())
        .collect();
    for stage in 1..=5u8 {
        let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, operation) in named.iter().enumerate() {
            holders
                .entry(pascal(&operation.words).to_ascii_lowercase())
                .or_default()
                .push(at);
        }
        for equal in holders.values().filter(|equal| equal.len() > 1) {
            for at in equal {
                if let (Some(operation), Some(base)) = (named.get_mut(*at), bases.get(*at)) {
                    operation.words = told_apart(operation, base, stage);
                }
            }
            if let (5, [first, second, ..]) = (stage, equal.as_slice())
                && let (Some(first), Some(second)) = (named.get(*first), named.get(*second))
            {
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
}

fn told_apart(operation: &Named<'_>, base: &[String], stage: u8) -> Vec<String> {
    let path = &operation.operation.key.path;
    let joined = |before: Vec<String>, after: Vec<String>| -> Vec<String> {
        let mut words = before;
        words.extend(base.iter().cloned());
        words.extend(after);
        words
    };
    match stage {
        1 => joined(operation.group.clone(), Vec::new()),
        2 => {
            // `list_group_users` beside `list_users`: the parent stands before the noun.
            let literals = literals(path);
            let mut parent = literals.iter().rev().nth(1).cloned().unwrap_or_default();
            singular_last(&mut parent);
            let mut words = base.to_vec();
            let noun = literals
                .last()
                .map_or(1, Vec::len)
                .min(words.len().saturating_sub(1));
            let at = words.len() - noun;
            words.splice(at..at, parent);
            words
        }
        3 => {
            let mut parents: Vec<String> = literals(path).into_iter().flatten().collect();
            parents.retain(|word| !base.contains(word));
            joined(parents, Vec::new())
        }
        4 => {
            let parameters: Vec<String> = operation
                .operation
                .parameters
                .iter()
                .filter(|parameter| parameter.location == Location::Path)
                .flat_map(|parameter| names::words(&parameter.name))
                .collect();
            let mut parents: Vec<String> = literals(path).into_iter().flatten().collect();
            parents.retain(|word| !base.contains(word));
            let by = if parameters.is_empty() {
                Vec::new()
            } else {
                vec!["by".to_owned()]
            };
            joined(parents, by.into_iter().chain(parameters).collect())
        }
        _ => {
            let mut words = told_apart(operation, base, 4);
            words.push("with".to_owned());
            words.extend(names::words(operation.operation.key.method.as_str()));
            words
        }
    }
}

/// Names of methods: the full name without the group's noun where that leaves a name, and one that no other operation
/// of the group has.
fn name_methods(named: &mut [Named<'_>]) {
    let short: Vec<Option<Vec<String>>> = named
        .iter()
        .map(|operation| without_noun(&operation.words, &operation.group))
        .collect();
    let mut uses: BTreeMap<(Vec<String>, String), usize> = BTreeMap::new();
    for (operation, short) in named.iter().zip(&short) {
        let full = operation.words.join("_");
        let short = short.as_ref().map(|words| words.join("_"));
        let both: BTreeSet<String> = short.into_iter().chain([full]).collect();
        for name in both {
            *uses.entry((operation.group.clone(), name)).or_default() += 1;
        }
    }
    for (operation, short) in named.iter_mut().zip(short) {
        let unique =
            |words: &Vec<String>| uses.get(&(operation.group.clone(), words.join("_"))) == Some(&1);
        let full = names::ident(&operation.words, Case::Snake);
        let short = short
            .filter(unique)
            .map(|words| names::ident(&words, Case::Snake));
        // A name that needs `r#` reads worse than the full one.
        let method = short
            .filter(|name| name.plain() == name.as_str())
            .unwrap_or(full);
        operation.method = if is_taken_method(method.plain()) {
            method.marked()
        } else {
            method
        };
    }
}

/// What every handle has already.
fn is_taken_method(name: &str) -> bool {
    matches!(
        name,
        "clone"
            | "clone_from"
            | "fmt"
            | "borrow"
            | "borrow_mut"
            | "into"
            | "from"
            | "to_owned"
            | "type_id"
            | "try_into"
            | "try_from"
            | "clone_into"
    )
}

/// The words without those of the group, which may stand in the singular or the plural, at the beginning or further on.
fn without_noun(words: &[String], group: &[String]) -> Option<Vec<String>> {
    let one: Vec<String> = group.iter().map(|word| names::singular(word)).collect();
    let length = one.len();
    let at = (0..words.len().saturating_sub(length - length.min(1)))
        .rev()
        .find(|at| {
            words.get(*at..at + length).is_some_and(|part| {
                part.iter()
                    .zip(&one)
                    .all(|(word, one)| names::singular(word) == *one)
            })
        })?;
    let rest: Vec<String> = words
        .iter()
        .take(at)
        .chain(words.iter().skip(at + length))
        .cloned()
        .collect();
    (!rest.is_empty()).then_some(rest)
}

/// Methods that the user names in letterpress.yaml.
fn choose_methods(context: &Context<'_>, named: &mut [Named<'_>], diagnostics: &mut Diagnostics) {
    for (key, chosen) in &context.config.names.operations {
        let erased = erase(key);
        let place = context.config.place(&["names", "operations", key]);
        let operation = named
            .iter_mut()
            .find(|operation| operation.operation.key.erased() == erased);
        let Some(operation) = operation else {
            let known: Vec<String> = named
                .iter()
                .map(|operation| operation.operation.key.to_string())
                .collect();
            let message =
                format!("`names.operations` names an operation that there is not: `{key}`");
            diagnostics.push(
                Diagnostic::new(Code::PLAN_UNUSED_NAME, message)
                    .at(place)
                    .help(known_names("operations", &known)),
            );
            continue;
        };
        match RustIdent::parse(chosen)
            .filter(|name| names::ident(&names::words(chosen), Case::Snake).plain() == name.plain())
        {
            Some(name) => operation.method = name,
            None => {
                let message = format!("`{chosen}` cannot be the name of a method");
                let help = "use small letters, digits and `_`, as in `create_many`";
                diagnostics.push(
                    Diagnostic::new(Code::PLAN_INVALID_NAME, message)
                        .at(place)
                        .help(help),
                );
            }
        }
    }
    let mut holders: BTreeMap<(&[String], &str), &Named<'_>> = BTreeMap::new();
    for operation in named.iter() {
        let key = (operation.group.as_slice(), operation.method.plain());
        if let Some(other) = holders.insert(key, operation) {
            let message = format!(
                "`{}` and `{}` would both be the method `{}`",
                other.operation.key, operation.operation.key, operation.method
            );
            diagnostics.push(
                Diagnostic::new(Code::PLAN_NAME_COLLISION, message)
                    .at(operation.operation.origins.first())
                    .related(other.operation.origins.first(), "the other operation")
                    .help("choose a name for one of them under `names.operations` in letterpress.yaml"),
            );
        }
    }
}
