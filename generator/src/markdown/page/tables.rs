//! The tables of a page to what they list: parameters, members, statuses, values; others are reported.

use super::super::part::{Answer, Object, Prose, ValueList};
use super::super::table::{self, Row, Table};
use super::super::{inline, start};
use super::{Reader, State};
use crate::diagnostic::{Code, Diagnostic};
use crate::origin::Origin;

impl<'t> Reader<'_, 't, '_> {
    pub(super) fn table(&mut self, table: &Table<'t>) {
        if table
            .rows
            .iter()
            .any(|(_, cells)| start::lists_operations(cells))
        {
            return;
        }
        if let (Some(section), Some(statuses)) = (&mut self.section, table::statuses(table)) {
            section
                .answers
                .extend(statuses.into_iter().map(|(status, text)| Answer {
                    status,
                    text: Some(text).filter(|text| !text.is_empty()),
                    json: None,
                    origin: table.origin,
                }));
            return;
        }
        if let (Some(values), Some(heading)) = (table::values(table), self.heading) {
            self.page.lists.push(ValueList {
                heading: inline::plain(heading),
                values,
            });
            return;
        }
        match table.described(self.lines) {
            Some(rows) => self.rows(rows),
            None => self.diagnostics.push(
                Diagnostic::new(
                    Code::MARKDOWN_TABLE,
                    format!(
                        "a table with the columns {} says nothing about the API here",
                        heads(table)
                    ),
                )
                .at(self.lines.place(
                    table.origin.span.start as usize,
                    self.end_of_line(table.origin),
                ))
                .help("call a column `Name` if its rows are parameters or members"),
            ),
        }
    }

    fn end_of_line(&self, origin: Origin) -> usize {
        let start = origin.span.start as usize;
        let rest = self.lines.text.get(start..).unwrap_or_default();
        start + rest.find('\n').unwrap_or(rest.len())
    }

    /// Rows of a table, and what they are members or parameters of.
    fn rows(&mut self, mut rows: Vec<Row>) {
        let located = rows.iter().any(|row| row.location.is_some());
        let Some(section) = &mut self.section else {
            let name = self.object.clone();
            let known = self
                .page
                .objects
                .iter_mut()
                .find(|object| object.name == name && object.name.is_some());
            match known {
                Some(object) => object.rows.extend(rows),
                None => self.page.objects.push(Object {
                    name,
                    rows,
                    ..Object::default()
                }),
            }
            return;
        };
        match self.state {
            State::Parameters(location) => {
                for row in &mut rows {
                    row.location = row.location.or(location);
                }
                section.parameters.extend(rows);
            }
            _ if located => section.parameters.extend(rows),
            State::Body | State::Members => section.members.extend(rows),
            State::Responses | State::ResponseMembers | State::Object => {
                section.answered.extend(rows)
            }
            _ => {
                let announced = section
                    .text
                    .iter()
                    .rev()
                    .take(4)
                    .any(|piece| matches!(piece, Prose::Line(text) if says_answered(text)));
                let required = rows.iter().any(|row| row.required.is_some());
                if announced || !required {
                    section.answered.extend(rows);
                } else {
                    section.parameters.extend(rows);
                }
            }
        }
    }
}

fn says_answered(text: &str) -> bool {
    ["following properties", "following attributes", "response"]
        .iter()
        .any(|phrase| text.to_lowercase().contains(phrase))
}

fn heads(table: &Table<'_>) -> String {
    let heads: Vec<String> = table
        .head
        .iter()
        .filter(|head| !head.is_empty())
        .map(|head| format!("`{}`", inline::plain(head)))
        .collect();
    heads.join(", ")
}
