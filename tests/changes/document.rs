//! Cases of changes to descriptions: what each case says of its own, put together with what every description has.

use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// A change of an API, with the code that it concerns.
pub struct Case {
    /// Its name, which is the tag of its operations too.
    pub name: String,
    /// The changes that are to be found, as `class kind`, sorted.
    pub expect: Vec<String>,
    /// What the description says before and after.
    pub old: Value,
    pub new: Value,
    /// Code that compiles with the old crate.
    pub caller: String,
    /// The errors of the compiler with the new crate; none: it compiles.
    pub error: Option<String>,
    /// Why a program stops that compiles with the new crate.
    pub stops: Option<String>,
    /// Code that compiles with the old crate and not with the new one, although the change is no breaking one: what the
    /// contract of the crate leaves out.
    pub outside: Option<String>,
    /// Whether the code differs in what is only shown, such as the template of a path.
    pub template: bool,
    /// The file that it is in: cases of one file share a description.
    pub file: String,
}

impl Case {
    /// The worst class that is expected: the one that the proof is about.
    pub fn class(&self) -> &str {
        let classes = ["breaking", "behaviour", "addition", "docs"];
        let found = classes.iter().find(|class| {
            let mut expect = self.expect.iter();
            expect.any(|line| line.starts_with(*class))
        });
        found.copied().unwrap_or("none")
    }
}

/// All cases, by the files that hold them.
pub fn cases(folder: &Path) -> Vec<Case> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the cases")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    paths.sort();
    paths.iter().flat_map(|path| read(path)).collect()
}

fn read(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).expect("readable");
    let cases: Value =
        serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let file = path.file_stem().expect("a name").to_string_lossy();
    let text = |case: &Value, key: &str| case[key].as_str().map(str::to_owned);
    let cases = cases.as_object().expect("cases by their names").iter();
    let cases = cases.map(|(name, case)| {
        let mut expect: Vec<String> = case["expect"]
            .as_array()
            .unwrap_or_else(|| panic!("{name}: what is expected"))
            .iter()
            .map(|line| line.as_str().expect("text").to_owned())
            .collect();
        expect.sort();
        Case {
            name: name.clone(),
            expect,
            old: case["old"].clone(),
            new: case["new"].clone(),
            caller: text(case, "caller").unwrap_or_default(),
            error: text(case, "error"),
            stops: text(case, "stops"),
            outside: text(case, "outside"),
            template: case["template"] == true,
            file: file.clone().into_owned(),
        }
    });
    cases.collect()
}

/// The collection of several cases, each before or after its change.
pub fn collection(cases: &[(&str, &Value)]) -> Value {
    let folders: Vec<Value> = cases
        .iter()
        .map(|(name, part)| json!({"name": name, "item": part["items"]}))
        .collect();
    json!({
        "info": {"name": "Changes", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": folders,
    })
}

/// The description of several cases, each before or after its change.
pub fn document(cases: &[(&str, &Value)]) -> Value {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    let mut schemes = Map::new();
    let mut webhooks = Map::new();
    let mut variables = Map::new();
    let mut host = "example.com".to_owned();
    let mut described = "";
    for (name, part) in cases {
        let add = |all: &mut Map<String, Value>, more: &Value| {
            for (key, value) in more.as_object().into_iter().flatten() {
                assert!(
                    all.insert(key.clone(), value.clone()).is_none(),
                    "{key} twice"
                );
            }
        };
        add(&mut schemas, &part["schemas"]);
        add(&mut schemas, &part["given"]);
        add(&mut schemas, &part["sent"]);
        add(&mut schemes, &part["schemes"]);
        add(&mut webhooks, &part["webhooks"]);
        add(&mut variables, &part["variables"]);
        host = part["host"].as_str().map_or(host, str::to_owned);
        described = part["described"].as_str().unwrap_or(described);
        let mut own = part["paths"].as_object().cloned().unwrap_or_default();
        for operation in own
            .values_mut()
            .flat_map(|item| item.as_object_mut())
            .flatten()
        {
            // No two operations of a description have one name; the methods get theirs by the configuration.
            if let Some(id) = shared(operation.1) {
                operation.1["operationId"] = json!(format!("{id}Of {name}"));
            }
        }
        for (verb, key) in [("get", "given"), ("put", "sent")] {
            for schema in part[key]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, _)| name)
            {
                let path = own.entry(format!("/{name}/{schema}"));
                let path = path.or_insert_with(|| json!({}));
                path[verb] = shorthand(verb, schema);
            }
        }
        // Something has to be there, and does not change.
        if own.is_empty() {
            let mut operation = json!({"operationId": format!("get {name}"),
                "responses": {"204": {"description": "Done."}}});
            if let Some(schemes) = part["schemes"].as_object() {
                // What no operation takes is nothing that a client has to have.
                let taken: Vec<Value> = schemes.keys().map(|scheme| json!({scheme: []})).collect();
                operation["security"] = json!(taken);
            }
            own.insert(format!("/{name}"), json!({"get": operation}));
        }
        for (path, item) in &mut own {
            for (verb, operation) in item.as_object_mut().expect("operations") {
                if verb != "parameters" && operation.get("tags").is_none() {
                    operation["tags"] = json!([name]);
                }
            }
            assert!(
                paths.insert(path.clone(), item.clone()).is_none(),
                "{path} twice"
            );
        }
    }
    let holes: String = variables
        .keys()
        .map(|name| format!("{{{name}}}."))
        .collect();
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Changes", "version": "1", "description": described},
        "servers": [{"url": format!("https://{holes}{host}"), "variables": variables}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": schemes},
        "webhooks": webhooks,
    });
    if host.is_empty() {
        document["servers"] = json!([]);
    }
    document
}

/// The letterpress.yaml of several cases.
pub fn config(name: &str, source: &str, cases: &[(&str, &Value)]) -> String {
    let mut config = json!({"name": name, "sources": [{"file": source}]});
    for (_, part) in cases {
        for (path, item) in part["paths"].as_object().into_iter().flatten() {
            for (verb, operation) in item.as_object().into_iter().flatten() {
                if let Some(id) = shared(operation) {
                    let key = format!("{} {path}", verb.to_uppercase());
                    config["names"]["operations"][key] = json!(id.replace("It", "_it"));
                }
            }
        }
        join(&mut config, &part["config"]);
    }
    serde_yaml::to_string(&config).expect("YAML")
}

/// The name of an operation if many cases have one of that name: `showIt`.
fn shared(operation: &Value) -> Option<&str> {
    operation["operationId"]
        .as_str()
        .filter(|id| id.ends_with("It"))
}

fn join(config: &mut Value, more: &Value) {
    for (key, value) in more.as_object().into_iter().flatten() {
        match (&mut config[key], value) {
            (known @ Value::Object(_), Value::Object(_)) => join(known, value),
            (known, value) => *known = value.clone(),
        }
    }
}

/// An operation that gives or takes values of a schema.
fn shorthand(verb: &str, schema: &str) -> Value {
    let content =
        json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{schema}")}}});
    let id = format!("{verb}{schema}");
    match verb {
        "get" => {
            json!({"operationId": id, "responses": {"200": {"description": "It.", "content": content}}})
        }
        _ => json!({"operationId": id, "requestBody": {"required": true, "content": content},
            "responses": {"204": {"description": "Done."}}}),
    }
}
