//! Paths of sources that divide one URL differently into the server and the path.

use crate::model::{Model, Operation, Piece};

/// Gives the operations of later sources the paths that they have below the first source's server: what
/// `https://a.example/v1` and `/users` are in one, `https://a.example` and `/v1/users` may be in another, above all in
/// recordings, which know whole URLs only.
pub(super) fn align(models: &mut [Model]) {
    let Some((first, rest)) = models.split_first_mut() else {
        return;
    };
    let Some(base) = first.servers.first().map(|server| server.url.clone()) else {
        return;
    };
    for model in rest {
        let Some(own) = model.servers.first().map(|server| server.url.clone()) else {
            continue;
        };
        if let Some(prefix) = below(&base, &own) {
            let inside = |operation: &Operation| begins_with(operation, &prefix);
            // What lies outside of the server's path would be sent to another place.
            if !model.operations.iter().all(inside) {
                continue;
            }
            for operation in &mut model.operations {
                operation.key.path.segments.drain(..prefix.len());
                retarget(operation, &own, &base);
            }
            replace(model, &own, &base);
        } else if let Some(prefix) = below(&own, &base) {
            for operation in &mut model.operations {
                let further = prefix.iter().map(|text| vec![Piece::Literal(text.clone())]);
                operation.key.path.segments.splice(..0, further);
                retarget(operation, &own, &base);
            }
            replace(model, &own, &base);
        }
    }
}

/// The segments by which one URL is longer than another.
fn below(longer: &str, shorter: &str) -> Option<Vec<String>> {
    let rest = longer.strip_prefix(shorter)?.strip_prefix('/')?;
    let segments: Vec<String> = rest.split('/').map(str::to_owned).collect();
    let plain = |segment: &String| !segment.is_empty() && !segment.contains(['{', '}', '?', '#']);
    (!shorter.is_empty() && segments.iter().all(plain)).then_some(segments)
}

fn begins_with(operation: &Operation, prefix: &[String]) -> bool {
    let segments = &operation.key.path.segments;
    segments.len() >= prefix.len()
        && segments.iter().zip(prefix).all(
            |(segment, text)| matches!(segment.as_slice(), [Piece::Literal(own)] if own == text),
        )
}

fn retarget(operation: &mut Operation, own: &str, base: &str) {
    for server in &mut operation.servers {
        if server.url == own {
            base.clone_into(&mut server.url);
        }
    }
}

fn replace(model: &mut Model, own: &str, base: &str) {
    for server in &mut model.servers {
        if server.url == own {
            base.clone_into(&mut server.url);
        }
    }
}
