//! HTTP archives (HAR 1.2), which browsers and proxies record, to a model: what calls an API becomes operations.
//!
//! Most of a recording is no API: pages, scripts, images, counters. Of what remains the origin that most requests go to
//! is the API; the others are reported, because a recording of one site shows what it loads from everywhere. Cookies,
//! `Authorization` and everything else that opens a door never leave this module.

mod entry;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::exchange::{self, Exchange};
use crate::infer;
use crate::model::Model;
use crate::origin::Origin;
use crate::source::SourceFile;
use crate::tree::{Kind, Node};
use std::collections::BTreeMap;

/// Whether a file is an HTTP archive: it has `log.entries`.
pub fn recognizes(file: &SourceFile) -> bool {
    let log = file.tree.as_ref().and_then(|tree| tree.root().get("log"));
    log.is_some_and(|log| log.get("entries").is_some_and(|e| e.kind() == Kind::Array))
}

/// The model of a recording. An entry that cannot be read is reported, and the rest is read.
pub fn lower(file: &SourceFile, diagnostics: &mut Diagnostics) -> Model {
    let Some(log) = file.tree.as_ref().and_then(|tree| tree.root().get("log")) else {
        return Model::default();
    };
    let entries = log.get("entries");
    let mut kept: Vec<(Exchange, Origin)> = Vec::new();
    let mut other = 0_usize;
    for entry in entries.iter().flat_map(|entries| entries.items()) {
        match entry::read(entry, file.tag.as_deref(), diagnostics) {
            entry::Reading::Call(exchange) => kept.push((*exchange, entry.origin())),
            entry::Reading::Other => other += 1,
            entry::Reading::Unreadable => {}
        }
    }
    let exchanges = of_one_origin(kept, diagnostics);
    if exchanges.is_empty() {
        report_empty(log, other, diagnostics);
    }
    let mut model = exchange::lower(&exchanges, diagnostics);
    model.info.title = title(log);
    infer::parameterize(
        &mut model,
        Code::EXCHANGE_INFERRED_PATH_PARAMETER,
        |name| {
            format!("describe the path with `{{{name}}}` in a further source, which counts then")
        },
        diagnostics,
    );
    model
}

/// The exchanges with the origin that has most of them; the spelling decides between equals.
fn of_one_origin(kept: Vec<(Exchange, Origin)>, diagnostics: &mut Diagnostics) -> Vec<Exchange> {
    let mut counts = BTreeMap::<String, (usize, Origin)>::new();
    for (exchange, place) in &kept {
        let base = exchange.request.url.base.clone().unwrap_or_default();
        counts.entry(base).or_insert((0, *place)).0 += 1;
    }
    let most = counts
        .iter()
        .max_by(|(a, (x, _)), (b, (y, _))| (x, b).cmp(&(y, a)))
        .map(|(base, _)| base.clone());
    for (base, (count, place)) in &counts {
        if Some(base) != most.as_ref() {
            let message = format!("{count} requests go to `{base}`, which are left out");
            diagnostics.push(
                Diagnostic::new(Code::HAR_OTHER_ORIGIN, message)
                    .at(*place)
                    .note(format!(
                        "most requests go to `{}`",
                        most.as_deref().unwrap_or_default()
                    ))
                    .help("give a recording of that API alone, and make a crate of its own of it"),
            );
        }
    }
    kept.into_iter()
        .map(|(exchange, _)| exchange)
        .filter(|exchange| exchange.request.url.base.as_deref() == most.as_deref())
        .collect()
}

fn report_empty(log: Node<'_>, other: usize, diagnostics: &mut Diagnostics) {
    let message = match other {
        0 => "the recording has no request that can be read".to_owned(),
        count => format!("none of the {count} requests of the recording calls an API"),
    };
    diagnostics.push(
        Diagnostic::new(Code::HAR_EMPTY, message)
            .at(log.origin())
            .note("pages, scripts, styles, images, fonts and the like are no calls")
            .help(
                "record the calls that a page or program makes, and export them with their content",
            ),
    );
}

/// The title of the first page, unless it is its address.
fn title(log: Node<'_>) -> Option<String> {
    let page = log.get("pages")?.items().next()?;
    let title = page.get("title")?.as_str()?.trim();
    (!title.is_empty() && !title.contains("://")).then(|| title.to_owned())
}
