//! Sources that have nothing in common: they are said to describe different APIs.

use super::operation::Identities;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Model, Piece};
use std::collections::BTreeSet;

/// What connects a source with others.
struct Marks {
    hosts: BTreeSet<String>,
    operations: BTreeSet<String>,
    /// The first segments of paths.
    prefixes: BTreeSet<String>,
}

/// Reports every source that shares neither a server's host nor an operation nor the beginning of a path with the first
/// ones, not even by way of others. Sources that name no server may be of any.
pub(super) fn report(models: &[Model], diagnostics: &mut Diagnostics) {
    let models: Vec<&Model> = models
        .iter()
        .filter(|model| !model.operations.is_empty())
        .collect();
    let marks: Vec<Marks> = models.iter().map(|model| marks(model)).collect();
    // Everything that hangs together with the first source, however far around.
    let mut together: BTreeSet<usize> = (0..marks.len().min(1)).collect();
    loop {
        let more: Vec<usize> = marks
            .iter()
            .enumerate()
            .filter(|(index, own)| {
                let mut known = together.iter().filter_map(|at| marks.get(*at));
                !together.contains(index) && known.any(|known| connected(own, known))
            })
            .map(|(index, _)| index)
            .collect();
        if more.is_empty() {
            break;
        }
        together.extend(more);
    }
    let place = |model: &Model| {
        let first = model.operations.first();
        first.and_then(|operation| operation.origins.first())
    };
    for (index, model) in models.iter().enumerate() {
        if together.contains(&index) {
            continue;
        }
        let mut diagnostic = Diagnostic::new(
            Code::MERGE_DIFFERENT_APIS,
            "this source shares no server and no path with the others, as if it described another API",
        )
        .at(place(model))
        .note("all its operations become part of the crate")
        .help("generate a crate of its own from it; or, if it is one API, give its server under `server` in letterpress.yaml");
        if let Some(first) = models.first().and_then(|model| place(model)) {
            diagnostic = diagnostic.related(first, "the others begin here");
        }
        diagnostics.push(diagnostic);
    }
}

fn connected(a: &Marks, b: &Marks) -> bool {
    a.hosts.is_empty()
        || b.hosts.is_empty()
        || !a.hosts.is_disjoint(&b.hosts)
        || !a.operations.is_disjoint(&b.operations)
        || !a.prefixes.is_disjoint(&b.prefixes)
}

fn marks(model: &Model) -> Marks {
    let servers = model.operations.iter().flat_map(|op| &op.servers);
    Marks {
        hosts: model
            .servers
            .iter()
            .chain(servers)
            .filter_map(|server| host(&server.url))
            .collect(),
        operations: model
            .operations
            .iter()
            .map(|op| Identities::default().get(&op.key))
            .collect(),
        prefixes: model
            .operations
            .iter()
            .filter_map(|op| match op.key.path.segments.first()?.as_slice() {
                [Piece::Literal(text)] if !text.is_empty() => Some(text.clone()),
                _ => None,
            })
            .collect(),
    }
}

/// The host of a URL; nothing of one that is a path, as servers of OpenAPI may be.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}
