//! What one record leaves open and a similar one tells, and what samples show of what must be sent.

use super::support::*;

/// A line of the printed model: the record with these words in it.
fn record(calls: &[Call], words: &str) -> String {
    let text = print(&resolved(calls).0);
    let line = text.lines().find(|line| line.contains(words));
    line.unwrap_or_else(|| panic!("no {words} in\n{text}"))
        .to_owned()
}

const USER: &str = r#"{"user":{"id":1,"name":"a","role":"x","email":"b","tags":["t"],"photo":{"url":"u","size":1,"kind":"k"}}}"#;

#[test]
fn a_null_is_what_a_similar_record_has_there() {
    let gone = r#"{"deleted":{"id":1,"name":"a","role":"x","email":"b","photo":null}}"#;
    let calls = [
        call("GET /users/{id}", &[], &[(200, USER)]),
        call("GET /gone/{id}", &[], &[(200, gone)]),
    ];
    let (model, _) = resolved(&calls);
    let photos: Vec<_> = model
        .schemas
        .iter()
        .filter(|(_, schema)| schema.names.iter().any(|name| name.text == "photo"))
        .collect();
    // Two schemas of one record, since null stands in the place of one of them.
    let [(_, one), (_, other)] = photos.as_slice() else {
        panic!("{}", print(&model));
    };
    assert_eq!(one.shape, other.shape);
    assert_ne!(one.nullable, other.nullable);
    // They are one type.
    let facts = crate::analyze::analyze(&model);
    assert_eq!(facts.same(photos[0].0), facts.same(photos[1].0));
}

#[test]
fn a_null_in_a_record_of_another_kind_stays_open() {
    let other = r#"{"page":{"id":1,"title":"a","text":"x","photo":null}}"#;
    let calls = [
        call("GET /users/{id}", &[], &[(200, USER)]),
        call("GET /pages/{id}", &[], &[(200, other)]),
    ];
    assert!(record(&calls, "title").contains("photo any?"));
}

#[test]
fn elements_that_only_answers_show_are_those_of_what_is_sent() {
    let sent = r#"{"user":{"id":1,"name":"a","role":"x","email":"b","tags":[]}}"#;
    let calls = [call("POST /users", &[sent], &[(201, USER)])];
    let text = print(&resolved(&calls).0);
    assert_eq!(text.matches("tags [string]").count(), 2, "{text}");
}

#[test]
fn records_stay_apart_by_the_way_they_travel() {
    let sent = r#"{"user":{"id":1,"name":"a","role":"x","email":"b","photo":null}}"#;
    let calls = [call("POST /users", &[sent], &[(201, USER)])];
    let text = print(&resolved(&calls).0);
    assert!(text.contains("photo any?"), "{text}");
}

#[test]
fn a_reference_needs_its_identity() {
    let merge = call("PUT /users/{id}/merge", &[r#"{"user":{"id":1}}"#], &[]);
    assert!(record(&[merge], "user@1").contains("id! int"));
    let update = call("PUT /users/{id}", &[r#"{"user":{"id":1,"name":"a"}}"#], &[]);
    assert!(record(&[update], "user@1").contains("id int"));
    // The whole body may be a filter.
    let delete = call("DELETE /users", &[r#"{"ids":[1]}"#], &[]);
    assert!(record(&[delete], "ids").contains("ids [int]"));
}

#[test]
fn parts_that_several_operations_create_whole_are_required_whole() {
    let one = r#"{"user":{"name":"a","team":{"kind":"x","value":"y"}}}"#;
    let two = r#"{"user":{"name":"b","mail":"c","team":{"kind":"z","value":"w"}}}"#;
    let less = r#"{"user":{"name":"b","team":{"kind":"z"}}}"#;
    let calls = |method: &str, second: &str| {
        [
            call("POST /users", &[one], &[]),
            call(&format!("{method} /users/import"), &[second], &[]),
        ]
    };
    let team = |calls: &[Call]| record(calls, "team@1");
    assert!(team(&calls("POST", two)).contains("kind! string, value! string"));
    // The user itself is what the bodies are about, of which a sample more may leave out anything.
    assert!(record(&calls("POST", two), "user@1").contains("name string"));
    assert!(team(&calls("PUT", two)).contains("kind string, value string"));
    assert!(team(&calls("POST", less)).contains("kind string, value string"));
    let alone = [call("POST /users", &[one, two], &[])];
    assert!(team(&alone).contains("kind string, value string"));
}

#[test]
fn names_that_people_choose_are_a_map_both_ways() {
    let sent = r#"{"user":{"name":"a","user_fields":{"level":"x"}}}"#;
    let received = r#"{"user":{"name":"a","user_fields":{"size":1,"color":"y"}}}"#;
    let calls = [call("POST /users", &[sent], &[(201, received)])];
    let text = print(&resolved(&calls).0);
    assert_eq!(text.matches("user_fields {any}").count(), 2, "{text}");
    // The same names both ways are the API's own.
    let calls = [call("POST /users", &[sent], &[(201, sent)])];
    let text = print(&resolved(&calls).0);
    assert!(text.contains("level string"), "{text}");
}
