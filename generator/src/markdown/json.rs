//! JSON as it stands in a page to a tree: where it ends, with elisions blanked out, with braces added to fragments.

use super::line::{Class, Lines};
use crate::origin::{FileId, Origin};
use crate::tree::Tree;
use crate::tree::json::{self, Dialect};

/// A JSON value of a page.
#[derive(Clone, Debug)]
pub(super) struct Json {
    pub tree: Tree,
    pub origin: Origin,
    /// Whether something is left out, so that absence means nothing.
    pub elided: bool,
    /// Whether it stood without the object around it.
    pub fragment: bool,
}

/// What stands where JSON begins.
pub(super) enum Found {
    Json(Box<Json>),
    /// It begins like JSON and is none: why.
    Fault(String),
}

/// Reads the value that begins on a line, and answers the line behind it.
pub(super) fn read(lines: &Lines<'_>, at: usize) -> (Found, usize) {
    let last = end(lines, at);
    let origin = lines.span(at, last);
    let text = lines.text.get(origin.span.range()).unwrap_or_default();
    (parse(lines.file, text, origin), last + 1)
}

/// The last line of the value that begins on a line: braces are counted outside of strings. In a code block it ends with
/// the block at the latest.
fn end(lines: &Lines<'_>, at: usize) -> usize {
    let fenced = matches!(lines.get(at).map(|l| &l.class), Some(Class::Code(_)));
    let mut depth = 0_i64;
    let mut last = at;
    let mut index = at;
    while let Some(line) = lines.get(index) {
        let code = matches!(line.class, Class::Code(_));
        if fenced != code && line.class != Class::Blank {
            break;
        }
        // Nothing inside of a value looks like the begin of the next operation.
        if !fenced && index > at && line.class == Class::Endpoint {
            break;
        }
        depth += change(line.text);
        last = index;
        index += 1;
        if depth <= 0 {
            break;
        }
    }
    last
}

/// How many braces a line opens more than it closes, outside of strings, which end with their line.
fn change(line: &str) -> i64 {
    let mut depth = 0;
    let mut chars = line.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        match (in_string, c) {
            (true, '\\') => drop(chars.next()),
            (_, '"') => in_string = !in_string,
            (false, '{' | '[') => depth += 1,
            (false, '}' | ']') => depth -= 1,
            (false, '/') if chars.peek() == Some(&'/') => break,
            _ => {}
        }
    }
    depth
}

/// Reads a text that is JSON, or a member without the object around it.
pub(super) fn parse(file: FileId, text: &str, origin: Origin) -> Found {
    let (mended, elided) = without_elisions(text);
    let fragment = mended.trim_start().starts_with('"') && is_member(mended.trim_start());
    let mended = if fragment {
        // The brace takes the place of no letter, so that places inside stay what they are but for one.
        format!("{{{}}}", mended.trim_end().trim_end_matches(','))
    } else {
        mended
    };
    match json::parse(file, &mended.into(), Dialect::Lenient) {
        Ok(tree) => Found::Json(Box::new(Json {
            tree,
            origin,
            elided: elided || fragment,
            fragment,
        })),
        Err(faults) => {
            let why = faults.first().map_or_else(
                || "it cannot be read".to_owned(),
                |fault| fault.message.clone(),
            );
            Found::Fault(why)
        }
    }
}

fn is_member(text: &str) -> bool {
    text.strip_prefix('"')
        .and_then(|rest| rest.split_once('"'))
        .is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
}

/// The text with blanks in the place of `...` outside of strings, so that all else stays where it is; and whether there
/// was one. Behind a name, text that says so stands in its place.
fn without_elisions(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut elided = false;
    let mut in_string = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let step = if in_string && c == '\\' {
            let escape: String = rest.chars().take(2).collect();
            out.push_str(&escape);
            escape.len()
        } else if !in_string && (rest.starts_with("...") || c == '…') {
            elided = true;
            let value = out.trim_end().ends_with(':');
            out.push_str(if value { "\"…\"" } else { "   " });
            // A comma behind an elision that stands alone would be one too many.
            3
        } else {
            in_string ^= c == '"';
            out.push(c);
            c.len_utf8()
        };
        rest = rest.get(step..).unwrap_or_default();
    }
    if elided {
        out = without_double_commas(&out);
    }
    (out, elided)
}

/// Blanks out commas that follow a comma or the begin of an object or list.
fn without_double_commas(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_string = false;
    let mut escaped = false;
    let mut before = ' ';
    for c in text.chars() {
        let drop = !in_string && c == ',' && matches!(before, ',' | '{' | '[');
        out.push(if drop { ' ' } else { c });
        if in_string {
            in_string = escaped || c != '"';
            escaped = c == '\\' && !escaped;
        } else {
            in_string = c == '"';
        }
        if !drop && !c.is_whitespace() {
            before = c;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn value(text: &str) -> Result<(Value, bool), String> {
        let lines = Lines::of(FileId(0), text);
        match read(&lines, 0).0 {
            Found::Json(json) => Ok((json.tree.root().to_json(), json.elided)),
            Found::Fault(why) => Err(why),
        }
    }

    #[test]
    fn values_end_with_their_braces() {
        let text = "{\n\"a\": \"}\",\n\"b\": [\n1 ]\n}\nText\n{";
        let lines = Lines::of(FileId(0), text);
        let (_, next) = read(&lines, 0);
        assert_eq!(next, 5);
        assert_eq!(value(text), Ok((json!({"a": "}", "b": [1]}), false)));
        assert_eq!(value("null\n{}"), Ok((json!(null), false)));
        assert_eq!(
            value("{ // note\n\"a\": 1, // {\n}"),
            Ok((json!({"a": 1}), false))
        );
        assert!(value("{\n\"a\" 1\n}").is_err());
        assert!(value("{\n\"a\": 1\nGET /b\n").is_err());
    }

    #[test]
    fn elisions_and_fragments_are_mended() {
        assert_eq!(value("{\n\"a\": 1,\n...\n}"), Ok((json!({"a": 1}), true)));
        assert_eq!(
            value("{\n\"a\": 1,\n...,\n\"b\": \"...\"\n}"),
            Ok((json!({"a": 1, "b": "..."}), true))
        );
        assert_eq!(value("{\n\"a\": …\n}"), Ok((json!({"a": "…"}), true)));
        assert_eq!(value("[ {\"a\": 1}, ... ]"), Ok((json!([{"a": 1}]), true)));
        assert_eq!(
            value("\"a\": {\n\"b\": 1\n},"),
            Ok((json!({"a": {"b": 1}}), true))
        );
    }
}
