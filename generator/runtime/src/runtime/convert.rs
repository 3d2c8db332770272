//! Turns requests into those of reqwest, whichever transport sends them.

use super::{Error, ErrorKind, Request, Result};
use reqwest::header::{HeaderName, HeaderValue};

pub(super) fn invalid(message: &'static str) -> Error {
    Error::new(ErrorKind::Request, message)
}

/// A request without its body.
pub(super) fn head(request: &Request) -> Result<reqwest::Request> {
    let method = reqwest::Method::from_bytes(request.method().as_bytes());
    let method = method.map_err(|_| invalid("the method is not valid"))?;
    let url = reqwest::Url::parse(&request.url()).map_err(|_| invalid("the URL is not valid"))?;
    // A parser that drops or joins segments would call something else than what was asked for.
    if url.path().split('/').count() != request.path().split('/').count() {
        return Err(invalid("the path changes its meaning when it is parsed"));
    }
    let mut out = reqwest::Request::new(method, url);
    for (name, value) in request.headers().iter() {
        let key = HeaderName::from_bytes(name.as_bytes());
        let value = HeaderValue::from_bytes(value.as_bytes());
        let (Ok(key), Ok(mut value)) = (key, value) else {
            return Err(invalid("a header is not valid"));
        };
        value.set_sensitive(request.headers().is_sensitive(name));
        out.headers_mut().append(key, value);
    }
    Ok(out)
}
