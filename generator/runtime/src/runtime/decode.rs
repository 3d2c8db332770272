//! Turns JSON text, or any self-describing serde format, into generated types through their slots.
//!
//! Reading never gives up on a value of the wrong kind: it is handed back to the closest object,
//! which keeps it in `extra` under the member's own name, and an [`Issue`] is noted. Only malformed
//! text, or a wrong kind at the very top, is an error, unless the caller asks for strictness.

mod object;
mod scalar;
mod spelling;
mod union;
mod value;
mod visitor;

use super::model::{Map, Node, Slot, SlotMut, Spellings, Table};
use serde::de::{DeserializeSeed, Deserializer, Error as _};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use visitor::Seed;

/// A value of the wrong kind on its way to the closest object.
type Misfit = Option<Box<Value>>;

/// How many issues are noted at most.
const MAX_ISSUES: usize = 64;
/// How many characters of a key are shown.
const MAX_KEY: usize = 100;
/// How deep values may nest; the same as in serde_json, for other formats.
const MAX_DEPTH: usize = 128;

#[derive(Clone)]
enum Segment {
    Key(Cow<'static, str>),
    Index(usize),
}

/// What kind of thing an [`Issue`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IssueKind {
    /// A value has another kind than described; it is kept in `extra`.
    WrongKind,
    /// A required member is not there. Noted by strict decoding only.
    Missing,
    /// A member is not described; it is kept in `extra`. Noted by strict decoding only.
    Unknown,
    /// No variant of a union fits; the value is kept in `Other`. Noted by strict decoding only.
    UnknownVariant,
}

/// Something in a response that the description of the API does not allow.
///
/// `Display` gives the place and the kind: `users[3].role: wrong kind of value`.
#[derive(Clone)]
pub struct Issue {
    /// Deepest first, as it is collected on the way out.
    path: Vec<Segment>,
    kind: IssueKind,
}

impl Issue {
    /// What kind of thing this is.
    pub fn kind(&self) -> IssueKind {
        self.kind
    }

    /// The same inside an element of a list.
    pub(super) fn inside(mut self, index: usize) -> Self {
        self.path.push(Segment::Index(index));
        self
    }

    /// Where it is: `users[3].role`; empty for the document itself.
    pub fn path(&self) -> String {
        Path(&self.path).to_string()
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            IssueKind::WrongKind => "wrong kind of value",
            IssueKind::Missing => "missing",
            IssueKind::Unknown => "unknown member",
            IssueKind::UnknownVariant => "no variant fits",
        };
        match self.path.is_empty() {
            true => f.write_str(kind),
            false => write!(f, "{}: {kind}", Path(&self.path)),
        }
    }
}

impl fmt::Debug for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A key as it is shown: it may come from the server, so it is escaped and cut.
fn shown(key: &str) -> impl fmt::Display + '_ {
    let end = key
        .char_indices()
        .nth(MAX_KEY)
        .map_or(key.len(), |(end, _)| end);
    key.get(..end).unwrap_or_default().escape_debug()
}

struct Path<'a>(&'a [Segment]);

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.0.iter().rev().enumerate() {
            match segment {
                Segment::Key(key) => {
                    let dot = if position > 0 { "." } else { "" };
                    write!(f, "{dot}{}", shown(key))?;
                }
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// The state of one decoding.
///
/// Paths are put together on the way out, so reading what is as described pays nothing for them.
struct Decoding {
    strict: bool,
    /// What else is read as the value at hand.
    spellings: Spellings,
    issues: Vec<Issue>,
    /// Where the text is malformed, deepest first.
    at: Vec<Segment>,
    depth: usize,
    /// The members of the last object of each table, by their indexes: the next one has mostly the same order.
    orders: Vec<(&'static Table, Vec<usize>)>,
}

impl Decoding {
    fn new(strict: bool, spellings: Spellings) -> Self {
        Decoding {
            strict,
            spellings,
            issues: Vec::new(),
            at: Vec::new(),
            depth: 0,
            orders: Vec::new(),
        }
    }

    /// Where the order of the objects of a table is kept; small ones are looked through as fast.
    #[inline]
    fn order_of(&mut self, table: &'static Table) -> Option<usize> {
        if table.members.len() < 8 {
            return None;
        }
        let mut orders = self.orders.iter();
        let known = orders.position(|(known, _)| std::ptr::eq(*known, table));
        Some(known.unwrap_or_else(|| {
            self.orders.push((table, Vec::new()));
            self.orders.len() - 1
        }))
    }

    /// The member that came at this position in the last object.
    #[inline]
    fn expected(&self, order: Option<usize>, position: usize) -> Option<usize> {
        let (_, order) = self.orders.get(order?)?;
        order.get(position).copied()
    }

    /// Remembers what came at a position.
    #[inline]
    fn came(&mut self, order: Option<usize>, position: usize, index: usize) {
        let order = order.and_then(|order| self.orders.get_mut(order));
        if let Some((_, order)) = order {
            match order.get_mut(position) {
                Some(known) => *known = index,
                None => order.push(index),
            }
        }
    }

    #[cold]
    fn note(&mut self, kind: IssueKind, key: Option<Cow<'static, str>>) {
        if self.issues.len() < MAX_ISSUES {
            let path = key.map(Segment::Key).into_iter().collect();
            self.issues.push(Issue { path, kind });
        }
    }

    fn note_strict(&mut self, kind: IssueKind, key: Option<Cow<'static, str>>) {
        if self.strict {
            self.note(kind, key);
        }
    }

    /// Puts a path segment before the issues noted since there were `known` of them.
    #[inline]
    fn prefix(&mut self, known: usize, segment: impl Fn() -> Segment) {
        for issue in self.issues.iter_mut().skip(known) {
            issue.path.push(segment());
        }
    }

    /// Goes one level down; the caller takes it back on success.
    fn deeper<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        match self.depth > MAX_DEPTH {
            true => Err(E::custom("recursion limit exceeded")),
            false => Ok(()),
        }
    }
}

/// Why a document could not be read.
///
/// `Display` gives the place: `data[3].card.brand: expected value at line 1 column 9`.
pub struct DecodeError {
    path: Vec<Segment>,
    message: Cow<'static, str>,
    issues: Vec<Issue>,
}

impl DecodeError {
    fn new(message: impl Into<Cow<'static, str>>) -> Self {
        DecodeError {
            path: Vec::new(),
            message: message.into(),
            issues: Vec::new(),
        }
    }

    /// A document whose end did not come.
    pub(super) fn cut_off() -> Self {
        Self::new("it breaks off")
    }

    /// The same inside an element of a list.
    pub(super) fn inside(mut self, index: usize) -> Self {
        self.path.push(Segment::Index(index));
        let issues = self.issues.into_iter();
        self.issues = issues.map(|issue| issue.inside(index)).collect();
        self
    }

    fn unexpected(value: &Value) -> Self {
        Self::new(format!("unexpected {}", kind_name(value)))
    }

    /// What strict decoding objects to; empty if the text is malformed.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", Path(&self.path))?;
        }
        f.write_str(&self.message)?;
        for issue in &self.issues {
            write!(f, "; {issue}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for DecodeError {}

fn kind_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Reads JSON text into a slot and answers what was tolerated. With `strict` nothing is: all that
/// differs from the description is collected and returned as one error.
pub fn from_slice(text: &[u8], slot: SlotMut<'_>, strict: bool) -> Result<Vec<Issue>, DecodeError> {
    from_spelled(text, slot, strict, Spellings::NONE)
}

/// The same for a document of which the server has other spellings.
pub fn from_spelled(
    text: &[u8],
    slot: SlotMut<'_>,
    strict: bool,
    spellings: Spellings,
) -> Result<Vec<Issue>, DecodeError> {
    let mut decoding = Decoding::new(strict, spellings);
    let misfit = read(text, slot, &mut decoding)?;
    finish(decoding, misfit.as_deref())
}

/// Reads the value of one member of the object in `text`, which is an envelope.
pub fn from_envelope(
    text: &[u8],
    member: &'static str,
    slot: SlotMut<'_>,
    strict: bool,
    spellings: Spellings,
) -> Result<Vec<Issue>, DecodeError> {
    let mut decoding = Decoding::new(strict, spellings);
    let mut envelope = Envelope {
        member,
        slot: Some(slot),
        unknown: strict.then(Vec::new),
    };
    let misfit = read(text, SlotMut::Map(&mut envelope), &mut decoding)?;
    let (found, unknown) = (envelope.slot.is_none(), envelope.unknown);
    for key in unknown.into_iter().flatten() {
        decoding.note(IssueKind::Unknown, Some(key.into()));
    }
    match misfit.as_deref() {
        Some(Value::Object(members)) if found => match members.get(member) {
            Some(value) => Err(DecodeError {
                path: vec![Segment::Key(member.into())],
                ..DecodeError::unexpected(value)
            }),
            None => finish(decoding, None),
        },
        None if !found => Err(DecodeError::new(format!(
            "the response has no member `{member}`"
        ))),
        misfit => finish(decoding, misfit),
    }
}

fn read(text: &[u8], slot: SlotMut<'_>, decoding: &mut Decoding) -> Result<Misfit, DecodeError> {
    // Looked through once here, its strings need not be looked through one by one.
    let text = std::str::from_utf8(text).map_err(|error| {
        DecodeError::new(format!("not UTF-8 from byte {}", error.valid_up_to()))
    })?;
    let mut json = serde_json::Deserializer::from_str(text);
    let seed = Seed { slot, decoding };
    let result = seed.deserialize(&mut json).and_then(|misfit| {
        json.end()?;
        Ok(misfit)
    });
    result.map_err(|error| DecodeError {
        path: std::mem::take(&mut decoding.at),
        ..DecodeError::new(error.to_string())
    })
}

fn finish(decoding: Decoding, misfit: Option<&Value>) -> Result<Vec<Issue>, DecodeError> {
    match misfit {
        Some(value) => Err(DecodeError::new(format!(
            "unexpected {} at the top",
            kind_name(value)
        ))),
        None if decoding.strict && !decoding.issues.is_empty() => Err(DecodeError {
            issues: decoding.issues,
            ..DecodeError::new("not as described")
        }),
        None => Ok(decoding.issues),
    }
}

/// Reads JSON text.
///
/// # Errors
/// If the text is malformed or of another kind than `T` at the top.
pub fn from_json<T: Slot + Default>(text: &[u8]) -> Result<T, DecodeError> {
    let mut value = T::default();
    from_slice(text, value.slot(), false)?;
    Ok(value)
}

/// The body of every `Deserialize` implementation.
pub fn from_serde<'de, D: Deserializer<'de>, T: Slot + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value = T::default();
    serde_into(deserializer, value.slot())?;
    Ok(value)
}

fn serde_into<'de, D: Deserializer<'de>>(
    deserializer: D,
    slot: SlotMut<'_>,
) -> Result<(), D::Error> {
    let mut decoding = Decoding::new(false, Spellings::NONE);
    let seed = Seed {
        slot,
        decoding: &mut decoding,
    };
    match seed.deserialize(deserializer) {
        Ok(None) => Ok(()),
        Ok(Some(value)) => Err(D::Error::custom(DecodeError::unexpected(&value))),
        Err(error) if decoding.at.is_empty() => Err(error),
        Err(error) => Err(D::Error::custom(DecodeError {
            path: decoding.at,
            ..DecodeError::new(error.to_string())
        })),
    }
}

/// An object of which one member is read, as a map whose other entries lead nowhere.
struct Envelope<'a> {
    member: &'static str,
    /// Taken when the member comes.
    slot: Option<SlotMut<'a>>,
    /// The other members, if they are asked for.
    unknown: Option<Vec<String>>,
}

impl Map for Envelope<'_> {
    fn len(&self) -> usize {
        0
    }
    fn each<'a>(&'a self, _visit: &mut dyn FnMut(&'a str, Node<'a>) -> bool) {}
    fn entry(&mut self, key: &str) -> SlotMut<'_> {
        if key != self.member {
            if let Some(unknown) = &mut self.unknown {
                unknown.push(key.to_owned());
            }
            return SlotMut::Ignore;
        }
        self.slot.take().map_or(SlotMut::Ignore, SlotMut::shorten)
    }
    fn remove(&mut self, _key: &str) {}
    fn clear(&mut self) {}
}
