//! Holds the body of a request: nothing, bytes at hand, or a stream that can be read once.

use super::{Error, ErrorKind, MaybeSend};
use bytes::Bytes;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

/// The body of a request. `Debug` shows its length only, as it may hold passwords.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Body {
    /// No body.
    #[default]
    Empty,
    /// All of it.
    Bytes(Bytes),
    /// Chunks that come while it is sent.
    Stream(StreamBody),
}

impl Body {
    /// A body that is read while it is sent.
    ///
    /// It can be sent once only: a request with it is never sent again, and a clone of it shares
    /// the source.
    pub fn stream(source: impl BodySource) -> Self {
        let length = source.length();
        Body::Stream(StreamBody {
            source: Arc::new(Mutex::new(Some(Box::new(source)))),
            length,
        })
    }

    /// The bytes, unless it is a stream.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Body::Empty => Some(&[]),
            Body::Bytes(bytes) => Some(bytes),
            Body::Stream(_) => None,
        }
    }

    /// Whether it can be sent again.
    pub(super) fn is_replayable(&self) -> bool {
        !matches!(self, Body::Stream(_))
    }

    /// The length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        match self {
            Body::Empty => Some(0),
            Body::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Body::Stream(stream) => stream.length,
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Body::Empty => f.write_str("Empty"),
            Body::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
            Body::Stream(stream) => stream.fmt(f),
        }
    }
}

/// No body.
impl From<()> for Body {
    fn from((): ()) -> Self {
        Body::Empty
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Body::Bytes(bytes)
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Body::Bytes(bytes.into())
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Body::Bytes(text.into())
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&[u8]> for Body {
    fn from(bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }
}

/// What a [`Body::stream`] reads from.
pub trait BodySource: MaybeSend + 'static {
    /// The next chunk; `None` at the end. Works like `Stream::poll_next`.
    ///
    /// # Errors
    /// Ends the request with [`ErrorKind::Io`](super::ErrorKind::Io).
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>>;

    /// The length of all chunks in bytes, if it is known: it becomes `content-length`.
    fn length(&self) -> Option<u64> {
        None
    }
}

/// Chunks at hand, or read by blocking.
impl<I: Iterator<Item = io::Result<Bytes>> + Send + 'static> BodySource for I {
    fn poll_chunk(&mut self, _context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        Poll::Ready(self.next())
    }
}

/// A body that is read while it is sent, by one request only.
#[derive(Clone)]
pub struct StreamBody {
    source: Arc<Mutex<Option<Box<dyn BodySource>>>>,
    length: Option<u64>,
}

impl StreamBody {
    /// Takes the source.
    ///
    /// # Errors
    /// If it was taken before.
    pub fn take(&self) -> io::Result<Box<dyn BodySource>> {
        let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
        source.take().ok_or_else(|| {
            let message = "the body is a stream that was sent before";
            io::Error::other(Error::new(ErrorKind::Request, message))
        })
    }
}

impl fmt::Debug for StreamBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("StreamBody");
        out.field("length", &self.length).finish_non_exhaustive()
    }
}
