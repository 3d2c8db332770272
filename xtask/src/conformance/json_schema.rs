//! The JSON Schema Test Suite: each schema is the answer of an operation, and each instance an answer that is read and written.

use super::program::{self, Answer, Outcome};
use super::{Failure, Found, report::Score};
use letterpress::diagnostic::{Diagnostics, Severity};
use letterpress::generate;
use letterpress::source::{Given, load_project};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// A draft, and the version of OpenAPI whose schemas are closest to it.
pub struct Draft {
    /// The folder of the suite.
    pub name: &'static str,
    openapi: &'static str,
}

/// The drafts.
pub const DRAFTS: &[Draft] = &[
    Draft {
        name: "draft2020-12",
        openapi: "3.1.1",
    },
    Draft {
        name: "draft4",
        openapi: "3.0.4",
    },
];

/// Our own suite: every keyword, in objects as APIs have them.
pub const KEYWORDS: Draft = Draft {
    name: "keywords",
    openapi: "3.1.1",
};

/// A schema of the suite and its instances.
struct Group {
    file: String,
    name: String,
    id: String,
    instances: Vec<Instance>,
    refused: Option<String>,
}

struct Instance {
    name: String,
    data: Value,
    valid: bool,
}

/// Generates, builds and runs a suite, and adds to what was found.
///
/// # Errors
/// A suite that cannot be read, and a crate that does not compile.
pub fn run(draft: &Draft, suite: &Path, work: &Path, found: &mut Found) -> Result<(), String> {
    let mut groups = read(suite, work)?;
    for group in &mut groups {
        let document = document(draft, [group.id.as_str()]);
        group.refused = refusal(&document, work)?;
    }
    let good = groups.iter().filter(|group| group.refused.is_none());
    let ids: Vec<&str> = good.map(|group| group.id.as_str()).collect();
    let document = document(draft, ids.iter().copied());
    let path = work.join("openapi.json");
    write(&path, &document)?;
    let answers: Vec<Answer> = groups
        .iter()
        .filter(|group| group.refused.is_none())
        .flat_map(|group| {
            let instances = group.instances.iter();
            instances.map(|instance| Answer {
                operation: group.id.clone(),
                body: instance.data.to_string(),
            })
        })
        .collect();
    let mut outcomes = program::run(&path, work, &answers)?.into_iter();
    for group in &groups {
        judge(draft, group, &mut outcomes, found);
    }
    Ok(())
}

fn judge(
    draft: &Draft,
    group: &Group,
    outcomes: &mut impl Iterator<Item = Outcome>,
    found: &mut Found,
) {
    let suite = format!("{}/{}", draft.name, group.file);
    if found.scores.last().is_none_or(|score| score.suite != suite) {
        found.scores.push(Score::new(&suite));
    }
    let Some(score) = found.scores.last_mut() else {
        return;
    };
    score.schemas += 1;
    if let Some(code) = &group.refused {
        found.failures.push(Failure {
            name: format!("{suite}: {}", group.name),
            what: format!("refused with {code}"),
            detail: String::new(),
        });
        return;
    }
    score.generated += 1;
    for (instance, outcome) in group.instances.iter().zip(outcomes) {
        if !instance.valid {
            score.invalid += 1;
            score.rejected += usize::from(matches!(outcome, Outcome::NotRead(_)));
            continue;
        }
        score.valid += 1;
        let (what, detail) = match outcome {
            Outcome::Written(text) if same(&text, &instance.data) => {
                score.unchanged += 1;
                continue;
            }
            Outcome::Written(text) => (
                "comes back changed",
                format!("{} became {text}", instance.data),
            ),
            Outcome::NotRead(why) => ("is not read", format!("{}: {why}", instance.data)),
        };
        found.failures.push(Failure {
            name: format!("{suite}: {}: {}", group.name, instance.name),
            what: what.to_owned(),
            detail,
        });
    }
}

/// Whether a text is this value: numbers are what they mean, not how they are spelled (JSON Schema 2020-12 §4.2.2).
fn same(text: &str, value: &Value) -> bool {
    fn equal(a: &Value, b: &Value) -> bool {
        match (a, b) {
            (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
            (Value::Array(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
            }
            (Value::Object(a), Value::Object(b)) => {
                let mut members = a.iter();
                a.len() == b.len()
                    && members.all(|(name, a)| b.get(name).is_some_and(|b| equal(a, b)))
            }
            (a, b) => a == b,
        }
    }
    serde_json::from_str(text).is_ok_and(|read: Value| equal(&read, value))
}

/// Reads the suite, and puts each schema into a file of its own, so that `#` means it.
fn read(suite: &Path, work: &Path) -> Result<Vec<Group>, String> {
    let wrong = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mut files: Vec<_> = fs::read_dir(suite)
        .and_then(Iterator::collect::<std::io::Result<Vec<_>>>)
        .map_err(|error| wrong(suite, &error))?
        .iter()
        .map(fs::DirEntry::path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    let mut groups = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).map_err(|error| wrong(&path, &error))?;
        let all: Vec<Value> = serde_json::from_str(&text).map_err(|error| wrong(&path, &error))?;
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        for one in all {
            let id = format!("t{:04}", groups.len());
            write(
                &work.join("schemas").join(format!("{id}.json")),
                &one["schema"],
            )?;
            let instances = one["tests"].as_array().into_iter().flatten();
            groups.push(Group {
                file: file.clone().into_owned(),
                name: words(&one["description"]),
                id,
                instances: instances
                    .map(|test| Instance {
                        name: words(&test["description"]),
                        data: test["data"].clone(),
                        valid: test["valid"] == true,
                    })
                    .collect(),
                refused: None,
            });
        }
    }
    Ok(groups)
}

/// A description whose operations answer with the schemas.
fn document<'a>(draft: &Draft, ids: impl IntoIterator<Item = &'a str>) -> Value {
    let paths: serde_json::Map<String, Value> = ids
        .into_iter()
        .map(|id| {
            let schema = json!({"$ref": format!("schemas/{id}.json")});
            let content = json!({"application/json": {"schema": schema}});
            let responses = json!({"200": {"description": "An instance.", "content": content}});
            let operation = json!({"operationId": id, "tags": ["suite"], "responses": responses});
            (format!("/{id}"), json!({"get": operation}))
        })
        .collect();
    json!({
        "openapi": draft.openapi,
        "info": {"title": "Suite", "version": "1.0.0"},
        "servers": [{"url": "https://suite.example"}],
        "paths": paths,
    })
}

/// The code of the first error, if a description is refused.
fn refusal(document: &Value, work: &Path) -> Result<Option<String>, String> {
    let path = work.join("one.json");
    write(&path, document)?;
    let mut diagnostics = Diagnostics::new();
    let given = Given {
        sources: vec![path],
        name: Some("suite".to_owned()),
        ..Given::default()
    };
    let project = load_project(&given, &mut diagnostics);
    if !diagnostics.has_errors()
        && let Err(errors) = generate(&project.config, &project.files)
    {
        diagnostics.extend(errors);
    }
    let mut errors = diagnostics.iter();
    let first = errors.find(|found| found.severity == Severity::Error);
    Ok(first.map(|error| error.code.as_str().to_owned()))
}

fn write(path: &Path, value: &Value) -> Result<(), String> {
    let text = serde_json::to_string_pretty(value).map_err(|error| error.to_string())?;
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, text))
        .map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_they_mean() {
        assert!(same(
            r#"{"a": [1, "x"], "b": null}"#,
            &json!({"b": null, "a": [1.0, "x"]})
        ));
        assert!(!same(r#"{"a": 1}"#, &json!({"a": 1, "b": 2})));
        assert!(!same(r#"{"a": 1, "b": 2}"#, &json!({"a": 1})));
        assert!(!same("1", &json!(true)));
        assert!(!same(
            "12345678901234567891",
            &json!("12345678901234567891")
        ));
    }
}
