//! JSON as people paste it into bodies and examples, with variables and elisions in it, to a tree or a fault.

use super::variable::{Scope, dynamic_placeholder};
use crate::diagnostic::Diagnostic;
use crate::infer;
use crate::model::Literal;
use crate::origin::FileId;
use crate::tree::json::{self, Dialect};
use crate::tree::{Node, Tree};
use std::sync::Arc;

/// Reads the text of a body.
///
/// # Errors
/// What is wrong with it, and in which line and column of the text.
pub(super) fn read(file: FileId, text: &str, scope: &Scope) -> Result<Tree, String> {
    let marks = ["{{", "...", "…"];
    let text: Arc<str> = if marks.iter().any(|mark| text.contains(mark)) {
        mend(text, scope).into()
    } else {
        text.into()
    };
    json::parse(file, &text, Dialect::Lenient).map_err(|faults| describe(&text, &faults))
}

fn describe(text: &str, faults: &[Diagnostic]) -> String {
    let Some(fault) = faults.first() else {
        return "it cannot be read".to_owned();
    };
    let start = fault.origin.map_or(0, |origin| origin.span.start as usize);
    let before = text.get(..start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    format!(
        "line {line}, column {column} of the body: {}",
        fault.message
    )
}

/// Replaces variables outside strings by their value, or by a string that names them, and drops `...`.
fn mend(text: &str, scope: &Scope) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_string = false;
    while let Some(c) = rest.chars().next() {
        if in_string {
            match c {
                '\\' => {
                    let escape: String = rest.chars().take(2).collect();
                    out.push_str(&escape);
                    rest = rest.get(escape.len()..).unwrap_or_default();
                    continue;
                }
                '"' => in_string = false,
                _ => {}
            }
        } else if let Some((name, after)) = reference(rest) {
            out.push_str(&value(name, scope));
            rest = after;
            continue;
        } else if let Some(after) = rest.strip_prefix("...").or_else(|| rest.strip_prefix('…')) {
            rest = after;
            // `"a": ...` needs a value; elsewhere the elision goes, with the comma behind it.
            if out.trim_end().ends_with(':') {
                out.push_str("\"...\"");
            } else if let Some(after) = rest.trim_start().strip_prefix(',')
                && out.trim_end().ends_with([',', '[', '{'])
            {
                rest = after;
            }
            continue;
        } else if c == '"' {
            in_string = true;
        }
        out.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out
}

fn reference(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix("{{")?;
    let end = inside.find(['{', '}', '"', '\n'])?;
    let name = inside.get(..end)?.trim();
    let after = inside.get(end..)?.strip_prefix("}}")?;
    (!name.is_empty()).then_some((name, after))
}

fn value(name: &str, scope: &Scope) -> String {
    let reference = format!("{{{{{name}}}}}");
    if let Some(placeholder) = dynamic_placeholder(name) {
        return format!("\"{placeholder}\"");
    }
    match scope.resolve(&reference) {
        Some(value)
            if !value.contains("{{")
                && serde_json::from_str::<serde_json::Value>(&value).is_ok() =>
        {
            value
        }
        Some(value) if !value.contains("{{") => serde_json::Value::from(value).to_string(),
        // Outside of quotes, a value of any kind may stand there: three braces say so.
        _ => serde_json::Value::from(format!("{{{reference}}}")).to_string(),
    }
}

/// A node as a literal without credentials, and without the marks of what stood outside of quotes.
pub(super) fn literal(node: Node<'_>) -> Literal {
    unmarked(infer::literal("", node))
}

/// The depth of trees bounds the recursion.
fn unmarked(literal: Literal) -> Literal {
    match literal {
        Literal::String(text) => {
            let inner = text.strip_prefix('{').and_then(|t| t.strip_suffix('}'));
            let inner = inner.filter(|inner| inner.starts_with("{{") && inner.ends_with("}}"));
            Literal::String(inner.map_or_else(|| text.clone(), str::to_owned))
        }
        Literal::Array(items) => Literal::Array(items.into_iter().map(unmarked).collect()),
        Literal::Object(members) => {
            let members = members.into_iter();
            Literal::Object(
                members
                    .map(|(name, value)| (name, unmarked(value)))
                    .collect(),
            )
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: serde_json::Value) {
        let tree =
            read(FileId(0), text, &Scope::default()).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(tree.root().to_json(), expected, "{text}");
    }

    #[test]
    fn variables_and_elisions_are_mended() {
        check(
            r#"{"a": {{id}}, "b": "{{x}}"}"#,
            serde_json::json!({"a": "{{{id}}}", "b": "{{x}}"}),
        );
        check(
            r#"{"a": {{$randomInt}}}"#,
            serde_json::json!({"a": "<integer>"}),
        );
        check(r#"[1, 2, ...]"#, serde_json::json!([1, 2]));
        check(r#"[..., 1]"#, serde_json::json!([1]));
        check(
            r#"{"a": 1, ..., "b": "wait..."}"#,
            serde_json::json!({"a": 1, "b": "wait..."}),
        );
        check("{\"a\": … }", serde_json::json!({"a": "..."}));
        check(
            "{\"a\": \"\\\"{{x}}\\\"\", // note\n}",
            serde_json::json!({"a": "\"{{x}}\""}),
        );
        check(r#"{"a":{"b":{}}}"#, serde_json::json!({"a": {"b": {}}}));
    }

    #[test]
    fn faults_name_line_and_column() {
        let fault = read(FileId(0), "{\n  \"a\" 1\n}", &Scope::default()).expect_err("no JSON");
        assert!(fault.starts_with("line 2, column 7 of the body"), "{fault}");
    }
}
