//! Request bodies to arguments: typed where a shape is known, and a method for each further media type.

use super::super::context::Context;
use super::super::docs::{Doc, code};
use super::super::rust_type::RustType;
use super::super::schema::Types;
use super::{
    Argument, ArgumentType, CALL_METHODS, Encoding, Operation, Part, RequestShape, Setter, Wire,
    argument_type, collides,
};
use crate::model;
use crate::names::{self, Case, RustIdent};

/// A method that sends the body in another media type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The method: `create_form`.
    pub method: RustIdent,
    /// The static that holds what is fixed about it, if that differs.
    pub constant: Option<RustIdent>,
    /// Documentation of the method.
    pub docs: Doc,
    /// What the method takes, in this order.
    pub arguments: Vec<Argument>,
    /// Where the arguments go that are not in the path.
    pub steps: Vec<Setter>,
    /// The member around the request's value.
    pub request_member: Option<String>,
    /// How members of a form are sent.
    pub parts: Vec<Part>,
}

/// What the body is called: its envelope, else its type, else `body`.
pub(super) fn body_text(context: &Context<'_>, types: &Types, request: &RequestShape) -> String {
    if matches!(request.encoding, Encoding::Raw(_) | Encoding::Text(_)) {
        return "body".to_owned();
    }
    if let Some(member) = &request.member {
        return match &request.inner {
            Some(inner) => format!("{member}_{inner}"),
            None => member.clone(),
        };
    }
    match types.rust_type(context, request.schema) {
        RustType::Named(name)
            if !name.plain().ends_with("Request") && !name.plain().ends_with("Body") =>
        {
            let mut words = names::words(name.plain());
            if words.len() > 1 && words.last().is_some_and(|word| word == "input") {
                words.pop();
            }
            words.join("_")
        }
        _ => "body".to_owned(),
    }
}

/// Plans the body in all its media types. The name is that of the argument of the first.
pub(super) fn plan_requests(
    context: &Context<'_>,
    types: &Types,
    operation: &model::Operation,
    (request, name): (&RequestShape, Option<RustIdent>),
    others: &[RequestShape],
    plan: &mut Operation,
) {
    let (arguments, steps) = (plan.arguments.clone(), plan.steps.clone());
    let docs = operation.request_body.as_ref();
    let docs = docs.map(|body| Doc::of(&body.docs)).unwrap_or_default();
    plan.request_member.clone_from(&request.member);
    plan.request_inner.clone_from(&request.inner);
    plan.request_fixed.clone_from(&request.fixed);
    plan.parts.clone_from(&request.parts);
    // Where a body is usual, leaving it out is said at the call; elsewhere, giving it.
    let usual = !matches!(
        plan.verb.as_str(),
        "GET" | "HEAD" | "DELETE" | "OPTIONS" | "TRACE"
    );
    let positional = request.required || usual;
    if let Some(name) = name
        && let Some(setter) = body_setter(context, types, request, name, docs.clone())
    {
        match positional {
            true => give(setter, &mut plan.arguments, &mut plan.steps),
            false => plan.setters.push(setter),
        }
    }
    for other in others {
        let same = plan.request_member == other.member
            && plan.parts == other.parts
            && plan.request_inner == other.inner
            && plan.request_fixed.is_none();
        let given: Vec<String> = arguments
            .iter()
            .map(|argument| argument.name.plain().to_owned())
            .collect();
        let mut text = body_text(context, types, other);
        if collides(&text, &given) {
            text = "body".to_owned();
        }
        if collides(&text, &given) {
            text = "request_body".to_owned();
        }
        if !positional {
            text = format!("{text}_{}", other.word);
        }
        let name = names::ident(&names::words(&text), Case::Snake);
        let Some(setter) = body_setter(context, types, other, name, docs.clone()) else {
            continue;
        };
        if !positional {
            let free = plan
                .setters
                .iter()
                .all(|known| known.method != setter.method);
            if same && free {
                plan.setters.push(setter);
            }
            continue;
        }
        let media = media_type(&other.encoding);
        let words = |of: &RustIdent, case| {
            let words = names::words(of.plain()).into_iter();
            let words: Vec<String> = words.chain(names::words(&other.word)).collect();
            names::ident(&words, case)
        };
        let mut variant = Variant {
            method: words(&plan.method, Case::Snake),
            constant: (!same).then(|| words(&plan.constant, Case::Shouty)),
            docs: Doc::line(format!(
                "As [`{0}`](Self::{0}), with a body of {1}.",
                plan.method.plain(),
                code(media)
            )),
            arguments: arguments.clone(),
            steps: steps.clone(),
            request_member: other.member.clone(),
            parts: other.parts.clone(),
        };
        give(setter, &mut variant.arguments, &mut variant.steps);
        plan.variants.push(variant);
    }
}

/// Makes the body an argument.
fn give(setter: Setter, arguments: &mut Vec<Argument>, steps: &mut Vec<Setter>) {
    arguments.push(Argument {
        name: setter.name.clone(),
        ty: setter.ty.clone(),
    });
    steps.push(setter);
}

fn media_type(encoding: &Encoding) -> &str {
    match encoding {
        Encoding::Json(media)
        | Encoding::Text(media)
        | Encoding::Raw(media)
        | Encoding::Multipart(media) => media,
        Encoding::Form => "application/x-www-form-urlencoded",
        Encoding::Fixed => "application/json",
    }
}

/// The body as an argument or setter; nothing if every call sends the same.
fn body_setter(
    context: &Context<'_>,
    types: &Types,
    request: &RequestShape,
    name: RustIdent,
    docs: Doc,
) -> Option<Setter> {
    let typed = || argument_type(types.rust_type(context, request.schema), false);
    let (ty, wire) = match &request.encoding {
        Encoding::Raw(media) => (ArgumentType::Body, Wire::Raw(media.clone())),
        Encoding::Text(media) => (ArgumentType::Text, Wire::Text(media.clone())),
        Encoding::Form => (typed(), Wire::Form),
        Encoding::Multipart(media) => (typed(), Wire::Multipart(media.clone())),
        Encoding::Json(media) => {
            let media = (media != "application/json").then(|| media.clone());
            (typed(), Wire::Json(media))
        }
        Encoding::Fixed => return None,
    };
    // No body is a body of bytes too.
    let ty = match (request.required, ty) {
        (false, ty) if ty != ArgumentType::Body => ArgumentType::Optional(Box::new(ty)),
        (_, ty) => ty,
    };
    let docs = docs.or(|| Doc::line("Sets the body."));
    let method = if CALL_METHODS.contains(&name.plain()) {
        name.marked()
    } else {
        name.clone()
    };
    Some(Setter {
        method,
        docs,
        name,
        ty,
        wire,
        deprecated: false,
    })
}
