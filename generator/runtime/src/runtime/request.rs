//! Holds one HTTP request in parts that can be looked at, changed and sent.

use super::base_url::BaseUrl;
use super::percent;
use super::{Body, Error, ErrorKind, Headers, Result};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// An HTTP request, as a [`Transport`](super::Transport) sends it.
///
/// `Debug` shows no credential. One that comes from
/// [`into_request`](super::CallExt::into_request) has none yet: it is added when a call is sent.
#[derive(Clone)]
pub struct Request {
    pub(super) operation: &'static str,
    pub(super) method: &'static str,
    pub(super) template: Cow<'static, str>,
    pub(super) base: Arc<BaseUrl>,
    /// Percent-encoded, the prefix of the base URL included.
    pub(super) path: String,
    pub(super) query: Vec<QueryPart>,
    pub(super) headers: Headers,
    pub(super) body: Body,
    pub(super) timeout: Option<Duration>,
    pub(super) max_response_bytes: u64,
    /// The header that holds the idempotency key; empty for none.
    pub(super) idempotency_header: &'static str,
}

/// What one parameter has in the query string.
#[derive(Clone)]
pub(super) struct QueryPart {
    pub(super) name: Cow<'static, str>,
    /// Percent-encoded pairs.
    pub(super) text: String,
    pub(super) sensitive: bool,
}

impl Request {
    /// A request outside of the API's operations.
    pub(super) fn bare(
        method: &'static str,
        base: BaseUrl,
        target: &str,
        max_response_bytes: u64,
    ) -> Self {
        let (path, _) = target.split_once('?').unwrap_or((target, ""));
        let mut request = Request {
            operation: "",
            method,
            template: path.to_owned().into(),
            base: Arc::new(base),
            path: String::new(),
            query: Vec::new(),
            headers: Headers::new(),
            body: Body::Empty,
            timeout: None,
            max_response_bytes,
            idempotency_header: "",
        };
        request.redirect(target);
        request
    }

    /// The operation's name in the description: `ShowUser`; empty for what it does not have.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The HTTP method, in capitals.
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The path template, without values: `/users/{user_id}`.
    pub fn path_template(&self) -> &str {
        &self.template
    }

    /// The path, percent-encoded, with the prefix of the base URL.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The names and values of the query string, decoded.
    pub fn query(&self) -> Vec<(String, String)> {
        let text = self.query_string();
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let decoded = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (percent::decode(name), percent::decode(value))
        });
        decoded.collect()
    }

    /// The query string, percent-encoded, without its question mark; empty if there is none.
    pub fn query_string(&self) -> String {
        let parts: Vec<&str> = self.query.iter().map(|part| &*part.text).collect();
        parts.join("&")
    }

    /// The whole URL, a credential in the query string included.
    pub fn url(&self) -> String {
        self.join_url(&self.query_string())
    }

    /// The URL without a credential.
    pub(super) fn printable_url(&self) -> String {
        let mut query = String::new();
        for part in &self.query {
            if !query.is_empty() {
                query.push('&');
            }
            match part.sensitive {
                true => {
                    percent::push_encoded(&part.name, &mut query);
                    query.push_str("=REDACTED");
                }
                false => query.push_str(&part.text),
            }
        }
        self.join_url(&query)
    }

    fn join_url(&self, query: &str) -> String {
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{}{mark}{query}", self.base.origin(), self.path)
    }

    /// The headers, credentials included.
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// The value of the first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }

    /// The body.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The key by which the server knows that attempts are of one call, if there is one.
    pub fn idempotency_key(&self) -> Option<&str> {
        match self.idempotency_header {
            "" => None,
            name => self.headers.get(name),
        }
    }

    /// How long the attempt may take, the response's body included unless that is a stream.
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// The longest response body to read, in bytes.
    pub fn max_response_bytes(&self) -> u64 {
        self.max_response_bytes
    }

    /// Sets a header, in place of those of the same name.
    ///
    /// # Errors
    /// Of kind [`Request`](ErrorKind::Request) if the name is not valid or the value has control
    /// characters.
    pub fn set_header(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
    ) -> Result<()> {
        let (name, value) = checked_header(name.into(), value.into())?;
        self.headers.set(name, value);
        Ok(())
    }

    /// Sets a header that holds a credential: it is never printed.
    ///
    /// # Errors
    /// As for [`set_header`](Self::set_header).
    pub fn set_sensitive_header(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
    ) -> Result<()> {
        let (name, value) = checked_header(name.into(), value.into())?;
        self.headers.set_sensitive(name, value);
        Ok(())
    }

    /// Sets a query parameter that holds a credential, in place of those of the same name: it is
    /// never printed.
    pub fn set_sensitive_query(&mut self, name: &str, value: &str) {
        // A redirect may have brought it along, in a form that would be printed.
        for part in &mut self.query {
            let pairs = part.text.split('&');
            let others = pairs.filter(|pair| {
                let other = pair.split('=').next().unwrap_or_default();
                percent::decode(other) != name
            });
            part.text = others.collect::<Vec<_>>().join("&");
        }
        self.query.retain(|part| !part.text.is_empty());
        let mut text = String::new();
        percent::push_encoded(name, &mut text);
        text.push('=');
        percent::push_encoded(value, &mut text);
        self.query.push(QueryPart {
            name: name.to_owned().into(),
            text,
            sensitive: true,
        });
    }

    /// Adds a cookie, percent-encoded.
    pub fn add_cookie(&mut self, name: &str, value: &str) {
        let mut cookies = self.headers.get("cookie").unwrap_or_default().to_owned();
        if !cookies.is_empty() {
            cookies.push_str("; ");
        }
        percent::push_encoded(name, &mut cookies);
        cookies.push('=');
        percent::push_encoded(value, &mut cookies);
        self.headers.set_sensitive("cookie", cookies);
    }

    /// Whether there is a credential in it.
    pub(super) fn has_secret(&self) -> bool {
        let mut names = self.headers.iter();
        names.any(|(name, _)| self.headers.is_sensitive(name))
            || self.query.iter().any(|part| part.sensitive)
    }

    /// The credentials in it, in the forms in which a server could repeat them.
    pub(super) fn secrets(&self) -> Vec<String> {
        let mut secrets = Vec::new();
        for (name, value) in self.headers.iter() {
            if self.headers.is_sensitive(name) {
                // `Bearer x`, and `x` alone; `sid=x`, and `x` alone.
                let last = value.rsplit([' ', '=']).next().unwrap_or_default();
                secrets.extend([value.to_owned(), last.to_owned()]);
            }
        }
        for part in self.query.iter().filter(|part| part.sensitive) {
            let value = part.text.split_once('=').map_or("", |(_, value)| value);
            secrets.extend([value.to_owned(), percent::decode(value)]);
        }
        // What is this short stands in any text.
        secrets.retain(|secret| secret.len() > 3);
        secrets
    }

    /// Goes to another path and query at the same origin.
    pub(super) fn redirect(&mut self, target: &str) {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        path.clone_into(&mut self.path);
        self.query.clear();
        if !query.is_empty() {
            self.query.push(QueryPart {
                name: "".into(),
                text: query.to_owned(),
                sensitive: false,
            });
        }
    }
}

fn checked_header(name: Cow<'static, str>, value: String) -> Result<(Cow<'static, str>, String)> {
    match Headers::problem(&name, &value) {
        Some(problem) => Err(Error::new(ErrorKind::Request, problem)),
        None => Ok((name, value)),
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("url", &self.printable_url())
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
