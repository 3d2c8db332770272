//! Reference pages to a model: the lines of a page are told apart by their class, and read by what section they stand in.
//!
//! One reader serves pages with marks of Markdown and pages that have lost them, as they come out of a browser: there a
//! library for Markdown finds one long paragraph. What stands in a section is told by headings, by endpoint lines and by
//! the columns of tables; of sentences only a closed list of phrases is read. What is not understood is reported.

mod cell;
mod command;
mod docs;
mod endpoint;
mod inline;
mod json;
mod keyword;
mod line;
mod lower;
mod object;
mod page;
mod parameter;
mod part;
mod prose;
mod row;
mod sample;
mod start;
mod stated;
mod table;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Model;
use crate::model::schema::Authority;
use crate::origin::{Origin, Span};
use crate::source::SourceFile;
use line::Lines;

/// Whether a file may be a reference page: it is text that is no document.
pub fn recognizes(file: &SourceFile) -> bool {
    file.tree.is_none() && !file.text.trim().is_empty()
}

/// The model of what a page describes. A page without an operation is an error that says what was looked for.
pub fn lower(file: &SourceFile, diagnostics: &mut Diagnostics) -> Model {
    let lines = Lines::of(file.id, &file.text);
    let mut found = Diagnostics::new();
    let page = page::read(&lines, &mut found);
    if page.sections.is_empty() {
        diagnostics.push(no_operation(file));
        return Model::default();
    }
    let mut lowering = lower::Lowering {
        file: file.id,
        text: &file.text,
        flat: lines.flat,
        tag: file.tag.clone(),
        model: Model {
            authority: Authority::Documented,
            ..Model::default()
        },
        diagnostics: &mut found,
        integer_ids: false,
        lists: Vec::new(),
        bases: command::Bases::default(),
        silent: Vec::new(),
    };
    lowering.page(page);
    let model = lowering.model;
    diagnostics.extend(found);
    model
}

fn no_operation(file: &SourceFile) -> Diagnostic {
    let message = match file.looks_like() {
        Some(kind) => format!(
            "`{}` looks like {kind}, and describes no operation",
            file.path
        ),
        None => format!("`{}` describes no operation", file.path),
    };
    Diagnostic::new(Code::MARKDOWN_NO_OPERATION, message)
        .at(Origin {
            file: file.id,
            span: Span::default(),
        })
        .note("a line with a method and a path was looked for: `GET /users/{id}`, alone, in a code block, in a heading or in a table")
        .help("give a reference page, a Postman collection, an item of one, or a page that shows one")
}
