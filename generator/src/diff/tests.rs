//! Small surfaces: what is paired, how changes are told, and that a released surface comes back whole.

use super::surface::{Argument, At, Member, Operation, Type};
use super::{
    Class, Kind, Surface, compare, json, markdown, read_released, sarif, text, write_released,
};
use serde_json::Value;

fn member(name: &str, wire: &str, ty: &str) -> Member {
    Member {
        name: name.to_owned(),
        wire: wire.to_owned(),
        ty: ty.to_owned(),
        at: Some(At(0, 7, 9)),
        ..Member::default()
    }
}

fn ty(name: &str, key: &str, members: Vec<Member>) -> Type {
    Type {
        name: name.to_owned(),
        key: key.to_owned(),
        members,
        at: Some(At(0, 5, 3)),
        ..Type::default()
    }
}

fn show(output: &str) -> Operation {
    Operation {
        key: "GET /users/{}".to_owned(),
        verb: "GET".to_owned(),
        path: "/users/{id}".to_owned(),
        group: "users".to_owned(),
        method: "show".to_owned(),
        output: output.to_owned(),
        arguments: vec![Argument {
            name: "id".to_owned(),
            ty: "&str".to_owned(),
            key: "path 0".to_owned(),
            ..Argument::default()
        }],
        ..Operation::default()
    }
}

fn surface(operations: Vec<Operation>, types: Vec<Type>) -> Surface {
    Surface {
        name: "shop".to_owned(),
        version: "0.1.0".to_owned(),
        files: vec!["a b.yaml".to_owned()],
        operations,
        types,
        ..Surface::default()
    }
}

fn kinds(old: &Surface, new: &Surface) -> Vec<Kind> {
    let changes = compare(old, new).changes;
    changes.iter().map(|change| change.kind).collect()
}

#[test]
fn a_type_with_another_name_is_told_once() {
    let user = || {
        vec![
            member("name", "name", "String"),
            member("boss", "boss", "Box<User>"),
        ]
    };
    let person = || {
        vec![
            member("name", "name", "String"),
            member("boss", "boss", "Box<Person>"),
        ]
    };
    let old = surface(vec![show("User")], vec![ty("User", "schema User", user())]);
    for key in ["schema User", "schema Person"] {
        let new = surface(vec![show("Person")], vec![ty("Person", key, person())]);
        assert_eq!(kinds(&old, &new), [Kind::TYPE_RENAMED], "{key}");
    }
    let other = vec![member("label", "label", "String")];
    let new = surface(vec![show("User")], vec![ty("User", "schema User", other)]);
    assert_eq!(
        kinds(&old, &new),
        [Kind::FIELD_REMOVED, Kind::FIELD_REMOVED, Kind::FIELD_ADDED]
    );
    assert!(kinds(&old, &old).is_empty());
}

#[test]
fn what_is_the_same_in_rust_and_not_on_the_wire_is_behaviour() {
    let old = surface(vec![show("()")], Vec::new());
    let mut new = old.clone();
    for operation in &mut new.operations {
        operation.key = "GET /v2/users/{}".to_owned();
        operation.path = "/v2/users/{id}".to_owned();
    }
    assert_eq!(kinds(&old, &new), [Kind::OPERATION_MOVED]);
    assert_eq!(compare(&old, &new).class(), Some(Class::Behaviour));
}

#[test]
fn a_released_surface_comes_back_whole() {
    let user = ty(
        "User",
        "schema User",
        vec![member("a", "b\"\n", "Option<i64>")],
    );
    let known = surface(vec![show("User")], vec![user]);
    let text = write_released(&known);
    assert_eq!(read_released(&text), Ok(known));
    // One type a line.
    assert_eq!(
        text.lines()
            .filter(|line| line.contains("schema User"))
            .count(),
        1
    );
    let newer = text.replace("\"format\": 1", "\"format\": 2");
    assert!(read_released(&newer).is_err_and(|why| why.contains("format 2")));
    assert!(read_released("{}").is_err());
    assert!(read_released("[").is_err());
}

#[test]
fn names_of_a_description_cannot_steer_a_page() {
    let hostile = "x` <img src=y> @team [a](b) `\u{1b}[31m\u{202e}";
    let old = surface(
        Vec::new(),
        vec![ty("User", "u", vec![member("name", hostile, "String")])],
    );
    let new = surface(
        Vec::new(),
        vec![ty("User", "u", vec![member("name", "name", "String")])],
    );
    let page = markdown(&[compare(&old, &new)]);
    for unwanted in ["<img", " @team", " [a](", "\u{1b}", "\u{202e}"] {
        assert!(!page.contains(unwanted), "{page}");
    }
    assert!(!text(&[compare(&old, &new)]).contains('\u{1b}'));
}

#[test]
fn programs_read_json_and_sarif() {
    let old = surface(
        Vec::new(),
        vec![ty("User", "u", vec![member("name", "name", "String")])],
    );
    let new = surface(
        Vec::new(),
        vec![ty("User", "u", vec![member("name", "name", "i64")])],
    );
    let difference = [compare(&old, &new)];
    let read: Value = serde_json::from_str(&json(&difference)).expect("JSON");
    let change = &read["crates"][0]["changes"][0];
    assert_eq!(change["code"], "field-type-changed");
    assert_eq!(change["class"], "breaking");
    assert_eq!(change["old"]["line"], 7);
    assert_eq!(read["crates"][0]["asked_version"], "0.2.0");
    let read: Value = serde_json::from_str(&sarif(&difference)).expect("JSON");
    let result = &read["runs"][0]["results"][0];
    let rules = read["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .expect("rules");
    let index = result["ruleIndex"].as_u64().expect("a number") as usize;
    assert_eq!(rules[index]["id"], result["ruleId"]);
    assert_eq!(rules.len(), Kind::all().count());
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b.yaml");
    assert_eq!(place["region"]["startColumn"], 9);
    assert_eq!(result["level"], "error");
}

#[test]
fn kinds_have_names_of_their_own() {
    let names: std::collections::BTreeSet<&str> = Kind::all().map(Kind::as_str).collect();
    assert_eq!(names.len(), Kind::all().count());
    for kind in Kind::all() {
        assert!(kind.about().ends_with('.'), "{kind}");
        assert!(
            kind.as_str()
                .chars()
                .all(|c| c.is_ascii_lowercase() || c == '-'),
            "{kind}"
        );
    }
}

#[test]
fn names_of_the_package_and_of_operations_are_compared() {
    let old = surface(vec![show("()")], Vec::new());
    let mut new = old.clone();
    new.name = "store".to_owned();
    for operation in &mut new.operations {
        operation.id = "SeeUser".to_owned();
    }
    assert_eq!(kinds(&old, &new), [Kind::CRATE_RENAMED, Kind::OPERATION_ID]);
}
