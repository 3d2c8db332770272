//! Asks the token endpoint for tokens.

use super::{OAuth, Tokens};
use crate::runtime::auth::basic;
use crate::runtime::execute::collect;
use crate::runtime::percent::push_encoded;
use crate::runtime::retry::{RETRIES, RetryPolicy};
use crate::runtime::{
    Body, Core, Error, ErrorKind, Failure, Request, Response, Result, Retry, Secret,
};
use bytes::{Bytes, BytesMut};
use serde_json::Value;
use std::time::Duration;

/// The longest answer of a token endpoint, in bytes.
const MAX_ANSWER: u64 = 1 << 20;

impl OAuth {
    /// New tokens, by the refresh token unless the client has credentials of its own.
    pub(super) async fn fetch(&self, core: &Core, refresh: Option<Secret>) -> Result<Tokens> {
        let mut secrets: Vec<&Secret> = refresh.iter().collect();
        secrets.extend(self.client.iter().flat_map(|(_, secret)| secret));
        secrets.extend(self.parameters.iter().map(|(_, value)| value));
        let secrets: Vec<String> = secrets.iter().map(|one| one.expose().to_owned()).collect();
        let request = self.request(core, refresh.as_ref())?;
        let mut retries = 0;
        loop {
            let answer = exchange(core, request.clone()).await;
            let error = match answer.and_then(|answer| read(answer, &secrets)) {
                Ok(tokens) => return Ok(tokens),
                Err(error) => error,
            };
            // What a refresh token was exchanged for is lost with the answer: it is not sent again.
            let failure = Failure {
                error: &error,
                idempotent: self.by_client,
                retries,
            };
            let most = core.options.retries.unwrap_or(RETRIES);
            let wait = match &core.options.retry {
                Some(retry) => retry.wait(failure),
                None => RetryPolicy::default().wait(failure),
            };
            match wait.filter(|_| retries < most) {
                Some(wait) => core.transport.sleep(wait).await,
                None => return Err(no_token(error, &request)),
            }
            retries += 1;
        }
    }

    fn request(&self, core: &Core, refresh: Option<&Secret>) -> Result<Request> {
        let (base, target) = self.endpoint(core)?;
        let mut request = Request::bare("POST", base, &target, MAX_ANSWER);
        let mut form = Form::default();
        match (self.by_client, refresh) {
            (true, _) => form.push("grant_type", "client_credentials"),
            (false, Some(refresh)) => {
                form.push("grant_type", "refresh_token");
                form.push("refresh_token", refresh.expose());
            }
            (false, None) => {
                let message = "the access token is no longer good, and there is no refresh token";
                return Err(Error::new(ErrorKind::Auth, message));
            }
        }
        if !self.scopes.is_empty() {
            form.push("scope", &self.scopes.join(" "));
        }
        for (name, value) in &self.parameters {
            form.push(name, value.expose());
        }
        match &self.client {
            Some((id, Some(secret))) if !self.in_body => {
                let [mut user, mut password] = [String::new(), String::new()];
                push_encoded(id.expose(), &mut user);
                push_encoded(secret.expose(), &mut password);
                request.set_sensitive_header("authorization", basic(&user, &password))?;
            }
            Some((id, secret)) => {
                form.push("client_id", id.expose());
                if let Some(secret) = secret {
                    form.push("client_secret", secret.expose());
                }
            }
            None => {}
        }
        request.set_header("accept", "application/json")?;
        request.set_header("content-type", "application/x-www-form-urlencoded")?;
        if let Some(agent) = core.options.headers.get("user-agent") {
            request.set_header("user-agent", agent)?;
        }
        request.timeout = core.options.timeout;
        request.body = form.0.into();
        Ok(request)
    }
}

#[derive(Default)]
struct Form(String);

impl Form {
    fn push(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        push_encoded(name, &mut self.0);
        self.0.push('=');
        push_encoded(value, &mut self.0);
    }
}

/// Sends once and reads the whole answer.
async fn exchange(core: &Core, request: Request) -> Result<Response<Bytes>> {
    let answer = core.transport.send(request).await?;
    let mut body = BytesMut::new();
    match answer.value {
        Body::Empty => {}
        Body::Bytes(bytes) => body.extend_from_slice(&bytes),
        Body::Stream(stream) => {
            let mut source = stream.take().map_err(crate::runtime::execute::from_io)?;
            collect(&mut *source, MAX_ANSWER, &mut body).await?;
        }
    }
    Ok(Response {
        value: body.freeze(),
        meta: answer.meta,
    })
}

/// Tokens, or what the server says instead (RFC 6749 §5).
fn read(response: Response<Bytes>, secrets: &[String]) -> Result<Tokens> {
    let status = response.meta.status();
    if !(200..300).contains(&status) {
        return Err(Error::from_status(response, secrets));
    }
    let answer: Option<Value> = serde_json::from_slice(&response.value).ok();
    let text = |name: &str| answer.as_ref()?.get(name)?.as_str();
    if let Some(kind) = text("token_type").filter(|kind| !is_bearer(kind)) {
        let message = format!("the token is of the type {kind:?}, not `Bearer`");
        return Err(Error::new(ErrorKind::Auth, message));
    }
    let seconds = answer.as_ref().and_then(|answer| {
        let number = answer.get("expires_in")?;
        number.as_f64().or_else(|| number.as_str()?.parse().ok())
    });
    match text("access_token").filter(|token| !token.is_empty()) {
        Some(token) => Ok(Tokens {
            access_token: token.into(),
            refresh_token: text("refresh_token").map(Secret::from),
            expires_in: seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
        }),
        // Some servers say with a success that it was none.
        None if text("error").is_some() => Err(Error::from_status(response, secrets)),
        None => Err(Error::new(
            ErrorKind::Auth,
            "the answer holds no access token",
        )),
    }
}

fn is_bearer(kind: &str) -> bool {
    let kind = kind.trim().to_ascii_lowercase();
    matches!(
        kind.as_str(),
        "" | "bearer" | "bearertoken" | "bearer token"
    )
}

/// Why there is no token.
fn no_token(error: Error, request: &Request) -> Error {
    let at = format!("{}{}", request.base.origin(), request.path);
    Error::new(
        ErrorKind::Auth,
        format!("no access token from {at}: {error}"),
    )
    .with_source(error)
}
