//! Names that were given up to what the crate still has of them, for as long as it promised.

use super::context::Context;
use super::module::{Group, GroupAccess};
use super::schema::Types;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::names::lock::{Lock, Target};
use crate::names::{self, Case, RustIdent};

/// A name that is deprecated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetiredName {
    /// The name that it had.
    pub old: RustIdent,
    /// What it is called now.
    pub new: Replacement,
    /// The version in which it was given up.
    pub since: String,
}

/// What stands for a name that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replacement {
    /// A type of the same module.
    Type(RustIdent),
    /// A method of the same group.
    Method(RustIdent),
    /// A method of another group: its module and handle, and its name.
    Elsewhere(RustIdent, RustIdent, RustIdent),
}

/// A group that is deprecated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetiredModule {
    /// The name that it had, which is that of the client's method too.
    pub old: RustIdent,
    /// The name that its handle had.
    pub handle: RustIdent,
    /// The group that it is.
    pub new: GroupAccess,
    /// The version in which it was given up.
    pub since: String,
}

/// Names that were given up in the crate's root and among its types.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retired {
    /// Groups.
    pub modules: Vec<RetiredModule>,
    /// Types.
    pub types: Vec<RetiredName>,
}

/// Plans the names that were given up, and takes those from the lock that have come to their end.
pub(super) fn plan_retired(
    context: &Context<'_>,
    types: &Types,
    groups: &mut [Group],
    lock: &mut Lock,
    diagnostics: &mut Diagnostics,
) -> Retired {
    let mut retired = Retired::default();
    let all = lock.aliases.clone();
    for (path, alias) in &all {
        let end = match Target::parse(path) {
            _ if !alias.lives(&context.config.version) => Err("was promised until this version"),
            Some(old) => {
                let mut planner = Planner {
                    types,
                    groups,
                    lock: &*lock,
                    retired: &mut retired,
                };
                planner.plan(&old, &alias.new, &alias.since)
            }
            None => Err("is no path of the crate"),
        };
        if let Err(why) = end {
            lock.aliases.remove(path);
            let message = format!("the deprecated alias `{path}` is gone: it {why}");
            diagnostics.push(
                Diagnostic::new(Code::NAMES_ALIAS_ENDED, message)
                    .at(context.config.lock.place("alias", path))
                    .help(format!("use `{}`", alias.new)),
            );
            continue;
        }
        if !context.config.lock.aliases.contains_key(path) {
            let message = format!("`{path}` is called `{}` now", alias.new);
            diagnostics.push(
                Diagnostic::new(Code::NAMES_GIVEN_UP, message)
                    .note(format!(
                        "the old name stays as a deprecated alias since version {} until the next minor version has passed",
                        alias.since
                    ))
                    .help(format!(
                        "if no version with the old name was published, remove the line `alias {path} = …` from names.lock"
                    )),
            );
        }
    }
    retired
}

const TAKEN: &str = "is the name of something else";
const NOTHING: &str = "stands for what is not there any more";

struct Planner<'p> {
    types: &'p Types,
    groups: &'p mut [Group],
    lock: &'p Lock,
    retired: &'p mut Retired,
}

impl Planner<'_> {
    fn plan(&mut self, old: &Target, new: &Target, since: &str) -> Result<(), &'static str> {
        let since = since.to_owned();
        match (old, new) {
            (Target::Type(old), Target::Type(new)) => {
                if self.types.id_of(old).is_some() {
                    return Err(TAKEN);
                }
                self.types.id_of(new).ok_or(NOTHING)?;
                self.retired.types.push(RetiredName {
                    old: old.clone(),
                    new: Replacement::Type(new.clone()),
                    since,
                });
            }
            (Target::Module(old), Target::Module(new)) => {
                if self.group(old).is_some() {
                    return Err(TAKEN);
                }
                let access = &self.group(new).ok_or(NOTHING)?.access;
                let module = RetiredModule {
                    handle: names::ident(&names::words(old.plain()), Case::Pascal),
                    old: old.clone(),
                    new: access.clone(),
                    since,
                };
                self.retired.modules.push(module);
            }
            (Target::Method(holder, old), Target::Method(module, new)) => {
                let to = self.group(module).ok_or(NOTHING)?;
                let known = to.operations.iter().any(|one| one.method == *new);
                if !known {
                    return Err(NOTHING);
                }
                let access = to.access.clone();
                let group = self.holder(holder).ok_or(NOTHING)?;
                if group.operations.iter().any(|one| one.method == *old) {
                    return Err(TAKEN);
                }
                let new = match group.access.module == access.module {
                    true => Replacement::Method(new.clone()),
                    false => Replacement::Elsewhere(access.module, access.handle, new.clone()),
                };
                group.retired.push(RetiredName {
                    old: old.clone(),
                    new,
                    since,
                });
            }
            (Target::Call(holder, old), Target::Call(_, new)) => {
                let group = self.holder(holder).ok_or(NOTHING)?;
                let mut calls = group.operations.iter().map(|one| &one.call);
                if calls.clone().any(|call| call == old) {
                    return Err(TAKEN);
                }
                if !calls.any(|call| call == new) {
                    return Err(NOTHING);
                }
                group.retired.push(RetiredName {
                    old: old.clone(),
                    new: Replacement::Type(new.clone()),
                    since,
                });
            }
            _ => return Err(NOTHING),
        }
        Ok(())
    }

    fn group(&self, module: &RustIdent) -> Option<&Group> {
        let mut groups = self.groups.iter();
        groups.find(|group| group.access.module == *module)
    }

    /// The group of a module, or of the one that it is called now.
    fn holder(&mut self, module: &RustIdent) -> Option<&mut Group> {
        let renamed = self.lock.aliases.get(module.plain());
        let renamed = renamed.and_then(|alias| match &alias.new {
            Target::Module(new) => Some(new),
            _ => None,
        });
        let there = self.group(module).is_some();
        let module = match renamed {
            Some(new) if !there => new,
            _ => module,
        };
        let mut groups = self.groups.iter_mut();
        groups.find(|group| group.access.module == *module)
    }
}
