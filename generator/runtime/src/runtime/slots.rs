//! Makes slots and arguments of the types of the standard library, `Bytes` and `Value`.

use super::Extra;
use super::model::{Encode, Map, Node, Opt, Seq, Slot, SlotMut};
use bytes::Bytes;
use serde_json::Value;
use std::collections::BTreeMap;

macro_rules! scalar {
    ($($type:ty, $slot:ident, $this:ident => $node:expr;)*) => {$(
        impl Slot for $type {
            fn node(&self) -> Node<'_> {
                let $this = self;
                $node
            }
            fn slot(&mut self) -> SlotMut<'_> {
                SlotMut::$slot(self)
            }
        }
    )*}
}

scalar! {
    bool, Bool, this => Node::Bool(*this);
    i64, I64, this => Node::I64(*this);
    u64, U64, this => Node::U64(*this);
    f64, F64, this => Node::F64(*this);
    String, Str, this => Node::Str(this);
    Value, Json, this => Node::Json(this);
    Extra, Extra, this => Node::Extra(this);
    // A binary body is never part of a JSON document; only its text could be written there.
    Bytes, Bytes, this => std::str::from_utf8(this).map_or(Node::Null, Node::Str);
}

/// "No content": nothing is read, nothing is written.
impl Slot for () {
    fn node(&self) -> Node<'_> {
        Node::Absent
    }
    fn slot(&mut self) -> SlotMut<'_> {
        SlotMut::Ignore
    }
}

impl<T: Slot + Default> Slot for Option<T> {
    fn node(&self) -> Node<'_> {
        match self {
            Some(value) => value.node(),
            None => Node::Absent,
        }
    }
    fn slot(&mut self) -> SlotMut<'_> {
        SlotMut::Opt(self)
    }
}

impl<T: Slot + Default> Opt for Option<T> {
    fn clear(&mut self) {
        *self = None;
    }
    fn fill(&mut self) -> SlotMut<'_> {
        self.insert(T::default()).slot()
    }
}

impl<T: Slot> Slot for Box<T> {
    fn node(&self) -> Node<'_> {
        (**self).node()
    }
    fn slot(&mut self) -> SlotMut<'_> {
        (**self).slot()
    }
}

impl<T: Slot + Default> Slot for Vec<T> {
    fn node(&self) -> Node<'_> {
        Node::Seq(self)
    }
    fn slot(&mut self) -> SlotMut<'_> {
        SlotMut::Seq(self)
    }
}

impl<T: Slot + Default> Seq for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }
    fn at(&self, index: usize) -> Node<'_> {
        self.get(index).map_or(Node::Absent, Slot::node)
    }
    fn push(&mut self) -> SlotMut<'_> {
        Vec::push(self, T::default());
        self.last_mut().map_or(SlotMut::Ignore, Slot::slot)
    }
    fn clear(&mut self) {
        Vec::clear(self);
    }
}

/// A borrowed slice can be written only.
impl<T: Slot> Seq for &[T] {
    fn len(&self) -> usize {
        <[T]>::len(self)
    }
    fn at(&self, index: usize) -> Node<'_> {
        self.get(index).map_or(Node::Absent, Slot::node)
    }
    fn push(&mut self) -> SlotMut<'_> {
        SlotMut::Ignore
    }
    fn clear(&mut self) {}
}

/// A borrowed slice of strings can be written only.
impl Seq for &[&str] {
    fn len(&self) -> usize {
        <[&str]>::len(self)
    }
    fn at(&self, index: usize) -> Node<'_> {
        self.get(index).map_or(Node::Absent, |text| Node::Str(text))
    }
    fn push(&mut self) -> SlotMut<'_> {
        SlotMut::Ignore
    }
    fn clear(&mut self) {}
}

impl<T: Slot + Default> Slot for BTreeMap<String, T> {
    fn node(&self) -> Node<'_> {
        Node::Map(self)
    }
    fn slot(&mut self) -> SlotMut<'_> {
        SlotMut::Map(self)
    }
}

impl<T: Slot + Default> Map for BTreeMap<String, T> {
    fn len(&self) -> usize {
        BTreeMap::len(self)
    }
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a str, Node<'a>) -> bool) {
        for (key, value) in self {
            if !visit(key, value.node()) {
                return;
            }
        }
    }
    fn entry(&mut self, key: &str) -> SlotMut<'_> {
        let place = BTreeMap::entry(self, key.to_owned()).or_default();
        *place = T::default();
        place.slot()
    }
    fn remove(&mut self, key: &str) {
        BTreeMap::remove(self, key);
    }
    fn clear(&mut self) {
        BTreeMap::clear(self);
    }
}

impl<T: Slot> Encode for T {
    fn encode(&self, write: &mut dyn FnMut(Node<'_>)) {
        write(self.node());
    }
}

impl<T: Slot> Encode for [T] {
    fn encode(&self, write: &mut dyn FnMut(Node<'_>)) {
        write(Node::Seq(&self));
    }
}

impl Encode for [&str] {
    fn encode(&self, write: &mut dyn FnMut(Node<'_>)) {
        write(Node::Seq(&self));
    }
}

impl Encode for str {
    fn encode(&self, write: &mut dyn FnMut(Node<'_>)) {
        write(Node::Str(self));
    }
}

impl<T: Slot> Encode for &[T] {
    fn encode(&self, write: &mut dyn FnMut(Node<'_>)) {
        write(Node::Seq(self));
    }
}

impl Encode for &[&str] {
    fn encode(&self, write: &mut dyn FnMut(Node<'_>)) {
        write(Node::Seq(self));
    }
}

impl Encode for &str {
    fn encode(&self, write: &mut dyn FnMut(Node<'_>)) {
        write(Node::Str(self));
    }
}

impl Encode for Option<&str> {
    fn encode(&self, write: &mut dyn FnMut(Node<'_>)) {
        write(self.map_or(Node::Absent, Node::Str));
    }
}

impl<T: Slot> Encode for Option<&[T]> {
    fn encode(&self, write: &mut dyn FnMut(Node<'_>)) {
        match self {
            Some(slice) => write(Node::Seq(slice)),
            None => write(Node::Absent),
        }
    }
}

impl Encode for Option<&[&str]> {
    fn encode(&self, write: &mut dyn FnMut(Node<'_>)) {
        match self {
            Some(slice) => write(Node::Seq(slice)),
            None => write(Node::Absent),
        }
    }
}
