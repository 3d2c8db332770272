//! The client of two versions: the address, credentials, headers, the crate itself, and what the API sends.

use super::Comparison;
use super::hint::Hint;
use super::kind::Kind;
use super::surface::{Credential, Messages, Variable};
use std::collections::BTreeSet;

const BUILDER: &str = "Client::builder()";

pub(super) fn compare(to: &mut Comparison<'_>) {
    let (old, new) = (to.old, to.new);
    let at = (old.client.at, new.client.at);
    if old.name != new.name {
        let (before, after) = (old.name.replace('-', "_"), new.name.replace('-', "_"));
        let message = format!("the package `{}` is called `{}`", old.name, new.name);
        let hint = Hint::rename(format!("use {before}::…;"), format!("use {after}::…;"));
        to.note_hint(Kind::CRATE_RENAMED, &old.name, message, at, hint);
    }
    to.note_docs(&new.name, &old.docs, &new.docs, (None, None));
    to.note_docs("Client", &old.client.docs, &new.client.docs, at);
    server(to);
    variables(to);
    credentials(to);
    headers(to);
    messages(to);
}

fn server(to: &mut Comparison<'_>) {
    let (old, new) = (&to.old.client, &to.new.client);
    let at = (old.at, new.at);
    match (old.server.as_str(), new.server.as_str()) {
        (old, new) if old == new => {}
        ("", new) => {
            let message = format!("calls go to `{new}` unless `base_url` says otherwise");
            to.note(Kind::SERVER_ADDED, "Client", message, at);
        }
        (old, "") => {
            let message = format!("nobody says any more where the API is served; it was `{old}`");
            let hint = Hint::new(
                "give the address to the builder",
                format!("{BUILDER}.build()"),
                format!("{BUILDER}.base_url({old:?}).build()"),
            );
            to.note_hint(Kind::SERVER_REMOVED, "Client", message, at, hint);
        }
        (old, new) => {
            let message = format!("calls go to `{new}` instead of `{old}`");
            to.note(Kind::SERVER_CHANGED, "Client", message, at);
        }
    }
}

fn variables(to: &mut Comparison<'_>) {
    let (old, new) = (&to.old.client, &to.new.client);
    let at = (old.at, new.at);
    let find = |all: &[Variable], wire: &str| all.iter().find(|one| one.wire == wire).cloned();
    let call = |variable: &Variable| format!("{BUILDER}.{}(…)", variable.method);
    for variable in &old.variables {
        let subject = format!("{BUILDER}.{}", variable.method);
        let Some(now) = find(&new.variables, &variable.wire) else {
            let message = format!("`{}` is no part of the address any more", variable.wire);
            let hint = Hint::gone(call(variable));
            to.note_hint(Kind::VARIABLE_REMOVED, subject, message, at, hint);
            continue;
        };
        if variable.method != now.method {
            let message = format!("`{}` is set by `{}`", variable.wire, now.method);
            let hint = Hint::rename(call(variable), call(&now));
            to.note_hint(Kind::VARIABLE_RENAMED, &subject, message, at, hint);
        }
        match (&variable.default, &now.default) {
            (old, new) if old == new => {}
            (_, None) => {
                let message = format!("`{}` of the address has to be chosen", now.wire);
                to.note_hint(Kind::VARIABLE_REQUIRED, &subject, message, at, choose(&now));
            }
            (_, Some(new)) => {
                let message = format!("`{}` of the address is `{new}` unless set", now.wire);
                to.note(Kind::VARIABLE_DEFAULT, &subject, message, at);
            }
        }
        if variable.allowed != now.allowed {
            let message = match now.allowed.as_slice() {
                [] => format!("`{}` of the address takes any value", now.wire),
                some => format!("`{}` of the address is one of {}", now.wire, list(some)),
            };
            to.note(Kind::VARIABLE_VALUES, &subject, message, at);
        }
    }
    for variable in &new.variables {
        if find(&old.variables, &variable.wire).is_some() {
            continue;
        }
        let subject = format!("{BUILDER}.{}", variable.method);
        match &variable.default {
            Some(default) => {
                let message = format!(
                    "`{}` of the address can be chosen, and is `{default}` unless set",
                    variable.wire
                );
                to.note(Kind::VARIABLE_ADDED, subject, message, at);
            }
            None => {
                let message = format!("`{}` of the address has to be chosen", variable.wire);
                to.note_hint(
                    Kind::VARIABLE_REQUIRED,
                    subject,
                    message,
                    at,
                    choose(variable),
                );
            }
        }
    }
}

fn choose(variable: &Variable) -> Hint {
    Hint::new(
        "choose a value where the client is made",
        format!("{BUILDER}.build()"),
        format!("{BUILDER}.{}(\"…\").build()", variable.method),
    )
}

fn list(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    values.join(", ")
}

fn credentials(to: &mut Comparison<'_>) {
    let (old, new) = (&to.old.client.credentials, &to.new.client.credentials);
    let call = |one: &Credential| {
        let takes = one.takes.replace("&str", "\"…\"");
        format!("{BUILDER}.{}({takes})", one.method)
    };
    let mut taken = BTreeSet::new();
    let mut pairs: Vec<(&Credential, Option<&Credential>)> = Vec::new();
    let sent = old.iter().map(|one| {
        let same = new.iter().find(|now| now.sent == one.sent);
        taken.extend(same.map(|now| &now.method));
        (one, same)
    });
    pairs.extend(sent);
    for (one, partner) in &mut pairs {
        if partner.is_none() {
            let mut free = new.iter().filter(|now| !taken.contains(&now.method));
            *partner = free.find(|now| now.method == one.method);
            taken.extend(partner.map(|now| &now.method));
        }
    }
    for (one, now) in pairs {
        let subject = format!("{BUILDER}.{}", one.method);
        let Some(now) = now else {
            let message = format!("the credential `{}` ({}) is gone", one.method, one.sent);
            let at = (one.at, None);
            to.note_hint(
                Kind::CREDENTIAL_REMOVED,
                subject,
                message,
                at,
                Hint::gone(call(one)),
            );
            continue;
        };
        let at = (one.at, now.at);
        if one.method != now.method {
            let message = format!("the credential `{}` is set by `{}`", one.method, now.method);
            let hint = Hint::rename(call(one), call(now));
            to.note_hint(Kind::CREDENTIAL_RENAMED, &subject, message, at, hint);
        }
        if one.takes != now.takes {
            let message = format!(
                "`{}` takes `{}` instead of `{}`",
                now.method, now.takes, one.takes
            );
            let hint = Hint::rename(call(one), call(now));
            to.note_hint(Kind::CREDENTIAL_ARGUMENTS, &subject, message, at, hint);
        } else if one.sent != now.sent {
            let message = format!(
                "`{}` is sent as {} instead of {}",
                now.method, now.sent, one.sent
            );
            to.note(Kind::CREDENTIAL_CHANGED, &subject, message, at);
        }
        to.note_docs(&subject, &one.docs, &now.docs, at);
    }
    for now in new.iter().filter(|now| !taken.contains(&now.method)) {
        let subject = format!("{BUILDER}.{}", now.method);
        let message = format!(
            "the builder takes the credential `{}` ({})",
            now.method, now.sent
        );
        to.note(Kind::CREDENTIAL_ADDED, subject, message, (None, now.at));
    }
}

fn headers(to: &mut Comparison<'_>) {
    let (old, new) = (&to.old.client, &to.new.client);
    let at = (old.at, new.at);
    let names: BTreeSet<&String> = old.headers.keys().chain(new.headers.keys()).collect();
    for name in names {
        let message = match (old.headers.get(name), new.headers.get(name)) {
            (old, new) if old == new => continue,
            (_, Some(new)) => format!("every call sends the header `{name}: {new}`"),
            (_, None) => format!("no call sends the header `{name}` by itself any more"),
        };
        to.note(Kind::HEADERS_CHANGED, format!("header {name}"), message, at);
    }
}

fn messages(to: &mut Comparison<'_>) {
    let none = Messages::default();
    let old = to.old.messages.as_ref().unwrap_or(&none);
    let new = to.new.messages.as_ref().unwrap_or(&none);
    let at = (None, None);
    let both = !old.types.is_empty() && !new.types.is_empty();
    if both && old.module != new.module {
        let message = format!("the module `{}` is called `{}`", old.module, new.module);
        let hint = Hint::rename(&old.module, &new.module);
        to.note_hint(Kind::MESSAGES_MOVED, &old.module, message, at, hint);
    }
    for (name, ty) in &old.types {
        let subject = format!("{}::{name}", old.module);
        match new.types.get(name) {
            None => {
                let message = format!("the API does not send `{name}` any more");
                let hint = Hint::gone(&subject);
                to.note_hint(Kind::MESSAGE_REMOVED, &subject, message, at, hint);
            }
            Some(now) if !to.same(ty, now) => {
                let message = format!("`{name}` is `{now}` instead of `{ty}`");
                let hint = Hint::rename(ty, now);
                to.note_hint(Kind::MESSAGE_TYPE, &subject, message, at, hint);
            }
            Some(_) => {}
        }
    }
    for name in new
        .types
        .keys()
        .filter(|name| !old.types.contains_key(*name))
    {
        let message = format!("the API sends `{name}` of its own accord");
        to.note(
            Kind::MESSAGE_ADDED,
            format!("{}::{name}", new.module),
            message,
            at,
        );
    }
}
