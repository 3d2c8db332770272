//! Where calls may go: paths, pages and hosts.

use super::{core, ok};
use crate::cases::server::{Server, run};
use crate::runtime::prelude::*;
use crate::runtime::{
    Auth, Builder, Call, Error, ErrorKind, Extra, Mock, Op, PageStyle, Paging, Result,
    Server as Address, Variable, call, object,
};
use serde_json::json;

static THING: Op = Op {
    id: "ShowThing",
    path: "/things/{id}/parts",
    ..Op::NEW
};

#[test]
pub fn c1_a_path_parameter_stays_in_its_segment() {
    let server = Server::text(ok("1"));
    let core = core(&server.base);
    let show = |id: &str| run(Call::new(&core, &THING, &[&id]).send::<i64>());
    for id in [
        "..", ".", "", "\t..", "..\n", "%2e%2e", "%2E%2e", ".%2e", "%2e", "%2e.",
    ] {
        assert_eq!(show(id).unwrap_err().kind(), ErrorKind::Request, "{id}");
    }
    assert!(server.requests().is_empty());
    for id in [
        "../..",
        "a/b",
        "?x=1",
        "#x",
        "a\\..\\b",
        "%2e%2e%2f",
        ";/..",
        "ä",
        "//evil",
        "...",
        "http://evil.example/",
    ] {
        show(id).unwrap();
        let seen = server.requests().pop().unwrap();
        let target = seen.split(' ').nth(1).unwrap();
        let segments: Vec<&str> = target.split('/').collect();
        let [_, "things", segment, "parts"] = segments[..] else {
            panic!("{id:?} became {target}");
        };
        let plain = segment.to_ascii_lowercase().replace("%2e", ".");
        assert!(
            plain != ".." && plain != "." && !segment.contains(['?', '#', '\\']),
            "{target}"
        );
    }
}

/// A page of anything.
#[derive(Clone, Default)]
pub struct Page {
    ids: Option<Vec<i64>>,
    extra: Extra,
}

object! {
    Page {
        0 opt "ids" ids,
    }
}

call! {
    /// A call of pages.
    ListIds -> Page, pages of i64, page => page.ids.unwrap_or_default()
}

static BY_URL: Op = Op {
    id: "ListIds",
    path: "/ids",
    paging: &Paging {
        style: PageStyle::Url,
        next: &["next"],
        items: &["ids"],
        ..Paging::NONE
    },
    ..Op::NEW
};

/// All pages of an operation, as far as they come.
fn all(server: &Server, op: &'static Op) -> Result<Vec<i64>> {
    run(ListIds(Call::new(&core(&server.base), op, &[]))
        .items()
        .collect())
}

#[test]
pub fn c2_addresses_stay_at_the_origin() {
    let thief = Server::text(ok("1"));
    let place = thief.base.strip_prefix("http:").unwrap();
    for next in [
        format!("{}/ids", thief.base),
        format!("{place}/ids"),
        format!("\\\\{}", place.trim_start_matches('/')),
    ] {
        let server = Server::text(ok(&json!({"ids": [1], "next": next}).to_string()));
        let error = all(&server, &BY_URL).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Pagination);
        assert_eq!(server.requests().len(), 1);
    }
    // A path that looks like an address is a path.
    let server = Server::text(ok("1"));
    let client = server.client();
    run(client.request("GET", &format!("{place}/x"))).unwrap();
    assert_eq!(server.requests().len(), 1);
    assert!(run(client.request("GET", &format!("{}/x", thief.base))).is_err());
    assert!(thief.requests().is_empty());
}

#[test]
pub fn c12_pages_end() {
    static BY_CURSOR: Op = Op {
        paging: &Paging {
            style: PageStyle::Cursor,
            parameter: "after",
            next: &["next"],
            items: &["ids"],
            ..Paging::NONE
        },
        ..BY_URL
    };
    for (op, next) in [(&BY_CURSOR, "x"), (&BY_URL, "/ids?page=2")] {
        let server = Server::text(ok(&json!({"ids": [1], "next": next}).to_string()));
        let error = all(&server, op).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Pagination);
        assert_eq!(server.requests().len(), 2);
    }
}

#[test]
pub fn c15_variables_choose_no_host() {
    static REGIONS: Address = Address {
        url: "https://{region}.api.example/{version}",
        variables: &[
            Variable {
                name: "region",
                ..Variable::NEW
            },
            Variable {
                name: "version",
                default: Some("v1"),
                values: &["v1", "v2"],
            },
        ],
    };
    let at = |region: &str, version: &str| {
        let mut builder = Builder::new(&REGIONS, "tests");
        builder.set_transport(
            Mock::new()
                .on("GET /v1/x", 200, "1")
                .on("GET /v2/x", 200, "1"),
        );
        builder.set_variable("region", region);
        builder.set_variable("version", version);
        builder.change_options(|options| options.auth(Auth::bearer("hunter2")));
        let call = crate::runtime::CustomCall::new(&builder.build()?, "GET", "/x");
        Ok::<String, Error>(run(call.send_with_meta())?.meta.url().to_owned())
    };
    for region in [
        "evil.example/",
        "evil.example#",
        "evil.example?",
        "evil.example\\",
        "a@evil.example",
        "a:b@c",
        "evil.example:443",
        "",
        ".",
        "..",
        "a..b",
        " ",
        "a\n",
        "ä",
        "%2f",
    ] {
        let error = at(region, "v1").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{region:?}");
    }
    assert_eq!(at("eu", "v3").unwrap_err().kind(), ErrorKind::Configuration);
    assert_eq!(
        at("eu", "../x").unwrap_err().kind(),
        ErrorKind::Configuration
    );
    assert_eq!(at("eu", "v2").unwrap(), "https://eu.api.example/v2/x");
    // Whatever it is, the host stays below the described one.
    assert_eq!(
        at("evil.example", "v1").unwrap(),
        "https://evil.example.api.example/v1/x"
    );
}
