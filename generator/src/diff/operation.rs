//! The operations of two versions: what they are called, what they give, and how they are sent.

use super::Comparison;
use super::hint::Hint;
use super::kind::Kind;
use super::parameter;
use super::surface::{At, Operation, Outcome, Series};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn compare(to: &mut Comparison<'_>) {
    let pairs = to.pairs.operations.clone();
    let both: Vec<(&Operation, &Operation)> = pairs
        .iter()
        .filter_map(|(old, new)| Some(((*old)?, (*new)?)))
        .collect();
    let groups = groups(to, &both);
    for (old, new) in pairs {
        match (old, new) {
            (Some(old), Some(new)) => pair(to, old, new, &groups),
            (Some(old), None) => {
                let message = format!("`{} {}` is gone", old.verb, old.path);
                let hint = Hint::gone(parameter::call_of(old));
                to.note_hint(
                    Kind::OPERATION_REMOVED,
                    subject(old),
                    message,
                    (old.at, None),
                    hint,
                );
            }
            (None, Some(new)) => {
                let message = format!("`{}` calls `{} {}`", subject(new), new.verb, new.path);
                to.note(Kind::OPERATION_ADDED, subject(new), message, (None, new.at));
            }
            (None, None) => {}
        }
    }
}

/// An operation as callers write it: `client.users().list`.
pub(super) fn subject(operation: &Operation) -> String {
    format!("client.{}().{}", operation.group, operation.method)
}

/// Notes which groups have other names as wholes, and answers what they are called now.
fn groups<'s>(
    to: &mut Comparison<'s>,
    both: &[(&'s Operation, &'s Operation)],
) -> BTreeMap<&'s str, &'s str> {
    let mut now: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (old, new) in both {
        now.entry(&old.group).or_default().insert(&new.group);
    }
    let mut renamed = BTreeMap::new();
    let mut modules = BTreeSet::new();
    for (old, new) in both {
        let of = now.get(old.group.as_str());
        if of.is_none_or(|of| of.len() != 1) {
            continue;
        }
        let at = (old.at, new.at);
        if old.group != new.group
            && !now.contains_key(new.group.as_str())
            && renamed
                .insert(old.group.as_str(), new.group.as_str())
                .is_none()
        {
            let message = format!("`client.{}()` is `client.{}()`", old.group, new.group);
            let subject = format!("client.{}()", old.group);
            if to.new.aliases.contains_key(&old.module) {
                let message = format!("{message}; the old name is a deprecated alias");
                to.note(Kind::ALIASED, subject, message, at);
                // So are the module and the handle.
                modules.insert((&old.module, &old.handle));
            } else {
                let hint = Hint::rename(&subject, format!("client.{}()", new.group));
                to.note_hint(Kind::GROUP_RENAMED, &subject, message, at, hint);
            }
        }
        let (module, name) = ((&old.module, &old.handle), (&new.module, &new.handle));
        if module != name && modules.insert(module) {
            let path =
                |operation: &Operation| format!("{}::{}", operation.module, operation.handle);
            let message = format!("`{}` is `{}`", path(old), path(new));
            let hint = Hint::rename(path(old), path(new));
            to.note_hint(Kind::MODULE_RENAMED, path(old), message, at, hint);
        }
    }
    renamed
}

fn pair(to: &mut Comparison<'_>, old: &Operation, new: &Operation, groups: &BTreeMap<&str, &str>) {
    let at = (old.at, new.at);
    let name = subject(new);
    let group = groups
        .get(old.group.as_str())
        .copied()
        .unwrap_or(&old.group);
    // The old name may still be there, in the group of before or in the one that it is now.
    let alias = |of: &str| {
        let paths = [&old.module, &new.module].map(|module| format!("{module}::{of}"));
        let mut paths = paths.iter();
        paths.any(|path| to.new.aliases.contains_key(path))
    };
    let (method, call) = (alias(&old.method), alias(&old.call));
    if group != new.group || old.method != new.method {
        let message = format!("`{}` is `{name}`", subject(old));
        if method {
            let message = format!("{message}; the old name is a deprecated alias");
            to.note(Kind::ALIASED, &name, message, at);
        } else {
            let hint = Hint::rename(parameter::call_of(old), parameter::call_of(new));
            to.note_hint(Kind::OPERATION_RENAMED, &name, message, at, hint);
        }
    }
    if old.call != new.call && (method || old.method == new.method) && group == new.group {
        let path = |one: &Operation| format!("{}::{}", one.module, one.call);
        let message = format!(
            "the type of the call is `{}` instead of `{}`",
            new.call, old.call
        );
        if call {
            let message = format!("{message}; the old name is a deprecated alias");
            to.note(Kind::ALIASED, path(new), message, at);
        } else {
            let hint = Hint::rename(path(old), path(new));
            to.note_hint(Kind::CALL_RENAMED, &name, message, at, hint);
        }
    } else if old.id != new.id && old.method == new.method && group == new.group {
        let message = format!(
            "it is `{}` in traces and for a mock, not `{}`",
            new.id, old.id
        );
        to.note(Kind::OPERATION_ID, &name, message, at);
    }
    if old.key != new.key {
        let message = format!(
            "it sends `{} {}` instead of `{} {}`",
            new.verb, new.path, old.verb, old.path
        );
        to.note(Kind::OPERATION_MOVED, &name, message, at);
    }
    deprecation(
        to,
        Kind::OPERATION_DEPRECATED,
        &name,
        (old.deprecated, new.deprecated),
        at,
    );
    parameter::compare(to, old, new);
    gives(to, old, new);
    sent(to, old, new);
    to.note_docs(&name, &old.docs, &new.docs, at);
}

/// Notes that something is given up, or is not any more.
pub(super) fn deprecation(
    to: &mut Comparison<'_>,
    kind: Kind,
    subject: &str,
    (old, new): (bool, bool),
    at: (Option<At>, Option<At>),
) {
    match (old, new) {
        (false, true) => {
            let message = format!("the API gives `{subject}` up; the compiler warns of its use");
            to.note(kind, subject, message, at);
        }
        (true, false) => {
            let message = format!("the API no longer gives `{subject}` up");
            to.note(Kind::UNDEPRECATED, subject, message, at);
        }
        _ => {}
    }
}

/// What awaiting the call gives, at once, by pages and item by item.
fn gives(to: &mut Comparison<'_>, old: &Operation, new: &Operation) {
    let at = (old.response_at, new.response_at);
    let name = subject(new);
    match (&old.outcome, &new.outcome) {
        (Some(old), Some(new)) => outcome(to, &name, old, new, at),
        _ if to.same(&old.output, &new.output) => {}
        _ => {
            let message = format!("it gives `{}` instead of `{}`", new.output, old.output);
            let hint = Hint::new(
                "take the value as its new type",
                format!(
                    "let value: {} = {}.await?;",
                    old.output,
                    parameter::call_of(old)
                ),
                format!(
                    "let value: {} = {}.await?;",
                    new.output,
                    parameter::call_of(new)
                ),
            );
            to.note_hint(Kind::RESPONSE_TYPE, &name, message, at, hint);
        }
    }
    let said = |member: &str| match member {
        "" => "the body itself".to_owned(),
        member => format!("the member `{member}`"),
    };
    if old.response_in != new.response_in {
        let message = format!(
            "the value is read from {} instead of {}",
            said(&new.response_in),
            said(&old.response_in)
        );
        to.note(Kind::RESPONSE_ENVELOPE, &name, message, at);
    }
    if old.response_or != new.response_or {
        let message = match new.response_or.as_str() {
            "" => "nothing else is read as its value".to_owned(),
            words => format!("also read as its value: {words}"),
        };
        to.note(Kind::RESPONSE_LENIENCY, &name, message, at);
    }
    let kinds = [
        Kind::PAGING_ADDED,
        Kind::PAGING_REMOVED,
        Kind::PAGING_ITEM,
        Kind::PAGING_CHANGED,
    ];
    let words = ("`.items()` walks over all pages", ".items()");
    series(to, new, kinds, words, (&old.paging, &new.paging), at);
    let kinds = [
        Kind::STREAM_ADDED,
        Kind::STREAM_REMOVED,
        Kind::STREAM_ITEM,
        Kind::STREAM_CHANGED,
    ];
    let words = ("`.stream()` reads the response item by item", ".stream()");
    series(to, new, kinds, words, (&old.stream, &new.stream), at);
}

fn series(
    to: &mut Comparison<'_>,
    operation: &Operation,
    [added, removed, item, changed]: [Kind; 4],
    (words, call): (&str, &str),
    pair: (&Option<Series>, &Option<Series>),
    at: (Option<At>, Option<At>),
) {
    let name = subject(operation);
    match pair {
        (None, None) => {}
        (None, Some(_)) => to.note(added, &name, words, at),
        (Some(_), None) => {
            let of = parameter::call_of(operation);
            let hint = Hint::new(
                "await the call itself",
                format!("{of}{call}"),
                format!("{of}.await?"),
            );
            to.note_hint(removed, &name, format!("no longer so: {words}"), at, hint);
        }
        (Some(old), Some(new)) => {
            if !to.same(&old.item, &new.item) {
                let message = format!("an item is `{}` instead of `{}`", new.item, old.item);
                to.note_hint(item, &name, message, at, Hint::rename(&old.item, &new.item));
            }
            if old.facts != new.facts {
                let message = format!("items come by: {}; before: {}", new.facts, old.facts);
                to.note(changed, &name, message, at);
            }
        }
    }
}

fn outcome(
    to: &mut Comparison<'_>,
    name: &str,
    old: &Outcome,
    new: &Outcome,
    at: (Option<At>, Option<At>),
) {
    if old.name != new.name {
        let message = format!("`{}` is called `{}`", old.name, new.name);
        let hint = Hint::rename(&old.name, &new.name);
        to.note_hint(Kind::OUTCOME_RENAMED, name, message, at, hint);
    }
    for case in &old.cases {
        let path = |case: &str, name: &str| format!("{name}::{case}");
        let mut now = new.cases.iter();
        let Some(now) = now.find(|now| now.name == case.name) else {
            let message = format!("`{}` for status {} is gone", case.name, case.statuses);
            let hint = Hint::new(
                "such an answer is `Other` now",
                path(&case.name, &old.name),
                format!("{}::Other(response)", new.name),
            );
            to.note_hint(Kind::OUTCOME_REMOVED, name, message, at, hint);
            continue;
        };
        if !to.same(&case.ty, &now.ty) {
            let holds = |ty: &str| match ty {
                "" => "nothing".to_owned(),
                ty => format!("`{ty}`"),
            };
            let message = format!(
                "`{}` holds {} instead of {}",
                now.name,
                holds(&now.ty),
                holds(&case.ty)
            );
            let written = |name: &str, case: &str, ty: &str| match ty {
                "" => format!("{name}::{case}"),
                _ => format!("{name}::{case}(value)"),
            };
            let hint = Hint::new(
                format!("take {} from it", holds(&now.ty)),
                written(&old.name, &case.name, &case.ty),
                written(&new.name, &now.name, &now.ty),
            );
            to.note_hint(Kind::OUTCOME_TYPE, name, message, at, hint);
        }
        if case.statuses != now.statuses || case.within != now.within {
            let message = format!(
                "`{}` stands for status {} instead of {}",
                now.name, now.statuses, case.statuses
            );
            to.note(Kind::OUTCOME_STATUS, name, message, at);
        }
    }
    for case in &new.cases {
        if old.cases.iter().all(|known| known.name != case.name) {
            let message = format!(
                "status {} is `{}::{}`; it was `Other`",
                case.statuses, new.name, case.name
            );
            to.note(Kind::OUTCOME_ADDED, name, message, at);
        }
    }
}

/// What is sent, beside what the caller gives, and under which rules.
fn sent(to: &mut Comparison<'_>, old: &Operation, new: &Operation) {
    let at = (old.at, new.at);
    let name = subject(new);
    let said = |text: &str| match text {
        "" => "nothing".to_owned(),
        text => format!("`{text}`"),
    };
    for (kind, what, before, after) in [
        (
            Kind::REQUEST_ENVELOPE,
            "the body is sent within",
            &old.request_in,
            &new.request_in,
        ),
        (
            Kind::REQUEST_FIXED,
            "every call sends of its own",
            &old.request_fixed,
            &new.request_fixed,
        ),
        (
            Kind::FORM_ENCODING,
            "members of the form are sent as",
            &old.parts,
            &new.parts,
        ),
        (
            Kind::ACCEPT_CHANGED,
            "it accepts, beside JSON,",
            &old.accept,
            &new.accept,
        ),
        (
            Kind::RETRY_CHANGED,
            "sent again by the rule",
            &old.repeat,
            &new.repeat,
        ),
        (
            Kind::REDIRECTS_CHANGED,
            "redirects are followed by the rule",
            &old.redirects,
            &new.redirects,
        ),
    ] {
        if before != after {
            let message = format!("{what} {} instead of {}", said(after), said(before));
            to.note(kind, &name, message, at);
        }
    }
    if old.security != new.security {
        let words = |all: &Option<Vec<String>>| match all.as_deref() {
            None => "whatever the client is given".to_owned(),
            Some([]) => "no credential".to_owned(),
            Some(all) => all.join(", or "),
        };
        let message = format!(
            "it is sent with {} instead of {}",
            words(&new.security),
            words(&old.security)
        );
        to.note(Kind::SECURITY_CHANGED, &name, message, at);
    }
    if old.server != new.server {
        let own = |server: &str| match server {
            "" => "the client's address".to_owned(),
            server => format!("`{server}`"),
        };
        let message = format!(
            "it is sent to {} instead of {}",
            own(&new.server),
            own(&old.server)
        );
        to.note(Kind::OPERATION_SERVER, &name, message, at);
    }
}
