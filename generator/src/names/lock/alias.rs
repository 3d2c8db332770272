//! Names that were given up, and how long the crate still has them.

use super::super::RustIdent;
use std::fmt;

/// A name that was given up for another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// What to use instead.
    pub new: Target,
    /// The version of the crate in which it was given up.
    pub since: String,
}

/// What a path of the crate names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A group: `users`.
    Module(RustIdent),
    /// A method of a group: `users::list`.
    Method(RustIdent, RustIdent),
    /// The type of a call: `users::ListUsers`.
    Call(RustIdent, RustIdent),
    /// A type: `types::User`.
    Type(RustIdent),
}

impl Target {
    /// Reads a path; nothing if it is none of a crate.
    pub fn parse(text: &str) -> Option<Self> {
        let capital = |text: &str| text.starts_with(|c: char| c.is_ascii_uppercase() || c == '_');
        match text.split_once("::") {
            None => RustIdent::parse(text).map(Target::Module),
            Some(("types", name)) => RustIdent::parse(name).map(Target::Type),
            Some((module, name)) => {
                let (module, ident) = (RustIdent::parse(module)?, RustIdent::parse(name)?);
                Some(match capital(name) {
                    true => Target::Call(module, ident),
                    false => Target::Method(module, ident),
                })
            }
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Module(module) => f.write_str(module.plain()),
            Target::Method(module, name) | Target::Call(module, name) => {
                write!(f, "{}::{}", module.plain(), name.plain())
            }
            Target::Type(name) => write!(f, "types::{}", name.plain()),
        }
    }
}

impl Alias {
    /// Whether a crate of this version still has the name: until the next minor version has passed, and then until a
    /// version that may break callers, by Cargo's rules.
    pub fn lives(&self, version: &str) -> bool {
        let (Some(since), Some(now)) = (numbers(&self.since), numbers(version)) else {
            return true;
        };
        let (major, minor) = since;
        match now.0.cmp(&major) {
            // Before version 1 each minor version may break callers.
            std::cmp::Ordering::Equal if major == 0 => now.1 <= minor + 1,
            std::cmp::Ordering::Equal => true,
            std::cmp::Ordering::Less => true,
            // The first major version that follows is the next one; it has passed with the second if nothing was between.
            std::cmp::Ordering::Greater => false,
        }
    }
}

/// Major and minor number of a version.
fn numbers(version: &str) -> Option<(u64, u64)> {
    let mut parts = version.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{Alias, Target};

    #[test]
    fn an_alias_outlives_the_next_minor_version() {
        let alias = |since: &str| Alias {
            new: Target::parse("types::Account").expect("a path"),
            since: since.to_owned(),
        };
        for (since, version, lives) in [
            ("0.3.0", "0.3.0", true),
            ("0.3.0", "0.3.9", true),
            ("0.3.0", "0.4.2", true),
            ("0.3.0", "0.5.0", false),
            ("0.3.0", "1.0.0", false),
            ("1.3.0", "1.9.0", true),
            ("1.3.0", "2.0.0", false),
            ("0.3.0", "0.2.0", true),
        ] {
            assert_eq!(alias(since).lives(version), lives, "{since} {version}");
        }
    }

    #[test]
    fn paths() {
        for path in ["users", "users::list", "users::ListUsers", "types::User"] {
            assert_eq!(Target::parse(path).expect(path).to_string(), path);
        }
        for wrong in ["", "a b", "types::", "a::b::c", "::a"] {
            assert_eq!(Target::parse(wrong), None, "{wrong}");
        }
    }
}
