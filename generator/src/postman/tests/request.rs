//! Requests: URLs, queries, headers, bodies and authentication.

use super::*;

fn path(url: Value) -> String {
    let (operation, _, _) = request(json!({"url": url}));
    operation.key.to_string()
}

#[test]
fn requests_and_urls_may_be_strings() {
    let (model, _) = lower_value(&json!({"name": "A", "request": "https://x.org/a?b=1"}));
    let operation = &model.operations[0];
    assert_eq!(operation.key.to_string(), "GET /a");
    assert_eq!(names(operation, Location::Query), ["b"]);
    assert_eq!(model.servers[0].url, "https://x.org");
    assert_eq!(path(json!("{{baseUrl}}/a/:id/{{b}}")), "GET /a/{id}/{b}");
    assert_eq!(path(json!("x.org")), "GET /");
    assert_eq!(path(json!("https://x.org/?a=/b")), "GET /");
    assert_eq!(path(json!("/a/b#c")), "GET /a/b");
}

#[test]
fn urls_in_parts() {
    let parts = |path_: Value| json!({"host": ["{{baseUrl}}"], "path": path_});
    for (url, expected) in [
        (parts(json!(["a", ":id", ""])), "GET /a/{id}/"),
        (parts(json!("/a/:id.json")), "GET /a/{id}.json"),
        (
            parts(json!([{"type": "string", "value": "a"}, "{{x}}.{{ext}}"])),
            "GET /a/{x}.{ext}",
        ),
        (parts(json!(["a", "{id}"])), "GET /a/{id}"),
        (parts(json!(["a", ":a_{{b}}"])), "GET /a/{a_}{b}"),
        (parts(json!(["a%20b", "50%"])), "GET /a b/50%"),
        (json!({"host": "x.org", "path": ["a"]}), "GET /a"),
        (json!({"raw": "{{baseUrl}}/only/raw?x=1"}), "GET /only/raw"),
        (
            json!({"raw": "https://x.org/a", "host": ["x", "org"]}),
            "GET /a",
        ),
    ] {
        assert_eq!(path(url.clone()), expected, "{url}");
    }
    // Old exports took the whole segment for the name.
    let listed = json!({"path": [":id.json"], "host": ["h"], "variable": [{"key": "id.json", "value": "1"}]});
    assert_eq!(path(listed), "GET /{id.json}");
    let (_, _, codes) =
        request(json!({"url": {"raw": "h/a/c", "host": ["h"], "path": ["a", "b"]}}));
    assert_eq!(codes, ["postman/url-mismatch"]);
}

#[test]
fn variables_of_the_path_that_are_pieces_of_path_are_no_parameters() {
    let item = json!({"name": "A", "request": {"url": {"host": ["{{h}}"], "path": ["{{base}}", "{{v}}", "a", "{{id}}"]}}});
    let variables = json!([
        {"key": "h", "value": "https://x.org"},
        {"key": "base", "value": "/api/rest"},
        {"key": "v", "value": "v2"},
        {"key": "id", "value": "12", "description": "Number"},
    ]);
    let (model, _) = lower_value(&collection(json!({"variable": variables}), json!([item])));
    let operation = &model.operations[0];
    assert_eq!(operation.key.to_string(), "GET /api/rest/v2/a/{id}");
    let parameter = &operation.parameters[0];
    assert_eq!(parameter.docs.description.as_deref(), Some("Number"));
    assert_eq!(parameter.example, Some(Literal::String("12".to_owned())));
    assert!(parameter.required);
}

#[test]
fn query_entries_show_their_style() {
    let query = json!([
        {"key": "q", "value": "x"},
        {"key": "off", "value": "1", "disabled": true, "description": "(Required) Off"},
        {"key": "role[]", "value": "a"},
        {"key": "role[]", "value": "b"},
        {"key": "n", "value": "1"},
        {"key": "n", "value": "2"},
        {"key": "flag", "value": null},
        {"key": "ids", "value": "<integer>,<integer>"},
        {"key": "pipes", "value": "a|b"},
        {"key": "spaces", "value": "1%202"},
        {"key": "prose", "value": "Hello, world"},
        {"key": null, "value": "skipped"},
        {"key": "sort", "value": "asc", "description": "Order (This can only be one of asc,desc)"},
        {"key": "client_secret", "value": "hunter2"},
    ]);
    let (operation, model, codes) =
        request(json!({"url": {"host": ["h"], "path": ["a"], "query": query}}));
    let shown: Vec<_> = operation
        .parameters
        .iter()
        .map(|p| {
            let list = matches!(model.schemas.get(p.schema).shape, Shape::Array(_));
            (
                p.name.as_str(),
                p.style,
                list,
                p.required,
                p.example.is_some(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("q", Style::Repeat, false, false, true),
            ("off", Style::Repeat, false, true, true),
            ("role[]", Style::Repeat, true, false, true),
            ("n", Style::Repeat, true, false, true),
            ("flag", Style::Flag, false, false, false),
            ("ids", Style::Comma, true, false, false),
            ("pipes", Style::Pipe, true, false, true),
            ("spaces", Style::Space, true, false, true),
            ("prose", Style::Repeat, false, false, true),
            ("sort", Style::Repeat, false, false, true),
            ("client_secret", Style::Repeat, false, false, false),
        ]
    );
    assert!(codes.is_empty(), "{codes:?}");
    let sort = &operation.parameters[9];
    assert_eq!(sort.docs.description.as_deref(), Some("Order"));
    let Shape::Enum(values) = &model.schemas.get(sort.schema).shape else {
        panic!("an enumeration")
    };
    assert_eq!(values.values.len(), 2);
    assert_eq!(
        operation.parameters[1].docs.description.as_deref(),
        Some("Off")
    );
}

#[test]
fn headers_of_the_protocol_are_evidence_and_others_are_parameters() {
    let (operation, _, _) = request(json!({
        "url": "h/a",
        "header": "Content-Type: application/json\nX-Trace: {{trace}}\nAccept: */*",
    }));
    assert_eq!(names(&operation, Location::Header), ["X-Trace"]);
    let (operation, _, _) = request(json!({
        "url": "h/a",
        "header": [{"key": "Idempotency-Key", "value": "abc"}, {"key": "X-API-Key", "value": "{{key}}"}, null, {"value": "no key"}],
    }));
    assert_eq!(names(&operation, Location::Header), ["Idempotency-Key"]);
    assert_eq!(operation.security[0].schemes, ["apikey header x-api-key"]);
}

fn schemes(
    collection_auth: Value,
    request_: Value,
) -> (Vec<Vec<String>>, Vec<SecurityKind>, Vec<String>) {
    let item = json!({"name": "A", "request": request_, "response": [{"code": 204}]});
    let (model, codes) = lower_value(&collection(
        json!({"auth": collection_auth}),
        json!([{"name": "F", "item": [item]}]),
    ));
    let security = model.operations[0]
        .security
        .iter()
        .map(|r| r.schemes.clone())
        .collect();
    let kinds = model
        .security_schemes
        .iter()
        .map(|s| s.kind.clone())
        .collect();
    (security, kinds, codes)
}

#[test]
fn authentication_is_inherited_and_its_secrets_stay_behind() {
    let v21 = json!({"type": "apikey", "apikey": [{"key": "key", "value": "X-Key"}, {"key": "value", "value": "hunter2"}, {"key": "in", "value": "query"}]});
    let v20 =
        json!({"type": "apikey", "apikey": {"key": "X-Key", "value": "{{v}}", "in": "query"}});
    let key = SecurityKind::ApiKey {
        name: "X-Key".to_owned(),
        location: ApiKeyLocation::Query,
    };
    let (security, kinds, codes) = schemes(v21, json!({"url": "h/a"}));
    assert_eq!(
        (security, kinds),
        (
            vec![vec!["apikey query X-Key".to_owned()]],
            vec![key.clone()]
        )
    );
    assert_eq!(codes, ["postman/literal-secret"]);
    let (_, kinds, codes) = schemes(v20, json!({"url": "h/a", "auth": null}));
    assert_eq!((kinds, codes.len()), (vec![key], 0));
    // An auth block without a type counts as absent, one of type noauth stops inheritance.
    let basic = json!({"type": "basic", "basic": [{"key": "password", "value": "{{p}}"}, {"key": "showPassword", "value": false}]});
    let (_, kinds, codes) = schemes(basic.clone(), json!({"url": "h/a", "auth": {}}));
    assert_eq!((kinds, codes.len()), (vec![SecurityKind::Basic], 0));
    assert_eq!(
        schemes(
            basic.clone(),
            json!({"url": "h/a", "auth": {"type": "noauth"}})
        )
        .0,
        Vec::<Vec<String>>::new()
    );
    let bearer = json!({"url": "h/a", "auth": {"type": "bearer", "bearer": {"token": "{{t}}"}}});
    assert_eq!(schemes(basic, bearer).0, [["bearer"]]);
    let (security, kinds, codes) = schemes(json!({"type": "hawk"}), json!({"url": "h/a"}));
    assert_eq!(
        (security, kinds),
        (
            vec![vec!["hawk".to_owned()]],
            vec![SecurityKind::Other("hawk".to_owned())]
        )
    );
    assert_eq!(codes, ["postman/auth-needs-provider"]);
}

#[test]
fn authorization_headers_are_evidence() {
    for (value, kind) in [
        ("Basic <credentials>", Some(SecurityKind::Basic)),
        ("Bearer {{accessToken}}", Some(SecurityKind::Bearer)),
        ("{{bearerToken}}", Some(SecurityKind::Bearer)),
        ("<token>", Some(SecurityKind::Bearer)),
        (
            "Digest <credentials>",
            Some(SecurityKind::Other("digest".to_owned())),
        ),
        (
            "Token abc",
            Some(SecurityKind::ApiKey {
                name: "Authorization".to_owned(),
                location: ApiKeyLocation::Header,
            }),
        ),
        ("", None),
    ] {
        let (operation, model, _) =
            request(json!({"url": "h/a", "header": [{"key": "authorization", "value": value}]}));
        let found = model
            .security_schemes
            .first()
            .map(|scheme| scheme.kind.clone());
        assert_eq!(found, kind, "{value}");
        assert!(names(&operation, Location::Header).is_empty());
    }
    // Where the request shows nothing, what its examples answered does.
    let original = json!({"url": "h/a", "header": [{"key": "Authorization", "value": "Basic <credentials>", "description": "Added as a part of security scheme: basic"}]});
    let item = json!({"name": "A", "request": {"url": "h/a"}, "response": [{"code": 200, "originalRequest": original}]});
    let (model, _) = lower_value(&item);
    assert_eq!(model.operations[0].security[0].schemes, ["basic"]);
}

fn body(body: Value, header: &str) -> Option<(String, Shape, usize, Vec<String>)> {
    let (operation, model, codes) =
        request(json!({"method": "post", "url": "h/a", "body": body, "header": header}));
    let content = operation.request_body?.content;
    assert_eq!(content.len(), 1);
    let media = &content[0];
    Some((
        media.name.clone(),
        model.schemas.get(media.schema).shape.clone(),
        media.examples.len(),
        codes,
    ))
}

#[test]
fn bodies_of_all_modes() {
    let raw = |text: &str| json!({"mode": "raw", "raw": text});
    let (name, shape, examples, codes) =
        body(raw("{\"a\": {{id}}, // note\n}"), "").expect("a body");
    assert_eq!(
        (name.as_str(), examples, codes.len()),
        ("application/json", 1, 0)
    );
    assert!(matches!(shape, Shape::Sampled(_)));
    let (name, _, _, _) = body(
        raw("[1]"),
        "Content-Type: application/vnd.api+json; charset=utf-8",
    )
    .expect("a body");
    assert_eq!(name, "application/vnd.api+json");
    let (name, shape, _, _) = body(raw("<a></a>"), "").expect("a body");
    assert_eq!(
        (name.as_str(), shape),
        ("application/xml", Shape::String(StringFormat::Plain))
    );
    let (name, shape, _, codes) = body(raw("{\"a\""), "").expect("a body");
    assert_eq!(
        (name.as_str(), shape, codes),
        (
            "application/json",
            Shape::Any,
            vec!["postman/body-not-json".to_owned()]
        )
    );
    let (name, _, _, _) = body(
        json!({"mode": "raw", "raw": "hello", "options": {"raw": {"language": "text"}}}),
        "",
    )
    .expect("a body");
    assert_eq!(name, "text/plain");
    for nothing in [
        json!(null),
        json!({}),
        json!({"mode": "none"}),
        raw(" "),
        json!({"mode": "raw", "raw": "1", "disabled": true}),
        json!({"mode": "urlencoded", "urlencoded": []}),
    ] {
        assert!(body(nothing.clone(), "").is_none(), "{nothing}");
    }
    let form = json!({"mode": "urlencoded", "urlencoded": [{"key": "a", "value": "1"}, {"key": "b", "value": "x"}, {"key": "a", "value": "2"}, {"key": "password", "value": "hunter2"}]});
    let (name, shape, examples, _) = body(form, "").expect("a body");
    assert_eq!(
        (name.as_str(), examples),
        ("application/x-www-form-urlencoded", 1)
    );
    let Shape::Object(object) = shape else {
        panic!("an object")
    };
    assert_eq!(
        object
            .properties
            .iter()
            .map(|p| p.name.as_str())
            .collect::<Vec<_>>(),
        ["a", "b", "password"]
    );
    let (name, shape, _, codes) = body(
        json!({"mode": "formdata", "formdata": [{"key": "f", "type": "file"}]}),
        "",
    )
    .expect("a body");
    let Shape::Object(object) = shape else {
        panic!("an object")
    };
    assert_eq!(
        (
            name.as_str(),
            object.properties[0].name.as_str(),
            codes.len()
        ),
        ("multipart/form-data", "f", 0)
    );
    let (_, shape, _, codes) = body(
        json!({"mode": "file", "file": {"src": "/a"}}),
        "Content-Type: image/png",
    )
    .expect("a body");
    assert_eq!(
        (shape, codes.len()),
        (Shape::String(StringFormat::Binary), 0)
    );
    let (_, shape, _, codes) = body(
        json!({"mode": "graphql", "graphql": {"query": "{ a }", "variables": "{\"b\": 1}"}}),
        "",
    )
    .expect("a body");
    let Shape::Object(object) = shape else {
        panic!("an object")
    };
    assert_eq!(
        (
            object.properties.len(),
            object.properties[0].required,
            codes.len()
        ),
        (2, true, 0)
    );
}

#[test]
fn the_request_that_an_example_answers_is_a_second_sample() {
    let original = json!({"method": "POST", "url": "h/a?more=1", "body": {"mode": "raw", "raw": "{\"b\": 1}"}});
    let elsewhere = json!({"method": "POST", "url": "h/other?wrong=1"});
    let item = json!({"name": "A", "request": {"method": "POST", "url": "h/a?own=1", "body": {"mode": "raw", "raw": "{\"a\": 1}"}},
        "response": [{"name": "Fine", "code": 200, "body": "{}", "originalRequest": original}, {"code": 200, "originalRequest": elsewhere}]});
    let (model, _) = lower_value(&item);
    let operation = &model.operations[0];
    assert_eq!(names(operation, Location::Query), ["own", "more"]);
    let body = operation.request_body.as_ref().expect("a body");
    let examples: Vec<_> = body.content[0]
        .examples
        .iter()
        .map(|e| e.name.as_deref())
        .collect();
    assert_eq!(examples, [Some("A"), Some("Fine")]);
}

#[test]
fn bodies_of_get_are_sent_only_where_that_is_meant() {
    let item = |method: &str, keeps: bool| {
        let item = json!({
            "name": "A",
            "protocolProfileBehavior": {"disableBodyPruning": keeps},
            "request": {"method": method, "url": "h/a", "body": {"mode": "raw", "raw": "{}"}},
        });
        lower_value(&item).0.operations[0].request_body.is_some()
    };
    assert_eq!((item("GET", false), item("GET", true)), (false, true));
    assert!(item("DELETE", false));
}
