//! Sends requests over the network with reqwest; none of its types is seen outside.

use super::convert::head;
use super::execute::from_io;
use super::{
    Body, BodySource, BoxFuture, Error, ErrorKind, Headers, Request, Response, Result, StreamBody,
    Transport,
};
use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

/// The built-in transport. It keeps connections open, and is cheap to clone.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport that takes at most this long to make a connection.
    ///
    /// # Errors
    /// Of kind [`Configuration`](ErrorKind::Configuration) if TLS cannot be set up.
    pub fn new(connect_timeout: Duration) -> Result<Self> {
        let builder = reqwest::Client::builder()
            .connect_timeout(connect_timeout)
            .redirect(reqwest::redirect::Policy::none());
        match builder.build() {
            Ok(client) => Ok(ReqwestTransport { client }),
            Err(error) => {
                let message = "the HTTP client cannot be set up";
                Err(Error::new(ErrorKind::Configuration, message).with_source(error))
            }
        }
    }

    async fn exchange(&self, request: Request) -> Result<Response<Body>> {
        let sent = self.client.execute(to_reqwest(request)?).await;
        let response = sent.map_err(from_reqwest)?;
        let status = response.status().as_u16();
        let pairs = response.headers().iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        let headers: Headers = pairs.collect();
        let body = Body::stream(Incoming(response.into()));
        Ok(Response::new(status, headers, body))
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response<Body>>> {
        Box::pin(self.exchange(request))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// The body of a response as one of ours.
struct Incoming(reqwest::Body);

impl BodySource for Incoming {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            let frame = Pin::new(&mut self.0).poll_frame(context);
            return Poll::Ready(match std::task::ready!(frame) {
                None => None,
                Some(Err(error)) => Some(Err(io::Error::other(from_reqwest(error)))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) => Some(Ok(bytes)),
                    // Trailers tell nothing that is asked for.
                    Err(_) => continue,
                },
            });
        }
    }

    fn length(&self) -> Option<u64> {
        self.0.size_hint().exact()
    }
}

fn to_reqwest(request: Request) -> Result<reqwest::Request> {
    let mut out = head(&request)?;
    *out.body_mut() = match request.body() {
        Body::Empty => None,
        Body::Bytes(bytes) => Some(bytes.clone().into()),
        Body::Stream(stream) => Some(reqwest::Body::wrap(Streamed::new(stream)?)),
    };
    Ok(out)
}

fn from_reqwest(error: reqwest::Error) -> Error {
    // The URL may hold a credential.
    let error = error.without_url();
    let (kind, what) = if error.is_connect() {
        (ErrorKind::Connect, "cannot connect")
    } else if error.is_timeout() {
        (ErrorKind::Timeout, "timed out")
    } else {
        (ErrorKind::Io, "the connection failed")
    };
    let mut cause: &dyn std::error::Error = &error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    Error::new(kind, format!("{what}: {cause}")).with_source(error)
}

/// A body of ours as one that reqwest sends.
struct Streamed {
    // Reqwest wants `Sync`, which a source need not be; nobody else ever locks this.
    source: Mutex<Box<dyn BodySource>>,
    length: Option<u64>,
}

impl Streamed {
    fn new(stream: &StreamBody) -> Result<Self> {
        let source = stream.take().map_err(from_io)?;
        Ok(Streamed {
            length: source.length(),
            source: Mutex::new(source),
        })
    }
}

impl http_body::Body for Streamed {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let source = self
            .source
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        let chunk = source.poll_chunk(context);
        chunk.map(|chunk| chunk.map(|bytes| bytes.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}
