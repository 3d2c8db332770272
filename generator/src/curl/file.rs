//! A file of curl commands to a model: every command is an exchange, and the comment above it names the operation.

use super::{find, read};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::exchange::{self, Exchange};
use crate::infer;
use crate::model::{Docs, Model, NameHint};
use crate::origin::{Origin, Span};
use crate::source::SourceFile;

/// Most words that a comment may have to be a name; a longer one documents the operation.
const NAME_WORDS: usize = 6;

/// Whether a file holds curl commands: a script has one, any other text begins with one. Comments and settings of the
/// shell may stand in front.
pub fn recognizes(file: &SourceFile) -> bool {
    if file.tree.is_some() {
        return false;
    }
    let ending = file.path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is = |endings: &[&str]| endings.iter().any(|e| e.eq_ignore_ascii_case(ending));
    if is(&["md", "mdx", "markdown", "html", "htm", "rst", "adoc"]) {
        return false;
    }
    if is(&["sh", "bash", "zsh", "curl"]) {
        return file.text.lines().any(|line| find(line).is_some());
    }
    let mut lines = file.text.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !is_setting(line));
    first.is_some_and(|line| find(line).is_some())
}

/// A comment, an assignment, or what else a script begins with.
fn is_setting(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    line.starts_with(['#', '/'])
        || matches!(first, "set" | "export" | "source" | "cd")
        || assignment(line).is_some()
}

/// `NAME=value` or `export NAME="value"`: a variable of the shell and its value.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (name, value) = line.split_once('=')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let plain = !name.is_empty() && name.chars().all(is_name);
    let value = value.trim();
    let value = ['"', '\'']
        .iter()
        .find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark))
        .unwrap_or(value);
    plain.then_some((name, value))
}

/// The model of the commands of a file. A file whose commands all cannot be read gives an error and an empty model.
pub fn lower(file: &SourceFile, diagnostics: &mut Diagnostics) -> Model {
    let mut exchanges = Vec::new();
    let mut comment: Vec<&str> = Vec::new();
    let text: &str = &file.text;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = rest.get(..length).unwrap_or(rest);
        let Some(found) = find(line) else {
            remark(line, &mut comment);
            at += length;
            continue;
        };
        let command = read(file.id, text, at + found, text.len(), diagnostics);
        let (names, docs) = said(&comment);
        comment.clear();
        for request in command.requests {
            exchanges.push(Exchange {
                request,
                response: None,
                names: names.clone(),
                docs: docs.clone(),
                tags: file.tag.iter().cloned().collect(),
            });
        }
        // What stands behind a command in its line belongs to another one: `| jq`, `> file`.
        let end = (command.span.end as usize).max(at + found + 4);
        let behind = text.get(end..).and_then(|rest| rest.find('\n'));
        at = behind.map_or(text.len(), |line| end + line + 1);
    }
    if exchanges.is_empty() {
        diagnostics.push(
            Diagnostic::new(
                Code::CURL_NO_COMMAND,
                format!("`{}` has no curl command that can be read", file.path),
            )
            .at(Origin {
                file: file.id,
                span: Span::default(),
            })
            .help(
                "write one command after another, each beginning with `curl` on a line of its own",
            ),
        );
    }
    let mut model = exchange::lower(&exchanges, diagnostics);
    infer::parameterize(
        &mut model,
        Code::EXCHANGE_INFERRED_PATH_PARAMETER,
        |name| format!("write `{{{name}}}` in the URL"),
        diagnostics,
    );
    model
}

/// Keeps the lines of the comment that ends here. An empty line ends it, and so does anything else.
fn remark<'t>(line: &'t str, comment: &mut Vec<&'t str>) {
    let line = line.trim();
    let text = line.strip_prefix("//").or_else(|| line.strip_prefix('#'));
    match text.filter(|_| !line.starts_with("#!")) {
        Some(text) => comment.push(text.trim_start_matches('#').trim()),
        None => comment.clear(),
    }
}

/// What a comment says: its first line is a name if it is short, and all others are text.
fn said(comment: &[&str]) -> (Vec<NameHint>, Docs) {
    let is_text = |line: &&str| line.chars().any(char::is_alphanumeric);
    let mut lines = comment.iter().copied().filter(is_text);
    let Some(first) = lines.next() else {
        return (Vec::new(), Docs::default());
    };
    let first = first.trim_end_matches([':', '.']);
    let rest: Vec<&str> = lines.collect();
    let description = (!rest.is_empty()).then(|| rest.join("\n"));
    if first.split_whitespace().count() <= NAME_WORDS {
        let docs = Docs {
            summary: None,
            description,
        };
        return (vec![NameHint::new(first, 0)], docs);
    }
    let docs = Docs {
        summary: Some(first.to_owned()),
        description,
    };
    (Vec::new(), docs)
}
