//! Sends calls: the only place where credentials are added and redirects are followed.

use super::builder::insecure;
use super::decode::{from_envelope, from_spelled};
use super::model::{SlotMut, Spellings};
use super::{
    Auth, BoxFuture, Call, Core, DecodeError, Error, ErrorKind, Issue, Meta, Op, Request, Response,
    Result,
};
use bytes::Bytes;

/// The longest response body that is read unless another limit is set: 64 MiB.
pub(super) const MAX_RESPONSE_BYTES: u64 = 64 << 20;
const MAX_REDIRECTS: usize = 5;

/// A success that is not read yet.
pub(super) struct Fetched {
    pub(super) response: Response<Bytes>,
    request: Request,
    op: &'static Op,
    strict: bool,
}

/// Sends a call and answers with its response if that is a success.
pub(super) fn execute(call: Call) -> BoxFuture<'static, Result<Fetched>> {
    Box::pin(async move {
        let (core, op, options, request) = call.into_parts();
        let request = request?;
        // The credential of a call is sent always, that of the client where one is asked for.
        let auth = match (options.auth, &core.options.auth) {
            (Some(auth), _) => auth,
            (None, Some(auth)) if !op.security.is_empty() => auth.clone(),
            _ => Auth::None,
        };
        let strict = options.strict.or(core.options.strict).unwrap_or(false);
        let attempts = 1;
        let (request, response) = follow(&core, request, &auth, attempts).await?;
        Ok(Fetched {
            response,
            request,
            op,
            strict,
        })
    })
}

/// One attempt, with the redirects it leads to.
async fn follow(
    core: &Core,
    mut request: Request,
    auth: &Auth,
    attempts: u32,
) -> Result<(Request, Response<Bytes>)> {
    let mut hops = 0;
    loop {
        // Not sent yet: that is one attempt less.
        let authorized = authorize(&request, auth).await;
        let authorized = authorized.map_err(|error| error.of(&request, attempts - 1))?;
        let response = send(core, authorized, attempts).await;
        let response = response.map_err(|error| error.of(&request, attempts))?;
        if (200..300).contains(&response.meta.status()) {
            return Ok((request, response));
        }
        let error = match next_hop(&request, &response, hops) {
            Ok(Some(target)) => {
                request.redirect(&target);
                hops += 1;
                continue;
            }
            Ok(None) => Error::from_status(response),
            Err(message) => Error::new(ErrorKind::Redirect, message).with_response(response),
        };
        return Err(error.of(&request, attempts));
    }
}

/// Where a redirect leads to; `None` if the response is none, and an error if it is not followed.
fn next_hop(
    request: &Request,
    response: &Response<Bytes>,
    hops: usize,
) -> Result<Option<String>, &'static str> {
    let status = response.meta.status();
    let location = match response.meta.header("location") {
        Some(location) if (300..400).contains(&status) => location,
        _ => return Ok(None),
    };
    if !matches!(status, 301 | 302 | 307 | 308) || !matches!(request.method, "GET" | "HEAD") {
        return Err("redirected in a way that is not followed");
    }
    if hops == MAX_REDIRECTS {
        return Err("redirected too often");
    }
    match request.base.resolve(&request.path, location) {
        Some(target) => Ok(Some(target)),
        None => Err("redirected to another origin, which is not followed"),
    }
}

/// The request with its credential, unless that would go over the network in the clear.
async fn authorize(request: &Request, auth: &Auth) -> Result<Request> {
    let mut request = request.clone();
    auth.apply(&mut request).await?;
    let has_secret = !auth.is_none() || request.has_secret();
    if has_secret && !request.base.is_private() {
        let message = insecure(&request.base);
        return Err(Error::new(ErrorKind::Configuration, message));
    }
    Ok(request)
}

/// Sends the request once.
async fn send(core: &Core, request: Request, attempts: u32) -> Result<Response<Bytes>> {
    let (limit, url) = (request.max_response_bytes, request.printable_url());
    let mut response = core.transport.send(request).await?;
    response.meta.url = url;
    response.meta.attempts = attempts;
    match u64::try_from(response.value.len()) {
        Ok(length) if length <= limit => Ok(response),
        _ => {
            response.value = Bytes::new();
            Err(too_large(limit).with_response(response))
        }
    }
}

/// A response with a body beyond the limit.
pub(super) fn too_large(limit: u64) -> Error {
    let message = format!("the response is longer than {limit} bytes");
    Error::new(ErrorKind::TooLarge, message)
}

impl Fetched {
    /// Reads the response into a slot.
    pub(super) fn read(self, slot: SlotMut<'_>) -> Result<Meta> {
        let Fetched {
            mut response,
            request,
            op,
            strict,
        } = self;
        let member = op.response_member.unwrap_or_default();
        let issues = match slot {
            SlotMut::Outcome(outcome) => match outcome.choose(response.meta.status) {
                Some((member, slot)) => read_body(&response, slot, member, strict, Spellings::NONE),
                None => {
                    outcome.other(response.clone());
                    Ok(Vec::new())
                }
            },
            slot => read_body(&response, slot, member, strict, op.response_spellings),
        };
        match issues {
            Ok(issues) => {
                response.meta.issues = issues;
                Ok(response.meta)
            }
            Err(error) => {
                let attempts = response.meta.attempts;
                let error = match error {
                    Some(error) => Error::from_decode(error, response),
                    None => {
                        let message = "cannot read the response: empty body";
                        Error::new(ErrorKind::Decode, message).with_response(response)
                    }
                };
                Err(error.of(&request, attempts))
            }
        }
    }
}

/// Reads the body into a slot; the error is none if there is no body.
fn read_body(
    response: &Response<Bytes>,
    slot: SlotMut<'_>,
    member: &'static str,
    strict: bool,
    spellings: Spellings,
) -> Result<Vec<Issue>, Option<DecodeError>> {
    let body = &response.value;
    match slot {
        SlotMut::Ignore => Ok(Vec::new()),
        SlotMut::Bytes(place) => {
            *place = body.clone();
            Ok(Vec::new())
        }
        SlotMut::Str(place) if is_text(response) => {
            *place = String::from_utf8_lossy(body).into_owned();
            Ok(Vec::new())
        }
        // No content is a value of these already.
        SlotMut::Opt(_) | SlotMut::Json(_) if body.is_empty() => Ok(Vec::new()),
        _ if body.is_empty() => Err(None),
        slot if member.is_empty() => from_spelled(body, slot, strict, spellings).map_err(Some),
        slot => from_envelope(body, member, slot, strict, spellings).map_err(Some),
    }
}

/// Whether the body is a text of its own and no JSON.
fn is_text(response: &Response<Bytes>) -> bool {
    let content_type = response.meta.header("content-type").unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    !media_type.is_empty() && !media_type.to_ascii_lowercase().ends_with("json")
}
