//! Tells how far the sending of a body has come.

use crate::runtime::BodySource;
use bytes::Bytes;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll};

/// Is told how many bytes were sent, and how many there are if that is known.
pub(super) type Progress = Arc<dyn Fn(u64, Option<u64>) + Send + Sync>;

/// A source that tells of each chunk.
pub(super) struct Counted {
    source: Box<dyn BodySource>,
    progress: Progress,
    sent: u64,
}

impl Counted {
    pub(super) fn new(source: Box<dyn BodySource>, progress: Progress) -> Self {
        Counted {
            source,
            progress,
            sent: 0,
        }
    }
}

impl BodySource for Counted {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let chunk = std::task::ready!(self.source.poll_chunk(context));
        if let Some(Ok(chunk)) = &chunk {
            self.sent += chunk.len() as u64;
            (self.progress)(self.sent, self.source.length());
        }
        Poll::Ready(chunk)
    }

    fn length(&self) -> Option<u64> {
        self.source.length()
    }
}

/// Bytes at hand, in pieces that are worth telling of.
pub(super) struct Slices(pub Bytes, pub u64);

impl BodySource for Slices {
    fn poll_chunk(&mut self, _context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let next = self.0.split_to(self.0.len().min(super::reader::CHUNK));
        Poll::Ready((!next.is_empty()).then_some(Ok(next)))
    }

    fn length(&self) -> Option<u64> {
        Some(self.1)
    }
}
