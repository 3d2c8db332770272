//! What other tools get wrong about collections, each with the fixture that shows it done right.

use letterpress_tests::root;
use std::collections::BTreeSet;
use std::fs;

/// What goes wrong elsewhere, the fixture, and lines that its model must have.
const ROWS: &[(&str, &str, &[&str])] = &[
    // Converters to OpenAPI that drop what they do not expect.
    (
        "a request that is text is dropped",
        "postman-peer-requests-as-text",
        &["operation GET /orders\n", "operation GET /orders/{id}\n"],
    ),
    (
        "a URL that is text is dropped",
        "postman-url-as-text",
        &["operation GET /v1/orders/{id}\n"],
    ),
    (
        "a host that is text gives no server",
        "postman-peer-host-as-text",
        &["server https://api.shop.example:8443\n"],
    ),
    (
        "an unknown method becomes GET, and may replace it",
        "postman-peer-unknown-method",
        &["operation PURGE /cache\n", "operation GET /cache\n"],
    ),
    (
        "every number has a fraction",
        "postman-peer-integers",
        &["big?: integer\n", "ratio?: number\n"],
    ),
    (
        "path parameters are those of the last request",
        "postman-peer-path-parameters",
        &[
            "path parameter \"id\" required: integer -- The order to delete\n",
            "path parameter \"id\" required: integer example \"7\" -- The order to get\n",
        ],
    ),
    (
        "path parameters are always text",
        "postman-path-variables",
        &["path parameter \"id\" required: integer"],
    ),
    (
        "after the first conflict every sample becomes an alternative",
        "postman-peer-conflicting-samples",
        &["      value?: union\n        variant: integer\n        variant: string\n      same"],
    ),
    (
        "of repeated keys of a form the last counts",
        "postman-peer-repeated-form-keys",
        &["to?: array\n"],
    ),
    (
        "of two lists the elements of the first count",
        "postman-peer-arrays-of-objects",
        &["        a?: boolean\n        b?: string\n"],
    ),
    (
        "bodies of original requests are plain text",
        "postman-peer-original-request",
        &["application/json: object\n      a?: integer\n      b?: string\n"],
    ),
    (
        "nothing is ever required",
        "postman-query",
        &["query parameter \"page\" required"],
    ),
    // Converters that take bodies as they are.
    (
        "a URL without `raw` ends the run",
        "postman-peer-no-raw",
        &["operation GET /orders/{id}\n"],
    ),
    (
        "bodies are objects without fields",
        "postman-peer-typed-bodies",
        &["width?: number\n"],
    ),
    (
        "disabled parameters are dropped",
        "postman-peer-disabled-parameters",
        &["query parameter \"limit\" optional: integer"],
    ),
    (
        "of repeated keys of a query the first counts",
        "postman-peer-repeated-query-keys",
        &["query parameter \"id\" optional: array example [\"1\", \"2\", \"3\"]\n"],
    ),
    (
        "every authentication is a scheme of HTTP",
        "postman-peer-auth-kinds",
        &["ApiKey { name: \"X-Key\", location: Header }"],
    ),
    (
        "`007` is an integer",
        "postman-peer-leading-zeros",
        &["query parameter \"code\" optional: string example \"007\""],
    ),
    (
        "bodies of GET and DELETE are dropped",
        "postman-peer-bodies-of-delete",
        &["operation DELETE /orders\n", "ids?: array\n"],
    ),
    (
        "a table in a description declares parameters, which is worth keeping",
        "postman-parameter-table",
        &["query parameter \"city\" required: string documented"],
    ),
    // Converters from OpenAPI that lose what collections cannot say.
    (
        "enumerations survive in descriptions alone",
        "postman-peer-lost-enumeration",
        &["enum \"asc\" | \"desc\" declared"],
    ),
    (
        "placeholders stand for kinds and formats",
        "infer-placeholders",
        &["t?: string DateTime\n", "sn?: string or null\n"],
    ),
    (
        "circles end in a text that names the schema",
        "infer-circular-reference",
        &["parent?: #1 (above)\n"],
    ),
    (
        "any name is allowed where random names stand",
        "infer-random-names-are-a-map",
        &["fields?: map names \"fields\" (1)\n          of string\n"],
    ),
    (
        "objects of forms are `[object Object]`",
        "postman-body-form-data",
        &["customer?: string\n", "part metadata as application/json\n"],
    ),
    // Generators of code.
    (
        "every body has types of its own",
        "postman-peer-one-type",
        &["customer?: #1 (above)\n"],
    ),
    (
        "PATCH is spelled PATH",
        "postman-peer-patch",
        &["operation PATCH /orders/{id}\n"],
    ),
    (
        "no status is an error",
        "postman-several-statuses",
        &["response 404\n"],
    ),
    (
        "requests for one operation overwrite each other",
        "postman-duplicates-joined",
        &["example \"Pay by bank\"", "example \"Pay by card\""],
    ),
];

#[test]
fn every_row_has_its_fixture() {
    let mut seen = BTreeSet::new();
    for (wrong, fixture, lines) in ROWS {
        assert!(seen.insert((wrong, fixture)), "{wrong} stands twice");
        assert!(!lines.is_empty(), "{wrong}: nothing shows it");
        let path = root()
            .join("tests/fixtures")
            .join(fixture)
            .join("model.snap");
        let model = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{fixture}: {e}"));
        for line in *lines {
            assert!(model.contains(line), "{wrong}: {fixture} has no {line:?}");
        }
    }
}

/// Every fixture that was made for such a fault is in the table.
#[test]
fn every_fixture_of_a_peer_has_its_row() {
    let folders = fs::read_dir(root().join("tests/fixtures")).expect("fixtures");
    for folder in folders.flatten() {
        let name = folder.file_name().to_string_lossy().into_owned();
        let known = ROWS.iter().any(|(_, fixture, _)| *fixture == name);
        assert!(known || !name.starts_with("postman-peer-"), "{name}");
    }
}
