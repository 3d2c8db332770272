//! Responses to what a call gives, and to what the documentation says of its failures and headers.

use super::super::context::Context;
use super::super::docs::{Doc, code};
use super::super::rust_type::RustType;
use super::super::schema::{Types, clip, spellings};
use super::{CaseShape, Operation, ResponseShape};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{self, SchemaId, Shape, Status};
use crate::names::{self, Case, RustIdent};
use std::collections::{BTreeMap, BTreeSet};

/// What an operation gives whose successes differ by status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The enum's name.
    pub name: RustIdent,
    /// Its variants without `Other`, which every outcome has; exact statuses before ranges.
    pub cases: Vec<OutcomeCase>,
}

/// What an operation gives with some status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeCase {
    /// The first and last status.
    pub statuses: (u16, u16),
    /// The variant's name.
    pub name: RustIdent,
    /// What it holds, if the response has a body.
    pub ty: Option<RustType>,
    /// The member around the value; empty if there is none.
    pub member: String,
    /// Its documentation.
    pub docs: Doc,
}

/// Plans what awaiting the call gives.
pub(super) fn plan_response(
    context: &Context<'_>,
    types: &Types,
    operation: &model::Operation,
    response: &ResponseShape,
    taken: &BTreeSet<String>,
    plan: &mut Operation,
    diagnostics: &mut Diagnostics,
) {
    match response {
        ResponseShape::Unknown => {
            let message = format!(
                "no source says what `{}` answers",
                clip(&operation.key.to_string())
            );
            diagnostics.push(
                Diagnostic::new(Code::PLAN_NO_RESPONSE, message)
                    .at(operation.origins.first())
                    .note(format!("`{}` gives a `serde_json::Value`", plan.id))
                    .help("add an example of a successful response to a source: in Postman, save one and export the collection again"),
            );
        }
        ResponseShape::Outcome(cases) => plan_outcome(context, types, cases, taken, plan),
        ResponseShape::Empty => plan.output = RustType::Unit,
        // Its types are planned with the stream.
        ResponseShape::Items(_) => {}
        ResponseShape::Text(media) => {
            plan.output = RustType::String;
            plan.accept = Some(media.clone());
        }
        ResponseShape::Bytes(media) => {
            plan.output = RustType::Bytes;
            plan.accept = Some(media.clone());
        }
        ResponseShape::Json {
            schema,
            member,
            optional,
            accept,
        } => {
            let ty = types.rust_type(context, *schema);
            let nullable = *optional || context.schema(*schema).nullable;
            plan.output = if nullable && ty != RustType::Json {
                ty.optional()
            } else {
                ty
            };
            plan.response_member = member.clone();
            plan.response_spellings = spellings(context, *schema);
            plan.accept = accept.clone();
        }
    }
}

fn plan_outcome(
    context: &Context<'_>,
    types: &Types,
    cases: &[(Status, CaseShape)],
    taken: &BTreeSet<String>,
    plan: &mut Operation,
) {
    let words: Vec<String> = names::words(plan.call.plain())
        .into_iter()
        .chain(["outcome".to_owned()])
        .collect();
    let mut name = names::ident(&words, Case::Pascal);
    while taken.contains(name.plain()) || name == plan.call {
        name = name.marked();
    }
    let mut accept: Vec<String> = Vec::new();
    let mut planned = Vec::new();
    for (status, shape) in cases {
        let (ty, member, media) = match shape {
            CaseShape::Empty => (None, "", None),
            CaseShape::Json(schema, member, media) => {
                let ty = types.rust_type(context, *schema);
                let nullable = context.schema(*schema).nullable && ty != RustType::Json;
                let ty = if nullable { ty.optional() } else { ty };
                let media = media.replace("*/*", "application/json");
                (Some(ty), member.as_deref().unwrap_or_default(), Some(media))
            }
            CaseShape::Text(media) => (Some(RustType::String), "", Some(media.clone())),
            CaseShape::Bytes(media) => (Some(RustType::Bytes), "", Some(media.clone())),
        };
        accept.extend(media.filter(|media| !accept.contains(media)));
        planned.push(OutcomeCase {
            statuses: match status {
                Status::Code(code) => (*code, *code),
                Status::Range(hundred) => {
                    let first = u16::from(*hundred) * 100;
                    (first, first + 99)
                }
                Status::Default => (200, 299),
            },
            name: names::ident(&status_words(*status), Case::Pascal),
            ty,
            member: member.to_owned(),
            docs: Doc::line(format!("Status {status}.")),
        });
    }
    if accept != ["application/json"] && !accept.is_empty() {
        plan.accept = Some(accept.join(", "));
    }
    plan.output = RustType::Local(name.clone());
    plan.outcome = Some(Outcome {
        name,
        cases: planned,
    });
}

/// What a status means, by the names of RFC 9110 and the registry it made.
pub(in crate::plan) fn status_words(status: Status) -> Vec<String> {
    let code = match status {
        Status::Code(code) => code,
        Status::Range(2) => return vec!["success".to_owned()],
        Status::Range(4) => return names::words("client error"),
        Status::Range(5) => return names::words("server error"),
        Status::Range(hundred) => return names::words(&format!("status {hundred}xx")),
        Status::Default => return vec!["default".to_owned()],
    };
    let text = match code {
        200 => "ok",
        201 => "created",
        202 => "accepted",
        203 => "non authoritative",
        204 => "no content",
        205 => "reset content",
        206 => "partial content",
        207 => "multi status",
        208 => "already reported",
        226 => "im used",
        400 => "bad request",
        401 => "unauthorized",
        402 => "payment required",
        403 => "forbidden",
        404 => "not found",
        405 => "method not allowed",
        406 => "not acceptable",
        407 => "proxy authentication required",
        408 => "request timeout",
        409 => "conflict",
        410 => "gone",
        411 => "length required",
        412 => "precondition failed",
        413 => "content too large",
        414 => "uri too long",
        415 => "unsupported media type",
        416 => "range not satisfiable",
        417 => "expectation failed",
        421 => "misdirected request",
        422 => "unprocessable content",
        423 => "locked",
        424 => "failed dependency",
        425 => "too early",
        426 => "upgrade required",
        428 => "precondition required",
        429 => "too many requests",
        431 => "request header fields too large",
        451 => "unavailable for legal reasons",
        500 => "internal server error",
        501 => "not implemented",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        507 => "insufficient storage",
        508 => "loop detected",
        511 => "network authentication required",
        other => return names::words(&format!("status {other}")),
    };
    names::words(text)
}

/// The headers that come back, and how to get at them:
///
/// ```text
/// Headers of the response, for [`Meta::header_as`](crate::Meta::header_as):
///
/// - `X-Rate-Limit`: `i64`
/// ```
pub(super) fn header_docs(
    context: &Context<'_>,
    types: &Types,
    operation: &model::Operation,
) -> Doc {
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    let successes = operation.responses.iter();
    for response in successes.filter(|response| response.status.is_success()) {
        for header in &response.headers {
            let ty = match types.rust_type(context, header.schema) {
                RustType::Bool => "bool",
                RustType::I64 => "i64",
                RustType::U64 => "u64",
                RustType::F64 => "f64",
                RustType::Timestamp if is_rfc_3339(context, header.schema) => "Timestamp",
                RustType::Date => "Date",
                _ => "String",
            };
            let mut line = format!("- {}: `{ty}`", code(&header.name));
            if let Some(said) = Doc::of(&header.docs).lines().first() {
                line.push_str(&format!(", {said}"));
            }
            lines
                .entry(header.name.to_ascii_lowercase())
                .or_insert(line);
        }
    }
    let mut docs = Doc::none();
    if lines.is_empty() {
        return docs;
    }
    docs.push("Headers of the response, for [`Meta::header_as`](crate::Meta::header_as):");
    docs.push("");
    lines.into_values().for_each(|line| docs.push(line));
    docs
}

fn is_rfc_3339(context: &Context<'_>, schema: SchemaId) -> bool {
    matches!(
        context.schema(schema).shape,
        Shape::String(model::StringFormat::DateTime)
    )
}
