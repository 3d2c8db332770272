//! Gives the body of a response while it comes, instead of as a whole.

use super::execute::{Fetched, from_io, too_large};
use super::{Body, BodySource, BoxFuture, Core, Error, ErrorKind, Request, Response, Result};
use bytes::{Bytes, BytesMut};
use std::fmt;
use std::io::{self, Write};
use std::task::{Context, Poll};
use std::time::Duration;

/// How long a stream may be silent unless another time is set.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);

/// The body of a response, in chunks as they come.
///
/// It has no limit of size unless [`max_bytes`](Self::max_bytes) sets one, and none of time but for
/// silence: see [`Options::idle_timeout`](super::Options::idle_timeout). Dropping it ends the request.
pub struct ByteStream {
    source: Option<Box<dyn BodySource>>,
    core: Core,
    request: Request,
    attempts: u32,
    length: Option<u64>,
    received: u64,
    limit: u64,
    idle: Duration,
    /// Runs while a chunk is waited for.
    timer: Option<BoxFuture<'static, ()>>,
}

impl ByteStream {
    pub(super) fn open(fetched: Fetched) -> Response<ByteStream> {
        let Fetched {
            response,
            stream,
            mut request,
            core,
            idle,
            ..
        } = fetched;
        request.body = Body::Empty;
        // A transport that reads whole bodies gives one chunk.
        let source = stream.unwrap_or_else(|| Box::new(std::iter::once(Ok(response.value))));
        let attempts = response.meta.attempts;
        // The header tells of what is sent, which a transport may decode.
        let told = match (request.method(), response.meta.header("content-encoding")) {
            ("HEAD", _) | (_, Some(_)) => None,
            _ => response.meta.header("content-length"),
        };
        let value = ByteStream {
            length: source.length().or_else(|| told?.trim().parse().ok()),
            source: Some(source),
            core,
            request,
            attempts,
            received: 0,
            limit: u64::MAX,
            idle: idle.unwrap_or(IDLE_TIMEOUT),
            timer: None,
        };
        Response {
            value,
            meta: response.meta,
        }
    }

    /// The length of the whole body, if the server told it.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Ends with an error of kind [`TooLarge`](ErrorKind::TooLarge) behind so many bytes.
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.limit = bytes;
        self
    }

    /// How many bytes came so far.
    pub fn received(&self) -> u64 {
        self.received
    }

    /// The next chunk; `None` at the end. After an error there is none.
    ///
    /// # Errors
    /// Of kind [`Io`](ErrorKind::Io) if the connection breaks or the body is shorter than the server
    /// told, and of kind
    /// [`Timeout`](ErrorKind::Timeout) if nothing comes for too long.
    pub async fn next(&mut self) -> Option<Result<Bytes>> {
        std::future::poll_fn(|context| self.poll_next(context)).await
    }

    /// What [`next`](Self::next) waits for.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        let Some(source) = &mut self.source else {
            return Poll::Ready(None);
        };
        let error = match source.poll_chunk(context) {
            Poll::Ready(Some(Ok(chunk))) => {
                self.timer = None;
                self.received += chunk.len() as u64;
                if self.received <= self.limit {
                    return Poll::Ready(Some(Ok(chunk)));
                }
                too_large(self.limit)
            }
            Poll::Ready(Some(Err(error))) => from_io(error),
            Poll::Ready(None) => {
                self.source = None;
                match self.length.filter(|length| self.received < *length) {
                    None => return Poll::Ready(None),
                    Some(length) => {
                        let message = format!(
                            "the response ends after {} of {length} bytes",
                            self.received
                        );
                        Error::new(ErrorKind::Io, message)
                    }
                }
            }
            Poll::Pending => {
                let timer = self.timer.get_or_insert_with(|| self.core.timer(self.idle));
                std::task::ready!(timer.as_mut().poll(context));
                let message = format!("nothing came for {:?}", self.idle);
                Error::new(ErrorKind::Timeout, message)
            }
        };
        self.source = None;
        Poll::Ready(Some(Err(error.of(&self.request, self.attempts))))
    }

    /// Reads all that is left, up to [`Options::max_response_bytes`](super::Options::max_response_bytes).
    ///
    /// # Errors
    /// Those of [`next`](Self::next), and of kind [`TooLarge`](ErrorKind::TooLarge) beyond the
    /// limit.
    pub async fn collect(mut self) -> Result<Bytes> {
        let limit = self.request.max_response_bytes;
        let mut body = BytesMut::new();
        while let Some(chunk) = self.next().await {
            body.extend_from_slice(&chunk?);
            if body.len() as u64 > limit {
                return Err(too_large(limit).of(&self.request, self.attempts));
            }
        }
        Ok(body.freeze())
    }

    /// Writes all that is left to a file or the like, and gives its length. `progress` is told
    /// after each chunk how many bytes came, and how many are to come in all if that is known.
    ///
    /// # Errors
    /// Those of [`next`](Self::next), and of kind [`Io`](ErrorKind::Io) if writing fails or the
    /// body is shorter than the server told.
    pub async fn copy_to(
        mut self,
        out: &mut dyn Write,
        mut progress: impl FnMut(u64, Option<u64>),
    ) -> Result<u64> {
        let failed = |error: io::Error| {
            let message = format!("the response cannot be written: {error}");
            Error::new(ErrorKind::Io, message).with_source(error)
        };
        while let Some(chunk) = self.next().await {
            let written = out.write_all(&chunk?);
            written.map_err(|error| failed(error).of(&self.request, self.attempts))?;
            progress(self.received, self.length);
        }
        let flushed = out.flush();
        flushed.map_err(|error| failed(error).of(&self.request, self.attempts))?;
        Ok(self.received)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("length", &self.length)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "stream")]
impl futures_core::Stream for ByteStream {
    type Item = Result<Bytes>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        ByteStream::poll_next(self.get_mut(), context)
    }
}
