//! The curl commands of a section to what they show of its operations: where they are served, and how they authenticate.

use super::part::Section;
use crate::curl;
use crate::diagnostic::Diagnostics;
use crate::exchange::{self, Exchange};
use crate::model::{Docs, Model, SecurityRequirement};
use crate::origin::FileId;

/// Commands of one section that are read; more show nothing new.
const COMMANDS: usize = 100;

/// Adds servers and security schemes that the commands of a section show to the model, and answers what an operation of
/// the section requires: what its first command with a credential has.
pub(super) fn evidence(
    file: FileId,
    text: &str,
    section: &Section<'_>,
    model: &mut Model,
    diagnostics: &mut Diagnostics,
) -> Vec<SecurityRequirement> {
    let mut security = Vec::new();
    let limit = section
        .samples
        .iter()
        .map(|(at, _)| at.span.range().end)
        .max();
    let limit = limit.unwrap_or_default().min(text.len());
    let mut behind = 0;
    let mut read = 0;
    for (origin, line) in &section.samples {
        let Some(at) = curl::find(line) else {
            continue;
        };
        let start = origin.span.range().start + at;
        if start < behind || read == COMMANDS {
            continue;
        }
        read += 1;
        let command = curl::read(file, text, start, limit, diagnostics);
        behind = command.span.range().end;
        for request in command.requests {
            // The section describes parameters and bodies itself, so its own words about them count.
            let mut shown = Model::default();
            let exchange = Exchange {
                request,
                response: None,
                names: Vec::new(),
                docs: Docs::default(),
                tags: Vec::new(),
            };
            let operation = exchange::operation(&mut shown, &exchange, diagnostics);
            if security.is_empty() {
                security = operation.security;
            }
            for scheme in shown.security_schemes {
                match model
                    .security_schemes
                    .iter_mut()
                    .find(|s| s.name == scheme.name)
                {
                    Some(known) if known.docs.is_empty() => known.docs = scheme.docs,
                    Some(_) => {}
                    None => model.security_schemes.push(scheme),
                }
            }
            let same = section.endpoints.iter().any(|endpoint| {
                endpoint.path.segments.len() == exchange.request.url.path.segments.len()
            });
            for server in shown.servers {
                // Below a longer path, the page's operations are served somewhere that the command alone does not tell.
                if same && model.servers.iter().all(|known| known.url != server.url) {
                    model.servers.push(server);
                }
            }
        }
    }
    security
}
