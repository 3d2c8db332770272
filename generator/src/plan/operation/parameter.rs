//! Parameters to arguments and setters: what is sent, under which name, and how its value is spelled.

use super::super::context::Context;
use super::super::docs::{Doc, code, demands};
use super::super::rust_type::RustType;
use super::super::schema::{Types, clip};
use super::body::is_json;
use super::{ArgumentType, CALL_METHODS, Setter, Wire};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{self, Location, Parameter, SchemaId, Shape, Style};
use crate::names::{self, RustIdent};
use std::collections::{BTreeMap, BTreeSet};

/// How the value of a parameter is spelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spelling {
    /// How several values are written. In a path or header, `Comma` is what a value has unless its members are written
    /// with their names, which is `Repeat`.
    pub style: Style,
    /// Whether reserved characters are sent as they are.
    pub reserved: bool,
    /// Whether the value is written as JSON.
    pub json: bool,
}

/// Headers that HTTP or the runtime decides: as parameters they are ignored (OpenAPI 3.1 §4.8.12.2.1).
const OWN_HEADERS: &[&str] = &[
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
];

/// Whether a parameter is a header that no parameter can set.
fn is_own_header(parameter: &Parameter) -> bool {
    let lower = parameter.name.to_ascii_lowercase();
    parameter.location == Location::Header && OWN_HEADERS.contains(&lower.as_str())
}

/// Says once for each such header that it is no parameter.
pub(in crate::plan) fn note_own_headers(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut found: BTreeMap<String, Vec<&Parameter>> = BTreeMap::new();
    let operations = context.operations.iter();
    for parameter in operations.flat_map(|operation| &operation.parameters) {
        if is_own_header(parameter) {
            let lower = parameter.name.to_ascii_lowercase();
            found.entry(lower).or_default().push(parameter);
        }
    }
    for (name, parameters) in found {
        let first = parameters.iter().filter_map(|known| known.origins.first());
        let help = match name.as_str() {
            "authorization" => {
                "give the client a credential: `Client::builder().auth(Auth::bearer(token))`"
            }
            "accept" => "every call accepts the media types of its responses",
            "content-type" => "every call sends the media type of its body",
            _ => "the HTTP client sets it",
        };
        let message = format!("the header `{name}` is described as a parameter and is none");
        diagnostics.push(
            Diagnostic::new(Code::PLAN_IGNORED_HEADER, message)
                .at(first.min())
                .note(format!("so described in {} places", parameters.len()))
                .help(help),
        );
    }
}

/// The parameters outside the path that can be sent.
pub(super) fn sendable<'a>(
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
        match parameter.location {
            Location::Path => continue,
            Location::Header if is_own_header(parameter) => continue,
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
pub(super) fn parameter_text(parameter: &Parameter) -> String {
    let nearest = parameter.names.iter().min();
    let text = nearest
        .map(|hint| hint.text.as_str())
        .filter(|text| !names::words(text).is_empty());
    text.unwrap_or(&parameter.name).to_owned()
}

pub(super) fn collides(text: &str, texts: &[String]) -> bool {
    texts
        .iter()
        .any(|other| names::words(other) == names::words(text))
}

/// Parameters of one name in different places are told apart by the place.
pub(super) fn tell_locations(texts: &mut [String], holes: usize, parameters: &[&Parameter]) {
    let place = |at: usize| match at.checked_sub(holes).and_then(|at| parameters.get(at)) {
        None => " path",
        Some(parameter) => match parameter.location {
            Location::Header => " header",
            Location::Cookie => " cookie",
            Location::Query | Location::Path => " query",
        },
    };
    let words = |text: &str| names::wire_words(text, names::Marks::Spell);
    let mut places: BTreeMap<Vec<String>, BTreeSet<&str>> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        places.entry(words(text)).or_default().insert(place(at));
    }
    for (at, text) in texts.iter_mut().enumerate().skip(holes) {
        // Names in one place are told apart by their spelling.
        if places
            .get(&words(text))
            .is_some_and(|places| places.len() > 1)
        {
            text.push_str(place(at));
        }
    }
}

/// How a value of this type is given. In a path, query or header, what is not known to be anything else is text.
pub(super) fn argument_type(ty: RustType, text: bool) -> ArgumentType {
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

/// How a path parameter is given and spelled.
pub(super) fn plan_hole(
    context: &Context<'_>,
    types: &Types,
    parameter: Option<&Parameter>,
) -> (ArgumentType, Spelling) {
    let plain = Spelling {
        style: Style::Comma,
        ..Spelling::default()
    };
    parameter.map_or((ArgumentType::Text, plain), |parameter| {
        let spelling = spelling(context, parameter);
        let ty = types.rust_type(context, parameter.schema);
        (argument_type(ty, !spelling.json), spelling)
    })
}

pub(super) fn plan_parameter(
    context: &Context<'_>,
    types: &Types,
    parameter: &Parameter,
    name: RustIdent,
) -> Setter {
    let spelling = spelling(context, parameter);
    let ty = match spelling.style {
        Style::Flag => RustType::Bool,
        _ => types.rust_type(context, parameter.schema),
    };
    let wire = parameter.name.clone();
    let wire = match parameter.location {
        Location::Query | Location::Path => Wire::Query(wire, spelling),
        Location::Header => Wire::Header(wire, spelling),
        Location::Cookie => Wire::Cookie(wire, spelling),
    };
    let method = if CALL_METHODS.contains(&name.plain()) {
        name.marked()
    } else {
        name.clone()
    };
    let schema = context.schema(parameter.schema);
    let docs = Doc::of(&parameter.docs).or(|| Doc::of(&schema.docs));
    let docs = docs.or(|| Doc::line(format!("Sets {}.", code(&parameter.name))));
    let docs = docs.and_maybe(demands(schema));
    Setter {
        name,
        method,
        ty: argument_type(ty, !spelling.json),
        wire,
        deprecated: parameter.deprecated,
        docs,
    }
}

/// How a parameter is spelled. A style that makes no difference for its values is the plain one of its place.
fn spelling(context: &Context<'_>, parameter: &Parameter) -> Spelling {
    let json = parameter.media_type.as_deref().is_some_and(is_json);
    let (list, object) = match json {
        true => (false, false),
        false => parts(context, parameter.schema),
    };
    let style = match (parameter.location, parameter.style) {
        (Location::Query, Style::Flag) if !json => Style::Flag,
        (Location::Query, style @ (Style::Comma | Style::Space | Style::Pipe | Style::Deep))
            if list || object =>
        {
            style
        }
        (Location::Query, _) => Style::Repeat,
        (Location::Path, style @ (Style::Label { .. } | Style::Matrix { .. })) => style,
        (Location::Path | Location::Header, Style::Repeat) if object => Style::Repeat,
        (Location::Cookie, style @ Style::Cookie { .. }) => style,
        (Location::Cookie, Style::Repeat) if list || object => Style::Repeat,
        _ => Style::Comma,
    };
    let encoded = matches!(parameter.location, Location::Path | Location::Query);
    Spelling {
        style,
        reserved: parameter.allow_reserved && encoded && style != Style::Deep,
        json,
    }
}

/// Whether values of a schema may be lists, and whether they may be objects.
fn parts(context: &Context<'_>, id: SchemaId) -> (bool, bool) {
    let (mut list, mut object) = (false, false);
    let mut open = vec![id];
    let mut seen = Vec::new();
    while let Some(id) = open.pop() {
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        match &context.schema(id).shape {
            Shape::Array(_) | Shape::Tuple(_) => list = true,
            Shape::Object(_) | Shape::Map(_) => object = true,
            Shape::Union(union) => open.extend(union.variants.iter().map(|one| one.schema)),
            _ => {}
        }
    }
    (list, object)
}
