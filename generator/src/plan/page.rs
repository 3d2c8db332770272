//! Operations to what stands beside the code: their documentation, programs that call them, samples that are tested.

mod curl;
mod document;
mod fits;
mod json;
mod program;
mod sample;
mod settings;
mod sketch;

use super::client::Client;
use super::context::Context;
use super::manifest::Manifest;
use super::module::Group;
use super::operation::{BodyShape, CaseShape, Encoding, Named, Operation, ResponseShape, is_json};
use super::rust_type::{Imports, RustType};
use super::schema::Types;
use crate::diagnostic::Diagnostics;
use crate::infer::materialize;
use crate::model::{self, Example, Literal, MediaType, Response, SchemaId, Status};
use settings::Prefix;
use std::collections::{BTreeMap, BTreeSet};

pub use program::Program;
pub use sample::{Sample, SampleKind};
pub use settings::Setting;
pub use sketch::Sketch;

/// Above this many operations there is one program a group.
const MOST_PROGRAMS: usize = 50;

/// How many lines a response may have to be shown on the front page.
const SHORT_ANSWER: usize = 15;

/// What is generated beside the code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    /// Programs that call an operation each, sorted by name.
    pub programs: Vec<Program>,
    /// Samples that are tested, sorted by path.
    pub samples: Vec<Sample>,
    /// What the test of the samples imports.
    pub imports: Imports,
    /// A response that is short to show.
    pub answer: Option<Answer>,
}

/// What a server answers to an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The operation.
    pub operation: String,
    /// The status.
    pub status: u16,
    /// The body.
    pub text: String,
}

/// What pages are made from.
pub(super) struct Sources<'a> {
    pub context: &'a Context<'a>,
    pub named: &'a [Named<'a>],
    pub bodies: &'a [BodyShape],
    pub types: &'a Types,
    pub client: &'a Client,
    pub manifest: &'a Manifest,
}

/// What is shown of one operation.
struct Page<'a> {
    named: &'a Named<'a>,
    body: &'a BodyShape,
    /// A sample of what is sent, filled in.
    request: Option<Literal>,
    /// A sample of what comes back from a success.
    response: Option<Literal>,
    /// A command line.
    curl: Vec<String>,
}

/// Plans the pages of all operations, and gives their methods documentation.
pub(super) fn plan_pages(
    sources: &Sources<'_>,
    groups: &mut [Group],
    diagnostics: &mut Diagnostics,
) -> Pages {
    let prefix = Prefix::new(&sources.manifest.krate);
    let mut by_id: BTreeMap<&str, Page<'_>> = BTreeMap::new();
    for (named, body) in sources.named.iter().zip(sources.bodies) {
        by_id.insert(&named.id, page(sources, &prefix, named, body));
    }
    let config = sources.context.config.pages;
    let mut pages = Pages::default();
    let mut tests = BTreeSet::new();
    for group in groups.iter_mut() {
        for operation in &mut group.operations {
            let Some(page) = by_id.get(operation.id.as_str()) else {
                continue;
            };
            operation.docs = document::plan_document(sources, page, operation);
            if config.tests {
                let samples = sample::plan_samples(sources, page, &mut tests, diagnostics);
                pages.samples.extend(samples);
            }
        }
    }
    pages.samples.sort_by(|a, b| a.path.cmp(&b.path));
    for sample in &pages.samples {
        pages.imports.mention(&sample.ty);
    }
    pages.answer = plan_answer(sources, groups, &by_id);
    if config.examples {
        let shown = shown(groups);
        let programs = shown.into_iter().filter_map(|(name, group, operation)| {
            let page = by_id.get(operation.id.as_str())?;
            Some(program::plan_program(
                sources, &prefix, page, name, group, operation,
            ))
        });
        pages.programs = programs.collect();
        pages.programs.sort_by(|a, b| a.name.cmp(&b.name));
    }
    pages
}

/// The first response that fits in a few lines, else the shortest. Its type takes it, so that it can stand in a test.
fn plan_answer(
    sources: &Sources<'_>,
    groups: &[Group],
    pages: &BTreeMap<&str, Page<'_>>,
) -> Option<Answer> {
    let operations = groups.iter().flat_map(|group| &group.operations);
    let pages = operations.filter_map(|operation| pages.get(operation.id.as_str()));
    let answers = pages.flat_map(|page| {
        let responses = page.named.operation.responses.iter();
        let successes = responses.filter(|response| response.status.is_success());
        successes.filter_map(|response| {
            let Status::Code(status) = response.status else {
                return None;
            };
            let media = response.content.iter().find(|media| is_json(&media.name))?;
            let body = show(sources, media)?;
            fits::misfit(sources.context, media.schema, &body)
                .is_none()
                .then(|| Answer {
                    operation: page.named.id.clone(),
                    status,
                    text: json::pretty(&body),
                })
        })
    });
    let mut shortest: Option<(usize, Answer)> = None;
    for answer in answers {
        let lines = answer.text.lines().count();
        if lines <= SHORT_ANSWER {
            return Some(answer);
        }
        if shortest.as_ref().is_none_or(|(least, _)| lines < *least) {
            shortest = Some((lines, answer));
        }
    }
    shortest.map(|(_, answer)| answer)
}

/// The operations that get a program, with its words. Of a large API it is one a group: the one that needs least.
fn shown(groups: &[Group]) -> Vec<(Vec<String>, &Group, &Operation)> {
    let count: usize = groups.iter().map(|group| group.operations.len()).sum();
    if count > MOST_PROGRAMS {
        let simplest = |group: &Group| {
            let operations = group.operations.iter().enumerate();
            let cost = |(at, operation): &(usize, &Operation)| {
                (operation.verb != "GET", operation.arguments.len(), *at)
            };
            operations.min_by_key(cost).map(|(at, _)| at)
        };
        let operations = groups.iter().filter_map(|group| {
            let operation = group.operations.get(simplest(group)?)?;
            Some((group.access.key.clone(), group, operation))
        });
        return operations.collect();
    }
    let all = groups.iter().flat_map(|group| {
        group
            .operations
            .iter()
            .map(move |operation| (crate::names::words(&operation.id), group, operation))
    });
    all.collect()
}

fn page<'a>(
    sources: &Sources<'a>,
    prefix: &Prefix,
    named: &'a Named<'a>,
    body: &'a BodyShape,
) -> Page<'a> {
    let request = body.request.as_ref().and_then(|request| {
        let content = &named.operation.request_body.as_ref()?.content;
        let media = content.iter().find(|media| match &request.encoding {
            Encoding::Json(_) => is_json(&media.name),
            Encoding::Form => media.name == "application/x-www-form-urlencoded",
            Encoding::Multipart(_) => media.name.starts_with("multipart/"),
            Encoding::Raw(name) | Encoding::Text(name) => {
                media.name == *name || media.name.contains('*')
            }
            Encoding::Fixed => is_json(&media.name),
        });
        show(sources, media?)
    });
    let mut successes: Vec<&Response> = named.operation.responses.iter().collect();
    successes.retain(|response| is_answer(named.operation, response));
    successes.sort_by_key(|response| response.status);
    let mut content = successes.iter().flat_map(|response| &response.content);
    let response = content.find_map(|media| show(sources, media));
    let curl = curl::plan_curl(
        sources.context,
        named,
        sources.client,
        prefix,
        body.request.as_ref(),
        request.as_ref(),
    );
    Page {
        named,
        body,
        request,
        response,
        curl,
    }
}

/// The sample of a body that is shown: the one that shows most, whatever the order of the source.
fn show(sources: &Sources<'_>, media: &MediaType) -> Option<Literal> {
    let filled = |example: &Example| {
        materialize(&sources.context.model.schemas, media.schema, &example.body)
    };
    let filled = media.examples.iter().filter_map(filled).map(compact);
    let sized = filled.map(|body| {
        let text = match &body {
            Literal::String(text) => text.clone(),
            body => json::pretty(body),
        };
        (text.len(), text, body)
    });
    let most = sized.max_by(|a, b| (a.0, &b.1).cmp(&(b.0, &a.1)));
    most.map(|(_, _, body)| body)
        .filter(|body| *body != Literal::Null)
}

/// A sample without the elements of lists that repeat the one before: generators print everything twice.
fn compact(body: Literal) -> Literal {
    match body {
        Literal::Array(items) => {
            let mut items: Vec<Literal> = items.into_iter().map(compact).collect();
            items.dedup();
            Literal::Array(items)
        }
        Literal::Object(members) => Literal::Object(
            members
                .into_iter()
                .map(|(name, value)| (name, compact(value)))
                .collect(),
        ),
        other => other,
    }
}

/// The type of a schema's values, null included.
fn present(sources: &Sources<'_>, id: SchemaId) -> RustType {
    let ty = sources.types.rust_type(sources.context, id);
    match sources.context.schema(id).nullable && ty != RustType::Json {
        true => ty.optional(),
        false => ty,
    }
}

/// The type of a response's JSON, and the member that holds it. Nothing if it has no JSON.
fn response_type(
    sources: &Sources<'_>,
    page: &Page<'_>,
    response: &Response,
) -> Option<(RustType, Option<String>)> {
    let media = response.content.iter().find(|media| is_json(&media.name))?;
    match &page.body.response {
        ResponseShape::Json { schema, member, .. } if is_answer(page.named.operation, response) => {
            Some((present(sources, *schema), member.clone()))
        }
        ResponseShape::Outcome(cases) => {
            let case = cases.iter().find(|(status, _)| *status == response.status);
            Some(match case {
                Some((_, CaseShape::Json(schema, member, _))) => {
                    (present(sources, *schema), member.clone())
                }
                _ => (present(sources, media.schema), None),
            })
        }
        _ => Some((present(sources, media.schema), None)),
    }
}

/// The media type of a response that is read as text.
fn response_text<'a>(page: &'a Page<'_>, response: &Response) -> Option<&'a str> {
    match &page.body.response {
        ResponseShape::Text(media) if is_answer(page.named.operation, response) => Some(media),
        ResponseShape::Outcome(cases) => {
            let case = cases.iter().find(|(status, _)| *status == response.status);
            match case {
                Some((_, CaseShape::Text(media))) => Some(media),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a response is what the call gives. Where no status of a success is described, it is the one for all others.
fn is_answer(operation: &model::Operation, response: &Response) -> bool {
    let mut others = operation.responses.iter();
    match response.status {
        Status::Default => !others.any(|other| other.status.is_success()),
        status => status.is_success(),
    }
}
