//! Tells `tracing` of each attempt, by OpenTelemetry's conventions for HTTP clients.
//!
//! Without the feature `tracing` there is nothing to it. Values of the query, headers and bodies are
//! never told, as they may be secret.

use super::{Issue, Meta, Request, Result};

/// Does the work of an attempt inside its span. `resent` counts the attempts before this one.
#[cfg(not(feature = "tracing"))]
pub(super) async fn in_span<T>(
    _request: &Request,
    _resent: u32,
    work: impl Future<Output = Result<T>>,
    _meta: impl Fn(&T) -> &Meta,
) -> Result<T> {
    work.await
}

/// Does the work of an attempt inside its span. `resent` counts the attempts before this one.
#[cfg(feature = "tracing")]
pub(super) async fn in_span<T>(
    request: &Request,
    resent: u32,
    work: impl Future<Output = Result<T>>,
    meta: impl Fn(&T) -> &Meta,
) -> Result<T> {
    use tracing::field::Empty;
    let span = tracing::info_span!(
        "HTTP",
        otel.name = format_args!("{} {}", request.method, request.template),
        otel.kind = "client",
        otel.status_code = Empty,
        rpc.method = request.operation,
        http.request.method = request.method,
        http.request.resend_count = (resent > 0).then_some(resent),
        http.response.status_code = Empty,
        server.address = request.base.host(),
        server.port = request.base.port(),
        url.full = request.url_without_values(),
        url.template = &*request.template,
        "error.type" = Empty,
    );
    let mut work = std::pin::pin!(work);
    let done = std::future::poll_fn(|context| {
        let _inside = span.enter();
        work.as_mut().poll(context)
    });
    let done = done.await;
    let status = match &done {
        Ok(received) => Some(meta(received).status()),
        Err(error) => error.status(),
    };
    if let Some(status) = status {
        span.record("http.response.status_code", status);
    }
    if let Err(error) = &done {
        span.record("otel.status_code", "ERROR");
        match status {
            Some(status) if status >= 400 => span.record("error.type", status),
            _ => span.record("error.type", tracing::field::debug(error.kind())),
        };
    }
    done
}

/// Tells that a response differs from the description: where, and not what stands there.
pub(super) fn issues(request: &Request, issues: &[Issue]) {
    #[cfg(feature = "tracing")]
    if let Some(first) = issues.first() {
        tracing::warn!(
            operation = request.operation,
            url.template = &*request.template,
            issues = issues.len(),
            first = %first,
            "the response differs from the description"
        );
    }
    #[cfg(not(feature = "tracing"))]
    let _ = (request, issues);
}
