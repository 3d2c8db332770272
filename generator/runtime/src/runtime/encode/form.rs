//! Turns nodes into form bodies, and looks into their parts.

use super::style::{Push, query_text};
use super::{each_member, to_json};
use crate::runtime::model::Node;
use crate::runtime::operation::Part as FormPart;
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

/// How the elements of a list are named in a form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lists {
    /// The list's name again: `a=1&a=2`.
    Repeat,
    /// With empty brackets: `a[]=1&a[]=2`.
    Brackets,
}

fn push_pair(name: &str, value: &str, push: Push, out: &mut String) {
    if !out.is_empty() {
        out.push('&');
    }
    push_encoded(name, out);
    out.push('=');
    push(value, out);
}

/// Appends the members of an object as `application/x-www-form-urlencoded`, each as its part says
/// and else with bracketed nesting. `member` is what wraps the whole, if it is not empty.
pub(crate) fn form_text(node: Node<'_>, member: &str, parts: &[FormPart]) -> String {
    let mut out = String::new();
    if parts.is_empty() || !member.is_empty() {
        push_form(node, &mut member.to_owned(), Lists::Repeat, &mut out);
        return out;
    }
    each_part(node, &mut |key, node| {
        let Part::Key(name) = key else { return };
        let Some(part) = parts.iter().find(|part| part.name == name) else {
            return push_form(node, &mut name.to_owned(), Lists::Repeat, &mut out);
        };
        if matches!(node, Node::Absent) {
            return;
        }
        if is_json(part.media_type) {
            let json = to_json(node);
            let push = push_encoded;
            return push_pair(name, &String::from_utf8_lossy(&json), push, &mut out);
        }
        let text = query_text(name, node, part.style, part.reserved);
        if !text.is_empty() && !out.is_empty() {
            out.push('&');
        }
        out.push_str(&text);
    });
    out
}

/// Whether values of a media type are JSON text.
pub(super) fn is_json(media_type: &str) -> bool {
    let name = media_type.split(';').next().unwrap_or_default().trim();
    name == "application/json" || name.ends_with("+json")
}

/// Appends `application/x-www-form-urlencoded` pairs with bracketed nesting, its brackets
/// percent-encoded: `a[b]=c`. The scalars of a list are named as `lists` says; a list that is called
/// `a[]` keeps that name. What has parts itself has an index, as its parts would mix with those of
/// its neighbours (`a[0][b]=c`). `path` is the name so far, and the same again afterwards.
pub(crate) fn push_form(node: Node<'_>, path: &mut String, lists: Lists, out: &mut String) {
    if let Some(value) = scalar_text(node) {
        return push_pair(path, &value, push_encoded, out);
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
            Part::Index(_) if scalar_text(node).is_some() => {
                if lists == Lists::Brackets && !path.ends_with("[]") {
                    path.push_str("[]");
                }
            }
            Part::Index(index) => {
                // The index takes the place of the empty brackets.
                let is_list = path.ends_with("[]");
                path.truncate(if is_list { length - 2 } else { length });
                let _ = write!(path, "[{index}]");
                push_form(node, path, lists, out);
                path.truncate(if is_list { length - 2 } else { length });
                if is_list {
                    path.push_str("[]");
                }
                return;
            }
        }
        push_form(node, path, lists, out);
        path.truncate(length);
    });
}
