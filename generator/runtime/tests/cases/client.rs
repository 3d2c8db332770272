//! Making clients: addresses, server variables, and what is refused.

use super::support::run;
use crate::runtime::prelude::*;
use crate::runtime::{Auth, Core, ErrorKind, Mock, Options, Server, Variable, client};
use crate::{Client, sample::ClientBuilder};
use std::time::Duration;

fn builder() -> ClientBuilder {
    Client::builder().transport(Mock::new().on_always("ListUsers", 200, r#"{"users":[]}"#))
}

fn url(builder: ClientBuilder) -> Result<String, String> {
    let client = builder.build().map_err(|error| {
        assert_eq!(error.kind(), ErrorKind::Configuration);
        error.to_string()
    })?;
    Ok(client.users().list().into_request().unwrap().url())
}

#[test]
fn a_server_variable_is_needed() {
    let expected = "https://acme.example.com/api/v2/users";
    assert_eq!(url(builder().subdomain("acme")).as_deref(), Ok(expected));
    assert_eq!(
        url(builder()).unwrap_err(),
        "`subdomain` is not set: it is a part of the address, unless `base_url` is set"
    );
    let twice = builder().subdomain("x").subdomain("acme");
    assert_eq!(url(twice).as_deref(), Ok(expected));
}

#[test]
fn a_server_variable_cannot_choose_the_host() {
    for value in [
        "",
        ".",
        "..",
        "evil.com/",
        "evil.com#",
        "evil.com?",
        "a@evil.com",
        "evil.com:80",
        "a.",
        ".a",
        "a..b",
        "a b",
        "a\\b",
        "a\n",
        "ä",
        "%2e",
        "a/../b",
        "[::1]",
    ] {
        let error = url(builder().subdomain(value)).unwrap_err();
        assert!(error.starts_with("`subdomain` is "), "{value}: {error}");
        assert!(!error.contains('\n'));
    }
    let below = url(builder().subdomain("evil.com")).unwrap();
    assert_eq!(below, "https://evil.com.example.com/api/v2/users");
}

static REGIONS: Server = Server {
    url: "https://{region}.example.com:{port}/{version}",
    variables: &[
        Variable {
            name: "region",
            values: &["eu", "us"],
            ..Variable::NEW
        },
        Variable {
            name: "port",
            default: Some("8443"),
            values: &[],
        },
        Variable {
            name: "version",
            default: Some("v1"),
            values: &[],
        },
    ],
};

client! {
    /// Client of an API with several regions.
    Regional, RegionalBuilder, &REGIONS
}

fn regional(variables: &[(&'static str, &str)]) -> Result<String, String> {
    let mut builder = Regional::builder().transport(Mock::new());
    for (name, value) in variables {
        builder.0.set_variable(name, *value);
    }
    let client = builder.build().map_err(|error| error.to_string())?;
    Ok(client.request("GET", "/x").into_request().unwrap().url())
}

#[test]
fn server_variables_have_defaults_and_values() {
    let eu = regional(&[("region", "eu")]);
    assert_eq!(eu.as_deref(), Ok("https://eu.example.com:8443/v1/x"));
    let us = regional(&[("region", "us"), ("port", "443"), ("version", "v2.1")]);
    assert_eq!(us.as_deref(), Ok("https://us.example.com/v2.1/x"));
    let error = regional(&[("region", "asia")]).unwrap_err();
    assert_eq!(error, "`region` is \"asia\": it must be one of eu, us");
    assert!(regional(&[("region", "eu"), ("port", "99999")]).is_err());
    assert!(regional(&[("region", "eu"), ("version", "..")]).is_err());
}

#[test]
fn a_base_url_is_an_address() {
    let path = "/api/v2/users";
    for (base, expected) in [
        ("https://a.example", "https://a.example"),
        ("HTTPS://A.Example/", "https://a.example"),
        ("https://a.example:443", "https://a.example"),
        ("http://a.example:8080/x/y/", "http://a.example:8080/x/y"),
        ("http://[::1]:1", "http://[::1]:1"),
        ("http://10.0.0.1", "http://10.0.0.1"),
        ("http://my_service", "http://my_service"),
    ] {
        let expected = format!("{expected}{path}");
        assert_eq!(url(builder().base_url(base)), Ok(expected));
    }
    for base in [
        "",
        "a.example",
        "ftp://a.example",
        "https://",
        "https://a b",
        "https://u:p@a.example",
        "https://a.example?x",
        "https://a.example#x",
        "https://a.example:x",
        "https://a.example:",
        "https://a.example:65536",
        "https://a.example/../x",
        "https://a.example/%2e%2e",
        "https://a..b",
        "https://[::1",
        "https://ä.example",
        "https://a.example/a b",
        "https://a.example\\@b.example",
        "//a.example",
        "https://a.example/\u{202e}",
    ] {
        let error = url(builder().base_url(base)).unwrap_err();
        assert!(
            error.starts_with("the base URL is not valid: "),
            "{base}: {error}"
        );
    }
}

#[test]
fn a_credential_is_not_sent_in_the_clear() {
    let with_secret = |base: &str| url(builder().base_url(base).basic("ada", "hunter2"));
    for base in [
        "http://a.example",
        "http://localhost.example",
        "http://10.0.0.1",
        "http://[::2]",
    ] {
        let error = with_secret(base).unwrap_err();
        assert!(
            error.starts_with("a credential is not sent over http:// to "),
            "{error}"
        );
        assert!(url(builder().base_url(base)).is_ok());
        // One that comes later is not sent either.
        let client = builder().base_url(base).build().unwrap();
        for list in [
            client.users().list().auth(Auth::bearer("hunter2")),
            client.users().list().auth(Auth::query("key", "hunter2")),
            client.users().list().header("authorization", "hunter2"),
        ] {
            let error = run(list).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
        }
        assert!(run(client.users().list().auth(Auth::None)).is_ok());
    }
    for base in [
        "https://a.example",
        "http://localhost:1",
        "http://api.localhost",
        "http://127.1.2.3",
        "http://[::1]",
    ] {
        assert!(with_secret(base).is_ok(), "{base}");
    }
}

#[test]
fn a_bad_header_fails_the_build() {
    let error = url(builder().base_url("https://a").header("x y", "1")).unwrap_err();
    assert_eq!(error, "header name \"x y\" is not valid");
}

#[test]
fn options_are_scoped() {
    let client = builder().subdomain("acme").build().unwrap();
    let request = |client: &Client| client.users().list().into_request().unwrap();
    let default = request(&client);
    assert_eq!(default.timeout(), Some(Duration::from_secs(60)));
    assert_eq!(default.max_response_bytes(), 64 << 20);
    assert_eq!(
        default.header("user-agent"),
        Some("letterpress-runtime/0.1.0")
    );
    let change = |options: Options| options.timeout(Duration::from_secs(1)).header("x-a", "b");
    let scoped = client.with(change);
    assert_eq!(request(&scoped).timeout(), Some(Duration::from_secs(1)));
    assert_eq!(request(&scoped).header("x-a"), Some("b"));
    assert_eq!(request(&client).header("x-a"), None);
    let call = scoped.users().list().timeout(Duration::from_secs(2));
    assert_eq!(
        call.into_request().unwrap().timeout(),
        Some(Duration::from_secs(2))
    );
}

#[test]
fn without_an_address_there_is_no_client() {
    static NOWHERE: Server = Server {
        url: "",
        variables: &[],
    };
    let builder = crate::runtime::Builder::new(&NOWHERE, "x");
    let error = builder.build().map(|_: Core| ()).unwrap_err();
    assert_eq!(error.to_string(), "`base_url` is not set");
}

#[test]
#[cfg(not(feature = "reqwest"))]
fn without_a_transport_there_is_no_client() {
    let error = Client::builder().subdomain("acme").build().unwrap_err();
    assert!(
        error.to_string().starts_with("there is no transport"),
        "{error}"
    );
}

#[test]
fn what_is_shared_between_threads_can_be() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    fn sent<T: Send + 'static>() {}
    fn movable<T: Send>(value: T) -> T {
        value
    }
    let client = Client::with_transport(Mock::new());
    let waits = movable(async move { client.users().show(1).await });
    assert_eq!(run(waits).unwrap_err().kind(), ErrorKind::Mock);
    shared::<Client>();
    shared::<crate::users::ListUsers>();
    shared::<Mock>();
    shared::<crate::runtime::Request>();
    sent::<crate::runtime::Error>();
    sent::<crate::runtime::CallFuture<crate::types::User>>();
    assert_eq!(size_of::<crate::runtime::Error>(), size_of::<usize>());
    assert_eq!(size_of::<crate::runtime::Call>(), size_of::<usize>());
    assert_eq!(size_of::<crate::runtime::Extra>(), size_of::<usize>());
}
