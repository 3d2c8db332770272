//! Shows every generated type to the codec as numbered slots, so that the codec is not generic.

pub use super::outcome::Outcome;
use super::{Decimal, Extra, Upload};
use bytes::Bytes;
use serde_json::Value;

/// The index that addresses the unknown members in [`Object::get`] and [`Object::get_mut`].
pub const EXTRA: usize = usize::MAX;

/// The index that addresses the map of further members that have a type, where there is one.
pub const REST: usize = usize::MAX - 1;

/// One row of a field table.
#[derive(Debug)]
pub struct Member {
    /// The member's name in JSON.
    pub name: &'static str,
    /// The description says "required": an absent value is written as `null`, and its absence is
    /// reported by strict decoding.
    pub required: bool,
    /// What else is read as a value of it.
    pub spellings: Spellings,
}

impl Member {
    /// A required member.
    pub const fn req(name: &'static str) -> Self {
        Member {
            name,
            required: true,
            spellings: Spellings::NONE,
        }
    }

    /// An optional member.
    pub const fn opt(name: &'static str) -> Self {
        Member {
            name,
            required: false,
            spellings: Spellings::NONE,
        }
    }

    /// The same with other spellings.
    pub const fn or(self, spellings: Spellings) -> Self {
        let spellings = self.spellings.and(spellings);
        Member { spellings, ..self }
    }
}

/// Other spellings of a value that the server is known to use: they are read as the value, and the
/// value is written as described.
///
/// Where a list or a map stands they are those of what is in it, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spellings(u8);

impl Spellings {
    /// As described, and nothing else.
    pub const NONE: Spellings = Spellings(0);
    /// A number for a text, `0` and `1` for `false` and `true`.
    pub const NUMBER: Spellings = Spellings(1);
    /// A number or a boolean in quotation marks.
    pub const TEXT: Spellings = Spellings(2);
    /// `[]` for an object without members.
    pub const EMPTY_LIST: Spellings = Spellings(4);
    /// The element of a list, without the list.
    pub const ONE: Spellings = Spellings(8);
    /// `false` where there is nothing.
    pub const FALSE: Spellings = Spellings(16);
    /// The empty string for `null`, which is written so too: it clears the member.
    pub const EMPTY: Spellings = Spellings(32);

    /// These and others.
    pub const fn and(self, other: Spellings) -> Spellings {
        Spellings(self.0 | other.0)
    }

    pub(crate) const fn is_none(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn has(self, other: Spellings) -> bool {
        self.0 & other.0 != 0
    }
}

/// What is fixed about a struct.
#[derive(Debug)]
pub struct Table {
    /// The struct's name in Rust.
    pub name: &'static str,
    /// The members in the order of their indexes.
    pub members: &'static [Member],
    /// Members that have one value and no field, such as the tag of a union's variant.
    pub constants: &'static [(&'static str, &'static str)],
    /// Whether members beside these have a type: then they are entries of the map behind [`REST`].
    pub rest: bool,
}

impl Table {
    /// The index of a member.
    ///
    /// Objects mostly arrive in the declared order, so the scan starts at `next` and wraps around.
    #[inline]
    pub fn find(&self, name: &str, next: usize) -> Option<usize> {
        let (before, after) = self.members.split_at(next.min(self.members.len()));
        match after.iter().position(|member| member.name == name) {
            Some(index) => Some(before.len() + index),
            None => before.iter().position(|member| member.name == name),
        }
    }

    /// The position of a member that has one value.
    pub(crate) fn constant(&self, name: &str) -> Option<usize> {
        let mut constants = self.constants.iter();
        constants.position(|(constant, _)| *constant == name)
    }
}

/// A struct as numbered slots; implemented by `object!`.
///
/// The index [`EXTRA`] answers the unknown members, [`REST`] those that have a type without a name; any other unknown
/// index answers nothing.
pub trait Object {
    /// The field table.
    fn table(&self) -> &'static Table;
    /// The value of a member, for writing.
    fn get(&self, index: usize) -> Node<'_>;
    /// The place of a member, for reading.
    fn get_mut(&mut self, index: usize) -> SlotMut<'_>;
}

/// Anything that can be a member of an object, or a whole document.
pub trait Slot {
    /// The value, for writing.
    fn node(&self) -> Node<'_>;
    /// The place, for reading.
    fn slot(&mut self) -> SlotMut<'_>;
}

/// Anything that can be written, borrowed slices and strings included.
///
/// The node is handed to a function because that of a slice lives only as long as this call.
pub trait Encode {
    /// Calls `write` once with the value.
    fn encode(&self, write: &mut dyn FnMut(Node<'_>));
}

/// A list of slots.
pub trait Seq {
    /// The number of elements.
    fn len(&self) -> usize;
    /// Whether there is no element.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// An element; `Absent` beyond the end.
    fn at(&self, index: usize) -> Node<'_>;
    /// Appends a default element and gives its place.
    fn push(&mut self) -> SlotMut<'_>;
    /// Removes all elements.
    fn clear(&mut self);
}

/// A map from strings to slots.
pub trait Map {
    /// The number of entries.
    fn len(&self) -> usize;
    /// Whether there is no entry.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Calls `visit` for each entry until it answers `false`.
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a str, Node<'a>) -> bool);
    /// Adds a default entry, or resets the one there is, and gives its place.
    fn entry(&mut self, key: &str) -> SlotMut<'_>;
    /// Takes an entry out.
    fn remove(&mut self, key: &str);
    /// Removes all entries.
    fn clear(&mut self);
}

/// A list whose elements have a type each.
pub trait Tuple: Seq {
    /// The number of elements that there is a place for.
    fn places(&self) -> usize;
    /// The place of an element; nothing beyond the last.
    fn place(&mut self, index: usize) -> SlotMut<'_>;
}

/// `Option<T>` and `Field<T>`.
pub trait Opt {
    /// What `null` means here.
    fn clear(&mut self);
    /// Puts a default value inside and gives its place.
    fn fill(&mut self) -> SlotMut<'_>;
}

/// An open enumeration of strings; implemented by `string_enum!`.
pub trait StringEnum {
    /// Takes the variant of this string, or the one for unknown strings.
    fn set(&mut self, text: &str);
}

/// An open enumeration of integers; implemented by `integer_enum!`.
pub trait IntegerEnum {
    /// Takes the variant of this number, or the one for unknown numbers.
    fn set(&mut self, number: i64);
}

/// An open enumeration of values of any kinds; implemented by `value_enum!`.
pub trait ValueEnum {
    /// Takes the variant of this value, or the one for unknown values.
    fn set(&mut self, value: Value);
}

/// What the values of a union's variant are in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
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

/// One row of a union's table.
#[derive(Debug)]
pub struct Choice {
    /// The variant's name in Rust.
    pub name: &'static str,
    /// What its values are in JSON.
    pub kind: Kind,
    /// For an object: the values of the tag member that mean this variant. For a string: the only
    /// strings that mean it; none means any string.
    pub tags: &'static [&'static str],
    /// Members that only this variant has among those it can be confused with.
    pub has: &'static [&'static str],
}

/// What is fixed about a union.
#[derive(Debug)]
pub struct Choices {
    /// The enum's name in Rust.
    pub name: &'static str,
    /// The member that tells object variants apart; empty if there is none.
    pub tag: &'static str,
    /// The index of the variant that is meant where that member is missing or has a value of no variant.
    pub default: Option<usize>,
    /// The variants in the order of their indexes.
    pub variants: &'static [Choice],
}

impl Choices {
    /// The variant that the table names for values of no variant.
    pub const fn default_of(named: &[usize]) -> Option<usize> {
        match named {
            [index, ..] => Some(*index),
            [] => None,
        }
    }
}

/// An open union; implemented by `union!`.
pub trait Union {
    /// The union's table.
    fn choices(&self) -> &'static Choices;
    /// Takes a variant with a default value and gives its place; for an index without a variant
    /// that is the `Value` in `Other`.
    fn choose(&mut self, index: usize) -> SlotMut<'_>;
}

/// An open union whose variant is named by the only member of an object; implemented by
/// `tagged_union!`.
pub trait TaggedUnion {
    /// The members' names in the order of the variants.
    fn tags(&self) -> &'static [&'static str];
    /// Takes a variant with a default value and gives its place; for an index without a variant
    /// that is the `Value` in `Other`.
    fn choose(&mut self, index: usize) -> SlotMut<'_>;
    /// Whether there is an `Other`. What is only ever sent needs none.
    fn is_open(&self) -> bool {
        true
    }
}

/// A value as the writers see it.
#[derive(Clone, Copy)]
pub enum Node<'a> {
    /// Nothing to write.
    Absent,
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A signed integer.
    I64(i64),
    /// An unsigned integer.
    U64(u64),
    /// Any other number; `null` if it is not finite.
    F64(f64),
    /// A number as JSON text.
    Number(&'a str),
    /// A string.
    Str(&'a str),
    /// An array.
    Seq(&'a dyn Seq),
    /// An object without a table.
    Map(&'a dyn Map),
    /// An object with a table.
    Obj(&'a dyn Object),
    /// An object with this one member.
    Tagged(&'static str, &'a dyn Slot),
    /// Any JSON.
    Json(&'a Value),
    /// The unknown members of an object.
    Extra(&'a Extra),
    /// A file, which only a form of several parts can hold.
    Upload(&'a Upload),
}

/// A place as the readers see it.
pub enum SlotMut<'a> {
    /// Whatever comes is dropped.
    Ignore,
    /// `true` or `false`.
    Bool(&'a mut bool),
    /// A signed integer.
    I64(&'a mut i64),
    /// An unsigned integer.
    U64(&'a mut u64),
    /// Any number.
    F64(&'a mut f64),
    /// A string.
    Str(&'a mut String),
    /// A string or a number.
    Decimal(&'a mut Decimal),
    /// A response body as it came.
    Bytes(&'a mut Bytes),
    /// An array.
    Seq(&'a mut dyn Seq),
    /// An object without a table.
    Map(&'a mut dyn Map),
    /// A value or none.
    Opt(&'a mut dyn Opt),
    /// An object with a table.
    Obj(&'a mut dyn Object),
    /// One of some strings.
    StringEnum(&'a mut dyn StringEnum),
    /// One of some integers.
    IntegerEnum(&'a mut dyn IntegerEnum),
    /// One of some values.
    ValueEnum(&'a mut dyn ValueEnum),
    /// An array whose elements have a type each.
    Tuple(&'a mut dyn Tuple),
    /// One of some shapes.
    Union(&'a mut dyn Union),
    /// One of some shapes, named by the only member of an object.
    Tagged(&'a mut dyn TaggedUnion),
    /// Any JSON.
    Json(&'a mut Value),
    /// The unknown members of an object.
    Extra(&'a mut Extra),
    /// A whole response, read by its status.
    Outcome(&'a mut dyn Outcome),
}

impl<'a> SlotMut<'a> {
    /// The same place for a shorter time.
    pub(crate) fn shorten<'s>(self) -> SlotMut<'s>
    where
        'a: 's,
    {
        // The compiler shortens each trait object by itself, but not the enum around them.
        match self {
            SlotMut::Ignore => SlotMut::Ignore,
            SlotMut::Bool(place) => SlotMut::Bool(place),
            SlotMut::I64(place) => SlotMut::I64(place),
            SlotMut::U64(place) => SlotMut::U64(place),
            SlotMut::F64(place) => SlotMut::F64(place),
            SlotMut::Str(place) => SlotMut::Str(place),
            SlotMut::Decimal(place) => SlotMut::Decimal(place),
            SlotMut::Bytes(place) => SlotMut::Bytes(place),
            SlotMut::Seq(place) => SlotMut::Seq(place),
            SlotMut::Map(place) => SlotMut::Map(place),
            SlotMut::Opt(place) => SlotMut::Opt(place),
            SlotMut::Obj(place) => SlotMut::Obj(place),
            SlotMut::StringEnum(place) => SlotMut::StringEnum(place),
            SlotMut::IntegerEnum(place) => SlotMut::IntegerEnum(place),
            SlotMut::ValueEnum(place) => SlotMut::ValueEnum(place),
            SlotMut::Tuple(place) => SlotMut::Tuple(place),
            SlotMut::Union(place) => SlotMut::Union(place),
            SlotMut::Tagged(place) => SlotMut::Tagged(place),
            SlotMut::Json(place) => SlotMut::Json(place),
            SlotMut::Extra(place) => SlotMut::Extra(place),
            SlotMut::Outcome(place) => SlotMut::Outcome(place),
        }
    }
}

impl<'a> Node<'a> {
    /// Whether this is what a fresh value holds: empty, zero, false, absent or null.
    pub fn is_default(&self) -> bool {
        match *self {
            Node::Absent | Node::Null => true,
            Node::Bool(value) => !value,
            Node::I64(value) => value == 0,
            Node::U64(value) => value == 0,
            Node::F64(value) => value == 0.0,
            Node::Number(_) => false,
            Node::Str(value) => value.is_empty(),
            Node::Seq(value) => value.is_empty(),
            Node::Map(value) => value.is_empty(),
            Node::Obj(value) => {
                let members = value.table().members.len();
                let mut members = (0..members).chain([REST]);
                members.all(|index| value.get(index).is_default())
            }
            Node::Tagged(..) => false,
            Node::Json(value) => value.is_null(),
            Node::Extra(value) => value.is_empty(),
            Node::Upload(value) => value.is_unset(),
        }
    }

    /// Whether this scalar is the value that JSON has; `1` and `1.0` are one number.
    pub fn is(&self, value: &Value) -> bool {
        match *self {
            Node::Null => value.is_null(),
            Node::Bool(own) => value.as_bool() == Some(own),
            Node::Str(own) => value.as_str() == Some(own),
            Node::I64(own) => match value.as_i64() {
                Some(value) => value == own,
                None => value.as_f64() == Some(own as f64),
            },
            Node::F64(own) => value.as_f64() == Some(own),
            _ => false,
        }
    }

    /// A member by its name in JSON, known or not; `Absent` if there is none.
    pub fn member(self, name: &str) -> Node<'a> {
        match self {
            Node::Obj(object) => match (object.table().find(name, 0), object.get(EXTRA)) {
                (Some(index), _) => object.get(index),
                (None, Node::Extra(extra)) if extra.get(name).is_some() => {
                    extra.get(name).map_or(Node::Absent, Node::Json)
                }
                (None, _) => match object
                    .table()
                    .constant(name)
                    .and_then(|at| object.table().constants.get(at))
                {
                    Some((_, value)) => Node::Str(value),
                    None => object.get(REST).member(name),
                },
            },
            Node::Tagged(tag, slot) if tag == name => slot.node(),
            Node::Json(value) => value.get(name).map_or(Node::Absent, Node::Json),
            Node::Extra(extra) => extra.get(name).map_or(Node::Absent, Node::Json),
            Node::Map(map) => {
                let mut found = Node::Absent;
                map.each(&mut |key, node| {
                    if key == name {
                        found = node;
                    }
                    key != name
                });
                found
            }
            _ => Node::Absent,
        }
    }
}

impl From<bool> for Node<'_> {
    fn from(value: bool) -> Self {
        Node::Bool(value)
    }
}

impl From<i64> for Node<'_> {
    fn from(value: i64) -> Self {
        Node::I64(value)
    }
}

impl From<f64> for Node<'_> {
    fn from(value: f64) -> Self {
        Node::F64(value)
    }
}

impl<'a> From<&'a str> for Node<'a> {
    fn from(value: &'a str) -> Self {
        Node::Str(value)
    }
}
