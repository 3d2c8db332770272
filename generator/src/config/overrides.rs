//! What the user knows better than the sources: types, nullability, presence and values, by the names of the crate.

use super::check::{Checker, KEYWORDS};
use std::collections::BTreeMap;
use std::fmt;

/// What the user decides about single values. The keys are addresses: `User.photo`, `User`, `GET /users query.role`,
/// `POST /users request`, `GET /users response.200.users[]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// The type that a value has.
    pub types: BTreeMap<String, TypeExpression>,
    /// Whether a value may be null.
    pub nullable: BTreeMap<String, bool>,
    /// Whether a value always stands there.
    pub required: BTreeMap<String, bool>,
    /// The values that are known of a string or an integer; others may come.
    pub enums: BTreeMap<String, Vec<Listed>>,
    /// The name of a field in Rust: `names.fields`.
    pub fields: BTreeMap<String, String>,
}

impl Overrides {
    /// Whether the user decides nothing.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
            && self.nullable.is_empty()
            && self.required.is_empty()
            && self.enums.is_empty()
            && self.fields.is_empty()
    }

    /// What is said about an address, as the keys of letterpress.yaml under which it stands.
    pub fn about(&self, address: &str) -> Vec<&'static str> {
        [
            ("types", self.types.contains_key(address)),
            ("nullable", self.nullable.contains_key(address)),
            ("required", self.required.contains_key(address)),
            ("enums", self.enums.contains_key(address)),
            ("names.fields", self.fields.contains_key(address)),
        ]
        .into_iter()
        .filter(|(_, said)| *said)
        .map(|(key, _)| key)
        .collect()
    }
}

/// A value of an enumeration that the user lists.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(untagged)]
pub enum Listed {
    /// A whole number.
    Integer(i64),
    /// Text.
    Text(String),
}

/// A type as it is written in letterpress.yaml:
/// `string | integer | number | boolean | any | date | date-time | decimal | array<T> | map<string, T> | Name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeExpression {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number that may have a fraction.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Anything.
    Any,
    /// RFC 3339 full date, as text.
    Date,
    /// RFC 3339 date and time, as text.
    DateTime,
    /// A decimal number, as text.
    Decimal,
    /// A list.
    Array(Box<TypeExpression>),
    /// Any names, values of one type.
    Map(Box<TypeExpression>),
    /// A type of the crate.
    Named(String),
}

/// How deep lists and maps may nest in a type that is written by hand.
const DEEPEST: usize = 8;

impl TypeExpression {
    /// Reads a type.
    ///
    /// # Errors
    /// One sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::nested(text.trim(), DEEPEST)
    }

    fn nested(text: &str, depth: usize) -> Result<Self, String> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err("lists and maps nest too deep".to_owned());
        };
        let plain = match text {
            "string" => TypeExpression::String,
            "integer" => TypeExpression::Integer,
            "number" => TypeExpression::Number,
            "boolean" => TypeExpression::Boolean,
            "any" => TypeExpression::Any,
            "date" => TypeExpression::Date,
            "date-time" => TypeExpression::DateTime,
            "decimal" => TypeExpression::Decimal,
            _ => return Self::compound(text, depth),
        };
        Ok(plain)
    }

    fn compound(text: &str, depth: usize) -> Result<Self, String> {
        let inner = |head: &str| {
            text.strip_prefix(head)
                .and_then(|rest| rest.trim_start().strip_prefix('<'))
                .and_then(|rest| rest.strip_suffix('>'))
                .map(str::trim)
        };
        if let Some(inner) = inner("array") {
            return Ok(TypeExpression::Array(Box::new(Self::nested(inner, depth)?)));
        }
        if let Some(inner) = inner("map") {
            let Some(("string", value)) = inner.split_once(',').map(|(k, v)| (k.trim(), v.trim()))
            else {
                return Err(format!("`{text}` is no map from `string`"));
            };
            return Ok(TypeExpression::Map(Box::new(Self::nested(value, depth)?)));
        }
        let name = text.starts_with(|c: char| c.is_ascii_uppercase())
            && text.chars().all(|c| c.is_ascii_alphanumeric());
        match name {
            true => Ok(TypeExpression::Named(text.to_owned())),
            false => Err(format!("`{text}` is no type")),
        }
    }
}

impl fmt::Display for TypeExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TypeExpression::String => f.write_str("string"),
            TypeExpression::Integer => f.write_str("integer"),
            TypeExpression::Number => f.write_str("number"),
            TypeExpression::Boolean => f.write_str("boolean"),
            TypeExpression::Any => f.write_str("any"),
            TypeExpression::Date => f.write_str("date"),
            TypeExpression::DateTime => f.write_str("date-time"),
            TypeExpression::Decimal => f.write_str("decimal"),
            TypeExpression::Array(inner) => write!(f, "array<{inner}>"),
            TypeExpression::Map(inner) => write!(f, "map<string, {inner}>"),
            TypeExpression::Named(name) => f.write_str(name),
        }
    }
}

/// The overrides as they stand in the file, whose types are text.
pub(super) struct RawOverrides {
    pub types: BTreeMap<String, String>,
    pub nullable: BTreeMap<String, bool>,
    pub required: BTreeMap<String, bool>,
    pub enums: BTreeMap<String, Vec<Listed>>,
    pub fields: BTreeMap<String, String>,
}

/// Reads the types and checks the rest; whether an address is that of a value is known only when there is a model.
pub(super) fn check(raw: RawOverrides, checker: &mut Checker<'_>) -> Overrides {
    let mut types = BTreeMap::new();
    for (address, text) in raw.types {
        match TypeExpression::parse(&text) {
            Ok(parsed) => {
                types.insert(address, parsed);
            }
            Err(why) => {
                let help = "write `string`, `integer`, `number`, `boolean`, `any`, `date`, `date-time`, `decimal`, \
                            `array<T>`, `map<string, T>`, or the name of a type";
                checker.fault(&["types", &address], why, help);
            }
        }
    }
    for (address, values) in &raw.enums {
        let integers = values
            .iter()
            .filter(|value| matches!(value, Listed::Integer(_)))
            .count();
        if values.is_empty() {
            let message = format!("`{address}` has no values");
            checker.fault(&["enums", address], message, "list them, as `[a, b]`");
        } else if integers != 0 && integers != values.len() {
            let message = format!("the values of `{address}` are text and numbers");
            let help = "quote the numbers, or list numbers only";
            checker.fault(&["enums", address], message, help);
        }
        if types.contains_key(address) {
            let message = format!("`{address}` stands under `types` and under `enums`");
            let help = "remove one of the two: the values tell the type";
            checker.fault(&["enums", address], message, help);
        }
    }
    for (address, name) in &raw.fields {
        let lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
        let is_taken = name == "extra" || KEYWORDS.contains(&name.as_str());
        if !begins || !name.chars().all(lower) || is_taken {
            let message = format!("`{name}` cannot be the name of a field");
            let help =
                "use lowercase letters, digits and `_`, a letter first, no keyword and not `extra`";
            checker.fault(&["names", "fields", address], message, help);
        }
    }
    Overrides {
        types,
        nullable: raw.nullable,
        required: raw.required,
        enums: raw.enums,
        fields: raw.fields,
    }
}

#[cfg(test)]
mod tests {
    use super::TypeExpression;

    #[test]
    fn types_are_read_and_printed() {
        for text in [
            "string",
            "date-time",
            "array<OrderLine>",
            "map<string, any>",
            "map<string, array<map<string, integer>>>",
        ] {
            let read = TypeExpression::parse(text).expect(text);
            assert_eq!(read.to_string(), text);
        }
        let spaced = TypeExpression::parse(" array < map<string ,any> > ").expect("spaces");
        assert_eq!(spaced.to_string(), "array<map<string, any>>");
        let deep = "array<".repeat(9) + "any" + &">".repeat(9);
        for text in [
            "",
            "text",
            "array",
            "array<>",
            "map<integer, any>",
            "map<any>",
            "a b",
            &deep,
        ] {
            assert!(TypeExpression::parse(text).is_err(), "{text}");
        }
    }
}
