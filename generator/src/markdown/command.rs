//! The curl commands of a section to what they show of its operations: where they are served, how they authenticate, and
//! what they send.

use super::part::Section;
use super::sample;
use crate::curl;
use crate::diagnostic::Diagnostics;
use crate::exchange::{self, Exchange};
use crate::model::{
    Docs, Model, Operation, PathTemplate, Piece, Schemas, SecurityRequirement, SecurityScheme,
    Server,
};
use crate::origin::FileId;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Commands of one section that are read; more show nothing new.
const COMMANDS: usize = 100;

/// Segments that a path may have in front of those that the page speaks of: `/api/v4`.
const BASE_SEGMENTS: usize = 3;

/// What the commands of a section show.
#[derive(Default)]
pub(super) struct Commands {
    /// How many there are.
    pub count: usize,
    /// What the first command with a credential requires.
    pub security: Vec<SecurityRequirement>,
    calls: Vec<Call>,
}

/// A call of an operation of the section.
pub(super) struct Call {
    /// The number of the endpoint in its section.
    endpoint: usize,
    /// What it shows of the operation.
    pub operation: Operation,
    /// The schemas that it refers to.
    pub schemas: Schemas,
}

impl Commands {
    /// The calls of some endpoints, by their numbers.
    pub fn of<'c>(&'c self, endpoints: &'c [usize]) -> impl Iterator<Item = &'c Call> {
        let calls = self.calls.iter();
        calls.filter(|call| endpoints.contains(&call.endpoint))
    }
}

/// Where operations are served by what commands show, and how many show it. A command that calls none of the operations
/// that the page describes counts for nothing, and is believed where no other is.
#[derive(Default)]
pub(super) struct Bases(BTreeMap<String, (usize, Server)>);

impl Bases {
    fn add(&mut self, server: Server, count: usize) {
        let (known, same) = self
            .0
            .entry(server.url.clone())
            .or_insert_with(|| (0, server.clone()));
        *known += count;
        same.origins.join(&server.origins);
    }

    /// The servers, the one that most commands show first.
    pub fn servers(self) -> Vec<Server> {
        let some = self.0.values().any(|(count, _)| *count > 0);
        let mut servers: Vec<(usize, Server)> = self.0.into_values().collect();
        servers.retain(|(count, _)| *count > 0 || !some);
        servers.sort_by_key(|(count, _)| Reverse(*count));
        servers.into_iter().map(|(_, server)| server).collect()
    }
}

/// Reads the commands of a section. Security schemes that they show are added to the model.
pub(super) fn read(
    (file, text): (FileId, &str),
    section: &Section<'_>,
    bases: &mut Bases,
    model: &mut Model,
    diagnostics: &mut Diagnostics,
) -> Commands {
    let mut commands = Commands::default();
    let limit = section
        .samples
        .iter()
        .map(|(at, _)| at.span.range().end)
        .max();
    let limit = limit.unwrap_or_default().min(text.len());
    let mut behind = 0;
    for (origin, line) in &section.samples {
        let Some(at) = curl::find(line) else {
            continue;
        };
        let start = origin.span.range().start + at;
        if start < behind || commands.count == COMMANDS {
            continue;
        }
        commands.count += 1;
        let command = curl::read(file, text, start, limit, diagnostics);
        behind = command.span.range().end;
        for request in command.requests {
            let mut shown = Model::default();
            let exchange = Exchange {
                request,
                response: None,
                names: Vec::new(),
                docs: Docs::default(),
                tags: Vec::new(),
            };
            let operation = exchange::operation(&mut shown, &exchange, diagnostics);
            if commands.security.is_empty() {
                commands.security.clone_from(&operation.security);
            }
            for scheme in std::mem::take(&mut shown.security_schemes) {
                add_scheme(model, scheme);
            }
            let called = called(section, &operation);
            for server in std::mem::take(&mut shown.servers) {
                base(section, &operation, called, server, bases);
            }
            if let Some(endpoint) = called {
                let known = section.endpoints.get(endpoint);
                if known.is_some_and(|known| known.method == operation.key.method) {
                    commands.calls.push(Call {
                        endpoint,
                        operation,
                        schemas: shown.schemas,
                    });
                }
            }
        }
    }
    commands
}

fn add_scheme(model: &mut Model, scheme: SecurityScheme) {
    let mut known = model.security_schemes.iter_mut();
    match known.find(|known| known.name == scheme.name) {
        Some(known) if known.docs.is_empty() => known.docs = scheme.docs,
        Some(_) => {}
        None => model.security_schemes.push(scheme),
    }
}

/// The endpoint that a request calls: one of its method before others.
fn called(section: &Section<'_>, operation: &Operation) -> Option<usize> {
    let path = &operation.key.path;
    let endpoints = section.endpoints.iter().enumerate();
    let mut fitting = endpoints.filter(|(_, endpoint)| skipped(path, &endpoint.path).is_some());
    let first = fitting.next()?;
    let is_same = |(_, endpoint): &(usize, &super::endpoint::Endpoint)| {
        endpoint.method == operation.key.method
    };
    match is_same(&first) {
        true => Some(first.0),
        false => Some(fitting.find(is_same).unwrap_or(first).0),
    }
}

/// How many segments a path has in front of those of an endpoint; nothing if it is not that endpoint's.
fn skipped(path: &PathTemplate, endpoint: &PathTemplate) -> Option<usize> {
    let ends_alike = sample::matched(&path.segments, endpoint).is_some()
        || sample::matched(&sample::without_suffix(&path.segments), endpoint).is_some();
    ends_alike.then(|| path.segments.len() - endpoint.segments.len())
}

/// Notes where a request is served: at its server, or below the segments that the page leaves out.
fn base(
    section: &Section<'_>,
    operation: &Operation,
    called: Option<usize>,
    server: Server,
    bases: &mut Bases,
) {
    let path = &operation.key.path;
    let Some(endpoint) = called.and_then(|at| section.endpoints.get(at)) else {
        let mut lengths = section.endpoints.iter().map(|one| one.path.segments.len());
        // Below a longer path, operations are served somewhere that the command alone does not tell.
        if lengths.any(|length| length == path.segments.len()) {
            bases.add(server, 0);
        }
        return;
    };
    let skip = skipped(path, &endpoint.path).unwrap_or_default();
    let front: Option<Vec<&str>> = path
        .segments
        .iter()
        .take(skip)
        .map(|segment| match segment.as_slice() {
            [Piece::Literal(text)] if !text.bytes().all(|b| b.is_ascii_digit()) => {
                Some(text.as_str())
            }
            _ => None,
        })
        .collect();
    let Some(front) = front.filter(|front| front.len() <= BASE_SEGMENTS) else {
        return;
    };
    let parts = std::iter::once(server.url.as_str()).chain(front);
    let url = parts.collect::<Vec<_>>().join("/");
    bases.add(Server { url, ..server }, 1);
}
