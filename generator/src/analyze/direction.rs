//! Which schemas are sent and which are received, from the positions of operations that reach them.

use crate::model::{Model, Operation, SchemaId};
use std::collections::BTreeSet;

/// The schemas that are reached from what these functions name.
pub(super) fn reached(model: &Model, roots: fn(&Operation) -> Vec<SchemaId>) -> BTreeSet<SchemaId> {
    below(model, model.operations.iter().flat_map(roots))
}

/// The schemas that are reached from these.
pub(super) fn below(
    model: &Model,
    roots: impl IntoIterator<Item = SchemaId>,
) -> BTreeSet<SchemaId> {
    model
        .schemas
        .reachable(roots)
        .into_iter()
        .zip(0..)
        .filter_map(|(reached, number)| reached.then_some(SchemaId(number)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Docs, Location, Method, OperationKey, Parameter, PathTemplate, Response, ResponseHeader,
        Schema, Shape, Status, Style,
    };

    #[test]
    fn schemas_are_sent_or_received_or_both() {
        let mut model = Model::default();
        let mut add = |shape| {
            model.schemas.add(Schema {
                shape,
                ..Schema::default()
            })
        };
        let shared = add(Shape::Boolean);
        let sent = add(Shape::Array(shared));
        let received = add(Shape::Map(shared));
        let neither = add(Shape::Number);
        model.operations.push(Operation {
            key: OperationKey {
                method: Method::new("GET").expect("a method"),
                path: PathTemplate::default(),
            },
            names: Vec::new(),
            tags: Vec::new(),
            docs: Docs::default(),
            parameters: vec![Parameter {
                name: "q".to_owned(),
                names: Vec::new(),
                location: Location::Query,
                allow_reserved: false,
                media_type: None,
                style: Style::default(),
                required: false,
                schema: sent,
                example: None,
                docs: Docs::default(),
                deprecated: false,
                origins: Default::default(),
            }],
            request_body: None,
            responses: vec![Response {
                status: Status::Default,
                docs: Docs::default(),
                headers: vec![ResponseHeader {
                    name: "X".to_owned(),
                    schema: received,
                    docs: Docs::default(),
                }],
                content: Vec::new(),
                origins: Default::default(),
            }],
            security: Vec::new(),
            paged: Default::default(),
            servers: Vec::new(),
            redirects: Default::default(),
            deprecated: false,
            origins: Default::default(),
        });
        let facts = crate::analyze::analyze(&model);
        assert_eq!(facts.sent, BTreeSet::from([shared, sent]));
        assert_eq!(facts.received, BTreeSet::from([shared, received]));
        assert!(!facts.sent.contains(&neither) && facts.boxed.is_empty());
    }
}
