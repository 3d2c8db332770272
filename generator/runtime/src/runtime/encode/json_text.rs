//! Makes arguments of values that are to be written as JSON text, or that may be missing.

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

/// A borrowed value, or nothing.
#[derive(Debug)]
pub struct Maybe<'a, T: ?Sized>(pub Option<&'a T>);

impl<T: Encode + ?Sized> Encode for Maybe<'_, T> {
    fn encode(&self, write: &mut dyn FnMut(Node<'_>)) {
        match self.0 {
            Some(value) => value.encode(write),
            None => write(Node::Absent),
        }
    }
}
