//! The part of a line that is shown with a finding: enough to recognise the place, whatever the length of the line.

use super::clean::acts;
use crate::origin::{Lines, Span};
use std::ops::Range;

/// Characters shown before the place, where the line is long.
const BEFORE: usize = 50;
/// Characters shown from the place on.
const BEHIND: usize = 70;

/// A piece of one line, safe to print, and the bytes of it that are meant.
pub(super) struct Window {
    pub(super) text: String,
    pub(super) marked: Range<usize>,
}

impl Window {
    /// The window on a span that begins in this line (counted from 1). A span over several lines is marked up to the
    /// end of its first.
    pub(super) fn new(lines: &Lines<'_>, line: usize, span: Span) -> Self {
        let range = lines.range(line, line);
        let text = lines.line(line);
        let local = |offset: u32| {
            (offset as usize)
                .saturating_sub(range.start)
                .min(text.len())
        };
        let (start, end) = (local(span.start), local(span.end));
        let begin = text.floor_char_boundary(start);
        let before = text.get(..begin).unwrap_or_default();
        let from = before
            .char_indices()
            .rev()
            .nth(BEFORE)
            .map_or(0, |(at, _)| at);
        let mut window = Window {
            text: String::new(),
            marked: 0..0,
        };
        if from > 0 {
            window.text.push('…');
        }
        let mut marked = None;
        let mut stop = None;
        // From the window on, not from the line: a whole document may be one line, and have thousands of findings.
        let shown = text.get(from..).unwrap_or_default();
        for (shown, (at, c)) in shown.char_indices().enumerate() {
            let at = from + at;
            if at >= begin {
                marked = marked.or(Some(window.text.len()));
            }
            if at >= end && at > begin {
                stop = stop.or(Some(window.text.len()));
            }
            if shown > BEFORE + BEHIND {
                window.text.push('…');
                break;
            }
            window.text.push(match c {
                '\t' => ' ',
                c if acts(c) => '\u{fffd}',
                c => c,
            });
        }
        let length = window.text.len();
        let marked = marked.unwrap_or(length);
        window.marked = marked..stop.unwrap_or(length).max(marked);
        window
    }
}
