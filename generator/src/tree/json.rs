//! Reads JSON text (RFC 8259) into a tree, strictly for documents and leniently for the examples that people paste.

use super::{Builder, Kind, Refusal, Tree, limit};
use crate::diagnostic::{Code, Diagnostic};
use crate::origin::{FileId, Origin, Span};
use std::sync::Arc;

/// What a reader tolerates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// RFC 8259 and nothing else; names that stand twice are refused.
    Strict,
    /// Also comments, trailing commas, and names that stand twice (the last one counts).
    Lenient,
}

/// A document that ends somewhere inside a longer text.
#[derive(Debug)]
pub struct Prefix {
    /// The document.
    pub tree: Tree,
    /// Offset of the first byte behind it.
    pub end: usize,
}

/// Reads a text that is one JSON document.
///
/// # Errors
/// The first fault of the syntax, or all names that stand twice in an object.
pub fn parse(file: FileId, text: &Arc<str>, dialect: Dialect) -> Result<Tree, Vec<Diagnostic>> {
    // A byte order mark says nothing about UTF-8 and is not part of the document.
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let mut reader = Reader::new(file, text, start, dialect);
    reader.document()?;
    reader.space()?;
    if reader.position < text.len() {
        return Err(vec![
            reader.fault(reader.position, "there is more text behind the document"),
        ]);
    }
    reader.finish().map(|prefix| prefix.tree)
}

/// Reads the JSON document that begins at an offset (white space first) and says where it ends.
///
/// # Errors
/// As [`parse`], except that what follows the document is not looked at.
pub fn parse_prefix(
    file: FileId,
    text: &Arc<str>,
    start: usize,
    dialect: Dialect,
) -> Result<Prefix, Vec<Diagnostic>> {
    let mut reader = Reader::new(file, text, start, dialect);
    reader.document()?;
    reader.finish()
}

struct Reader<'s> {
    file: FileId,
    text: &'s str,
    bytes: &'s [u8],
    position: usize,
    dialect: Dialect,
    builder: Builder,
    duplicates: Vec<Diagnostic>,
}

/// What may come next inside an array or object.
enum Expect {
    Value,
    ValueOrEnd,
    KeyOrEnd,
    Key,
    CommaOrEnd,
}

impl<'s> Reader<'s> {
    fn new(file: FileId, text: &'s Arc<str>, start: usize, dialect: Dialect) -> Self {
        Reader {
            file,
            text,
            bytes: text.as_bytes(),
            position: start,
            dialect,
            builder: Builder::new(file, Arc::clone(text)),
            duplicates: Vec::new(),
        }
    }

    fn finish(mut self) -> Result<Prefix, Vec<Diagnostic>> {
        if !self.duplicates.is_empty() && self.dialect == Dialect::Strict {
            return Err(crate::diagnostic::first_of(self.duplicates));
        }
        let end = self.position;
        let nothing = self.fault(end, "there is no document");
        self.duplicates.clear();
        self.builder
            .finish()
            .map(|tree| Prefix { tree, end })
            .ok_or_else(|| vec![nothing])
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.position).copied()
    }

    /// Reads one value with everything in it, without recursion: depth costs memory in proportion, never the stack.
    fn document(&mut self) -> Result<(), Vec<Diagnostic>> {
        if self.text.len() > limit::INPUT_BYTES {
            let message = format!(
                "the document is larger than {} MiB",
                limit::INPUT_BYTES >> 20
            );
            return Err(vec![
                Diagnostic::new(Code::TREE_TOO_LARGE, message)
                    .at(self.origin(0, 0))
                    .help(limit::HELP),
            ]);
        }
        let mut expect = Expect::Value;
        loop {
            self.space()?;
            let at = self.position;
            let byte = self.peek();
            match (&expect, byte) {
                (Expect::CommaOrEnd, Some(b',')) => {
                    self.position += 1;
                    let object = self.builder.in_object() == Some(true);
                    expect = match (self.dialect, object) {
                        (Dialect::Strict, true) => Expect::Key,
                        (Dialect::Strict, false) => Expect::Value,
                        (Dialect::Lenient, true) => Expect::KeyOrEnd,
                        (Dialect::Lenient, false) => Expect::ValueOrEnd,
                    };
                }
                (Expect::CommaOrEnd | Expect::KeyOrEnd, Some(b'}'))
                | (Expect::CommaOrEnd | Expect::ValueOrEnd, Some(b']'))
                    if self.builder.in_object() == Some(byte == Some(b'}')) =>
                {
                    self.position += 1;
                    for (name, first, second) in self.builder.close(self.position) {
                        self.duplicate(&name, first, second);
                    }
                    if self.builder.in_object().is_none() {
                        return Ok(());
                    }
                    expect = Expect::CommaOrEnd;
                }
                (Expect::KeyOrEnd | Expect::Key, Some(b'"')) => {
                    let (slice, unescaped) = self.string()?;
                    self.builder
                        .key(Span::new(at, self.position), slice, unescaped);
                    self.space()?;
                    if self.peek() != Some(b':') {
                        return Err(vec![
                            self.fault(self.position, "expected `:` behind the name"),
                        ]);
                    }
                    self.position += 1;
                    expect = Expect::Value;
                }
                (Expect::Value | Expect::ValueOrEnd, Some(open @ (b'{' | b'['))) => {
                    let object = open == b'{';
                    self.builder
                        .open(object, at)
                        .map_err(|refusal| vec![self.refused(refusal)])?;
                    self.position += 1;
                    expect = if object {
                        Expect::KeyOrEnd
                    } else {
                        Expect::ValueOrEnd
                    };
                }
                (Expect::Value | Expect::ValueOrEnd, Some(_)) => {
                    self.scalar()?;
                    if self.builder.in_object().is_none() {
                        return Ok(());
                    }
                    expect = Expect::CommaOrEnd;
                }
                _ => return Err(vec![self.fault(at, self.expected(&expect))]),
            }
        }
    }

    fn expected(&self, expect: &Expect) -> &'static str {
        match (expect, self.builder.in_object() == Some(true)) {
            _ if self.position >= self.bytes.len() => "the text ends inside the document",
            (Expect::Value, _) => "expected a value",
            (Expect::ValueOrEnd, _) => "expected a value or `]`",
            (Expect::Key, _) => "expected a name in double quotes",
            (Expect::KeyOrEnd, _) => "expected a name in double quotes or `}`",
            (Expect::CommaOrEnd, true) => "expected `,` or `}`",
            (Expect::CommaOrEnd, false) => "expected `,` or `]`",
        }
    }

    fn scalar(&mut self) -> Result<(), Vec<Diagnostic>> {
        let start = self.position;
        let (kind, slice, unescaped) = match self.peek() {
            Some(b'"') => {
                let (slice, unescaped) = self.string()?;
                (Kind::String, slice, unescaped)
            }
            Some(b'-' | b'0'..=b'9') => {
                self.number()?;
                (Kind::Number, Span::new(start, self.position), None)
            }
            _ => {
                let rest = self.bytes.get(start..).unwrap_or_default();
                let word = ["true", "false", "null"].into_iter().find(|word| {
                    rest.starts_with(word.as_bytes())
                        && !rest
                            .get(word.len())
                            .is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
                });
                let Some(word) = word else {
                    return Err(vec![self.fault(start, "expected a value")]);
                };
                self.position += word.len();
                let kind = if word == "null" {
                    Kind::Null
                } else {
                    Kind::Boolean
                };
                (kind, Span::new(start, self.position), None)
            }
        };
        let span = Span::new(start, self.position);
        self.builder
            .scalar(kind, span, slice, unescaped)
            .map_err(|refusal| vec![self.refused(refusal)])
    }

    /// RFC 8259 §6.
    fn number(&mut self) -> Result<(), Vec<Diagnostic>> {
        let start = self.position;
        if self.peek() == Some(b'-') {
            self.position += 1;
        }
        let leading_zero = self.peek() == Some(b'0');
        let digits = self.digits();
        if digits == 0 || (leading_zero && digits > 1) {
            return Err(vec![self.fault(start, "not a JSON number")]);
        }
        if self.peek() == Some(b'.') {
            self.position += 1;
            if self.digits() == 0 {
                return Err(vec![
                    self.fault(start, "a JSON number needs digits behind the point"),
                ]);
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.position += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.position += 1;
            }
            if self.digits() == 0 {
                return Err(vec![
                    self.fault(start, "a JSON number needs digits in its exponent"),
                ]);
            }
        }
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let rest = self.bytes.get(self.position..).unwrap_or_default();
        let count = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        self.position += count;
        count
    }

    /// Reads a string and answers the span between its quotes, and its text where that differs from the span's.
    fn string(&mut self) -> Result<(Span, Option<String>), Vec<Diagnostic>> {
        let open = self.position;
        let start = open + 1;
        let mut position = start;
        let mut escaped = false;
        loop {
            match self.bytes.get(position) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    position += 2;
                }
                Some(byte) if *byte < 0x20 && self.dialect == Dialect::Strict => {
                    let message = "a control character in a string must be escaped";
                    return Err(vec![self.fault(position, message)]);
                }
                Some(_) => position += 1,
                None => return Err(vec![self.fault(open, "the string has no closing quote")]),
            }
        }
        self.position = position + 1;
        let slice = Span::new(start, position);
        if !escaped {
            return Ok((slice, None));
        }
        let raw = self.text.get(start..position).unwrap_or_default();
        match unescape(raw) {
            Ok(text) => Ok((slice, Some(text))),
            Err(offset) => Err(vec![
                self.fault(start + offset, "not an escape sequence of JSON"),
            ]),
        }
    }

    /// White space, and in the lenient dialect comments.
    fn space(&mut self) -> Result<(), Vec<Diagnostic>> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.position += 1,
                Some(b'/') if self.dialect == Dialect::Lenient => {
                    let rest = self.text.get(self.position..).unwrap_or_default();
                    let end = if rest.starts_with("//") {
                        Some(rest.find('\n').unwrap_or(rest.len()))
                    } else if rest.starts_with("/*") {
                        rest.find("*/").map(|end| end + 2)
                    } else {
                        None
                    };
                    match end {
                        Some(end) => self.position += end,
                        None => return Err(vec![self.fault(self.position, "expected a value")]),
                    }
                }
                _ => return Ok(()),
            }
        }
    }

    fn origin(&self, start: usize, end: usize) -> Origin {
        Origin {
            file: self.file,
            span: Span::new(start, end),
        }
    }

    fn fault(&self, at: usize, message: &str) -> Diagnostic {
        Diagnostic::new(Code::JSON_SYNTAX, message)
            .at(Origin {
                file: self.file,
                span: Span::of_character(self.text, at),
            })
            .help("mend the document there, or export it again: it is not JSON (RFC 8259)")
    }

    fn refused(&self, refusal: Refusal) -> Diagnostic {
        let at = Origin {
            file: self.file,
            span: Span::of_character(self.text, self.position),
        };
        match refusal {
            Refusal::TooDeep => {
                let message = format!("the document nests deeper than {} levels", limit::DEPTH);
                Diagnostic::new(Code::TREE_TOO_DEEP, message)
                    .at(at)
                    .help(limit::HELP)
            }
            Refusal::TooLarge => {
                let message = format!("the document has more than {} values", limit::NODES);
                Diagnostic::new(Code::TREE_TOO_LARGE, message)
                    .at(at)
                    .help(limit::HELP)
            }
        }
    }

    fn duplicate(&mut self, name: &str, first: Span, second: Span) {
        let shown: String = name.chars().take(80).collect();
        self.duplicates.push(
            Diagnostic::new(
                Code::JSON_DUPLICATE_KEY,
                format!("the name `{shown}` stands twice in one object"),
            )
            .at(Origin {
                file: self.file,
                span: second,
            })
            .related(
                Origin {
                    file: self.file,
                    span: first,
                },
                "first here",
            )
            .help("keep the one that is meant and remove the other"),
        );
    }
}

/// The text of a JSON string's inside, or the offset of the first sequence that is none (RFC 8259 §7). A lone half of
/// a surrogate pair becomes U+FFFD: real collections hold them, and nothing depends on their value.
fn unescape(raw: &str) -> Result<String, usize> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    let offset = |rest: &str| raw.len() - rest.len();
    while let Some(at) = rest.find('\\') {
        text.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + 1..).unwrap_or_default();
        let mut chars = rest.chars();
        let plain = match chars.next() {
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                rest = chars.as_str();
                let unit = hex(rest).ok_or(offset(rest))?;
                rest = rest.get(4..).unwrap_or_default();
                text.push(match unit {
                    0xd800..=0xdbff => match rest
                        .strip_prefix("\\u")
                        .and_then(|low| Some((low, hex(low)?)))
                    {
                        Some((low, second @ 0xdc00..=0xdfff)) => {
                            rest = low.get(4..).unwrap_or_default();
                            let code = 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
                            char::from_u32(code).unwrap_or('\u{fffd}')
                        }
                        _ => '\u{fffd}',
                    },
                    unit => char::from_u32(unit).unwrap_or('\u{fffd}'),
                });
                continue;
            }
            _ => return Err(offset(rest)),
        };
        text.push(plain);
        rest = chars.as_str();
    }
    text.push_str(rest);
    Ok(text)
}

fn hex(text: &str) -> Option<u32> {
    let digits = text.get(..4)?;
    digits
        .bytes()
        .all(|b| b.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests;
