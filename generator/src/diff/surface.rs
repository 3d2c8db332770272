//! What a crate shows: to its callers as Rust and to the server as bytes. It is what two versions are compared by, and
//! what is kept of a released one.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All that callers and the server can see of a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surface {
    /// The package's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its text for people, as a hash; empty where there is none. So are all texts.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// The files that places count into.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// The client and its builder.
    pub client: Client,
    /// The operations, sorted by method and path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
    /// The types, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<Type>,
    /// What the API sends of its own accord.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<Messages>,
    /// Names that were given up and are still there, deprecated, with what they stand for: `types::User`, `users::list`,
    /// `users`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub aliases: BTreeMap<String, String>,
}

/// A place: the number of a file, the line and the character in it, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct At(pub u32, pub u32, pub u32);

/// The client and its builder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Where the server is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
    /// Its text for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// The address; empty if nobody says.
    pub server: String,
    /// What callers choose in all addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<Variable>,
    /// The ways to authenticate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<Credential>,
    /// Headers that every call sends.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
}

/// A part of an address that callers choose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    /// The name between the braces.
    pub wire: String,
    /// The builder's method.
    pub method: String,
    /// The value if the caller chooses none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The only values allowed; empty if there is no such list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
}

/// A way to authenticate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// The builder's method.
    pub method: String,
    /// What the method takes: `&str, &str`.
    pub takes: String,
    /// What is sent: `header X-Key`.
    pub sent: String,
    /// Its text for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// Where it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

/// A method with its call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// What it is by its source, whatever it is called: `GET /users/{}`.
    pub key: String,
    /// The HTTP method.
    pub verb: String,
    /// The path template.
    pub path: String,
    /// The name that no other operation has.
    pub id: String,
    /// The client's method for its group.
    pub group: String,
    /// The module of its group.
    pub module: String,
    /// The handle's type.
    pub handle: String,
    /// Its method.
    pub method: String,
    /// The type of its call.
    pub call: String,
    /// Whether the API gives it up.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// What the method takes, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<Argument>,
    /// What may be set on the call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub setters: Vec<Argument>,
    /// Methods that send the body in another media type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
    /// What awaiting the call gives.
    pub output: String,
    /// What it gives where that differs by status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// How its results come page by page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paging: Option<Series>,
    /// How its response is a stream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream: Option<Series>,
    /// The member around the request's value, and the one within it: `user`, `user.name`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_in: String,
    /// Members that every call sends.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_fixed: String,
    /// How the members of a form are sent.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub parts: String,
    /// The member around the response's value.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub response_in: String,
    /// What else is read as the response.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub response_or: String,
    /// The media types that it accepts, if not JSON.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub accept: String,
    /// What happens when it is sent twice: `same`, `key Idempotency-Key`; empty: what its method says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub repeat: String,
    /// How redirects are followed, if not as usual.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub redirects: String,
    /// What authorises it: alternatives of what is sent together. `None`: whatever is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security: Option<Vec<String>>,
    /// The address of its own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub server: String,
    /// Its text for people, without samples.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// Where it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
    /// Where its response was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_at: Option<At>,
}

/// What a method takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// Its name; of a setter, the method.
    pub name: String,
    /// Its type.
    pub ty: String,
    /// What it is, whatever it is called in Rust: `query role`, `path 0`, `body`.
    pub key: String,
    /// How it is sent, as far as the key does not say: a style, a media type.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sent: String,
    /// Whether the API gives it up.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// Its text for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// Where it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

/// A method that sends the body in another media type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// The method.
    pub method: String,
    /// What it takes.
    pub arguments: Vec<Argument>,
    /// What else differs on the wire.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub facts: String,
}

/// What an operation gives where that differs by status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The enum's name.
    pub name: String,
    /// Its variants without `Other`.
    pub cases: Vec<Case>,
}

/// What an operation gives with some status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The statuses: `200`, `200-299`.
    pub statuses: String,
    /// The variant.
    pub name: String,
    /// What it holds; empty: nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ty: String,
    /// The member around the value.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub within: String,
}

/// How values come one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// What one is.
    pub item: String,
    /// How they come.
    pub facts: String,
}

/// A type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Type {
    /// Its name.
    pub name: String,
    /// What it is by its source, whatever it is called.
    pub key: String,
    /// What kind of type.
    pub shape: Shape,
    /// Whether callers make values of it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub sent: bool,
    /// Fields, values or variants.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// Members that have one value and no field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub constants: BTreeMap<String, String>,
    /// The type of the field for members without a name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rest: String,
    /// What tells the variants of a union apart.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// Its text for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// Where it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

/// What kind of type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// An object with named members.
    #[default]
    Struct,
    /// An enumeration of strings.
    Strings,
    /// An enumeration of integers.
    Integers,
    /// An enumeration of other values.
    Values,
    /// One of several types.
    Union,
    /// One of several types, by the name of the only member.
    TaggedUnion,
}

impl Shape {
    /// Whether values of it are listed.
    pub fn is_enumeration(self) -> bool {
        matches!(self, Shape::Strings | Shape::Integers | Shape::Values)
    }

    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Shape::Struct => "a struct",
            Shape::Strings => "an enumeration of strings",
            Shape::Integers => "an enumeration of integers",
            Shape::Values => "an enumeration of values",
            Shape::Union | Shape::TaggedUnion => "a union",
        }
    }
}

/// A field, a value or a variant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// What it is on the wire: a member's name, a value, what tells a variant apart.
    pub wire: String,
    /// Its type; none of a value.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ty: String,
    /// Whether the member always stands there.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether `new` takes it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub argument: bool,
    /// What else is read as its value; of a variant, what tells it apart.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub facts: String,
    /// Whether the API gives it up.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// Its text for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// Where it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

/// What the API sends of its own accord.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Messages {
    /// The module.
    pub module: String,
    /// Their names and types.
    pub types: BTreeMap<String, String>,
}

fn is_false(value: &bool) -> bool {
    !value
}

impl Surface {
    /// A place as people read it: `openapi.yaml:12:5`.
    pub fn place(&self, at: Option<At>) -> Option<Place> {
        let At(file, line, column) = at?;
        let file = self.files.get(file as usize)?.clone();
        Some(Place { file, line, column })
    }
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file as it is shown.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// The character in the line, counted from 1.
    pub column: u32,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
