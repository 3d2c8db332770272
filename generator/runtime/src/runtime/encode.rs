//! Turns values, seen as nodes, into JSON text, `serde_json` values and any serde format.

mod compare;
mod form;
mod json;
mod json_text;
mod multipart;
mod style;

pub(crate) use form::form_text;
pub use json::to_json;
pub use json_text::{JsonText, Maybe};
pub(crate) use multipart::multipart;
pub(crate) use style::{Push, cookie_text, path_text, push_path_reserved, push_plain, query_text};

use super::model::{EXTRA, Node, Object, REST, Spellings};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

/// A value as `serde_json` has it.
pub fn to_value(node: Node<'_>) -> Value {
    // Serializing a node fails in no way of its own, and building a value fails only on keys that
    // are no strings.
    serde_json::to_value(node).unwrap_or_default()
}

/// Visits the members to write: those present, then the unknown ones.
///
/// A known member that could not be read lives in `extra` under its own name; it is written from
/// there until the field is set. A required member that did not come is not invented.
fn each_member<'a>(object: &'a dyn Object, visit: &mut dyn FnMut(&'a str, Node<'a>) -> bool) {
    let extra = match object.get(EXTRA) {
        Node::Extra(extra) if !extra.is_unused() => Some(extra),
        _ => None,
    };
    for (name, value) in object.table().constants {
        let elsewhere =
            extra.is_some_and(|extra| extra.get(name).is_some() || extra.missing().contains(name));
        if !elsewhere && !visit(name, Node::Str(value)) {
            return;
        }
    }
    for (index, member) in object.table().members.iter().enumerate() {
        let mut node = object.get(index);
        if matches!(node, Node::Absent) && !member.required {
            continue;
        }
        let elsewhere = extra.is_some_and(|extra| {
            node.is_default()
                && (extra.get(member.name).is_some() || extra.missing().contains(&member.name))
        });
        if matches!(node, Node::Null) && member.spellings.has(Spellings::EMPTY) {
            node = Node::Str("");
        }
        if !elsewhere && !visit(member.name, node) {
            return;
        }
    }
    if let Node::Map(rest) = object.get(REST) {
        let mut more = true;
        rest.each(&mut |key, node| {
            // A member that has a row is that one.
            more = object.table().find(key, 0).is_some() || visit(key, node);
            more
        });
        if !more {
            return;
        }
    }
    for (key, value) in extra.into_iter().flat_map(|extra| extra.iter()) {
        let position = object.table().find(key, 0);
        let is_set = position.is_some_and(|index| !object.get(index).is_default());
        if !is_set && !visit(key, Node::Json(value)) {
            return;
        }
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Node::Absent | Node::Null | Node::Upload(_) => serializer.serialize_unit(),
            Node::Bool(value) => serializer.serialize_bool(value),
            Node::I64(value) => serializer.serialize_i64(value),
            Node::U64(value) => serializer.serialize_u64(value),
            Node::F64(value) => serializer.serialize_f64(value),
            Node::Number(value) => match serde_json::from_str::<serde_json::Number>(value) {
                Ok(number) => number.serialize(serializer),
                Err(_) => serializer.serialize_str(value),
            },
            Node::Str(value) => serializer.serialize_str(value),
            Node::Json(value) => value.serialize(serializer),
            Node::Extra(extra) => serializer.collect_map(extra.iter()),
            Node::Seq(seq) => {
                let mut out = serializer.serialize_seq(Some(seq.len()))?;
                for index in 0..seq.len() {
                    out.serialize_element(&seq.at(index))?;
                }
                out.end()
            }
            Node::Map(map) => {
                let mut out = serializer.serialize_map(Some(map.len()))?;
                let mut result = Ok(());
                map.each(&mut |key, node| {
                    result = out.serialize_entry(key, &node);
                    result.is_ok()
                });
                result?;
                out.end()
            }
            Node::Tagged(tag, slot) => serializer.collect_map([(tag, slot.node())]),
            Node::Obj(object) => serialize_object(object, serializer),
        }
    }
}

fn serialize_object<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
    // Binary formats need the number of entries first; JSON does not, so it is not counted there.
    let mut len = None;
    if !serializer.is_human_readable() {
        let mut count = 0;
        each_member(object, &mut |_, _| {
            count += 1;
            true
        });
        len = Some(count);
    }
    let mut out = serializer.serialize_map(len)?;
    let mut result = Ok(());
    each_member(object, &mut |key, node| {
        result = out.serialize_entry(key, &node);
        result.is_ok()
    });
    result?;
    out.end()
}
