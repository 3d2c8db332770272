//! Names stay: whatever a description gains, and in whatever order it is written, what it had is called what it was.

use letterpress::config::Config;
use letterpress::diagnostic::Diagnostics;
use letterpress::names::lock::{self, Lock};
use letterpress::origin::FileId;
use letterpress::source::SourceFile;
use letterpress_tests::root;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;

/// The names of a crate that had these before.
fn names(path: &str, text: &str, before: &str) -> Lock {
    let mut diagnostics = Diagnostics::new();
    let file = SourceFile::from_text(path, text, &mut diagnostics);
    let mut config = Config::for_sources("shop");
    config.lock = lock::read(FileId(9), before, &mut diagnostics);
    let model = letterpress::understand(&config, &[file], &mut diagnostics);
    let facts = letterpress::analyze::analyze(&model);
    let plan = letterpress::plan::plan(&model, &facts, &config, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}\n{text}");
    let again = lock::read(FileId(9), &lock::text(&plan.lock), &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}\n{text}");
    assert_eq!(lock::text(&again), lock::text(&plan.lock));
    plan.lock
}

#[test]
fn the_names_of_the_fixture_are_those_of_its_first_version() {
    let folder = root().join("tests/fixtures/names-kept");
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("readable");
    let lock = names("before.yaml", &read("before.yaml"), "");
    assert_eq!(lock::text(&lock), read("names.lock"));
}

/// A part of a description, by numbers that choose among words which are easily confused.
#[derive(Clone, Debug)]
struct Part {
    path: usize,
    method: usize,
    tag: usize,
    id: usize,
    query: Vec<usize>,
    request: Option<Content>,
    response: Content,
}

#[derive(Clone, Debug)]
struct Content {
    /// A component by its number, or written out.
    component: Option<usize>,
    members: Vec<(usize, usize)>,
}

const PATHS: [&str; 6] = [
    "/users",
    "/users/{id}",
    "/teams/{id}/users",
    "/teams",
    "/teams/{id}",
    "/v2/users",
];
const METHODS: [&str; 3] = ["get", "post", "put"];
const TAGS: [&str; 4] = ["", "Users", "users", "Team users"];
const IDS: [&str; 6] = [
    "",
    "list",
    "listUsers",
    "list_users",
    "ListTeamUsers",
    "show",
];
const QUERIES: [&str; 4] = ["sortBy", "sort_by", "sort-by", "user[]"];
const COMPONENTS: [&str; 5] = ["User", "user", "UserInput", "ListUsers", "Address"];
const MEMBERS: [&str; 7] = [
    "userId", "user_id", "user-id", "address", "status", "Status", "items",
];

fn content() -> impl Strategy<Value = Content> {
    let component = proptest::option::of(0..COMPONENTS.len());
    let members = proptest::collection::vec((0..MEMBERS.len(), 0..5usize), 1..5);
    (component, members).prop_map(|(component, members)| Content { component, members })
}

fn part() -> impl Strategy<Value = Part> {
    let query = proptest::collection::vec(0..QUERIES.len(), 0..4);
    let place = (
        0..PATHS.len(),
        0..METHODS.len(),
        0..TAGS.len(),
        0..IDS.len(),
    );
    let bodies = (proptest::option::of(content()), content());
    (place, query, bodies).prop_map(
        |((path, method, tag, id), query, (request, response))| Part {
            path,
            method,
            tag,
            id,
            query,
            request,
            response,
        },
    )
}

fn member(kind: usize) -> Value {
    match kind {
        0 => json!({"type": "string"}),
        1 => json!({"type": "integer"}),
        2 => json!({"type": "string", "enum": ["a-b", "a_b", "A_B"]}),
        3 => {
            json!({"type": "object", "properties": {"street": {"type": "string"}, "city": {"type": "string"}}})
        }
        _ => {
            json!({"type": "array", "items": {"type": "object", "properties": {"key": {"type": "string"}, "of": {"type": "string"}}}})
        }
    }
}

fn schema(content: &Content, components: &mut Map<String, Value>) -> Value {
    let members = content.members.iter();
    let properties: Map<String, Value> = members
        .map(|(name, kind)| (MEMBERS[*name].to_owned(), member(*kind)))
        .collect();
    let schema = json!({"type": "object", "properties": properties});
    let Some(component) = content.component else {
        return schema;
    };
    let name = COMPONENTS[component];
    components.entry(name.to_owned()).or_insert(schema);
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// A description of these parts; the first of one method and path counts.
fn description(parts: &[Part]) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    let mut components = Map::new();
    for part in parts {
        let path = PATHS[part.path];
        let methods = paths.entry(path.to_owned()).or_insert_with(|| json!({}));
        if methods.get(METHODS[part.method]).is_some() {
            continue;
        }
        let names: BTreeSet<&str> = part.query.iter().map(|at| QUERIES[*at]).collect();
        let mut parameters: Vec<Value> = names
            .into_iter()
            .map(|name| json!({"name": name, "in": "query", "schema": {"type": "string"}}))
            .collect();
        if path.contains("{id}") {
            parameters.push(
                json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}),
            );
        }
        let body = |content: &Content, components: &mut Map<String, Value>| json!({"description": "It.", "content": {"application/json": {"schema": schema(content, components)}}});
        let mut operation = json!({
            "parameters": parameters,
            "responses": {"200": body(&part.response, &mut components)},
        });
        if let Some(request) = &part.request {
            operation["requestBody"] = body(request, &mut components);
        }
        if !IDS[part.id].is_empty() {
            operation["operationId"] = json!(IDS[part.id]);
        }
        if !TAGS[part.tag].is_empty() {
            operation["tags"] = json!([TAGS[part.tag]]);
        }
        methods[METHODS[part.method]] = operation;
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://shop.example"}],
        "paths": paths,
        "components": {"schemas": components},
    })
}

/// The same document with the members of all objects backwards: they are printed sorted else.
fn backwards(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members = members.iter().rev();
            let members: Vec<String> = members
                .map(|(key, value)| format!("{}:{}", json!(key), backwards(value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(backwards).collect();
            format!("[{}]", elements.join(","))
        }
        scalar => scalar.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(8), ..ProptestConfig::default() })]

    #[test]
    fn what_is_added_renames_nothing(
        first in proptest::collection::vec(part(), 1..6),
        more in proptest::collection::vec(part(), 1..6),
    ) {
        let before = names("api.json", &description(&first).to_string(), "");
        let all: Vec<Part> = first.iter().chain(&more).cloned().collect();
        let after = names("api.json", &description(&all).to_string(), &lock::text(&before));
        for (key, names) in &before.operations {
            prop_assert_eq!(after.operations.get(key), Some(names), "{}", key);
        }
        for (key, group) in &before.groups {
            prop_assert_eq!(after.groups.get(key), Some(group), "{}", key);
        }
        for (key, name) in &before.parameters {
            prop_assert_eq!(after.parameters.get(key), Some(name), "{}", key);
        }
        // Types may become one, or move to where a schema is named; callers find all of them by the names that they had.
        let known: BTreeSet<String> = after
            .types
            .values()
            .map(|ty| format!("types::{}", ty.name.plain()))
            .chain(after.aliases.keys().cloned())
            .collect();
        for (key, ty) in &before.types {
            let name = format!("types::{}", ty.name.plain());
            prop_assert!(known.contains(&name), "{} {}: {:#?}", key, name, after);
            let same = after.types.iter().find(|(_, now)| now.name == ty.name);
            let (Some((now, _)), Some(members)) = (same, before.members.get(key)) else {
                continue;
            };
            for (step, name) in &members.names {
                if let Some(now) = after.member(now, step) {
                    prop_assert_eq!(now, name, "{} {}", key, step);
                }
            }
        }
        // Nothing is left to change.
        let again = names("api.json", &description(&all).to_string(), &lock::text(&after));
        prop_assert_eq!(lock::text(&again), lock::text(&after));
    }

    #[test]
    fn the_order_of_a_description_names_nothing(parts in proptest::collection::vec(part(), 1..8)) {
        let value = description(&parts);
        let (forwards, backwards) = (value.to_string(), backwards(&value));
        let lock = names("api.json", &forwards, "");
        prop_assert_eq!(lock::text(&lock), lock::text(&names("api.json", &backwards, "")));
        let kept = names("api.json", &backwards, &lock::text(&lock));
        prop_assert_eq!(lock::text(&lock), lock::text(&kept));
    }
}
