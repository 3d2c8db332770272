//! A credential in every text of a collection that may hold one, looked for in everything that comes out.

use letterpress::diagnostic::Diagnostics;
use letterpress::diagnostic::render::Printer;
use letterpress::source::{Given, load_project};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// How every credential begins.
const MARK: &str = "c4naryQ";

/// Makes credentials that are told apart, and remembers them with where they were put.
#[derive(Default)]
struct Canaries(Vec<(String, String)>);

impl Canaries {
    fn put(&mut self, place: &str) -> String {
        let canary = format!("{MARK}{}z", self.0.len());
        self.0.push((place.to_owned(), canary.clone()));
        canary
    }

    /// The ways in which text for people gives a credential away, each with one of its own.
    fn prose(&mut self, place: &str) -> String {
        let mut one = |form: &str| {
            let canary = self.put(&format!("{place}, {form}"));
            form.replace('?', &canary)
        };
        [
            one("Send Authorization: Bearer ? with it."),
            one("Or `Basic ?`."),
            one("Or https://ann:?@shop.example.com/orders."),
            one("Or GET https://shop.example.com/orders&api_key=?&page=1"),
            one("The password: ?"),
            one("```\ncurl -u ann:? https://shop.example.com\n```"),
            one("```\ncurl -H 'X-Api-Key: ?' -H \"Authorization: Bearer {{t}}\" https://shop.example.com\n```"),
            one("```\ncurl -d '{\"secret\": \"?\", \"a\": 1}' https://shop.example.com\n```"),
            one("```\ncurl -d 'a=1&client_secret=?' https://shop.example.com\n```"),
        ]
        .join("\n\n")
    }

    /// A list of `key` and `value`: one of a name that says secret, one whose value does, each with a description.
    fn entries(&mut self, place: &str) -> Value {
        json!([
            {"key": "password", "value": self.put(place), "description": self.prose(place)},
            {"key": "note", "value": format!("Bearer {}", self.put(place)), "description": {"content": self.prose(place), "type": "text/markdown"}},
            {"key": "X-Api-Key", "value": self.put(place)},
            {"key": "access_token", "value": self.put(place), "disabled": true},
            {"key": "back", "value": format!("https://ann:{}@shop.example.com/", self.put(place))},
        ])
    }

    fn auth(&mut self, kind: &str, names: &[&str]) -> Value {
        let attributes: Vec<Value> = names
            .iter()
            .map(|name| json!({"key": name, "value": self.put(&format!("auth {kind} {name}")), "type": "string"}))
            .collect();
        json!({"type": kind, kind: attributes})
    }

    fn url(&mut self, path: &str) -> Value {
        let user = self.put("userinfo of a URL");
        let raw = self.put("query of a raw URL");
        json!({
            "raw": format!("https://ann:{user}@shop.example.com/{path}?api_key={raw}"),
            "protocol": "https",
            "host": [format!("ann:{user}@shop"), "example", "com"],
            "path": [path],
            "query": self.entries("query"),
            "variable": [{"key": "id", "value": "1", "description": self.prose("path variable")}],
        })
    }

    fn body(&mut self) -> String {
        json!({
            "password": self.put("member of a body"),
            "note": format!("Bearer {}", self.put("text of a body")),
            "settings": [{"key": "client_secret", "value": self.put("pair of a body")}],
            "card": {"number": 1, "cvv": 123},
        })
        .to_string()
    }

    fn request(&mut self, method: &str, path: &str, body: Value, auth: Value) -> Value {
        json!({
            "method": method,
            "url": self.url(path),
            "header": [
                {"key": "Authorization", "value": format!("Bearer {}", self.put("header")), "description": self.prose("header")},
                {"key": "Cookie", "value": format!("session={}", self.put("cookie"))},
                {"key": "X-Auth-Token", "value": self.put("header"), "disabled": true},
                {"key": "X-Signature", "value": self.put("header")},
            ],
            "body": body,
            "auth": auth,
            "description": self.prose("request"),
            "proxy": {"host": "proxy.example.com", "password": self.put("proxy")},
            "certificate": {"name": "c", "passphrase": self.put("certificate"), "key": {"src": self.put("certificate")}},
        })
    }

    fn item(&mut self, method: &str, path: &str, body: Value, auth: Value) -> Value {
        let names = ["Place with Bearer", "Place with api_key="];
        let name = format!(
            "{}{}",
            names[path.len() % 2],
            " ".repeat((path.len() + 1) % 2)
        );
        json!({
            "name": format!("{name}{}", self.put("name of an item")),
            "description": self.prose("item"),
            "event": [{"listen": "test", "script": {"exec": [format!("pm.environment.set('token', '{}')", self.put("script"))]}}],
            "request": self.request(method, path, body.clone(), auth),
            "variable": self.entries("variable of an item"),
            "response": [{
                "name": format!("Done for https://ann:{}@shop.example.com", self.put("name of a response")),
                "originalRequest": self.request(method, path, body, Value::Null),
                "code": 200,
                "status": "OK",
                "header": [
                    {"key": "Content-Type", "value": "application/json"},
                    {"key": "Set-Cookie", "value": format!("session={}", self.put("header of a response"))},
                    {"key": "X-Session-Token", "value": self.put("header of a response"), "description": self.prose("header of a response")},
                ],
                "cookie": [{"name": "session", "value": self.put("cookie of a response")}],
                "body": self.body(),
            }, {
                "name": "Not JSON",
                "code": 400,
                "header": [{"key": "Content-Type", "value": "text/plain"}],
                "body": format!("password={}", self.put("text response")),
            }, {
                "name": "Broken",
                "code": 401,
                "header": [{"key": "Content-Type", "value": "application/json"}],
                "body": format!("{{\"token\": \"{}\", oops", self.put("broken response")),
            }],
        })
    }
}

fn collection(canaries: &mut Canaries) -> Value {
    let query = format!(
        "mutation Log {{ logIn(user: \"ann\", password: \"{}\") {{ id }} }}",
        canaries.put("GraphQL query")
    );
    let bodies = [
        json!({"mode": "raw", "raw": canaries.body(), "options": {"raw": {"language": "json"}}}),
        json!({"mode": "raw", "raw": format!("<a><password>{}</password></a>", canaries.put("XML")), "options": {"raw": {"language": "xml"}}}),
        json!({"mode": "raw", "raw": format!("password: {}", canaries.put("text")), "options": {"raw": {"language": "text"}}}),
        json!({"mode": "urlencoded", "urlencoded": canaries.entries("form")}),
        json!({"mode": "formdata", "formdata": canaries.entries("multipart form")}),
        json!({"mode": "graphql", "graphql": {"query": query, "variables": canaries.body()}}),
    ];
    let kinds: [(&str, &[&str]); 9] = [
        ("basic", &["username", "password"]),
        ("bearer", &["token"]),
        ("apikey", &["value"]),
        ("oauth2", &["accessToken", "clientSecret", "password"]),
        (
            "oauth1",
            &["consumerSecret", "token", "tokenSecret", "privateKey"],
        ),
        ("digest", &["password", "nonce", "opaque"]),
        ("awsv4", &["accessKey", "secretKey", "sessionToken"]),
        ("hawk", &["authKey"]),
        ("jwt", &["secret", "privateKey"]),
    ];
    let mut items = Vec::new();
    for (index, (kind, names)) in kinds.into_iter().enumerate() {
        let auth = canaries.auth(kind, names);
        let body = bodies[index % bodies.len()].clone();
        items.push(canaries.item("POST", &format!("orders-{kind}"), body, auth));
    }
    json!({
        "info": {
            "name": format!("Shop, token={}", canaries.put("name of the collection")),
            "description": canaries.prose("collection"),
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "auth": canaries.auth("bearer", &["token"]),
        "variable": canaries.entries("variable"),
        "event": [{"listen": "prerequest", "script": {"exec": format!("// password: {}", canaries.put("script"))}}],
        "item": [{
            "name": format!("Orders api_key={}", canaries.put("name of a folder")),
            "description": canaries.prose("folder"),
            "variable": canaries.entries("variable of a folder"),
            "item": items,
        }],
    })
}

/// A collection of format version 1: a flat list of requests, credentials in texts of headers and objects of helpers.
fn version1(canaries: &mut Canaries) -> Value {
    let helpers: [(&str, &[&str]); 6] = [
        ("basicAuth", &["username", "password"]),
        ("bearerAuth", &["token"]),
        ("apikeyAuth", &["value"]),
        ("oAuth1", &["consumerSecret", "token", "tokenSecret"]),
        ("awsSigV4", &["accessKey", "secretKey", "sessionToken"]),
        ("digestAuth", &["password", "nonce"]),
    ];
    let mut requests = Vec::new();
    for (index, (helper, names)) in helpers.into_iter().enumerate() {
        let attributes: serde_json::Map<String, Value> = names
            .iter()
            .map(|name| {
                let canary = canaries.put(&format!("helper {helper} {name}"));
                ((*name).to_owned(), json!(canary))
            })
            .collect();
        // The attributes may be an object or the text of one.
        let attributes = match index % 2 {
            0 => Value::Object(attributes),
            _ => json!(Value::Object(attributes).to_string()),
        };
        let (mode, data, raw) = match index % 3 {
            0 => ("raw", json!([]), json!(canaries.body())),
            1 => ("urlencoded", canaries.entries("form"), Value::Null),
            _ => ("params", canaries.entries("multipart form"), Value::Null),
        };
        requests.push(json!({
            "id": format!("r{index}"),
            "collectionId": "c",
            "name": format!("Place token={}", canaries.put("name of a request")),
            "description": canaries.prose("request"),
            "method": "POST",
            "url": format!("https://ann:{}@shop.example.com/orders-{index}?api_key={}", canaries.put("userinfo"), canaries.put("query")),
            "headers": format!("Authorization: Bearer {}\nX-Auth-Token: {}\nCookie: a={}\n", canaries.put("header"), canaries.put("header"), canaries.put("cookie")),
            "queryParams": canaries.entries("query"),
            "dataMode": mode,
            "data": data,
            "rawModeData": raw,
            "currentHelper": helper,
            "helperAttributes": attributes,
            "preRequestScript": format!("// password: {}", canaries.put("script")),
            "tests": format!("// password: {}", canaries.put("script")),
            "responses": [{
                "name": format!("Done, api_key={}", canaries.put("name of a response")),
                "responseCode": {"code": 200, "name": "OK"},
                "headers": [
                    {"key": "Content-Type", "name": "Content-Type", "value": "application/json"},
                    {"key": "Set-Cookie", "name": "Set-Cookie", "value": format!("a={}", canaries.put("header of a response"))},
                ],
                "cookies": [{"name": "a", "value": canaries.put("cookie of a response")}],
                "text": canaries.body(),
            }],
        }));
    }
    let order: Vec<Value> = (0..requests.len())
        .map(|at| json!(format!("r{at}")))
        .collect();
    json!({
        "id": "c",
        "name": format!("Shop, token={}", canaries.put("name of the collection")),
        "description": canaries.prose("collection"),
        "order": [],
        "folders_order": ["f"],
        "folders": [{
            "id": "f",
            "name": format!("Orders api_key={}", canaries.put("name of a folder")),
            "description": canaries.prose("folder"),
            "order": order,
        }],
        "variables": canaries.entries("variable"),
        "requests": requests,
    })
}

/// The files of a collection of format version 3, by their paths: JSON, which is YAML too.
fn version3(canaries: &mut Canaries) -> Vec<(String, Value)> {
    let auth = |canaries: &mut Canaries, kind: &str, names: &[&str]| {
        let credentials: Vec<Value> = names
            .iter()
            .map(|name| json!({"key": name, "value": canaries.put(&format!("auth {kind} {name}"))}))
            .collect();
        json!({"type": kind, "credentials": credentials})
    };
    let mut files = vec![(
        ".resources/definition.yaml".to_owned(),
        json!({
            "$kind": "collection",
            "name": format!("Shop, token={}", canaries.put("name of the collection")),
            "description": canaries.prose("collection"),
            "variables": canaries.entries("variable"),
            "auth": auth(canaries, "bearer", &["token"]),
        }),
    )];
    let bodies = [
        json!({"type": "json", "content": canaries.body()}),
        json!({"type": "urlencoded", "content": canaries.entries("form")}),
        json!({"type": "formdata", "content": canaries.entries("multipart form")}),
        json!({"type": "text", "content": format!("password: {}", canaries.put("text"))}),
    ];
    for (index, body) in bodies.into_iter().enumerate() {
        let kinds: [(&str, &[&str]); 4] = [
            ("basic", &["username", "password"]),
            ("apikey", &["value"]),
            ("oauth2", &["accessToken", "clientSecret"]),
            ("hawk", &["authKey"]),
        ];
        let (kind, names) = kinds[index];
        files.push((
            format!("Orders/Place {index}.request.yaml"),
            json!({
                "$kind": "http-request",
                "name": format!("Place with api_key={}", canaries.put("name of a request")),
                "description": canaries.prose("request"),
                "method": "POST",
                "url": format!("https://ann:{}@shop.example.com/orders-{index}?api_key={}", canaries.put("userinfo"), canaries.put("query")),
                "headers": canaries.entries("header"),
                "queryParams": canaries.entries("query"),
                "body": body,
                "auth": auth(canaries, kind, names),
                "scripts": [{"type": "beforeRequest", "language": "text/javascript", "code": format!("// password: {}", canaries.put("script"))}],
            }),
        ));
        files.push((
            format!("Orders/.resources/Place {index}.resources/examples/Done.example.yaml"),
            json!({
                "$kind": "http-example",
                "name": format!("Done, token={}", canaries.put("name of a response")),
                "request": {
                    "method": "POST",
                    "url": format!("https://shop.example.com/orders-{index}?access_token={}", canaries.put("query")),
                    "headers": canaries.entries("header"),
                    "body": {"type": "json", "content": canaries.body()},
                },
                "response": {
                    "statusCode": 200,
                    "statusText": "OK",
                    "headers": canaries.entries("header of a response"),
                    "body": {"type": "json", "content": canaries.body()},
                },
            }),
        ));
    }
    files
}

/// An environment, globals, and a collection that uses what they have in every place.
fn environments(canaries: &mut Canaries) -> (Value, Value, Value) {
    let mut values = |scope: &str| {
        let names = [
            "password",
            "token",
            "api_key",
            "clientSecret",
            "session_cookie",
            "signature",
        ];
        let mut values: Vec<Value> = names
            .iter()
            .map(|name| {
                let canary = canaries.put(&format!("{name} of {scope}"));
                json!({"key": format!("{scope}_{name}"), "value": canary, "enabled": true, "type": "default"})
            })
            .collect();
        // A value of the kind `secret` is one whatever its name is.
        let canary = canaries.put(&format!("secret of {scope}"));
        values.push(json!({"key": format!("{scope}_plain"), "value": canary, "enabled": true, "type": "secret"}));
        values.push(json!({"key": format!("{scope}_host"), "value": "https://shop.example.com", "enabled": true}));
        json!({"name": scope, "values": values, "_postman_variable_scope": scope})
    };
    let (environment, globals) = (values("environment"), values("globals"));
    let mut items = Vec::new();
    for (index, scope) in ["environment", "globals"].into_iter().enumerate() {
        let all = |form: &str| -> Vec<Value> {
            [
                "password",
                "token",
                "api_key",
                "clientSecret",
                "session_cookie",
                "signature",
                "plain",
            ]
            .iter()
            .map(|name| {
                let value = form.replace('?', &format!("{{{{{scope}_{name}}}}}"));
                json!({"key": format!("x-{name}-{index}"), "value": value})
            })
            .collect()
        };
        items.push(json!({
            "name": format!("Place {index}"),
            "request": {
                "method": "POST",
                "url": {
                    "raw": format!("{{{{{scope}_host}}}}/{{{{{scope}_plain}}}}/{{{{{scope}_token}}}}/orders-{index}"),
                    "host": [format!("{{{{{scope}_host}}}}")],
                    "path": [format!("{{{{{scope}_plain}}}}"), format!("{{{{{scope}_token}}}}"), format!("orders-{index}")],
                    "query": all("?"),
                },
                "header": all("Bearer ?"),
                "auth": {"type": "bearer", "bearer": [{"key": "token", "value": format!("{{{{{scope}_token}}}}")}]},
                "body": {"mode": "raw", "raw": format!("{{\"a\": {{{{{scope}_plain}}}}, \"b\": \"{{{{{scope}_token}}}}\", \"c\": {{{{{scope}_api_key}}}}}}"), "options": {"raw": {"language": "json"}}},
            },
            "response": [{"name": "OK", "code": 200, "header": [{"key": "Content-Type", "value": "application/json"}], "body": "{\"id\": 1}"}],
        }));
    }
    let collection = json!({
        "info": {"name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": items,
    });
    (collection, environment, globals)
}

/// Generates a crate and looks for the credentials in everything that comes out; answers all texts.
fn search(
    canaries: &Canaries,
    given: &Given,
    layout: &str,
    operations: usize,
) -> Vec<(String, String)> {
    let mut diagnostics = Diagnostics::new();
    let project = load_project(given, &mut diagnostics);
    let model = letterpress::understand(&project.config, &project.files, &mut Diagnostics::new());
    assert_eq!(model.operations.len(), operations, "{layout}");
    let output = letterpress::generate(&project.config, &project.files).expect("a crate");
    assert!(output.files.len() > 5);
    diagnostics.extend(output.diagnostics);
    let printer = Printer::new(&project.files, &diagnostics);
    let report = serde_json::to_string(&printer.findings(&diagnostics)).expect("JSON");
    let mut texts = vec![
        ("the model".to_owned(), format!("{model:?}")),
        ("the findings".to_owned(), printer.text(&diagnostics, false)),
        ("the report".to_owned(), report),
    ];
    texts.extend(output.files);
    let mut found = Vec::new();
    for (name, text) in &texts {
        for (at, _) in text.match_indices(MARK) {
            let rest = text.get(at..).unwrap_or_default();
            let whose = canaries
                .0
                .iter()
                .find(|(_, canary)| rest.starts_with(canary));
            let place = whose.map_or("somewhere", |(place, _)| place);
            let from = text.floor_char_boundary(at.saturating_sub(60));
            let to = text.floor_char_boundary(at + 20);
            found.push(format!(
                "{layout}: {place}: in {name}: {:?}",
                &text[from..to]
            ));
        }
    }
    assert!(
        found.is_empty(),
        "{} places\n{}",
        found.len(),
        found.join("\n")
    );
    texts
}

fn given(sources: Vec<PathBuf>, environments: Vec<PathBuf>) -> Given {
    Given {
        sources,
        environments,
        name: Some("shop".to_owned()),
        ..Given::default()
    }
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, text).expect("a file");
    path
}

#[test]
fn nothing_that_comes_out_holds_a_credential() {
    let mut canaries = Canaries::default();
    let collection = collection(&mut canaries);
    assert!(canaries.0.len() > 500);
    let folder = tempfile::tempdir().expect("a folder");
    for (layout, text) in [
        ("spread", serde_json::to_string_pretty(&collection)),
        ("one line", serde_json::to_string(&collection)),
    ] {
        let path = write(folder.path(), "shop.json", &text.expect("JSON"));
        let texts = search(&canaries, &given(vec![path], Vec::new()), layout, 9);
        let prose = |(name, text): &(String, String)| {
            name.ends_with(".rs") && text.contains("Send Authorization: Bearer … with it.")
        };
        assert!(
            texts.iter().any(prose),
            "the rest of the descriptions stays"
        );
    }
}

#[test]
fn nothing_of_version_1_does() {
    let mut canaries = Canaries::default();
    let collection = version1(&mut canaries);
    assert!(canaries.0.len() > 150);
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "shop.json", &collection.to_string());
    search(&canaries, &given(vec![path], Vec::new()), "version 1", 6);
}

#[test]
fn nothing_of_version_3_does() {
    let mut canaries = Canaries::default();
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in version3(&mut canaries) {
        write(folder.path(), &format!("shop/{name}"), &content.to_string());
    }
    assert!(canaries.0.len() > 150);
    let path = folder.path().join("shop");
    search(&canaries, &given(vec![path], Vec::new()), "version 3", 4);
}

#[test]
fn nothing_of_environments_and_globals_does() {
    let mut canaries = Canaries::default();
    let (collection, environment, globals) = environments(&mut canaries);
    let folder = tempfile::tempdir().expect("a folder");
    let source = write(folder.path(), "shop.json", &collection.to_string());
    let environments = vec![
        write(folder.path(), "live.json", &environment.to_string()),
        write(folder.path(), "globals.json", &globals.to_string()),
    ];
    search(
        &canaries,
        &given(vec![source], environments),
        "environments",
        2,
    );
}
