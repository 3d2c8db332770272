//! Holds what all calls of a client share.

use super::base_url::BaseUrl;
use super::{Auth, Headers, Transport};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What all calls of a client share; cheap to clone.
#[derive(Clone)]
pub struct Core {
    pub(super) transport: Arc<dyn Transport>,
    pub(super) base: Arc<BaseUrl>,
    pub(super) options: Arc<Options>,
}

impl Core {
    /// For a transport that needs no address.
    #[doc(hidden)]
    pub fn with_transport(transport: impl Transport) -> Self {
        Core {
            transport: Arc::new(transport),
            base: Arc::new(BaseUrl::localhost()),
            options: Arc::default(),
        }
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
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub(super) timeout: Option<Duration>,
    pub(super) auth: Option<Auth>,
    pub(super) headers: Headers,
    pub(super) strict: Option<bool>,
    pub(super) max_response_bytes: Option<u64>,
    /// What is wrong with the first bad header; it fails each call.
    pub(super) problem: Option<String>,
}

impl Options {
    /// How long one attempt may take, its body included.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The credential. That of a call is sent even where the description asks for none.
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = Some(auth);
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
