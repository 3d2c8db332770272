//! Where the operations of a page begin: runs of endpoint lines with their titles, and tables that list operations.

use super::endpoint::{self, Endpoint};
use super::inline;
use super::keyword;
use super::line::{Class, Lines, bare};
use super::table;
use std::collections::BTreeMap;

/// The part of a page that is about the endpoints that stand in one run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Start<'t> {
    /// The first line that belongs to it: its title.
    pub line: usize,
    /// The line behind the last one that does.
    pub end: usize,
    /// The lines of title and endpoints, which are no text of it.
    pub taken: Vec<usize>,
    pub title: Option<String>,
    pub endpoints: Vec<Endpoint>,
    /// What a table that lists operations says about it.
    pub said: Option<&'t str>,
    level: usize,
}

/// Longer lines are no titles.
const TITLE: usize = 80;

/// The beginnings of all operations in the order of the page.
pub(super) fn starts<'t>(lines: &Lines<'t>) -> Vec<Start<'t>> {
    let mut found = runs(lines);
    found.extend(listed(lines));
    found.sort_by_key(|start| start.line);
    let begins: Vec<usize> = found.iter().map(|start| start.line).collect();
    for (index, start) in found.iter_mut().enumerate() {
        if start.end > 0 {
            continue;
        }
        let next = begins.get(index + 1).copied().unwrap_or(lines.list.len());
        let from = start.taken.last().map_or(start.line, |last| last + 1);
        let closed = (from..next).find(|at| {
            matches!(lines.get(*at).map(|l| &l.class), Some(Class::Heading(level, text))
                if *level <= start.level && keyword::keyword(text).is_none_or(|k| k == keyword::Keyword::Object))
        });
        start.end = closed.unwrap_or(next);
    }
    found
}

/// Endpoint lines that stand together.
fn runs<'t>(lines: &Lines<'t>) -> Vec<Start<'t>> {
    let mut found: Vec<Start<'t>> = Vec::new();
    let mut at = 0;
    while at < lines.list.len() {
        let Some(first) = endpoint_at(lines, at, false) else {
            at += 1;
            continue;
        };
        let begin = at;
        let mut taken = vec![at];
        let mut endpoints = vec![first];
        at += 1;
        while let Some(line) = lines.get(at) {
            if line.text.starts_with('#') {
                break;
            }
            if let Some(next) = endpoint_at(lines, at, true) {
                endpoints.push(next);
            } else if !matches!(line.class, Class::Blank | Class::FenceEnd) {
                break;
            }
            taken.push(at);
            at += 1;
        }
        let after = found.last().and_then(|start| start.taken.last().copied());
        let title = title(lines, begin, after);
        let mut start = Start {
            line: title.as_ref().map_or(begin, |(line, ..)| *line),
            end: 0,
            taken,
            title: title.as_ref().map(|(_, _, text)| text.clone()),
            endpoints,
            said: None,
            level: title.as_ref().map_or(6, |(_, level, _)| *level),
        };
        start.taken.extend(title.map(|(line, ..)| line));
        start.taken.sort_unstable();
        start.taken.dedup();
        found.push(start);
    }
    found
}

/// The endpoint on a line: by itself, or in a code block that holds nothing else.
fn endpoint_at(lines: &Lines<'_>, at: usize, inside: bool) -> Option<Endpoint> {
    let line = lines.get(at)?;
    let read = |at: usize| {
        let line = lines.get(at)?;
        endpoint::read(line.text, lines.origin(at))
    };
    match line.class {
        Class::Endpoint => read(at),
        Class::Code(language) => {
            let open = matches!(
                language,
                "" | "plaintext" | "http" | "text" | "none" | "txt"
            );
            let begins = at
                .checked_sub(1)
                .and_then(|before| lines.get(before))
                .is_some_and(|before| matches!(before.class, Class::Fence(_)));
            if !open || !(begins || inside) {
                return None;
            }
            // Few lines are looked at: a block of endpoints is short.
            let inner = (at..at + 12)
                .take_while(|at| matches!(lines.get(*at).map(|l| &l.class), Some(Class::Code(_))));
            let all = inner
                .filter(|at| lines.get(*at).is_some_and(|l| !l.text.is_empty()))
                .all(|at| read(at).is_some());
            if all { read(at) } else { None }
        }
        _ => None,
    }
}

/// The title of a run of endpoints: its line, its level and its text.
fn title(lines: &Lines<'_>, at: usize, after: Option<usize>) -> Option<(usize, usize, String)> {
    let line = lines.get(at)?;
    if line.text.starts_with('#') {
        let level = line.text.len() - line.text.trim_start_matches('#').len();
        return Some((
            at,
            level,
            endpoint::title(line.text).unwrap_or_default().to_owned(),
        ));
    }
    let first = after.map_or(0, |after| after + 1);
    if lines.flat {
        let before = lines.before(at).filter(|before| *before >= first)?;
        let line = lines.get(before)?;
        let fits = line.class == Class::Text
            && line.text.chars().count() <= TITLE
            && !line.text.ends_with(['.', ':', ',', ';'])
            && line.text.chars().any(char::is_alphabetic);
        return fits.then(|| (before, 6, bare(line.text).to_owned()));
    }
    (first..at).rev().find_map(|at| match lines.get(at)?.class {
        Class::Heading(level, text) => Some((at, level, inline::plain(text))),
        _ => None,
    })
}

/// The operations that tables list, each with the part of the page under the heading that has its name.
fn listed<'t>(lines: &Lines<'t>) -> Vec<Start<'t>> {
    let mut headings: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (at, line) in lines.list.iter().enumerate() {
        if let Class::Heading(level, text) = line.class {
            headings.entry(inline::plain(text)).or_insert((at, level));
        }
    }
    let mut found = Vec::new();
    for at in 0..lines.list.len() {
        if lines.get(at).is_none_or(|l| l.class != Class::TableRow)
            || lines
                .get(at + 1)
                .is_none_or(|l| l.class != Class::TableRule)
        {
            continue;
        }
        let Some((table, _)) = table::read(lines, at) else {
            continue;
        };
        for (line, cells) in &table.rows {
            let Some(start) = listed_row(lines, *line, cells, &headings) else {
                continue;
            };
            found.push(start);
        }
    }
    found
}

/// Whether a table lists operations.
pub(super) fn lists_operations(cells: &[&str]) -> bool {
    cells.iter().any(|cell| endpoint::is_endpoint(cell))
}

fn listed_row<'t>(
    lines: &Lines<'t>,
    line: usize,
    cells: &[&'t str],
    headings: &BTreeMap<String, (usize, usize)>,
) -> Option<Start<'t>> {
    let index = cells.iter().position(|cell| endpoint::is_endpoint(cell))?;
    let endpoint = endpoint::read(cells.get(index)?, lines.origin(line))?;
    let name = cells
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != index)
        .map(|(_, cell)| inline::plain(cell))
        .find(|text| !text.is_empty() && text.len() <= TITLE);
    let heading = name.as_ref().and_then(|name| headings.get(name));
    let said = cells
        .get(index + 1)
        .copied()
        .filter(|cell| !cell.is_empty());
    Some(match heading {
        Some((at, level)) => Start {
            line: *at,
            end: 0,
            taken: vec![*at],
            title: name,
            endpoints: vec![endpoint],
            said,
            level: *level,
        },
        None => Start {
            line,
            end: line + 1,
            taken: vec![line],
            title: name,
            endpoints: vec![endpoint],
            said,
            level: 6,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::FileId;

    fn outline(text: &str) -> Vec<String> {
        let lines = Lines::of(FileId(0), text);
        starts(&lines)
            .into_iter()
            .map(|start| {
                let keys: Vec<String> = start
                    .endpoints
                    .iter()
                    .map(|e| format!("{} {}", e.method.as_str(), e.path))
                    .collect();
                format!(
                    "{}..{} {}: {}",
                    start.line,
                    start.end,
                    start.title.unwrap_or_default(),
                    keys.join(", ")
                )
            })
            .collect()
    }

    #[test]
    fn lines_without_marks_have_the_title_before_them() {
        assert_eq!(
            outline(
                "Users\nText.\nList Users\nGET /users\nGET /groups/{id}/users\nText.\nLimits\nA sentence.\nDELETE /x\nMore"
            ),
            [
                "2..8 List Users: GET /users, GET /groups/{id}/users",
                "8..10 : DELETE /x",
            ]
        );
    }

    #[test]
    fn headings_begin_and_end_operations() {
        let text = "# Boards\n\n## List boards\n\nText.\n\n```plaintext\nGET /boards\nGET /projects/:id/boards\n```\n\n### Parameters\n\n## Notes\n\n## Get\n\n`GET /boards/:id`\n\n### PUT /x\n";
        assert_eq!(
            outline(text),
            [
                "2..13 List boards: GET /boards, GET /projects/{id}/boards",
                "15..19 Get: GET /boards/{id}",
                "19..20 : PUT /x",
            ]
        );
        // An example of a request is no operation.
        assert_eq!(
            outline("# A\n```http\nPOST /x HTTP/1.1\nHost: a\n```"),
            [""; 0]
        );
    }

    #[test]
    fn tables_list_operations() {
        let text = "# Api\n\nMethod | HTTP request | Description\n---|---|---\n[**get_a**](A.md#get_a) | **GET** /a |\n[**put_a**](A.md#put_a) | **PUT** /a | Puts\n\n# **get_a**\n> A get_a()\n\n### Parameters\n";
        assert_eq!(outline(text), ["5..6 put_a: PUT /a", "7..11 get_a: GET /a"]);
    }
}
