//! What a text is: JSON, YAML or a page, by what stands in it. The name of the file is asked only where that is open.

/// How a text is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// One JSON document.
    Json,
    /// One YAML document.
    Yaml,
    /// Prose, perhaps with documents in it.
    Page,
    /// Nothing.
    Empty,
}

/// Names that only documents have at their outermost level: one settles it.
const DECISIVE: [&str; 7] = [
    "openapi", "swagger", "$kind", "overlay", "arazzo", "asyncapi", "$schema",
];
/// Names that documents have there and that prose may begin a line with.
const LIKELY: [&str; 16] = [
    "info",
    "paths",
    "components",
    "definitions",
    "servers",
    "item",
    "items",
    "name",
    "values",
    "request",
    "host",
    "basePath",
    "actions",
    "extends",
    "method",
    "sources",
];
/// Lines that are looked at, so that a long page costs nothing.
const LINES: usize = 2_000;

pub(super) fn format(text: &str, path: &str) -> Format {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let named = |endings: &[&str]| {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| endings.iter().any(|e| e.eq_ignore_ascii_case(ending)))
    };
    let mut chars = start.chars();
    let Some(first) = chars.next() else {
        return Format::Empty;
    };
    if matches!(first, '{' | '[') {
        let next = chars.as_str().trim_start().chars().next();
        // `[Users](…)` and `{{baseUrl}}` begin pages; JSON goes on with a value, a name or the end.
        let json = match (first, next) {
            (_, None) => true,
            ('{', Some(c)) => matches!(c, '"' | '}'),
            (_, Some(c)) => matches!(c, '"' | '{' | '[' | ']' | '-' | '0'..='9' | 't' | 'f' | 'n'),
        };
        return match json {
            true if !link(start) => Format::Json,
            _ if named(&["json"]) => Format::Json,
            _ if named(&["yaml", "yml"]) => Format::Yaml,
            _ => Format::Page,
        };
    }
    match yaml(text) {
        Some(true) => Format::Yaml,
        _ if named(&["yaml", "yml"]) => Format::Yaml,
        // A file that is called JSON and does not begin like it deserves the reader's message.
        _ if named(&["json"]) && !text.contains('{') => Format::Json,
        _ => Format::Page,
    }
}

/// Whether a text begins with a Markdown link or reference: `[text](…)`, `[text]: …`.
fn link(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    line.starts_with('[')
        && !line.starts_with("[{")
        && line
            .split_once(']')
            .is_some_and(|(_, rest)| rest.starts_with(['(', ':', '[']))
}

/// Whether the outermost lines are those of a YAML mapping: yes, no, or nothing that says.
fn yaml(text: &str) -> Option<bool> {
    let mut likely = false;
    let mut seen = false;
    let mut front = false;
    for (number, line) in text.lines().take(LINES).enumerate() {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with([' ', '\t', '#', '%']) {
            // A line that begins with `#` is a comment or a heading; it alone says nothing.
            continue;
        }
        if line == "---" {
            // A second one ends the front matter of a page, or begins a second document.
            if front && seen {
                return Some(false);
            }
            front = number == 0 || front;
            continue;
        }
        if line == "..." || line == "-" || line.starts_with("- ") || matches!(line, "}" | "]") {
            continue;
        }
        seen = true;
        let Some(key) = key(line) else {
            return Some(false);
        };
        if DECISIVE.contains(&key) {
            return Some(true);
        }
        likely |= LIKELY.contains(&key);
    }
    if likely { Some(true) } else { None }
}

/// The key that a line begins with.
fn key(line: &str) -> Option<&str> {
    let (key, rest) = match line.chars().next()? {
        quote @ ('"' | '\'') => line.get(1..)?.split_once(quote)?,
        _ => {
            let end = line.find(|c: char| !(c.is_ascii_alphanumeric() || "_$-./".contains(c)))?;
            line.split_at_checked(end)?
        }
    };
    let rest = rest.trim_start().strip_prefix(':')?;
    (!key.is_empty() && (rest.is_empty() || rest.starts_with([' ', '\t']))).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::{Format, format};

    #[test]
    fn content_decides() {
        let cases = [
            (Format::Json, " {\"a\": 1}", "x.txt"),
            (Format::Json, "\u{feff}[1]", "x.yaml"),
            (Format::Json, "{\n\"a", "x.md"),
            (Format::Json, "{", "x"),
            (Format::Json, "{a: 1}", "x.json"),
            (Format::Yaml, "{a: 1}", "x.yml"),
            (Format::Page, "{{baseUrl}}/users", "x.txt"),
            (Format::Page, "[Users](users.md)\n{\"a\": 1}", "x.md"),
            (Format::Page, "[\"quoted\"](users.md)", "x.md"),
            (
                Format::Yaml,
                "# c\n---\nopenapi: 3.1.0\npaths: {}\n",
                "x.json",
            ),
            (Format::Yaml, "$kind: collection\n", "x"),
            (Format::Yaml, "info:\n  title: x\n", "x"),
            (Format::Yaml, "'swagger': '2.0'\n", "x"),
            (Format::Yaml, "anything: 1\n", "x.yaml"),
            (Format::Page, "anything: 1\n", "x"),
            (
                Format::Page,
                "---\ntitle: Users\n---\n# Users\nname: x\n",
                "x.md",
            ),
            (Format::Json, "Not found", "x.json"),
            (
                Format::Page,
                "# Users\n\nNote: these are users.\nMore.\n",
                "x.md",
            ),
            (Format::Page, "Tools\n\n{\"name\": 1}\n", "x.json.txt"),
            (Format::Empty, " \n", "x.json"),
        ];
        for (expected, text, path) in cases {
            assert_eq!(format(text, path), expected, "{text:?} {path}");
        }
    }
}
