//! Sends calls: the only place where credentials are added, redirects are followed and failures
//! are tried again.

mod attempt;
mod read;

pub(super) use attempt::{collect, from_io, too_large};

use super::clock::{now, within};
use super::retry::{RETRIES, RetryPolicy};
use super::security::choose;
use super::{
    Auth, BodySource, BoxFuture, Call, Core, Error, ErrorKind, Failure, Hook, Op, Request,
    Response, Result, Retry, Transport,
};
use bytes::Bytes;
use std::sync::Arc;
use std::time::Duration;

/// The longest response body that is read unless another limit is set: 64 MiB.
pub(super) const MAX_RESPONSE_BYTES: u64 = 64 << 20;

/// A success that is not read yet.
pub(super) struct Fetched {
    pub(super) response: Response<Bytes>,
    /// The body, if it was not to be read as a whole.
    pub(super) stream: Option<Box<dyn BodySource>>,
    pub(super) request: Request,
    pub(super) core: Core,
    /// How long a stream may be silent.
    pub(super) idle: Option<Duration>,
    op: &'static Op,
    strict: bool,
}

/// Sends a call and answers with its response if that is a success.
pub(super) fn execute(call: Call) -> BoxFuture<'static, Result<Fetched>> {
    run(call, false)
}

/// The same without reading the body of a success.
pub(super) fn execute_stream(call: Call) -> BoxFuture<'static, Result<Fetched>> {
    run(call, true)
}

fn run(call: Call, streamed: bool) -> BoxFuture<'static, Result<Fetched>> {
    Box::pin(async move {
        let (sending, op, strict, request) = Sending::new(call, streamed)?;
        let (request, response, stream) = sending.run(request).await?;
        Ok(Fetched {
            response,
            stream,
            request,
            core: sending.core,
            idle: sending.idle,
            op,
            strict,
        })
    })
}

/// What all attempts of a call have in common.
struct Sending {
    core: Core,
    credentials: Vec<Auth>,
    hooks: Vec<Arc<dyn Hook>>,
    retry: Option<Arc<dyn Retry>>,
    retries: u32,
    timeout: Option<Duration>,
    deadline: Option<Duration>,
    idle: Option<Duration>,
    /// When the deadline is over, by the clock.
    until: Option<Duration>,
    idempotent: bool,
    max_redirects: u8,
    redirect_any_method: bool,
    /// Whether the body of a success is not read here.
    streamed: bool,
}

/// What a successful attempt gives.
type Received = (Request, Response<Bytes>, Option<Box<dyn BodySource>>);

/// How far a call has come.
#[derive(Default)]
struct Progress {
    /// How many attempts were sent.
    attempts: u32,
    /// The last request that was, with its credentials, if there may be others.
    sent: Option<Request>,
}

impl Sending {
    fn new(call: Call, streamed: bool) -> Result<(Self, &'static Op, bool, Request)> {
        let (core, op, options, request) = call.into_parts();
        let request = request?;
        let defaults = core.options.clone();
        let credentials = choose(op, &core, &options, &request)?;
        let deadline = options.deadline.or(defaults.deadline);
        let by_method = matches!(
            request.method,
            "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE"
        );
        let has_key = request.idempotency_key().is_some();
        let mut hooks = defaults.hooks.clone();
        hooks.extend(options.hooks);
        let sending = Sending {
            core,
            credentials,
            hooks,
            retry: options.retry.or_else(|| defaults.retry.clone()),
            retries: options.retries.or(defaults.retries).unwrap_or(RETRIES),
            timeout: options.timeout.or(defaults.timeout),
            deadline,
            idle: options.idle_timeout.or(defaults.idle_timeout),
            until: deadline.map(|deadline| now().saturating_add(deadline)),
            idempotent: by_method || op.idempotent || has_key,
            max_redirects: op.max_redirects,
            redirect_any_method: op.redirect_any_method,
            streamed,
        };
        let strict = options.strict.or(defaults.strict).unwrap_or(false);
        Ok((sending, op, strict, request))
    }

    /// Attempts until one succeeds or another is not worth it.
    async fn run(&self, request: Request) -> Result<Received> {
        let mut progress = Progress::default();
        let mut renewed = false;
        let mut retries = 0;
        loop {
            let result = self.attempt(request.clone(), &mut progress).await;
            let attempts = progress.attempts;
            let error = match result {
                Ok(received) => return Ok(received),
                Err(error) => error.of(&request, attempts),
            };
            if !renewed && error.is_unauthorized() && request.body.is_replayable() {
                renewed = true;
                match self.renew(&progress, &error).await {
                    Ok(false) => {}
                    Ok(true) => continue,
                    Err(other) => return Err(other.in_place_of(error).of(&request, attempts)),
                }
            }
            if retries >= self.retries || attempts == 0 || !request.body.is_replayable() {
                return Err(error);
            }
            let failure = Failure {
                error: &error,
                idempotent: self.idempotent,
                retries,
            };
            let wait = match &self.retry {
                Some(retry) => retry.wait(failure),
                None => RetryPolicy::default().wait(failure),
            };
            match wait {
                // What would come after the deadline is not waited for.
                Some(wait) if self.left().is_none_or(|left| wait < left) => {
                    self.transport().sleep(wait).await;
                    retries += 1;
                }
                _ => return Err(error),
            }
        }
    }

    /// Whether there is another credential for what was refused.
    async fn renew(&self, progress: &Progress, error: &Error) -> Result<bool> {
        let (Some(sent), Some(answer)) = (&progress.sent, error.meta()) else {
            return Ok(false);
        };
        let end = self.limit().map(|limit| now().saturating_add(limit));
        let mut renewed = false;
        for auth in &self.credentials {
            renewed |= self
                .before(end, auth.renew(&self.core, sent, answer))
                .await?;
        }
        Ok(renewed)
    }

    fn transport(&self) -> &dyn Transport {
        &*self.core.transport
    }

    /// How much time the deadline leaves.
    fn left(&self) -> Option<Duration> {
        self.until.map(|until| until.saturating_sub(now()))
    }

    /// How long an attempt that starts now may take.
    fn limit(&self) -> Option<Duration> {
        match (self.timeout, self.left()) {
            (Some(timeout), Some(left)) => Some(timeout.min(left)),
            (timeout, left) => timeout.or(left),
        }
    }

    /// Works until this moment of the clock at most.
    async fn before<T>(
        &self,
        end: Option<Duration>,
        work: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let left = end.map(|end| end.saturating_sub(now()));
        match within(self.transport(), left, work).await {
            Some(done) => done,
            None => Err(self.too_late()),
        }
    }

    fn too_late(&self) -> Error {
        let message = match (self.left(), self.deadline, self.timeout) {
            (Some(Duration::ZERO), Some(deadline), _) => {
                format!("the deadline of {deadline:?} is over")
            }
            (_, _, timeout) => format!("timed out after {:?}", timeout.unwrap_or_default()),
        };
        Error::new(ErrorKind::Timeout, message)
    }
}
