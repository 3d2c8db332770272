//! Operations to methods: what the caller gives, how it is sent, and what comes back.

mod body;
mod kept;
mod name;
mod outcome;
mod paging;
mod parameter;
mod part;
mod request;
mod same;
mod stream;
mod unique;

use super::context::Context;
use super::docs::Doc;
use super::idempotency::{Repeat, plan_repeat};
use super::rust_type::RustType;
use super::schema::{Types, side_by_side};
use super::security::{Scheme, alternatives};
use crate::diagnostic::Diagnostics;
use crate::model::Location;
use crate::names::{self, Case, RustIdent};
use std::collections::{BTreeMap, BTreeSet};

pub(super) use outcome::status_words;
pub use outcome::{Outcome, OutcomeCase};
pub(super) use paging::note_unused;
pub use paging::{Paging, Take};
pub use parameter::Spelling;
pub use part::Part;
pub use request::Variant;
pub use stream::{Framing, Stream};

pub(super) use body::{
    BodyShape, CaseShape, Encoding, RequestShape, ResponseShape, is_json, shape_bodies,
};
pub(super) use kept::key as operation_key;
pub(super) use name::{Named, literals, name_operations};
pub(super) use parameter::note_own_headers;
pub(super) use same::same_shape;

use parameter::{
    argument_type, collides, parameter_text, plan_hole, plan_parameter, sendable, tell_locations,
};

/// A method of a group's handle, with its call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// What it is by its source, whatever it is called: method and path without the names of parameters, `GET /users/{}`.
    pub key: String,
    /// The full name, which no other operation has: `CreateManyUsers`.
    pub id: String,
    /// The static that holds what is fixed about it: `CREATE_MANY_USERS`.
    pub constant: RustIdent,
    /// The method: `create_many`.
    pub method: RustIdent,
    /// The type of its call: `CreateManyUsers`.
    pub call: RustIdent,
    /// The HTTP method.
    pub verb: String,
    /// The path template.
    pub path: String,
    /// The static with its own server, if it has one.
    pub server: Option<RustIdent>,
    /// Whether the API gives it up.
    pub deprecated: bool,
    /// Documentation of the method.
    pub docs: Doc,
    /// What the method takes, in this order.
    pub arguments: Vec<Argument>,
    /// The arguments that fill the path's holes, in the order of the holes.
    pub path_arguments: Vec<PathArgument>,
    /// Where the other arguments go.
    pub steps: Vec<Setter>,
    /// What may be set before the call is sent.
    pub setters: Vec<Setter>,
    /// What awaiting the call gives.
    pub output: RustType,
    /// The member around the request's value.
    pub request_member: Option<String>,
    /// The member within that member, where that has no other.
    pub request_inner: Option<String>,
    /// The member around the response's value.
    pub response_member: Option<String>,
    /// What else is read as the value of a success, by the runtime's words.
    pub response_spellings: Vec<&'static str>,
    /// Members that every call sends, as the inside of a JSON object.
    pub request_fixed: Option<String>,
    /// How members of a form are sent that are not sent by their kind.
    pub parts: Vec<Part>,
    /// What it gives, if that has a shape for each status.
    pub outcome: Option<Outcome>,
    /// Methods that send the body in another media type.
    pub variants: Vec<Variant>,
    /// How its results come page by page.
    pub paging: Option<Paging>,
    /// How its response is a stream of items.
    pub stream: Option<Stream>,
    /// Media types to accept, if not JSON.
    pub accept: Option<String>,
    /// What happens if it is sent twice.
    pub repeat: Repeat,
    /// How many redirects in a row are followed, if a source says so.
    pub max_redirects: Option<u8>,
    /// Whether calls are redirected whatever their method is.
    pub redirect_any_method: bool,
    /// What authorises it: alternatives of credentials that are needed together, by the methods of the builder; none: no
    /// credential is sent. `None` where no source says anything about credentials in the whole API: then the client
    /// sends what it is given.
    pub security: Option<Vec<Vec<String>>>,
}

/// What fills a hole of the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathArgument {
    /// The argument.
    pub name: RustIdent,
    /// How its value is spelled.
    pub spelling: Spelling,
}

/// Something that a method takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its name.
    pub name: RustIdent,
    /// How it is given.
    pub ty: ArgumentType,
}

/// How an argument is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgumentType {
    /// By value: numbers and `bool`.
    Value(RustType),
    /// `&str`.
    Text,
    /// `&[T]`.
    Slice(RustType),
    /// `&[&str]`.
    Texts,
    /// `&T`.
    Reference(RustType),
    /// `impl Into<Body>`.
    Body,
    /// `impl Into<Option<T>>` of such an argument, which may be left out as `None`.
    Optional(Box<ArgumentType>),
}

/// A value on its way into the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setter {
    /// Its name as an argument and, if it may be left out, as a method.
    pub name: RustIdent,
    /// The method, if it may be left out.
    pub method: RustIdent,
    /// How it is given.
    pub ty: ArgumentType,
    /// Where it goes.
    pub wire: Wire,
    /// Whether the API gives it up.
    pub deprecated: bool,
    /// Its documentation.
    pub docs: Doc,
}

/// Where a value goes in the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wire {
    /// A query parameter.
    Query(String, Spelling),
    /// A header.
    Header(String, Spelling),
    /// A cookie.
    Cookie(String, Spelling),
    /// The body as JSON; another media type than `application/json` is named.
    Json(Option<String>),
    /// The body as a form.
    Form,
    /// The body as a form of several parts, under this media type.
    Multipart(String),
    /// The body as text, under this media type.
    Text(String),
    /// The body as it is, under this media type.
    Raw(String),
}

#[rustfmt::skip]
/// Methods that every call has.
const CALL_METHODS: &[&str] = &[
    "auth", "borrow", "borrow_mut", "call_mut", "clone", "clone_from", "clone_into", "deadline", "fmt", "from",
    "header", "idempotency_key", "into", "into_call", "into_future", "into_request", "options", "query_param",
    "retries", "send_blocking", "send_raw", "send_stream", "send_with_meta", "strict", "timeout", "to_owned", "try_from", "try_into",
    "type_id",
];

/// Plans one operation. `taken` holds the names of types and handles, which its call cannot have.
pub(super) fn plan_operation(
    context: &Context<'_>,
    named: &Named<'_>,
    body: &BodyShape,
    types: &Types,
    schemes: &[Scheme],
    taken: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> Operation {
    let operation = named.operation;
    let repeat = plan_repeat(context, operation);
    let mut parameters = sendable(operation, diagnostics);
    parameters.retain(|parameter| !repeat.is_key(parameter));
    let mut texts: Vec<String> = Vec::new();
    let holes: Vec<&str> = operation.key.path.parameters().collect();
    let mut unique_holes: Vec<&str> = holes.clone();
    unique_holes.sort_unstable();
    unique_holes.dedup();
    unique_holes.sort_by_key(|hole| holes.iter().position(|name| name == hole));
    texts.extend(unique_holes.iter().map(|hole| (*hole).to_owned()));
    texts.extend(parameters.iter().map(|parameter| parameter_text(parameter)));
    let body_text = body
        .request
        .as_ref()
        .filter(|request| request.encoding != Encoding::Fixed)
        .map(|request| request::body_text(context, types, request));
    let within = body.request.iter().any(|request| request.inner.is_some());
    let body_name = body_text.map(|text| match collides(&text, &texts) {
        // A single value of the body says by its own name what it is.
        true if within => format!("body_{text}"),
        true => "body".to_owned(),
        false => text,
    });
    texts.extend(body_name);
    tell_locations(&mut texts, unique_holes.len(), &parameters);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let kept = kept::parameters(context, operation, unique_holes.len(), &parameters);
    let mut names = side_by_side(&texts, &kept, Case::Snake, &[], diagnostics, |_| {
        operation.origins.first()
    })
    .into_iter();

    let call = match kept::operation(context, operation) {
        Some(names) => names.call.clone(),
        None => call_name(named, taken),
    };
    let mut plan = Operation {
        key: operation.key.erased(),
        id: named.id.clone(),
        constant: constant_name(&named.words, &call, taken),
        method: named.method.clone(),
        call,
        verb: operation.key.method.as_str().to_owned(),
        path: operation.key.path.sent(),
        server: None,
        deprecated: operation.deprecated,
        docs: Doc::none(),
        arguments: Vec::new(),
        path_arguments: Vec::new(),
        steps: Vec::new(),
        setters: Vec::new(),
        output: RustType::Json,
        request_member: None,
        request_inner: None,
        response_member: None,
        response_spellings: Vec::new(),
        request_fixed: None,
        parts: Vec::new(),
        outcome: None,
        variants: Vec::new(),
        paging: None,
        stream: None,
        accept: None,
        repeat,
        max_redirects: operation.redirects.limit,
        redirect_any_method: operation.redirects.any_method,
        security: alternatives(context, schemes, operation).map(|alternatives| {
            let names = |all: Vec<&Scheme>| all.iter().map(|one| one.name.clone()).collect();
            alternatives.into_iter().map(names).collect()
        }),
    };
    let mut hole_names = BTreeMap::new();
    for (hole, name) in unique_holes.iter().zip(names.by_ref()) {
        let parameter = operation
            .parameters
            .iter()
            .find(|parameter| parameter.location == Location::Path && parameter.name == *hole);
        let (ty, spelling) = plan_hole(context, types, parameter);
        hole_names.insert(*hole, (name.clone(), spelling));
        plan.arguments.push(Argument { name, ty });
    }
    let given = holes.iter().filter_map(|hole| hole_names.get(hole));
    plan.path_arguments = given
        .map(|(name, spelling)| PathArgument {
            name: name.clone(),
            spelling: *spelling,
        })
        .collect();
    for (parameter, name) in parameters.iter().zip(names.by_ref()) {
        let setter = plan_parameter(context, types, parameter, name);
        if parameter.required {
            plan.arguments.push(Argument {
                name: setter.name.clone(),
                ty: setter.ty.clone(),
            });
            plan.steps.push(setter);
        } else {
            plan.setters.push(setter);
        }
    }
    let content = operation.request_body.iter().flat_map(|body| &body.content);
    for media in content.filter(|media| media.name.starts_with("multipart/")) {
        part::note_headers(context, media, diagnostics);
    }
    if let Some(request) = &body.request {
        request::plan_requests(
            context,
            types,
            operation,
            (request, names.next()),
            &body.others,
            &mut plan,
        );
    }
    outcome::plan_response(
        context,
        types,
        operation,
        &body.response,
        taken,
        &mut plan,
        diagnostics,
    );
    paging::plan_paging(
        context,
        types,
        operation,
        &body.response,
        &mut plan,
        diagnostics,
    );
    if let Some(shape) = &body.stream {
        stream::plan_stream(context, types, shape, &body.response, &mut plan);
    }
    plan.docs = outcome::header_docs(context, types, operation);
    plan
}

/// The static of an operation. Names such as `R1` are the same in capitals, and stand for the call or the handle already.
fn constant_name(words: &[String], call: &RustIdent, taken: &BTreeSet<String>) -> RustIdent {
    let name = names::ident(words, Case::Shouty);
    if name.plain() == call.plain() || taken.contains(name.plain()) {
        let words: Vec<String> = words.iter().cloned().chain(["operation".into()]).collect();
        return names::ident(&words, Case::Shouty);
    }
    name
}

fn call_name(named: &Named<'_>, taken: &BTreeSet<String>) -> RustIdent {
    let name = names::ident(&named.words, Case::Pascal);
    if taken.contains(name.plain()) || names::is_taken_type(name.plain()) {
        let words: Vec<String> = named
            .words
            .iter()
            .cloned()
            .chain(["call".to_owned()])
            .collect();
        return names::ident(&words, Case::Pascal);
    }
    name
}
