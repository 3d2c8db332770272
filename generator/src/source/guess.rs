//! A file that nothing can be made of to what it looks like, for the message that refuses it.

use super::SourceFile;
use crate::tree::{Kind, Node};

impl SourceFile {
    /// What the file looks like, with its article: `an OpenAPI document`. Nothing if it looks like nothing in particular.
    pub fn looks_like(&self) -> Option<&'static str> {
        match &self.tree {
            Some(tree) => document(tree.root()),
            None => text(&self.text),
        }
    }
}

/// What a document is by its members.
pub fn document(root: Node<'_>) -> Option<&'static str> {
    let has = |name: &str| root.get(name).is_some();
    let text = |name: &str| root.get(name).and_then(Node::as_str);
    let member = |outer: &str, inner: &str| root.get(outer).and_then(|node| node.get(inner));
    if root.kind() == Kind::Array {
        let first = root.items().next()?;
        return (first.get("method").is_some() && first.get("url").is_some())
            .then_some("a list of requests");
    }
    Some(if has("openapi") {
        "an OpenAPI document"
    } else if has("swagger") && has("paths") {
        "an OpenAPI 2.0 document"
    } else if has("swagger") {
        "an OpenAPI document"
    } else if has("asyncapi") {
        "an AsyncAPI document"
    } else if has("arazzo") {
        "an Arazzo document"
    } else if has("overlay") && has("actions") {
        "an OpenAPI overlay"
    } else if member("log", "entries").is_some() {
        "an HTTP archive (HAR)"
    } else if member("run", "executions").is_some() {
        "a report of Newman"
    } else if text("_type").is_some_and(|kind| kind == "export")
        || (has("_type") && has("resources"))
    {
        "an Insomnia export"
    } else if member("data", "__schema").is_some() || has("__schema") {
        "a GraphQL schema (introspection)"
    } else if has("discoveryVersion") || text("kind") == Some("discovery#restDescription") {
        "a Google API discovery document"
    } else if has("baseUri") && has("title") {
        "a RAML document"
    } else if has("$kind") {
        "one file of a Postman collection that is a folder"
    } else if has("requests") || (has("collection") && has("environments")) {
        "a Postman export of another kind"
    } else if has("dependencies") || has("devDependencies") || (has("scripts") && has("version")) {
        "a package.json"
    } else if has("$schema") || (has("type") && has("properties")) {
        "a JSON Schema"
    } else if text("kind").is_some() && has("apiVersion") {
        "a Kubernetes manifest"
    } else {
        return None;
    })
}

/// Lines that are looked at, so that a long text costs nothing.
const LINES: usize = 200;

fn text(text: &str) -> Option<&'static str> {
    let start = text.trim_start();
    let lower = |count: usize| -> String {
        let start: String = start.chars().take(count).collect();
        start.to_ascii_lowercase()
    };
    if lower(14).starts_with("<!doctype html") || lower(5).starts_with("<html") {
        return Some("a web page (HTML)");
    }
    if start.starts_with("<?xml") || start.starts_with('<') {
        let head: String = start.chars().take(2_000).collect();
        return Some(if head.contains("definitions") && head.contains("wsdl") {
            "a WSDL description"
        } else if head.contains("http://wadl.dev.java.net") || head.contains("<application") {
            "a WADL description"
        } else {
            "an XML document"
        });
    }
    if start.starts_with("#%RAML") {
        return Some("a RAML document");
    }
    if start.starts_with("FORMAT: 1A") {
        return Some("an API Blueprint");
    }
    let lines = || text.lines().take(LINES);
    let begins = |words: &[&str]| {
        lines().any(|line| {
            words.iter().any(|word| {
                line.strip_prefix(word)
                    .is_some_and(|rest| rest.starts_with(' ') && rest.contains('{'))
            })
        })
    };
    if lines().any(|line| line.starts_with("syntax = \"proto")) {
        return Some("a Protocol Buffers file");
    }
    if begins(&[
        "type",
        "schema",
        "interface",
        "input",
        "enum",
        "extend type",
    ]) || lines().any(|line| line.starts_with("scalar ") || line.trim_end() == "schema {")
    {
        return Some("a GraphQL schema");
    }
    if begins(&["query", "mutation", "subscription", "fragment"]) {
        return Some("a GraphQL query");
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::origin::FileId;
    use crate::source::{Role, SourceFile};
    use crate::tree::json::{self, Dialect};
    use std::sync::Arc;

    #[test]
    fn files_are_called_by_what_is_in_them() {
        let cases = [
            (
                r#"{"openapi": "3.1.0", "paths": {}}"#,
                Some("an OpenAPI document"),
            ),
            (
                r#"{"swagger": "2.0", "paths": {}}"#,
                Some("an OpenAPI 2.0 document"),
            ),
            (r#"{"asyncapi": "3.0.0"}"#, Some("an AsyncAPI document")),
            (r#"{"log": {"entries": []}}"#, Some("an HTTP archive (HAR)")),
            (r#"{"run": {"executions": []}}"#, Some("a report of Newman")),
            (
                r#"{"_type": "export", "resources": []}"#,
                Some("an Insomnia export"),
            ),
            (
                r#"{"data": {"__schema": {}}}"#,
                Some("a GraphQL schema (introspection)"),
            ),
            (
                r#"{"name": "x", "devDependencies": {}}"#,
                Some("a package.json"),
            ),
            (
                r#"{"type": "object", "properties": {}}"#,
                Some("a JSON Schema"),
            ),
            (r#"{"a": 1}"#, None),
            (
                "type Query {\n  users: [User!]!\n}\n",
                Some("a GraphQL schema"),
            ),
            (
                "query Users($n: Int) {\n  users\n}\n",
                Some("a GraphQL query"),
            ),
            ("<!DOCTYPE html>\n<p>", Some("a web page (HTML)")),
            (
                "<?xml version=\"1.0\"?><wsdl:definitions>",
                Some("a WSDL description"),
            ),
            ("syntax = \"proto3\";\n", Some("a Protocol Buffers file")),
            ("Some type of text {here}.\n", None),
        ];
        for (text, expected) in cases {
            let text: Arc<str> = text.into();
            let file = SourceFile {
                id: FileId(0),
                path: "x".to_owned(),
                tree: json::parse(FileId(0), &text, Dialect::Strict).ok(),
                text,
                tag: None,
                role: Role::Whole,
                links: Default::default(),
            };
            assert_eq!(file.looks_like(), expected, "{}", file.text);
        }
    }
}
