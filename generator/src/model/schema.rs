//! Schemas: what a value may be, in the vocabulary of JSON Schema 2020-12, without its document structure.

use super::Docs;
use super::evidence::Evidence;
use crate::origin::Origins;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Number of a schema in its model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SchemaId(pub u32);

/// All schemas of a model. Nothing refers to a schema by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schemas(Vec<Schema>);

impl Schemas {
    /// Adds a schema and answers its number.
    pub fn add(&mut self, schema: Schema) -> SchemaId {
        self.0.push(schema);
        SchemaId((self.0.len() - 1) as u32)
    }

    /// The schema with a number that came from this list.
    pub fn get(&self, id: SchemaId) -> &Schema {
        static ANY: std::sync::LazyLock<Schema> = std::sync::LazyLock::new(Schema::default);
        self.0.get(id.0 as usize).unwrap_or(&ANY)
    }

    /// The schema with a number, to be changed; nothing if the number is not from this list.
    pub fn get_mut(&mut self, id: SchemaId) -> Option<&mut Schema> {
        self.0.get_mut(id.0 as usize)
    }

    /// The schemas in the order of their numbers.
    pub fn into_vec(self) -> Vec<Schema> {
        self.0
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        self.0
            .iter()
            .enumerate()
            .map(|(index, schema)| (SchemaId(index as u32), schema))
    }
}

impl From<Vec<Schema>> for Schemas {
    fn from(schemas: Vec<Schema>) -> Self {
        Schemas(schemas)
    }
}

/// What a value may be, with everything that is said about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// What kind of value.
    pub shape: Shape,
    /// Whether `null` is allowed beside the shape. OpenAPI 3.0: `nullable`; 3.1: `null` among the types; samples: a null.
    pub nullable: bool,
    /// What else stands for such a value, by habit of the server.
    pub spellings: BTreeSet<Spelling>,
    /// Proposals for its name, nearest first.
    pub names: Vec<NameHint>,
    /// Text for people. OpenAPI: `title`, `description`; a page: the description cell.
    pub docs: Docs,
    /// How far it can be trusted.
    pub authority: Authority,
    /// OpenAPI: `default`.
    pub default: Option<Literal>,
    /// Samples of a value.
    pub examples: Vec<Literal>,
    /// OpenAPI: `deprecated`.
    pub deprecated: bool,
    /// What else is asked of a value, for documentation. JSON Schema: the validation keywords (`minLength`, `pattern` …).
    pub constraints: Vec<Constraint>,
    /// Where it was read.
    pub origins: Origins,
}

/// Another spelling of a value, which means the same as the one that its shape says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spelling {
    /// A number for text, 0 and 1 for `false` and `true`.
    Number,
    /// A number or a boolean in quotation marks.
    Text,
    /// `[]` for an object without members.
    EmptyList,
    /// An element for the list of it alone.
    One,
    /// `false` where there is nothing.
    False,
    /// The empty string for null, when it is sent too. OpenAPI: `anyOf` of a schema and `""`.
    Empty,
}

impl Spelling {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Spelling::Number => "number",
            Spelling::Text => "text",
            Spelling::EmptyList => "empty list",
            Spelling::One => "one",
            Spelling::False => "false",
            Spelling::Empty => "empty text",
        }
    }
}

/// A demand on a value that no type expresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// The keyword of JSON Schema: `maximum`.
    pub keyword: String,
    /// Its value.
    pub value: Literal,
}

/// Where knowledge comes from, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Authority {
    /// Seen in samples.
    #[default]
    Sampled,
    /// Stated in a page for people.
    Documented,
    /// Declared in a machine-readable schema.
    Declared,
}

/// What kind of value a schema allows.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Shape {
    /// Anything: nothing is known.
    #[default]
    Any,
    /// Nothing at all. OpenAPI 3.1: `false`.
    Never,
    /// `true` or `false`.
    Boolean,
    /// A whole number. `unsigned`: beyond what 64 bits with a sign hold (`format: uint64`).
    Integer {
        /// Only values from zero up to 2^64 - 1.
        unsigned: bool,
    },
    /// A number that may have a fraction.
    Number,
    /// Text.
    String(StringFormat),
    /// One of a list of values; others may come later.
    Enum(Enumeration),
    /// A list of values of one schema.
    Array(SchemaId),
    /// A list whose elements have a schema each. JSON Schema: `prefixItems`.
    Tuple(Vec<SchemaId>),
    /// Any names, values of one schema. JSON Schema: `additionalProperties` without `properties`.
    Map(SchemaId),
    /// Named properties.
    Object(ObjectShape),
    /// One of several schemas. JSON Schema: `oneOf`, `anyOf`; samples: kinds that exclude each other.
    Union(UnionShape),
    /// All of several schemas at once, until `normalize` has made one of them. JSON Schema: `allOf`, keywords beside it and
    /// keywords beside `$ref` included.
    AllOf(Vec<SchemaId>),
    /// Everything that was seen, until `infer::resolve` has decided what it means.
    Sampled(Box<Evidence>),
}

/// What text may be, if more is known than that.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StringFormat {
    /// Nothing more is known.
    #[default]
    Plain,
    /// RFC 3339 date and time. `date-time`.
    DateTime,
    /// RFC 3339 full date. `date`.
    Date,
    /// A decimal number as text. `decimal`.
    Decimal,
    /// Base64. `byte`.
    Base64,
    /// Bytes. `binary`.
    Binary,
    /// Any other format; it stays text: `uuid`, `uri`, `email` …
    Other(String),
}

/// A list of values.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// The values in the order of the source.
    pub values: Vec<EnumValue>,
}

/// One value of an enumeration.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// A string, an integer, or what else a source lists.
    pub value: Literal,
    /// What the source calls it. OpenAPI: `x-enum-varnames`; a page: the phrase beside the number.
    pub name: Option<String>,
    /// Text for people.
    pub docs: Docs,
}

/// Named properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectShape {
    /// The properties in the order of the most authoritative source.
    pub properties: Vec<Property>,
    /// What else may stand beside them.
    pub additional: Additional,
}

/// Members beside the named properties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Additional {
    /// Nothing is said; what comes is kept.
    #[default]
    Unknown,
    /// Nothing else, by the description; what comes all the same is kept. JSON Schema: `additionalProperties: false`.
    Forbidden,
    /// Values of one schema.
    Schema(SchemaId),
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// The name on the wire.
    pub name: String,
    /// What stands there.
    pub schema: SchemaId,
    /// Whether it always stands there.
    pub required: bool,
    /// Only ever received. OpenAPI: `readOnly`.
    pub read_only: bool,
    /// Only ever sent. OpenAPI: `writeOnly`.
    pub write_only: bool,
    /// OpenAPI: `deprecated`.
    pub deprecated: bool,
    /// Text for people about the property here, if it differs from that of its schema.
    pub docs: Docs,
    /// Where it was read.
    pub origins: Origins,
}

impl Property {
    /// A property that may be left out, of which nothing else is known: `..Property::new(name, schema)`.
    pub fn new(name: impl Into<String>, schema: SchemaId) -> Self {
        Property {
            name: name.into(),
            schema,
            required: false,
            read_only: false,
            write_only: false,
            deprecated: false,
            docs: Docs::default(),
            origins: Origins::none(),
        }
    }
}

/// One of several schemas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnionShape {
    /// The alternatives.
    pub variants: Vec<Variant>,
    /// The member whose value tells the variants apart. OpenAPI: `discriminator.propertyName`.
    pub discriminator: Option<String>,
    /// Each variant is an object whose only member is named by its first tag: `{"user": …}` or `{"users": …}`.
    pub external: bool,
}

/// One alternative of a union.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Variant {
    /// What stands there.
    pub schema: SchemaId,
    /// Values of the discriminator that mean it.
    pub tags: Vec<String>,
    /// Whether it is meant where the discriminator is missing or has a value that no variant names. OpenAPI 3.2:
    /// `discriminator.defaultMapping`.
    pub default: bool,
    /// What a source calls it.
    pub name: Option<String>,
}

/// A proposal for a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameHint {
    /// 0: the author said it; more: derived from further away.
    pub distance: u8,
    /// The name in the words of the source.
    pub text: String,
}

impl NameHint {
    /// A proposal.
    pub fn new(text: impl Into<String>, distance: u8) -> Self {
        NameHint {
            distance,
            text: text.into(),
        }
    }
}

/// A value that stands in a description: a default, an example, a member of an enumeration. Numbers keep their spelling.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number as it was spelled.
    Number(String),
    /// Text.
    String(String),
    /// A list.
    Array(Vec<Literal>),
    /// Named values in the order of the source.
    Object(Vec<(String, Literal)>),
}

impl Literal {
    /// A scalar as the tags of unions are spelled, which are text whatever their kind: `a`, `1`, `true`.
    pub fn as_tag(&self) -> Option<Cow<'_, str>> {
        match self {
            Literal::String(text) | Literal::Number(text) => Some(Cow::Borrowed(text)),
            Literal::Boolean(true) => Some(Cow::Borrowed("true")),
            Literal::Boolean(false) => Some(Cow::Borrowed("false")),
            Literal::Null | Literal::Array(_) | Literal::Object(_) => None,
        }
    }

    /// The value as JSON text on one line. A number that is spelled as JSON has none is text. The depth of what was read
    /// bounds the recursion.
    pub fn to_json(&self) -> String {
        match self {
            Literal::Null => "null".to_owned(),
            Literal::Boolean(value) => value.to_string(),
            Literal::Number(number) => match is_json_number(number) {
                true => number.clone(),
                false => json_string(number),
            },
            Literal::String(text) => json_string(text),
            Literal::Array(items) => {
                let items: Vec<String> = items.iter().map(Literal::to_json).collect();
                format!("[{}]", items.join(","))
            }
            Literal::Object(members) => {
                let members: Vec<String> = members
                    .iter()
                    .map(|(name, value)| format!("{}:{}", json_string(name), value.to_json()))
                    .collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }
}

/// Whether text is a number as JSON spells them (RFC 8259, section 6).
pub fn is_json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let leading_zero = digits
        .strip_prefix('0')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    digits.starts_with(|c: char| c.is_ascii_digit())
        && !leading_zero
        && !digits.ends_with('.')
        && !digits.contains(".e")
        && !digits.contains(".E")
        && text.parse::<f64>().is_ok()
}

fn json_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::Literal;

    #[test]
    fn literals_are_json() {
        let number = |text: &str| Literal::Number(text.to_owned());
        let value = Literal::Object(vec![
            ("a\n\"\\\u{1}".to_owned(), Literal::Null),
            (
                "n".to_owned(),
                Literal::Array(vec![
                    number("-1.50e3"),
                    number("0x1F"),
                    number("01"),
                    number("NaN"),
                ]),
            ),
            ("b".to_owned(), Literal::Boolean(true)),
        ]);
        let text = value.to_json();
        let expected = serde_json::json!({"a\n\"\\\u{1}": null, "n": [-1500.0, "0x1F", "01", "NaN"], "b": true});
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).expect("JSON"),
            expected
        );
    }
}
