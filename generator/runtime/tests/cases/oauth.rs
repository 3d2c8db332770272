//! Tokens by OAuth 2: when they are fetched, by whom, and where they go.

use super::server::{Server, response, run};
use super::support;
use crate::Client;
use crate::runtime::{Auth, ErrorKind, Mock, OAuth, Result};
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;

const NONE: &str = r#"{"users":[]}"#;

fn ok(body: &str) -> String {
    response("200 OK", "", body)
}

/// A token endpoint that gives `t1`, `t2` … with these further members.
fn tokens(more: &'static str) -> Server {
    let count = AtomicUsize::new(0);
    Server::new(move |_, stream| {
        // Those who wait have to wait.
        std::thread::sleep(Duration::from_millis(30));
        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
        let body = format!(r#"{{"access_token":"t{number}","token_type":"Bearer"{more}}}"#);
        let _ = stream.write_all(ok(&body).as_bytes());
    })
}

/// An API that takes this token alone.
fn api(token: Arc<Mutex<String>>) -> Server {
    Server::new(move |request, stream| {
        let expected = format!("authorization: bearer {}\r\n", token.lock().unwrap());
        let answer = match request.to_ascii_lowercase().contains(&expected) {
            true => ok(NONE),
            false => response("401 Unauthorized", "", r#"{"error":"token expired"}"#),
        };
        let _ = stream.write_all(answer.as_bytes());
    })
}

fn takes(token: &str) -> (Server, Arc<Mutex<String>>) {
    let token = Arc::new(Mutex::new(token.to_owned()));
    (api(token.clone()), token)
}

fn client(api: &str, oauth: OAuth) -> Client {
    let builder = Client::builder().base_url(api).retries(0);
    builder
        .credential("basic", Auth::oauth(oauth))
        .build()
        .unwrap()
}

fn machine(tokens: &Server) -> OAuth {
    let url = format!("{}/oauth/token", tokens.base);
    OAuth::client_credentials("my id", "hunter2:&").token_url(&url)
}

fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").unwrap().1
}

fn header<'r>(request: &'r str, name: &str) -> Option<&'r str> {
    let mut lines = request.lines();
    lines
        .find_map(|line| {
            line.split_once(": ")
                .filter(|(known, _)| known.eq_ignore_ascii_case(name))
        })
        .map(|(_, value)| value)
}

/// Makes calls at once and gives how many went well.
async fn at_once(client: &Client, count: usize) -> usize {
    let mut calls = JoinSet::new();
    for _ in 0..count {
        calls.spawn(client.users().list().into_future());
    }
    let results: Vec<Result<_>> = calls.join_all().await;
    assert_eq!(results.len(), count);
    results.iter().filter(|result| result.is_ok()).count()
}

#[test]
fn a_token_is_fetched_and_kept() {
    let tokens = tokens(r#","expires_in":3600"#);
    let (api, _) = takes("t1");
    let oauth = machine(&tokens)
        .scope("read")
        .scope("write")
        .parameter("audience", "a b");
    let client = client(&api.base, oauth);
    run(async {
        client.users().list().await.unwrap();
        client.clone().users().list().await.unwrap();
        client
            .with(|options| options.retries(1))
            .users()
            .list()
            .await
            .unwrap();
    });
    let [asked] = tokens.requests().try_into().unwrap();
    assert!(
        asked.starts_with("POST /oauth/token HTTP/1.1\r\n"),
        "{asked}"
    );
    assert_eq!(
        body(&asked),
        "grant_type=client_credentials&scope=read%20write&audience=a%20b"
    );
    assert_eq!(
        header(&asked, "content-type"),
        Some("application/x-www-form-urlencoded")
    );
    // `my%20id:hunter2%3A%26`, by RFC 6749 section 2.3.1.
    assert_eq!(
        header(&asked, "authorization"),
        Some("Basic bXklMjBpZDpodW50ZXIyJTNBJTI2")
    );
    assert_eq!(api.requests().len(), 3);
}

#[test]
fn a_client_can_be_named_in_the_body() {
    let tokens = tokens("");
    let (api, _) = takes("t1");
    let client = client(&api.base, machine(&tokens).client_in_body());
    run(client.users().list()).unwrap();
    let [asked] = tokens.requests().try_into().unwrap();
    assert_eq!(header(&asked, "authorization"), None);
    assert_eq!(
        body(&asked),
        "grant_type=client_credentials&client_id=my%20id&client_secret=hunter2%3A%26"
    );
}

#[test]
fn one_call_fetches_for_all() {
    let tokens = tokens(r#","expires_in":"3600""#);
    let (api, good) = takes("t1");
    let client = client(&api.base, machine(&tokens));
    run(async {
        assert_eq!(at_once(&client, 200).await, 200);
        assert_eq!(tokens.requests().len(), 1);
        // The server forgets the token: every call is sent once more, with one new token for all.
        *good.lock().unwrap() = "t2".to_owned();
        assert_eq!(at_once(&client, 200).await, 200);
    });
    assert_eq!(tokens.requests().len(), 2);
    assert!(api.requests().len() <= 600);
}

#[test]
fn a_token_is_renewed_before_it_expires() {
    let tokens = tokens(r#","expires_in":1"#);
    let (api, good) = takes("t1");
    let client = client(&api.base, machine(&tokens));
    run(async {
        client.users().list().await.unwrap();
        *good.lock().unwrap() = "t2".to_owned();
        // Of one second the last tenth is too late.
        tokio::time::sleep(Duration::from_millis(920)).await;
        client.users().list().await.unwrap();
    });
    assert_eq!((tokens.requests().len(), api.requests().len()), (2, 2));
}

#[test]
fn a_refresh_token_is_used_once_and_kept() {
    let tokens = tokens(r#","refresh_token":"r2","expires_in":60"#);
    let (api, good) = takes("t0");
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keep = kept.clone();
    let oauth = OAuth::refresh_token("r1")
        .access_token("t0")
        .public_client("app")
        .token_url(&format!("{}/token?v=2", tokens.base))
        .on_tokens(move |tokens| {
            let refresh = tokens.refresh_token.as_ref().unwrap().expose().to_owned();
            let access = tokens.access_token.expose().to_owned();
            assert_eq!(tokens.expires_in, Some(Duration::from_secs(60)));
            keep.lock().unwrap().push((access, refresh));
        });
    let client = client(&api.base, oauth);
    run(async {
        client.users().list().await.unwrap();
        assert!(tokens.requests().is_empty());
        *good.lock().unwrap() = "t1".to_owned();
        client.users().list().await.unwrap();
        *good.lock().unwrap() = "t2".to_owned();
        client.users().list().await.unwrap();
    });
    let asked = tokens.requests();
    assert!(asked[0].starts_with("POST /token?v=2 "), "{}", asked[0]);
    let bodies: Vec<&str> = asked.iter().map(|request| body(request)).collect();
    assert_eq!(
        bodies,
        [
            "grant_type=refresh_token&refresh_token=r1&client_id=app",
            "grant_type=refresh_token&refresh_token=r2&client_id=app"
        ]
    );
    let expected = [("t1", "r2"), ("t2", "r2")].map(|(a, r)| (a.to_owned(), r.to_owned()));
    assert_eq!(*kept.lock().unwrap(), expected);
}

#[test]
fn a_refused_call_is_sent_again_once() {
    let tokens = tokens("");
    let (api, _) = takes("never");
    let client = client(&api.base, machine(&tokens));
    let error = run(client.users().list()).unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Status, Some(401))
    );
    assert_eq!((error.attempts(), api.requests().len()), (2, 2));
    assert_eq!(tokens.requests().len(), 2);
    // A fixed token cannot become another one.
    let fixed = client.with(|options| options.auth(Auth::bearer("x")));
    assert_eq!(run(fixed.users().list()).unwrap_err().attempts(), 1);
}

#[test]
fn a_failure_is_told_to_all_and_shows_no_secret() {
    let tokens = Server::text(response(
        "400 Bad Request",
        "",
        r#"{"error":"invalid_client","error_description":"no client with secret hunter2:&"}"#,
    ));
    let (api, _) = takes("t1");
    let client = client(&api.base, machine(&tokens));
    let error = run(client.users().list()).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Auth, 0));
    assert_eq!(
        error.to_string(),
        format!(
            "ListUsers GET /api/v2/users: no access token from {}/oauth/token: 400 invalid_client: no \
             client with secret (secret)",
            tokens.base
        )
    );
    let text = format!("{error:?} {client:?} {:?}", machine(&tokens));
    assert!(!text.contains("hunter2"), "{text}");
    // Those who waited together fail together, and do not ask one after the other.
    assert_eq!(run(at_once(&client, 50)), 0);
    assert!(tokens.requests().len() < 10, "{}", tokens.requests().len());
    assert!(api.requests().is_empty());
}

#[test]
fn what_is_no_token_is_an_error() {
    for (answer, said) in [
        (
            ok(r#"{"error":"bad_verification_code"}"#),
            "bad_verification_code",
        ),
        (ok("<html>"), "the answer holds no access token"),
        (
            ok(r#"{"access_token":""}"#),
            "the answer holds no access token",
        ),
        (
            ok(r#"{"access_token":"t1","token_type":"mac"}"#),
            "the token is of the type \"mac\", not `Bearer`",
        ),
        (response("302 Found", "location: /elsewhere\r\n", ""), "302"),
        (ok(&"x".repeat((1 << 20) + 1)), "longer than"),
    ] {
        let tokens = Server::text(answer);
        let (api, _) = takes("t1");
        let error = run(client(&api.base, machine(&tokens)).users().list()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Auth);
        assert!(error.to_string().contains(said), "{error}");
        assert_eq!(tokens.requests().len(), 1);
        assert!(api.requests().is_empty());
    }
}

#[test]
fn a_token_that_cannot_be_renewed_is_used_to_its_end() {
    let answers = [
        ok(r#"{"access_token":"t1","expires_in":2}"#),
        response("503 Service Unavailable", "", ""),
    ];
    let tokens = Server::sequence(answers);
    let (api, _) = takes("t1");
    let client = client(&api.base, machine(&tokens));
    run(async {
        client.users().list().await.unwrap();
        tokio::time::sleep(Duration::from_millis(1850)).await;
        client.users().list().await.unwrap();
        client.users().list().await.unwrap();
        assert_eq!(tokens.requests().len(), 2);
        tokio::time::sleep(Duration::from_millis(200)).await;
        let error = client.users().list().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Auth);
    });
}

#[test]
fn a_call_that_is_dropped_lets_another_fetch() {
    let tokens = tokens("");
    let api = Server::text(ok(NONE));
    let client = client(&api.base, machine(&tokens));
    run(async {
        let dropped = client.users().list().into_future();
        let ended = tokio::time::timeout(Duration::from_millis(10), dropped).await;
        assert!(ended.is_err());
        assert_eq!(at_once(&client, 5).await, 5);
    });
}

#[test]
fn a_busy_endpoint_is_asked_again() {
    let answers = [
        response("503 Service Unavailable", "retry-after: 0\r\n", ""),
        response("429 Too Many Requests", "retry-after: 0\r\n", ""),
        ok(r#"{"access_token":"t1"}"#),
    ];
    let tokens = Server::sequence(answers);
    let (api, _) = takes("t1");
    let patient = client(&api.base, machine(&tokens));
    let patient = patient.with(|options| options.retries(2));
    run(patient.users().list()).unwrap();
    assert_eq!(tokens.requests().len(), 3);
}

#[test]
fn secrets_stay_at_their_origins() {
    // The endpoint and the API both point to a third server; nobody follows.
    let third = Server::text(ok(NONE));
    let away = format!("location: {}/x\r\n", third.base);
    let tokens = Server::text(response("307 Temporary Redirect", &away, ""));
    let api = Server::text(response("302 Found", &away, ""));
    let error = run(client(&api.base, machine(&tokens)).users().list()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    let given = OAuth::refresh_token("hunter2-r").access_token("hunter2-a");
    let given = given.token_url(&format!("{}/token", tokens.base));
    let error = run(client(&api.base, given).users().list()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(third.requests().is_empty());
    // The API has seen the access token alone, the endpoint no access token.
    let seen = api.requests().concat();
    assert!(
        seen.contains("Bearer hunter2-a") && !seen.contains("hunter2-r"),
        "{seen}"
    );
    assert!(!tokens.requests().concat().contains("hunter2-a"));
}

#[test]
fn endpoints_are_checked_when_the_client_is_built() {
    let build = |oauth: OAuth| {
        let builder = Client::builder().subdomain("acme").transport(Mock::new());
        let built = builder.credential("basic", Auth::oauth(oauth)).build();
        built.map(|_| ()).map_err(|error| error.to_string())
    };
    let at = |url| build(OAuth::client_credentials("a", "b").token_url(url));
    assert_eq!(at("https://login.example/token"), Ok(()));
    assert_eq!(at("http://127.0.0.1/token"), Ok(()));
    assert_eq!(at("/token"), Ok(()));
    assert_eq!(at("https://{subdomain}.example/token"), Ok(()));
    let refused = |url, text: &str| {
        let error = at(url).unwrap_err();
        assert!(error.contains(text), "{url}: {error}");
    };
    refused(
        "http://login.example/token",
        "no credential is sent over http://",
    );
    refused("https://{tenant}.example/token", "`tenant` is not set");
    refused("login.example/token", "the token URL is not valid");
    refused(
        "https://a@login.example/token",
        "the token URL is not valid",
    );
    refused("", "`OAuth::token_url` is not set");
}

#[test]
fn the_description_says_where_tokens_are() {
    let asked = |oauth: OAuth| {
        let mock = Mock::new()
            .on("POST /own", 200, r#"{"access_token":"t1"}"#)
            .on("POST /user", 200, r#"{"access_token":"t1"}"#)
            .on("POST /mine", 200, r#"{"access_token":"t1"}"#)
            .on("ListUsers", 200, NONE);
        let builder = Client::builder().subdomain("acme").transport(mock.clone());
        let auth = Auth::oauth_at(oauth, "https://{subdomain}.login.example/own", "/user");
        let client = builder.credential("basic", auth).build().unwrap();
        support::run(client.users().list()).unwrap();
        mock.requests().first().unwrap().url()
    };
    let own = OAuth::client_credentials("a", "b");
    assert_eq!(asked(own.clone()), "https://acme.login.example/own");
    assert_eq!(
        asked(OAuth::refresh_token("r")),
        "https://acme.example.com/user"
    );
    assert_eq!(
        asked(own.token_url("https://login.example/mine")),
        "https://login.example/mine"
    );
}
