//! Operations to their groups, their full names and the names of their methods.

use super::super::context::{Context, erase, known_names};
use super::{kept, unique};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Operation, PathTemplate, Piece};
use crate::names::lock::OperationNames;
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
    /// The method if letterpress.yaml chose none.
    pub own_method: RustIdent,
    /// The names that it had in a former run.
    pub kept: Option<&'a OperationNames>,
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
            own_method: names::ident(&[], Case::Snake),
            kept: kept::operation(context, operation),
            group: group(operation),
        })
        .collect();
    keep_names(context, &mut named);
    unique::make_unique(&mut named, diagnostics);
    for operation in named.iter_mut().filter(|one| one.kept.is_none()) {
        operation.id = pascal(&operation.words);
    }
    name_methods(&mut named);
    for operation in &mut named {
        operation.own_method = operation.method.clone();
    }
    choose_methods(context, &mut named, diagnostics);
    named
}

/// Gives operations the names and groups that they had.
fn keep_names(context: &Context<'_>, named: &mut [Named<'_>]) {
    let now = named
        .iter()
        .filter_map(|one| Some((one.kept?, one.group.as_slice())));
    let groups = kept::Groups::new(context, now);
    for operation in named {
        let Some(kept) = operation.kept else {
            if let Some(group) = groups.of_new(&operation.group) {
                operation.group.clone_from(group);
            }
            continue;
        };
        operation.id = kept.id.plain().to_owned();
        operation.method = kept.method.clone();
        operation.group = groups.former(kept);
        if pascal(&operation.words) != operation.id {
            operation.words = names::words(&operation.id);
        }
    }
}

pub(super) fn pascal(words: &[String]) -> String {
    names::ident(words, Case::Pascal).plain().to_owned()
}

/// The group of an operation: its outermost tag, else the first part of the path that is a word of the API.
fn group(operation: &Operation) -> Vec<String> {
    let tag = operation
        .tags
        .first()
        .map(|tag| names::words(without_ordinal(tag)))
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
pub(super) fn is_prefix(literal: &str) -> bool {
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
pub(super) fn is_verb(word: &str) -> bool {
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

pub(super) fn singular_last(words: &mut [String]) {
    if let Some(last) = words.last_mut() {
        *last = names::singular(last);
    }
}

/// The name that a source gives, unless it is a sentence or says no more than the path; else the verb of the method and
/// the noun of the path.
fn full_name(operation: &Operation) -> Vec<String> {
    let mut titles: Vec<(u8, Vec<String>)> = operation
        .names
        .iter()
        .filter_map(|hint| {
            let words = name_below_tag(&hint.text, operation).or_else(|| title_name(&hint.text))?;
            Some((hint.distance, words))
        })
        .collect();
    let noun: BTreeSet<String> = literals(&operation.key.path)
        .into_iter()
        .flatten()
        .map(|word| names::singular(&word))
        .collect();
    // Of several requests for one operation, the one that says what the path says, and least beside it, is no variant.
    titles.sort_by_cached_key(|(distance, words)| {
        let about = words
            .iter()
            .filter(|word| noun.contains(&names::singular(word)))
            .count();
        (*distance, about == 0, words.len(), words.clone())
    });
    match titles.into_iter().next() {
        Some((_, words)) if !is_path_again(&words, operation) => words,
        _ => path_name(operation),
    }
}

/// Whether a title only repeats the group (`Users` in the folder of that name) or the last segment with the method
/// (`users-GET`), and so leaves open what the operation does.
fn is_path_again(words: &[String], operation: &Operation) -> bool {
    let singular = |words: &[String]| -> Vec<String> {
        words.iter().map(|word| names::singular(word)).collect()
    };
    let mut mechanical = literals(&operation.key.path).pop().unwrap_or_default();
    mechanical.extend(names::words(operation.key.method.as_str()));
    // One word may be a verb too: `Ping` in the folder of that name says it all.
    let noun = ends_in_parameter(&operation.key.path) || words.last() != singular(words).last();
    let about = noun_segment(&operation.key.path).unwrap_or_default();
    let same =
        singular(words) == singular(&group(operation)) && singular(words) == singular(&about);
    words == mechanical || (noun && same)
}

/// `repos/list-for-user` of the tag `repos`: some authors put their `operationId`s below their tags.
fn name_below_tag(text: &str, operation: &Operation) -> Option<Vec<String>> {
    let (tag, name) = text.split_once('/')?;
    let tag = names::words(tag);
    if tag.is_empty() || tag != group(operation) {
        return None;
    }
    let name = title_name(name)?;
    Some(tag.into_iter().chain(name).collect())
}

/// A title or an `operationId` as a name. Articles say nothing; a sentence is no name.
fn title_name(text: &str) -> Option<Vec<String>> {
    let text = without_ordinal(text);
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

/// A title without what only tells its place among others: `01 Log in`, `2. Log in`, `Step 3 - Log in`.
fn without_ordinal(text: &str) -> &str {
    const COUNTED: &[&str] = &["chapter", "part", "phase", "stage", "step", "task"];
    let text = text.trim();
    let letters = text
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(text.len());
    let (word, behind) = text.split_at(letters);
    let counted = COUNTED.iter().any(|known| word.eq_ignore_ascii_case(known));
    if !word.is_empty() && !counted {
        return text;
    }
    let behind = behind.trim_start();
    let digits = behind
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(behind.len());
    let (number, rest) = behind.split_at(digits);
    let name = rest.trim_start_matches(|c: char| c.is_whitespace() || ".):-–—".contains(c));
    // `2FA codes` and `3 D models` are names; so is `Step 3` alone.
    let marked = rest
        .trim_start()
        .starts_with(['.', ')', ':', '-', '–', '—']);
    let padded = number.starts_with('0') && rest.starts_with(char::is_whitespace);
    let is_ordinal = !number.is_empty() && (marked || padded) && name.len() < rest.len();
    match is_ordinal && name.starts_with(char::is_alphabetic) {
        true => name,
        false => text,
    }
}

/// `create_users` of `POST /accounts/{id}/users`, `show_user` of `GET /users/{id}`, `cancel_order` of
/// `POST /orders/{id}/cancel`.
pub(super) fn path_name(operation: &Operation) -> Vec<String> {
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

/// Names of methods: the full name without the group's noun where that leaves a name, and one that no other operation
/// of the group has.
fn name_methods(named: &mut [Named<'_>]) {
    let short: Vec<Option<Vec<String>>> = named
        .iter()
        .map(|operation| without_noun(&operation.words, &operation.group))
        .collect();
    let mut uses: BTreeMap<(Vec<String>, String), usize> = BTreeMap::new();
    for (operation, short) in named.iter().zip(&short) {
        if operation.kept.is_some() {
            let name = (operation.group.clone(), operation.method.plain().to_owned());
            *uses.entry(name).or_default() += 1;
            continue;
        }
        let full = operation.words.join("_");
        let short = short.as_ref().map(|words| words.join("_"));
        let both: BTreeSet<String> = short.into_iter().chain([full]).collect();
        for name in both {
            *uses.entry((operation.group.clone(), name)).or_default() += 1;
        }
    }
    let kept: BTreeSet<(Vec<String>, String)> = named
        .iter()
        .filter(|one| one.kept.is_some())
        .map(|one| (one.group.clone(), one.method.plain().to_owned()))
        .collect();
    for (operation, short) in named.iter_mut().zip(short) {
        if operation.kept.is_some() {
            continue;
        }
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
        let mut method = match is_taken_method(method.plain()) {
            true => method.marked(),
            false => method,
        };
        while kept.contains(&(operation.group.clone(), method.plain().to_owned())) {
            method = method.marked();
        }
        operation.method = method;
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
