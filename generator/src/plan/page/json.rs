//! Literals to JSON text for people: two blanks a level, and nothing in it that steers instead of being seen.

use super::super::docs::steers;
use crate::model::Literal;
use std::fmt::Write;

/// The text of a value, without a line end behind it.
pub(super) fn pretty(value: &Literal) -> String {
    let mut text = String::new();
    write(value, 0, &mut text);
    text
}

/// The recursion goes as deep as the value, whose depth the tree limits.
fn write(value: &Literal, indent: usize, text: &mut String) {
    match value {
        Literal::Null => text.push_str("null"),
        Literal::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
        Literal::Number(number) if is_number(number) => text.push_str(number),
        // A spelling that only YAML has.
        Literal::Number(number) => quote(number, text),
        Literal::String(value) => quote(value, text),
        Literal::Array(items) if items.is_empty() => text.push_str("[]"),
        Literal::Object(members) if members.is_empty() => text.push_str("{}"),
        Literal::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                begin(at, indent + 1, text);
                write(item, indent + 1, text);
            }
            end(']', indent, text);
        }
        Literal::Object(members) => {
            text.push('{');
            for (at, (name, value)) in members.iter().enumerate() {
                begin(at, indent + 1, text);
                quote(name, text);
                text.push_str(": ");
                write(value, indent + 1, text);
            }
            end('}', indent, text);
        }
    }
}

fn begin(at: usize, indent: usize, text: &mut String) {
    text.push_str(if at > 0 { ",\n" } else { "\n" });
    text.push_str(&"  ".repeat(indent));
}

fn end(bracket: char, indent: usize, text: &mut String) {
    text.push('\n');
    text.push_str(&"  ".repeat(indent));
    text.push(bracket);
}

/// A string with its quotation marks (RFC 8259 §7).
fn quote(value: &str, text: &mut String) {
    text.push('"');
    for c in value.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            c if steers(c) => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    // Writing to a string does not fail.
                    let _ = write!(text, "\\u{unit:04x}");
                }
            }
            c => text.push(c),
        }
    }
    text.push('"');
}

/// Whether a spelling is a number of JSON (RFC 8259 §6).
pub(super) fn is_number(text: &str) -> bool {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest.starts_with('0')) {
        return false;
    }
    let mut rest = rest.get(whole..).unwrap_or_default();
    if let Some(fraction) = rest.strip_prefix('.') {
        let count = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = fraction.get(count..).unwrap_or_default();
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let count = digits(exponent);
        return count > 0 && count == exponent.len();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{is_number, pretty};
    use crate::model::Literal;

    #[test]
    fn text_reads_back_and_steers_nothing() {
        let value = Literal::Object(vec![
            (
                "a\u{202e}\"".into(),
                Literal::Array(vec![Literal::Number("1.50".into()), Literal::Null]),
            ),
            ("b".into(), Literal::String("x\n\u{0}\u{e0001}é".into())),
            ("c".into(), Literal::Object(Vec::new())),
        ]);
        let text = pretty(&value);
        assert!(
            text.is_char_boundary(0) && !text.contains('\u{202e}') && !text.contains('\u{e0001}')
        );
        let read: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(read["a\u{202e}\""][0], 1.5);
        assert_eq!(read["b"], "x\n\u{0}\u{e0001}é");
        assert!(text.starts_with("{\n  \"a"));
    }

    #[test]
    fn numbers() {
        for right in ["0", "-1", "1.5", "1e9", "-0.1E-2"] {
            assert!(is_number(right), "{right}");
        }
        for wrong in [
            "", "01", "1.", ".5", "0x1", "1e", "+1", "1_000", "NaN", "1 ",
        ] {
            assert!(!is_number(wrong), "{wrong}");
        }
    }
}
