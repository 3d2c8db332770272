//! Descriptions of any number of operations, each with its own types, for what grows with a description.

use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Writes a collection with so many operations: 10 a folder, every third with a body, each with an answer of its own
/// shape and one that it shares.
///
/// # Errors
/// A file that cannot be written.
pub fn write(path: &Path, operations: usize) -> std::io::Result<()> {
    fs::write(path, serde_json::to_vec(&collection(operations))?)
}

fn collection(operations: usize) -> Value {
    let folders = (0..operations.div_ceil(10)).map(|folder| {
        let first = folder * 10;
        let last = (first + 10).min(operations);
        let items: Vec<Value> = (first..last).map(|number| item(folder, number)).collect();
        json!({"name": format!("{} Desk", word(folder)), "item": items})
    });
    json!({
        "info": {
            "name": "Synthetic",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": folders.collect::<Vec<Value>>(),
    })
}

fn item(folder: usize, number: usize) -> Value {
    let word_of_item = word(number);
    let (group, thing) = (word(folder), word_of_item.as_str());
    let path = [format!("{group}-desk"), thing.to_owned(), ":id".to_owned()];
    let raw = format!(
        "https://api.example.com/{}?page=2&sort=name",
        path.join("/")
    );
    let url = json!({
        "raw": raw,
        "protocol": "https",
        "host": ["api", "example", "com"],
        "path": path,
        "query": [
            {"key": "page", "value": "2", "description": "The page to show"},
            {"key": "sort", "value": "name", "description": "What to sort by"},
        ],
        "variable": [{"key": "id", "value": "17"}],
    });
    let answer = json!({
        "id": number,
        format!("{thing}_title"): format!("A {thing}"),
        format!("{thing}_size"): number as f64 / 4.0,
        "created_at": "2024-05-01T12:00:00Z",
        "active": number.is_multiple_of(2),
        "owner": {"id": 7, "name": "Ann", "email": "ann@example.com"},
        format!("{thing}_parts"): [{"kind": thing, format!("{thing}_weight"): 12, "labels": ["a", "b"]}],
    });
    let method = ["GET", "POST", "PUT"][number % 3];
    let mut request = json!({
        "method": method,
        "url": url,
        "description": format!("Shows or changes one {thing} of the {group} desk, and tells who owns it."),
    });
    if method != "GET" {
        request["header"] = json!([{"key": "Content-Type", "value": "application/json"}]);
        request["body"] = json!({"mode": "raw", "raw": json!({
            format!("{thing}_title"): "new",
            format!("{thing}_size"): 2.5,
            "owner_id": 7,
        }).to_string()});
    }
    json!({
        "name": format!("{method} {thing}"),
        "request": request.clone(),
        "response": [{
            "name": "ok",
            "originalRequest": request,
            "status": "OK",
            "code": 200,
            "header": [{"key": "Content-Type", "value": "application/json"}],
            "body": answer.to_string(),
        }],
    })
}

/// A word for a number, one for each: two syllables and more.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu",
        "za",
    ];
    let mut word = String::new();
    let mut rest = number + 16;
    while rest > 0 {
        word.push_str(SYLLABLES[rest % 16]);
        rest /= 16;
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn words_are_distinct() {
        let words: BTreeSet<String> = (0..5_000).map(word).collect();
        assert_eq!(words.len(), 5_000);
    }

    #[test]
    fn every_operation_is_generated() {
        let folder = tempfile::tempdir().expect("a folder");
        let source = folder.path().join("25.json");
        write(&source, 25).expect("written");
        let record = folder.path().join("record");
        super::super::one::run(&source, Some(&folder.path().join("crate")), &record).expect("run");
        let text = fs::read_to_string(record).expect("a record");
        let cost: super::super::one::Cost = serde_json::from_str(&text).expect("a cost");
        assert_eq!((cost.error, cost.operations), (None, 25));
        assert!(cost.types > 25 && cost.written > 25, "{} types", cost.types);
    }
}
