//! Says what it takes to send a request; everything below this is exchangeable.

use super::{Request, Response, Result};
use bytes::Bytes;
use std::pin::Pin;

/// A future that can be stored and sent between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests: an HTTP client, a [`Mock`](super::Mock), or a wrapper around another transport.
///
/// A transport sends once and follows no redirect. It respects [`Request::timeout`] and
/// [`Request::max_response_bytes`], and answers any status with `Ok`.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and reads the whole response.
    ///
    /// # Errors
    /// Of kind [`Connect`](super::ErrorKind::Connect) only if surely nothing was sent,
    /// [`Timeout`](super::ErrorKind::Timeout), [`TooLarge`](super::ErrorKind::TooLarge), or
    /// [`Io`](super::ErrorKind::Io) for the rest. What call it was is added by the caller.
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response<Bytes>>>;
}
