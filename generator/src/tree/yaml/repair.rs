//! Indents continuation lines of quoted text that stand too far left: YAML forbids them, published descriptions hold
//! them, and indentation inside quotes is folded away, so the value cannot change.

use std::borrow::Cow;

/// Lines that are indented at most, so that a file of nothing else is refused.
const MAX_LINES: usize = 1_000;
/// Bytes that are read again at most, unless four readings of the whole need more: every repair begins anew.
const MAX_REREAD: usize = 8 << 20;

/// A text with the indentation that it lacks, and the way back to the offsets of the original.
pub(super) struct Repair<'t> {
    original: &'t str,
    /// Where spaces are put in, as an offset of the original, and how many; sorted.
    inserted: Vec<(usize, usize)>,
    reread: usize,
}

impl<'t> Repair<'t> {
    pub(super) fn new(original: &'t str) -> Self {
        Repair {
            original,
            inserted: Vec::new(),
            reread: 0,
        }
    }

    /// The text to read.
    pub(super) fn text(&self) -> Cow<'t, str> {
        if self.inserted.is_empty() {
            return Cow::Borrowed(self.original);
        }
        let mut text = String::with_capacity(self.original.len());
        let mut from = 0;
        for (at, count) in &self.inserted {
            text.push_str(self.original.get(from..*at).unwrap_or_default());
            text.extend(std::iter::repeat_n(' ', *count));
            from = *at;
        }
        text.push_str(self.original.get(from..).unwrap_or_default());
        Cow::Owned(text)
    }

    /// The offset in the original of an offset in the text to read.
    pub(super) fn original(&self, offset: usize) -> usize {
        if self.inserted.is_empty() {
            return offset;
        }
        let mut shift = 0;
        // At most a thousand entries, and only in files that had to be repaired.
        for (at, count) in &self.inserted {
            if offset < at + shift {
                break;
            }
            if offset < at + shift + count {
                return *at;
            }
            shift += count;
        }
        offset - shift
    }

    /// The first line that was indented, as an offset, and how many were.
    pub(super) fn first_line(&self) -> Option<(usize, usize)> {
        let (at, _) = self.inserted.first()?;
        Some((*at, self.inserted.len()))
    }

    /// Indents the line that holds `fault`, and all further lines of the same quoted text, which begins behind
    /// `before`. Both are offsets in the repaired text. Answers whether there is something new to try.
    pub(super) fn indent(&mut self, repaired: &str, before: usize, fault: usize) -> bool {
        self.reread += repaired.len();
        let line = line_start(repaired, fault);
        let column = before - line_start(repaired, before).min(before);
        let Some(close) = closing_quote(repaired, before, line) else {
            return false;
        };
        let mut starts = vec![line];
        let inside = repaired.get(line..close).unwrap_or_default();
        starts.extend(inside.match_indices('\n').map(|(at, _)| line + at + 1));
        let known = self.inserted.len();
        let starts: Vec<_> = starts.into_iter().map(|at| self.original(at)).collect();
        for at in starts {
            if let Err(slot) = self.inserted.binary_search_by_key(&at, |(at, _)| *at) {
                // One more than the column of the key is deeper than whatever holds the text.
                self.inserted.insert(slot, (at, column + 2));
            }
            if self.inserted.len() > MAX_LINES {
                return false;
            }
        }
        self.inserted.len() > known && self.reread <= MAX_REREAD.max(4 * self.original.len())
    }
}

fn line_start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or_default();
    before.rfind('\n').map_or(0, |at| at + 1)
}

/// The offset of the quote that ends the text which begins between the two offsets.
fn closing_quote(text: &str, from: usize, to: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open = from;
    let quote = loop {
        match *bytes.get(open)? {
            _ if open >= to => return None,
            quote @ (b'"' | b'\'') => break quote,
            b'#' => open = bytes.iter().skip(open).position(|b| *b == b'\n')? + open,
            _ => open += 1,
        }
    };
    let mut at = open + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' if quote == b'"' => at += 2,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 2,
            byte if byte == quote => return Some(at),
            _ => at += 1,
        }
    }
}
