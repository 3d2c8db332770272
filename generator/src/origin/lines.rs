//! Offsets of a text to lines and columns, and back.

/// A line and a column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// The lines of a text, for many questions about one text. Making it reads the text once.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// Offsets of the first byte of each line.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of a text: it ends one at each line feed, whether a carriage return stands before it or not.
    pub fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Lines { text, starts }
    }

    /// How many lines there are. A text that ends with a line feed has an empty last one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The position of a byte. Offsets inside a character count as its begin, those behind the text as its end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor(self.text, offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..offset).unwrap_or_default();
        Position {
            line,
            column: before.chars().count() + 1,
        }
    }

    /// The offset of a position; of one that does not exist, the end of its line or of the text.
    pub fn offset(&self, position: Position) -> usize {
        let Some(start) = self.starts.get(position.line.saturating_sub(1)).copied() else {
            return self.text.len();
        };
        let line = self.line(position.line);
        line.char_indices()
            .nth(position.column.saturating_sub(1))
            .map_or(start + line.len(), |(at, _)| start + at)
    }

    /// The text of a line, counted from 1, without its end.
    pub fn line(&self, line: usize) -> &'t str {
        self.text
            .get(self.range(line, line))
            .unwrap_or_default()
            .trim_end_matches(['\n', '\r'])
    }

    /// The bytes from the begin of one line to the end of another, both counted from 1, the last line feed included.
    pub fn range(&self, first: usize, last: usize) -> std::ops::Range<usize> {
        let length = self.text.len();
        let start = self.starts.get(first.saturating_sub(1)).copied();
        let end = self.starts.get(last).copied().unwrap_or(length);
        start.unwrap_or(length).min(end)..end
    }
}

/// The offset itself or that of the character it lies in; behind the text, its end.
pub fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters() {
        let text = "a\né😀b\r\n\nlast";
        let lines = Lines::new(text);
        let cases = [
            (0, 1, 1),
            (1, 1, 2),
            (2, 2, 1),
            (4, 2, 2),
            (5, 2, 2),
            (8, 2, 3),
            (11, 3, 1),
            (12, 4, 1),
            (99, 4, 5),
        ];
        for (offset, line, column) in cases {
            assert_eq!(
                lines.position(offset),
                Position { line, column },
                "{offset}"
            );
        }
        assert_eq!(lines.offset(Position { line: 2, column: 3 }), 8);
        assert_eq!(
            lines.offset(Position {
                line: 2,
                column: 99
            }),
            9
        );
        assert_eq!(lines.offset(Position { line: 9, column: 1 }), text.len());
        assert_eq!((lines.line(2), lines.count()), ("é😀b", 4));
    }
}
