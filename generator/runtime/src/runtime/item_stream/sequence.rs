//! JSON with a record separator before each item (RFC 7464).

use super::frame::{Frame, TooLong};
use std::collections::VecDeque;

/// The text behind the last separator, and how far it is complete.
#[derive(Default)]
pub(in crate::runtime) struct Sequence {
    text: Vec<u8>,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

const SEPARATOR: u8 = 0x1e;

impl Sequence {
    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        limit: usize,
        frames: &mut VecDeque<Frame>,
    ) -> Result<(), TooLong> {
        for byte in bytes {
            match byte {
                // A separator never stands in JSON: what is open was cut off.
                &SEPARATOR => self.take(true, frames),
                // A line feed behind a whole value ends it, so that it need not wait for the next.
                b'\n' if self.depth == 0 && !self.in_string => self.take(false, frames),
                _ => {
                    self.text.push(*byte);
                    self.follow(*byte);
                }
            }
            if self.text.len() > limit {
                return Err(TooLong);
            }
        }
        Ok(())
    }

    fn follow(&mut self, byte: u8) {
        match byte {
            _ if std::mem::take(&mut self.escaped) => {}
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            _ if self.in_string => {}
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Ends the text. Where no line feed did, a number or a word may be only the beginning of one.
    fn take(&mut self, cut: bool, frames: &mut VecDeque<Frame>) {
        let state = std::mem::take(self);
        let data = state.text.trim_ascii();
        if let Some(last) = data.last() {
            let open = state.depth > 0 || state.in_string;
            let closed = matches!(last, b'}' | b']' | b'"');
            frames.push_back(Frame {
                cut: cut && (open || !closed),
                data: data.to_vec(),
                ..Frame::default()
            });
        }
    }

    pub(super) fn finish(&mut self, frames: &mut VecDeque<Frame>) {
        self.take(true, frames);
    }
}
