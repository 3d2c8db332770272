//! Every rule of inference by one example: what the samples are, and what they mean.

use super::support::*;
use crate::model::Shape;

/// What is meant by samples that one operation answers, then its unions and its findings.
fn shown(bodies: &[&str]) -> String {
    let received: Vec<(u16, &str)> = bodies.iter().map(|body| (200, *body)).collect();
    let (model, diagnostics) = resolved(&[call("GET /things/{id}", &[], &received)]);
    let mut text = print(&model);
    for (_, schema) in model.schemas.iter() {
        if let Shape::Union(union) = &schema.shape {
            let tag = union.discriminator.as_deref().unwrap_or("no member");
            text += &format!("{} kinds by {tag}\n", union.variants.len());
        }
    }
    for finding in diagnostics.iter() {
        let places = finding.origin.iter().count() + finding.related.len();
        text += &format!("{} at {places} places\n", finding.code);
    }
    text
}

/// The rule, the samples (`…` before one that leaves something out), and what must be shown.
type Row = (&'static str, &'static [&'static str], &'static str);

const PRESENCE: &[Row] = &[
    (
        "null beside a value",
        &[r#"{"a":1}"#, r#"{"a":null}"#],
        " a int?,",
    ),
    (
        "a placeholder allows null",
        &[r#"{"a":"<string,null>"}"#],
        " a string?,",
    ),
    (
        "a member that may be absent",
        &[r#"{"a":1,"b":2}"#, r#"{"a":1}"#],
        " a int, b int,",
    ),
    (
        "an identity that is always there",
        &[r#"{"user":{"id":1}}"#, r#"{"user":{"id":2}}"#],
        " id! int,",
    ),
    (
        "an identity that was absent once",
        &[
            r#"{"user":{"id":1,"a":1}}"#,
            r#"{"user":{"id":2}}"#,
            r#"{"user":{"a":2}}"#,
        ],
        " id int,",
    ),
    (
        "what is left out is not absent",
        &[
            r#"{"user":{"id":1,"a":1}}"#,
            r#"{"user":{"id":2}}"#,
            r#"…{"user":{"a":2}}"#,
        ],
        " id! int,",
    ),
    (
        "placeholders say nothing of presence",
        &[
            r#"{"user":{"id":"<integer>"}}"#,
            r#"{"user":{"id":"<integer>"}}"#,
        ],
        " id int,",
    ),
    ("nothing but null", &["null", "null"], "-> 200 any?"),
];

const KINDS: &[Row] = &[
    ("nothing seen", &[r#"{"a":"<null>"}"#], " a any?,"),
    (
        "whole numbers",
        &[r#"{"a":-1}"#, r#"{"a":70000000000}"#],
        " a int,",
    ),
    (
        "whole numbers above 63 bits",
        &[r#"{"a":18446744073709551615}"#],
        " a uint,",
    ),
    (
        "whole numbers above 64 bits",
        &[r#"{"a":184467440737095516150}"#],
        "infer/large-integer",
    ),
    (
        "a fraction makes every number one",
        &[r#"{"a":1}"#, r#"{"a":1.5}"#],
        " a number,",
    ),
    (
        "0 and 1 are spellings of a boolean",
        &[r#"{"a":true}"#, r#"{"a":1}"#],
        " a bool,",
    ),
    (
        "2 is none",
        &[r#"{"a":true}"#, r#"{"a":2}"#],
        " a bool|int,",
    ),
    (
        "digits in quotation marks are text",
        &[r#"{"a":"007"}"#],
        " a string,",
    ),
    (
        "digits and numbers under the name of a code",
        &[r#"{"zip_code":"12"}"#, r#"{"zip_code":12}"#],
        " zip_code string,",
    ),
    (
        "digits and numbers elsewhere",
        &[r#"{"size":"12"}"#, r#"{"size":12}"#],
        "infer/kind-conflict at 2 places",
    ),
    (
        "one or many",
        &[r#"{"a":["x","y"]}"#, r#"{"a":"x"}"#],
        " a [string],",
    ),
    (
        "an empty list for an empty object",
        &[r#"{"a":{"b":1,"c":2}}"#, r#"{"a":[]}"#],
        " a #1,",
    ),
    (
        "false for nothing",
        &[r#"{"a":{"b":1,"c":2}}"#, r#"{"a":false}"#],
        " a #1,",
    ),
    (
        "a reference or the thing itself",
        &[r#"{"a":{"b":1,"c":2}}"#, r#"{"a":"x"}"#],
        "|string,",
    ),
    (
        "kinds that exclude each other",
        &[r#"{"a":[1]}"#, r#"{"a":"x"}"#],
        " a [int]|string,",
    ),
    (
        "more kinds than a union says something of",
        &[
            r#"{"a":[true]}"#,
            r#"{"a":"x"}"#,
            r#"{"a":2}"#,
            r#"{"a":{"b":1}}"#,
        ],
        " a any,",
    ),
    (
        "what is printed from a schema counts more, and says so with both places",
        &[
            r#"{"a":"<integer>","b":"<string>","c":"<string>"}"#,
            r#"{"a":"x","b":"y","c":"z"}"#,
        ],
        "infer/kind-conflict at 2 places",
    ),
    (
        "what leaves something out counts less than what does not",
        &[r#"{"a":1,"b":"y"}"#, r#"…{"a":"x","b":"z"}"#],
        "infer/kind-conflict at 2 places",
    ),
];

const RECORDS: &[Row] = &[
    (
        "names that a tool invented",
        &[r#"{"r":{"dolorea1":"<string>","in_80e":"<string>"}}"#],
        " r {string},",
    ),
    (
        "invented names beside others",
        &[
            r#"{"r":{"a":"<string>","b":"<string>","c":"<string>","d":"<string>","cillum__1":69891360}}"#,
        ],
        ": a string, b string, c string, d string,\n",
    ),
    (
        "other names in every object",
        &[r#"{"r":[{"a":1,"b":2},{"c":3},{"d":4}]}"#],
        " r [{int}],",
    ),
    (
        "as before, of two under a name that tells",
        &[r#"{"user_fields":{"a":1}}"#, r#"{"user_fields":{"b":1}}"#],
        " user_fields {int},",
    ),
    (
        "two objects without such a name",
        &[r#"{"r":{"a":1}}"#, r#"{"r":{"b":1}}"#],
        " a int, b int,",
    ),
    (
        "names that are dates",
        &[r#"{"r":{"2020-01-01":1}}"#],
        " r {int},",
    ),
    (
        "names that are numbers",
        &[r#"{"r":{"1":"a","2":"b"}}"#],
        " r {string},",
    ),
    (
        "names that are languages",
        &[r#"{"r":{"en-US":"a","de-DE":"b"}}"#],
        " r {string},",
    ),
    (
        "many names, none of them usual",
        &[
            r#"{"r":{"aa":1,"bb":1,"cc":1,"dd":1,"ee":1,"ff":1}}"#,
            r#"{"r":{"rr":1,"gg":1,"hh":1,"ii":1,"jj":1,"kk":1}}"#,
            r#"{"r":{"ll":1,"mm":1,"nn":1,"oo":1,"pp":1,"qq":1}}"#,
        ],
        " r {int},",
    ),
    (
        "similar records under names that differ",
        &[
            r#"{"r":{"aa":{"x":1,"y":1,"z":1},"bb":{"x":1,"y":1,"z":1},"cc":{"x":1,"y":1,"z":1}}}"#,
            r#"{"r":{"aa":{"x":1,"y":1,"z":1},"dd":{"x":1,"y":1,"z":1}}}"#,
        ],
        " r {#2},",
    ),
    ("an object without members", &[r#"{"r":{}}"#], " r {any},"),
    (
        "a whole body is none",
        &[r#"{"a":1}"#, r#"{"b":1}"#],
        "#0 : a int, b int,",
    ),
];

const TEXTS: &[Row] = &[
    (
        "one value under a name that agrees",
        &[r#"{"created_at":"2009-07-20T22:55:29Z"}"#],
        " created_at DateTime,",
    ),
    (
        "one value under another name",
        &[r#"{"text":"2009-07-20T22:55:29Z"}"#],
        " text string,",
    ),
    (
        "two values",
        &[r#"{"text":"2009-07-20"}"#, r#"{"text":"2010-07-20"}"#],
        " text Date,",
    ),
    (
        "one value that does not match",
        &[r#"{"text":"2009-07-20"}"#, r#"{"text":"soon"}"#],
        " text string,",
    ),
    (
        "an empty text refutes nothing",
        &[
            r#"{"created_at":"2009-07-20T22:55:29Z"}"#,
            r#"{"created_at":""}"#,
        ],
        " created_at DateTime,",
    ),
    (
        "no offset as in RFC 3339",
        &[r#"{"created_at":"2009-07-20 22:55:29 +0000"}"#],
        " created_at string,",
    ),
    (
        "a format that is printed",
        &[r#"{"a":"<uuid>"}"#],
        " a uuid,",
    ),
    (
        "few values are no enumeration",
        &[r#"{"a":"x"}"#, r#"{"a":"y"}"#, r#"{"a":"x"}"#],
        " a string,",
    ),
];

const UNIONS: &[Row] = &[
    (
        "a member that is called so",
        &[
            r#"{"r":[{"type":"a","p":1,"q":1},{"type":"a","p":1,"q":2},{"type":"b","s":1,"t":1},{"type":"b","s":1}]}"#,
        ],
        "2 kinds by type",
    ),
    (
        "a member of any name",
        &[
            r#"{"r":[{"via":"a","p":1,"q":1},{"via":"a","p":1,"q":2},{"via":"b","s":1,"t":1},{"via":"b","s":1}]}"#,
        ],
        "2 kinds by via",
    ),
    (
        "of several, the one that is called so",
        &[
            r#"{"r":[{"a":"x","type":"a","p":1},{"a":"x","type":"a","p":1},{"a":"y","type":"b","s":1},{"a":"y","type":"b","s":1}]}"#,
        ],
        "2 kinds by type",
    ),
    (
        "of several that are not, the one with the fewest texts",
        &[
            r#"{"r":[{"as":"x","by":"a","p":1},{"as":"x","by":"a","p":1},{"as":"z","by":"a","p":1},{"as":"z","by":"a","p":1},
               {"as":"y","by":"b","s":1},{"as":"y","by":"b","s":1}]}"#,
        ],
        "2 kinds by by",
    ),
    (
        "one member each",
        &[r#"{"a":{"x":1}}"#, r#"{"b":[1]}"#],
        "#0 : a #1, b [int],",
    ),
];

#[test]
fn every_rule_has_an_example() {
    let mut wrong = Vec::new();
    for (rule, samples, expected) in [PRESENCE, KINDS, RECORDS, TEXTS, UNIONS].concat() {
        let shown = shown(samples);
        if !shown.contains(expected) {
            wrong.push(format!("{rule}: no {expected:?} in\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What would be a union if chance were enough.
#[test]
fn members_of_any_name_need_more_than_chance() {
    let cases = [
        // Each object once.
        r#"[{"via":"a","p":1,"q":1},{"via":"b","s":1,"t":1}]"#,
        // Texts that are no names of kinds.
        r#"[{"via":"a b","p":1},{"via":"a b","p":1},{"via":"c d","s":1},{"via":"c d","s":1}]"#,
        // More texts than a union of kinds that nobody named has.
        r#"[{"via":"a","p":1},{"via":"a","p":1},{"via":"b","s":1},{"via":"b","s":1},{"via":"c","s":1},{"via":"d","s":1},
            {"via":"e","s":1},{"via":"f","s":1},{"via":"g","s":1},{"via":"h","s":1},{"via":"i","s":1}]"#,
        // What is left out of one of them.
        r#"[{"via":"a","p":1},{"via":"a","p":1},{"via":"b","s":1},{"via":"b","s":1},{"s":1}]"#,
        // A credential is nobody's kind.
        r#"[{"password":"a","p":1},{"password":"a","p":1},{"password":"b","s":1},{"password":"b","s":1}]"#,
    ];
    for list in cases {
        let text = shown(&[&format!(r#"{{"list": {list}}}"#)]);
        assert!(!text.contains(" kinds by "), "{list}\n{text}");
    }
}
