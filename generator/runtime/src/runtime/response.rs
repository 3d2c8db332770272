//! Holds what came back: a value, and what the response tells beside it.

use super::rate_limit::{self, RateLimit};
use super::{Headers, Issue};
use bytes::Bytes;
use std::time::Duration;

/// A value and what came with it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response<T> {
    /// The body, or what was read from it.
    pub value: T,
    /// Status, headers and the like.
    pub meta: Meta,
}

impl<T> Response<T> {
    /// A response; a [`Transport`](super::Transport) gives one of a [`Body`](super::Body).
    pub fn new(status: u16, headers: Headers, value: T) -> Self {
        Response {
            value,
            meta: Meta {
                status,
                headers,
                url: String::new(),
                attempts: 1,
                idempotency_key: None,
                issues: Vec::new(),
            },
        }
    }
}

/// A response that never came: status 0, no headers, no body.
impl Default for Response<Bytes> {
    fn default() -> Self {
        Response::new(0, Headers::new(), Bytes::new())
    }
}

/// What a response tells beside its body.
#[derive(Clone, Debug)]
pub struct Meta {
    pub(super) status: u16,
    pub(super) headers: Headers,
    pub(super) url: String,
    pub(super) attempts: u32,
    pub(super) idempotency_key: Option<String>,
    pub(super) issues: Vec<Issue>,
}

/// Headers by which servers name a request in their logs.
const REQUEST_ID: [&str; 5] = [
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-amzn-requestid",
    "x-trace-id",
];

impl Meta {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// The value of the first header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }

    /// The value of the first header of this name, read as a type: a number, `bool`, `String`, a
    /// [`Timestamp`](super::Timestamp) or an enumeration of this crate. Nothing if it did not come
    /// or is something else.
    pub fn header_as<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.header(name)?.trim().parse().ok()
    }

    /// The server's name of the request, to be told to its support.
    pub fn request_id(&self) -> Option<&str> {
        REQUEST_ID.iter().find_map(|name| self.headers.get(name))
    }

    /// How long the server asks to wait before the next request: by the header `retry-after-ms` or
    /// `retry-after`; after the status 429, until the limit of requests is reset.
    pub fn retry_after(&self) -> Option<Duration> {
        let asked = rate_limit::retry_after(&self.headers);
        asked.or_else(|| match self.status {
            429 => self.rate_limit().filter(RateLimit::is_used_up)?.reset,
            _ => None,
        })
    }

    /// What the server tells about its limit of requests, by one of the headers `RateLimit`,
    /// `RateLimit-Limit`, `X-RateLimit-Limit`, `X-Rate-Limit` and those that belong to them.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        rate_limit::read(&self.headers)
    }

    /// Where the response is from, after redirects and without a credential.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How often the request was sent; redirects do not count.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The key by which the server knows that attempts are of one call, if there was one.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }

    /// What in the response differed from the description and was tolerated, at most 64 issues.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }
}
