//! A plan to the names that it gives away, for the next run to keep; and what became of those of the last one.

use super::client::Client;
use super::context::Context;
use super::module::Group;
use super::operation::{Named, Operation, Wire, operation_key};
use super::schema::{EnumeratedValue, Item, Types, way};
use super::server;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Literal, Shape};
use crate::names::RustIdent;
use crate::names::lock::{
    GroupNames, Lock, MemberKind, Members, OperationNames, Target, TypeName, give_up,
};
use std::collections::BTreeMap;

/// Collects the names of everything that callers can name.
pub(super) fn collect(
    context: &Context<'_>,
    named: &[Named<'_>],
    types: &Types,
    client: &Client,
    groups: &[Group],
) -> Lock {
    let mut lock = Lock::default();
    for group in &client.groups {
        let names = GroupNames {
            module: group.module.clone(),
            handle: group.handle.clone(),
            method: group.method.clone(),
        };
        lock.groups.insert(group.key.join(" "), names);
    }
    for scheme in &client.schemes {
        lock.builder
            .insert(scheme.kind.key(), scheme.method.clone());
    }
    for variable in &client.variables {
        let key = server::key(&variable.wire);
        lock.builder.insert(key, variable.method.clone());
    }
    let named: BTreeMap<String, &Named<'_>> = named
        .iter()
        .map(|named| (named.operation.key.erased(), named))
        .collect();
    for group in groups {
        for operation in &group.operations {
            let Some(named) = named.get(&operation.key) else {
                continue;
            };
            let key = operation_key(named.operation);
            collect_parameters(&key, operation, &mut lock.parameters);
            let names = OperationNames {
                module: group.access.module.clone(),
                method: named.own_method.clone(),
                chosen: (named.own_method != operation.method).then(|| operation.method.clone()),
                id: RustIdent::parse(&operation.id).unwrap_or_else(|| operation.call.clone()),
                call: operation.call.clone(),
            };
            lock.operations.insert(key, names);
        }
    }
    for (at, item) in types.items.iter().enumerate() {
        let own = types.own_names.get(at).unwrap_or(item.name());
        let name = TypeName {
            name: own.clone(),
            chosen: (own != item.name()).then(|| item.name().clone()),
        };
        lock.types.insert(item.key().to_owned(), name);
        let members = collect_members(context, types, at, item);
        if !members.names.is_empty() {
            lock.members.insert(item.key().to_owned(), members);
        }
    }
    give_up_names(context, types, &mut lock);
    lock
}

fn collect_parameters(
    key: &str,
    operation: &Operation,
    parameters: &mut BTreeMap<String, RustIdent>,
) {
    for setter in operation.steps.iter().chain(&operation.setters) {
        let (place, name) = match &setter.wire {
            Wire::Query(name, _) => ("query", name),
            Wire::Header(name, _) => ("header", name),
            Wire::Cookie(name, _) => ("cookie", name),
            _ => continue,
        };
        let step = format!("{key} {place}{}", way::member(name));
        parameters.insert(step, setter.name.clone());
    }
}

/// What a type has. Where letterpress.yaml chose the name of a field, the one stays that it had.
fn collect_members(context: &Context<'_>, types: &Types, at: usize, item: &Item) -> Members {
    let schema = types.schema_of(at);
    match item {
        Item::Struct(item) => {
            let chosen = &context.model.property_names;
            let names = item.fields.iter().filter_map(|field| {
                let step = way::member(&field.wire);
                let is_chosen =
                    schema.is_some_and(|id| chosen.contains_key(&(id, field.wire.clone())));
                let name = match is_chosen {
                    true => context
                        .config
                        .lock
                        .member(types.identities.former.key(at)?, &step)?,
                    false => &field.name,
                };
                Some((step, name.clone()))
            });
            Members {
                kind: MemberKind::Field,
                names: names.collect(),
            }
        }
        Item::ValueEnum(item) => {
            let names = item.variants.iter().map(|(name, value, _)| {
                let literal = match value {
                    EnumeratedValue::Text(text) => Literal::String(text.clone()),
                    EnumeratedValue::Integer(number) => Literal::Number(number.to_string()),
                    EnumeratedValue::Number(text) => Literal::Number(text.clone()),
                    EnumeratedValue::Boolean(value) => Literal::Boolean(*value),
                };
                (way::value(&literal), name.clone())
            });
            Members {
                kind: MemberKind::Value,
                names: names.collect(),
            }
        }
        Item::Union(item) => {
            let names = item
                .variants
                .iter()
                .map(|variant| (variant.key.clone(), variant.name.clone()));
            Members {
                kind: MemberKind::Variant,
                names: names.collect(),
            }
        }
        Item::TaggedUnion(item) => {
            let shape = schema.map(|id| &context.schema(id).shape);
            let steps = match shape {
                Some(Shape::Union(union)) => way::variants(context, union),
                _ => Vec::new(),
            };
            let names = steps.into_iter().zip(&item.variants);
            Members {
                kind: MemberKind::Variant,
                names: names
                    .map(|(step, (name, ..))| (step, name.clone()))
                    .collect(),
            }
        }
    }
}

/// What callers know by another name than the one that it has now: the old name stays behind.
fn give_up_names(context: &Context<'_>, types: &Types, lock: &mut Lock) {
    let before = &context.config.lock;
    let version = context.config.version.as_str();
    for (old, alias) in &before.aliases {
        lock.aliases.insert(old.clone(), alias.clone());
    }
    for (key, names) in &before.operations {
        let Some(now) = lock.operations.get(key) else {
            continue;
        };
        let old = Target::Method(names.module.clone(), names.shown().clone());
        let new = Target::Method(now.module.clone(), now.shown().clone());
        if old != new {
            give_up(lock, old, new, version);
        }
    }
    let kept = (0..types.items.len()).filter_map(|at| Some((types.identities.former.key(at)?, at)));
    let merged = &types.identities.former.merged;
    let merged = merged.iter().map(|(key, at)| (key.as_str(), *at));
    for (key, at) in kept.chain(merged) {
        let (Some(was), Some(now)) = (before.types.get(key), types.items.get(at)) else {
            continue;
        };
        if was.shown() != now.name() {
            let (old, new) = (was.shown().clone(), now.name().clone());
            give_up(lock, Target::Type(old), Target::Type(new), version);
        }
    }
}

/// Says what became of names of the last run that this one has not.
pub(super) fn note_gone(
    context: &Context<'_>,
    types: &Types,
    lock: &Lock,
    diagnostics: &mut Diagnostics,
) {
    let before = &context.config.lock;
    for (key, at) in &types.identities.former.by_members {
        let (Some(name), Some(item)) = (before.types.get(key), types.items.get(*at)) else {
            continue;
        };
        let message = format!(
            "`{}` is `{}` now, and was `{key}`",
            name.shown(),
            item.key()
        );
        diagnostics.push(
            Diagnostic::new(Code::NAMES_FOUND_AGAIN, message)
                .at(before.place("type", key))
                .note("nothing else has these members, so it keeps its name")
                .help(format!(
                    "if it is another thing, run `letterpress rename` for `{}`",
                    name.shown()
                )),
        );
    }
    let mut gone: Vec<(&str, &str)> = Vec::new();
    let operations = before.operations.keys();
    let operations = operations.filter(|key| !lock.operations.contains_key(*key));
    gone.extend(operations.map(|key| ("operation", key.as_str())));
    let types = types.identities.former.gone.iter();
    gone.extend(types.map(|key| ("type", key.as_str())));
    let parameters = before.parameters.keys();
    let parameters = parameters.filter(|key| {
        let operation = key.rsplit_once(' ').map(|(operation, _)| operation);
        let there = operation.is_some_and(|operation| lock.operations.contains_key(operation));
        there && !lock.parameters.contains_key(*key)
    });
    gone.extend(parameters.map(|key| ("parameter", key.as_str())));
    let Some((kind, key)) = gone.first() else {
        return;
    };
    const SHOWN: usize = 5;
    let shown: Vec<String> = gone
        .iter()
        .take(SHOWN)
        .map(|(kind, key)| format!("`{kind} {key}`"))
        .collect();
    let more = gone.len().saturating_sub(SHOWN);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let message = match gone.len() {
        1 => "a name of names.lock stands for what the sources do not have any more".to_owned(),
        count => {
            format!("{count} names of names.lock stand for what the sources do not have any more")
        }
    };
    diagnostics.push(
        Diagnostic::new(Code::NAMES_GONE, message)
            .at(before.place(kind, key))
            .note(format!("the crate is without {}{more}", shown.join(", ")))
            .help("where something has only moved, `letterpress rename` gives it its old name"),
    );
}
