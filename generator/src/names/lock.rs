//! Names that a crate has given away: `names.lock` keeps them, so that no later run renames what callers use.
//!
//! One line a name, sorted, each with what it stands for (its key), so that changes of two branches merge line by line:
//!
//! ```text
//! alias types::User = types::Account since 0.3.0
//! credential header.X-Key = api_key
//! field schema User.photo = photo
//! group users = users Users users
//! operation GET /users/{} = users::show ShowUser
//! parameter GET /users query.role = role
//! server region = region
//! type schema User = Account
//! value schema Role.end-user = EndUser
//! variant schema Photo|url = Url
//! ```

mod alias;
mod read;
mod rename;
mod text;

pub use alias::{Alias, Target};
pub use read::read;
pub use rename::{Renamed, give_up, rename};
pub use text::text;

use super::RustIdent;
use crate::origin::Origin;
use std::collections::BTreeMap;

/// The name of the file.
pub const FILE: &str = "names.lock";

/// The names of a crate by what they stand for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lock {
    /// Groups of operations, by the words of the tag that they were first named after.
    pub groups: BTreeMap<String, GroupNames>,
    /// Operations, by method and path without the names of parameters: `GET /users/{}`.
    pub operations: BTreeMap<String, OperationNames>,
    /// Parameters outside the path: `GET /users query.role`.
    pub parameters: BTreeMap<String, RustIdent>,
    /// Methods of the client's builder: `credential header.X-Key`, `server region`.
    pub builder: BTreeMap<String, RustIdent>,
    /// Types: `schema User`, `GET /users response.200`.
    pub types: BTreeMap<String, TypeName>,
    /// What types have, by the keys of the types and the step from there: `.photo`, `.end-user`, `|url`.
    pub members: BTreeMap<String, Members>,
    /// Names that are given up, by themselves: `types::User`.
    pub aliases: BTreeMap<String, Alias>,
    /// Where each line stands, by its kind and key.
    places: BTreeMap<String, Origin>,
}

/// The names of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupNames {
    /// The module.
    pub module: RustIdent,
    /// The type of its handle.
    pub handle: RustIdent,
    /// The client's method.
    pub method: RustIdent,
}

/// The names of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationNames {
    /// The module of its group.
    pub module: RustIdent,
    /// The method, as it is called unless letterpress.yaml says otherwise.
    pub method: RustIdent,
    /// The method that letterpress.yaml chose when it was last generated.
    pub chosen: Option<RustIdent>,
    /// The full name.
    pub id: RustIdent,
    /// The type of its call, which is the full name unless that was taken.
    pub call: RustIdent,
}

/// The name of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeName {
    /// The name that it has unless letterpress.yaml says otherwise.
    pub name: RustIdent,
    /// The name that letterpress.yaml chose when it was last generated.
    pub chosen: Option<RustIdent>,
}

impl TypeName {
    /// The name that callers know.
    pub fn shown(&self) -> &RustIdent {
        self.chosen.as_ref().unwrap_or(&self.name)
    }
}

impl OperationNames {
    /// The method that callers know.
    pub fn shown(&self) -> &RustIdent {
        self.chosen.as_ref().unwrap_or(&self.method)
    }
}

/// What a type has, by the step from the type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    /// What they are.
    pub kind: MemberKind,
    /// The names.
    pub names: BTreeMap<String, RustIdent>,
}

/// What the members of a type are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum MemberKind {
    /// Fields of a struct.
    #[default]
    Field,
    /// Values of an enumeration.
    Value,
    /// Alternatives of a union.
    Variant,
}

impl MemberKind {
    /// The word that a line begins with.
    pub fn word(self) -> &'static str {
        match self {
            MemberKind::Field => "field",
            MemberKind::Value => "value",
            MemberKind::Variant => "variant",
        }
    }
}

impl Lock {
    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.types.is_empty() && self.groups.is_empty()
    }

    /// Where a line stands, if the file was read: by its kind (`type`) and its key.
    pub fn place(&self, kind: &str, key: &str) -> Option<Origin> {
        self.places.get(&format!("{kind} {key}")).copied()
    }

    /// The name of what a type has, by the type's key and the step from there.
    pub fn member(&self, key: &str, step: &str) -> Option<&RustIdent> {
        self.members.get(key)?.names.get(step)
    }
}

#[cfg(test)]
mod tests;
