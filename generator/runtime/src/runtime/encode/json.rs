//! Writes JSON text, by hand: serde's generic way cost a third of the speed here.

use super::each_member;
use crate::runtime::model::{EXTRA, Node, Object, Seq, Spellings};
use serde::Serialize;
use std::io::{self, Write};

/// JSON text of a value.
pub fn to_json(node: Node<'_>) -> Vec<u8> {
    let mut out = Text::default();
    write_json(node, &mut out);
    out.bytes.truncate(out.end);
    out.bytes
}

/// Text that grows, with zeros behind its end: what is written together is checked for room once.
#[derive(Default)]
struct Text {
    bytes: Vec<u8>,
    end: usize,
}

impl Text {
    /// The next bytes to write.
    #[inline]
    fn room(&mut self, length: usize) -> &mut [u8] {
        let (begin, end) = (self.end, self.end + length);
        if end > self.bytes.len() {
            self.grow(end);
        }
        self.end = end;
        self.bytes.get_mut(begin..end).unwrap_or_default()
    }

    #[cold]
    fn grow(&mut self, end: usize) {
        let length = end.max(2 * self.bytes.len()).max(512);
        self.bytes.resize(length, 0);
    }

    #[inline]
    fn push(&mut self, byte: u8) {
        self.room(1).fill(byte);
    }

    #[inline]
    fn extend(&mut self, bytes: &[u8]) {
        self.room(bytes.len()).copy_from_slice(bytes);
    }
}

impl Write for Text {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.extend(bytes);
        Ok(bytes.len())
    }
    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.extend(bytes);
        Ok(())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The kinds that most values have; short, because it is called for each of them.
#[inline]
fn write_json(node: Node<'_>, out: &mut Text) {
    match node {
        Node::Str(value) => write_string(value, out),
        Node::Obj(object) => write_object(object, out),
        Node::Seq(seq) => write_list(seq, out),
        node => write_other(node, out),
    }
}

fn write_list(seq: &dyn Seq, out: &mut Text) {
    let length = seq.len();
    out.push(b'[');
    for index in 0..length {
        if index > 0 {
            out.push(b',');
        }
        write_json(seq.at(index), out);
    }
    out.push(b']');
}

#[inline(never)]
fn write_other(node: Node<'_>, out: &mut Text) {
    match node {
        Node::Absent | Node::Null | Node::Upload(_) => out.extend(b"null"),
        Node::Bool(value) => out.extend(if value { b"true" } else { b"false" }),
        Node::I64(value) => write_with_serde(&value, out),
        Node::U64(value) => write_with_serde(&value, out),
        Node::F64(value) => write_with_serde(&value, out),
        Node::Number(value) => out.extend(value.as_bytes()),
        Node::Json(value) => write_with_serde(value, out),
        Node::Extra(extra) => write_with_serde(&Node::Extra(extra), out),
        Node::Map(map) => {
            let mut before = b'{';
            map.each(&mut |key, node| write_member(key, node, &mut before, out));
            end_object(before, out);
        }
        Node::Tagged(tag, slot) => {
            write_member(tag, slot.node(), &mut b'{', out);
            out.push(b'}');
        }
        node @ (Node::Str(_) | Node::Obj(_) | Node::Seq(_)) => write_json(node, out),
    }
}

fn write_object(object: &dyn Object, out: &mut Text) {
    let table = object.table();
    let mut before = b'{';
    let is_plain = matches!(object.get(EXTRA), Node::Extra(extra) if extra.is_unused());
    match is_plain && table.constants.is_empty() && !table.rest {
        // What `each_member` visits, where it has nothing to consider.
        true => {
            for (index, member) in table.members.iter().enumerate() {
                let mut node = object.get(index);
                match node {
                    Node::Absent if !member.required => continue,
                    Node::Null if member.spellings.has(Spellings::EMPTY) => node = Node::Str(""),
                    _ => {}
                }
                write_member(member.name, node, &mut before, out);
            }
        }
        false => each_member(object, &mut |key, node| {
            write_member(key, node, &mut before, out)
        }),
    }
    end_object(before, out);
}

/// Ends an object, of which nothing is written yet if there was no member.
#[inline]
fn end_object(before: u8, out: &mut Text) {
    match before {
        b'{' => out.extend(b"{}"),
        _ => out.push(b'}'),
    }
}

/// Numbers and foreign values; writing to memory cannot fail.
fn write_with_serde<T: Serialize + ?Sized>(value: &T, out: &mut Text) {
    let _ = serde_json::to_writer(out, value);
}

/// Writes what stands before the member, which is `{` for the first one, and the member.
#[inline]
fn write_member(key: &str, node: Node<'_>, before: &mut u8, out: &mut Text) -> bool {
    let key = key.as_bytes();
    let begin = out.end;
    let mut plain = true;
    if let [first, open, middle @ .., close, colon] = out.room(key.len() + 4) {
        (*first, *open, *close, *colon) = (*before, b'"', b'"', b':');
        plain = copy_plain(key, middle);
    }
    if !plain {
        out.end = begin + 2;
        write_escaped(key, out);
        out.extend(b"\":");
    }
    *before = b',';
    write_json(node, out);
    true
}

#[inline]
fn write_string(text: &str, out: &mut Text) {
    let text = text.as_bytes();
    let begin = out.end;
    let mut plain = true;
    if let [open, middle @ .., close] = out.room(text.len() + 2) {
        (*open, *close) = (b'"', b'"');
        plain = copy_plain(text, middle);
    }
    if !plain {
        out.end = begin + 1;
        write_escaped(text, out);
        out.push(b'"');
    }
}

/// Copies a text to a place of its length, and answers whether it has no byte that must not stand in a string as it is.
#[inline]
fn copy_plain(text: &[u8], place: &mut [u8]) -> bool {
    place.copy_from_slice(text);
    is_plain(text)
}

/// Hardly any text has such a byte, so that eight are looked at in one step, the last ones perhaps twice.
#[inline]
fn is_plain(text: &[u8]) -> bool {
    if let Some(last) = text.last_chunk::<8>() {
        let words = text.chunks_exact(8).filter_map(|word| word.try_into().ok());
        let found = words.fold(odd_bytes(u64::from_ne_bytes(*last)), |found, word| {
            found | odd_bytes(u64::from_ne_bytes(word))
        });
        found == 0
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        let (first, last) = (u32::from_ne_bytes(*first), u32::from_ne_bytes(*last));
        odd_bytes(u64::from(first) << 32 | u64::from(last)) == 0
    } else {
        let odd = |&byte: &u8| byte < 0x20 || byte == b'"' || byte == b'\\';
        !text.iter().any(odd)
    }
}

/// Not zero if one of eight bytes is below 0x20, a quote or a backslash.
#[inline]
fn odd_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    // Borrows reach the highest bit of a byte below `less`; what they do to the bytes above it changes no answer.
    let below = |word: u64, less: u64| word.wrapping_sub(ONES * less) & !word & HIGH;
    let quote = word ^ (ONES * u64::from(b'"'));
    let backslash = word ^ (ONES * u64::from(b'\\'));
    below(word, 0x20) | below(quote, 1) | below(backslash, 1)
}

#[cold]
fn write_escaped(bytes: &[u8], out: &mut Text) {
    for &byte in bytes {
        match byte {
            b'"' => out.extend(b"\\\""),
            b'\\' => out.extend(b"\\\\"),
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b'\t' => out.extend(b"\\t"),
            0x08 => out.extend(b"\\b"),
            0x0c => out.extend(b"\\f"),
            0..0x20 => {
                let _ = write!(out, "\\u{byte:04x}");
            }
            _ => out.push(byte),
        }
    }
}
