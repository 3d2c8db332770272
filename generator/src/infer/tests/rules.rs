//! The rules of inference, one by one.

use super::support::*;
use crate::diagnostic::Code;

/// The model of calls as text.
fn shown(calls: &[Call]) -> String {
    print(&resolved(calls).0)
}

/// The shape of the member `x` of a record that was received in these samples.
fn received(samples: &[&str]) -> String {
    member(samples, false)
}

fn member(samples: &[&str], sent: bool) -> String {
    let bodies: Vec<String> = samples
        .iter()
        .map(|s| format!(r#"{{"r":{{"x":{s},"y":1}}}}"#))
        .collect();
    let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
    let call = if sent {
        call("POST /x", &bodies, &[])
    } else {
        call(
            "GET /x",
            &[],
            &bodies.iter().map(|b| (200, *b)).collect::<Vec<_>>(),
        )
    };
    let (model, _) = resolved(&[call]);
    let record = model
        .schemas
        .iter()
        .find(|(_, schema)| schema.names.iter().any(|name| name.text == "r"))
        .map(|(id, _)| id)
        .unwrap();
    let x = properties(&model, record)
        .iter()
        .find(|p| p.name == "x")
        .unwrap();
    kind(&model, x.schema)
}

#[test]
fn kinds() {
    let cases: &[(&[&str], &str)] = &[
        (&["1", "2"], "int"),
        (&["1", "2.5"], "number"),
        (&["1", "null"], "int?"),
        (&["null"], "any?"),
        (&["18446744073709551615"], "uint"),
        (&["-1", "18446744073709551615"], "number"),
        (&["true", "\"a\""], "bool|string"),
        (&["[]"], "[any]"),
        (&["[1]", "[null]"], "[int?]"),
        (&["[[1], [2.5]]"], "[[number]]"),
        (&["\"<array>\"", "[\"a\"]"], "[string]"),
        (&["\"<integer>\"", "\"<long>\""], "int"),
        (&["\"<integer>\"", "1.5"], "number"),
        (&["\"<string,null>\""], "string?"),
        (&["\"<string,integer>\""], "int|string"),
        (&["\"<null>\""], "any?"),
        (&["\"<dateTime>\""], "DateTime"),
        (&["\"<uuid>\"", "\"\""], "uuid"),
        (&["{}"], "{any}"),
        (&["\"<object>\""], "{any}"),
        (
            &["{\"value\":\"<Error: Too many levels of nesting to fake this schema>\"}"],
            "any",
        ),
        (
            &[
                "{\"value\":\"<Error: Too many levels of nesting to fake this schema>\"}",
                "5",
            ],
            "int",
        ),
        (&["\"{{x}}\""], "string"),
        (&["\"{{x}}\"", "5"], "int"),
        (&["\"{{$guid}}\""], "uuid"),
        (&["1", "true", "\"a\"", "[]"], "any"),
    ];
    for (samples, expected) in cases {
        assert_eq!(received(samples), *expected, "{samples:?}");
        assert_eq!(member(samples, true), *expected, "{samples:?}");
    }
}

#[test]
fn text_needs_two_values_or_a_name_to_have_a_format() {
    let one = |key: &str, value: &str| {
        shown(&[call(
            "GET /x",
            &[],
            &[(200, &format!(r#"{{"{key}":"{value}"}}"#))],
        )])
    };
    assert!(one("created_at", "2009-07-20T22:55:29Z").contains("created_at DateTime"));
    assert!(one("text", "2009-07-20T22:55:29Z").contains("text string"));
    assert!(one("created_at", "2009-07-20 22:55:29 +0000").contains("created_at string"));
    assert!(one("email", "[email protected]").contains("email email"));
    assert_eq!(
        received(&["\"2009-07-20T22:55:29Z\"", "\"2010-07-20T22:55:29Z\""]),
        "DateTime"
    );
    assert_eq!(
        received(&["\"2009-07-20T22:55:29Z\"", "\"soon\""]),
        "string"
    );
    assert_eq!(
        received(&["\"2009-07-20\"", "\"2010-07-20\"", "\"\""]),
        "Date"
    );
}

#[test]
fn parameters_are_text_that_may_be_more() {
    assert_eq!(parameter("page", &["12"]), "int");
    assert_eq!(parameter("page", &["12", "{{page}}"]), "int");
    assert_eq!(parameter("code", &["007"]), "string");
    assert_eq!(parameter("version", &["1.10"]), "string");
    assert_eq!(parameter("deep", &["true"]), "bool");
    assert_eq!(parameter("page", &["<integer>"]), "int");
    assert_eq!(parameter("x", &["{{x}}"]), "string");
    assert_eq!(parameter("x", &["<string>", "12"]), "string");
    assert_eq!(parameter("x", &[""]), "string");
    assert_eq!(parameter("x", &["12", "me"]), "string");
}

#[test]
fn only_an_identity_seen_twice_is_always_received() {
    let seen = |bodies: &[&str]| {
        let received: Vec<_> = bodies.iter().map(|body| (200, *body)).collect();
        shown(&[call("GET /x", &[], &received)])
    };
    let twice = seen(&[
        r#"{"user":{"id":1,"name":"a"}}"#,
        r#"{"user":{"id":2,"name":"b"}}"#,
    ]);
    assert!(twice.contains(" id! int, name string,"), "{twice}");
    let own = seen(&[
        r#"{"user":{"user_id":1,"org_id":3}}"#,
        r#"{"user":{"user_id":2,"org_id":3}}"#,
    ]);
    assert!(own.contains(" user_id! int, org_id int,"), "{own}");
    let once = seen(&[r#"{"user":{"id":1}}"#]);
    assert!(once.contains(" id int,"), "{once}");
    let absent = seen(&[
        r#"{"user":{"id":1,"a":1}}"#,
        r#"{"user":{"id":2,"a":1}}"#,
        r#"{"user":{"a":1}}"#,
    ]);
    assert!(absent.contains(" id int,"), "{absent}");
    let null = seen(&[
        r#"{"user":{"id":1}}"#,
        r#"{"user":{"id":2}}"#,
        r#"{"user":{"id":null}}"#,
    ]);
    assert!(null.contains(" id int?,"), "{null}");
    let placeholders = seen(&[
        r#"{"user":{"id":"<integer>"}}"#,
        r#"{"user":{"id":"<integer>"}}"#,
    ]);
    assert!(placeholders.contains(" id int,"), "{placeholders}");
}

#[test]
fn what_is_sent_is_never_required_by_samples() {
    let body = r#"{"id":1,"name":"a"}"#;
    let text = shown(&[
        call("POST /x", &[body, body], &[]),
        call("POST /y", &[body], &[]),
    ]);
    assert!(!text.contains('!'), "{text}");
}

#[test]
fn names_that_belong_to_the_data_make_a_map() {
    // Invented by a generator.
    assert_eq!(
        received(&[r#"{"dolorea1":false,"deserunt3":95124319.1}"#]),
        "{any}"
    );
    assert_eq!(
        received(&[r#"{"mollit_439":"<string>","voluptate_89b":"<string>"}"#]),
        "{string}"
    );
    assert_eq!(
        received(&[r#"{"key_0":"string","key_1":"string"}"#]),
        "{any}"
    );
    for key in ["key_", "additionalProp"] {
        let typed = format!(r#"{{"{key}1":"<string>","{key}2":"<string>"}}"#);
        assert_eq!(received(&[&typed]), "{string}");
    }
    assert_eq!(received(&[r#"{"additionalProp1":"string"}"#]), "{string}");
    assert_eq!(
        received(&[r#"{"additionalProp1":{"a":1,"b":2}}"#])
            .chars()
            .next(),
        Some('{')
    );
    // Data by themselves.
    assert_eq!(received(&[r#"{"2020-01-01":1}"#]), "{int}");
    assert_eq!(received(&[r#"{"1":"a","2":"b"}"#]), "{string}");
    assert_eq!(received(&[r#"{"en-US":"a","de-DE":"b"}"#]), "{string}");
    assert!(received(&[r#"{"1":"a"}"#]).starts_with('#'));
    // Others in each object.
    assert_eq!(
        received(&[r#"{"a":1,"b":2}"#, r#"{"c":3}"#, r#"{"d":3}"#, "{}"]),
        "{int}"
    );
    assert!(received(&[r#"{"a":1,"b":2}"#, r#"{"c":3}"#]).starts_with('#'));
    let fields = [
        (200, r#"{"user_fields":{"a":1}}"#),
        (200, r#"{"user_fields":{"b":1}}"#),
    ];
    let text = shown(&[call("GET /x", &[], &fields)]);
    assert!(text.contains("user_fields {int}"), "{text}");
    assert!(received(&[r#"{"a":1,"b":2}"#, r#"{"b":3}"#]).starts_with('#'));
    // Words that only look invented.
    assert!(received(&[r#"{"add":"a"}"#]).starts_with('#'));
    assert!(received(&[r#"{"id_1":1,"id_2":2}"#]).starts_with('#'));
}

#[test]
fn invented_names_beside_others_leave_a_record_open() {
    let text = shown(&[call(
        "GET /x",
        &[],
        &[(
            200,
            r#"{"a":"<string>","site":"<string>","c":"<string>","d":"<string>","cillum__1":69891360}"#,
        )],
    )]);
    assert!(
        text.contains(": a string, site string, c string, d string,\n"),
        "{text}"
    );
    let typed = shown(&[call(
        "GET /x",
        &[],
        &[(
            200,
            r#"{"a":"<string>","elit968":"<integer>","sint_2f":"<integer>"}"#,
        )],
    )]);
    assert!(typed.contains(": a string, * int"), "{typed}");
}

#[test]
fn a_whole_body_is_no_map_for_its_size() {
    let text = shown(&[call(
        "GET /x",
        &[],
        &[(200, r#"{"a":1}"#), (200, r#"{"b":1}"#)],
    )]);
    assert!(text.contains("#0 : a int, b int,"), "{text}");
}

#[test]
fn bodies_with_one_member_each_are_a_choice_between_them() {
    let text = shown(&[call(
        "PUT /users/update_many",
        &[
            r#"{"user":{"role":"a","tag":"b"}}"#,
            r#"{"users":[{"id":1,"role":"a","tag":"b"}]}"#,
        ],
        &[(200, r#"{"a":{"x":1}}"#), (200, r#"{"b":[1]}"#)],
    )]);
    assert!(text.contains("<- user:#1|users:[#1] -> 200 #"), "{text}");
}

#[test]
fn made_up_text_says_only_its_kind() {
    let lorem = r#"{"a":"dolor sit amet","b":"ut enim ad","c":"magna","d":"nulla qui","e":12}"#;
    let text = shown(&[call("GET /x", &[], &[(200, lorem)])]);
    assert!(
        text.contains(": a string, b string, c string, d string, e int,"),
        "{text}"
    );
}

#[test]
fn members_stand_where_they_first_stood() {
    let text = shown(&[call(
        "GET /x",
        &[],
        &[
            (200, r#"{"b":1,"a":2,"z":3}"#),
            (200, r#"{"b":1,"c":4,"z":3}"#),
        ],
    )]);
    assert!(text.contains(": b int, a int, c int, z int,"), "{text}");
}

#[test]
fn contradictions_are_reported_with_both_places() {
    let (_, found) = resolved(&[
        call(
            "GET /a",
            &[],
            &[(
                200,
                r#"{"r":{"x":"<integer>","y":"<string>","z":"<string>"}}"#,
            )],
        ),
        call(
            "GET /b",
            &[],
            &[(200, r#"{"r":{"x":{"a":1},"y":"b","z":"c"}}"#)],
        ),
    ]);
    // Records that contradict each other are not joined because of their name.
    assert!(found.is_empty(), "{found:?}");
    let (model, found) = resolved(&[call(
        "GET /a",
        &[],
        &[
            (200, r#"{"r":{"x":"<integer>","y":"<string>"}}"#),
            (200, r#"{"r":{"x":"abc","y":"b"}}"#),
        ],
    )]);
    assert!(print(&model).contains("x int, y string"));
    let conflict = found.iter().next().unwrap();
    assert_eq!(conflict.code, Code::INFER_KIND_CONFLICT);
    assert!(conflict.origin.is_some() && conflict.related.len() == 1);
    assert_ne!(conflict.origin, Some(conflict.related[0].0));
}
