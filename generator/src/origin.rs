//! Where something was read: files by number, byte spans in them, and the lists of places that evidence carries.

mod lines;

pub use lines::{Lines, Position, floor};

use std::fmt;

/// Number of a source file in one run, in the order in which the sources were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// A range of bytes in the text of one file. The end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// A span from two byte offsets. Offsets beyond 4 GiB are clamped; inputs are limited far below that.
    pub fn new(start: usize, end: usize) -> Self {
        Span {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        }
    }

    /// The place of the character that holds a byte of a text; nothing at its end.
    pub fn of_character(text: &str, at: usize) -> Self {
        let at = at.min(text.len());
        Span::new(
            text.floor_char_boundary(at),
            text.ceil_char_boundary(at + 1),
        )
    }

    /// The offsets as a range that can index text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One place in one source file. Line, column and JSON pointer are worked out from it only when a diagnostic is
/// printed, so that carrying an origin costs twelve bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The bytes in it.
    pub span: Span,
}

/// All places that say the same thing, sorted and without repetition, so that the order of reading does not show.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Origins(Vec<Origin>);

impl Origins {
    /// No place at all, for what is known from nowhere in particular.
    pub fn none() -> Self {
        Origins(Vec::new())
    }

    /// Adds a place.
    pub fn add(&mut self, origin: Origin) {
        if let Err(at) = self.0.binary_search(&origin) {
            self.0.insert(at, origin);
        }
    }

    /// Adds all places of another list.
    pub fn join(&mut self, other: &Origins) {
        for origin in &other.0 {
            self.add(*origin);
        }
    }

    /// The first place: the one a diagnostic points at.
    pub fn first(&self) -> Option<Origin> {
        self.0.first().copied()
    }

    /// All places, sorted by file and offset.
    pub fn iter(&self) -> impl Iterator<Item = Origin> + '_ {
        self.0.iter().copied()
    }
}

impl From<Origin> for Origins {
    fn from(origin: Origin) -> Self {
        Origins(vec![origin])
    }
}

/// A JSON pointer (RFC 6901) in text form, such as `/item/3/request/url`. The empty pointer is the whole document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pointer(String);

impl Pointer {
    /// Appends a member name, escaped.
    pub fn push_key(&mut self, key: &str) {
        self.0.push('/');
        for c in key.chars() {
            match c {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                c => self.0.push(c),
            }
        }
    }

    /// Appends an array index.
    pub fn push_index(&mut self, index: usize) {
        self.0.push('/');
        self.0.push_str(&index.to_string());
    }

    /// The pointer as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
