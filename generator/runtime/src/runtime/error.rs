//! Tells what went wrong with a call, and keeps what the server said about it.

mod message;

use super::model::Slot;
use super::{DecodeError, Headers, Issue, Meta, RateLimit, Request, Response};
use bytes::Bytes;
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Why a call failed.
///
/// One pointer in size. `Display` tells the operation, the status and the server's own message,
/// and never a value of the request:
/// `ShowUser GET /users/{user_id}: 404 RecordNotFound: Not found (request id 5f…)`.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: Cow<'static, str>,
    operation: &'static str,
    method: &'static str,
    template: Cow<'static, str>,
    attempts: u32,
    idempotency_key: Option<String>,
    response: Option<Response<Bytes>>,
    issues: Vec<Issue>,
    source: Option<Source>,
}

/// What kind of failure an [`Error`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting of the client is missing or wrong.
    Configuration,
    /// The request could not be made of its parameters; nothing was sent.
    Request,
    /// A credential could not be had; nothing was sent.
    Auth,
    /// There was no connection; nothing was sent.
    Connect,
    /// The time was over; the server may have done its work.
    Timeout,
    /// The connection failed; the server may have done its work.
    Io,
    /// The server answered with another status than a success.
    Status,
    /// The server answered with a redirect that is not followed: to another origin, of a method
    /// that is not GET or HEAD, with another status than 301, 302, 307 or 308, or too often.
    /// [`Error::location`] tells where to.
    Redirect,
    /// The call succeeded, but its response could not be read.
    Decode,
    /// The response was longer than the limit.
    TooLarge,
    /// The server said in a stream of items that it failed.
    Event,
    /// The pages lead in a circle, to another origin, or to nowhere although there are more.
    Pagination,
    /// A [`Mock`](super::Mock) has no response for the call.
    Mock,
}

impl Error {
    /// An error of a transport or a credential's provider.
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Error(Box::new(Inner {
            kind,
            message: message.into(),
            operation: "",
            method: "",
            template: "".into(),
            attempts: 0,
            idempotency_key: None,
            response: None,
            issues: Vec::new(),
            source: None,
        }))
    }

    /// The same with what caused it. It must not show credentials.
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The same with the response that came.
    pub fn with_response(mut self, response: Response<Bytes>) -> Self {
        self.0.response = Some(response);
        self
    }

    pub(super) fn from_decode(error: DecodeError, response: Response<Bytes>) -> Self {
        let message = format!("cannot read the response: {error}");
        let mut this = Self::new(ErrorKind::Decode, message).with_response(response);
        this.0.issues = error.issues().to_vec();
        this
    }

    /// What the server says, without these words if it repeats them.
    pub(super) fn from_status(response: Response<Bytes>, secrets: &[String]) -> Self {
        let message = message::server_message(response.meta.status(), &response.value, secrets);
        Self::new(ErrorKind::Status, message).with_response(response)
    }

    /// The same with the response that another error keeps.
    pub(super) fn in_place_of(mut self, other: Error) -> Self {
        self.0.response = other.0.response;
        self
    }

    /// What a server says of its failure in a stream, though the call itself succeeded.
    pub(super) fn from_event(response: Response<Bytes>) -> Self {
        let message = message::server_message(response.meta.status(), &response.value, &[]);
        Self::new(ErrorKind::Event, message).with_response(response)
    }

    /// Tells what call it was.
    pub(super) fn of(mut self, request: &Request, attempts: u32) -> Self {
        self.0.operation = request.operation;
        self.0.method = request.method;
        self.0.template = request.template.clone();
        self.0.attempts = attempts;
        self.0.idempotency_key = request.idempotency_key().map(str::to_owned);
        if let Some(response) = &mut self.0.response {
            response.meta.attempts = attempts;
            if response.meta.url.is_empty() {
                response.meta.url = request.printable_url();
            }
        }
        self
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation's name in the description; empty outside of a call.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The key by which the server knows that attempts are of one call, if there was one: send it
    /// again with [`CallExt::idempotency_key`](super::CallExt::idempotency_key) to go on with the
    /// same call later.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.0.idempotency_key.as_deref()
    }

    /// What came beside the body, if there was a response.
    pub fn meta(&self) -> Option<&Meta> {
        self.0.response.as_ref().map(|response| &response.meta)
    }

    /// The HTTP status, if there was a response: that of a success too, if it could not be read.
    pub fn status(&self) -> Option<u16> {
        self.meta().map(Meta::status)
    }

    /// The response's headers, if there was a response.
    pub fn headers(&self) -> Option<&Headers> {
        self.meta().map(Meta::headers)
    }

    /// The server's name of the request.
    pub fn request_id(&self) -> Option<&str> {
        self.meta()?.request_id()
    }

    /// The response's body; empty if there was none.
    pub fn body(&self) -> &[u8] {
        let response = self.0.response.as_ref();
        response.map_or(&[], |response| &response.value)
    }

    /// The response's body as a type, if it is JSON of that shape.
    pub fn body_as<T: Slot + Default>(&self) -> Option<T> {
        super::decode::from_json(self.body()).ok()
    }

    /// What strict decoding objects to.
    pub fn issues(&self) -> &[Issue] {
        &self.0.issues
    }

    /// Where a redirect leads that was not followed.
    pub fn location(&self) -> Option<&str> {
        self.meta()?.header("location")
    }

    /// How long the server asks to wait; see [`Meta::retry_after`].
    pub fn retry_after(&self) -> Option<Duration> {
        self.meta()?.retry_after()
    }

    /// What the server tells about its limit of requests.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.meta()?.rate_limit()
    }

    /// Status 400.
    pub fn is_bad_request(&self) -> bool {
        self.status() == Some(400)
    }

    /// Status 401: the credential is missing or wrong.
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(401)
    }

    /// Status 403: the credential does not suffice.
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(403)
    }

    /// Status 404.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }

    /// Status 409.
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(409)
    }

    /// Status 422.
    pub fn is_unprocessable(&self) -> bool {
        self.status() == Some(422)
    }

    /// Status 429; see [`retry_after`](Self::retry_after).
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(429)
    }

    /// A status from 500 to 599.
    pub fn is_server_error(&self) -> bool {
        self.status()
            .is_some_and(|status| (500..600).contains(&status))
    }

    /// There was no connection; nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// The time was over.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// The call succeeded, but its response could not be read.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        let place = [inner.operation, inner.method, &inner.template];
        for (index, word) in place.iter().filter(|word| !word.is_empty()).enumerate() {
            let space = if index > 0 { " " } else { "" };
            write!(f, "{space}{word}")?;
        }
        if !inner.method.is_empty() {
            f.write_str(": ")?;
        }
        if let Some(status) = self.status() {
            write!(f, "{status} ")?;
        }
        f.write_str(&inner.message)?;
        if let Some(id) = self.request_id() {
            write!(f, " (request id {})", message::printable(id))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = self.headers().into_iter().flat_map(Headers::iter);
        let names: Vec<&str> = headers.map(|(name, _)| name).collect();
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("message", &format_args!("{self}"))
            .field("headers", &names)
            .field("body_length", &self.body().len())
            .field("attempts", &self.attempts())
            .field("source", &self.0.source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
