//! Which records are one schema, and what it is called.

use super::support::*;
use crate::diagnostic::Code;

/// The model of calls as text.
fn shown(calls: &[Call]) -> String {
    print(&resolved(calls).0)
}

#[test]
fn one_name_and_structure_is_one_schema() {
    let text = shown(&[
        call(
            "GET /users",
            &[],
            &[(
                200,
                r#"{"users":[{"id":1,"name":"a","email":"x"}],"count":1}"#,
            )],
        ),
        call(
            "GET /users/{id}",
            &[],
            &[(200, r#"{"user":{"id":1,"name":"a","phone":"1"}}"#)],
        ),
        call(
            "GET /me",
            &[],
            &[(
                200,
                r#"{"user":{"id":1,"name":"a","email":"x","phone":"1","token":"t"}}"#,
            )],
        ),
        call(
            "POST /users",
            &[r#"{"user":{"id":1,"name":"a","email":"x"}}"#],
            &[],
        ),
        call(
            "GET /deleted",
            &[],
            &[(200, r#"{"deleted_users":[{"id":1,"name":"a"}]}"#)],
        ),
        call(
            "GET /groups",
            &[],
            &[(200, r#"{"groups":[{"id":1,"name":"a"}]}"#)],
        ),
    ]);
    insta::assert_snapshot!(text);
}

#[test]
fn the_same_name_for_other_things_stays_apart() {
    let text = shown(&[
        call("GET /a", &[], &[(200, r#"{"data":{"id":1,"name":"a"}}"#)]),
        call(
            "GET /b",
            &[],
            &[(
                200,
                r#"{"data":{"id":1,"name":"a","price":1,"stock":2,"tags":[]}}"#,
            )],
        ),
        call(
            "GET /c",
            &[],
            &[(200, r#"{"item":{"id":1,"owner":{"a":1,"b":2}}}"#)],
        ),
        call("GET /d", &[], &[(200, r#"{"item":{"id":1,"owner":"me"}}"#)]),
    ]);
    assert_eq!(text.matches("data@2").count(), 2, "{text}");
    assert_eq!(text.matches("item@2").count(), 2, "{text}");
}

#[test]
fn a_body_that_several_operations_share_has_a_name() {
    let pet = r#"{"id":1,"name":"a","tag":"t"}"#;
    let text = shown(&[
        call(
            "GET /pets/{id}",
            &[],
            &[(200, pet), (404, r#"{"code":1,"message":"m"}"#)],
        ),
        call(
            "POST /pets",
            &[],
            &[(201, pet), (400, r#"{"code":1,"message":"m"}"#)],
        ),
        call("GET /v1/pets", &[], &[(200, &format!("[{pet}]"))]),
    ]);
    insta::assert_snapshot!(text);
}

#[test]
fn trees_are_recursive() {
    let shell = r#"{"value":"<Circular reference to #/components/schemas/Node detected>"}"#;
    let text = shown(&[call(
        "GET /tree",
        &[],
        &[(
            200,
            &format!(r#"{{"id":"<integer>","parent":{shell},"children":[{shell},{shell}]}}"#),
        )],
    )]);
    assert!(
        text.contains("#0 Node@0: id int, parent #0, children [#0],"),
        "{text}"
    );

    let photo = shown(&[call(
        "GET /x",
        &[],
        &[(
            200,
            r#"{"photo":{"id":1,"name":"a","size":3,"thumbnails":[{"id":2,"name":"b","size":1}]}}"#,
        )],
    )]);
    assert!(
        photo.contains("photo@1,thumbnail@2: id! int, name string, size int, thumbnails [#1],"),
        "{photo}"
    );
}

#[test]
fn what_looks_alike_inside_a_record_is_a_tree_only_if_it_may_be() {
    let inside = |key: &str| {
        let body = format!(
            r#"{{"r":{{"id":1,"name":"a","url":"b","{key}":{{"id":2,"name":"c","url":"d"}}}}}}"#
        );
        shown(&[call("GET /x", &[], &[(200, &body)])])
    };
    assert!(inside("parent").contains("url string, parent #1,"));
    assert!(
        inside("owner").contains("url string, owner #5,"),
        "{}",
        inside("owner")
    );
}

#[test]
fn recursion_stops_at_a_record() {
    let shell = r#"{"value":"<Circular reference to #/components/schemas/Node detected>"}"#;
    let body = format!(r#"{{"dolore1":{shell},"in_80e":{shell}}}"#);
    let text = shown(&[call("GET /tree", &[], &[(200, &body)])]);
    assert_eq!(text, "GET /tree -> 200 {any}\n");
}

#[test]
fn a_back_reference_needs_exactly_one_record_before_it() {
    let body = |rest: &str| format!(r#"{{"a":"sample string 1",{rest}}}"#);
    let full =
        |key: &str| format!(r#""{key}":{{"street":"sample string 1","city":"sample string 2"}}"#);
    let check = |rest: &str| resolved(&[call("POST /x", &[&body(rest)], &[])]);

    let (model, notes) = check(&format!(r#"{},"homeAddress":{{}}"#, full("workAddress")));
    assert!(
        print(&model).contains("workAddress #2, homeAddress #2"),
        "{}",
        print(&model)
    );
    let note = notes.iter().next().unwrap();
    assert_eq!(note.code, Code::INFER_BACK_REFERENCE);
    assert!(note.origin.is_some() && note.related.len() == 1);

    let after = check(&format!(r#""homeAddress":{{}},{}"#, full("workAddress")));
    assert!(print(&after.0).contains("homeAddress {any}"));
    let other = r#""oldAddress":{"line":"sample string 1","zip":"sample string 2"}"#;
    let two = check(&format!(
        r#"{},{other},"homeAddress":{{}}"#,
        full("workAddress")
    ));
    assert!(
        print(&two.0).contains("homeAddress {any}"),
        "{}",
        print(&two.0)
    );
    // A name without a part of its own may be that of a more general schema.
    let plain = check(&format!(r#"{},"address":{{}}"#, full("workAddress")));
    assert!(
        print(&plain.0).contains(" address {any}"),
        "{}",
        print(&plain.0)
    );
    // A real sample means what it says.
    let real = resolved(&[call(
        "POST /x",
        &[r#"{"a":"b","workAddress":{"street":"c","city":"d"},"homeAddress":{}}"#],
        &[],
    )]);
    assert!(print(&real.0).contains("homeAddress {any}"));
    assert!(real.1.is_empty());
}

#[test]
fn several_names_for_one_thing_become_what_they_share() {
    let named = |keys: &[&str]| {
        let person = r#"{"name":"a","mail":"b","phone":"c","city":"d"}"#;
        let members: Vec<_> = keys
            .iter()
            .map(|key| format!("\"{key}\":{person}"))
            .collect();
        let body = format!("{{{}}}", members.join(","));
        let (model, _) = resolved(&[call("GET /x", &[], &[(200, &body)])]);
        let named = model
            .schemas
            .iter()
            .find(|(_, schema)| !schema.names.is_empty());
        named.unwrap().1.names[0].text.clone()
    };
    assert_eq!(named(&["homeAddress", "workAddress"]), "Address");
    assert_eq!(named(&["home_address", "work_address"]), "address");
    assert_eq!(named(&["newUser", "user", "owner"]), "user");
    assert_eq!(named(&["createdBy", "updatedBy"]), "createdBy");
    assert_eq!(named(&["assignee", "reviewer"]), "assignee");
}

#[test]
fn lists_of_different_things_stay_apart_though_they_look_alike() {
    let one = r#"{"id":1,"name":"a","uid":"b","owner":2}"#;
    let text = shown(&[
        call(
            "GET /a",
            &[],
            &[(200, &format!(r#"{{"collections":[{one}]}}"#))],
        ),
        call(
            "GET /b",
            &[],
            &[(200, &format!(r#"{{"monitors":[{one}]}}"#))],
        ),
    ]);
    assert!(
        text.contains(" collection@1: ") && text.contains(" monitor@1: "),
        "{text}"
    );
    let long = r#"{"a":1,"b":"a","c":"b","d":2,"e":1,"f":1,"g":1,"h":1}"#;
    let text = shown(&[
        call(
            "GET /a",
            &[],
            &[(200, &format!(r#"{{"author":{long},"x":1}}"#))],
        ),
        call(
            "GET /b",
            &[],
            &[(200, &format!(r#"{{"reviewer":{long},"y":1}}"#))],
        ),
    ]);
    assert!(text.contains(" author@1,reviewer@2: "), "{text}");
}

#[test]
fn values_of_a_map_are_named_by_it() {
    let text = shown(&[call(
        "GET /x",
        &[],
        &[(
            200,
            r#"{"rates":{"2020-01-01":{"a":1,"b":2},"2020-01-02":{"a":1,"c":2}}}"#,
        )],
    )]);
    assert!(text.contains(" rate@1: a int, b int, c int,"), "{text}");
}

#[test]
fn a_shared_word_that_names_something_else_is_no_name() {
    let one = r#"{"a":1,"b":2,"c":3,"d":4}"#;
    let two = r#"{"a":"1","e":2,"f":3,"g":4}"#;
    let body = format!(r#"{{"dateTab":{one},"mailTab":{one},"zipTab":{two},"faxTab":{two}}}"#);
    let text = shown(&[call("GET /x", &[], &[(200, &body)])]);
    assert!(
        text.contains("dateTab@1") && text.contains("faxTab@1"),
        "{text}"
    );
}

#[test]
fn a_body_around_an_error_is_not_called_as_the_error_itself() {
    let body = r#"{"error":{"code":1,"message":"a"}}"#;
    let text = shown(&[
        call("GET /a", &[], &[(404, body)]),
        call("GET /b", &[], &[(400, body)]),
    ]);
    assert!(
        text.contains("#0 error_response@2: error #1,\n#1 error@1:"),
        "{text}"
    );
}

#[test]
fn a_body_is_called_by_its_one_record_unless_it_has_more_of_its_own() {
    let named = |scalars: usize| {
        let own: Vec<_> = (0..scalars).map(|n| format!("\"s{n}\":1")).collect();
        let body = format!(r#"{{"user":{{"a":1,"b":2}},{}}}"#, own.join(","));
        let calls = ["GET /a/b", "GET /c/d"].map(|line| call(line, &[], &[(200, &body)]));
        shown(&calls).contains("user_response@2")
    };
    assert!(named(6));
    assert!(!named(7));
}
