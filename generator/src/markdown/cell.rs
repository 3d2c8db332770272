//! The cells of tables: names with their marks, types in words, yes and no.

use super::inline;
use super::line::bare;
use crate::model::StringFormat;

/// What a type cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Type {
    Boolean,
    Integer,
    Number,
    String(StringFormat),
    /// A list, of what it is a list if that is said.
    Array(Option<Box<Type>>),
    /// Any names.
    Map(Option<Box<Type>>),
    Object,
    /// An object that is described under this name; the mark says that some of its members may be absent.
    Named(String, bool),
    Any,
    /// `null` beside others.
    Null,
    Union(Vec<Type>),
}

/// What a name cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    pub text: String,
    /// `name?`: it may be absent.
    pub optional: bool,
}

/// Deeper types are written by nobody.
const DEPTH: usize = 6;

/// Reads a name: without emphasis, code, links and marks of footnotes.
pub(super) fn name(cell: &str) -> Option<Name> {
    let text = inline::plain(cell);
    let mut text = text
        .trim_start_matches(['└', '├', '─', '↳', '>', '»', '-', ' ', '\u{a0}'])
        .trim();
    // `name *`, `name †` and `name (required)` lead to a note.
    loop {
        let before = text;
        text = text.trim_end_matches(['*', '†', '‡', '\\', ' ']);
        if let Some((start, behind)) = text.rsplit_once(" (")
            && behind.ends_with(')')
        {
            text = start.trim_end();
        }
        if before == text {
            break;
        }
    }
    let optional = text.ends_with('?');
    let text = text.trim_end_matches('?').trim().trim_matches('"');
    let text = text.trim_matches('\'');
    let fits = !text.is_empty() && text.len() <= 100 && !text.contains(char::is_whitespace);
    fits.then(|| Name {
        text: text.to_owned(),
        optional,
    })
}

/// Whether a text looks like the name of something that is sent.
pub(super) fn is_identifier(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | '@' | '$'))
        && text.len() <= 100
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || "_-.[]$@:?".contains(c))
}

/// `true`, `yes`, `required` … and their contraries.
pub(super) fn yes_or_no(cell: &str) -> Option<bool> {
    let text = inline::plain(cell).to_lowercase();
    let text = text.trim().trim_matches(['[', ']']);
    let first = text.split([' ', '(', ',', ';']).next().unwrap_or_default();
    match (text, first) {
        ("✓" | "✔" | "✔️" | "✅" | "x" | "mandatory", _) => Some(true),
        ("✗" | "❌" | "-" | "–" | "" | "conditional", _) => Some(false),
        (_, "true" | "yes" | "y" | "required") => Some(true),
        (_, "false" | "no" | "n" | "optional") => Some(false),
        _ => None,
    }
}

/// Whether a cell is a word for a type, in the small vocabulary that is no name of anything.
pub(super) fn is_type_word(cell: &str) -> bool {
    let text = inline::plain(cell).to_lowercase();
    matches!(scalar(&text), Some(found) if found != Type::Any)
}

/// Reads a type. Nothing if its words mean nothing here.
pub(super) fn read_type(cell: &str) -> Option<Type> {
    let cell = cell.trim();
    let (nullable, cell) = match cell.strip_prefix('?') {
        Some(rest) => (true, rest),
        None => (false, cell),
    };
    let mut found = phrase(cell, DEPTH)?;
    if nullable {
        found = Type::Union(vec![found, Type::Null]);
    }
    Some(found)
}

fn phrase(text: &str, depth: usize) -> Option<Type> {
    let depth = depth.checked_sub(1)?;
    let whole = bare(text);
    if whole.is_empty() {
        return None;
    }
    if let Some(found) = linked(whole) {
        return Some(found);
    }
    let text = inline::plain(whole);
    // `string (can be null)` explains the type.
    let (text, remark) = match text.split_once(" (") {
        Some((text, remark)) => (text.trim().to_owned(), remark.to_lowercase()),
        None => (text, String::new()),
    };
    let lower = text.to_lowercase();
    if remark.contains("null") {
        let inner = phrase(&text, depth)?;
        return Some(Type::Union(vec![inner, Type::Null]));
    }
    if let Some(found) = scalar(&lower) {
        return Some(found);
    }
    if let Some(inner) = text.strip_suffix("[]") {
        return Some(list(inner, depth));
    }
    for (open, close) in [
        ("list[", "]"),
        ("array[", "]"),
        ("array<", ">"),
        ("list<", ">"),
    ] {
        if lower.starts_with(open) && lower.ends_with(close) {
            let inner = text.get(open.len()..text.len().saturating_sub(1))?;
            return Some(list(inner, depth));
        }
    }
    if lower.starts_with("dict(") || lower.starts_with("map<") {
        let inner = text.split_once(',').map(|(_, value)| value.trim());
        let inner = inner.map(|value| value.trim_end_matches([')', '>']));
        return Some(Type::Map(
            inner.and_then(|v| phrase(v, depth)).map(Box::new),
        ));
    }
    for start in ["array of ", "list of ", "arrays of ", "array containing "] {
        if lower.starts_with(start) {
            return Some(list(whole_behind(whole, start).unwrap_or(&text), depth));
        }
    }
    for start in ["map of ", "dictionary of ", "hash of ", "object of "] {
        if lower.starts_with(start) {
            let inner = whole_behind(whole, start).unwrap_or(&text);
            return Some(Type::Map(phrase(singular(inner), depth).map(Box::new)));
        }
    }
    for between in [" or ", " | ", "/", "|", ", "] {
        if lower.contains(between) {
            let parts: Option<Vec<Type>> = whole
                .split(between)
                .filter(|part| !part.trim().is_empty())
                .take(5)
                .map(|part| phrase(part.trim_start_matches("or "), depth))
                .collect();
            let parts = parts?;
            return match parts.len() {
                0 => None,
                1 => parts.into_iter().next(),
                _ => Some(Type::Union(parts)),
            };
        }
    }
    let partial = lower.starts_with("partial ");
    let text = match partial {
        true => text.get("partial ".len()..).unwrap_or_default(),
        false => &text,
    };
    named(text, partial)
}

/// What stands behind words that begin a cell, with its links.
fn whole_behind<'t>(whole: &'t str, start: &str) -> Option<&'t str> {
    let head = whole.get(..start.len())?;
    head.eq_ignore_ascii_case(start)
        .then(|| whole.get(start.len()..))?
}

fn list(inner: &str, depth: usize) -> Type {
    let mut inner = inner.trim();
    // `array of up to 10 embeds`
    if let Some(rest) = inner.strip_prefix("up to ") {
        inner = rest
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start();
    }
    Type::Array(phrase(singular(inner), depth).map(Box::new))
}

/// `[user](…) object`, `partial [guild](…) object`, `[avatar](…) object ids`.
fn linked(text: &str) -> Option<Type> {
    let (inner, _) = inline::first_link(text)?;
    let at = text.find('[')?;
    let before = text.get(..at)?.trim().to_lowercase();
    let partial = match before.as_str() {
        "" | "a" | "an" | "**" => false,
        "partial" | "a partial" => true,
        _ => return None,
    };
    let behind = text.rsplit_once(')')?.1.trim().to_lowercase();
    let behind = behind.trim_start_matches('*').trim();
    match behind {
        "" | "object" | "objects" | "request object" | "structure" | "data" => {}
        "id" | "ids" | "object id" | "object ids" => {
            return Some(Type::String(StringFormat::Plain));
        }
        _ => return None,
    }
    let shown = inline::plain(inner);
    // What is called an object is one, also under a word that means something else alone: a list that hangs on a board.
    match scalar(&shown.to_lowercase()) {
        Some(found) if !behind.starts_with("object") => Some(found),
        Some(_) => Some(Type::Named(shown, partial)),
        None => named(&shown, partial),
    }
}

/// A name of an object: written like one, or with the word behind it.
fn named(text: &str, partial: bool) -> Option<Type> {
    let mut name = text.trim();
    let mut said = partial;
    for end in [" objects", " object", " structure"] {
        if let Some(start) = name.strip_suffix(end) {
            name = start;
            said = true;
        }
    }
    if let Some(found) = scalar(&name.to_lowercase()).filter(|_| said) {
        return Some(found);
    }
    let words = name.split_whitespace().count();
    let camel = words == 1
        && name.chars().next().is_some_and(char::is_uppercase)
        && name.chars().any(char::is_lowercase)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    let spelled = name
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.'));
    ((camel || said || words == 1 && name.len() > 2) && (1..=4).contains(&words) && spelled)
        .then(|| Type::Named(name.to_owned(), partial))
}

fn singular(text: &str) -> &str {
    let text = text.trim();
    let lower = text.to_lowercase();
    let words = [
        "strings",
        "integers",
        "numbers",
        "booleans",
        "objects",
        "snowflakes",
        "ids",
        "urls",
        "arrays",
        "floats",
        "dates",
        "hashes",
        "maps",
    ];
    if words.contains(&lower.as_str()) {
        let cut = if lower == "hashes" { 2 } else { 1 };
        return text.get(..text.len() - cut).unwrap_or(text);
    }
    text
}

/// The words that mean one thing in all pages.
fn scalar(text: &str) -> Option<Type> {
    let other = |format: &str| Type::String(StringFormat::Other(format.to_owned()));
    Some(match text.trim() {
        "boolean" | "bool" => Type::Boolean,
        "integer" | "int" | "int32" | "int64" | "long" | "unsigned integer" | "uint64" => {
            Type::Integer
        }
        "number" | "float" | "double" | "numeric" => Type::Number,
        "string" | "str" | "text" | "snowflake" | "id" | "enum" | "char" => {
            Type::String(StringFormat::Plain)
        }
        "decimal" => Type::String(StringFormat::Decimal),
        "iso8601 timestamp" | "iso 8601 timestamp" | "datetime" | "date-time" | "date time"
        | "timestamp" => Type::String(StringFormat::DateTime),
        "date" => Type::String(StringFormat::Date),
        "time" => other("time"),
        "uuid" | "guid" => other("uuid"),
        "uri" | "url" => other("uri"),
        "email" => other("email"),
        "file" | "binary" | "bytes" | "file contents" => Type::String(StringFormat::Binary),
        "array" | "list" => Type::Array(None),
        "map" | "dict" | "dictionary" => Type::Map(None),
        "object" | "hash" | "json" | "json object" => Type::Object,
        "mixed" | "any" | "value" => Type::Any,
        "null" => Type::Null,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> Type {
        Type::String(StringFormat::Plain)
    }

    #[test]
    fn types_are_read() {
        let named = |name: &str| Type::Named(name.to_owned(), false);
        let list = |inner: Type| Type::Array(Some(Box::new(inner)));
        let cases = [
            ("string", text()),
            ("`Boolean`", Type::Boolean),
            ("**str**", text()),
            ("?string", Type::Union(vec![text(), Type::Null])),
            (
                "?string (can be null only in reactions)",
                Type::Union(vec![Type::Union(vec![text(), Type::Null]), Type::Null]),
            ),
            (
                "integer or string",
                Type::Union(vec![Type::Integer, text()]),
            ),
            ("string/array", Type::Union(vec![text(), Type::Array(None)])),
            ("array of strings", list(text())),
            ("string[]", list(text())),
            ("list[str]", list(text())),
            ("array of arrays", list(Type::Array(None))),
            ("Attachment", named("Attachment")),
            ("[user](/x#y) object", named("user")),
            (
                "?[collectibles](/x) object",
                Type::Union(vec![named("collectibles"), Type::Null]),
            ),
            (
                "partial [guild](/x) object",
                Type::Named("guild".to_owned(), true),
            ),
            ("array of [role](/x) objects", list(named("role"))),
            ("array of [role](/x) object ids", list(text())),
            (
                "array of up to 10 [embed](/x) objects",
                list(named("embed")),
            ),
            ("[boolean](/x#y)", Type::Boolean),
            ("[**V1Status**](V1Status.md)", named("V1Status")),
            ("map of strings", Type::Map(Some(Box::new(text())))),
            ("ISO8601 timestamp", Type::String(StringFormat::DateTime)),
            ("job status object", named("job status")),
            ("object", Type::Object),
        ];
        for (cell, expected) in cases {
            assert_eq!(read_type(cell), Some(expected), "{cell}");
        }
        for cell in ["", "whatever the caller wants to send", "2 | 3"] {
            assert_eq!(read_type(cell), None, "{cell}");
        }
    }

    #[test]
    fn names_lose_their_marks() {
        for (cell, expected, optional) in [
            ("`id`", "id", false),
            ("bot?", "bot", true),
            ("source_guild? *", "source_guild", true),
            ("files[n] \\*\\*", "files[n]", false),
            ("**dry_run**", "dry_run", false),
            ("role[]", "role[]", false),
            ("└─ `street`", "street", false),
            ("`parent[child]` (required)", "parent[child]", false),
        ] {
            let name = name(cell).unwrap_or_else(|| panic!("{cell}"));
            assert_eq!(
                (name.text.as_str(), name.optional),
                (expected, optional),
                "{cell}"
            );
        }
        assert_eq!(name("Rate limit of all"), None);
        assert_eq!(name(""), None);
    }

    #[test]
    fn yes_and_no_have_many_spellings() {
        for cell in ["true", "Yes", "yes (since 2.0)", "required", "✓", "✔️"] {
            assert_eq!(yes_or_no(cell), Some(true), "{cell}");
        }
        for cell in [
            "false",
            "No",
            "optional",
            "[optional]",
            "",
            "-",
            "conditional",
            "✗",
        ] {
            assert_eq!(yes_or_no(cell), Some(false), "{cell}");
        }
        for cell in ["one of content, file", "integer"] {
            assert_eq!(yes_or_no(cell), None, "{cell}");
        }
        assert!(is_type_word("string") && !is_type_word("true") && !is_type_word("Attachment"));
    }
}
