//! Changes as SARIF 2.1.0, which services that show findings beside code read.

use crate::diff::kind::{Class, Kind};
use crate::diff::{Change, Difference, Place};
use serde_json::{Value, json};

/// The changes as one run of SARIF 2.1.0: a rule a kind, a result a change, at its place in the new sources.
pub fn sarif(differences: &[Difference]) -> String {
    let rules: Vec<Value> = Kind::all()
        .map(|kind| {
            json!({
                "id": kind.as_str(),
                "shortDescription": {"text": kind.about()},
                "defaultConfiguration": {"level": level(kind.class())},
                "properties": {"tags": [kind.class().as_str()]},
            })
        })
        .collect();
    let changes = differences
        .iter()
        .flat_map(|one| one.changes.iter().map(move |change| (one, change)));
    let results: Vec<Value> = changes
        .map(|(difference, change)| result(difference, change))
        .collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "letterpress",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    // Nothing in it can fail to be written.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn level(class: Class) -> &'static str {
    match class {
        Class::Breaking => "error",
        Class::Behaviour => "warning",
        Class::Addition | Class::Docs => "note",
    }
}

fn result(difference: &Difference, change: &Change) -> Value {
    let mut message = format!("{}: {}", change.subject, change.message);
    if let Some(hint) = &change.hint {
        message.push_str(&format!(". To migrate: {}", hint.text));
    }
    // What is gone stands in the old sources alone.
    let place = change.new.as_ref().or(change.old.as_ref());
    let mut location = json!({"logicalLocations": [{
        "fullyQualifiedName": format!("{}: {}", difference.name, change.subject),
    }]});
    if let (Some(place), Some(members)) = (place, location.as_object_mut()) {
        members.insert("physicalLocation".to_owned(), physical(place));
    }
    let index = Kind::all().position(|kind| kind == change.kind);
    let mut result = json!({
        "ruleId": change.kind.as_str(),
        "ruleIndex": index,
        "level": level(change.class),
        "message": {"text": message},
        "locations": [location],
    });
    if let (Some(old), Some(_), Some(members)) = (&change.old, &change.new, result.as_object_mut())
    {
        let related = json!([{
            "message": {"text": "before"},
            "physicalLocation": physical(old),
        }]);
        members.insert("relatedLocations".to_owned(), related);
    }
    result
}

fn physical(place: &Place) -> Value {
    json!({
        "artifactLocation": {"uri": uri(&place.file)},
        "region": {"startLine": place.line, "startColumn": place.column},
    })
}

/// A path as a reference (RFC 3986 §3.3): what has a meaning of its own in one is escaped.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
