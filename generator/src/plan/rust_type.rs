//! The types that generated code uses, as finished pieces.

use crate::analyze::Facts;
use crate::model::SchemaId;
use crate::names::RustIdent;
use std::collections::BTreeSet;

/// A type of Rust in generated code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RustType {
    /// `()`: nothing comes back.
    Unit,
    /// `bool`.
    Bool,
    /// `i64`.
    I64,
    /// `u64`.
    U64,
    /// `f64`.
    F64,
    /// `String`.
    String,
    /// The runtime's `Timestamp`: RFC 3339 as text.
    Timestamp,
    /// The runtime's `Date`: RFC 3339 full date as text.
    Date,
    /// The runtime's `Decimal`: a decimal number as text.
    Decimal,
    /// `bytes::Bytes`: a body that is no JSON.
    Bytes,
    /// The runtime's `Upload`: a file in a form of several parts.
    Upload,
    /// `serde_json::Value`: nothing is known.
    Json,
    /// A type of this crate, in its module `types`.
    Named(RustIdent),
    /// A type of the module that mentions it.
    Local(RustIdent),
    /// `Vec<_>`.
    Vec(Box<RustType>),
    /// `BTreeMap<String, _>`.
    Map(Box<RustType>),
    /// `(_, _)`: a list whose elements have a type each.
    Tuple(Vec<RustType>),
    /// `Box<_>`, where a type would contain itself.
    Boxed(Box<RustType>),
    /// The runtime's `Deep<_>`, where a chain of types would be longer than the compiler looks into.
    Deep(Box<RustType>),
    /// `Option<_>`.
    Option(Box<RustType>),
    /// The runtime's `Field<_>`: absent, null or a value.
    Field(Box<RustType>),
}

impl RustType {
    /// The type as a member of a type: in a box where a cycle or a long chain of types is cut there.
    pub fn held(self, facts: &Facts, holder: SchemaId, held: SchemaId) -> Self {
        let named = matches!(self.innermost(), RustType::Named(_));
        match self {
            ty if named && facts.deep.contains(&(holder, held)) => RustType::Deep(Box::new(ty)),
            RustType::Named(_) | RustType::Tuple(_) if facts.boxed.contains(&(holder, held)) => {
                RustType::Boxed(Box::new(self))
            }
            ty => ty,
        }
    }

    /// `Vec<Self>`.
    pub fn list(self) -> Self {
        RustType::Vec(Box::new(self))
    }

    /// `Option<Self>`, which is never doubled.
    pub fn optional(self) -> Self {
        match self {
            RustType::Option(_) | RustType::Field(_) => self,
            other => RustType::Option(Box::new(other)),
        }
    }

    /// The type with absence and null as they can be told apart (never `Option<Option<_>>`): an optional value that may
    /// be null is a `Field`, one of both is an `Option`. JSON of any kind has a null of its own.
    pub fn present(self, required: bool, nullable: bool) -> Self {
        match (required, nullable) {
            (true, true) if self == RustType::Json => self,
            (false, true) => RustType::Field(Box::new(self)),
            (true, false) => self,
            (true, true) | (false, false) => self.optional(),
        }
    }

    /// The type inside boxes, options, lists and maps.
    pub fn innermost(&self) -> &RustType {
        let mut inner = self;
        while let RustType::Vec(next)
        | RustType::Map(next)
        | RustType::Boxed(next)
        | RustType::Deep(next)
        | RustType::Option(next)
        | RustType::Field(next) = inner
        {
            inner = next;
        }
        inner
    }

    /// Whether this or a part of it is such a type.
    pub fn mentions(&self, is_such: &dyn Fn(&RustType) -> bool) -> bool {
        let mut inner = self;
        loop {
            if is_such(inner) {
                return true;
            }
            match inner {
                RustType::Tuple(elements) => {
                    return elements.iter().any(|element| element.mentions(is_such));
                }
                RustType::Vec(next)
                | RustType::Map(next)
                | RustType::Boxed(next)
                | RustType::Deep(next)
                | RustType::Option(next)
                | RustType::Field(next) => inner = next,
                _ => return false,
            }
        }
    }
}

/// What generated code has to import for the types that it mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imports {
    /// Names of `crate::runtime`.
    pub runtime: BTreeSet<String>,
    /// Names of `crate::types`.
    pub types: BTreeSet<String>,
    /// Whether `std::collections::BTreeMap` is needed.
    pub map: bool,
    /// Whether `bytes::Bytes` is needed.
    pub bytes: bool,
}

impl Imports {
    /// Adds a name of the runtime.
    pub fn runtime(&mut self, name: &str) {
        self.runtime.insert(name.to_owned());
    }

    /// Adds what a type mentions.
    pub fn mention(&mut self, ty: &RustType) {
        let mut inner = ty;
        loop {
            match inner {
                RustType::Timestamp => self.runtime("Timestamp"),
                RustType::Date => self.runtime("Date"),
                RustType::Decimal => self.runtime("Decimal"),
                RustType::Upload => self.runtime("Upload"),
                RustType::Field(_) => self.runtime("Field"),
                RustType::Deep(_) => self.runtime("Deep"),
                RustType::Map(_) => self.map = true,
                RustType::Bytes => self.bytes = true,
                RustType::Named(name) => {
                    self.types.insert(name.to_string());
                }
                RustType::Tuple(elements) => {
                    elements.iter().for_each(|element| self.mention(element));
                }
                _ => {}
            }
            match inner {
                RustType::Vec(next)
                | RustType::Map(next)
                | RustType::Boxed(next)
                | RustType::Deep(next)
                | RustType::Option(next)
                | RustType::Field(next) => inner = next,
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RustType;

    #[test]
    fn presence() {
        let text = || RustType::String;
        let option = RustType::Option(Box::new(text()));
        let field = RustType::Field(Box::new(text()));
        assert_eq!(text().present(true, false), text());
        assert_eq!(text().present(true, true), option);
        assert_eq!(text().present(false, false), option);
        assert_eq!(text().present(false, true), field);
        assert_eq!(RustType::Json.present(true, true), RustType::Json);
        assert_eq!(option.clone().present(false, false), option);
    }
}
