//! The types of two versions: fields, values, variants, and how callers make values of them.

use super::Comparison;
use super::hint::Hint;
use super::kind::Kind;
use super::operation::deprecation;
use super::surface::{Member, Shape, Type};

pub(super) fn compare(to: &mut Comparison<'_>) {
    for (old, new) in to.pairs.types.clone() {
        match (old, new) {
            (Some(old), Some(new)) => pair(to, old, new),
            (Some(old), None) => {
                let message = format!("the type `{}` is gone", old.name);
                let hint = Hint::gone(format!("types::{}", old.name));
                to.note_hint(Kind::TYPE_REMOVED, &old.name, message, (old.at, None), hint);
            }
            (None, Some(new)) => {
                let message = format!("`{}` is {}", new.name, new.shape.words());
                to.note(Kind::TYPE_ADDED, &new.name, message, (None, new.at));
            }
            (None, None) => {}
        }
    }
}

fn pair(to: &mut Comparison<'_>, old: &Type, new: &Type) {
    let at = (old.at, new.at);
    if old.name != new.name {
        let message = format!("`{}` is called `{}`", old.name, new.name);
        let (before, after) = (
            format!("types::{}", old.name),
            format!("types::{}", new.name),
        );
        to.note_renamed(
            Kind::TYPE_RENAMED,
            &new.name,
            message,
            at,
            (&before, &after),
        );
    }
    let is_tagged = |ty: &Type| ty.shape == Shape::TaggedUnion;
    if old.shape.words() != new.shape.words() {
        let (before, after) = (old.shape.words(), new.shape.words());
        let message = format!("`{}` is {after} instead of {before}", new.name);
        let hint = Hint::new(
            format!("take it for {after}"),
            format!("types::{} // {before}", old.name),
            format!("types::{} // {after}", new.name),
        );
        to.note_hint(Kind::TYPE_KIND, &new.name, message, at, hint);
        return;
    }
    if is_tagged(old) != is_tagged(new) {
        let message = format!(
            "the variants of `{}` are told apart in another way",
            new.name
        );
        to.note(Kind::VARIANT_RULE, &new.name, message, at);
    }
    to.note_docs(&new.name, &old.docs, &new.docs, at);
    match new.shape {
        Shape::Struct => structs(to, old, new),
        Shape::Union | Shape::TaggedUnion => unions(to, old, new),
        _ => enums(to, old, new),
    }
}

/// Members of one type in two versions, paired by what they are on the wire, then by name.
fn members<'a>(
    old: &'a Type,
    new: &'a Type,
) -> (Vec<(&'a Member, Option<&'a Member>)>, Vec<&'a Member>) {
    let by_wire = |one: &Member| new.members.iter().find(|now| now.wire == one.wire);
    let mut pairs: Vec<_> = old.members.iter().map(|one| (one, by_wire(one))).collect();
    let mut taken: Vec<&str> = pairs
        .iter()
        .filter_map(|(_, now)| Some(now.as_ref()?.name.as_str()))
        .collect();
    for (one, now) in &mut pairs {
        if now.is_none() && !taken.contains(&one.name.as_str()) {
            *now = new.members.iter().find(|now| now.name == one.name);
            taken.extend(now.map(|now| now.name.as_str()));
        }
    }
    let alone = new.members.iter();
    let alone = alone.filter(|now| !taken.contains(&now.name.as_str()));
    (pairs, alone.collect())
}

fn structs(to: &mut Comparison<'_>, old: &Type, new: &Type) {
    let at = (old.at, new.at);
    let name = &new.name;
    match (old.sent, new.sent) {
        (false, true) => {
            let message = format!("`{name}` is sent too, and can be written as a literal");
            to.note(Kind::TYPE_SENT, name, message, at);
        }
        (true, false) => {
            let message =
                format!("`{name}` is only received, and cannot be written as a literal any more");
            let hint = Hint::new(
                "begin with the default, and set fields",
                format!("{name} {{ … }}"),
                format!("let mut value = {name}::default();"),
            );
            to.note_hint(Kind::TYPE_RECEIVED, name, message, at, hint);
        }
        _ => {}
    }
    let (pairs, added) = members(old, new);
    for (one, now) in pairs {
        let path = format!("{name}.{}", one.name);
        match now {
            Some(now) => field(to, new, one, now),
            None => {
                let message = match new.constants.contains_key(&one.wire) {
                    true => format!("`{path}` always has one value, and is no field"),
                    false => format!("the field `{path}` is gone"),
                };
                let hint = Hint::new(
                    format!(
                        "what still comes under this name is in `extra.get({:?})`",
                        one.wire
                    ),
                    format!("value.{}", one.name),
                    format!("value.extra.get({:?})", one.wire),
                );
                to.note_hint(Kind::FIELD_REMOVED, path, message, (one.at, new.at), hint);
            }
        }
    }
    for now in added {
        let path = format!("{name}.{}", now.name);
        let at = (old.at, now.at);
        if old.sent && now.argument {
            let message = format!(
                "`{name}` has a field `{}: {}` that always stands there",
                now.name, now.ty
            );
            let hint = Hint::new(
                format!("give `new` the value of `{}`", now.name),
                format!("{name}::new({})", names(&constructor(old))),
                format!("{name}::new({})", names(&constructor(new))),
            );
            to.note_hint(Kind::FIELD_ADDED_REQUIRED, path, message, at, hint);
        } else {
            let message = format!("`{name}` has a field `{}: {}`", now.name, now.ty);
            to.note(Kind::FIELD_ADDED, path, message, at);
        }
    }
    order(to, old, new);
    constants(to, old, new);
    let path = format!("{name}.additional");
    match (old.rest.as_str(), new.rest.as_str()) {
        ("", "") => {}
        ("", ty) => {
            let message = format!("members without a name are in the field `additional: {ty}`");
            to.note(Kind::REST_ADDED, path, message, at);
        }
        (_, "") => {
            let message = "members without a name have no type any more; they are in `extra`";
            let hint = Hint::rename("value.additional", "value.extra");
            to.note_hint(Kind::REST_REMOVED, path, message, at, hint);
        }
        (ty, now) if !to.same(ty, now) => {
            let message = format!("members without a name are `{now}` instead of `{ty}`");
            to.note_hint(Kind::REST_TYPE, path, message, at, Hint::rename(ty, now));
        }
        _ => {}
    }
}

/// What `new` takes, in the order of the names.
fn constructor(ty: &Type) -> Vec<&Member> {
    let mut arguments: Vec<&Member> = ty.members.iter().filter(|one| one.argument).collect();
    arguments.sort_by(|a, b| a.name.cmp(&b.name));
    arguments
}

fn names(arguments: &[&Member]) -> String {
    let names: Vec<&str> = arguments.iter().map(|one| one.name.as_str()).collect();
    names.join(", ")
}

/// The order of the arguments of `new`, where they are the same ones: it follows their names.
fn order(to: &mut Comparison<'_>, old: &Type, new: &Type) {
    let (olds, news) = (constructor(old), constructor(new));
    let (pairs, _) = members(old, new);
    let partner = |one: &Member| {
        let mut pairs = pairs.iter();
        pairs
            .find(|(known, _)| known.name == one.name)
            .and_then(|(_, now)| Some(now.as_ref()?.name.as_str()))
    };
    let before: Vec<&str> = olds.iter().filter_map(|one| partner(one)).collect();
    let after: Vec<&str> = news.iter().map(|one| one.name.as_str()).collect();
    let mut sorted = before.clone();
    sorted.sort_unstable();
    if before == after || sorted != after {
        return;
    }
    let at = (old.at, new.at);
    let call = |name: &str, all: &[&Member]| format!("{name}::new({})", names(all));
    let (path, message) = (
        format!("{}::new", new.name),
        format!("it is `{}` now", call(&new.name, &news)),
    );
    let types = olds
        .iter()
        .zip(&news)
        .all(|(one, now)| to.same(&one.ty, &now.ty));
    match types {
        true => to.note(Kind::CONSTRUCTOR_SWAPPED, path, message, at),
        false => {
            let hint = Hint::rename(call(&old.name, &olds), call(&new.name, &news));
            to.note_hint(Kind::CONSTRUCTOR_REORDERED, path, message, at, hint);
        }
    }
}

fn field(to: &mut Comparison<'_>, ty: &Type, one: &Member, now: &Member) {
    let at = (one.at, now.at);
    let path = format!("{}.{}", ty.name, one.name);
    if one.name != now.name {
        let message = format!("`{path}` is called `{}`", now.name);
        let hint = Hint::rename(format!("value.{}", one.name), format!("value.{}", now.name));
        to.note_hint(Kind::FIELD_RENAMED, &path, message, at, hint);
    }
    if one.wire != now.wire {
        let message = format!(
            "`{path}` is the member `{}` instead of `{}`",
            now.wire, one.wire
        );
        to.note(Kind::FIELD_RESPELLED, &path, message, at);
    }
    if !to.same(&one.ty, &now.ty) {
        field_type(to, &path, one, now);
    } else if one.required != now.required {
        let message = match now.required {
            true => format!("`{path}` always stands there; without a value it is `null`"),
            false => format!("`{path}` may be left out, and is without a value"),
        };
        to.note(Kind::FIELD_PRESENCE, &path, message, at);
    }
    if one.facts != now.facts {
        let message = match now.facts.as_str() {
            "" => format!("nothing else is read as the value of `{path}`"),
            words => format!("also read as the value of `{path}`: {words}"),
        };
        to.note(Kind::FIELD_LENIENCY, &path, message, at);
    }
    let given_up = (one.deprecated, now.deprecated);
    deprecation(to, Kind::FIELD_DEPRECATED, &path, given_up, at);
    to.note_docs(&path, &one.docs, &now.docs, at);
}

/// A type without absence and null, and the word for these.
fn bare(ty: &str) -> (&str, &str) {
    for word in ["Option", "Field"] {
        let inner = ty
            .strip_prefix(word)
            .and_then(|rest| rest.strip_prefix('<'));
        if let Some(inner) = inner.and_then(|rest| rest.strip_suffix('>')) {
            return (inner, word);
        }
    }
    (ty, "")
}

fn field_type(to: &mut Comparison<'_>, path: &str, one: &Member, now: &Member) {
    let at = (one.at, now.at);
    let ((old, was), (new, is)) = (bare(&one.ty), bare(&now.ty));
    let (kind, message) = match (was, is, to.same(old, new)) {
        ("", _, true) => {
            let how = if now.required { "null" } else { "absent" };
            (
                Kind::FIELD_OPTIONAL,
                format!("`{path}` may be {how}: it is `{}`", now.ty),
            )
        }
        (_, "", true) => (
            Kind::FIELD_ALWAYS,
            format!("`{path}` always has a value: it is `{}`", now.ty),
        ),
        (_, _, true) => (
            Kind::FIELD_NULL,
            format!("`{path}` is `{}` instead of `{}`", now.ty, one.ty),
        ),
        _ => (
            Kind::FIELD_TYPE,
            format!("`{path}` is `{}` instead of `{}`", now.ty, one.ty),
        ),
    };
    let before = format!("let value: {} = value.{};", one.ty, one.name);
    let (text, after) = match kind {
        Kind::FIELD_OPTIONAL if is == "Option" => (
            "say what holds without a value",
            format!("let value: {new} = value.{}.unwrap_or_default();", now.name),
        ),
        Kind::FIELD_ALWAYS => (
            "take the value as it is",
            format!("let value: {} = value.{};", now.ty, now.name),
        ),
        _ => (
            "take the value as its new type",
            format!("let value: {} = value.{};", now.ty, now.name),
        ),
    };
    to.note_hint(kind, path, message, at, Hint::new(text, before, after));
}

fn constants(to: &mut Comparison<'_>, old: &Type, new: &Type) {
    let at = (old.at, new.at);
    let mut wires: Vec<&String> = old.constants.keys().chain(new.constants.keys()).collect();
    wires.sort();
    wires.dedup();
    for wire in wires {
        let message = match (old.constants.get(wire), new.constants.get(wire)) {
            (old, new) if old == new => continue,
            (_, Some(value)) => format!("the member `{wire}` is always `{value}`"),
            (_, None) => format!("the member `{wire}` is not always the same any more"),
        };
        let path = format!("{}.{wire}", new.name);
        to.note(Kind::CONSTANT_CHANGED, path, message, at);
    }
}

fn enums(to: &mut Comparison<'_>, old: &Type, new: &Type) {
    let name = &new.name;
    if old.shape != new.shape {
        let message = format!(
            "`{name}` is {} instead of {}",
            new.shape.words(),
            old.shape.words()
        );
        let hint = Hint::rename(format!("{name}::Other(…)"), format!("{name}::Other(…)"));
        to.note_hint(Kind::TYPE_KIND, name, message, (old.at, new.at), hint);
        return;
    }
    let (pairs, added) = members(old, new);
    for (one, now) in pairs {
        let path = format!("{name}::{}", one.name);
        let Some(now) = now else {
            let message = format!("the value {} is gone", one.wire);
            let hint = Hint::new(
                "a server that still sends it gives `Other`",
                &path,
                format!("{name}::Other(…)"),
            );
            to.note_hint(Kind::VALUE_REMOVED, path, message, (one.at, new.at), hint);
            continue;
        };
        let at = (one.at, now.at);
        if one.name != now.name {
            let after = format!("{name}::{}", now.name);
            let message = format!("`{path}` is called `{after}`");
            to.note_hint(
                Kind::VALUE_RENAMED,
                &path,
                message,
                at,
                Hint::rename(&path, after),
            );
        }
        if one.wire != now.wire {
            let message = format!("`{path}` is {} instead of {}", now.wire, one.wire);
            to.note(Kind::VALUE_RESPELLED, &path, message, at);
        }
        to.note_docs(&path, &one.docs, &now.docs, at);
    }
    for now in added {
        let path = format!("{name}::{}", now.name);
        let message = format!("{} is `{path}`; it was `Other`", now.wire);
        to.note(Kind::VALUE_ADDED, path, message, (old.at, now.at));
    }
}

fn unions(to: &mut Comparison<'_>, old: &Type, new: &Type) {
    let name = &new.name;
    let at = (old.at, new.at);
    let closed = |ty: &Type| ty.shape == Shape::TaggedUnion && ty.sent;
    match (closed(old), closed(new)) {
        (false, true) => {
            let message = format!("`{name}` is only sent, and has no `Other` any more");
            let hint = Hint::gone(format!("{name}::Other(value)"));
            to.note_hint(Kind::UNION_CLOSED, name, message, at, hint);
        }
        (true, false) => {
            let message = format!("`{name}` is received too, and has `Other`");
            to.note(Kind::UNION_OPENED, name, message, at);
        }
        _ => {}
    }
    let mut rule = old.rule != new.rule;
    let mut taken: Vec<&str> = Vec::new();
    let mut lost = Vec::new();
    for one in &old.members {
        match new.members.iter().find(|now| now.name == one.name) {
            Some(now) => {
                taken.push(&now.name);
                rule |= one.facts != now.facts || one.wire != now.wire;
                variant(to, name, one, now);
            }
            None => lost.push(one),
        }
    }
    for one in lost {
        let path = format!("{name}::{}", one.name);
        let alike = |now: &&Member| {
            let by_tag = !one.wire.is_empty() && now.wire == one.wire;
            !taken.contains(&now.name.as_str()) && (by_tag || to.same(&one.ty, &now.ty))
        };
        match new.members.iter().find(alike) {
            Some(now) => {
                taken.push(&now.name);
                let after = format!("{name}::{}", now.name);
                let message = format!("`{path}` is called `{after}`");
                let at = (one.at, now.at);
                to.note_hint(
                    Kind::VARIANT_RENAMED,
                    &path,
                    message,
                    at,
                    Hint::rename(&path, after),
                );
                variant(to, name, one, now);
            }
            None => {
                let message = format!("the variant `{path}` is gone");
                let hint = Hint::gone(format!("{path}(value)"));
                to.note_hint(Kind::VARIANT_REMOVED, path, message, (one.at, new.at), hint);
            }
        }
    }
    for now in new
        .members
        .iter()
        .filter(|now| !taken.contains(&now.name.as_str()))
    {
        let path = format!("{name}::{}", now.name);
        let message = format!("`{name}` has a variant `{}({})`", now.name, now.ty);
        to.note(Kind::VARIANT_ADDED, path, message, (old.at, now.at));
    }
    rule |= ranks(old, new) != ranks(new, old);
    if rule {
        let message = format!("the variants of `{name}` are told apart in another way");
        to.note(Kind::VARIANT_RULE, name, message, at);
    }
}

/// The order of variants that both versions have and that nothing but their place tells apart.
fn ranks(of: &Type, other: &Type) -> Vec<String> {
    let members = of.members.iter();
    let alike = |one: &&Member| {
        let mut twins = of.members.iter().filter(|twin| twin.name != one.name);
        one.wire.is_empty() && twins.any(|twin| twin.facts == one.facts && twin.wire.is_empty())
    };
    let known = |one: &&Member| other.members.iter().any(|known| known.name == one.name);
    members
        .filter(alike)
        .filter(known)
        .map(|one| one.name.clone())
        .collect()
}

fn variant(to: &mut Comparison<'_>, name: &str, one: &Member, now: &Member) {
    if to.same(&one.ty, &now.ty) {
        return;
    }
    let path = format!("{name}::{}", one.name);
    let message = format!("`{path}` holds `{}` instead of `{}`", now.ty, one.ty);
    let hint = Hint::new(
        "take what it holds as its new type",
        format!("{path}(value) // {}", one.ty),
        format!("{name}::{}(value) // {}", now.name, now.ty),
    );
    to.note_hint(Kind::VARIANT_TYPE, path, message, (one.at, now.at), hint);
}
