//! Two descriptions of one operation to one.

use super::object::{is_undocumented, undocumented};
use super::schema::Joiner;
use super::{Standing, join_docs, join_names};
use crate::model::schema::Authority;
use crate::model::{
    Location, MediaType, NameHint, Operation, OperationKey, Parameter, RequestBody, Response,
    ResponseHeader, SchemaId, Shape, Status, Style,
};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Text that two operations share exactly if they are one.
pub(super) fn identity(key: &OperationKey) -> String {
    let erased = key.erased();
    match erased.strip_suffix(".json") {
        Some(without) if !without.ends_with('/') => without.to_owned(),
        _ => erased,
    }
}

/// Words that lead from what names share to what tells them apart, so that no name ends in them.
const LINKS: &[&str] = &[
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to",
    "using", "via", "with", "without", "-", "–", ":", "&",
];

/// The names of samples of one operation: what they have in common. Samples with names of their own say what each of
/// them shows (`Pay by card`), not what the operation is called.
pub(super) fn group_names(group: &[Operation]) -> Vec<NameHint> {
    let mut names: Vec<NameHint> = Vec::new();
    for operation in group {
        join_names(&mut names, operation.names.clone());
    }
    if group.len() < 2 {
        return names;
    }
    names.sort();
    let said: BTreeSet<Vec<&str>> = names
        .iter()
        .filter(|hint| hint.distance == 0)
        .map(|hint| hint.text.split_whitespace().collect())
        .collect();
    if said.len() < 2 {
        return names;
    }
    let mut common = said.first().cloned().unwrap_or_default();
    for words in &said {
        let shared = common
            .iter()
            .zip(words)
            .take_while(|(a, b)| a.eq_ignore_ascii_case(b))
            .count();
        common.truncate(shared);
    }
    // What is shared may break off before what differs: `Pay by` of `Pay by card` and `Pay by bank`.
    while common
        .last()
        .is_some_and(|word| LINKS.contains(&word.to_ascii_lowercase().as_str()))
    {
        common.pop();
    }
    // One word (`Get`) is no name.
    if common.len() < 2 {
        return Vec::new();
    }
    vec![NameHint::new(common.join(" "), 0)]
}

/// Joins two descriptions of one operation.
pub(super) fn join(
    mut left: Operation,
    mut right: Operation,
    standing: Standing,
    joiner: &mut Joiner<'_>,
) -> Operation {
    rename_path_parameters(&left, &mut right);
    let key = left.key.to_string();
    join_names(&mut left.names, right.names);
    if left.tags.is_empty() {
        left.tags = right.tags;
    }
    join_docs(&mut left.docs, right.docs, standing);
    for mut parameter in right.parameters {
        let same = |known: &&mut Parameter| {
            known.location == parameter.location
                && match parameter.location {
                    Location::Header => known.name.eq_ignore_ascii_case(&parameter.name),
                    _ => known.name == parameter.name,
                }
        };
        match left.parameters.iter_mut().find(same) {
            Some(known) => join_parameter(known, parameter, &key, standing, joiner),
            None => {
                let seen = joiner.get(parameter.schema).authority == Authority::Sampled;
                if standing == Standing::Above && seen && parameter.docs.is_empty() {
                    parameter.docs = undocumented();
                }
                left.parameters.push(parameter);
            }
        }
    }
    left.request_body = match (left.request_body.take(), right.request_body) {
        (Some(left), Some(right)) => {
            let at = format!("{key} request");
            Some(join_bodies(left, right, &at, standing, joiner))
        }
        (Some(mut body), None) | (None, Some(mut body)) => {
            // A sample without a body shows that there need not be one; a source that does not speak of it, nothing.
            body.required &= standing != Standing::Equal;
            Some(body)
        }
        (None, None) => None,
    };
    for response in right.responses {
        match described_by(&left.responses, response.status, standing)
            .and_then(|at| left.responses.get_mut(at))
        {
            Some(known) => join_response(known, response, &key, standing, joiner),
            None => left.responses.push(response),
        }
    }
    // Where samples and pages are joined, no order means anything; that of a description does.
    let mut further = right.security;
    further.retain(|requirement| !left.security.contains(requirement));
    if !further.is_empty() {
        left.security.append(&mut further);
        if standing == Standing::Equal {
            left.security.sort();
        }
    }
    for server in right.servers {
        super::join_server(&mut left.servers, server);
    }
    left.redirects.limit = match (left.redirects.limit, right.redirects.limit) {
        // Of two samples the one that is followed less far is on the safe side.
        (Some(left), Some(right)) => Some(left.min(right)),
        (left, right) => left.or(right),
    };
    left.redirects.any_method |= right.redirects.any_method;
    left.paged.extend(right.paged);
    left.deprecated |= right.deprecated;
    left.origins.join(&right.origins);
    left
}

/// The response that a sample with this status is one of: the one with the status itself, or the one that a description
/// has for all statuses of its class, or for all errors.
fn described_by(responses: &[Response], status: Status, standing: Standing) -> Option<usize> {
    let position = |wanted: Status| responses.iter().position(|r| r.status == wanted);
    let exact = position(status);
    let (Standing::Above, Status::Code(code), None) = (standing, status, exact) else {
        return exact;
    };
    let class = u8::try_from(code / 100).ok()?;
    let success = |status: Status| matches!(status, Status::Code(200..300) | Status::Range(2));
    position(Status::Range(class)).or_else(|| {
        let others = code >= 400 || !responses.iter().any(|r| success(r.status));
        position(Status::Default).filter(|_| others)
    })
}

/// Gives the parameters of the right path the names that they have in the left one; their own become proposals.
fn rename_path_parameters(left: &Operation, right: &mut Operation) {
    let names: BTreeMap<String, String> = right
        .key
        .path
        .parameters()
        .map(str::to_owned)
        .zip(left.key.path.parameters().map(str::to_owned))
        .filter(|(right, left)| right != left)
        .collect();
    for parameter in &mut right.parameters {
        if parameter.location == Location::Path
            && let Some(name) = names.get(&parameter.name)
        {
            let own = std::mem::replace(&mut parameter.name, name.clone());
            let further = std::mem::replace(&mut parameter.names, vec![NameHint::new(own, 1)]);
            join_names(&mut parameter.names, further);
            parameter.names.retain(|hint| hint.text != parameter.name);
        }
    }
}

fn join_parameter(
    left: &mut Parameter,
    right: Parameter,
    key: &str,
    standing: Standing,
    joiner: &mut Joiner<'_>,
) {
    let at = format!("{key} {}.{}", location(left.location), left.name);
    let [ours, theirs] = [left.schema, right.schema].map(|id| joiner.get(id).authority);
    left.required = match ours.cmp(&theirs) {
        Ordering::Greater => left.required,
        Ordering::Less => right.required,
        // Samples leave out what they can; where people state different things, it need not be there.
        Ordering::Equal if ours == Authority::Sampled => left.required || right.required,
        Ordering::Equal => left.required && right.required,
    } || left.location == Location::Path;
    let list = |shape: &Shape| match shape {
        Shape::Array(item) => Some(*item),
        _ => None,
    };
    let left_item = list(&joiner.get(left.schema).shape);
    let right_item = list(&joiner.get(right.schema).shape);
    match (left_item, right_item) {
        // One sample of a list may show a single element.
        (Some(item), None) if right.style != Style::Flag => {
            let at = format!("{at}[]");
            joiner.unify_text(item, right.schema, &at, standing);
        }
        // What is stated to be no list stays what it is.
        (None, Some(item)) if left.style != Style::Flag && ours > theirs => {
            joiner.unify_text(left.schema, item, &at, standing);
        }
        (None, Some(item)) if left.style != Style::Flag => {
            let scalar: SchemaId = std::mem::replace(&mut left.schema, right.schema);
            left.style = right.style;
            let at = format!("{at}[]");
            joiner.unify_text(item, scalar, &at, standing);
        }
        _ => match (left.style, right.style) {
            (Style::Flag, style) if style != Style::Flag => {
                left.style = style;
                left.schema = right.schema;
            }
            (style, Style::Flag) if style != Style::Flag => {}
            _ => joiner.unify_text(left.schema, right.schema, &at, standing),
        },
    }
    join_names(&mut left.names, right.names);
    left.names.retain(|hint| hint.text != left.name);
    left.example = match (left.example.take(), right.example, standing) {
        (Some(left), Some(right), Standing::Equal) => Some(left.min(right)),
        (left, right, _) => left.or(right),
    };
    match (is_undocumented(&left.docs), is_undocumented(&right.docs)) {
        (true, false) => left.docs = right.docs,
        (false, true) => {}
        _ => join_docs(&mut left.docs, right.docs, standing),
    }
    left.deprecated |= right.deprecated;
    left.origins.join(&right.origins);
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

fn join_bodies(
    mut left: RequestBody,
    right: RequestBody,
    at: &str,
    standing: Standing,
    joiner: &mut Joiner<'_>,
) -> RequestBody {
    if standing != Standing::Above {
        left.required &= right.required;
    }
    join_content(&mut left.content, right.content, at, standing, joiner);
    join_docs(&mut left.docs, right.docs, standing);
    left.origins.join(&right.origins);
    left
}

/// The media type that a sample of a body is one of: the one of the same name, or the only one that a description has
/// for such bodies.
fn same_media(content: &[MediaType], name: &str, standing: Standing) -> Option<usize> {
    let exact = content.iter().position(|known| known.name == name);
    if exact.is_some() || standing != Standing::Above {
        return exact;
    }
    let json = |name: &str| name == "application/json" || name.ends_with("+json");
    let kind = name.split_once('/').map_or(name, |(kind, _)| kind);
    let covers = |known: &str| {
        known == "*/*" || known.strip_suffix("/*") == Some(kind) || (json(known) && json(name))
    };
    let mut fitting = content
        .iter()
        .enumerate()
        .filter(|(_, known)| covers(&known.name));
    match (fitting.next(), fitting.next()) {
        (Some((at, _)), None) => Some(at),
        _ => None,
    }
}

fn join_content(
    left: &mut Vec<MediaType>,
    right: Vec<MediaType>,
    at: &str,
    standing: Standing,
    joiner: &mut Joiner<'_>,
) {
    for media in right {
        let same = same_media(left, &media.name, standing);
        let Some(known) = same.and_then(|at| left.get_mut(at)) else {
            left.push(media);
            continue;
        };
        joiner.unify(known.schema, media.schema, at, standing);
        // What differs between samples is not fixed; it stays a property.
        known.fixed.retain(|member| media.fixed.contains(member));
        for part in media.encodings {
            if known
                .encodings
                .iter()
                .all(|own| own.property != part.property)
            {
                known.encodings.push(part);
            }
        }
        match (known.item, media.item) {
            (Some(left), Some(right)) => joiner.unify(left, right, &format!("{at}[]"), standing),
            (left, right) => known.item = left.or(right),
        }
        for example in media.examples {
            let same = known.examples.iter().any(|e| e.body == example.body);
            if !same {
                known.examples.push(example);
            }
        }
    }
}

fn join_response(
    left: &mut Response,
    right: Response,
    key: &str,
    standing: Standing,
    joiner: &mut Joiner<'_>,
) {
    let at = match left.status {
        Status::Code(code) => format!("{key} response.{code}"),
        Status::Range(class) => format!("{key} response.{class}XX"),
        Status::Default => format!("{key} response.default"),
    };
    join_docs(&mut left.docs, right.docs, standing);
    for header in right.headers {
        let same = |known: &&mut ResponseHeader| known.name.eq_ignore_ascii_case(&header.name);
        match left.headers.iter_mut().find(same) {
            Some(known) => {
                let at = format!("{at} header.{}", known.name);
                joiner.unify_text(known.schema, header.schema, &at, standing);
                join_docs(&mut known.docs, header.docs, standing);
            }
            None => left.headers.push(header),
        }
    }
    join_content(&mut left.content, right.content, &at, standing, joiner);
    left.origins.join(&right.origins);
}
