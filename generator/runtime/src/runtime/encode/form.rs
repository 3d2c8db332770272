//! Turns nodes into query strings, form bodies and the plain text of path parameters and headers.

use super::{each_member, to_json};
use crate::runtime::model::Node;
use crate::runtime::operation::Style;
use crate::runtime::percent::push_encoded;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt::Write;

/// The text of a string, number or boolean, which of `null` is empty. Nothing for what has parts
/// and for what is absent.
pub(super) fn scalar_text(node: Node<'_>) -> Option<Cow<'_, str>> {
    Some(match node {
        Node::Null | Node::Json(Value::Null) => "".into(),
        Node::Bool(true) | Node::Json(Value::Bool(true)) => "true".into(),
        Node::Bool(false) | Node::Json(Value::Bool(false)) => "false".into(),
        Node::I64(value) => value.to_string().into(),
        Node::U64(value) => value.to_string().into(),
        Node::F64(value) => value.to_string().into(),
        Node::Str(text) | Node::Number(text) => text.into(),
        Node::Json(Value::String(text)) => text.into(),
        Node::Json(Value::Number(value)) => value.to_string().into(),
        _ => return None,
    })
}

/// A string for what has parts too: these are JSON.
fn text(node: Node<'_>) -> Cow<'_, str> {
    scalar_text(node).unwrap_or_else(|| match node {
        Node::Absent => "".into(),
        node => String::from_utf8_lossy(&to_json(node)).into_owned().into(),
    })
}

#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    Key(&'a str),
    Index(usize),
}

/// Visits the elements of an array or the members of an object; nothing else has any.
pub(super) fn each_part<'a>(node: Node<'a>, visit: &mut dyn FnMut(Part<'a>, Node<'a>)) {
    let mut member = |key: &'a str, node: Node<'a>| {
        visit(Part::Key(key), node);
        true
    };
    match node {
        Node::Map(map) => map.each(&mut member),
        Node::Obj(object) => each_member(object, &mut member),
        Node::Tagged(tag, slot) => {
            member(tag, slot.node());
        }
        Node::Extra(extra) => extra.iter().for_each(|(key, value)| {
            member(key, Node::Json(value));
        }),
        Node::Json(Value::Object(members)) => members.iter().for_each(|(key, value)| {
            member(key, Node::Json(value));
        }),
        Node::Json(Value::Array(values)) => {
            for (index, value) in values.iter().enumerate() {
                visit(Part::Index(index), Node::Json(value));
            }
        }
        Node::Seq(seq) => {
            for index in 0..seq.len() {
                visit(Part::Index(index), seq.at(index));
            }
        }
        _ => {}
    }
}

fn push_pair(name: &str, value: &str, out: &mut String) {
    if !out.is_empty() {
        out.push('&');
    }
    push_encoded(name, out);
    out.push('=');
    push_encoded(value, out);
}

/// Appends `application/x-www-form-urlencoded` pairs with bracketed nesting, its brackets
/// percent-encoded: `a[b]=c`. The scalars of a list repeat its name (`a=1&a=2`, and `a[]=1&a[]=2`
/// for a list that is called `a[]`); what has parts itself has an index, as its parts would mix
/// with those of its neighbours (`a[0][b]=c`). `path` is the name so far, and the same again
/// afterwards.
pub(crate) fn push_form(node: Node<'_>, path: &mut String, out: &mut String) {
    if let Some(value) = scalar_text(node) {
        return push_pair(path, &value, out);
    }
    let length = path.len();
    each_part(node, &mut |part, node| {
        // Writing to a string cannot fail.
        match part {
            Part::Key(key) if length == 0 => path.push_str(key),
            Part::Key(key) => {
                let _ = match key.strip_suffix("[]") {
                    Some(list) => write!(path, "[{list}][]"),
                    None => write!(path, "[{key}]"),
                };
            }
            Part::Index(_) if scalar_text(node).is_some() => {}
            Part::Index(index) => {
                // The index takes the place of the empty brackets.
                let is_list = path.ends_with("[]");
                path.truncate(if is_list { length - 2 } else { length });
                let _ = write!(path, "[{index}]");
                push_form(node, path, out);
                path.truncate(if is_list { length - 2 } else { length });
                if is_list {
                    path.push_str("[]");
                }
                return;
            }
        }
        push_form(node, path, out);
        path.truncate(length);
    });
}

/// The part of a query string for one parameter; empty if there is nothing to say.
pub(crate) fn query_text(name: &str, node: Node<'_>, style: Style) -> String {
    let mut out = String::new();
    let separator = match style {
        Style::Form => None,
        Style::Csv => Some(","),
        Style::Space => Some("%20"),
        Style::Pipe => Some("%7C"),
        Style::Deep => {
            push_form(node, &mut name.to_owned(), &mut out);
            return out;
        }
        Style::Flag => {
            if matches!(node, Node::Bool(true) | Node::Json(Value::Bool(true))) {
                push_encoded(name, &mut out);
            }
            return out;
        }
    };
    if let Some(value) = scalar_text(node) {
        push_pair(name, &value, &mut out);
    } else if let Some(separator) = separator {
        let joined = joined_text(node, separator, push_encoded);
        if !joined.is_empty() {
            push_encoded(name, &mut out);
            out.push('=');
            out.push_str(&joined);
        }
    } else {
        each_part(node, &mut |part, node| match part {
            Part::Key(key) => push_pair(key, &text(node), &mut out),
            Part::Index(_) => push_pair(name, &text(node), &mut out),
        });
    }
    out
}

/// A value in one piece: a list is joined (`a,b`), and an object is the list of its keys and
/// values (`x,1,y,2`). `push` appends each text as its position allows.
pub(crate) fn joined_text(node: Node<'_>, separator: &str, push: fn(&str, &mut String)) -> String {
    let mut out = String::new();
    if let Some(value) = scalar_text(node) {
        push(&value, &mut out);
        return out;
    }
    let mut first = true;
    each_part(node, &mut |part, node| {
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

/// Appends text as it is, for [`joined_text`].
pub(crate) fn push_plain(text: &str, out: &mut String) {
    out.push_str(text);
}
