//! Every pass may run twice, and together they give what the stages behind rely on.

mod all_of;
mod directions;
mod support;
mod unions;

use super::PASSES;
use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::model::{
    Docs, Location, Method, Operation, OperationKey, PathTemplate, Piece, Response, Schema,
    SchemaId, SecurityKind, SecurityRequirement, SecurityScheme, Server, Shape, Status,
};
use crate::origin::Origins;
use proptest::prelude::*;

/// As the stage, without the findings.
fn run(model: Model) -> Model {
    super::run(model, &mut Diagnostics::new())
}

fn operation(method: &str, segments: &[&str]) -> Operation {
    let segments = segments
        .iter()
        .map(|segment| match segment.strip_prefix(':') {
            Some(name) => vec![Piece::Parameter(name.to_owned())],
            None => vec![Piece::Literal((*segment).to_owned())],
        });
    Operation {
        key: OperationKey {
            method: Method::new(method).expect("a method"),
            path: PathTemplate {
                segments: segments.collect(),
                ..PathTemplate::default()
            },
        },
        names: Vec::new(),
        tags: Vec::new(),
        docs: Docs::default(),
        parameters: Vec::new(),
        request_body: None,
        responses: Vec::new(),
        security: Vec::new(),
        paged: Default::default(),
        servers: Vec::new(),
        redirects: Default::default(),
        deprecated: false,
        origins: Origins::none(),
    }
}

fn response(status: u16, schema: SchemaId) -> Response {
    Response {
        status: Status::Code(status),
        docs: Docs::default(),
        headers: vec![crate::model::ResponseHeader {
            name: "X".to_owned(),
            schema,
            docs: Docs::default(),
        }],
        content: Vec::new(),
        origins: Origins::none(),
    }
}

fn server(url: &str) -> Server {
    Server {
        url: url.to_owned(),
        ..Server::default()
    }
}

/// A model from numbers: each adds an operation whose details are its bits.
fn some_model(numbers: &[u32]) -> Model {
    let mut model = Model::default();
    for number in 0..6 {
        let shape = match number {
            0 => Shape::Array(SchemaId(3)),
            1 => Shape::Boolean,
            4 => Shape::Map(SchemaId(0)),
            _ => Shape::Any,
        };
        model.schemas.add(Schema {
            shape,
            ..Schema::default()
        });
    }
    model.servers = vec![server("https://a"), server("https://b")];
    for (index, bits) in numbers.iter().enumerate() {
        let segment = ["users", ":id", "v1", "orders"][(bits & 3) as usize];
        let own = format!("op{index}");
        let method = if bits & 4 == 0 { "GET" } else { "PUT" };
        let mut op = operation(method, &["api", segment, ":id", &own]);
        if bits & 8 != 0 {
            op.tags = vec![["Z", "A", " "][(bits % 3) as usize].to_owned()];
        }
        op.responses = vec![
            response(404, SchemaId(bits % 6)),
            response(200, SchemaId(bits / 7 % 6)),
        ];
        op.servers = vec![server(if bits & 16 == 0 {
            "https://a"
        } else {
            "https://b"
        })];
        op.security = vec![SecurityRequirement {
            schemes: vec!["z".to_owned(), "b".to_owned()],
            ..SecurityRequirement::default()
        }];
        model.operations.push(op);
    }
    for name in ["z", "b", "unused"] {
        model.security_schemes.push(SecurityScheme {
            name: name.to_owned(),
            kind: SecurityKind::Basic,
            docs: Docs::default(),
            origins: Origins::none(),
        });
    }
    model
}

proptest! {
    #[test]
    fn every_pass_may_run_twice(numbers in prop::collection::vec(0u32..1000, 0..6)) {
        for (name, pass) in PASSES {
            let mut once = some_model(&numbers);
            pass(&mut once, &mut Diagnostics::new());
            let mut twice = once.clone();
            pass(&mut twice, &mut Diagnostics::new());
            prop_assert_eq!(once, twice, "{}", name);
        }
        let model = run(some_model(&numbers));
        prop_assert_eq!(run(model.clone()), model);
    }

    #[test]
    fn the_order_of_operations_does_not_show(numbers in prop::collection::vec(0u32..1000, 0..6)) {
        let model = some_model(&numbers);
        let mut reversed = model.clone();
        reversed.operations.reverse();
        prop_assert_eq!(run(model), run(reversed));
    }
}

#[test]
fn a_normal_model() {
    let model = run(some_model(&[1, 24]));
    let shown: Vec<_> = model
        .operations
        .iter()
        .map(|op| (op.key.to_string(), op.tags.join(","), op.servers.len()))
        .collect();
    assert_eq!(
        shown,
        [
            ("GET /api/users/{id}/op1".to_owned(), "Z".to_owned(), 1),
            ("GET /api/{id}/{id}/op0".to_owned(), "op0".to_owned(), 0),
        ]
    );
    for op in &model.operations {
        let statuses: Vec<_> = op.responses.iter().map(|r| r.status).collect();
        assert_eq!(statuses, [Status::Code(200), Status::Code(404)]);
        // A name that stands twice in a path is one parameter.
        let [parameter] = op.parameters.as_slice() else {
            panic!("one parameter")
        };
        assert_eq!(
            (
                parameter.name.as_str(),
                parameter.location,
                parameter.required
            ),
            ("id", Location::Path, true)
        );
    }
    let schemes: Vec<_> = model
        .security_schemes
        .iter()
        .map(|s| s.name.as_str())
        .collect();
    assert_eq!(schemes, ["b", "z"]);
    assert_eq!(model.operations[0].security[0].schemes, ["b", "z"]);
    let reached = model.schemas.reachable(
        model
            .operations
            .iter()
            .flat_map(|op| [op.sent_schemas(), op.received_schemas()].concat()),
    );
    assert!(reached.iter().all(|reached| *reached));
}

#[test]
fn unknown_text_is_text() {
    let model = run(some_model(&[2]));
    for (id, _) in model.schemas.iter() {
        assert_ne!(model.schemas.get(id).shape, Shape::Any, "{id:?}");
    }
}
