//! Writes values as JSON text where a parameter's value is expected.

use super::to_json;
use crate::runtime::model::{Encode, Node};

/// A value whose JSON is the value of a parameter: `filter={"a":1}`.
#[derive(Debug)]
pub struct JsonText<'a, T: ?Sized>(pub &'a T);

impl<T: Encode + ?Sized> Encode for JsonText<'_, T> {
    fn encode(&self, write: &mut dyn FnMut(Node<'_>)) {
        self.0.encode(&mut |node| match node {
            Node::Absent => write(Node::Absent),
            node => write(Node::Str(&String::from_utf8_lossy(&to_json(node)))),
        });
    }
}
