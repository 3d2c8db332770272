//! JSON as people paste it into bodies and examples, with variables and elisions in it, to a tree or a fault.

use super::variable::{Scope, dynamic_placeholder};
use crate::exchange::{self, Json};
use crate::infer;
use crate::model::Literal;
use crate::origin::FileId;
use crate::tree::Node;

/// Reads the text of a body. Variables outside of strings are replaced by their value, or by a string that names them.
///
/// # Errors
/// What is wrong with it, and in which line and column of the text.
pub(super) fn read(file: FileId, text: &str, scope: &Scope) -> Result<Json, String> {
    exchange::json::read(file, text, |rest| {
        if let Some((name, after)) = reference(rest) {
            return Some((value(name, scope), after));
        }
        placeholder(rest)
    })
}

/// `<integer>` where a value ends behind it: converters print bodies that are one value without quotation marks.
fn placeholder(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('<')?;
    let end = inside.find(['<', '>', '"', '\n'])?;
    let name = inside.get(..end)?;
    let after = inside.get(end..)?.strip_prefix('>')?;
    let next = after.trim_start().chars().next();
    let ends = next.is_none_or(|c| matches!(c, ',' | '}' | ']'));
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let quoted = || serde_json::Value::from(format!("<{name}>")).to_string();
    (is_name && ends).then(|| (quoted(), after))
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
        let read =
            read(FileId(0), text, &Scope::default()).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(read.tree.root().to_json(), expected, "{text}");
    }

    #[test]
    fn variables_are_mended() {
        check(
            r#"{"a": {{id}}, "b": "{{x}}"}"#,
            serde_json::json!({"a": "{{{id}}}", "b": "{{x}}"}),
        );
        check(
            r#"{"a": {{$randomInt}}}"#,
            serde_json::json!({"a": "<integer>"}),
        );
        check(
            "{\"a\": \"\\\"{{x}}\\\"\", // note\n}",
            serde_json::json!({"a": "\"{{x}}\""}),
        );
        check("<string,null>", serde_json::json!("<string,null>"));
        check(
            r#"{"a": <integer>, "b": [<long>]}"#,
            serde_json::json!({"a": "<integer>", "b": ["<long>"]}),
        );
        let page = read(FileId(0), "<html>\n<b>no</b>", &Scope::default());
        assert!(page.is_err());
        check(r#"{"a":{"b":{}}}"#, serde_json::json!({"a": {"b": {}}}));
    }
}
