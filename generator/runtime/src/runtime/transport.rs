//! Says what it takes to send a request; everything below this is exchangeable.

use super::{Body, Request, Response, Result};
use std::pin::Pin;
use std::time::Duration;

/// A future that can be stored and, except in a browser, sent between threads.
#[cfg(not(target_family = "wasm"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
/// A future that can be stored.
#[cfg(target_family = "wasm")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// `Send`, except in a browser, where there is one thread.
#[cfg(not(target_family = "wasm"))]
pub trait MaybeSend: Send {}
#[cfg(not(target_family = "wasm"))]
impl<T: Send + ?Sized> MaybeSend for T {}
/// Anything: there is one thread.
#[cfg(target_family = "wasm")]
pub trait MaybeSend {}
#[cfg(target_family = "wasm")]
impl<T: ?Sized> MaybeSend for T {}

/// `Sync`, except in a browser, where there is one thread.
#[cfg(not(target_family = "wasm"))]
pub trait MaybeSync: Sync {}
#[cfg(not(target_family = "wasm"))]
impl<T: Sync + ?Sized> MaybeSync for T {}
/// Anything: there is one thread.
#[cfg(target_family = "wasm")]
pub trait MaybeSync {}
#[cfg(target_family = "wasm")]
impl<T: ?Sized> MaybeSync for T {}

/// Sends requests: an HTTP client, a [`Mock`](super::Mock), or a wrapper around another transport.
///
/// A transport sends once, follows no redirect and answers any status with `Ok`. Retries, time
/// limits and the limit of a response's size are the caller's: it drops what takes too long. One
/// that blocks its thread has to respect [`Request::timeout`] itself.
pub trait Transport: MaybeSend + MaybeSync + 'static {
    /// Sends a request; gives the response as soon as its head is there.
    ///
    /// # Errors
    /// Of kind [`Connect`](super::ErrorKind::Connect) only if surely nothing was sent,
    /// [`Timeout`](super::ErrorKind::Timeout), or [`Io`](super::ErrorKind::Io) for the rest. What
    /// call it was is added by the caller.
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response<Body>>>;

    /// Waits: between attempts, and to limit how long something takes.
    ///
    /// `Box::pin(tokio::time::sleep(duration))`, or [`sleep_in_thread`](super::sleep_in_thread)
    /// where there is no timer.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}
