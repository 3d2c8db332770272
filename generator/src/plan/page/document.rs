//! An operation to the documentation of its method: what it does, what it takes, what comes back, how it looks.

use super::super::docs::{Doc, code, demands, one_line};
use super::super::operation::{Operation, Setter, Wire};
use super::super::rust_type::RustType;
use super::super::server::server_of;
use super::curl::scalar;
use super::json::pretty;
use super::{Page, Sources};
use crate::infer::{is_secret_name, materialize};
use crate::model::{self, Literal, Location, Parameter, Response, Status};
use crate::names;
use std::collections::{BTreeMap, BTreeSet};

/// How many lines of a sample are shown.
const MOST_LINES: usize = 60;

/// How long an example of a parameter may be to be shown, in characters.
const LONGEST_EXAMPLE: usize = 60;

/// The documentation of a method.
pub(super) fn plan_document(sources: &Sources<'_>, page: &Page<'_>, plan: &Operation) -> Doc {
    let operation = page.named.operation;
    let mut docs = Doc::of(&operation.docs).or(|| title(page));
    docs = docs.and(code(&operation.key.to_string()));
    if let Some(other) = server_of(&sources.client.others, operation) {
        docs = docs.and(format!("Served at {}.", code(&other.server.url)));
    }
    let scopes: BTreeSet<&str> = operation
        .security
        .iter()
        .flat_map(|requirement| &requirement.scopes)
        .map(|(_, scope)| scope.as_str())
        .collect();
    if !scopes.is_empty() {
        let scopes: Vec<String> = scopes.into_iter().map(code).collect();
        docs = docs.and(format!("Scopes: {}.", scopes.join(", ")));
    }
    section(&mut docs, "Parameters", parameters(sources, page, plan));
    docs.paragraph(plan.repeat.docs(operation));
    let (responses, errors): (Vec<_>, Vec<_>) = operation
        .responses
        .iter()
        .partition(|response| is_answer(operation, response));
    section(
        &mut docs,
        "Responses",
        lines_of(sources, page, plan, &responses),
    );
    if plan.stream.is_some() {
        docs = docs.and("[`stream`](crate::StreamCall::stream) gives the items while they come.");
    }
    if plan.paging.is_some() {
        let pages = "[`items`](crate::PagedCall::items) gives the items of all pages, [`pages`](crate::PagedCall::pages) the pages.";
        docs = docs.and(pages);
    }
    docs.paragraph(plan.docs.clone());
    let mut errors = lines_of(sources, page, plan, &errors);
    if errors.iter().any(|line| line.contains("](crate::types::")) {
        let how = "What was answered is read by [`Error::body_as`](crate::Error::body_as).";
        errors.extend([String::new(), how.to_owned()]);
    }
    section(&mut docs, "Errors", errors);
    let pages = sources.context.config.pages;
    if pages.curl {
        docs = docs.and("# Command line");
        docs.block("text", &page.curl);
    }
    if pages.samples {
        // A command line shows the body already, unless that is too long for it.
        let request = page.request.as_ref();
        sample(
            &mut docs,
            "Sample request",
            request.filter(|body| !pages.curl || is_long(body)),
        );
        sample(&mut docs, "Sample response", page.response.as_ref());
    }
    docs
}

/// What an operation is called, where nobody describes it. An identifier is no sentence: its words are.
fn title(page: &Page<'_>) -> Doc {
    let nearest = page.named.operation.names.iter().min();
    let text = nearest.map(|hint| one_line(&hint.text)).unwrap_or_default();
    if text.contains(' ') {
        return Doc::line(text);
    }
    let mut words = names::words(&text);
    if words.is_empty() {
        words.clone_from(&page.named.words);
    }
    let mut sentence = words.join(" ");
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Doc::line(sentence)
}

fn section(docs: &mut Doc, heading: &str, lines: Vec<String>) {
    let mut lines = lines.into_iter();
    let Some(first) = lines.next() else { return };
    docs.paragraph(Doc::line(format!("# {heading}")));
    docs.paragraph(Doc::line(first));
    lines.for_each(|line| docs.push(line));
}

/// A line for each parameter: those that every call has by their arguments, the others by their setters.
fn parameters(sources: &Sources<'_>, page: &Page<'_>, plan: &Operation) -> Vec<String> {
    let operation = page.named.operation;
    let mut lines = Vec::new();
    let mut told = BTreeSet::new();
    // Of two of one name the first counts.
    let by_place: BTreeMap<(Location, &str), &Parameter> = operation
        .parameters
        .iter()
        .rev()
        .map(|known| ((known.location, known.name.as_str()), known))
        .collect();
    for (hole, given) in operation.key.path.parameters().zip(&plan.path_arguments) {
        if !told.insert(hole) {
            continue;
        }
        let known = by_place.get(&(Location::Path, hole)).copied();
        lines.push(line(sources, &format!("`{}`", given.name.plain()), known));
    }
    let find = |setter: &Setter| {
        let (wire, location) = match &setter.wire {
            Wire::Query(wire, _) => (wire, Location::Query),
            Wire::Header(wire, _) => (wire, Location::Header),
            Wire::Cookie(wire, _) => (wire, Location::Cookie),
            _ => return None,
        };
        by_place.get(&(location, wire.as_str())).copied()
    };
    for step in &plan.steps {
        if let Some(known) = find(step) {
            lines.push(line(
                sources,
                &format!("`{}`", step.name.plain()),
                Some(known),
            ));
        }
    }
    for setter in &plan.setters {
        if let Some(known) = find(setter) {
            let method = setter.method.plain();
            let label = format!("[`{method}`]({}::{method}), optional", plan.call.plain());
            lines.push(line(sources, &label, Some(known)));
        }
    }
    lines
}

/// ``- `user_id`: Number of the user. For example `1`.``
fn line(sources: &Sources<'_>, label: &str, parameter: Option<&Parameter>) -> String {
    let mut text = format!("- {label}");
    let Some(parameter) = parameter else {
        return text;
    };
    let schema = sources.context.schema(parameter.schema);
    let docs = Doc::of(&parameter.docs).or(|| Doc::of(&schema.docs));
    let said = docs
        .lines()
        .iter()
        .take_while(|line| !line.is_empty() && !line.starts_with("```"));
    let said: Vec<&str> = said.map(|line| line.trim()).collect();
    // A list or a heading would not end with its line.
    let mut said = match said.first() {
        Some(first) if first.starts_with(['-', '#', '|', '*', '+']) => String::new(),
        _ => said.join(" "),
    };
    if !said.is_empty() {
        text.push_str(": ");
        text.push_str(&said);
    }
    // What the setter says needs no second place.
    let demands = demands(schema).filter(|_| !label.ends_with("optional"));
    if let Some(demands) = demands {
        let mark = match said.chars().last() {
            None => ":",
            Some('.' | '!' | '?') => "",
            Some(_) => ".",
        };
        text.push_str(&format!("{mark} {demands}"));
        said = demands;
    }
    let example = parameter
        .example
        .as_ref()
        .filter(|_| !is_secret_name(&parameter.name));
    let example = example
        .and_then(|example| materialize(&sources.context.model.schemas, parameter.schema, example));
    if let Some(example) = example.map(|example| scalar(&example)) {
        let short = (1..=LONGEST_EXAMPLE).contains(&example.chars().count());
        if short && example != "string" {
            let mark = if said.ends_with(['.', '!', '?']) || said.is_empty() {
                ""
            } else {
                "."
            };
            let begin = if said.is_empty() {
                ": for example"
            } else {
                " For example"
            };
            text.push_str(&format!("{mark}{begin} {}.", code(&example)));
        }
    }
    text
}

/// Whether a response is no error: a success, or one that says where to go on.
fn is_answer(operation: &model::Operation, response: &Response) -> bool {
    matches!(
        response.status,
        Status::Code(100..=399) | Status::Range(1..=3)
    ) || super::is_answer(operation, response)
}

/// ``- `201`: The user is new. [`User`](crate::types::User)``
fn lines_of(
    sources: &Sources<'_>,
    page: &Page<'_>,
    plan: &Operation,
    responses: &[&Response],
) -> Vec<String> {
    let mut lines = Vec::new();
    for response in responses {
        let status = match response.status {
            Status::Default => "any other status".to_owned(),
            status => format!("`{status}`"),
        };
        let docs = Doc::of(&response.docs);
        let mut said = docs.lines().first().cloned().unwrap_or_default();
        if said.starts_with(['-', '#', '|', '*', '+']) || said.starts_with("```") {
            said.clear();
        }
        let ty = super::response_type(sources, page, response)
            .map(|(ty, _)| ty)
            .filter(|ty| !matches!(ty.innermost(), RustType::Json | RustType::Unit))
            .or_else(|| response.status.is_success().then(|| plan.output.clone()));
        let ty = ty.map(|ty| type_text(&ty)).unwrap_or_default();
        let text = match (said.trim_end_matches('.'), ty.as_str()) {
            ("", "") => String::new(),
            ("", ty) => format!(": {ty}"),
            (said, "") => format!(": {said}"),
            (said, ty) => format!(": {said}; {ty}"),
        };
        lines.push(format!("- {status}{text}"));
    }
    lines
}

/// A type in a sentence, with a link if it is one of the crate.
fn type_text(ty: &RustType) -> String {
    match ty {
        RustType::Unit => "no body".to_owned(),
        RustType::Bytes => "bytes".to_owned(),
        RustType::Json => "any JSON".to_owned(),
        RustType::Named(name) => format!("[`types::{0}`](crate::types::{0})", name.plain()),
        RustType::Local(name) => format!("[`{0}`]", name.plain()),
        RustType::Upload => "a file".to_owned(),
        RustType::Vec(inner) => format!("a list of {}", type_text(inner)),
        RustType::Map(inner) => format!("a map of {}", type_text(inner)),
        RustType::Tuple(elements) => {
            let elements: Vec<String> = elements.iter().map(type_text).collect();
            format!("a list of exactly {}", elements.join(", "))
        }
        RustType::Boxed(inner) | RustType::Deep(inner) => type_text(inner),
        RustType::Option(inner) | RustType::Field(inner) => {
            format!("{} or nothing", type_text(inner))
        }
        RustType::Bool => "`bool`".to_owned(),
        RustType::I64 => "`i64`".to_owned(),
        RustType::U64 => "`u64`".to_owned(),
        RustType::F64 => "`f64`".to_owned(),
        RustType::String => "text".to_owned(),
        RustType::Timestamp => "a time".to_owned(),
        RustType::Date => "a date".to_owned(),
        RustType::Decimal => "a decimal number".to_owned(),
    }
}

fn is_long(body: &Literal) -> bool {
    scalar_or_json(body).lines().count() > super::curl::MOST_LINES
}

fn scalar_or_json(body: &Literal) -> String {
    match body {
        Literal::String(text) => text.clone(),
        body => pretty(body),
    }
}

fn sample(docs: &mut Doc, heading: &str, body: Option<&Literal>) {
    let Some(body) = body else { return };
    let language = if matches!(body, Literal::String(_)) {
        "text"
    } else {
        "json"
    };
    let text = scalar_or_json(body);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return;
    }
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES - 1);
        lines.push("…".to_owned());
    }
    docs.paragraph(Doc::line(format!("# {heading}")));
    docs.block(language, &lines);
}
