//! Server-sent events, as the HTML standard reads them (section 9.2.6).

use super::frame::{Frame, Told, TooLong};
use std::collections::VecDeque;
use std::time::Duration;

/// The state between two bytes.
#[derive(Default)]
pub(in crate::runtime) struct Events {
    /// The line so far.
    line: Vec<u8>,
    /// Whether the last byte was a carriage return, which a line feed may belong to.
    returned: bool,
    /// Whether the first line is behind, before which a mark of the byte order may stand.
    begun: bool,
    data: Vec<u8>,
    /// Whether there was a line of data, which may be empty.
    has_data: bool,
    event: String,
    /// The last name of an event, which counts for those behind it too.
    id: Option<String>,
}

impl Events {
    /// The beginning of a stream that goes on behind this event.
    pub(super) fn behind(id: Option<String>) -> Self {
        Events {
            id,
            ..Events::default()
        }
    }

    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        limit: usize,
        frames: &mut VecDeque<Frame>,
        told: &mut Told,
    ) -> Result<(), TooLong> {
        let mut rest = bytes;
        while let Some(first) = rest.first() {
            if std::mem::take(&mut self.returned) && *first == b'\n' {
                rest = rest.split_at(1).1;
                continue;
            }
            let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let (part, behind) = rest.split_at(end.unwrap_or(rest.len()));
            self.line.extend_from_slice(part);
            if self.line.len().saturating_add(self.data.len()) > limit {
                return Err(TooLong);
            }
            let Some((mark, behind)) = behind.split_first() else {
                return Ok(());
            };
            self.returned = *mark == b'\r';
            rest = behind;
            let line = std::mem::take(&mut self.line);
            let begun = std::mem::replace(&mut self.begun, true);
            let line = match line.strip_prefix(b"\xEF\xBB\xBF") {
                Some(line) if !begun => line,
                _ => &line,
            };
            match line.is_empty() {
                true => self.dispatch(frames, told),
                false => self.field(line, told),
            }
        }
        Ok(())
    }

    fn field(&mut self, line: &[u8], told: &mut Told) {
        let colon = line.iter().position(|byte| *byte == b':');
        let (name, value) = match colon {
            None => (line, &[][..]),
            Some(colon) => {
                let (name, value) = line.split_at(colon);
                let value = value.strip_prefix(b":").unwrap_or(value);
                (name, value.strip_prefix(b" ").unwrap_or(value))
            }
        };
        match name {
            b"data" => {
                if self.has_data {
                    self.data.push(b'\n');
                }
                self.data.extend_from_slice(value);
                self.has_data = true;
            }
            b"event" => self.event = String::from_utf8_lossy(value).into_owned(),
            b"id" if !value.contains(&0) => {
                self.id = Some(String::from_utf8_lossy(value).into_owned());
            }
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                let number = std::str::from_utf8(value).ok();
                let number = number.and_then(|number| number.parse().ok());
                told.retry = Some(Duration::from_millis(number.unwrap_or(u64::MAX)));
            }
            // Comments have no name, and what has another is to be ignored.
            _ => {}
        }
    }

    fn dispatch(&mut self, frames: &mut VecDeque<Frame>, told: &mut Told) {
        let event = std::mem::take(&mut self.event);
        let data = std::mem::take(&mut self.data);
        told.last_id.clone_from(&self.id);
        if std::mem::take(&mut self.has_data) {
            frames.push_back(Frame {
                data,
                event: if event.is_empty() {
                    "message".to_owned()
                } else {
                    event
                },
                id: self.id.clone(),
                cut: false,
            });
        }
    }
}
