//! Redirects: where they are followed to, and where not.

use super::support::run;
use crate::Client;
use crate::runtime::prelude::*;
use crate::runtime::{Auth, Error, ErrorKind, Mock, Request};

/// What a call becomes that is redirected once, and where it ended.
fn redirected(status: u16, location: &str) -> (Result<(), Error>, Vec<Request>) {
    let mock = Mock::new()
        .on_with_headers("SearchUsers", status, [("Location", location)], "")
        .on("SearchUsers", 200, r#"{"users":[]}"#);
    let client = Client::builder()
        .base_url("https://a.example/base")
        .auth(Auth::query("key", "hunter2"))
        .transport(mock.clone())
        .build()
        .unwrap();
    let result = run(client.users().search("x"));
    (result.map(|_| ()), mock.requests())
}

fn target(location: &str) -> Option<String> {
    let (result, requests) = redirected(302, location);
    match result {
        Ok(()) => Some(requests.last().unwrap().url()),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Redirect);
            assert_eq!(error.location(), Some(location));
            assert_eq!(requests.len(), 1);
            None
        }
    }
}

#[test]
fn the_same_origin_is_followed() {
    let to = |location| target(location).unwrap();
    assert_eq!(to("/x?y=1#z"), "https://a.example/x?y=1");
    assert_eq!(to("https://a.example/x"), "https://a.example/x");
    assert_eq!(to("HTTPS://A.EXAMPLE:443/x"), "https://a.example/x");
    assert_eq!(to("//a.example/x"), "https://a.example/x");
    assert_eq!(to("https://a.example"), "https://a.example/");
    assert_eq!(to("https://a.example?q"), "https://a.example/?q");
    assert_eq!(to("y"), "https://a.example/base/api/v2/users/y");
    assert_eq!(to("../y/./z"), "https://a.example/base/api/v2/y/z");
    assert_eq!(to("/../../%2e%2e/y"), "https://a.example/y");
    assert_eq!(to("?q=2"), "https://a.example/base/api/v2/users/search?q=2");
    assert_eq!(to(""), "https://a.example/base/api/v2/users/search");
    assert_eq!(to("/a:b"), "https://a.example/a:b");
}

#[test]
fn another_origin_is_not_followed() {
    for location in [
        "https://b.example/x",
        "//b.example/x",
        "http://a.example/x",
        "https://a.example:444/x",
        "https://a.example.b.example/",
        "https://a.example@b.example/",
        "https://user@a.example/",
        "https://a.example\\@b.example/",
        "\\\\b.example",
        "/\\b.example",
        "javascript:alert(1)",
        "ftp://a.example/",
        "/a b",
        "/\u{e4}",
    ] {
        assert_eq!(target(location), None, "{location}");
    }
}

#[test]
fn only_some_statuses_are_followed() {
    for status in [301, 302, 307, 308] {
        assert!(redirected(status, "/x").0.is_ok());
    }
    for status in [300, 303, 304, 305, 399] {
        let error = redirected(status, "/x").0.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert_eq!(error.status(), Some(status));
    }
}

#[test]
fn a_body_is_not_sent_elsewhere() {
    let headers = [("location", "/x")];
    let mock = Mock::new().on_with_headers("DeleteUser", 307, headers, "");
    let client = Client::with_transport(mock.clone());
    let error = run(client.users().delete(1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "DeleteUser DELETE /api/v2/users/{user_id}: 307 redirected in a way that is \
         not followed"
    );
    assert_eq!(mock.requests().len(), 1);
}

#[test]
fn redirects_end() {
    let mut mock = Mock::new();
    for _ in 0..10 {
        mock = mock.on_with_headers("SearchUsers", 302, [("location", "/again")], "");
    }
    let error = run(Client::with_transport(mock.clone()).users().search("x")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(error.to_string().ends_with("302 redirected too often"));
    assert_eq!(mock.requests().len(), 6);
}

#[test]
fn the_credential_goes_along_once() {
    let echoed = [("location", "/x?a=1&%6bey=k")];
    let mock = Mock::new()
        .on_with_headers("ListUsers", 302, echoed, "")
        .on("ListUsers", 200, r#"{"users":[]}"#);
    let client = Client::with_transport(mock.clone());
    let client = client.with(|options| options.auth(Auth::query("key", "k")));
    let response = run(client.users().list().send_with_meta()).unwrap();
    assert_eq!(response.meta.url(), "http://localhost/x?a=1&key=REDACTED");
    let urls: Vec<_> = mock.requests().iter().map(Request::url).collect();
    assert_eq!(
        urls,
        [
            "http://localhost/api/v2/users?key=k",
            "http://localhost/x?a=1&key=k"
        ]
    );
}
