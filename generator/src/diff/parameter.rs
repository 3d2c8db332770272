//! What callers give to an operation in two versions: arguments, what may be set on the call, and other media types.

use super::Comparison;
use super::hint::Hint;
use super::kind::Kind;
use super::operation::{deprecation, subject};
use super::surface::{Argument, Operation, Variant};

/// A call as it is written: `client.users().show(user_id)`.
pub(super) fn call_of(operation: &Operation) -> String {
    format!("{}({})", subject(operation), names(&operation.arguments))
}

fn names(arguments: &[Argument]) -> String {
    let names: Vec<&str> = arguments.iter().map(|one| one.name.as_str()).collect();
    names.join(", ")
}

fn find<'a>(all: &'a [Argument], key: &str) -> Option<&'a Argument> {
    all.iter().find(|one| one.key == key)
}

/// What an argument is called in a sentence: by what it is on the wire.
fn word(argument: &Argument) -> String {
    match argument.key.as_str() {
        "body" => "the body".to_owned(),
        key if key.starts_with("path ") => format!("the path parameter `{}`", argument.name),
        key => match key.split_once(' ') {
            Some((place, name)) => format!("the {place} parameter `{name}`"),
            None => format!("`{key}`"),
        },
    }
}

fn sent(argument: &Argument) -> String {
    let key = match argument.key.as_str() {
        "body" => "body".to_owned(),
        key => match key.strip_prefix("path ") {
            Some(at) => format!("hole {at} of the path"),
            None => key.to_owned(),
        },
    };
    match argument.sent.as_str() {
        "" => format!("`{key}`"),
        sent => format!("`{key}` ({sent})"),
    }
}

pub(super) fn compare(to: &mut Comparison<'_>, old: &Operation, new: &Operation) {
    let hint = Hint::new(
        format!("call it as `{}`", call_of(new)),
        call_of(old),
        call_of(new),
    );
    arguments(to, old, new, &hint);
    setters(to, old, new, &hint);
    variants(to, old, new);
    for one in &old.setters {
        if let Some(now) = find(&new.setters, &one.key) {
            let path = format!("{}(…).{}", subject(new), now.name);
            to.note_docs(&path, &one.docs, &now.docs, (one.at, now.at));
        }
    }
}

fn arguments(to: &mut Comparison<'_>, old: &Operation, new: &Operation, hint: &Hint) {
    let name = subject(new);
    let (olds, news) = (&old.arguments, &new.arguments);
    let same_types = olds.len() == news.len()
        && olds
            .iter()
            .zip(news)
            .all(|(old, new)| to.same(&old.ty, &new.ty));
    if same_types {
        positions(to, &name, old, new);
        return;
    }
    for one in olds {
        match find(news, &one.key) {
            Some(now) => {
                let at = (one.at, now.at);
                if !to.same(&one.ty, &now.ty) {
                    let message = format!("{} is `{}` instead of `{}`", word(now), now.ty, one.ty);
                    to.note_hint(Kind::ARGUMENT_TYPE, &name, message, at, hint.clone());
                }
                sent_as(to, &name, one, now, Kind::ARGUMENT_SENT);
            }
            None => match find(&new.setters, &one.key) {
                Some(now) => {
                    let message = format!("{} may be left out, and is set on the call", word(now));
                    let hint = Hint::new(
                        format!("set it by `{}`", now.name),
                        call_of(old),
                        format!("{}.{}({})", call_of(new), now.name, one.name),
                    );
                    to.note_hint(
                        Kind::PARAMETER_OPTIONAL,
                        &name,
                        message,
                        (one.at, now.at),
                        hint,
                    );
                }
                None => {
                    let message = format!("{} is gone", word(one));
                    let at = (one.at, new.at);
                    to.note_hint(Kind::ARGUMENT_REMOVED, &name, message, at, hint.clone());
                }
            },
        }
    }
    for now in news.iter().filter(|now| find(olds, &now.key).is_none()) {
        let (kind, message, at) = match find(&old.setters, &now.key) {
            Some(one) => {
                let message = format!("{} has to be given, as an argument", word(now));
                (Kind::PARAMETER_REQUIRED, message, one.at)
            }
            None => {
                let message = format!("it takes {} too, as `{}`", word(now), now.ty);
                (Kind::ARGUMENT_ADDED, message, old.at)
            }
        };
        to.note_hint(kind, &name, message, (at, now.at), hint.clone());
    }
    let order = |from: &[Argument], other: &[Argument]| -> Vec<String> {
        let common = from.iter().filter(|one| find(other, &one.key).is_some());
        common.map(|one| one.key.clone()).collect()
    };
    if order(olds, news) != order(news, olds) {
        let message = "its arguments stand in another order";
        let at = (old.at, new.at);
        to.note_hint(Kind::ARGUMENTS_REORDERED, &name, message, at, hint.clone());
    }
}

/// Arguments whose types are as they were: a caller's code compiles, whatever they mean now.
fn positions(to: &mut Comparison<'_>, name: &str, old: &Operation, new: &Operation) {
    let mut swapped = false;
    for (one, now) in old.arguments.iter().zip(&new.arguments) {
        let moved = find(&new.arguments, &one.key).is_some() && one.key != now.key;
        swapped |= moved;
        if !moved {
            sent_as(to, name, one, now, Kind::ARGUMENT_SENT);
        }
    }
    if swapped {
        let message = format!(
            "its arguments are ({}) instead of ({}), of the same types",
            names(&new.arguments),
            names(&old.arguments)
        );
        to.note(Kind::ARGUMENTS_SWAPPED, name, message, (old.at, new.at));
    }
}

/// Notes that what was given is sent in another way.
fn sent_as(to: &mut Comparison<'_>, name: &str, one: &Argument, now: &Argument, kind: Kind) {
    if one.key == now.key && one.sent == now.sent {
        return;
    }
    let is_media = one.key == "body" && now.key == "body";
    let kind = if is_media { Kind::MEDIA_CHANGED } else { kind };
    let message = format!(
        "`{}` is sent as {} instead of {}",
        now.name,
        sent(now),
        sent(one)
    );
    to.note(kind, name, message, (one.at, now.at));
}

fn setters(to: &mut Comparison<'_>, old: &Operation, new: &Operation, hint: &Hint) {
    let mut taken: Vec<&str> = Vec::new();
    for one in &old.setters {
        let path = format!("{}(…).{}", subject(old), one.name);
        let by_key = find(&new.setters, &one.key);
        let free = |now: &&Argument| now.name == one.name && find(&old.setters, &now.key).is_none();
        let Some(now) = by_key.or_else(|| new.setters.iter().find(free)) else {
            if find(&new.arguments, &one.key).is_none() {
                let message = format!("{} is gone", word(one));
                let hint = Hint::gone(format!(".{}(…)", one.name));
                to.note_hint(
                    Kind::PARAMETER_REMOVED,
                    path,
                    message,
                    (one.at, new.at),
                    hint,
                );
            } else if new.arguments.len() == old.arguments.len() {
                // The types of the arguments are as before, so this was not seen there.
                let message = format!("{} has to be given, as an argument", word(one));
                let at = (one.at, new.at);
                to.note_hint(Kind::PARAMETER_REQUIRED, path, message, at, hint.clone());
            }
            continue;
        };
        taken.push(&now.key);
        let at = (one.at, now.at);
        if one.name != now.name {
            let message = format!("{} is set by `{}`", word(now), now.name);
            let hint = Hint::rename(format!(".{}(…)", one.name), format!(".{}(…)", now.name));
            to.note_hint(Kind::PARAMETER_RENAMED, &path, message, at, hint);
        }
        if !to.same(&one.ty, &now.ty) {
            let message = format!("{} takes `{}` instead of `{}`", word(now), now.ty, one.ty);
            let hint = Hint::new(
                format!("give `{}`", now.ty),
                format!(".{}({})", one.name, one.ty),
                format!(".{}({})", now.name, now.ty),
            );
            to.note_hint(Kind::PARAMETER_TYPE, &path, message, at, hint);
        }
        sent_as(to, &path, one, now, Kind::PARAMETER_SENT);
        let given_up = (one.deprecated, now.deprecated);
        deprecation(to, Kind::PARAMETER_DEPRECATED, &path, given_up, at);
    }
    for now in &new.setters {
        let known = taken.contains(&now.key.as_str());
        if !known && find(&old.arguments, &now.key).is_none() {
            let path = format!("{}(…).{}", subject(new), now.name);
            let message = format!("{} may be set", word(now));
            to.note(Kind::PARAMETER_ADDED, path, message, (old.at, now.at));
        }
    }
}

fn variants(to: &mut Comparison<'_>, old: &Operation, new: &Operation) {
    let media = |variant: &Variant| {
        let body = find(&variant.arguments, "body");
        body.map(|body| body.sent.clone()).unwrap_or_default()
    };
    let handle = |operation: &Operation, variant: &Variant| {
        format!("client.{}().{}", operation.group, variant.method)
    };
    let at = (old.at, new.at);
    for one in &old.variants {
        let path = handle(old, one);
        let call = format!("{path}({})", names(&one.arguments));
        let mut news = new.variants.iter();
        let Some(now) = news.find(|now| now.method == one.method) else {
            let message = format!(
                "no method sends the body as `{}` under this name",
                media(one)
            );
            let hint = Hint::new("send the body in another way", call, call_of(new));
            to.note_hint(Kind::MEDIA_REMOVED, path, message, at, hint);
            continue;
        };
        let types = one.arguments.len() == now.arguments.len()
            && one
                .arguments
                .iter()
                .zip(&now.arguments)
                .all(|(a, b)| to.same(&a.ty, &b.ty));
        if !types {
            let message = format!(
                "it takes ({}) instead of ({})",
                names(&now.arguments),
                names(&one.arguments)
            );
            let after = format!("{}({})", handle(new, now), names(&now.arguments));
            let hint = Hint::rename(call, after);
            to.note_hint(Kind::MEDIA_BODY, &path, message, at, hint);
        } else if media(one) != media(now) {
            let message = format!("it sends `{}` instead of `{}`", media(now), media(one));
            to.note(Kind::MEDIA_CHANGED, &path, message, at);
        }
        if one.facts != now.facts {
            let message = format!("the body is sent by: {}; before: {}", now.facts, one.facts);
            to.note(Kind::FORM_ENCODING, &path, message, at);
        }
    }
    for now in &new.variants {
        if old.variants.iter().all(|known| known.method != now.method) {
            let message = format!("it sends the body as `{}`", media(now));
            to.note(Kind::MEDIA_ADDED, handle(new, now), message, at);
        }
    }
}
