//! A path of the crate to another one: the lines of `names.lock` that change, and the alias that stays behind.

use super::super::{Case, ident, words};
use super::{Alias, Lock, RustIdent, Target, read, text};
use crate::diagnostic::{Diagnostics, Severity};
use crate::origin::FileId;

/// What was renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The name that it had: `types::User`, `types::User.photo`.
    pub old: String,
    /// The name that it has.
    pub new: String,
    /// Whether the old name stays as an alias. Rust has none for fields and variants.
    pub alias: bool,
}

/// Renames what a path names: `User`, `User.photo`, `Role::EndUser`, `users::list`, `users`, `ListUsers`. The new name
/// may be given with the path before it or without. `version` is that of the crate, from which on the old name is
/// deprecated.
///
/// # Errors
/// One sentence: there is no such name, the new one is none or is taken, or letterpress.yaml has the last word.
pub fn rename(lock: &mut Lock, old: &str, new: &str, version: &str) -> Result<Renamed, String> {
    let mut changed = lock.clone();
    let renamed = change(&mut changed, old, new, version)?;
    let mut faults = Diagnostics::new();
    read(FileId(0), &text(&changed), &mut faults);
    let fault = faults
        .iter()
        .find(|fault| fault.severity == Severity::Error);
    if let Some(fault) = fault {
        return Err(format!("{}; {}", fault.message, RULE));
    }
    *lock = changed;
    Ok(renamed)
}

const RULE: &str = "modules, methods and fields are in small letters, types and variants begin with a capital, and no name is given twice";

fn change(lock: &mut Lock, old: &str, new: &str, version: &str) -> Result<Renamed, String> {
    let old = old.strip_prefix("types::").unwrap_or(old);
    let capital = |text: &str| text.starts_with(|c: char| c.is_ascii_uppercase() || c == '_');
    let member = old.split_once('.').or_else(|| {
        let pair = old.split_once("::");
        pair.filter(|(owner, _)| capital(owner))
    });
    match (member, old.split_once("::")) {
        (Some((owner, member)), _) => rename_member(lock, owner, member, new),
        (None, Some((module, method))) if !capital(method) => {
            rename_method(lock, module, method, new, version)
        }
        (None, Some((module, call))) => rename_call(lock, Some(module), call, new, version),
        (None, None) if !capital(old) => rename_module(lock, old, new, version),
        (None, None) => match lock.types.values().any(|ty| ty.shown().plain() == old) {
            true => rename_type(lock, old, new, version),
            false => rename_call(lock, None, old, new, version),
        },
    }
}

fn parsed(text: &str) -> Result<RustIdent, String> {
    RustIdent::parse(text).ok_or_else(|| format!("`{text}` is no name"))
}

/// Behind the last `.` or `::`.
fn last(path: &str) -> &str {
    let behind = path.rsplit_once("::").map_or(path, |(_, name)| name);
    behind.rsplit_once('.').map_or(behind, |(_, name)| name)
}

fn configured(what: &str) -> String {
    format!("letterpress.yaml chooses the name of `{what}` under `names`; change it there")
}

fn rename_type(lock: &mut Lock, old: &str, new: &str, version: &str) -> Result<Renamed, String> {
    let (from, to) = (parsed(old)?, parsed(last(new))?);
    let ty = lock.types.values_mut().find(|ty| *ty.shown() == from);
    let ty = ty.ok_or_else(|| format!("there is no type `{old}`"))?;
    if ty.chosen.is_some() {
        return Err(configured(old));
    }
    ty.name = to.clone();
    give_up(lock, Target::Type(from), Target::Type(to), version);
    Ok(Renamed {
        old: format!("types::{old}"),
        new: format!("types::{}", last(new)),
        alias: true,
    })
}

fn rename_member(lock: &mut Lock, owner: &str, old: &str, new: &str) -> Result<Renamed, String> {
    let to = parsed(last(new))?;
    let key = lock
        .types
        .iter()
        .find(|(_, ty)| ty.shown().plain() == owner || ty.name.plain() == owner)
        .map(|(key, _)| key.clone())
        .ok_or_else(|| format!("there is no type `{owner}`"))?;
    let members = lock.members.get_mut(&key);
    let mut names = members.into_iter().flat_map(|members| &mut members.names);
    let is_meant = |step: &str, name: &RustIdent| {
        name.plain() == old || step.get(1..).is_some_and(|wire| wire == old)
    };
    let name = names
        .find(|(step, name)| is_meant(step, name))
        .map(|(_, name)| name)
        .ok_or_else(|| format!("`{owner}` has no `{old}`"))?;
    let renamed = Renamed {
        old: format!("types::{owner}.{}", name.plain()),
        new: format!("types::{owner}.{}", to.plain()),
        alias: false,
    };
    *name = to;
    Ok(renamed)
}

fn rename_method(
    lock: &mut Lock,
    module: &str,
    method: &str,
    new: &str,
    version: &str,
) -> Result<Renamed, String> {
    let (from_module, from) = (parsed(module)?, parsed(method)?);
    let (to_module, to) = match new.split_once("::") {
        Some((module, method)) => (parsed(module)?, parsed(method)?),
        None => (from_module.clone(), parsed(new)?),
    };
    if !lock.groups.values().any(|group| group.module == to_module) {
        return Err(format!("there is no module `{}`", to_module.plain()));
    }
    let others = lock
        .operations
        .values()
        .any(|one| one.module == from_module && *one.shown() != from);
    let operation = lock
        .operations
        .values_mut()
        .find(|one| one.module == from_module && *one.shown() == from)
        .ok_or_else(|| format!("there is no method `{module}::{method}`"))?;
    if operation.chosen.is_some() {
        return Err(configured(&format!("{module}::{method}")));
    }
    if from_module != to_module && !others {
        return Err(format!(
            "`{module}::{method}` is the only method of its module; rename the module"
        ));
    }
    operation.method = to.clone();
    operation.module = to_module.clone();
    let (old, new) = (
        Target::Method(from_module, from),
        Target::Method(to_module, to),
    );
    let renamed = Renamed {
        old: old.to_string(),
        new: new.to_string(),
        alias: true,
    };
    give_up(lock, old, new, version);
    Ok(renamed)
}

fn rename_call(
    lock: &mut Lock,
    module: Option<&str>,
    old: &str,
    new: &str,
    version: &str,
) -> Result<Renamed, String> {
    let (from, to) = (parsed(old)?, parsed(last(new))?);
    let operation = lock
        .operations
        .values_mut()
        .find(|one| {
            let inside = module.is_none_or(|module| one.module.plain() == module);
            inside && (one.id == from || one.call == from)
        })
        .ok_or_else(|| format!("there is neither a type nor an operation `{old}`"))?;
    let before = std::mem::replace(&mut operation.call, to.clone());
    if operation.id == before || operation.id == from {
        operation.id = to.clone();
    }
    let module = operation.module.clone();
    let (old, new) = (
        Target::Call(module.clone(), before),
        Target::Call(module, to),
    );
    let renamed = Renamed {
        old: old.to_string(),
        new: new.to_string(),
        alias: true,
    };
    give_up(lock, old, new, version);
    Ok(renamed)
}

fn rename_module(lock: &mut Lock, old: &str, new: &str, version: &str) -> Result<Renamed, String> {
    let (from, to) = (parsed(old)?, parsed(new)?);
    let taken = lock.groups.values().any(|group| group.module == to);
    let group = lock.groups.values_mut().find(|group| group.module == from);
    let group = group.ok_or_else(|| format!("there is no module `{old}`"))?;
    if taken {
        return Err(format!(
            "there is a module `{new}` already; move the methods one by one"
        ));
    }
    let was = words(from.plain());
    if group.handle == ident(&was, Case::Pascal) {
        group.handle = ident(&words(to.plain()), Case::Pascal);
    }
    if group.method == from {
        group.method = to.clone();
    }
    group.module = to.clone();
    for operation in lock.operations.values_mut() {
        if operation.module == from {
            operation.module = to.clone();
        }
    }
    give_up(lock, Target::Module(from), Target::Module(to), version);
    Ok(Renamed {
        old: old.to_owned(),
        new: new.to_owned(),
        alias: true,
    })
}

/// Leaves an alias behind, and leads those on that led to the old name.
pub fn give_up(lock: &mut Lock, old: Target, new: Target, version: &str) {
    for alias in lock.aliases.values_mut() {
        if alias.new == old {
            alias.new = new.clone();
        } else if let (Target::Module(from), Target::Module(to)) = (&old, &new) {
            alias.new = alias.new.moved(from, to);
        }
    }
    lock.aliases.remove(&new.to_string());
    let since = version.to_owned();
    lock.aliases.insert(old.to_string(), Alias { new, since });
}

impl Target {
    /// What was in a module that has another name now.
    fn moved(&self, from: &RustIdent, to: &RustIdent) -> Target {
        match self {
            Target::Method(module, name) if module == from => {
                Target::Method(to.clone(), name.clone())
            }
            Target::Call(module, name) if module == from => Target::Call(to.clone(), name.clone()),
            other => other.clone(),
        }
    }
}
