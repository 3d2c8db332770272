//! The types of a generated crate, as finished pieces.

use super::super::docs::Doc;
use super::super::rust_type::RustType;
use super::{Rest, ValueKind};
use crate::names::RustIdent;

/// A type of the generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// An object with named members.
    Struct(Struct),
    /// A list of values that may grow.
    ValueEnum(ValueEnum),
    /// One of several types, told apart by what is there.
    Union(Union),
    /// One of several types, told apart by the name of the only member.
    TaggedUnion(TaggedUnion),
}

impl Item {
    /// The type's name.
    pub fn name(&self) -> &RustIdent {
        match self {
            Item::Struct(item) => &item.name,
            Item::ValueEnum(item) => &item.name,
            Item::Union(item) => &item.name,
            Item::TaggedUnion(item) => &item.name,
        }
    }

    /// What the type is by its source, whatever it is called: `schema User` where its author named it, else the way to
    /// it, as in `GET /users/{} response.200.address`. No other type of the plan has it, and it stays the same as long as
    /// that name or that way does, whatever else changes.
    pub fn key(&self) -> &str {
        match self {
            Item::Struct(item) => &item.key,
            Item::ValueEnum(item) => &item.key,
            Item::Union(item) => &item.key,
            Item::TaggedUnion(item) => &item.key,
        }
    }

    pub(super) fn set_key(&mut self, key: String) {
        match self {
            Item::Struct(item) => item.key = key,
            Item::ValueEnum(item) => item.key = key,
            Item::Union(item) => item.key = key,
            Item::TaggedUnion(item) => item.key = key,
        }
    }
}

/// A struct with a field table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struct {
    /// Its name.
    pub name: RustIdent,
    /// What it is by its source, whatever it is called; see [`Item::key`].
    pub key: String,
    /// Its documentation.
    pub docs: Doc,
    /// Its fields without `extra`, which every struct has.
    pub fields: Vec<Field>,
    /// Members that have one value and no field, with that value.
    pub constants: Vec<(String, String)>,
    /// The field for members without a name of their own, if those have a type: a map.
    pub rest: Option<Rest>,
    /// Whether callers make values of it: then it has a constructor and may be written as a literal.
    pub sent: bool,
}

impl Struct {
    /// What `new` takes: what is always sent and has no value of its own. Nothing if there is no `new`.
    ///
    /// It stands in the order of the names: members of an object have none, and where a source lists them in another one,
    /// no caller's arguments change places.
    pub fn arguments(&self) -> Vec<&Field> {
        let mut required = self.fields.iter().filter(|field| field.required);
        if !self.sent || required.any(|field| field.wire == "new") {
            return Vec::new();
        }
        let always = |field: &&Field| {
            field.required && !matches!(field.ty, RustType::Option(_) | RustType::Field(_))
        };
        let mut arguments: Vec<&Field> = self.fields.iter().filter(always).collect();
        arguments.sort_by(|a, b| a.name.plain().cmp(b.name.plain()));
        arguments
    }
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: RustIdent,
    /// The member's name on the wire.
    pub wire: String,
    /// Its type, absence and null included.
    pub ty: RustType,
    /// Whether the member always stands there.
    pub required: bool,
    /// What else is read as its value, by the runtime's words.
    pub spellings: Vec<&'static str>,
    /// Whether the API gives it up.
    pub deprecated: bool,
    /// Its documentation.
    pub docs: Doc,
}

/// An open enumeration of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueEnum {
    /// Its name.
    pub name: RustIdent,
    /// What it is by its source, whatever it is called; see [`Item::key`].
    pub key: String,
    /// Its documentation.
    pub docs: Doc,
    /// Its variants without `Other`, which every enumeration has.
    pub variants: Vec<(RustIdent, EnumeratedValue, Doc)>,
    /// What its values are.
    pub kind: ValueKind,
}

/// A value of an enumeration as it is on the wire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EnumeratedValue {
    /// A string.
    Text(String),
    /// An integer.
    Integer(i64),
    /// Any other number, as it is spelled.
    Number(String),
    /// `true` or `false`.
    Boolean(bool),
}

/// An open union whose variants are told apart by their kind, a tag, or members that only one has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Union {
    /// Its name.
    pub name: RustIdent,
    /// What it is by its source, whatever it is called; see [`Item::key`].
    pub key: String,
    /// Its documentation.
    pub docs: Doc,
    /// The member that tells objects apart; empty if there is none.
    pub tag: String,
    /// The variant that is meant where that member is missing or has a value that no variant names.
    pub default: Option<usize>,
    /// Its variants without `Other`, which every union has.
    pub variants: Vec<Choice>,
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub name: RustIdent,
    /// What tells it apart in its source, whatever it is called: `|url`.
    pub key: String,
    /// What it holds.
    pub ty: RustType,
    /// What its values are in JSON.
    pub kind: JsonKind,
    /// Values of the tag that mean it.
    pub tags: Vec<String>,
    /// Members that only it has.
    pub has: Vec<String>,
}

/// A kind of JSON value, by the runtime's word for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonKind {
    /// A string.
    Str,
    /// An integer.
    Int,
    /// Any number.
    Num,
    /// `true` or `false`.
    Bool,
    /// An array.
    Arr,
    /// An object.
    Obj,
}

/// An open union whose variants are named by the only member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggedUnion {
    /// Its name.
    pub name: RustIdent,
    /// What it is by its source, whatever it is called; see [`Item::key`].
    pub key: String,
    /// Its documentation.
    pub docs: Doc,
    /// Name, type and member of each variant.
    pub variants: Vec<(RustIdent, RustType, String)>,
    /// Whether it is only ever sent: then there is nothing that this crate does not know.
    pub sent: bool,
}
