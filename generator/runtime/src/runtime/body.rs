//! Holds the body of a request: nothing, bytes at hand, or a stream that is read while it is sent.

#[cfg(feature = "reqwest")]
mod async_reader;
mod progress;
mod reader;

use super::{Error, ErrorKind, MaybeSend, MaybeSync};
use bytes::Bytes;
use progress::{Counted, Progress, Slices};
use reader::Reader;
use std::fmt;
use std::io::{self, Read};
use std::path::PathBuf;
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
        let source: Box<dyn BodySource> = Box::new(source);
        Body::Stream(StreamBody {
            opener: Opener::Once(Arc::new(Mutex::new(Some(source)))),
            length,
        })
    }

    /// A body whose source is opened for each attempt, so that it can be sent again: `length` is that
    /// of all its chunks in bytes, if it is known.
    pub fn reopen(
        length: Option<u64>,
        open: impl Fn() -> io::Result<Box<dyn BodySource>> + MaybeSend + MaybeSync + 'static,
    ) -> Self {
        Body::Stream(StreamBody {
            opener: Opener::Again(Arc::new(open)),
            length,
        })
    }

    /// The content of a file as it is now, which is read while it is sent and can be sent again.
    ///
    /// # Errors
    /// If there is no such file, or it is none.
    pub fn file(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let metadata = std::fs::metadata(&path)?;
        if !metadata.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
        }
        let length = Some(metadata.len());
        Ok(Body::reopen(length, move || {
            let file = std::fs::File::open(&path)?;
            Ok(Box::new(Reader::new(Box::new(file), length)))
        }))
    }

    /// What a reader gives, which may block: it is read in a thread of its own. It can be sent once
    /// only. `length` is that of all it gives, if it is known.
    pub fn reader(reader: impl Read + Send + 'static, length: Option<u64>) -> Self {
        Body::stream(Reader::new(Box::new(reader), length))
    }

    /// What an asynchronous reader of tokio gives. It can be sent once only. `length` is that of all
    /// it gives, if it is known.
    #[cfg(feature = "reqwest")]
    pub fn async_reader(
        reader: impl tokio::io::AsyncRead + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        let reader = Box::pin(reader);
        Body::stream(async_reader::AsyncReader { reader, length })
    }

    /// The same, and `progress` is told after each chunk how many bytes were sent, and how many there
    /// are if that is known. A body that is sent again begins at 0 again.
    pub fn with_progress(
        self,
        progress: impl Fn(u64, Option<u64>) + Send + Sync + 'static,
    ) -> Self {
        let progress: Progress = Arc::new(progress);
        let length = self.length();
        match self {
            Body::Empty => Body::Empty,
            Body::Bytes(bytes) => {
                let whole = length.unwrap_or_default();
                Body::reopen(length, move || {
                    let source = Box::new(Slices(bytes.clone(), whole));
                    Ok(Box::new(Counted::new(source, progress.clone())))
                })
            }
            Body::Stream(stream) if stream.is_replayable() => Body::reopen(length, move || {
                Ok(Box::new(Counted::new(stream.take()?, progress.clone())))
            }),
            Body::Stream(stream) => match stream.take() {
                Ok(source) => Body::stream(Counted::new(source, progress)),
                // What was sent before stays so.
                Err(_) => Body::Stream(stream),
            },
        }
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
    pub fn is_replayable(&self) -> bool {
        match self {
            Body::Empty | Body::Bytes(_) => true,
            Body::Stream(stream) => stream.is_replayable(),
        }
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

/// What a [`Body::stream`] or a [`Body::reopen`] reads from.
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

/// A body that is read while it is sent.
#[derive(Clone)]
pub struct StreamBody {
    opener: Opener,
    length: Option<u64>,
}

#[derive(Clone)]
enum Opener {
    /// The source, until it is taken.
    Once(Arc<Mutex<Option<Box<dyn BodySource>>>>),
    /// What makes another source each time.
    Again(Arc<dyn Open>),
}

/// A function that makes sources; a trait, as a function's own type cannot be `Send` only outside
/// of browsers.
trait Open: MaybeSend + MaybeSync {
    fn open(&self) -> io::Result<Box<dyn BodySource>>;
}

impl<F: Fn() -> io::Result<Box<dyn BodySource>> + MaybeSend + MaybeSync> Open for F {
    fn open(&self) -> io::Result<Box<dyn BodySource>> {
        self()
    }
}

impl StreamBody {
    /// The source, to be read from its beginning.
    ///
    /// # Errors
    /// If it cannot be opened, or can be read once only and was taken before.
    pub fn take(&self) -> io::Result<Box<dyn BodySource>> {
        let once = match &self.opener {
            Opener::Once(once) => once,
            Opener::Again(open) => return open.open(),
        };
        let mut source = once.lock().unwrap_or_else(PoisonError::into_inner);
        source.take().ok_or_else(|| {
            let message = "the body is a stream that was sent before";
            io::Error::other(Error::new(ErrorKind::Request, message))
        })
    }

    /// Whether it can be read again.
    pub fn is_replayable(&self) -> bool {
        matches!(self.opener, Opener::Again(_))
    }
}

impl fmt::Debug for StreamBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("StreamBody");
        out.field("length", &self.length).finish_non_exhaustive()
    }
}
