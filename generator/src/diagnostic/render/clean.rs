//! Text of the input to text that a terminal shows as it is: nothing in it moves the cursor, hides or turns around.

use std::fmt::Write;

/// Stands for something in what is rendered; as every character that acts, it never comes from the input.
pub(super) const MARK: char = '\u{f8ff}';

/// Whether a character acts on the text around it instead of being seen.
pub(super) fn acts(c: char) -> bool {
    c == MARK
        || c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// Characters that act are spelled out, as `\u{1b}`.
pub(crate) fn clean(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if acts(c) {
            // Writing to a string does not fail.
            let _ = write!(shown, "\\u{{{:x}}}", c as u32);
        } else {
            shown.push(c);
        }
    }
    shown
}

/// As [`clean`], for text that is to stay on one line and at a readable length.
pub(super) fn clean_line(text: &str) -> String {
    const LONGEST: usize = 1_000;
    let mut words = text.replace(['\r', '\n', '\t'], " ");
    if let Some((end, _)) = words.char_indices().nth(LONGEST) {
        words.truncate(end);
        words.push('…');
    }
    clean(&words)
}

/// JSON text whose characters that act are escaped as JSON does, so that it is safe to look at and says the same.
pub(crate) fn clean_json(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        // Line ends stand between members alone: those of strings are escaped already.
        if acts(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(c);
        }
    }
    shown
}
