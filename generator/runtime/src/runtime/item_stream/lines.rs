//! JSON with a line for each item.

use super::frame::{Frame, TooLong};
use std::collections::VecDeque;

/// The line so far.
#[derive(Default)]
pub(in crate::runtime) struct Lines(Vec<u8>);

impl Lines {
    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        limit: usize,
        frames: &mut VecDeque<Frame>,
    ) -> Result<(), TooLong> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = rest.iter().position(|byte| *byte == b'\n');
            let (part, behind) = rest.split_at(end.unwrap_or(rest.len()));
            self.0.extend_from_slice(part);
            if self.0.len() > limit {
                return Err(TooLong);
            }
            if let Some((_, behind)) = behind.split_first() {
                self.finish(frames);
                rest = behind;
            } else {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The last line need not end. Empty ones are no items.
    pub(super) fn finish(&mut self, frames: &mut VecDeque<Frame>) {
        let data = std::mem::take(&mut self.0);
        if !data.trim_ascii().is_empty() {
            frames.push_back(Frame {
                data,
                ..Frame::default()
            });
        }
    }
}
