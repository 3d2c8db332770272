//! Compares and prints values, seen as nodes.

use crate::runtime::model::{EXTRA, Node, REST};
use std::fmt;

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Node::Absent, Node::Absent) | (Node::Null, Node::Null) => true,
            (Node::Bool(a), Node::Bool(b)) => a == b,
            (Node::I64(a), Node::I64(b)) => a == b,
            (Node::U64(a), Node::U64(b)) => a == b,
            (Node::F64(a), Node::F64(b)) => a == b,
            (Node::Number(a), Node::Number(b)) => a == b,
            (Node::Str(a), Node::Str(b)) => a == b,
            (Node::Json(a), Node::Json(b)) => a == b,
            (Node::Extra(a), Node::Extra(b)) => a == b,
            (Node::Upload(a), Node::Upload(b)) => a == b,
            (Node::Tagged(a, x), Node::Tagged(b, y)) => a == b && x.node() == y.node(),
            (Node::Seq(a), Node::Seq(b)) => {
                a.len() == b.len() && (0..a.len()).all(|index| a.at(index) == b.at(index))
            }
            (Node::Obj(a), Node::Obj(b)) => {
                let members = a.table().members.len();
                std::ptr::eq(a.table(), b.table())
                    && (0..members)
                        .chain([REST, EXTRA])
                        .all(|index| a.get(index) == b.get(index))
            }
            (Node::Map(a), Node::Map(b)) => {
                let (mut left, mut right) = (Vec::new(), Vec::new());
                a.each(&mut |key, node| {
                    left.push((key, node));
                    true
                });
                b.each(&mut |key, node| {
                    right.push((key, node));
                    true
                });
                left == right
            }
            _ => false,
        }
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Node::Absent | Node::Null => f.write_str("None"),
            Node::Bool(value) => value.fmt(f),
            Node::I64(value) => value.fmt(f),
            Node::U64(value) => value.fmt(f),
            Node::F64(value) => value.fmt(f),
            Node::Number(value) => f.write_str(value),
            Node::Str(value) => value.fmt(f),
            Node::Json(value) => value.fmt(f),
            Node::Extra(extra) => f.debug_map().entries(extra.iter()).finish(),
            Node::Upload(upload) => upload.fmt(f),
            Node::Tagged(tag, slot) => f.debug_map().entry(&tag, &slot.node()).finish(),
            Node::Seq(seq) => {
                let elements = (0..seq.len()).map(|index| seq.at(index));
                f.debug_list().entries(elements).finish()
            }
            Node::Map(map) => {
                let mut out = f.debug_map();
                map.each(&mut |key, node| {
                    out.entry(&key, &node);
                    true
                });
                out.finish()
            }
            Node::Obj(object) => {
                let mut out = f.debug_struct(object.table().name);
                for (index, member) in object.table().members.iter().enumerate() {
                    match object.get(index) {
                        Node::Absent => {}
                        node => {
                            out.field(member.name, &node);
                        }
                    }
                }
                match object.get(REST) {
                    rest @ Node::Map(map) if !map.is_empty() => {
                        out.field("..", &rest);
                    }
                    _ => {}
                }
                match object.get(EXTRA) {
                    Node::Extra(extra) if !extra.is_empty() => {
                        out.field("extra", &Node::Extra(extra));
                    }
                    _ => {}
                }
                out.finish()
            }
        }
    }
}
