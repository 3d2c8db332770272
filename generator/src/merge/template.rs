//! Paths of recorded requests to the templates that another source has for them.

use crate::model::schema::Authority;
use crate::model::{Method, Model, Operation, Piece};

/// Gives requests such as `GET /users/35436` the path `/users/{id}` where another source has an operation with this
/// method and path, and only one that fits: a recording alone shows an identifier once, and then it looks like a name.
pub(super) fn align(models: &mut [Model]) {
    let templates: Vec<(usize, Method, Vec<Vec<Piece>>)> = models
        .iter()
        .enumerate()
        .flat_map(|(index, model)| model.operations.iter().map(move |op| (index, op)))
        .filter(|(_, op)| op.key.path.parameters().next().is_some())
        .map(|(index, op)| {
            let segments = op.key.path.segments.clone();
            (index, op.key.method.clone(), segments)
        })
        .collect();
    for (index, model) in models.iter_mut().enumerate() {
        if model.authority != Authority::Sampled {
            continue;
        }
        for operation in &mut model.operations {
            let mut fitting: Vec<&Vec<Vec<Piece>>> = templates
                .iter()
                .filter(|(owner, method, template)| {
                    *owner != index && *method == operation.key.method && fits(operation, template)
                })
                .map(|(_, _, template)| template)
                .collect();
            // Sources may call the parameters of one path differently.
            fitting.dedup_by_key(|template| erased(template));
            if let [template] = fitting.as_slice() {
                operation.key.path.segments = (*template).clone();
            }
        }
    }
}

/// Whether a path without parameters is one of a template: the same, but identifiers in the place of parameters.
fn fits(operation: &Operation, template: &[Vec<Piece>]) -> bool {
    let segments = &operation.key.path.segments;
    segments.len() == template.len()
        && segments.iter().zip(template).all(|(own, template)| {
            match (own.as_slice(), template.as_slice()) {
                ([Piece::Literal(own)], [Piece::Parameter(_)]) => is_identifier(own),
                (own, template) => own == template && !matches!(own, [Piece::Parameter(_)]),
            }
        })
}

/// Whether a segment is no word that a path may have there, such as `me` or `v2`.
fn is_identifier(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits == text.len() && digits > 0
        || (digits >= 4 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-'))
}

fn erased(template: &[Vec<Piece>]) -> Vec<Option<String>> {
    let piece = |piece: &Piece| match piece {
        Piece::Literal(text) => Some(text.clone()),
        Piece::Parameter(_) => None,
    };
    template.iter().flatten().map(piece).collect()
}
