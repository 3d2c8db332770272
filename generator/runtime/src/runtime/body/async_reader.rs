//! Reads what tokio can wait for.

use crate::runtime::BodySource;
use bytes::Bytes;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, ReadBuf};

/// An asynchronous reader as the source of a body.
pub(super) struct AsyncReader {
    pub reader: Pin<Box<dyn AsyncRead + Send>>,
    pub length: Option<u64>,
}

impl BodySource for AsyncReader {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let mut buffer = vec![0; super::reader::CHUNK];
        let mut read = ReadBuf::new(&mut buffer);
        if let Err(error) = ready!(self.reader.as_mut().poll_read(context, &mut read)) {
            return Poll::Ready(Some(Err(error)));
        }
        let length = read.filled().len();
        buffer.truncate(length);
        Poll::Ready((length > 0).then(|| Ok(buffer.into())))
    }

    fn length(&self) -> Option<u64> {
        self.length
    }
}
