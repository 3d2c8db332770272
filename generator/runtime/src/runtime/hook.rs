//! Lets the caller see and change each attempt.

use super::{Error, Meta, Request, Result};
use std::time::Duration;

/// Sees each attempt, for metrics, logs and headers of one's own; set by
/// [`Options::hook`](super::Options::hook).
pub trait Hook: Send + Sync + 'static {
    /// Called before each attempt, before the credential is put in.
    ///
    /// # Errors
    /// End the call; nothing is sent.
    fn before_attempt(&self, request: &mut Request, attempt: u32) -> Result<()> {
        let _ = (request, attempt);
        Ok(())
    }

    /// Called after each attempt that was sent.
    fn after_attempt(&self, request: &Request, attempt: &Attempt<'_>) {
        let _ = (request, attempt);
    }
}

/// An attempt that is over.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The number of the attempt, from 1.
    pub number: u32,
    /// How long it took, the body included unless that is a stream.
    pub duration: Duration,
    /// What came beside the body of a success, or what went wrong.
    pub result: Result<&'a Meta, &'a Error>,
}
