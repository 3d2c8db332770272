//! Answers calls from memory, for tests: nothing ever reaches the network.

use super::{Body, BoxFuture, Error, ErrorKind, Headers, Request, Response, Result, Transport};
use bytes::Bytes;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

/// A transport for tests that answers from memory and records the requests.
///
/// Responses belong to an operation by its name, or to a `METHOD /path`. Those of the same
/// operation are given in their order, each once. A call without a response is an error of kind
/// [`Mock`](ErrorKind::Mock). A clone shares everything, so keep one to look at the requests:
///
/// ```ignore
/// let mock = Mock::new().on("ShowUser", 200, r#"{"user": {"id": 7}}"#);
/// let client = Client::with_transport(mock.clone());
/// client.users().show(7).await?;
/// assert_eq!(mock.requests()[0].path(), "/api/v2/users/7");
/// ```
#[derive(Clone, Default)]
pub struct Mock(Arc<Mutex<State>>);

/// What a mock answers to all calls of an operation that nothing else is said about.
#[derive(Clone, Copy, Debug)]
pub struct MockAnswer {
    /// The operation's name.
    pub operation: &'static str,
    /// The status.
    pub status: u16,
    /// The media type of the body; empty for none.
    pub media_type: &'static str,
    /// The body.
    pub body: &'static str,
}

impl MockAnswer {
    fn response(&self) -> Response<Bytes> {
        let mut headers = Headers::new();
        if !self.media_type.is_empty() {
            headers.set("content-type", self.media_type);
        }
        Response::new(self.status, headers, self.body.into())
    }
}

#[derive(Default)]
struct State {
    rules: Vec<Rule>,
    /// What is answered where no rule applies.
    others: &'static [MockAnswer],
    requests: Vec<Request>,
    waits: Vec<Duration>,
}

struct Rule {
    call: String,
    answer: Answer,
    always: bool,
}

enum Answer {
    Response(Response<Bytes>),
    Delayed(Duration, Response<Bytes>),
    Failure(ErrorKind),
}

impl Mock {
    /// Without responses.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers the operations of a list, as often as they are called; `on` and the like come first.
    pub fn answering(answers: &'static [MockAnswer]) -> Self {
        let mock = Self::default();
        mock.state().others = answers;
        mock
    }

    /// Answers one call of an operation. The body is a text, or a `serde_json::Value`.
    pub fn on(self, call: &str, status: u16, body: impl ToString) -> Self {
        self.on_with_headers(call, status, [], body)
    }

    /// Answers one call of an operation, with headers.
    pub fn on_with_headers<'a>(
        self,
        call: &str,
        status: u16,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
        body: impl ToString,
    ) -> Self {
        let headers = headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        let response = Response::new(status, headers.collect(), body.to_string().into());
        self.add(call, Answer::Response(response), false)
    }

    /// Answers all calls of an operation from here on.
    pub fn on_always(self, call: &str, status: u16, body: impl ToString) -> Self {
        let response = Response::new(status, Headers::new(), body.to_string().into());
        self.add(call, Answer::Response(response), true)
    }

    /// Fails one call of an operation, as a broken connection does.
    pub fn on_failure(self, call: &str, kind: ErrorKind) -> Self {
        self.add(call, Answer::Failure(kind), false)
    }

    /// Answers one call of an operation after a delay: one that has less time fails of kind
    /// [`Timeout`](ErrorKind::Timeout). No time passes in a mock.
    pub fn on_delayed(self, call: &str, delay: Duration, status: u16, body: impl ToString) -> Self {
        let response = Response::new(status, Headers::new(), body.to_string().into());
        self.add(call, Answer::Delayed(delay, response), false)
    }

    fn add(self, call: &str, answer: Answer, always: bool) -> Self {
        self.state().rules.push(Rule {
            call: call.to_owned(),
            answer,
            always,
        });
        self
    }

    /// The requests so far, in their order, unanswered ones included.
    pub fn requests(&self) -> Vec<Request> {
        self.state().requests.clone()
    }

    /// How long retries had to wait so far; no time passes in a mock.
    pub fn waits(&self) -> Vec<Duration> {
        self.state().waits.clone()
    }

    /// The responses that were not asked for, by operation; to assert that there are none.
    pub fn unused(&self) -> Vec<String> {
        let state = self.state();
        let once = state.rules.iter().filter(|rule| !rule.always);
        once.map(|rule| rule.call.clone()).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: Request) -> Result<Response<Bytes>> {
        let mut state = self.state();
        let route = format!("{} {}", request.method(), request.path());
        let operation = match request.operation() {
            "" => route.clone(),
            operation => operation.to_owned(),
        };
        let matches = |rule: &Rule| rule.call == operation || rule.call == route;
        let limit = request.timeout();
        state.requests.push(request);
        let Some(index) = state.rules.iter().position(matches) else {
            let mut others = state.others.iter();
            if let Some(other) = others.find(|other| other.operation == operation) {
                return Ok(other.response());
            }
            let message = format!("the mock has no response for `{operation}`");
            return Err(Error::new(ErrorKind::Mock, message));
        };
        let answer = match state.rules.get(index) {
            Some(Rule {
                answer: Answer::Response(response),
                ..
            }) => Ok(response.clone()),
            Some(Rule {
                answer: Answer::Delayed(delay, response),
                ..
            }) => match limit {
                Some(limit) if limit < *delay => {
                    let message = format!("timed out after {limit:?}");
                    Err(Error::new(ErrorKind::Timeout, message))
                }
                _ => Ok(response.clone()),
            },
            Some(Rule {
                answer: Answer::Failure(kind),
                ..
            }) => Err(Error::new(*kind, "the mock fails this call")),
            None => Err(Error::new(ErrorKind::Mock, "the mock is empty")),
        };
        if state.rules.get(index).is_some_and(|rule| !rule.always) {
            state.rules.remove(index);
        }
        answer
    }
}

impl Transport for Mock {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response<Body>>> {
        let answer = self.answer(request).map(|response| Response {
            value: response.value.into(),
            meta: response.meta,
        });
        Box::pin(std::future::ready(answer))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let mut timer = Some(duration);
        Box::pin(std::future::poll_fn(move |_| {
            self.state().waits.extend(timer.take());
            Poll::Ready(())
        }))
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        let calls = state.rules.iter().map(|rule| &rule.call);
        f.debug_struct("Mock")
            .field("responses", &calls.collect::<Vec<_>>())
            .field("requests", &state.requests.len())
            .finish()
    }
}
