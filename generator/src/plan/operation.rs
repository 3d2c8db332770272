//! Operations to methods: what the caller gives, how it is sent, and what comes back.

mod body;
mod name;
mod outcome;
mod request;
mod same;
mod unique;

use super::context::Context;
use super::docs::{Doc, code};
use super::rust_type::RustType;
use super::schema::{Types, clip, side_by_side};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{self, Location, Parameter};
use crate::names::{self, Case, RustIdent};
use std::collections::{BTreeMap, BTreeSet};

pub(super) use outcome::status_words;
pub use outcome::{Outcome, OutcomeCase};
pub use request::Variant;

pub(super) use body::{
    BodyShape, CaseShape, Encoding, RequestShape, ResponseShape, is_json, shape_bodies,
};
pub(super) use name::{Named, literals, name_operations};
pub(super) use same::same_shape;

/// A method of a group's handle, with its call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
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
    /// Documentation of the method.
    pub docs: Doc,
    /// What the method takes, in this order.
    pub arguments: Vec<Argument>,
    /// The arguments that fill the path's holes, in the order of the holes.
    pub path_arguments: Vec<RustIdent>,
    /// Where the other arguments go.
    pub steps: Vec<Setter>,
    /// What may be set before the call is sent.
    pub setters: Vec<Setter>,
    /// What awaiting the call gives.
    pub output: RustType,
    /// The member around the request's value.
    pub request_member: Option<String>,
    /// The member around the response's value.
    pub response_member: Option<String>,
    /// What else is read as the value of a success, by the runtime's words.
    pub response_spellings: Vec<&'static str>,
    /// Members that every call sends, as the inside of a JSON object.
    pub request_fixed: Option<String>,
    /// Media types of the parts of a form, by member.
    pub part_types: Vec<(String, String)>,
    /// What it gives, if that has a shape for each status.
    pub outcome: Option<Outcome>,
    /// Methods that send the body in another media type.
    pub variants: Vec<Variant>,
    /// Media types to accept, if not JSON.
    pub accept: Option<String>,
    /// Names of the security schemes of which any authorises; none: no credential is sent. `None` where no source says
    /// anything about credentials in the whole API: then the client sends the one that it is given.
    pub security: Option<Vec<String>>,
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
    /// Its documentation.
    pub docs: Doc,
}

/// Where a value goes in the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wire {
    /// A query parameter.
    Query(String, model::Style),
    /// A header.
    Header(String),
    /// A cookie.
    Cookie(String),
    /// The body as JSON; another media type than `application/json` is named.
    Json(Option<String>),
    /// The body as a form.
    Form,
    /// The body as a form of several parts.
    Multipart,
    /// The body as it is, under this media type.
    Raw(String),
}

#[rustfmt::skip]
/// Methods that every call has.
const CALL_METHODS: &[&str] = &[
    "auth", "borrow", "borrow_mut", "call_mut", "clone", "clone_from", "clone_into", "deadline", "fmt", "from",
    "header", "idempotency_key", "into", "into_call", "into_future", "into_request", "options", "query_param",
    "retries", "send_raw", "send_stream", "send_with_meta", "strict", "timeout", "to_owned", "try_from", "try_into",
    "type_id",
];

/// Plans one operation. `taken` holds the names of types and handles, which its call cannot have.
pub(super) fn plan_operation(
    context: &Context<'_>,
    named: &Named<'_>,
    body: &BodyShape,
    types: &Types,
    taken: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> Operation {
    let operation = named.operation;
    let parameters = sendable(operation, diagnostics);
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
    let body_name = body_text.map(|text| {
        if collides(&text, &texts) {
            "body".to_owned()
        } else {
            text
        }
    });
    texts.extend(body_name);
    tell_locations(&mut texts, unique_holes.len(), &parameters);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut names = side_by_side(&texts, Case::Snake, &[], diagnostics, |_| {
        operation.origins.first()
    })
    .into_iter();

    let call = call_name(named, taken);
    let mut plan = Operation {
        id: named.id.clone(),
        constant: constant_name(&named.words, &call, taken),
        method: named.method.clone(),
        call,
        verb: operation.key.method.as_str().to_owned(),
        path: operation.key.path.to_string(),
        docs: Doc::none(),
        arguments: Vec::new(),
        path_arguments: Vec::new(),
        steps: Vec::new(),
        setters: Vec::new(),
        output: RustType::Json,
        request_member: None,
        response_member: None,
        response_spellings: Vec::new(),
        request_fixed: None,
        part_types: Vec::new(),
        outcome: None,
        variants: Vec::new(),
        accept: None,
        security: security(context, operation),
    };
    let mut hole_names = BTreeMap::new();
    for (hole, name) in unique_holes.iter().zip(names.by_ref()) {
        let parameter = operation
            .parameters
            .iter()
            .find(|parameter| parameter.location == Location::Path && parameter.name == *hole);
        let ty = parameter.map_or(ArgumentType::Text, |parameter| {
            argument_type(types.rust_type(context, parameter.schema), true)
        });
        hole_names.insert(*hole, name.clone());
        plan.arguments.push(Argument { name, ty });
    }
    plan.path_arguments = holes
        .iter()
        .filter_map(|hole| hole_names.get(hole).cloned())
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
    plan.docs = outcome::header_docs(context, types, operation);
    plan
}

/// The parameters outside the path that can be sent. What HTTP itself decides is no parameter (OpenAPI 3.1 §4.8.12.2.1).
fn sendable<'a>(
    operation: &'a model::Operation,
    diagnostics: &mut Diagnostics,
) -> Vec<&'a Parameter> {
    let mut parameters = Vec::new();
    for parameter in &operation.parameters {
        let token = |name: &str| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
        };
        let lower = parameter.name.to_ascii_lowercase();
        match parameter.location {
            Location::Path => continue,
            Location::Header
                if matches!(
                    lower.as_str(),
                    "accept" | "content-type" | "authorization" | "content-length" | "host"
                ) =>
            {
                continue;
            }
            Location::Header | Location::Cookie if !token(&parameter.name) => {
                let message = format!(
                    "`{}` cannot be the name of a header or cookie",
                    clip(&parameter.name)
                );
                diagnostics.push(
                    Diagnostic::new(Code::PLAN_INVALID_WIRE_NAME, message)
                        .at(parameter.origins.first())
                        .note(format!(
                            "`{}` is generated without this parameter",
                            clip(&operation.key.to_string())
                        ))
                        .help("names of headers are made of letters, digits and `-`"),
                );
            }
            _ => parameters.push(parameter),
        }
    }
    parameters
}

/// What a parameter is named after: the nearest proposal of its source, else the name on the wire.
fn parameter_text(parameter: &Parameter) -> String {
    let nearest = parameter.names.iter().min();
    let text = nearest
        .map(|hint| hint.text.as_str())
        .filter(|text| !names::words(text).is_empty());
    text.unwrap_or(&parameter.name).to_owned()
}

fn collides(text: &str, texts: &[String]) -> bool {
    texts
        .iter()
        .any(|other| names::words(other) == names::words(text))
}

/// Parameters of one name in different places are told apart by the place.
fn tell_locations(texts: &mut [String], holes: usize, parameters: &[&Parameter]) {
    let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for text in texts.iter() {
        *counts
            .entry(names::wire_words(text, names::Marks::Spell))
            .or_default() += 1;
    }
    for (text, parameter) in texts.iter_mut().skip(holes).zip(parameters) {
        if counts
            .get(&names::wire_words(text, names::Marks::Spell))
            .is_some_and(|count| *count > 1)
        {
            text.push_str(match parameter.location {
                Location::Header => " header",
                Location::Cookie => " cookie",
                Location::Query | Location::Path => " query",
            });
        }
    }
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

/// How a value of this type is given. In a path, query or header, what is not known to be anything else is text.
fn argument_type(ty: RustType, text: bool) -> ArgumentType {
    match ty {
        RustType::Bool | RustType::I64 | RustType::U64 | RustType::F64 => ArgumentType::Value(ty),
        RustType::String => ArgumentType::Text,
        RustType::Json if text => ArgumentType::Text,
        RustType::Vec(inner) => match *inner {
            RustType::String => ArgumentType::Texts,
            RustType::Json if text => ArgumentType::Texts,
            inner => ArgumentType::Slice(inner),
        },
        other => ArgumentType::Reference(other),
    }
}

fn plan_parameter(
    context: &Context<'_>,
    types: &Types,
    parameter: &Parameter,
    name: RustIdent,
) -> Setter {
    let flag = parameter.style == model::Style::Flag && parameter.location == Location::Query;
    let ty = if flag {
        RustType::Bool
    } else {
        types.rust_type(context, parameter.schema)
    };
    let wire = match parameter.location {
        Location::Query | Location::Path => Wire::Query(parameter.name.clone(), parameter.style),
        Location::Header => Wire::Header(parameter.name.clone()),
        Location::Cookie => Wire::Cookie(parameter.name.clone()),
    };
    let method = if CALL_METHODS.contains(&name.plain()) {
        name.marked()
    } else {
        name.clone()
    };
    let docs = parameter_docs(context, parameter);
    let docs = docs.or(|| Doc::line(format!("Sets {}.", code(&parameter.name))));
    Setter {
        name,
        method,
        ty: argument_type(ty, true),
        wire,
        docs,
    }
}

fn parameter_docs(context: &Context<'_>, parameter: &Parameter) -> Doc {
    let docs = Doc::of(&parameter.docs).or(|| Doc::of(&context.schema(parameter.schema).docs));
    if parameter.deprecated {
        docs.and("Deprecated.")
    } else {
        docs
    }
}

/// The names of the schemes of all alternatives: a client has one credential, and any of them may be it.
fn security(context: &Context<'_>, operation: &model::Operation) -> Option<Vec<String>> {
    if context.model.security_schemes.is_empty() {
        return None;
    }
    let known: BTreeSet<&str> = context
        .model
        .security_schemes
        .iter()
        .map(|scheme| scheme.name.as_str())
        .collect();
    let names: BTreeSet<&str> = operation
        .security
        .iter()
        .flat_map(|requirement| &requirement.schemes)
        .map(String::as_str)
        .filter(|name| known.contains(name))
        .collect();
    Some(names.into_iter().map(str::to_owned).collect())
}
