//! The text of a page to lines, each of one class: what it is by itself, before it is asked what it belongs to.

use super::endpoint;
use crate::origin::{FileId, Origin, Span};

/// A line with its class.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line<'t> {
    /// Without the white space around it.
    pub text: &'t str,
    /// Where it begins and ends in the file, without the white space around it.
    pub start: usize,
    pub end: usize,
    pub class: Class<'t>,
}

/// What a line is by itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Class<'t> {
    /// Nothing, or what only arranges a page: components, imports, rules.
    Blank,
    /// The beginning of a code block, with its language.
    Fence(&'t str),
    /// The end of one.
    FenceEnd,
    /// A line in a code block of this language.
    Code(&'t str),
    /// A heading with its level and its text without marks.
    Heading(usize, &'t str),
    /// A method and where it is called, in any spelling.
    Endpoint,
    /// The line between the head of a table and its rows.
    TableRule,
    /// A line with cells beside such a line.
    TableRow,
    /// A status, alone on its line.
    Status(u16),
    /// An item of a list.
    Bullet(&'t str),
    /// The begin of a JSON value.
    Json,
    /// Anything else.
    Text,
}

/// A file's lines.
pub(super) struct Lines<'t> {
    pub text: &'t str,
    pub file: FileId,
    pub list: Vec<Line<'t>>,
    /// Whether the page has no headings of its own: then plain lines are.
    pub flat: bool,
}

impl<'t> Lines<'t> {
    /// Gives every line of a page its class.
    pub fn of(file: FileId, text: &'t str) -> Lines<'t> {
        let mut list = classify(text);
        mark_tables(&mut list);
        let flat = is_flat(&list);
        if flat {
            // What begins with `#` is a comment in a program that has lost its marks.
            for line in &mut list {
                if matches!(line.class, Class::Heading(..)) {
                    line.class = Class::Text;
                }
            }
        }
        mark_underlined(&mut list);
        Lines {
            text,
            file,
            list,
            flat,
        }
    }

    pub fn get(&self, at: usize) -> Option<&Line<'t>> {
        self.list.get(at)
    }

    /// The place of a line.
    pub fn origin(&self, at: usize) -> Origin {
        self.span(at, at)
    }

    /// The place of several lines; the last one belongs to it.
    pub fn span(&self, from: usize, to: usize) -> Origin {
        let start = self.get(from).map_or(self.text.len(), |line| line.start);
        let end = self.get(to).map_or(self.text.len(), |line| line.end);
        self.place(start, end)
    }

    /// The place of a range of bytes.
    pub fn place(&self, start: usize, end: usize) -> Origin {
        Origin {
            file: self.file,
            span: Span::new(start, end),
        }
    }

    /// The nearest line in front of one that is not blank.
    pub fn before(&self, at: usize) -> Option<usize> {
        (0..at)
            .rev()
            .find(|at| self.get(*at).is_some_and(|l| l.class != Class::Blank))
    }
}

fn classify(text: &str) -> Vec<Line<'_>> {
    let mut list = Vec::new();
    let mut fence: Option<(char, usize, &str)> = None;
    let mut front = None;
    let mut offset = 0;
    for (number, whole) in text.split_inclusive('\n').enumerate() {
        let trimmed = whole.trim();
        let start = offset + (whole.len() - whole.trim_start().len());
        offset += whole.len();
        let class = match (fence, marks(trimmed)) {
            (Some((mark, length, _)), Some((with, count, "")))
                if with == mark && count >= length =>
            {
                fence = None;
                Class::FenceEnd
            }
            (Some((.., language)), _) => Class::Code(language),
            (None, Some((mark, count, language))) => {
                fence = Some((mark, count, language));
                Class::Fence(language)
            }
            (None, None) => match (number, front, trimmed) {
                // Settings of the tool that prints the page stand in front of it.
                (0, _, "---") => {
                    front = Some(());
                    Class::Blank
                }
                (_, Some(()), "---") => {
                    front = None;
                    Class::Blank
                }
                (_, Some(()), _) => Class::Blank,
                _ => class(trimmed),
            },
        };
        list.push(Line {
            text: trimmed,
            start,
            end: start + trimmed.len(),
            class,
        });
    }
    list
}

/// The marks that open or close a code block, how many they are, and the language behind them.
fn marks(line: &str) -> Option<(char, usize, &str)> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let count = line.len() - rest.len();
    let language = rest.trim();
    let language = language
        .split(|c: char| c.is_whitespace() || c == '{' || c == ',')
        .next()
        .unwrap_or_default();
    (count >= 3 && !rest.contains('`')).then_some((mark, count, language))
}

fn class(line: &str) -> Class<'_> {
    if line.is_empty() || is_arrangement(line) {
        return Class::Blank;
    }
    if endpoint::is_endpoint(line) {
        return Class::Endpoint;
    }
    let hashes = line.len() - line.trim_start_matches('#').len();
    if (1..=6).contains(&hashes)
        && let Some(rest) = line.get(hashes..)
        && rest.starts_with([' ', '\t'])
        && status(line).is_none()
    {
        let title = rest.trim().trim_end_matches('#').trim();
        return Class::Heading(hashes, bare(title));
    }
    if let Some(status) = status(line) {
        return Class::Status(status);
    }
    for mark in ["- ", "* ", "+ ", "• "] {
        if let Some(rest) = line.strip_prefix(mark) {
            return Class::Bullet(rest.trim());
        }
    }
    if line.starts_with('{') && !line.starts_with("{{")
        || line == "null"
        || line.starts_with("[{")
        || line == "["
        || line == "[]"
        || is_member(line)
    {
        return Class::Json;
    }
    Class::Text
}

/// What only arranges a page: tags of components, imports, rules, shortcodes.
fn is_arrangement(line: &str) -> bool {
    let tag = line.starts_with('<')
        && line.ends_with('>')
        && line
            .get(1..)
            .and_then(|rest| rest.trim_start_matches('/').chars().next())
            .is_some_and(|c| {
                c.is_ascii_uppercase() || line.starts_with("<a ") || line.starts_with("<!--")
            })
        && !line.starts_with("<Route");
    let import = line.starts_with("import ") && line.contains(" from ");
    let shortcode = line.starts_with("{{<") || line.starts_with("{{%");
    let rule = line.len() >= 3
        && ["---", "***", "___"].contains(&line.get(..3).unwrap_or_default())
        && line.chars().all(|c| matches!(c, '-' | '*' | '_'));
    tag || import || shortcode || rule
}

/// `"key": …`: a member that stands without the object around it.
fn is_member(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('"') else {
        return false;
    };
    let Some((key, rest)) = rest.split_once('"') else {
        return false;
    };
    !key.is_empty() && rest.trim_start().starts_with(':')
}

/// The status that a line consists of.
pub(super) fn status(line: &str) -> Option<u16> {
    let line = line.trim_matches(['*', '`']);
    let marked = line
        .trim_start_matches("//")
        .trim_start_matches('#')
        .trim_start();
    let (digits, must_end) = if let Some(rest) = marked
        .strip_prefix("Status")
        .or_else(|| marked.strip_prefix("status"))
    {
        let rest = rest.trim_start_matches(" code").trim_start_matches(':');
        (rest.trim_start(), true)
    } else if let Some(rest) = line.strip_prefix("HTTP/") {
        (rest.split_once(' ')?.1, true)
    } else {
        (bare(line), true)
    };
    let code: u16 = digits.get(..3)?.parse().ok()?;
    let rest = digits.get(3..).unwrap_or_default();
    let reason = rest.strip_prefix(' ').unwrap_or(rest);
    let fits = rest.is_empty()
        || (rest.starts_with(' ')
            && reason.chars().next().is_some_and(char::is_uppercase)
            && reason
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '\'' | '-')));
    ((100..600).contains(&code) && (fits || !must_end)).then_some(code)
}

/// A text without marks of emphasis and code around the whole of it.
pub(super) fn bare(text: &str) -> &str {
    let mut text = text.trim();
    for marks in ["**", "__", "`", "*", "_"] {
        if let Some(inner) = text
            .strip_prefix(marks)
            .and_then(|inner| inner.strip_suffix(marks))
            && !inner.is_empty()
        {
            text = inner.trim();
        }
    }
    text
}

/// Finds tables: a line of dashes and bars below a line with as many cells, and what follows with bars in it.
fn mark_tables(lines: &mut [Line<'_>]) {
    let mut at = 1;
    while at < lines.len() {
        let head = lines.get(at - 1).is_some_and(|head| {
            head.text.contains('|') && !matches!(head.class, Class::Code(_) | Class::TableRow)
        });
        let rule = lines
            .get(at)
            .is_some_and(|line| !matches!(line.class, Class::Code(_)) && is_rule(line.text));
        if !(head && rule) {
            at += 1;
            continue;
        }
        for (index, class) in [(at - 1, Class::TableRow), (at, Class::TableRule)] {
            if let Some(line) = lines.get_mut(index) {
                line.class = class;
            }
        }
        at += 1;
        while let Some(line) = lines.get_mut(at) {
            if !line.text.contains('|') || matches!(line.class, Class::Code(_) | Class::Fence(_)) {
                break;
            }
            line.class = Class::TableRow;
            at += 1;
        }
    }
}

/// `---|:---:|---`: dashes with bars between them.
fn is_rule(line: &str) -> bool {
    line.contains('|')
        && line.contains('-')
        && line
            .chars()
            .all(|c| matches!(c, '-' | ':' | '|' | ' ' | '\t'))
}

/// Whether a page has lost its marks: there are no code blocks, hardly a blank line, and it does not begin with a heading.
fn is_flat(lines: &[Line<'_>]) -> bool {
    let count = |fits: &dyn Fn(&Class<'_>) -> bool| lines.iter().filter(|l| fits(&l.class)).count();
    let blank = lines.iter().filter(|line| line.text.is_empty()).count();
    let first = lines.iter().find(|line| line.class != Class::Blank);
    count(&|class| matches!(class, Class::Fence(_))) == 0
        && blank * 20 <= lines.len()
        && !first.is_some_and(|line| matches!(line.class, Class::Heading(..)))
        && !lines.iter().any(|line| line.text.starts_with("<Route"))
}

/// Finds headings that are underlined.
fn mark_underlined(lines: &mut [Line<'_>]) {
    for at in 1..lines.len() {
        let level = match lines.get(at).map(|line| line.text) {
            Some(text) if text.len() >= 3 && text.bytes().all(|b| b == b'=') => 1,
            Some(text) if text.len() >= 3 && text.bytes().all(|b| b == b'-') => 2,
            _ => continue,
        };
        if lines
            .get(at)
            .is_some_and(|line| matches!(line.class, Class::Code(_)))
        {
            continue;
        }
        let Some(title) = lines.get_mut(at - 1) else {
            continue;
        };
        if title.class == Class::Text {
            title.class = Class::Heading(level, bare(title.text));
            if let Some(line) = lines.get_mut(at) {
                line.class = Class::Blank;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class_of(text: &str) -> Class<'_> {
        let lines = Lines::of(FileId(0), text);
        lines.get(0).map_or(Class::Blank, |line| line.class.clone())
    }

    #[test]
    fn lines_have_one_class_each() {
        let cases: &[(&str, Class<'_>)] = &[
            ("", Class::Blank),
            ("<ManualAnchor id=\"x\" />", Class::Blank),
            ("import {Route} from '/snippets/route.jsx'", Class::Blank),
            ("{{< details >}}", Class::Blank),
            ("```json", Class::Fence("json")),
            ("~~~", Class::Fence("")),
            ("## Get User ##", Class::Heading(2, "Get User")),
            ("# **create_thing**", Class::Heading(1, "create_thing")),
            ("GET /users", Class::Endpoint),
            ("200 OK", Class::Status(200)),
            ("**404**", Class::Status(404)),
            ("// Status 201 Created", Class::Status(201)),
            ("# Status 202", Class::Status(202)),
            ("Status: 404", Class::Status(404)),
            ("HTTP/1.1 204 No Content", Class::Status(204)),
            ("404 is what is answered.", Class::Text),
            ("700 Users", Class::Text),
            ("2024", Class::Text),
            ("- Agents", Class::Bullet("Agents")),
            ("{", Class::Json),
            ("null", Class::Json),
            ("\"user_fields\": {", Class::Json),
            ("\"Total\" signifies the allocation", Class::Text),
            ("{{baseUrl}}/users", Class::Text),
            ("a | b", Class::Text),
            ("Users are people.", Class::Text),
        ];
        for (text, class) in cases {
            assert_eq!(&class_of(text), class, "{text}");
        }
    }

    #[test]
    fn tables_headings_and_code_need_their_neighbours() {
        let text = "Users\n=====\nName | Type |\n---|---|\na | b |\nend\n```\nGET /x\n| a |\n```\n";
        let lines = Lines::of(FileId(0), text);
        let classes: Vec<_> = lines.list.iter().map(|line| line.class.clone()).collect();
        assert_eq!(
            classes,
            [
                Class::Heading(1, "Users"),
                Class::Blank,
                Class::TableRow,
                Class::TableRule,
                Class::TableRow,
                Class::Text,
                Class::Fence(""),
                Class::Code(""),
                Class::Code(""),
                Class::FenceEnd,
            ]
        );
        assert_eq!(lines.origin(4).span, Span::new(35, 42));
    }
}
