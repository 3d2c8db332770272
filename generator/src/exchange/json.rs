//! JSON as people write it into bodies and examples, with placeholders and elisions in it, to a tree or a fault.

use crate::diagnostic::Diagnostic;
use crate::origin::FileId;
use crate::tree::Tree;
use crate::tree::json::{self, Dialect};
use std::sync::Arc;

/// A value that was read.
#[derive(Clone, Debug)]
pub struct Json {
    /// The value.
    pub tree: Tree,
    /// Whether its author left something out of it.
    pub elided: bool,
}

/// Reads the text of a body. Where a placeholder stands outside of strings, `hole` answers the JSON to read instead of it
/// and what follows it.
///
/// # Errors
/// What is wrong with the text, and in which line and column.
pub fn read<'t>(
    file: FileId,
    text: &'t str,
    hole: impl Fn(&'t str) -> Option<(String, &'t str)>,
) -> Result<Json, String> {
    let parse = |text: Arc<str>| {
        let tree = json::parse(file, &text, Dialect::Lenient);
        tree.map_err(|faults| describe(&text, &faults))
    };
    let fault = match parse(text.into()) {
        Ok(tree) => {
            let elided = false;
            return Ok(Json { tree, elided });
        }
        Err(fault) => fault,
    };
    let (mended, elided) = mend(text, hole);
    if mended == text {
        return Err(fault);
    }
    let tree = parse(mended.into())?;
    Ok(Json { tree, elided })
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

/// Replaces placeholders that stand outside of strings and drops `...`; answers also whether there was one.
fn mend<'t>(text: &'t str, hole: impl Fn(&'t str) -> Option<(String, &'t str)>) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_string = false;
    let mut elided = false;
    while let Some(c) = rest.chars().next() {
        let step = if in_string && c == '\\' {
            rest.chars().take(2).map(char::len_utf8).sum()
        } else if in_string {
            in_string = c != '"';
            c.len_utf8()
        } else if let Some((value, after)) = hole(rest) {
            out.push_str(&value);
            rest = after;
            continue;
        } else if let Some(after) = rest.strip_prefix("...").or_else(|| rest.strip_prefix('…')) {
            rest = after;
            elided = true;
            // `"a": ...` needs a value; elsewhere the elision goes, with the comma behind it.
            if out.trim_end().ends_with(':') {
                out.push_str("\"...\"");
            } else if let Some(after) = rest.trim_start().strip_prefix(',')
                && out.trim_end().ends_with([',', '[', '{'])
            {
                rest = after;
            }
            continue;
        } else {
            in_string = c == '"';
            c.len_utf8()
        };
        let (taken, after) = rest.split_at_checked(step).unwrap_or((rest, ""));
        out.push_str(taken);
        rest = after;
    }
    (out, elided)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::origin::FileId;
    use serde_json::{Value, json};

    /// `?` stands for any value.
    fn shown(text: &str) -> (Value, bool) {
        let hole = |rest: &'_ str| Some(("null".to_owned(), rest.strip_prefix('?')?.len()));
        let found = read(FileId(0), text, |rest| {
            let (value, left) = hole(rest)?;
            Some((value, rest.get(rest.len() - left..)?))
        });
        let found = found.unwrap_or_else(|fault| panic!("{text}: {fault}"));
        (found.tree.root().to_json(), found.elided)
    }

    #[test]
    fn elisions_are_dropped_and_told() {
        assert_eq!(shown("[1, 2, ...]"), (json!([1, 2]), true));
        assert_eq!(shown("[..., 1]"), (json!([1]), true));
        assert_eq!(
            shown(r#"{"a": 1, ..., "b": "wait..."}"#),
            (json!({"a": 1, "b": "wait..."}), true)
        );
        assert_eq!(shown("{\"a\": … }"), (json!({"a": "..."}), true));
        assert_eq!(shown(r#"{"a": "\"..."}"#), (json!({"a": "\"..."}), false));
        assert_eq!(
            shown(r#"{"a": ?, "b": "\"?"}"#),
            (json!({"a": null, "b": "\"?"}), false)
        );
    }

    #[test]
    fn faults_name_line_and_column() {
        let fault = read(FileId(0), "{\n  \"a\" 1\n}", |_| None).expect_err("no JSON");
        assert!(fault.starts_with("line 2, column 7 of the body"), "{fault}");
    }
}
