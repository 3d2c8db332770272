//! Decides which failures are worth another attempt, and how long to wait before it.

use super::{Error, ErrorKind, random};
use std::time::Duration;

/// How often a call is sent again unless another number is set.
pub(super) const RETRIES: u32 = 2;

/// A failed attempt, as a [`Retry`] sees it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Failure<'a> {
    /// What went wrong.
    pub error: &'a Error,
    /// Whether sending the request twice does the same as sending it once: by its method, because
    /// the description says so, or because it carries an idempotency key.
    pub idempotent: bool,
    /// How often the call was sent again so far.
    pub retries: u32,
}

/// Decides about retries; [`RetryPolicy`] unless another is set.
///
/// It is asked at most as often as [`Options::retries`](super::Options::retries) allows, and never
/// about a request whose body is a stream that cannot be read again.
pub trait Retry: Send + Sync + 'static {
    /// How long to wait before the call is sent again; `None` gives up.
    fn wait(&self, failure: Failure<'_>) -> Option<Duration>;
}

/// The retries of every client: what cannot have done harm is sent again, after a random wait
/// that grows, or after the wait that the server asks for.
///
/// An idempotent call is sent again after a broken connection, a timeout, and the statuses 408,
/// 429, 500, 502, 503 and 504. Any other call only where the server surely did nothing: there was
/// no connection, it answered 429, or 503 with the time to come back.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// The longest wait before the first retry; that before the next is twice as long, and so on.
    pub first_wait: Duration,
    /// The longest wait before any retry.
    pub longest_wait: Duration,
    /// The longest wait that a server may ask for; if it asks for more, the error is returned,
    /// and [`Error::retry_after`] tells the wait.
    pub longest_asked: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        RetryPolicy {
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(8),
            longest_asked: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// Sets [`first_wait`](Self::first_wait).
    pub fn first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = wait;
        self
    }

    /// Sets [`longest_wait`](Self::longest_wait).
    pub fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// Sets [`longest_asked`](Self::longest_asked).
    pub fn longest_asked(mut self, wait: Duration) -> Self {
        self.longest_asked = wait;
        self
    }
}

impl Retry for RetryPolicy {
    fn wait(&self, failure: Failure<'_>) -> Option<Duration> {
        let Failure {
            error,
            idempotent,
            retries,
        } = failure;
        let asked = error.retry_after();
        let worth = match (error.kind(), error.status()) {
            (ErrorKind::Connect, _) | (ErrorKind::Status, Some(429)) => true,
            (ErrorKind::Status, Some(503)) => idempotent || asked.is_some(),
            (ErrorKind::Status, Some(408 | 500 | 502 | 504)) => idempotent,
            (ErrorKind::Timeout | ErrorKind::Io, _) => idempotent,
            _ => false,
        };
        if !worth {
            return None;
        }
        if let Some(asked) = asked {
            return (asked <= self.longest_asked).then_some(asked);
        }
        let doubled = 2_u32.saturating_pow(retries);
        let longest = self.first_wait.saturating_mul(doubled);
        Some(random::part_of(longest.min(self.longest_wait)))
    }
}
