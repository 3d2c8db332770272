//! Spells values in paths, queries, headers and cookies, in the styles of OpenAPI, which are those of RFC 6570.

use super::form::{Lists, Part, each_part, push_form, scalar_text};
use super::to_json;
use crate::runtime::model::Node;
use crate::runtime::operation::Style;
use crate::runtime::percent::{push_encoded, push_reserved};
use serde_json::Value;
use std::borrow::Cow;

/// Appends a text as its position allows.
pub(crate) type Push = fn(&str, &mut String);

/// Characters that are not sent as they are in a query even where reserved ones are allowed, as the
/// query or the pair would end there.
const ENDS_VALUE: &[u8] = b"#&";

/// Characters that are not sent as they are in a path even where reserved ones are allowed.
const ENDS_PATH: &[u8] = b"?#";

/// How a value is spelled (RFC 6570 §3.2.1 and its appendix A).
struct Expansion {
    /// What stands before everything.
    first: &'static str,
    /// What stands between the pieces of an exploded value.
    separator: &'static str,
    /// What stands between those of a value in one piece.
    inner: &'static str,
    /// Whether the name stands before the value.
    named: bool,
    /// What stands between the name and an empty value.
    empty: &'static str,
    /// Whether each element and member is a piece of its own.
    explode: bool,
}

const SIMPLE: Expansion = Expansion {
    first: "",
    separator: ",",
    inner: ",",
    named: false,
    empty: "",
    explode: false,
};

const FORM: Expansion = Expansion {
    separator: "&",
    named: true,
    empty: "=",
    ..SIMPLE
};

/// The part of a query string for one parameter; empty if there is nothing to say.
pub(crate) fn query_text(name: &str, node: Node<'_>, style: Style, reserved: bool) -> String {
    let (inner, explode) = match style {
        Style::Csv => (",", false),
        Style::Space => ("%20", false),
        Style::Pipe => ("%7C", false),
        Style::Deep => {
            let mut out = String::new();
            push_form(node, &mut name.to_owned(), Lists::Brackets, &mut out);
            return out;
        }
        Style::Flag => {
            let mut out = String::new();
            if matches!(node, Node::Bool(true) | Node::Json(Value::Bool(true))) {
                push_encoded(name, &mut out);
            }
            return out;
        }
        _ => (",", true),
    };
    let push: Push = match reserved {
        true => |text, out| push_reserved(text, ENDS_VALUE, out),
        false => push_encoded,
    };
    let expansion = Expansion {
        inner,
        explode,
        ..FORM
    };
    expand(name, node, &expansion, push)
}

/// The values of a header or of a path parameter. `push` appends each text as its position allows.
pub(crate) fn path_text(name: &str, node: Node<'_>, style: Style, push: Push) -> String {
    let expansion = match style {
        Style::Form => Expansion {
            explode: true,
            ..SIMPLE
        },
        Style::Label | Style::LabelEach => Expansion {
            first: ".",
            separator: ".",
            explode: style == Style::LabelEach,
            ..SIMPLE
        },
        Style::Matrix | Style::MatrixEach => Expansion {
            first: ";",
            separator: ";",
            named: true,
            explode: style == Style::MatrixEach,
            ..SIMPLE
        },
        _ => SIMPLE,
    };
    expand(name, node, &expansion, push)
}

/// What a `Cookie` header has for one parameter; empty if there is nothing to say.
///
/// # Errors
/// Only the styles of cookies send values as they are: there, one that would end the cookie is refused.
pub(crate) fn cookie_text(name: &str, node: Node<'_>, style: Style) -> Result<String, String> {
    let (explode, push): (bool, Push) = match style {
        Style::Cookie => (false, push_cookie),
        Style::CookieEach => (true, push_cookie),
        Style::Form => (true, push_encoded),
        _ => (false, push_encoded),
    };
    let expansion = Expansion {
        separator: "; ",
        explode,
        ..FORM
    };
    let text = expand(name, node, &expansion, push);
    match text.contains(REFUSED) {
        true => Err(format!(
            "cookie `{name}` must not contain `;` or control characters"
        )),
        false => Ok(text),
    }
}

/// What stands for a character that ends a cookie until that is reported; no value has it, as
/// headers are checked for it.
const REFUSED: char = '\u{0}';

fn push_cookie(text: &str, out: &mut String) {
    out.extend(text.chars().map(|c| if c == ';' { REFUSED } else { c }));
}

/// Appends text as it is.
pub(crate) fn push_plain(text: &str, out: &mut String) {
    out.push_str(text);
}

/// Appends text for a path in which reserved characters are allowed.
pub(crate) fn push_path_reserved(text: &str, out: &mut String) {
    push_reserved(text, ENDS_PATH, out);
}

fn expand(name: &str, node: Node<'_>, expansion: &Expansion, push: Push) -> String {
    let mut out = String::new();
    if let Some(value) = scalar_text(node) {
        out.push_str(expansion.first);
        push_piece(
            expansion.named.then_some(name),
            &value,
            expansion,
            push,
            &mut out,
        );
        return out;
    }
    if !expansion.explode {
        let joined = join(node, expansion.inner, push);
        if !joined.is_empty() {
            out.push_str(expansion.first);
            if expansion.named {
                push(name, &mut out);
                out.push('=');
            }
            out.push_str(&joined);
        }
        return out;
    }
    each_part(node, &mut |part, node| {
        if matches!(node, Node::Absent) {
            return;
        }
        out.push_str(match out.is_empty() {
            true => expansion.first,
            false => expansion.separator,
        });
        let key = match part {
            Part::Key(key) => Some(key),
            Part::Index(_) => expansion.named.then_some(name),
        };
        push_piece(key, &text(node), expansion, push, &mut out);
    });
    out
}

fn push_piece(
    name: Option<&str>,
    value: &str,
    expansion: &Expansion,
    push: Push,
    out: &mut String,
) {
    if let Some(name) = name {
        push(name, out);
        out.push_str(match value.is_empty() && expansion.named {
            true => expansion.empty,
            false => "=",
        });
    }
    push(value, out);
}

/// A list in one piece (`a,b`); an object is the list of its names and values (`x,1,y,2`).
fn join(node: Node<'_>, separator: &str, push: Push) -> String {
    let mut out = String::new();
    let mut first = true;
    each_part(node, &mut |part, node| {
        if matches!(node, Node::Absent) {
            return;
        }
        let key = match part {
            Part::Key(key) => Some(Cow::Borrowed(key)),
            Part::Index(_) => None,
        };
        for piece in key.into_iter().chain([text(node)]) {
            if !std::mem::take(&mut first) {
                out.push_str(separator);
            }
            push(&piece, &mut out);
        }
    });
    out
}

/// The text of a scalar; of what has parts, JSON.
fn text(node: Node<'_>) -> Cow<'_, str> {
    scalar_text(node).unwrap_or_else(|| String::from_utf8_lossy(&to_json(node)).into_owned().into())
}
