//! Calls what the description does not know.

use super::{Call, CallExt, CallFuture};
use crate::runtime::model::{Encode, Slot};
use crate::runtime::percent::{is_dot_segment, push_encoded_but};
use crate::runtime::{Body, Core, Op, Result};
use serde_json::Value;

/// A call of something that the description does not know; made by `Client::request`.
///
/// Awaiting it gives a `serde_json::Value`.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct CustomCall(Call);

static CUSTOM: Op = Op::NEW;

impl CustomCall {
    /// A call of a path below the base URL. The path may be percent-encoded.
    #[doc(hidden)]
    pub fn new(core: &Core, method: &'static str, path: &str) -> Self {
        let mut call = Call::empty(core, &CUSTOM, method, path.to_owned().into());
        if method.is_empty() || !method.bytes().all(|byte| byte.is_ascii_uppercase()) {
            call.fail(format!("method {method:?} must be in capitals"));
        }
        if !path.starts_with('/') || path.contains(['?', '#', '\\']) {
            call.fail("the path must begin with `/` and have no query".to_owned());
        }
        if path.split('/').any(is_dot_segment) {
            call.fail("the path must not have `.` or `..`".to_owned());
        }
        let mut encoded = core.base.prefix().to_owned();
        push_encoded_but(path, b"-._~!$&'()*+,;=:@/%", &mut encoded);
        call.0.request.path = encoded;
        CustomCall(call)
    }

    /// With a JSON body.
    pub fn json<T: Encode + ?Sized>(self, body: &T) -> Self {
        CustomCall(self.0.json(body))
    }

    /// With a body of `application/x-www-form-urlencoded`.
    pub fn form<T: Encode + ?Sized>(self, body: &T) -> Self {
        CustomCall(self.0.form(body))
    }

    /// With a body of `multipart/form-data`; a member that is an `Upload` is a file.
    pub fn multipart<T: Encode + ?Sized>(self, body: &T) -> Self {
        CustomCall(self.0.multipart(body))
    }

    /// With a body as it is.
    pub fn body(self, content_type: &'static str, body: impl Into<Body>) -> Self {
        CustomCall(self.0.body(content_type, body))
    }

    /// Sends the call and reads the response as a type of this crate.
    pub fn send_as<T: Slot + Default>(self) -> CallFuture<T> {
        self.0.send()
    }
}

impl CallExt for CustomCall {
    type Output = Value;
    fn call_mut(&mut self) -> &mut Call {
        &mut self.0
    }
    fn into_call(self) -> Call {
        self.0
    }
}

impl IntoFuture for CustomCall {
    type Output = Result<Value>;
    type IntoFuture = CallFuture<Value>;
    fn into_future(self) -> Self::IntoFuture {
        self.0.send()
    }
}
