//! Values that stand for others, back to what they stand for.

use super::threshold;
use crate::model::StringFormat;
use crate::model::evidence::{Fidelity, Hole};
use crate::tree::{Kind, Node};

/// The words that generators fill text and invented names with.
const FILLER: [&str; 63] = [
    "ad",
    "adipisicing",
    "aliqua",
    "aliquip",
    "amet",
    "anim",
    "aute",
    "cillum",
    "commodo",
    "consectetur",
    "consequat",
    "culpa",
    "cupidatat",
    "deserunt",
    "do",
    "dolor",
    "dolore",
    "duis",
    "ea",
    "eiusmod",
    "elit",
    "enim",
    "esse",
    "est",
    "et",
    "eu",
    "ex",
    "excepteur",
    "exercitation",
    "fugiat",
    "id",
    "in",
    "incididunt",
    "ipsum",
    "irure",
    "labore",
    "laboris",
    "laborum",
    "lorem",
    "magna",
    "minim",
    "mollit",
    "nisi",
    "non",
    "nostrud",
    "nulla",
    "occaecat",
    "officia",
    "pariatur",
    "proident",
    "qui",
    "quis",
    "reprehenderit",
    "sed",
    "sint",
    "sit",
    "sunt",
    "tempor",
    "ullamco",
    "ut",
    "velit",
    "veniam",
    "voluptate",
];

/// Formats that stand between angle brackets under their own names (JSON Schema 2020-12 §7.3 and OpenAPI's registry).
const FORMATS: [&str; 26] = [
    "base64",
    "base64url",
    "duration",
    "email",
    "hostname",
    "html",
    "http-status-code",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "media-range",
    "password",
    "phone",
    "regex",
    "relative-json-pointer",
    "time",
    "uid",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
    "uuid",
];

/// What a text stands for, if it is a placeholder. More than one hole means that one of them is meant.
pub fn holes(text: &str) -> Option<Vec<Hole>> {
    if let Some(inner) = text.strip_prefix('<').and_then(|t| t.strip_suffix('>')) {
        return bracketed(inner);
    }
    if text.contains("{{") && text.contains("}}") {
        return Some(vec![variable(text)]);
    }
    let one = |hole| Some(vec![hole]);
    match text {
        // What samplers print for `type: string` and its formats.
        "string" => return one(Hole::String(StringFormat::Plain)),
        "2019-08-24T14:15:22Z" => return one(Hole::String(StringFormat::DateTime)),
        "3fa85f64-5717-4562-b3fc-2c963f66afa6" => return one(format_hole("uuid")),
        // What a content network makes of an address in a page.
        "[email protected]" => return one(format_hole("email")),
        "schema type not provided" | "[object Object]" | "..." | "…" => {
            return one(Hole::Unknown);
        }
        _ => {}
    }
    if is_counted(text) {
        return one(Hole::String(StringFormat::Plain));
    }
    if text.starts_with("reference ") && text.ends_with("not found in the OpenAPI spec") {
        return one(Hole::Unknown);
    }
    let small = text.to_ascii_lowercase();
    let asks = small.starts_with("your_") || small.starts_with("your-");
    (asks && !text.contains(' ')).then(|| vec![Hole::String(StringFormat::Plain)])
}

/// Whether it is `sample string 12`.
pub fn is_counted(text: &str) -> bool {
    text.strip_prefix("sample string ")
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// What an object stands for whose only member `value` tells why a generator printed no more.
pub fn shell(object: Node<'_>) -> Option<Hole> {
    let mut entries = object.entries();
    let (Some((key, value)), None) = (entries.next(), entries.next()) else {
        return None;
    };
    if key.text != "value" {
        return None;
    }
    let text = value.as_str()?;
    let inner = text.strip_prefix('<').and_then(|t| t.strip_suffix('>'))?;
    broken(inner)
}

/// `Circular reference to #/components/schemas/Node detected`, `Error: …`.
fn broken(inner: &str) -> Option<Hole> {
    if let Some(rest) = inner.strip_prefix("Circular reference to ") {
        let pointer = rest.strip_suffix(" detected").unwrap_or(rest);
        let name = pointer.rsplit('/').next().unwrap_or(pointer);
        return Some(Hole::Circular(name.to_owned()));
    }
    inner.starts_with("Error: ").then_some(Hole::TooDeep)
}

fn bracketed(inner: &str) -> Option<Vec<Hole>> {
    if let Some(hole) = broken(inner) {
        return Some(vec![hole]);
    }
    let mut holes = Vec::new();
    let mut format = None;
    for token in inner.split(',') {
        let token = token.trim();
        match token_hole(token) {
            Some(hole) => holes.push(hole),
            None => {
                // The format of a list of types stands behind the last of them: `string,null-date-time`.
                let (kind, rest) = token.split_once('-')?;
                match token_hole(kind) {
                    Some(hole) if inner.contains(',') => {
                        holes.push(hole);
                        format = Some(rest);
                    }
                    _ => return asked(inner),
                }
            }
        }
    }
    if let Some(format) = format {
        for hole in &mut holes {
            if *hole == Hole::String(StringFormat::Plain) {
                *hole = format_hole(format);
            }
        }
    }
    Some(holes)
}

/// `<your_access_token>`: text that somebody is asked to put in. A single word is a tag of a markup language.
fn asked(inner: &str) -> Option<Vec<Hole>> {
    let begins = inner.starts_with(|c: char| c.is_ascii_alphabetic());
    let plain = inner
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_ .-".contains(c));
    (begins && plain && inner.len() <= 60 && inner.contains(['_', ' ', '-']))
        .then(|| vec![Hole::String(StringFormat::Plain)])
}

fn token_hole(token: &str) -> Option<Hole> {
    Some(match token {
        "string" => Hole::String(StringFormat::Plain),
        "integer" | "long" | "int32" | "int64" | "uint64" | "unix-time" => Hole::Integer,
        "number" | "float" | "double" => Hole::Number,
        "boolean" => Hole::Boolean,
        "array" => Hole::Array,
        "object" => Hole::Object,
        "null" => Hole::Null,
        "dateTime" | "date-time" => Hole::String(StringFormat::DateTime),
        "date" => Hole::String(StringFormat::Date),
        "binary" => Hole::String(StringFormat::Binary),
        "byte" => Hole::String(StringFormat::Base64),
        "decimal" => Hole::String(StringFormat::Decimal),
        other if FORMATS.contains(&other) => format_hole(other),
        other if other.contains(['_', ' ']) => {
            return asked(other).and_then(|holes| holes.into_iter().next());
        }
        _ => return None,
    })
}

fn format_hole(format: &str) -> Hole {
    Hole::String(match format {
        "date-time" => StringFormat::DateTime,
        "date" => StringFormat::Date,
        "binary" => StringFormat::Binary,
        "byte" => StringFormat::Base64,
        "decimal" => StringFormat::Decimal,
        other => StringFormat::Other(other.to_owned()),
    })
}

/// What a variable says about the text that replaces it. Names with a dollar sign are values that the client makes up;
/// here they stand in quotation marks, so also a number or a boolean is sent as text.
fn variable(text: &str) -> Hole {
    // Three braces mark what stood outside of quotes: a value of any kind.
    if text.starts_with("{{{") && text.ends_with("}}}") {
        return Hole::Unknown;
    }
    let name = text
        .strip_prefix("{{")
        .and_then(|t| t.strip_suffix("}}"))
        .map(str::trim)
        .and_then(|t| t.strip_prefix('$'));
    match name {
        Some("guid" | "randomUUID") => format_hole("uuid"),
        Some("isoTimestamp" | "randomDateFuture" | "randomDatePast" | "randomDateRecent") => {
            Hole::String(StringFormat::DateTime)
        }
        Some("randomEmail" | "randomExampleEmail") => format_hole("email"),
        Some("randomUrl" | "randomImageUrl" | "randomAvatarImage") => format_hole("uri"),
        Some("randomIP") => format_hole("ipv4"),
        Some("randomIPV6") => format_hole("ipv6"),
        Some(_) => Hole::String(StringFormat::Plain),
        None => Hole::Variable,
    }
}

/// A name that a generator may have invented to show that any name is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invented {
    /// It cannot be a word of its own: it has a digit or an underscore.
    pub strong: bool,
    /// It counts: `key_0`, `additionalProp1`.
    pub counted: bool,
    /// Whoever counts so prints a sample of the schema as the value.
    pub faithful: bool,
    /// Letters of the filler word that it begins with.
    pub letters: usize,
}

/// Whether a name looks invented: a filler word and up to four more characters, or a counted name.
pub fn invented(key: &str) -> Option<Invented> {
    let is_counted = |prefix: &str| {
        key.strip_prefix(prefix)
            .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    let faithful = is_counted("additionalProp");
    if faithful || is_counted("key_") {
        return Some(Invented {
            strong: true,
            counted: true,
            faithful,
            letters: 0,
        });
    }
    let small = key.to_ascii_lowercase();
    let letters = FILLER
        .iter()
        .filter(|word| small.strip_prefix(**word).is_some_and(is_suffix))
        .map(|word| word.len())
        .max()?;
    Some(Invented {
        strong: key.contains(|c: char| c == '_' || c.is_ascii_digit()),
        counted: false,
        faithful: false,
        letters,
    })
}

/// One to three of `_`, `a` to `f` and digits, behind an underscore or not.
fn is_suffix(text: &str) -> bool {
    let plain = |t: &str| {
        (1..=3).contains(&t.len())
            && t.bytes()
                .all(|b| b == b'_' || b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    plain(text) || text.strip_prefix('_').is_some_and(plain)
}

/// Whether a text is what a generator makes up for text: filler words, or the name of its type.
pub fn is_filler(text: &str) -> bool {
    let word = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphabetic());
        FILLER.contains(&word.to_ascii_lowercase().as_str())
    };
    text == "string"
        || (text.len() >= threshold::FILLER_LETTERS && text.split_whitespace().all(word))
}

/// What kind of sample a value is, from all of its scalars.
pub fn fidelity(root: Node<'_>) -> Fidelity {
    let mut count = Count::default();
    count.value(root);
    let share =
        |part: usize, percent: usize| count.scalars > 0 && part * 100 >= count.scalars * percent;
    if share(count.counted, threshold::SYNTHETIC_PERCENT) {
        Fidelity::Counted
    } else if share(count.placeholders, threshold::SYNTHETIC_PERCENT) {
        Fidelity::Synthetic
    } else if count.filler >= threshold::FILLER_TEXTS
        && count.filler * 100 >= count.texts * threshold::FILLER_PERCENT
    {
        Fidelity::Fake
    } else {
        Fidelity::Example
    }
}

#[derive(Default)]
struct Count {
    scalars: usize,
    placeholders: usize,
    counted: usize,
    texts: usize,
    filler: usize,
}

impl Count {
    fn value(&mut self, node: Node<'_>) {
        match node.kind() {
            Kind::Array => node.items().for_each(|item| self.value(item)),
            Kind::Object => {
                for (key, value) in node.entries() {
                    // What stands under an invented name is a literal also where all else is a placeholder.
                    let random = invented(key.text).is_some_and(|i| i.strong);
                    let scalar = !matches!(value.kind(), Kind::Array | Kind::Object);
                    if !(random && scalar) {
                        self.value(value);
                    }
                }
            }
            // What a generator prints for a schema that may be null: no sign of anything.
            Kind::Null => {}
            Kind::Boolean | Kind::Number => self.scalars += 1,
            Kind::String => self.text(node.as_str().unwrap_or_default()),
        }
    }

    fn text(&mut self, text: &str) {
        self.scalars += 1;
        if is_counted(text) {
            self.counted += 1;
        }
        self.texts += 1;
        self.placeholders += usize::from(holes(text).is_some());
        self.filler += usize::from(is_filler(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string(format: &str) -> Vec<Hole> {
        vec![format_hole(format)]
    }

    #[test]
    fn placeholders_are_inverted() {
        let plain = || Hole::String(StringFormat::Plain);
        let cases = [
            ("<string>", vec![plain()]),
            ("<long>", vec![Hole::Integer]),
            ("<unix-time>", vec![Hole::Integer]),
            ("...", vec![Hole::Unknown]),
            ("<double>", vec![Hole::Number]),
            ("<dateTime>", string("date-time")),
            ("<string,null>", vec![plain(), Hole::Null]),
            (
                "<string,null-date-time>",
                vec![Hole::String(StringFormat::DateTime), Hole::Null],
            ),
            ("<string,integer>", vec![plain(), Hole::Integer]),
            ("<null>", vec![Hole::Null]),
            ("<ipv4>", string("ipv4")),
            ("<uri-reference>", string("uri-reference")),
            ("<array>", vec![Hole::Array]),
            (
                "<Circular reference to #/components/schemas/Node detected>",
                vec![Hole::Circular("Node".into())],
            ),
            (
                "<Error: Too many levels of nesting to fake this schema>",
                vec![Hole::TooDeep],
            ),
            ("sample string 12", vec![plain()]),
            ("{{$guid}}", string("uuid")),
            ("{{userId}}", vec![Hole::Variable]),
            ("{{$timestamp}}", vec![Hole::String(StringFormat::Plain)]),
            (
                "{{$randomBoolean}}",
                vec![Hole::String(StringFormat::Plain)],
            ),
            ("{{{userId}}}", vec![Hole::Unknown]),
            ("a/{{userId}}", vec![Hole::Variable]),
            ("<your_access_token>", vec![plain()]),
            ("<CORS TOKEN>", vec![plain()]),
            ("<auth-value>", vec![plain()]),
        ];
        for (text, expected) in cases {
            assert_eq!(holes(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn content_is_no_placeholder() {
        for text in [
            "<p>",
            "<xml>",
            "<p>a</p>",
            "",
            "<>",
            "sample string",
            "a string",
            "<<string>>",
            "<Ünï>",
        ] {
            assert_eq!(holes(text), None, "{text}");
        }
    }

    #[test]
    fn invented_names_are_told_from_words() {
        for key in [
            "dolorea1",
            "deserunt3",
            "nostrudacc",
            "in_80e",
            "proident_e2",
            "voluptate_98",
            "ipsum_c_",
            "cillum__1",
            "key_0",
            "additionalProp3",
        ] {
            assert!(invented(key).is_some(), "{key}");
        }
        for key in [
            "name",
            "id",
            "identity",
            "index",
            "address1",
            "key_a",
            "exec_time",
        ] {
            assert!(invented(key).is_none(), "{key}");
        }
        assert!(invented("site").is_some_and(|i| !i.strong));
    }
}
