//! Findings to what is printed: text in the look of rustc for people, records for programs.

mod clean;
mod window;

use super::{Code, Diagnostic, Diagnostics, Severity};
use crate::origin::{FileId, Lines, Origin, Pointer, Span};
use annotate_snippets::{AnnotationKind, Element, Level, Renderer, Snippet};
use clean::{MARK, clean_line};
pub(crate) use clean::{clean, clean_json};
use serde::Serialize;
use std::collections::BTreeMap;
use window::Window;

/// The files that findings point into.
pub trait Files {
    /// What a file is called.
    fn path(&self, file: FileId) -> Option<&str>;
    /// What stands in it.
    fn text(&self, file: FileId) -> Option<&str>;
    /// Where in its document a place is. Nothing if it is no document.
    fn pointer(&self, origin: Origin) -> Option<Pointer>;
}

/// A finding as a record, for `--report` and `--format json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The entry of the catalogue, `postman/example-not-json`.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// The file as it is shown.
    pub file: Option<String>,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// The character in the line, counted from 1.
    pub column: Option<usize>,
    /// The JSON pointer of the place; behind `#`, the pointer into the document that the place holds as text.
    pub pointer: Option<String>,
    /// What was found.
    pub message: String,
    /// What can be done.
    pub help: Option<String>,
}

/// Prints findings. It reads each file once, however many findings there are.
pub struct Printer<'f> {
    files: &'f dyn Files,
    lines: BTreeMap<FileId, Lines<'f>>,
    /// Where credentials stand, by file: their lines are not shown, since what is printed ends up in logs.
    secrets: BTreeMap<FileId, Vec<Span>>,
}

/// A place in a file, found.
struct Place<'f> {
    path: &'f str,
    lines: &'f Lines<'f>,
    line: usize,
    column: usize,
    pointer: Option<Pointer>,
}

impl<'f> Printer<'f> {
    /// A printer for these findings, whose files are given.
    pub fn new(files: &'f dyn Files, diagnostics: &Diagnostics) -> Self {
        let mut lines = BTreeMap::new();
        let mut secrets: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for diagnostic in diagnostics.iter() {
            if let (Code::POSTMAN_LITERAL_SECRET | Code::EXCHANGE_LITERAL_SECRET, Some(origin)) =
                (diagnostic.code, diagnostic.origin)
            {
                secrets.entry(origin.file).or_default().push(origin.span);
            }
            let related = diagnostic.related.iter().map(|(origin, _)| origin);
            for origin in diagnostic.origin.iter().chain(related) {
                if let Some(text) = files.text(origin.file) {
                    lines.entry(origin.file).or_insert_with(|| Lines::new(text));
                }
            }
        }
        Printer {
            files,
            lines,
            secrets,
        }
    }

    /// All findings with a line that counts them, each followed by an empty line. `colour` adds the escape sequences
    /// of terminals; those that the input holds never reach one.
    pub fn text(&self, diagnostics: &Diagnostics, colour: bool) -> String {
        let mut text = String::new();
        for diagnostic in diagnostics.iter() {
            text.push_str(&self.one(diagnostic, colour));
            text.push_str("\n\n");
        }
        let counted = |severity: Severity| {
            let count = diagnostics.count(severity);
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {}{plural}", severity.as_str()))
        };
        let counts: Vec<_> = [Severity::Error, Severity::Warning, Severity::Note]
            .into_iter()
            .filter_map(counted)
            .collect();
        if !counts.is_empty() {
            text.push_str(&counts.join(", "));
            text.push('\n');
        }
        text
    }

    /// One finding, without an end of line behind it.
    pub fn one(&self, diagnostic: &Diagnostic, colour: bool) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let mut elements: Vec<Element<'_>> = Vec::new();
        let mut headers: Vec<String> = Vec::new();
        if let Some(origin) = diagnostic.origin {
            let inside = diagnostic.inside.as_deref();
            let (header, snippet) = self.snippet(origin, inside, AnnotationKind::Primary, "");
            headers.extend(header);
            elements.extend(snippet);
        }
        for (origin, label) in &diagnostic.related {
            if Some(*origin) == diagnostic.origin {
                // Both lie in one text that holds a document: showing the line twice tells nothing.
                elements.push(Level::NOTE.message(clean_line(label)).into());
                continue;
            }
            let (header, snippet) = self.snippet(*origin, None, AnnotationKind::Context, label);
            headers.extend(header);
            elements.extend(snippet);
        }
        for note in &diagnostic.notes {
            elements.push(Level::NOTE.message(clean_line(note)).into());
        }
        if let Some(help) = &diagnostic.help {
            elements.push(Level::HELP.message(clean_line(help)).into());
        }
        let title = level
            .primary_title(clean_line(&diagnostic.message))
            .id(diagnostic.code.as_str());
        let renderer = if colour {
            Renderer::styled().hyperlink(false)
        } else {
            Renderer::plain()
        };
        with_headers(&renderer.render(&[title.elements(elements)]), &headers)
    }

    /// All findings as records.
    pub fn findings(&self, diagnostics: &Diagnostics) -> Vec<Finding> {
        diagnostics.iter().map(|one| self.finding(one)).collect()
    }

    /// One finding as a record.
    pub fn finding(&self, diagnostic: &Diagnostic) -> Finding {
        let place = diagnostic.origin.and_then(|origin| self.place(origin));
        let pointer = place.as_ref().and_then(|place| {
            let outer = place.pointer.as_ref().map(Pointer::as_str);
            joined(outer, diagnostic.inside.as_deref())
        });
        Finding {
            code: diagnostic.code.as_str(),
            severity: diagnostic.severity.as_str(),
            file: place.as_ref().map(|place| place.path.to_owned()),
            line: place.as_ref().map(|place| place.line),
            column: place.as_ref().map(|place| place.column),
            pointer,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
        }
    }

    fn place(&self, origin: Origin) -> Option<Place<'_>> {
        let lines = self.lines.get(&origin.file)?;
        let position = lines.position(origin.span.start as usize);
        Some(Place {
            path: self.files.path(origin.file)?,
            lines,
            line: position.line,
            column: position.column,
            pointer: self.files.pointer(origin),
        })
    }

    /// Whether a line has a part of a credential in it that is more than a bracket.
    fn holds_secret(&self, file: FileId, place: &Place<'_>) -> bool {
        let line = place.lines.range(place.line, place.line);
        let text = place.lines.line(place.line);
        let touches =
            |span: &Span| (span.start as usize) < line.end && line.start < (span.end as usize);
        text.contains(char::is_alphanumeric)
            && self
                .secrets
                .get(&file)
                .is_some_and(|spans| spans.iter().any(touches))
    }

    /// The header of a place, and its line under a header that stands for it.
    fn snippet(
        &self,
        origin: Origin,
        inside: Option<&str>,
        kind: AnnotationKind,
        label: &str,
    ) -> (Option<String>, Option<Element<'static>>) {
        let Some(place) = self.place(origin) else {
            return (None, None);
        };
        let mut header = format!("{}:{}:{}", clean(place.path), place.line, place.column);
        let outer = place.pointer.as_ref().map(Pointer::as_str);
        if let Some(pointer) = joined(outer, inside).filter(|pointer| !pointer.is_empty()) {
            header.push_str("  ");
            header.push_str(&clean_line(&pointer));
        }
        let window = if self.holds_secret(origin.file, &place) {
            let text = "(this line holds a credential)".to_owned();
            let marked = 0..text.len();
            Window { text, marked }
        } else {
            Window::new(place.lines, place.line, origin.span)
        };
        let annotation = kind.span(window.marked);
        let annotation = match label {
            "" => annotation,
            label => annotation.label(clean_line(label)),
        };
        let snippet = Snippet::source(window.text)
            .line_start(place.line)
            .path(MARK.to_string())
            .annotation(annotation);
        (Some(header), Some(snippet.into()))
    }
}

/// Puts our headers where the renderer put those of the windows, whose columns count from the cut of the line.
fn with_headers(shown: &str, headers: &[String]) -> String {
    let mut pieces = shown.split(MARK);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for (header, piece) in headers.iter().zip(pieces) {
        text.push_str(header);
        text.push_str(piece.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    text
}

fn joined(outer: Option<&str>, inside: Option<&str>) -> Option<String> {
    match (outer, inside) {
        (outer, None) => outer.map(str::to_owned),
        (outer, Some(inside)) => Some(format!("{}#{inside}", outer.unwrap_or_default())),
    }
}

#[cfg(test)]
mod tests;
