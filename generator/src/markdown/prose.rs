//! The closed list of phrases that are read in the prose of a page: values, defaults, null, lists, statuses. No other is.

use super::inline;
use crate::model::Literal;

/// What a text about a value says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Said {
    /// All the values that may stand there, with the word for each if it is a number.
    pub values: Vec<(Literal, Option<String>)>,
    /// Whether `null` may.
    pub nullable: bool,
    /// Whether values are joined with commas.
    pub comma: bool,
    /// What counts if nothing is given.
    pub default: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// The object that it is represented as.
    pub named: Option<String>,
}

/// Phrases behind which a list of values stands.
const LISTS: [&str; 18] = [
    "possible values are",
    "possible values include",
    "possible values",
    "allowed values are",
    "allowed values",
    "valid values are",
    "valid values",
    "accepted values are",
    "accepted values",
    "possible value is",
    "must be one of",
    "can be one of",
    "one of the following values",
    "one of",
    "only accepts three possible values",
    "only accepts two possible values",
    "only accepts possible values",
    "only accepts values",
];

/// Reads what the text about one value says.
pub(super) fn read(text: &str) -> Said {
    let lower = text.to_ascii_lowercase();
    let (values, null) = values(text, &lower);
    let nullable = null
        || [
            "may be null",
            "may occasionally be null",
            "can be null",
            "null if ",
        ]
        .iter()
        .any(|phrase| lower.contains(phrase));
    Said {
        values,
        nullable,
        comma: ["comma separated", "comma-separated"]
            .iter()
            .any(|phrase| lower.contains(phrase)),
        default: default(text, &lower),
        deprecated: is_deprecated(&lower),
        named: represented(text),
    }
}

/// The values that a text lists, and whether `null` is among them.
fn values(text: &str, lower: &str) -> (Vec<(Literal, Option<String>)>, bool) {
    for phrase in LISTS {
        let mut from = 0;
        // Repeated phrases would make the search long, and no text says it often.
        for _ in 0..4 {
            let Some(at) = lower.get(from..).and_then(|rest| rest.find(phrase)) else {
                break;
            };
            let begin = from + at;
            from = begin + phrase.len();
            let whole = lower
                .get(..begin)
                .is_none_or(|before| !before.ends_with(|c: char| c.is_alphanumeric()));
            let Some(rest) = text.get(from..).filter(|_| whole) else {
                continue;
            };
            // `one of` begins many sentences: a colon or quotation marks must follow.
            let loose = phrase == "one of";
            let colon = rest.starts_with(':');
            let rest = rest.strip_prefix(':').unwrap_or(rest);
            let (items, null, quoted) = list(rest);
            if items.len() >= 2 && (quoted || colon || !loose) {
                let values = items.into_iter().map(|item| (item, None)).collect();
                return (values, null);
            }
        }
    }
    (numbered(text), false)
}

/// The items of a list: `"a", "b" or "c"`, `` `a`, `b` ``, `a, b, or c`. Answers also whether `null` is one, and whether
/// the items stand in quotation marks.
fn list(text: &str) -> (Vec<Literal>, bool, bool) {
    let mut items = Vec::new();
    let mut null = false;
    let mut quoted = true;
    let mut rest = text.trim_start();
    while let Some((item, behind, marked)) = item(rest) {
        if item == "null" {
            null = true;
        } else {
            quoted &= marked;
            let literal = match !marked && item.bytes().all(|b| b.is_ascii_digit()) {
                true => Literal::Number(item.to_owned()),
                false => Literal::String(item.to_owned()),
            };
            if !items.contains(&literal) {
                items.push(literal);
            }
        }
        let Some(next) = separator(behind) else {
            // A bare word in the middle of a sentence is no item.
            if !marked && !ends(behind) && item != "null" {
                items.clear();
            }
            break;
        };
        rest = next;
    }
    (items, null, quoted)
}

fn item(text: &str) -> Option<(&str, &str, bool)> {
    for (open, close) in [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’')] {
        if let Some(inside) = text.strip_prefix(open) {
            let end = inside.find(close)?;
            let item = inside.get(..end)?;
            let item = item.trim_matches(['"', '\'']);
            let fits = !item.is_empty() && item.len() <= 60;
            return fits.then(|| Some((item, inside.get(end + close.len_utf8()..)?, true)))?;
        }
    }
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .unwrap_or(text.len());
    let item = text.get(..end)?;
    let item = item.trim_end_matches('.');
    let words = ["a", "an", "and", "or", "the", "one", "any", "that", "if"];
    let fits = !item.is_empty() && !words.contains(&item.to_ascii_lowercase().as_str());
    fits.then(|| Some((item, text.get(item.len()..)?, false)))?
}

/// What stands between two items, and what follows it.
fn separator(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    let mut found = false;
    if let Some(behind) = rest.strip_prefix([',', '|']) {
        rest = behind.trim_start();
        found = true;
    }
    for word in ["or ", "and ", "or\n", "and\n"] {
        if let Some(behind) = rest.strip_prefix(word) {
            rest = behind.trim_start();
            found = true;
        }
    }
    found.then_some(rest)
}

fn ends(text: &str) -> bool {
    let text = text.trim_start();
    text.is_empty() || text.starts_with(['.', ';', ')', '\n', ':'])
}

/// `0 for a custom agent, 1 for a light agent, …`, `0 = off, 1 = on, 2 = auto`: at least three, ascending.
fn numbered(text: &str) -> Vec<(Literal, Option<String>)> {
    let mut found: Vec<(i64, String)> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let before = rest.get(..at).unwrap_or_default();
        let digits = rest.get(at..).unwrap_or_default();
        let end = digits
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(digits.len());
        let (number, behind) = digits.split_at_checked(end).unwrap_or((digits, ""));
        rest = behind;
        if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '"')) {
            continue;
        }
        let phrase = [" for an ", " for a ", " for ", " = ", "=", ": "]
            .iter()
            .find_map(|between| behind.strip_prefix(between));
        let (Some(phrase), Ok(number)) = (phrase, number.parse::<i64>()) else {
            continue;
        };
        // The next number ends the phrase, so each letter is looked at once.
        let stop = phrase
            .find(|c: char| matches!(c, ',' | ';' | '.' | '\n' | '(') || c.is_ascii_digit())
            .unwrap_or(phrase.len());
        let name = phrase.get(..stop).unwrap_or_default().trim();
        let name = name.strip_suffix(" and").unwrap_or(name).trim();
        rest = phrase.get(stop..).unwrap_or_default();
        if name.is_empty() || found.last().is_some_and(|(last, _)| *last >= number) {
            return Vec::new();
        }
        found.push((number, name.to_owned()));
    }
    if found.len() < 3 {
        return Vec::new();
    }
    found
        .into_iter()
        .map(|(number, name)| (Literal::Number(number.to_string()), Some(name)))
        .collect()
}

fn default(text: &str, lower: &str) -> Option<String> {
    for phrase in [
        "defaults to ",
        "default: ",
        "default is ",
        "default value is ",
        "default ",
    ] {
        let Some(at) = lower.find(phrase) else {
            continue;
        };
        let rest = text.get(at + phrase.len()..)?.trim_start();
        // `default group` is no value, `default 25` and `default "x"` are.
        let (item, _, marked) = item(rest)?;
        let number = item.parse::<f64>().is_ok();
        let constant = matches!(item, "true" | "false");
        if marked
            || number
            || constant
            || phrase != "default " && !item.contains(char::is_whitespace)
        {
            let prose = !marked && !number && !constant && lower.contains("the default");
            return (!prose).then(|| item.to_owned());
        }
    }
    None
}

/// Only where the word stands in the place of a status: alone, or at the beginning or end of a sentence by itself.
fn is_deprecated(lower: &str) -> bool {
    let text = lower.trim();
    text.starts_with("deprecated")
        || text.starts_with("(deprecated")
        || text.starts_with("[deprecated")
        || text.ends_with("(deprecated)")
        || text.contains("**deprecated**")
        || text.contains("is deprecated.")
        || text.ends_with("is deprecated")
}

/// `represented as an Attachment object`.
fn represented(text: &str) -> Option<String> {
    let (_, behind) = text.split_once("represented as a")?;
    let behind = behind.strip_prefix('n').unwrap_or(behind).trim_start();
    let plain = inline::plain(behind);
    let mut words = plain.split_whitespace();
    let name = words.next()?;
    let object = words.next()?.trim_end_matches(['.', ',']);
    (object == "object" && name.chars().next().is_some_and(char::is_uppercase))
        .then(|| name.to_owned())
}

/// The statuses that a text says are answered: `returns a 404 status`, `a 403 Forbidden error is returned`.
pub(super) fn statuses(text: &str) -> Vec<u16> {
    let mut found = Vec::new();
    let lower = text.to_ascii_lowercase();
    for (at, _) in lower.match_indices("return") {
        let behind = lower.get(at..).unwrap_or_default();
        let behind = behind.trim_start_matches(|c: char| c.is_alphabetic());
        let behind = behind.trim_start();
        let behind = ["an ", "a "]
            .iter()
            .find_map(|article| behind.strip_prefix(article))
            .unwrap_or(behind);
        found.extend(code(behind));
    }
    for end in [
        " is returned",
        " error is returned",
        " status is returned",
        " response",
    ] {
        for (at, _) in lower.match_indices(end) {
            let mut start = at.saturating_sub(40);
            while !lower.is_char_boundary(start) {
                start += 1;
            }
            let before = lower.get(start..at).unwrap_or_default();
            let begin = before.rfind(['.', ',']).map_or(0, |at| at + 1);
            let phrase = before.get(begin..).unwrap_or_default();
            found.extend(phrase.split_whitespace().take(12).filter_map(code));
        }
    }
    for (at, _) in lower.match_indices("you will get a ") {
        found.extend(code(
            lower
                .get(at + "you will get a ".len()..)
                .unwrap_or_default(),
        ));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// A status that a text begins with.
fn code(text: &str) -> Option<u16> {
    let digits = text.get(..3)?;
    let number: u16 = digits.parse().ok()?;
    let next = text.get(3..).and_then(|rest| rest.chars().next());
    let ends = next.is_none_or(|c| !c.is_alphanumeric());
    ((200..600).contains(&number) && ends && digits.bytes().all(|b| b.is_ascii_digit()))
        .then_some(number)
}

/// The object that is answered: `Returns a [user](…) object`, and whether it is a list of them.
pub(super) fn answered(text: &str) -> Option<(String, bool)> {
    let at = text.find("Returns ").or_else(|| text.find("returns "))?;
    let behind = text.get(at + "Returns ".len()..)?;
    let sentence = behind.get(..behind.find(". ").unwrap_or(behind.len()))?;
    let open = sentence.find('[')?;
    let before = sentence.get(..open)?.to_lowercase();
    let mut words = before.split_whitespace();
    let few = words.clone().count() <= 5;
    let list = words.any(|word| matches!(word, "list" | "array"));
    let (name, _) = inline::first_link(sentence)?;
    let name = inline::plain(name);
    let close = sentence.find(')')?;
    let next = sentence.get(close + 1..)?.trim_start();
    let object = next.starts_with("object") || name.ends_with(" object");
    let name = name.strip_suffix(" object").unwrap_or(&name).to_owned();
    (few && object).then_some((name, list))
}

/// A member that a text says may be included: `include a "skip_verify_email": true property`.
pub(super) fn included(text: &str) -> Option<(String, Literal)> {
    let (at, start) = ["include ", "including ", "includes "]
        .iter()
        .find_map(|start| Some((text.find(start)?, start)))?;
    let behind = text.get(at + start.len()..)?;
    let behind = ["a ", "an ", "the "]
        .iter()
        .find_map(|article| behind.strip_prefix(article))
        .unwrap_or(behind);
    let (name, behind) = behind
        .trim_start_matches('`')
        .strip_prefix('"')?
        .split_once('"')?;
    let value = behind.trim_start().strip_prefix(':')?.trim_start();
    let end = value
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | '.'))
        .unwrap_or(value.len());
    let word = value.get(..end)?;
    let behind = value.get(end..)?.trim_start();
    let literal = match word {
        "true" => Literal::Boolean(true),
        "false" => Literal::Boolean(false),
        number if number.parse::<i64>().is_ok() => Literal::Number(number.to_owned()),
        text => Literal::String(text.strip_prefix('"')?.strip_suffix('"')?.to_owned()),
    };
    let property = ["property", "attribute", "parameter", "field", "member"]
        .iter()
        .any(|word| behind.starts_with(word));
    (property && super::cell::is_identifier(name)).then(|| (name.to_owned(), literal))
}

#[cfg(test)]
mod tests;
