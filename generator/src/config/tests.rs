//! Texts of letterpress.yaml to settings and findings.

use super::*;
use crate::diagnostic::Diagnostics;
use crate::origin::Lines;
use crate::tree::yaml;
use std::sync::Arc;

fn config(text: &str) -> Result<Config, Vec<String>> {
    let text: Arc<str> = text.into();
    let document = yaml::parse(FileId(0), &text).expect("YAML");
    let mut diagnostics = Diagnostics::new();
    let config = read(&text, &document.tree, &Options::default(), &mut diagnostics);
    let lines = Lines::new(&text);
    let found: Vec<_> = diagnostics
        .iter()
        .map(|d| {
            let place = lines.position(d.origin.map_or(0, |o| o.span.start as usize));
            let (line, column) = (place.line, place.column);
            let help = d.help.as_deref().unwrap_or("-");
            format!("{} {line}:{column} {}; {help}", d.code, d.message)
        })
        .collect();
    config.ok_or(found)
}

const WHOLE: &str = r#"name: zendesk
version: 1.2.0
title: Zendesk Support
description: A client
license: MIT OR Apache-2.0
sources:
  - {file: a.postman.json, tag: Users}
  - file: sub/b.json
server:
  url: "https://{subdomain}.zendesk.com/"
  variables:
    subdomain: {description: The account, default: acme, allowed: [acme, other]}
unwrap: true
skip:
  - {operation: "POST /users/{id}", reason: no example}
names:
  operations: {"POST /users": create_or_update}
  types: {Foo: Bar}
docs: {curl: false}
tests: false
"#;

#[test]
fn everything_is_read() {
    let config = config(WHOLE).expect("a configuration");
    assert_eq!(
        (config.name.as_str(), config.version.as_str(), config.unwrap),
        ("zendesk", "1.2.0", true)
    );
    assert_eq!(config.license.as_deref(), Some("MIT OR Apache-2.0"));
    assert_eq!(config.sources[0].tag.as_deref(), Some("Users"));
    let pages = config.pages;
    assert_eq!((pages.curl, pages.samples), (false, true));
    assert_eq!((pages.examples, pages.tests), (true, false));
    let server = config.server.as_ref().expect("a server");
    assert_eq!(server.url, "https://{subdomain}.zendesk.com");
    assert_eq!(server.variables["subdomain"].allowed, ["acme", "other"]);
    assert_eq!(config.skip[0].operation, "POST /users/{id}");
    assert_eq!(config.names.operations["POST /users"], "create_or_update");
    let place = config
        .place(&["names", "operations", "POST /users"])
        .expect("a place");
    assert_eq!(&WHOLE[place.span.range()], "create_or_update");
}

#[test]
fn little_is_enough() {
    let config = config("name: x\nsources: [{file: a.json}]\n").expect("a configuration");
    assert_eq!((config.version.as_str(), config.unwrap), ("0.1.0", false));
}

#[test]
fn wrong_shapes_are_located_and_say_what_is_allowed() {
    let cases = [
        (
            "name: x\nverison: 1.0.0\n",
            "config/syntax 2:1 unknown field `verison`, expected one of `name`, `version`, `title`, `description`, `license`, `documentation`, `homepage`, `repository`, `sources`, `environments`, `overlays`, `patches`, `refs`, `include`, `exclude`, `server`, `unwrap`, `skip`, `names`, `idempotency`, `docs`, `runtime`, `examples`, `tests`, `types`, `nullable`, `required`, `enums`, `pagination`; -",
        ),
        (
            "name: x\nsources:\n  - fil: a\n",
            "config/syntax 3:5 sources[0]: unknown field `fil`, expected `file` or `tag`; -",
        ),
        (
            "name: x\nsources: a.json\n",
            "config/syntax 2:10 sources: invalid type: string \"a.json\", expected a sequence; -",
        ),
        (
            "name: x\nversion: [1]\n",
            "config/syntax 2:10 version: invalid type: sequence, expected a string; -",
        ),
        (
            "name: x\nsources:\n  - tag: Users\n",
            "config/syntax 3:5 sources[0]: missing field `file`; -",
        ),
        (
            "name: x\nunwrap: maybe\n",
            "config/syntax 2:9 unwrap: invalid type: string \"maybe\", expected a boolean; -",
        ),
        (
            "name: x\nserver:\n  url: https://x\n  variables:\n    a: {enum: [b]}\n",
            "config/syntax 5:9 server.variables.a: unknown field `enum`, expected one of `default`, `allowed`, `description`; -",
        ),
    ];
    for (text, expected) in cases {
        let expected = expected.replace("; -", &format!("; {}", super::raw::HELP));
        assert_eq!(config(text).expect_err(text), [expected]);
    }
}

#[test]
fn wrong_values_are_said_all_at_once() {
    let text = r#"version: "1.0"
sources:
  - file: ../a.json
  - file: /etc/passwd
  - file: b.json
  - file: ./b.json
    tag: ""
server:
  url: https://{sub}.x.com
  variables:
    subdomain: {}
    sub: {default: c, allowed: [a, b]}
skip:
  - operation: post /users
  - operation: GET /users/{id}
  - operation: GET /users/{user_id}
names:
  operations: {"GET /a": fn}
  types: {A: b}
"#;
    let found = config(text).expect_err("faults");
    let short: Vec<_> = found
        .iter()
        .map(|line| line.split("; ").next().expect("a message"))
        .collect();
    assert_eq!(
        short,
        [
            "config/value 1:1 the name of the crate is missing",
            "config/value 1:10 the version `1.0` is not `major.minor.patch`",
            "config/source 3:11 `../a.json` is not a path inside the folder of this file",
            "config/source 4:11 `/etc/passwd` is not a path inside the folder of this file",
            "config/source 6:11 the source `./b.json` is listed twice",
            "config/value 7:10 a tag must not be empty",
            "config/value 12:20 the default `c` is not among the allowed values",
            "config/value 11:16 the URL has no variable `subdomain`",
            "config/value 14:16 `post /users` is not a method and a path",
            "config/value 16:16 `GET /users/{user_id}` is listed twice",
            "config/value 18:26 `fn` cannot be the name of a method",
            "config/value 19:14 `b` cannot be the name of a type",
        ]
    );
    assert!(found[7].ends_with("; its variables are `sub`"));
}
