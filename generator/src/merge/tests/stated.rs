//! Samples that meet what is stated, weaker and stronger statements, and sources that have nothing in common.

use super::*;
use crate::model::evidence::{
    ArrayEvidence, Direction, Evidence, Fidelity, FieldEvidence, Formats, IntegerEvidence,
    ObjectEvidence, Observation, Observations, StringEvidence,
};
use crate::model::{Additional, Server, Spelling};

fn seen(direction: Direction) -> Observations {
    Observations::from(Observation {
        fidelity: Fidelity::Example,
        direction,
        origin: place(5).first().expect("a place"),
        inner: Span { start: 0, end: 1 },
    })
}

fn integer() -> Evidence {
    let mut evidence = Evidence::default();
    evidence.add_integer(&IntegerEvidence {
        seen: seen(Direction::Received),
        min: 5,
        max: 5,
        beyond: false,
    });
    evidence
}

fn text(value: &str) -> Evidence {
    let mut evidence = Evidence::default();
    evidence.add_string(&StringEvidence {
        seen: seen(Direction::Received),
        values: [value.to_owned()].into(),
        formats: Formats::NONE,
    });
    evidence
}

fn null() -> Evidence {
    Evidence {
        null: seen(Direction::Received),
        ..Evidence::default()
    }
}

fn array(item: Evidence) -> Evidence {
    Evidence {
        array: Some(Box::new(ArrayEvidence {
            seen: seen(Direction::Received),
            empty: Observations::default(),
            item,
        })),
        ..Evidence::default()
    }
}

fn object(direction: Direction, members: &[(&str, Evidence)]) -> Evidence {
    let mut object = ObjectEvidence {
        seen: seen(direction),
        ..ObjectEvidence::default()
    };
    let mut names: Vec<String> = members.iter().map(|(name, _)| (*name).to_owned()).collect();
    names.sort();
    object.key_sets.insert(names, seen(direction));
    for (index, (name, value)) in members.iter().enumerate() {
        let field = FieldEvidence {
            index: index as u32,
            value: value.clone(),
            ..FieldEvidence::default()
        };
        object.fields.insert((*name).to_owned(), field);
    }
    Evidence {
        object: Some(Box::new(object)),
        ..Evidence::default()
    }
}

fn declare(model: &mut Model, shape: Shape) -> SchemaId {
    model.authority = Authority::Declared;
    model.schemas.add(Schema {
        shape,
        authority: Authority::Declared,
        origins: place(1),
        ..Schema::default()
    })
}

fn declare_object(model: &mut Model, members: &[(&str, SchemaId)]) -> SchemaId {
    let properties = members.iter().map(|(name, schema)| property(name, *schema));
    let shape = Shape::Object(ObjectShape {
        properties: properties.collect(),
        ..ObjectShape::default()
    });
    declare(model, shape)
}

fn answer(mut model: Model, status: Status, media: &str, schema: SchemaId) -> Model {
    let mut op = operation("GET /users", 1);
    op.responses.push(Response {
        status,
        docs: Docs::default(),
        headers: Vec::new(),
        content: vec![MediaType {
            name: media.to_owned(),
            schema,
            ..MediaType::default()
        }],
        origins: place(1),
    });
    model.operations.push(op);
    model
}

fn sampled(status: u16, evidence: Evidence) -> Model {
    let mut model = Model::default();
    let schema = add(&mut model, Shape::Sampled(Box::new(evidence)), 5);
    answer(model, Status::Code(status), "application/json", schema)
}

fn body(model: &Model, response: usize) -> SchemaId {
    model.operations[0].responses[response].content[0].schema
}

fn members(model: &Model, id: SchemaId) -> Vec<(String, bool)> {
    let Shape::Object(object) = &model.schemas.get(id).shape else {
        panic!("an object: {:?}", model.schemas.get(id))
    };
    object
        .properties
        .iter()
        .map(|p| {
            (
                p.name.clone(),
                super::super::object::is_undocumented(&p.docs),
            )
        })
        .collect()
}

fn named(names: &[(&str, bool)]) -> Vec<(String, bool)> {
    names.iter().map(|(n, u)| ((*n).to_owned(), *u)).collect()
}

/// `{users: [{id: integer, name: string, born: date}]}`
fn declared() -> (Model, SchemaId) {
    let mut model = Model::default();
    let id = declare(&mut model, Shape::Integer { unsigned: false });
    let name = declare(&mut model, Shape::String(StringFormat::Plain));
    let born = declare(&mut model, Shape::String(StringFormat::Date));
    let user = declare_object(&mut model, &[("id", id), ("name", name), ("born", born)]);
    let users = declare(&mut model, Shape::Array(user));
    let page = declare_object(&mut model, &[("users", users)]);
    (model, page)
}

#[test]
fn samples_add_members_and_change_nothing_that_is_declared() {
    let seen = object(
        Direction::Received,
        &[
            (
                "users",
                array(object(
                    Direction::Received,
                    &[
                        ("zip", text("8000")),
                        ("id", text("x7")),
                        ("name", integer()),
                        ("age", integer()),
                    ],
                )),
            ),
            ("count", integer()),
        ],
    );
    for swapped in [false, true] {
        let (model, page) = declared();
        let mut models = vec![
            answer(model, Status::Code(200), "application/json", page),
            sampled(200, seen.clone()),
        ];
        if swapped {
            models.reverse();
        }
        let mut diagnostics = Diagnostics::new();
        let model = merge(models, &mut diagnostics);
        let page = body(&model, 0);
        assert_eq!(
            members(&model, page),
            named(&[("users", false), ("count", true)])
        );
        let Shape::Object(shape) = &model.schemas.get(page).shape else {
            panic!("an object")
        };
        let Shape::Array(user) = model.schemas.get(shape.properties[0].schema).shape else {
            panic!("a list")
        };
        assert_eq!(
            members(&model, user),
            named(&[
                ("id", false),
                ("name", false),
                ("born", false),
                ("age", true),
                ("zip", true)
            ])
        );
        let Shape::Object(user) = &model.schemas.get(user).shape else {
            panic!("an object")
        };
        let schema = |at: usize| model.schemas.get(user.properties[at].schema);
        assert_eq!(schema(0).shape, Shape::Integer { unsigned: false });
        assert_eq!(schema(1).shape, Shape::String(StringFormat::Plain));
        assert!(schema(1).spellings.contains(&Spelling::Number));
        assert!(matches!(schema(3).shape, Shape::Sampled(_)));
        let mut messages: Vec<_> = diagnostics.iter().map(|d| d.message.clone()).collect();
        messages.sort();
        assert_eq!(
            messages,
            [
                "`GET /users response.200.users[].id` is a string in a sample, and an integer by its description",
                "`GET /users response.200.users[].name` is an integer in a sample, and a string by its description",
            ]
        );
        for diagnostic in diagnostics.iter() {
            assert_eq!(diagnostic.code, Code::MERGE_SAMPLE_CONTRADICTS);
            assert_eq!(diagnostic.origin, place(5).first());
            assert_eq!(diagnostic.related[0].0, place(1).first().expect("a place"));
            let help = diagnostic.help.as_deref().unwrap_or_default();
            assert!(help.contains("under `types`"), "{help}");
        }
    }
}

#[test]
fn null_in_a_sample_is_told_and_does_not_make_nullable() {
    let (model, page) = declared();
    let mut diagnostics = Diagnostics::new();
    let models = vec![
        answer(model, Status::Code(200), "application/json", page),
        sampled(200, object(Direction::Received, &[("users", null())])),
    ];
    let model = merge(models, &mut diagnostics);
    let help: Vec<_> = diagnostics.iter().filter_map(|d| d.help.clone()).collect();
    assert_eq!(
        help,
        [
            "if null is right, say `\"GET /users response.200.users\": true` under `nullable` in letterpress.yaml"
        ]
    );
    assert!(model.schemas.iter().all(|(_, schema)| !schema.nullable));
}

#[test]
fn members_of_several_parts_are_known_and_new_ones_leave_shared_parts_alone() {
    let mut model = Model::default();
    let id = declare(&mut model, Shape::Integer { unsigned: false });
    let base = declare_object(&mut model, &[("id", id)]);
    let name = declare(&mut model, Shape::String(StringFormat::Plain));
    let own = declare_object(&mut model, &[("name", name)]);
    let all = declare(&mut model, Shape::AllOf(vec![base, own]));
    let seen = object(
        Direction::Received,
        &[("id", integer()), ("name", text("Ada")), ("age", integer())],
    );
    let models = vec![
        answer(model, Status::Code(200), "application/json", all),
        sampled(200, seen),
    ];
    let mut diagnostics = Diagnostics::new();
    let model = merge(models, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let Shape::AllOf(parts) = &model.schemas.get(body(&model, 0)).shape else {
        panic!("parts")
    };
    let parts: Vec<_> = parts.iter().map(|part| members(&model, *part)).collect();
    assert_eq!(
        parts,
        [
            named(&[("id", false)]),
            named(&[("name", false)]),
            named(&[("age", true)])
        ]
    );
}

#[test]
fn maps_and_alternatives_take_what_fits() {
    let mut model = Model::default();
    let number = declare(&mut model, Shape::Number);
    let map = declare(&mut model, Shape::Map(number));
    let plain = declare(&mut model, Shape::String(StringFormat::Plain));
    let choice = declare(
        &mut model,
        Shape::Union(crate::model::UnionShape {
            variants: [plain, map]
                .map(|schema| crate::model::Variant {
                    schema,
                    ..crate::model::Variant::default()
                })
                .into(),
            ..crate::model::UnionShape::default()
        }),
    );
    let mut sample = object(
        Direction::Received,
        &[("a", integer()), ("b", text("none"))],
    );
    sample.join(&text("whole"));
    let models = vec![
        answer(model, Status::Code(200), "application/json", choice),
        sampled(200, sample),
    ];
    let mut diagnostics = Diagnostics::new();
    merge(models, &mut diagnostics);
    let messages: Vec<_> = diagnostics.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(
        messages,
        ["`GET /users response.200[]` is a string in a sample, and a number by its description"]
    );
}

#[test]
fn a_sample_belongs_to_the_class_of_its_status_and_to_the_only_json() {
    for (declared, status, joined) in [
        (Status::Default, 404, true),
        (Status::Range(4), 404, true),
        (Status::Range(5), 404, false),
        (Status::Default, 200, true),
    ] {
        let mut model = Model::default();
        let message = declare(&mut model, Shape::String(StringFormat::Plain));
        let error = declare_object(&mut model, &[("message", message)]);
        let models = vec![
            answer(model, declared, "application/problem+json", error),
            sampled(
                status,
                object(Direction::Received, &[("message", text("no"))]),
            ),
        ];
        let model = merged(models);
        let responses = &model.operations[0].responses;
        assert_eq!(
            responses.len(),
            if joined { 1 } else { 2 },
            "{declared:?} {status}"
        );
        assert_eq!(responses[0].content.len(), 1);
        assert_eq!(responses[0].content[0].name, "application/problem+json");
    }
}

#[test]
fn parameters_keep_their_declared_type_and_others_are_added() {
    let mut model = Model::default();
    let q = declare(&mut model, Shape::Integer { unsigned: false });
    let code = declare(&mut model, Shape::String(StringFormat::Plain));
    let mut op = operation("GET /users", 1);
    for (name, schema, required) in [("page", q, true), ("code", code, false)] {
        let mut parameter = parameter(name, Location::Query, schema, 1);
        parameter.required = required;
        op.parameters.push(parameter);
    }
    model.operations.push(op);
    let mut samples = Model::default();
    let mut op = operation("GET /users", 5);
    for (name, value) in [
        ("page", text("first")),
        ("code", integer()),
        ("sort", text("id")),
    ] {
        let schema = add(&mut samples, Shape::Sampled(Box::new(value)), 5);
        op.parameters
            .push(parameter(name, Location::Query, schema, 5));
    }
    samples.operations.push(op);
    let mut diagnostics = Diagnostics::new();
    let model = merge(vec![samples, model], &mut diagnostics);
    let parameters = &model.operations[0].parameters;
    let shown: Vec<_> = parameters
        .iter()
        .map(|p| {
            let undocumented = super::super::object::is_undocumented(&p.docs);
            (p.name.as_str(), p.required, undocumented)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("page", true, false),
            ("code", false, false),
            ("sort", false, true)
        ]
    );
    let messages: Vec<_> = diagnostics.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(
        messages,
        ["`GET /users query.page` is a string in a sample, and an integer by its description"]
    );
}

#[test]
fn what_a_sample_sends_is_not_read_only() {
    for direction in [Direction::Sent, Direction::Received] {
        let mut model = Model::default();
        let id = declare(&mut model, Shape::Integer { unsigned: false });
        let user = declare_object(&mut model, &[("id", id)]);
        if let Some(Shape::Object(object)) = model.schemas.get_mut(user).map(|s| &mut s.shape) {
            object.properties[0].read_only = true;
        }
        let models = vec![
            answer(model, Status::Code(200), "application/json", user),
            sampled(200, object(direction, &[("id", integer())])),
        ];
        let model = merged(models);
        let Shape::Object(object) = &model.schemas.get(body(&model, 0)).shape else {
            panic!("an object")
        };
        assert_eq!(
            object.properties[0].read_only,
            direction == Direction::Received
        );
        assert_eq!(object.additional, Additional::Unknown);
    }
}

#[test]
fn equals_that_contradict_are_told_with_both_places_and_the_override() {
    let mut models = Vec::new();
    for shape in [Shape::Boolean, Shape::Number] {
        let mut model = Model::default();
        let value = declare(&mut model, shape);
        let object = declare_object(&mut model, &[("active", value)]);
        models.push(answer(model, Status::Code(200), "application/json", object));
    }
    let mut diagnostics = Diagnostics::new();
    merge(models, &mut diagnostics);
    let [conflict] = diagnostics.iter().collect::<Vec<_>>()[..] else {
        panic!("{diagnostics:?}")
    };
    assert_eq!(conflict.code, Code::MERGE_TYPE_CONFLICT);
    assert_eq!(
        conflict.message,
        "`GET /users response.200.active` is a number here, a boolean there"
    );
    assert!(conflict.origin.is_some() && conflict.related.len() == 1);
    let help = conflict.help.as_deref().unwrap_or_default();
    assert!(help.contains("`GET /users response.200.active`"), "{help}");
}

fn served(url: &str, path: &str, file: u32) -> Model {
    let mut model = Model::default();
    model.servers.push(Server {
        url: url.to_owned(),
        origins: place(file),
        ..Server::default()
    });
    model.operations.push(operation(path, file));
    model
}

#[test]
fn sources_that_share_nothing_are_said_to() {
    let told = |models: Vec<Model>| {
        let mut diagnostics = Diagnostics::new();
        merge(models, &mut diagnostics);
        let found = diagnostics.iter();
        let found = found.filter(|d| d.code == Code::MERGE_DIFFERENT_APIS);
        found
            .map(|d| (d.origin, d.related.len()))
            .collect::<Vec<_>>()
    };
    let users = || served("https://a.example", "GET /api/users", 0);
    let other = || served("https://b.example/v2", "GET /accounts", 1);
    assert_eq!(told(vec![users(), other()]), [(place(1).first(), 1)]);
    // Through a third one they hang together.
    let between = served("https://b.example", "GET /api/groups", 2);
    assert_eq!(told(vec![users(), other(), between]), []);
    assert_eq!(told(vec![users(), served("", "GET /accounts", 1)]), []);
}

#[test]
fn a_base_path_counts_as_path_where_a_source_has_it_there() {
    for (own, path) in [
        ("https://a.example", "GET /v1/users"),
        ("https://a.example/v1/users", "GET /"),
        ("https://a.example/v1", "GET /users"),
    ] {
        let path = path.trim_end_matches('/');
        let mut second = served(own, path, 1);
        if path == "GET " {
            second.operations[0].key.path.segments.clear();
        }
        let model = merged(vec![
            served("https://a.example/v1", "GET /users", 0),
            second,
        ]);
        let keys: Vec<_> = model
            .operations
            .iter()
            .map(|op| op.key.to_string())
            .collect();
        assert_eq!(keys, ["GET /users"], "{own} {path}");
        assert_eq!(model.servers.len(), 1);
    }
}
