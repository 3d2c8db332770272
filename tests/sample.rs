//! Samples of a Postman collection with one fixed value in the place of each placeholder, read without the generator's
//! own code, so that they can judge it.

use serde_json::{Map, Value, json};

/// A saved request and its saved answers.
#[derive(Clone, Debug)]
pub struct Item {
    /// The item's name.
    pub name: String,
    /// The method.
    pub method: String,
    /// The path with its variables as they stand in the item.
    pub path: String,
    /// The body, filled in.
    pub body: Option<Value>,
    /// The answers: status and body, filled in.
    pub answers: Vec<(u16, Value)>,
}

/// Reads a file that holds one Postman item.
///
/// # Panics
/// If it does not.
pub fn item(text: &str) -> Item {
    let item: Value = serde_json::from_str(text).expect("JSON");
    let request = &item["request"];
    let segments = request["url"]["path"].as_array().expect("a path");
    let path: String = segments
        .iter()
        .map(|s| format!("/{}", s.as_str().expect("text")))
        .collect();
    let body = request["body"]["raw"].as_str().map(filled);
    let answers = item["response"].as_array().into_iter().flatten();
    let answers = answers
        .map(|answer| {
            let code = answer["code"]
                .as_u64()
                .and_then(|code| u16::try_from(code).ok());
            (
                code.expect("a status"),
                filled(answer["body"].as_str().expect("a body")),
            )
        })
        .collect();
    Item {
        name: item["name"].as_str().expect("a name").to_owned(),
        method: request["method"].as_str().expect("a method").to_owned(),
        path,
        body,
        answers,
    }
}

fn filled(text: &str) -> Value {
    materialize(&serde_json::from_str(text).expect("a JSON body"))
}

/// Fills in every placeholder: `<integer>` is 1, `<boolean>` is true, `<array>` is [], other text is "string". Members
/// with a random name are left out: a lorem word with up to three hexadecimal digits behind it.
pub fn materialize(value: &Value) -> Value {
    match value {
        Value::String(text) => match text.as_str() {
            "<integer>" | "<long>" => json!(1),
            "<number>" | "<float>" | "<double>" => json!(1.5),
            "<boolean>" => json!(true),
            "<array>" => json!([]),
            _ => json!("string"),
        },
        Value::Array(items) => items.iter().map(materialize).collect(),
        Value::Object(members) => {
            let kept: Map<String, Value> = members
                .iter()
                .filter(|(name, _)| !is_random(name))
                .map(|(name, value)| (name.clone(), materialize(value)))
                .collect();
            Value::Object(kept)
        }
        other => other.clone(),
    }
}

/// Only names with a digit or `_` count, or ordinary short words would.
fn is_random(name: &str) -> bool {
    const WORDS: [&str; 8] = [
        "dolore",
        "deserunt",
        "nostrud",
        "in",
        "proident",
        "voluptate",
        "ut",
        "et",
    ];
    WORDS.iter().any(|word| {
        name.strip_prefix(word).is_some_and(|rest| {
            let digits = rest.strip_prefix('_').unwrap_or(rest);
            (1..=3).contains(&digits.len())
                && digits
                    .bytes()
                    .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        })
    })
}
