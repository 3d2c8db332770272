//! What is sent is split from what is received, where the two differ, and nowhere else.

use super::operation;
use super::support::Schemes;
use crate::model::*;
use crate::origin::Origins;

fn body(schema: SchemaId) -> Option<RequestBody> {
    Some(RequestBody {
        required: true,
        content: vec![MediaType {
            name: "application/json".to_owned(),
            schema,
            ..MediaType::default()
        }],
        docs: Docs::default(),
        origins: Origins::none(),
    })
}

/// The schema of the body of the first operation.
fn sent(model: &Model) -> SchemaId {
    model.operations[0]
        .request_body
        .as_ref()
        .expect("a body")
        .content[0]
        .schema
}

#[test]
fn only_what_differs_is_split_with_all_around_it() {
    let mut schemes = Schemes::default();
    let text = schemes.add(Shape::String(StringFormat::Plain));
    let tag = schemes.object(&[("label", text)]);
    let user = schemes.named("User", Shape::Any);
    let friends = schemes.add(Shape::Array(user));
    schemes.set(
        user,
        object_with(&[("id!", text), ("tag", tag), ("friends", friends)], "id!"),
    );
    let envelope = schemes.object(&[("user", user)]);
    let mut create = operation("POST", &["users"]);
    create.request_body = body(envelope);
    create.responses = vec![super::response(200, user)];
    let mut tags = operation("POST", &["tags"]);
    tags.request_body = body(tag);
    schemes.0.operations = vec![create, tags];
    schemes.pass("directions");

    let model = &schemes.0;
    // The envelope is only sent: it stays, and holds the copy.
    assert_eq!(sent(model), envelope);
    let property = |id: SchemaId, name: &str| match &model.schemas.get(id).shape {
        Shape::Object(object) => {
            let mut properties = object.properties.iter();
            properties.find(|one| one.name == name).expect(name).schema
        }
        other => panic!("{other:?}"),
    };
    let copy = property(envelope, "user");
    assert_ne!(copy, user);
    assert_eq!(model.schemas.get(copy).names, [NameHint::new("User", 0)]);
    // Recursion leads from the copy to the copy, and what is the same both ways stays one.
    let list = property(copy, "friends");
    assert_eq!(model.schemas.get(list).shape, Shape::Array(copy));
    assert_eq!(model.schemas.get(friends).shape, Shape::Array(user));
    assert_eq!(property(copy, "tag"), tag);
    assert_eq!(model.schemas.len(), 7);
}

#[test]
fn what_is_the_same_both_ways_stays_one() {
    let mut schemes = Schemes::default();
    let text = schemes.add(Shape::String(StringFormat::Plain));
    let user = schemes.object(&[("name", text)]);
    let received = schemes.add(object_with(&[("id", text)], "id"));
    let mut create = operation("POST", &["users"]);
    create.request_body = body(user);
    create.responses = vec![super::response(200, user), super::response(404, received)];
    schemes.0.operations = vec![create];
    schemes.pass("directions");
    assert_eq!((sent(&schemes.0), schemes.0.schemas.len()), (user, 3));
}

/// An object whose property of this name is only received.
fn object_with(properties: &[(&str, SchemaId)], read_only: &str) -> Shape {
    let mut shape = super::support::object(properties);
    if let Shape::Object(object) = &mut shape {
        for property in &mut object.properties {
            property.read_only = property.name == read_only.trim_end_matches('!');
        }
    }
    shape
}
