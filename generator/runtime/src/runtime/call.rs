//! Holds a call that is not sent yet, as data, and sends it.

mod custom;
mod path;
mod place;

pub use custom::CustomCall;

use super::encode::{
    cookie_text, form_text, multipart, path_text, push_plain, query_text, to_json,
};
use super::execute::{Fetched, execute, execute_stream};
use super::model::{Encode, Node, Slot};
use super::operation::Style;
use super::request::QueryPart;
use super::{
    Auth, Body, BoxFuture, ByteStream, Core, Error, ErrorKind, Headers, Op, Options, Request,
    Response, Result,
};
use bytes::Bytes;
use path::push_path;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// A call that is not sent yet; what the call types of each operation are made of.
///
/// One pointer in size, as each setter moves it.
#[derive(Clone)]
pub struct Call(Box<Parts>);

#[derive(Clone)]
struct Parts {
    core: Core,
    op: &'static Op,
    request: Request,
    /// The names of parameters, and what each has in the `Cookie` header.
    cookies: Vec<(&'static str, String)>,
    options: Options,
    /// The first thing that is wrong with the parameters; reported when the call is sent.
    problem: Option<String>,
}

impl Call {
    /// A call of an operation with the values of its path parameters, in the template's order.
    pub fn new(core: &Core, op: &'static Op, path: &[&dyn Encode]) -> Self {
        let mut call = Self::empty(core, op, op.method, op.path.into());
        match core.base_of(op) {
            Ok(base) => call.0.request.base = base,
            Err(error) => call.fail(error.to_string()),
        }
        let mut assembled = call.0.request.base.prefix().to_owned();
        match push_path(op.path, path, op.path_styles, &mut assembled) {
            Ok(()) => call.0.request.path = assembled,
            Err(problem) => call.fail(problem),
        }
        if !op.request_fixed.is_empty() {
            let fixed = format!("{{{}}}", op.request_fixed);
            call.set_body("application/json", fixed.into());
        }
        call
    }

    fn empty(
        core: &Core,
        op: &'static Op,
        method: &'static str,
        template: Cow<'static, str>,
    ) -> Self {
        let request = Request {
            operation: op.id,
            method,
            template,
            base: core.base.clone(),
            path: "/".to_owned(),
            query: Vec::new(),
            headers: Headers::new(),
            body: Body::Empty,
            timeout: None,
            max_response_bytes: 0,
            idempotency_header: op.idempotency_header,
        };
        Call(Box::new(Parts {
            core: core.clone(),
            op,
            request,
            cookies: Vec::new(),
            options: Options::default(),
            problem: None,
        }))
    }

    fn fail(&mut self, problem: String) {
        self.0.problem.get_or_insert(problem);
    }

    /// With a JSON body, in its envelope if the operation has one.
    pub fn json<T: Encode + ?Sized>(self, body: &T) -> Self {
        self.json_as("application/json", body)
    }

    /// With a JSON body under another media type.
    pub fn json_as<T: Encode + ?Sized>(mut self, media_type: &'static str, body: &T) -> Self {
        body.encode(&mut |node| self.set_json(media_type, node));
        self
    }

    fn set_json(&mut self, media_type: &'static str, node: Node<'_>) {
        if matches!(node, Node::Absent) {
            return;
        }
        let mut bytes = to_json(node);
        if let Some(member) = self.0.op.request_inner {
            bytes = [b"{", &*to_json(Node::Str(member)), b":", &*bytes, b"}"].concat();
        }
        if let Some(member) = self.0.op.request_member {
            let mut wrapped = b"{".to_vec();
            if !self.0.op.request_fixed.is_empty() {
                wrapped.extend_from_slice(self.0.op.request_fixed.as_bytes());
                wrapped.push(b',');
            }
            wrapped.append(&mut to_json(Node::Str(member)));
            wrapped.push(b':');
            wrapped.append(&mut bytes);
            wrapped.push(b'}');
            bytes = wrapped;
        }
        self.set_body(media_type, bytes.into());
    }

    /// With a body of `application/x-www-form-urlencoded`, nested members in brackets.
    pub fn form<T: Encode + ?Sized>(mut self, body: &T) -> Self {
        body.encode(&mut |node| {
            if matches!(node, Node::Absent) {
                return;
            }
            let member = self.0.op.request_member.unwrap_or_default();
            let form = form_text(node, member, self.0.op.parts);
            self.set_body("application/x-www-form-urlencoded", form.into());
        });
        self
    }

    /// With a body of `multipart/form-data`: a part for each member, files among them.
    pub fn multipart<T: Encode + ?Sized>(self, body: &T) -> Self {
        self.multipart_as("multipart/form-data", body)
    }

    /// With a body of several parts under another media type.
    pub fn multipart_as<T: Encode + ?Sized>(mut self, media_type: &str, body: &T) -> Self {
        body.encode(&mut |node| {
            if matches!(node, Node::Absent) {
                return;
            }
            let op = self.0.op;
            match multipart(node, op.request_member, media_type, op.parts) {
                Ok((content_type, body)) => self.set_body(content_type, body),
                Err(problem) => self.fail(problem),
            }
        });
        self
    }

    /// With a body as it is; [`Body::Empty`] is none.
    pub fn body(mut self, content_type: &'static str, body: impl Into<Body>) -> Self {
        let body = body.into();
        if !matches!(body, Body::Empty) {
            self.set_body(content_type, body);
        }
        self
    }

    /// With a text as the body; an absent one is none.
    pub fn text<T: Encode + ?Sized>(mut self, content_type: &'static str, body: &T) -> Self {
        body.encode(&mut |node| {
            if !matches!(node, Node::Absent) {
                let text = path_text("", node, Style::Csv, push_plain);
                self.set_body(content_type, text.into());
            }
        });
        self
    }

    fn set_body(&mut self, content_type: impl Into<String>, body: Body) {
        self.0.request.body = body;
        self.0.request.headers.set("content-type", content_type);
    }

    /// With a query parameter; a list repeats its name.
    pub fn query<T: Encode + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        self.set_query(name, value);
        self
    }

    /// With a query parameter in this style.
    pub fn query_style<T: Encode + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        self.set_query_style(name, value, style);
        self
    }

    /// With a query parameter in this style, in which reserved characters are sent as they are.
    pub fn query_reserved<T: Encode + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        self.set_query_reserved(name, value, style);
        self
    }

    /// With a header.
    pub fn header<T: Encode + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        self.set_header(name, value);
        self
    }

    /// With a header whose objects have their names: `x=1,y=2`.
    pub fn header_pairs<T: Encode + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        self.set_header_pairs(name, value);
        self
    }

    /// With a cookie.
    pub fn cookie<T: Encode + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        self.set_cookie(name, value);
        self
    }

    /// With a cookie in this style.
    pub fn cookie_style<T: Encode + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        self.set_cookie_style(name, value, style);
        self
    }

    /// With a query parameter that is `true` or `false`, or without it. What most setters call is not generic.
    pub fn query_bool(self, name: &'static str, value: Option<bool>) -> Self {
        self.query(name, &value)
    }

    /// With a query parameter that is an integer, or without it.
    pub fn query_i64(self, name: &'static str, value: Option<i64>) -> Self {
        self.query(name, &value)
    }

    /// With a query parameter that is a text, or without it.
    pub fn query_text(self, name: &'static str, value: Option<&str>) -> Self {
        self.query(name, &value)
    }

    /// Sets a query parameter, or removes it if the value is absent; a list repeats its name.
    pub fn set_query<T: Encode + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.set_query_style(name, value, Style::Form);
    }

    /// Sets a query parameter in this style, or removes it if the value is absent.
    pub fn set_query_style<T: Encode + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) {
        value.encode(&mut |node| self.put_query(name, node, style, false));
    }

    /// As [`set_query_style`](Self::set_query_style), with reserved characters as they are.
    pub fn set_query_reserved<T: Encode + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) {
        value.encode(&mut |node| self.put_query(name, node, style, true));
    }

    fn put_query(&mut self, name: &'static str, node: Node<'_>, style: Style, reserved: bool) {
        let query = &mut self.0.request.query;
        query.retain(|part| part.name != name);
        let text = query_text(name, node, style, reserved);
        if !text.is_empty() {
            query.push(QueryPart {
                name: name.into(),
                text,
                sensitive: false,
            });
        }
    }

    /// Sets a header, or removes it if the value is absent; a list is joined by commas.
    pub fn set_header<T: Encode + ?Sized>(&mut self, name: &'static str, value: &T) {
        value.encode(&mut |node| self.put_header(name, node, Style::Csv));
    }

    /// As [`set_header`](Self::set_header), and objects have their names: `x=1,y=2`.
    pub fn set_header_pairs<T: Encode + ?Sized>(&mut self, name: &'static str, value: &T) {
        value.encode(&mut |node| self.put_header(name, node, Style::Form));
    }

    fn put_header(&mut self, name: &'static str, node: Node<'_>, style: Style) {
        if matches!(node, Node::Absent) {
            return self.0.request.headers.remove(name);
        }
        let value = path_text(name, node, style, push_plain);
        match Headers::problem(name, &value) {
            Some(problem) => self.fail(problem),
            None => self.0.request.headers.set(name, value),
        }
    }

    /// Sets a cookie, or removes it if the value is absent; a list is joined by commas.
    pub fn set_cookie<T: Encode + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.set_cookie_style(name, value, Style::Csv);
    }

    /// Sets a cookie in this style, or removes it if the value is absent.
    pub fn set_cookie_style<T: Encode + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) {
        value.encode(&mut |node| self.put_cookie(name, node, style));
    }

    fn put_cookie(&mut self, name: &'static str, node: Node<'_>, style: Style) {
        self.0.cookies.retain(|(known, _)| *known != name);
        match cookie_text(name, node, style) {
            Err(problem) => self.fail(problem),
            Ok(text) if text.is_empty() => {}
            Ok(text) => match Headers::problem("cookie", &text) {
                Some(problem) => self.fail(problem),
                None => self.0.cookies.push((name, text)),
            },
        }
    }

    /// Sends the call and reads the response.
    pub fn send<T: Slot + Default>(self) -> CallFuture<T> {
        CallFuture {
            fetched: execute(self),
            output: PhantomData,
        }
    }

    pub(super) fn into_parts(self) -> (Core, &'static Op, Options, Result<Request>) {
        let Parts {
            core,
            op,
            mut request,
            cookies,
            options,
            problem,
        } = *self.0;
        if !cookies.is_empty() {
            let cookies: Vec<&str> = cookies.iter().map(|(_, text)| text.as_str()).collect();
            request.headers.set_sensitive("cookie", cookies.join("; "));
        }
        let defaults = &core.options;
        for (name, value) in options.headers.iter() {
            request.headers.set(name.to_owned(), value);
        }
        for (name, value) in defaults.headers.iter() {
            if request.headers.get(name).is_none() {
                request.headers.append(name.to_owned(), value);
            }
        }
        if !op.accept.is_empty() && request.headers.get("accept").is_none() {
            request.headers.set("accept", op.accept);
        }
        let key = request.idempotency_header;
        if !key.is_empty() && request.headers.get(key).is_none() {
            request.headers.set(key, super::random::uuid());
        }
        request.timeout = options.timeout.or(defaults.timeout);
        request.max_response_bytes = options
            .max_response_bytes
            .or(defaults.max_response_bytes)
            .unwrap_or(super::execute::MAX_RESPONSE_BYTES);
        let problem = problem
            .or_else(|| options.problem.clone())
            .or_else(|| defaults.problem.clone());
        let request = match problem {
            Some(problem) => Err(Error::new(ErrorKind::Request, problem).of(&request, 0)),
            None => Ok(request),
        };
        (core, op, options, request)
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("request", &self.0.request)
            .field("options", &self.0.options)
            .finish_non_exhaustive()
    }
}

/// What awaiting a call is: the request on its way, and the type to read from its response.
#[must_use = "a call does nothing until it is awaited"]
pub struct CallFuture<T> {
    fetched: BoxFuture<'static, Result<Fetched>>,
    output: PhantomData<fn() -> T>,
}

impl<T: Slot + Default> Future for CallFuture<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let fetched = self.fetched.as_mut().poll(context);
        fetched.map(|fetched| Ok(read::<T>(fetched?)?.value))
    }
}

impl<T> fmt::Debug for CallFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallFuture").finish_non_exhaustive()
    }
}

fn read<T: Slot + Default>(fetched: Fetched) -> Result<Response<T>> {
    let mut value = T::default();
    let meta = fetched.read(value.slot())?;
    Ok(Response { value, meta })
}

/// What can be done with every call besides awaiting it.
///
/// Import it with the prelude. A parameter of an operation whose setter has the name of a method
/// here comes first; the method is then `CallExt::timeout(call, …)`.
pub trait CallExt: Sized {
    /// What awaiting the call gives.
    type Output: Slot + Default + 'static;

    /// The call itself, to change it.
    #[doc(hidden)]
    fn call_mut(&mut self) -> &mut Call;

    /// The call itself.
    #[doc(hidden)]
    fn into_call(self) -> Call;

    /// Sends the call; gives the value together with status, headers and the like.
    fn send_with_meta(self) -> BoxFuture<'static, Result<Response<Self::Output>>> {
        let fetched = execute(self.into_call());
        Box::pin(async move { read(fetched.await?) })
    }

    /// Sends the call; gives the body as it came.
    ///
    /// # Errors
    /// A status that is no success is an error here too, and keeps the body.
    fn send_raw(self) -> BoxFuture<'static, Result<Response<Bytes>>> {
        let fetched = execute(self.into_call());
        Box::pin(async move { Ok(fetched.await?.response) })
    }

    /// Sends the call; gives the body while it comes.
    ///
    /// # Errors
    /// As for [`send_raw`](Self::send_raw).
    fn send_stream(self) -> BoxFuture<'static, Result<Response<ByteStream>>> {
        let fetched = execute_stream(self.into_call());
        Box::pin(async move { Ok(ByteStream::open(fetched.await?)) })
    }

    /// Sends the call and waits for its value, where there is no async code.
    ///
    /// [`block_on`](super::block_on) waits for everything else: `block_on(call.send_with_meta())`.
    ///
    /// # Errors
    /// Those of the call. It can be used everywhere, but holds up all tasks of an async thread.
    #[cfg(all(feature = "blocking", not(target_family = "wasm")))]
    fn send_blocking(self) -> Result<Self::Output> {
        let fetched = super::block_on(execute(self.into_call()))?;
        Ok(read(fetched)?.value)
    }

    /// The request, without sending it and without a credential.
    ///
    /// # Errors
    /// Of kind [`Request`](ErrorKind::Request) if a parameter is not valid.
    fn into_request(self) -> Result<Request> {
        self.into_call().into_parts().3
    }

    /// How long one attempt may take, its body included.
    fn timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.timeout(timeout))
    }

    /// How long the call may take altogether, retries and the waits between them included.
    fn deadline(self, deadline: Duration) -> Self {
        self.options(|options| options.deadline(deadline))
    }

    /// How often the call is sent again at most if it fails; 0 for never.
    fn retries(self, retries: u32) -> Self {
        self.options(|options| options.retries(retries))
    }

    /// The key by which the server knows that attempts are of one call, in place of a random one.
    /// It makes any call one that is sent again. Without a header of the description it is sent as
    /// `idempotency-key`.
    fn idempotency_key(mut self, key: &str) -> Self {
        let call = self.call_mut();
        let header = match call.0.op.idempotency_header {
            "" => "idempotency-key",
            header => header,
        };
        call.0.request.idempotency_header = header;
        call.set_header(header, key);
        self
    }

    /// A header, in place of one of the same name.
    fn header(self, name: &str, value: &str) -> Self {
        self.options(|options| options.header(name, value))
    }

    /// One more query parameter.
    fn query_param(mut self, name: &str, value: &str) -> Self {
        let text = query_text(name, Node::Str(value), Style::Form, false);
        self.call_mut().0.request.query.push(QueryPart {
            name: name.to_owned().into(),
            text,
            sensitive: false,
        });
        self
    }

    /// The credential, in place of the client's; it is sent even where the description asks for
    /// none.
    fn auth(self, auth: Auth) -> Self {
        self.options(|options| options.auth(auth))
    }

    /// Makes a response that differs from the description an error.
    fn strict(self) -> Self {
        self.options(|options| options.strict(true))
    }

    /// Other options.
    fn options(mut self, change: impl FnOnce(Options) -> Options) -> Self {
        let options = &mut self.call_mut().0.options;
        *options = change(std::mem::take(options));
        self
    }
}
