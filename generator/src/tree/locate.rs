//! Offsets in a document to what stands there: names and nodes, and places inside strings whose text is escaped.

use super::{Kind, Node, Tree};
use crate::origin::{Origin, Span, floor};

impl Tree {
    /// What stands at an offset: the name of a member, or else the innermost node.
    pub fn mark(&self, offset: u32) -> Origin {
        let node = self.innermost(offset);
        let key = node.parent().and_then(|parent| {
            parent
                .entries()
                .find(|(_, value)| value.id() == node.id())
                .map(|(key, _)| key.origin)
        });
        match key {
            Some(key) if key.span.start <= offset && offset <= key.span.end => key,
            _ => node.origin(),
        }
    }
}

impl Node<'_> {
    /// Where a byte of a string's text stands in the file, for faults in documents that are given as text. Where the
    /// spelling cannot be followed (text that YAML folds over lines), the place is the whole string.
    pub fn place_inside(self, offset: usize) -> Origin {
        let origin = self.origin();
        let (Kind::String, Some(text)) = (self.kind(), self.as_str()) else {
            return origin;
        };
        let raw = self.tree.text.get(self.span().range()).unwrap_or_default();
        let begin = self.span().start as usize;
        let at = match raw.strip_prefix(['"', '\'']) {
            _ if raw == text => Some(floor(text, offset)),
            Some(inner) => raw_offset(inner, offset).map(|at| at + 1),
            None => None,
        };
        let Some(at) = at else { return origin };
        let length = raw.get(at..).and_then(|rest| rest.chars().next());
        let start = begin + at;
        Origin {
            span: Span::new(start, start + length.map_or(0, char::len_utf8)),
            ..origin
        }
    }
}

/// The offset in the inside of a quoted string at which the byte `offset` of its text is spelled. An offset behind the
/// text is the end of the inside. Nothing where the string goes over lines, or an escape is none of JSON's and YAML's.
pub fn raw_offset(raw: &str, offset: usize) -> Option<usize> {
    let mut position = 0;
    let mut decoded = 0;
    while let Some(rest) = raw.get(position..).filter(|rest| !rest.is_empty()) {
        let mut chars = rest.chars();
        let (spelled, bytes) = match chars.next()? {
            '"' => break,
            '\n' => return None,
            '\\' => escape(chars.as_str())?,
            c => (c.len_utf8(), c.len_utf8()),
        };
        if offset < decoded + bytes {
            return Some(position);
        }
        position += spelled;
        decoded += bytes;
    }
    Some(position)
}

/// Of an escape sequence whose backslash has been read: the length of the whole, and of what it stands for.
fn escape(rest: &str) -> Option<(usize, usize)> {
    let hex = |from: usize, digits: usize| {
        let digits = rest.get(from..from + digits)?;
        u32::from_str_radix(digits, 16).ok()
    };
    let length = |code: u32| char::from_u32(code).map_or('\u{fffd}'.len_utf8(), char::len_utf8);
    match rest.chars().next()? {
        'u' => {
            let unit = hex(1, 4)?;
            let low = rest.get(5..7).filter(|next| *next == "\\u");
            let low = low.and_then(|_| hex(7, 4));
            match (unit, low) {
                (0xd800..=0xdbff, Some(0xdc00..=0xdfff)) => Some((12, 4)),
                _ => Some((6, length(unit))),
            }
        }
        'x' => Some((4, length(hex(1, 2)?))),
        'U' => Some((10, length(hex(1, 8)?))),
        'N' | '_' => Some((2, 2)),
        'L' | 'P' => Some((2, 3)),
        '\n' | '\r' => None,
        _ => Some((2, 1)),
    }
}

#[cfg(test)]
mod tests {
    use crate::origin::FileId;
    use crate::tree::{json, yaml};
    use std::sync::Arc;

    #[test]
    fn places_inside_strings_follow_escapes() {
        let text: Arc<str> = r#"{"raw": "a\"\u00e9\ud83d\ude00\n{x"}"#.into();
        let tree = json::parse(FileId(0), &text, json::Dialect::Strict).expect("JSON");
        let node = tree.root().get("raw").expect("raw");
        let value = node.as_str().expect("text");
        assert_eq!(value, "a\"é😀\n{x");
        let at = |needle: &str| {
            let origin = node.place_inside(value.find(needle).expect(needle));
            &text[origin.span.start as usize..]
        };
        assert!(at("a").starts_with("a\\\""));
        assert!(at("é").starts_with("\\u00e9"));
        assert!(at("😀").starts_with("\\ud83d"));
        assert!(at("{").starts_with("{x"));
        assert!(text[node.place_inside(999).span.start as usize..].starts_with('"'));
    }

    #[test]
    fn places_inside_yaml_strings() {
        let text: Arc<str> = "a: plain {\nb: \"\\x41{\"\nc: |\n  x\n  {\n".into();
        let tree = yaml::parse(FileId(0), &text).expect("YAML").tree;
        let at = |key: &str| {
            let node = tree.root().get(key).expect(key);
            let offset = node
                .as_str()
                .and_then(|text| text.find('{'))
                .expect("brace");
            node.place_inside(offset).span.start
        };
        assert_eq!((at("a"), at("b")), (9, 19));
        // A block scalar loses its indentation, so the place is the whole.
        let c = tree.root().get("c").expect("c");
        assert_eq!(at("c"), c.span().start);
    }

    #[test]
    fn names_are_marked_as_such() {
        let text: Arc<str> = "name: x\nserver:\n  url: y\n".into();
        let tree = yaml::parse(FileId(0), &text).expect("YAML").tree;
        let marked = |offset| &text[tree.mark(offset).span.range()];
        assert_eq!(
            (marked(0), marked(6), marked(18), marked(23)),
            ("name", "x", "url", "y")
        );
    }
}
