//! Sends requests in a browser, by reqwest and `fetch`; none of their types is seen outside.

use super::convert::{head, invalid};
use super::{Body, BoxFuture, Error, ErrorKind, Headers, Request, Response, Result, Transport};
use js_sys::{Function, Promise, Reflect};
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;

/// The built-in transport in a browser. It follows redirects as the browser does, which leaves out
/// `Authorization` and cookies at other origins and no other header, and sends and reads bodies as a
/// whole.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport. How long a connection may take is the browser's to decide.
    ///
    /// # Errors
    /// None in a browser.
    pub fn new(_connect_timeout: Duration) -> Result<Self> {
        Ok(ReqwestTransport {
            client: reqwest::Client::new(),
        })
    }

    async fn exchange(&self, request: Request) -> Result<Response<Body>> {
        let sent = self.client.execute(to_reqwest(&request)?).await;
        let response = sent.map_err(failed)?;
        let status = response.status().as_u16();
        let pairs = response.headers().iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        let headers: Headers = pairs.collect();
        let body = response.bytes().await.map_err(failed)?;
        Ok(Response::new(status, headers, body.into()))
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response<Body>>> {
        Box::pin(self.exchange(request))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let milliseconds = i32::try_from(duration.as_millis()).unwrap_or(i32::MAX);
        let promise = Promise::new(&mut |resolve: Function, _| {
            let global = js_sys::global();
            let timer = Reflect::get(&global, &"setTimeout".into());
            let timer = timer.map(Function::from);
            let set = timer.and_then(|timer| timer.call2(&global, &resolve, &milliseconds.into()));
            if set.is_err() {
                // Nothing can wait here: what was waited for is over at once.
                let _ = resolve.call0(&global);
            }
        });
        Box::pin(async move {
            let _ = JsFuture::from(promise).await;
        })
    }
}

fn to_reqwest(request: &Request) -> Result<reqwest::Request> {
    let mut out = head(request)?;
    *out.body_mut() = match request.body() {
        Body::Empty => None,
        Body::Bytes(bytes) => Some(bytes.clone().into()),
        Body::Stream(_) => {
            let message = "a browser sends a body as a whole: give its bytes";
            return Err(invalid(message));
        }
    };
    Ok(out)
}

fn failed(error: reqwest::Error) -> Error {
    // The URL may hold a credential.
    let error = error.without_url();
    Error::new(ErrorKind::Io, format!("the request failed: {error}"))
}
