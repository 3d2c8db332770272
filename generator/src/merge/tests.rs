//! The laws of merging, and what becomes of samples of one operation.

mod laws;
mod stated;

use super::*;
use crate::model::schema::Authority;
use crate::model::{
    Example, Literal, Location, MediaType, Method, ObjectShape, OperationKey, Parameter,
    PathTemplate, Piece, Property, RequestBody, Response, Schema, Shape, Status, StringFormat,
    Style,
};
use crate::origin::{FileId, Origin, Origins, Span};

fn place(file: u32) -> Origins {
    Origins::from(Origin {
        file: FileId(file),
        span: Span { start: 1, end: 2 },
    })
}

fn add(model: &mut Model, shape: Shape, file: u32) -> SchemaId {
    model.schemas.add(Schema {
        shape,
        origins: place(file),
        ..Schema::default()
    })
}

fn path(text: &str) -> PathTemplate {
    let segments = text.split('/').skip(1).map(|segment| {
        match segment.strip_prefix('{').and_then(|s| s.strip_suffix('}')) {
            Some(name) => vec![Piece::Parameter(name.to_owned())],
            None => vec![Piece::Literal(segment.to_owned())],
        }
    });
    PathTemplate {
        segments: segments.collect(),
        ..PathTemplate::default()
    }
}

fn operation(text: &str, file: u32) -> Operation {
    let (method, path_) = text.split_once(' ').expect("method and path");
    Operation {
        key: OperationKey {
            method: Method::new(method).expect("a method"),
            path: path(path_),
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
        origins: place(file),
    }
}

fn parameter(name: &str, location: Location, schema: SchemaId, file: u32) -> Parameter {
    Parameter {
        name: name.to_owned(),
        names: Vec::new(),
        location,
        allow_reserved: false,
        media_type: None,
        style: Style::default(),
        required: location == Location::Path,
        schema,
        example: None,
        docs: Docs::default(),
        deprecated: false,
        origins: place(file),
    }
}

fn property(name: &str, schema: SchemaId) -> Property {
    Property::new(name, schema)
}

fn json_content(schema: SchemaId, example: &str, file: u32) -> Vec<MediaType> {
    vec![MediaType {
        name: "application/json".to_owned(),
        schema,
        examples: vec![Example {
            name: Some(example.to_owned()),
            body: Literal::String(example.to_owned()),
            origin: place(file).first().expect("a place"),
        }],
        ..MediaType::default()
    }]
}

/// A model with some of three operations, built from the bits of a number. What stands at a position never contradicts.
fn some_model(bits: u32, file: u32) -> Model {
    let mut model = Model::default();
    let bit = |n: u32| bits & (1 << n) != 0;
    model.info.title = bit(0).then(|| format!("T{file}"));
    for (index, (text, name)) in [
        ("GET /a/{id}", "id"),
        ("POST /a/{other}", "other"),
        ("POST /b.json", ""),
    ]
    .into_iter()
    .enumerate()
    {
        let index = index as u32;
        if bit(1 + index) {
            continue;
        }
        let path_name = if bit(4) { "key" } else { name };
        let mut op = operation(&text.replace(name, path_name), file);
        if name.is_empty() {
            op = operation(if bit(4) { "POST /b" } else { text }, file);
        } else {
            let schema = add(&mut model, Shape::Sampled(Box::default()), file);
            op.parameters
                .push(parameter(path_name, Location::Path, schema, file));
        }
        if bit(5) {
            op.names
                .push(NameHint::new(format!("N{}", file % 2), (file % 3) as u8));
            op.docs.description = Some(format!("D{file}"));
        }
        if bit(6) {
            let mut schema = add(&mut model, Shape::Boolean, file);
            let list = bit(7);
            if list {
                schema = add(&mut model, Shape::Array(schema), file);
            }
            let mut q = parameter("q", Location::Query, schema, file);
            q.required = bit(8);
            if list {
                q.style = Style::Comma;
            }
            op.parameters.push(q);
        }
        if bit(9) {
            let c = add(&mut model, Shape::String(StringFormat::Plain), file);
            let inner = Shape::Object(ObjectShape {
                properties: vec![property("c", c)],
                ..ObjectShape::default()
            });
            let inner = add(&mut model, inner, file);
            let mut properties = vec![property(if bit(10) { "x" } else { "y" }, inner)];
            if bit(11) {
                properties.push(property("z", c));
            }
            let outer = Shape::Object(ObjectShape {
                properties,
                ..ObjectShape::default()
            });
            let outer = add(&mut model, outer, file);
            op.request_body = Some(RequestBody {
                required: bit(12),
                content: json_content(outer, &format!("e{}", file % 2), file),
                docs: Docs::default(),
                origins: place(file),
            });
        }
        for (n, status) in [(13, Status::Code(200)), (14, Status::Default)] {
            if bit(n) {
                let schema = add(&mut model, Shape::Sampled(Box::default()), file);
                op.responses.push(Response {
                    status,
                    docs: Docs::default(),
                    headers: Vec::new(),
                    content: json_content(schema, "same", file),
                    origins: place(file),
                });
            }
        }
        model.operations.push(op);
    }
    model
}

fn merged(models: Vec<Model>) -> Model {
    merge(models, &mut Diagnostics::new())
}

fn sample(model: &mut Model, name: &str, body: bool, file: u32) -> Operation {
    let mut op = operation("POST /payments", file);
    op.names.push(NameHint::new(name, 0));
    op.docs.description = Some(format!("{name} in words"));
    if body {
        let schema = add(model, Shape::Sampled(Box::default()), file);
        op.request_body = Some(RequestBody {
            required: true,
            content: json_content(schema, name, file),
            docs: Docs::default(),
            origins: place(file),
        });
    }
    op
}

#[test]
fn samples_of_one_operation_become_one_with_named_examples() {
    let mut model = Model::default();
    model.operations = vec![
        sample(&mut model, "Pay by card", true, 0),
        sample(&mut model, "Pay by invoice", true, 0),
        sample(&mut model, "Pay", false, 0),
    ];
    let model = merged(vec![model]);
    let [op] = model.operations.as_slice() else {
        panic!("one operation")
    };
    let body = op.request_body.as_ref().expect("a body");
    assert!(!body.required, "one sample has no body");
    let names: Vec<_> = body.content[0]
        .examples
        .iter()
        .map(|e| e.name.as_deref())
        .collect();
    assert_eq!(names, [Some("Pay by card"), Some("Pay by invoice")]);
    assert!(
        op.names.is_empty(),
        "`Pay` is all that they share: {:?}",
        op.names
    );
    assert_eq!(
        op.docs.description.as_deref(),
        Some("Pay by invoice in words")
    );
    assert_eq!(model.schemas.len(), 1);
}

#[test]
fn what_names_share_is_the_name() {
    let mut model = Model::default();
    model.operations = vec![
        sample(&mut model, "Create user with e-mail", true, 0),
        sample(&mut model, "Create user with telephone", true, 0),
    ];
    let names = merged(vec![model]).operations.remove(0).names;
    assert_eq!(names, [NameHint::new("Create user", 0)]);
}

#[test]
fn a_source_that_says_nothing_of_a_body_does_not_make_it_optional() {
    let mut first = Model::default();
    first.operations = vec![sample(&mut first, "Pay", false, 0)];
    let mut second = Model::default();
    second.operations = vec![sample(&mut second, "Pay", true, 1)];
    let model = merged(vec![first, second]);
    assert!(
        model.operations[0]
            .request_body
            .as_ref()
            .expect("a body")
            .required
    );
}

#[test]
fn path_parameters_are_one_whatever_they_are_called() {
    let mut models = Vec::new();
    for (file, (text, name)) in [
        ("GET /users/{id}", "id"),
        ("GET /users/{user_id}.json", "user_id"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut model = Model::default();
        let schema = add(&mut model, Shape::Any, file as u32);
        let mut op = operation("GET /x", file as u32);
        op.key.path = path(text.trim_start_matches("GET ").trim_end_matches(".json"));
        if text.ends_with(".json")
            && let Some(segment) = op.key.path.segments.last_mut()
        {
            segment.push(Piece::Literal(".json".to_owned()));
        }
        op.parameters
            .push(parameter(name, Location::Path, schema, file as u32));
        model.operations.push(op);
        models.push(model);
    }
    let model = merged(models);
    let [op] = model.operations.as_slice() else {
        panic!("one operation")
    };
    assert_eq!(op.key.to_string(), "GET /users/{id}");
    assert_eq!(op.parameters.len(), 1);
    assert_eq!(op.parameters[0].names, [NameHint::new("user_id", 1)]);
}

#[test]
fn json_at_the_end_of_a_path_tells_apart_what_one_source_tells_apart() {
    let source = |paths: &[&str], file: u32| Model {
        operations: paths.iter().map(|path| operation(path, file)).collect(),
        ..Model::default()
    };
    let keys = |models: Vec<Model>| -> (Vec<String>, usize) {
        let mut diagnostics = Diagnostics::new();
        let model = merge(models, &mut diagnostics);
        let keys = model.operations.iter().map(|op| op.key.to_string());
        (keys.collect(), diagnostics.iter().count())
    };
    let both = ["GET /widget", "GET /widget.json"];
    let two = (both.map(str::to_owned).to_vec(), 0);
    assert_eq!(keys(vec![source(&both, 0)]), two);
    assert_eq!(keys(vec![source(&both, 0), source(&both[1..], 1)]), two);
    // Two sources that have one spelling each mean one operation, and that is said.
    let one = keys(vec![source(&both[..1], 0), source(&both[1..], 1)]);
    assert_eq!(one, (vec!["GET /widget".to_owned()], 1));
}

#[test]
fn a_list_in_one_sample_and_a_scalar_in_another_are_a_list() {
    for order in [[true, false], [false, true]] {
        let models = order.into_iter().zip(0..).map(|(list, file)| {
            let mut model = Model::default();
            let mut schema = add(&mut model, Shape::Sampled(Box::default()), file);
            if list {
                schema = add(&mut model, Shape::Array(schema), file);
            }
            let mut op = operation("GET /a", file);
            let mut q = parameter("ids", Location::Query, schema, file);
            q.style = if list { Style::Comma } else { Style::Repeat };
            op.parameters.push(q);
            model.operations.push(op);
            model
        });
        let model = merged(models.collect());
        let q = &model.operations[0].parameters[0];
        assert_eq!(q.style, Style::Comma);
        assert!(matches!(model.schemas.get(q.schema).shape, Shape::Array(_)));
        assert_eq!(model.schemas.len(), 2);
    }
}

#[test]
fn contradictions_are_told_with_both_places_and_authority_decides() {
    let with = |shape: Shape, authority: Authority, file: u32| {
        let mut model = Model::default();
        let schema = add(&mut model, shape, file);
        model.schemas.get_mut(schema).expect("just added").authority = authority;
        let mut op = operation("GET /a", file);
        op.parameters
            .push(parameter("q", Location::Query, schema, file));
        model.operations.push(op);
        model
    };
    let cases = [
        (
            Shape::Boolean,
            Authority::Documented,
            Shape::Number,
            Authority::Declared,
            Shape::Number,
            1,
        ),
        (
            Shape::Boolean,
            Authority::Declared,
            Shape::Number,
            Authority::Declared,
            Shape::Boolean,
            1,
        ),
        (
            Shape::Sampled(Box::default()),
            Authority::Sampled,
            Shape::Number,
            Authority::Declared,
            Shape::Number,
            0,
        ),
        (
            Shape::Any,
            Authority::Declared,
            Shape::Sampled(Box::default()),
            Authority::Sampled,
            Shape::Any,
            0,
        ),
        (
            Shape::Any,
            Authority::Sampled,
            Shape::Number,
            Authority::Documented,
            Shape::Number,
            0,
        ),
    ];
    for (left, left_authority, right, right_authority, expected, warnings) in cases {
        let mut diagnostics = Diagnostics::new();
        let models = vec![
            with(left, left_authority, 0),
            with(right, right_authority, 1),
        ];
        let model = merge(models, &mut diagnostics);
        let q = &model.operations[0].parameters[0];
        assert_eq!(model.schemas.get(q.schema).shape, expected);
        assert_eq!(diagnostics.iter().count(), warnings, "{diagnostics:?}");
        for diagnostic in diagnostics.iter() {
            assert!(diagnostic.origin.is_some() && diagnostic.related.len() == 1);
        }
    }
}
