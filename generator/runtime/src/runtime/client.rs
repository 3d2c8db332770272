//! Holds what all calls of a client share.

use super::base_url::BaseUrl;
use super::server::Addresses;
use super::{Auth, BoxFuture, Headers, Hook, Op, Result, Retry, Transport};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What all calls of a client share; cheap to clone.
#[derive(Clone)]
pub struct Core {
    pub(super) transport: Arc<dyn Transport>,
    pub(super) base: Arc<BaseUrl>,
    pub(super) addresses: Arc<Addresses>,
    pub(super) options: Arc<Options>,
    /// The values of the variables in the server's URL.
    pub(super) variables: Arc<[(&'static str, String)]>,
    /// Whether a call fails whose credentials are not set.
    pub(super) guarded: bool,
}

impl Core {
    /// Where an operation is: its own server, or the client's.
    pub(super) fn base_of(&self, op: &Op) -> Result<Arc<BaseUrl>> {
        match op.server {
            Some(server) => self.addresses.base(server).map(Arc::new),
            None => Ok(self.base.clone()),
        }
    }

    /// Waits, whatever becomes of this.
    pub(super) fn timer(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let transport = self.transport.clone();
        Box::pin(async move { transport.sleep(duration).await })
    }

    /// For a transport that needs no address. What it answers is what the caller gets: there are no
    /// retries unless they are asked for, and no credential has to be set.
    #[doc(hidden)]
    pub fn with_transport(transport: impl Transport) -> Self {
        Core {
            transport: Arc::new(transport),
            base: Arc::new(BaseUrl::localhost()),
            addresses: Arc::new(Addresses::at("http://localhost")),
            options: Arc::new(Options::default().retries(0)),
            variables: Arc::new([]),
            guarded: false,
        }
    }

    /// A URL with values in place of its variables, or the name of one that has no value.
    pub(super) fn fill<'u>(&self, url: &'u str) -> Result<String, &'u str> {
        let mut filled = String::new();
        let mut rest = url;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let known = self.variables.iter().find(|(known, _)| *known == name);
            filled.push_str(before);
            filled.push_str(&known.ok_or(name)?.1);
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// The same with other options.
    #[doc(hidden)]
    pub fn with(&self, change: impl FnOnce(Options) -> Options) -> Self {
        let options = Options::clone(&self.options);
        Core {
            options: Arc::new(change(options)),
            ..self.clone()
        }
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("base_url", &self.base)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

/// How calls are made: the defaults of a client, or the settings of one call.
#[derive(Clone, Default)]
pub struct Options {
    pub(super) timeout: Option<Duration>,
    pub(super) deadline: Option<Duration>,
    pub(super) idle_timeout: Option<Duration>,
    pub(super) retries: Option<u32>,
    pub(super) retry: Option<Arc<dyn Retry>>,
    pub(super) hooks: Vec<Arc<dyn Hook>>,
    pub(super) auth: Option<Auth>,
    /// By the name of the builder's method for it, in the order in which they were set.
    pub(super) credentials: Vec<(&'static str, Auth)>,
    pub(super) headers: Headers,
    pub(super) strict: Option<bool>,
    pub(super) max_response_bytes: Option<u64>,
    /// What is wrong with the first bad header; it fails each call.
    pub(super) problem: Option<String>,
}

impl Options {
    /// How long one attempt may take, its body included unless that is a stream.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long a call may take altogether, retries and the waits between them included.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// How long a [`ByteStream`](super::ByteStream) or a stream of items may be silent; 60 seconds
    /// unless set.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = Some(timeout);
        self
    }

    /// How often a call is sent again at most if it fails; 2 unless set. What is sent again is
    /// told at [`RetryPolicy`](super::RetryPolicy).
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = Some(retries);
        self
    }

    /// What decides which failures are tried again, and after which wait.
    pub fn retry(mut self, retry: impl Retry) -> Self {
        self.retry = Some(Arc::new(retry));
        self
    }

    /// Something that sees each attempt, beside those set before.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.hooks.push(Arc::new(hook));
        self
    }

    /// The credential, in place of those of single security schemes; `Auth::None` for calls without
    /// any. That of a call is sent even where the description asks for none.
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = Some(auth);
        self
    }

    /// The credential of one security scheme, by the name of the builder's method for it: `"basic"`.
    /// Each operation is sent with the first combination that it takes and that is set.
    pub fn credential(mut self, scheme: &'static str, auth: Auth) -> Self {
        self.credentials.retain(|(known, _)| *known != scheme);
        if !auth.is_none() {
            self.credentials.push((scheme, auth));
        }
        self
    }

    /// A header, in place of one of the same name. Calls fail if it is not valid.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match Headers::problem(name, value) {
            Some(problem) => self.problem = self.problem.or(Some(problem)),
            None => self.headers.set(name.to_owned(), value),
        }
        self
    }

    /// Headers that the description has for every call.
    #[doc(hidden)]
    pub fn default_headers(self, headers: &[(&'static str, &'static str)]) -> Self {
        let add = |options: Self, (name, value): &(&str, &str)| options.header(name, value);
        headers.iter().fold(self, add)
    }

    /// Whether a response that differs from the description is an error.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = Some(strict);
        self
    }

    /// The longest response body that is read, in bytes.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.max_response_bytes = Some(bytes);
        self
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("retries", &self.retries)
            .field("auth", &self.auth)
            .field("credentials", &self.credentials)
            .field("headers", &self.headers)
            .field("strict", &self.strict)
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}
