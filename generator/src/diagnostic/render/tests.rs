//! Findings to what is printed.

use super::*;
use crate::diagnostic::Code;
use crate::origin::Span;
use crate::source::SourceFile;
use crate::tree::{json, locate};
use std::sync::Arc;
use std::time::{Duration, Instant};

fn file(text: &str) -> SourceFile {
    let text: Arc<str> = text.into();
    SourceFile {
        id: FileId(0),
        path: "specs/shop/orders.json".to_owned(),
        tree: json::parse(FileId(0), &text, json::Dialect::Strict).ok(),
        text,
        tag: None,
        role: Default::default(),
        links: Default::default(),
    }
}

fn at(text: &str, needle: &str) -> Origin {
    let start = text.find(needle).expect(needle);
    Origin {
        file: FileId(0),
        span: Span::new(start, start + needle.len()),
    }
}

fn print(files: &[SourceFile], diagnostic: Diagnostic) -> String {
    let diagnostics = diagnostic.into();
    let lines: Vec<_> = Printer::new(&files, &diagnostics)
        .text(&diagnostics, false)
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    lines.join("\n")
}

#[test]
fn a_finding_looks_like_those_of_rustc() {
    let text = "{\n  \"a\": [1,\n    \"body\"\n  ],\n  \"b\": 2\n}\n";
    let diagnostic = Diagnostic::new(Code::JSON_SYNTAX, "the body is odd")
        .at(at(text, "\"body\""))
        .inside("/user")
        .related(at(text, "2"), "first here")
        .note("it will be bytes")
        .help("remove it");
    let expected = "\
error[json/syntax]: the body is odd
 --> specs/shop/orders.json:3:5  /a/1#/user
  |
3 |     \"body\"
  |     ^^^^^^
  |
 ::: specs/shop/orders.json:5:8  /b
  |
5 |   \"b\": 2
  |        - first here
  |
  = note: it will be bytes
  = help: remove it

1 error";
    assert_eq!(print(&[file(text)], diagnostic), expected);
}

#[test]
fn records_name_line_column_and_pointer() {
    let text = "{\"a\": [1, \"é\", true]}";
    let files = [file(text)];
    let diagnostics: Diagnostics = Diagnostic::new(Code::JSON_SYNTAX, "m")
        .at(at(text, "true"))
        .help("h")
        .into();
    let files: &[SourceFile] = &files;
    let printer = Printer::new(&files, &diagnostics);
    let found = serde_json::to_value(printer.findings(&diagnostics)).expect("JSON");
    let expected = serde_json::json!([{
        "code": "json/syntax", "severity": "error", "file": "specs/shop/orders.json", "line": 1,
        "column": 16, "pointer": "/a/2", "message": "m", "help": "h",
    }]);
    assert_eq!(found, expected);
    let nowhere = Diagnostic::new(Code::JSON_SYNTAX, "m");
    assert_eq!(printer.finding(&nowhere).file, None);
    assert_eq!(printer.one(&nowhere, false), "error[json/syntax]: m");
}

#[test]
fn nothing_of_the_input_acts_on_the_terminal() {
    let text = "{\"a\": \"x\u{202e}\u{9b}y\", \"\u{200b}\": 1}";
    let diagnostic = Diagnostic::new(Code::JSON_SYNTAX, "bad \u{1b}[31m name\nnext\u{202e}")
        .at(at(text, "1"))
        .note("\u{7}")
        .help("\u{2066}")
        .related(at(text, "x"), "\u{1b}]0;t\u{7}");
    for colour in [false, true] {
        let files = [file(text)];
        let files: &[SourceFile] = &files;
        let diagnostics = diagnostic.clone().into();
        let shown = Printer::new(&files, &diagnostics).one(&diagnostic, colour);
        let ours: String = shown.replace("\u{1b}[", "");
        assert!(colour || shown == ours);
        assert!(
            !ours.chars().any(|c| c != '\n' && clean::acts(c)),
            "{shown:?}"
        );
        assert!(shown.contains("\\u{1b}[31m name next\\u{202e}"), "{shown}");
    }
}

#[test]
fn long_lines_and_large_files_stay_cheap() {
    let text = format!(
        "{{\"a\": [{} \"place\" {}]}}",
        "1,".repeat(300_000),
        ", 2".repeat(9)
    );
    let files = [file(&text)];
    let files: &[SourceFile] = &files;
    let mut diagnostics = Diagnostics::new();
    for _ in 0..20 {
        diagnostics.push(Diagnostic::new(Code::JSON_SYNTAX, "m").at(at(&text, "\"place\"")));
    }
    let begin = Instant::now();
    let printer = Printer::new(&files, &diagnostics);
    let shown = printer.text(&diagnostics, false);
    assert!(shown.contains("orders.json:1:600009  /a/300000"), "{shown}");
    assert!(shown.lines().all(|line| line.len() < 200));
    assert!(begin.elapsed() < Duration::from_secs(10));
}

#[test]
fn places_at_the_edges_are_shown() {
    for (text, start, end) in [
        ("", 0, 0),
        ("a", 1, 2),
        ("a\n", 2, 2),
        ("é", 1, 1),
        ("a\r\nb", 1, 4),
        ("x", 9, 99),
    ] {
        let origin = Origin {
            file: FileId(0),
            span: Span::new(start, end),
        };
        let shown = print(
            &[file(text)],
            Diagnostic::new(Code::JSON_SYNTAX, "m").at(origin),
        );
        assert!(
            shown.contains("specs/shop/orders.json:"),
            "{text:?}: {shown}"
        );
    }
    assert_eq!(locate::raw_offset("abc", 1), Some(1));
}
