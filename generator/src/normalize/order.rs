//! Orders operations by tags, path and method, webhooks by name, responses by status, media types by preference, and what stands alone or
//! was skipped by its name.

use crate::diagnostic::Diagnostics;
use crate::model::{MediaType, Model};

pub(super) fn run(model: &mut Model, _: &mut Diagnostics) {
    model.operations.sort_by_cached_key(|operation| {
        (
            operation.tags.clone(),
            operation.key.path.to_string(),
            operation.key.method.clone(),
        )
    });
    for operation in &mut model.operations {
        operation.responses.sort_by_key(|response| response.status);
        let sent = operation
            .request_body
            .iter_mut()
            .map(|body| &mut body.content);
        let received = operation
            .responses
            .iter_mut()
            .map(|response| &mut response.content);
        for content in sent.chain(received) {
            content.sort_by(|a, b| (rank(a), &a.name).cmp(&(rank(b), &b.name)));
        }
    }
    let schemas = &model.schemas;
    model
        .named_schemas
        .sort_by_cached_key(|id| (schemas.get(*id).names.clone(), *id));
    model.named_schemas.dedup();
    model
        .webhooks
        .sort_by_cached_key(|webhook| (webhook.name.clone(), webhook.method.clone()));
    model.skipped.sort();
    model.skipped.dedup();
}

/// Which of several media types is preferred, the best first: what can be typed, then what can be read.
fn rank(media: &MediaType) -> usize {
    let name = media.name.as_str();
    let ranks: [fn(&str) -> bool; 6] = [
        |name| name == "application/json",
        |name| name.ends_with("+json"),
        |name| name == "application/x-www-form-urlencoded",
        |name| name == "multipart/form-data",
        |name| name.ends_with("xml"),
        |name| name.starts_with("text/"),
    ];
    ranks.iter().position(|is| is(name)).unwrap_or(ranks.len())
}
