//! Makes one attempt: the credential, the request, the redirects it leads to, and the body.

use super::{Progress, Received, Sending};
use crate::runtime::builder::insecure;
use crate::runtime::clock::now;
use crate::runtime::{
    Attempt, Auth, Body, BodySource, Error, ErrorKind, Request, Response, Result,
};
use bytes::{Bytes, BytesMut};
use std::io;
use std::time::Duration;

impl Sending {
    /// One attempt, with the redirects it leads to.
    pub(super) async fn attempt(
        &self,
        mut request: Request,
        progress: &mut Progress,
    ) -> Result<Received> {
        let start = now();
        let limit = self.limit();
        let end = limit.map(|limit| start.saturating_add(limit));
        request.timeout = limit;
        for hook in &self.hooks {
            hook.before_attempt(&mut request, progress.attempts + 1)?;
        }
        let mut hops = 0;
        loop {
            let authorized = self.before(end, self.authorize(&request)).await?;
            if hops == 0 {
                progress.attempts += 1;
            }
            let attempts = progress.attempts;
            let secrets = authorized.secrets();
            if self.credentials.iter().any(Auth::renews) {
                progress.sent = Some(authorized.clone());
            }
            let result = self.exchange(authorized, end, attempts).await;
            let result = result.and_then(|mut received| {
                received.0.meta.headers.hide(&secrets);
                if (200..300).contains(&received.0.meta.status()) {
                    return Ok(Hop::Arrived(received));
                }
                let response = received.0;
                match self.next_hop(&request, &response, hops) {
                    Ok(Some(target)) => Ok(Hop::Next(target)),
                    Ok(None) => Err(Error::from_status(response, &secrets)),
                    Err(message) => {
                        Err(Error::new(ErrorKind::Redirect, message).with_response(response))
                    }
                }
            });
            let result = match result {
                Ok(Hop::Next(target)) => {
                    request.redirect(&target);
                    hops += 1;
                    continue;
                }
                Ok(Hop::Arrived(received)) => Ok(received),
                Err(error) => Err(error.of(&request, attempts)),
            };
            let attempt = Attempt {
                number: attempts,
                duration: now().saturating_sub(start),
                result: match &result {
                    Ok((response, _)) => Ok(&response.meta),
                    Err(error) => Err(error),
                },
            };
            for hook in &self.hooks {
                hook.after_attempt(&request, &attempt);
            }
            return result.map(|(response, stream)| (request, response, stream));
        }
    }

    /// The request with its credentials, unless that would go over the network in the clear.
    async fn authorize(&self, request: &Request) -> Result<Request> {
        let mut request = request.clone();
        for auth in &self.credentials {
            auth.apply(&self.core, &mut request).await?;
        }
        let has_secret = !self.credentials.is_empty() || request.has_secret();
        if has_secret && !request.base.is_private() {
            let message = insecure(&request.base);
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        Ok(request)
    }

    /// Sends the request once, and reads the body unless it is a success that is streamed.
    async fn exchange(
        &self,
        request: Request,
        end: Option<Duration>,
        attempts: u32,
    ) -> Result<(Response<Bytes>, Option<Box<dyn BodySource>>)> {
        let (limit, url) = (request.max_response_bytes, request.printable_url());
        let key = request.idempotency_key().map(str::to_owned);
        let answer = self.before(end, self.transport().send(request)).await?;
        let mut response = Response {
            value: Bytes::new(),
            meta: answer.meta,
        };
        response.meta.url = url;
        response.meta.attempts = attempts;
        response.meta.idempotency_key = key;
        let mut source = match answer.value {
            Body::Empty => return Ok((response, None)),
            Body::Bytes(bytes) if u64::try_from(bytes.len()).is_ok_and(|len| len <= limit) => {
                response.value = bytes;
                return Ok((response, None));
            }
            Body::Bytes(_) => return Err(too_large(limit).with_response(response)),
            Body::Stream(stream) => match stream.take() {
                Ok(source) => source,
                Err(error) => return Err(from_io(error).with_response(response)),
            },
        };
        if self.streamed && (200..300).contains(&response.meta.status()) {
            return Ok((response, Some(source)));
        }
        let mut body = BytesMut::new();
        let read = self.before(end, collect(&mut *source, limit, &mut body));
        match read.await {
            Ok(()) => {
                response.value = body.freeze();
                Ok((response, None))
            }
            Err(error) => {
                if error.kind() != ErrorKind::TooLarge {
                    response.value = body.freeze();
                }
                Err(error.with_response(response))
            }
        }
    }

    /// Where a redirect leads to; `None` if the response is none or none is followed, and an error
    /// if this one is not.
    fn next_hop(
        &self,
        request: &Request,
        response: &Response<Bytes>,
        hops: u8,
    ) -> Result<Option<String>, &'static str> {
        let status = response.meta.status();
        let location = match response.meta.header("location") {
            Some(location) if (300..400).contains(&status) && self.max_redirects > 0 => location,
            _ => return Ok(None),
        };
        let by_method = self.redirect_any_method || matches!(request.method, "GET" | "HEAD");
        if !matches!(status, 301 | 302 | 307 | 308) || !by_method {
            return Err("redirected in a way that is not followed");
        }
        if hops == self.max_redirects {
            return Err("redirected too often");
        }
        if !request.body.is_replayable() {
            return Err("redirected with a body that can be sent only once");
        }
        match request.base.resolve(&request.path, location) {
            Some(target) => Ok(Some(target)),
            None => Err("redirected to another origin, which is not followed"),
        }
    }
}

enum Hop {
    Arrived((Response<Bytes>, Option<Box<dyn BodySource>>)),
    Next(String),
}

/// Reads a body to its end, or to the limit.
pub(in crate::runtime) async fn collect(
    source: &mut dyn BodySource,
    limit: u64,
    body: &mut BytesMut,
) -> Result<()> {
    if source.length().is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    loop {
        let chunk = std::future::poll_fn(|context| source.poll_chunk(context)).await;
        match chunk {
            None => return Ok(()),
            Some(Err(error)) => return Err(from_io(error)),
            Some(Ok(chunk)) => {
                body.extend_from_slice(&chunk);
                if u64::try_from(body.len()).is_ok_and(|length| length > limit) {
                    return Err(too_large(limit));
                }
            }
        }
    }
}

/// What went wrong with a stream, which may have an error of ours inside.
pub(in crate::runtime) fn from_io(error: io::Error) -> Error {
    match error.downcast::<Error>() {
        Ok(error) => error,
        Err(error) => {
            let message = format!("the connection failed: {error}");
            Error::new(ErrorKind::Io, message).with_source(error)
        }
    }
}

/// A response with a body beyond the limit.
pub(in crate::runtime) fn too_large(limit: u64) -> Error {
    let message = format!("the response is longer than {limit} bytes");
    Error::new(ErrorKind::TooLarge, message)
}
