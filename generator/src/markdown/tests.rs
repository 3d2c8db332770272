//! Pages that nobody wrote: whatever stands in them, the reader neither panics nor takes long, and what it makes of them goes
//! through the whole chain.

use super::*;
use crate::config::Config;
use crate::origin::FileId;
use crate::source::Role;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Pages of all kinds, to be changed.
const PAGES: [&str; 3] = [
    include_str!("../../../tests/fixtures/markdown-lost-marks/users.md"),
    include_str!("../../../tests/fixtures/markdown-marked/boards.md"),
    include_str!("../../../tests/fixtures/markdown-commands/boards.md"),
];

/// What means something to the reader, and what breaks it off.
const PIECES: [&str; 42] = [
    "GET /users/{id}",
    "POST /users?ids={ids}",
    "<Route method=\"PUT\">/users/[\\{user.id\\}](/x)</Route>",
    "## `DELETE /users/:id`",
    "/{{{}}}<>",
    "Name | Type | In | Required | Description |",
    "---|---|---|---|---|",
    "|:-:|",
    "`a|b` | array of [x](#y) objects | | \\|",
    "string | false | | |",
    "a[b][c].d[] | ?integer[]",
    "200 OK",
    "Status: 404",
    "HTTP/1.1 204",
    "{\"a\": [",
    "]}",
    "...",
    "\"b\": {\"c\": \"\\",
    "null",
    "```json",
    "```",
    "~~~~",
    "curl -X PUT -d '{\"a\":1}' https://h/users/1.json?x=%zz \\",
    "curl \"",
    "  -F 'a[b]=@c' -u {a}:{b} --next -G",
    "cURL",
    "Python",
    "Parameters",
    "Example body",
    "Example response(s)",
    "JSON format",
    "###### User Structure",
    "Allowed For:",
    "Possible values are \"a\", \"b\", or null.",
    "0 for a, 1 for b, and 2 for",
    "include a \"a\": true property",
    "- **name** (*string*, required) – x",
    "=====",
    "title: 'x",
    "---",
    "\u{202e}\u{0}é漢\u{1f600}",
    "| Value | Name |",
];

fn file(text: &str) -> SourceFile {
    SourceFile {
        id: FileId(0),
        path: "page.md".to_owned(),
        text: text.into(),
        tree: None,
        tag: None,
        role: Role::default(),
        links: BTreeMap::new(),
    }
}

/// Reads a page, and generates a crate if there is something to generate.
fn read(text: &str) -> Result<(), TestCaseError> {
    let begin = Instant::now();
    let source = file(text);
    let mut diagnostics = Diagnostics::new();
    let model = lower(&source, &mut diagnostics);
    prop_assert_eq!(diagnostics.has_errors(), model.operations.is_empty());
    for finding in diagnostics.iter() {
        let end = finding.origin.map_or(0, |origin| origin.span.range().end);
        prop_assert!(end <= text.len(), "{finding:?}");
    }
    if !model.operations.is_empty() {
        let config = Config {
            name: "page".to_owned(),
            ..Config::default()
        };
        // Errors are findings like others; what must not happen is a panic.
        drop(crate::generate(&config, &[source]));
    }
    let took = begin.elapsed();
    prop_assert!(
        took < Duration::from_secs(5),
        "{took:?} for {} bytes",
        text.len()
    );
    Ok(())
}

/// A page with some lines left out, moved, doubled, cut, or in the place of others.
fn changed(page: &str, changes: &[(u8, u16, u16, u8)]) -> String {
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    for (kind, at, other, piece) in changes {
        if lines.is_empty() {
            break;
        }
        let (at, other) = (
            usize::from(*at) % lines.len(),
            usize::from(*other) % lines.len(),
        );
        let piece = PIECES[usize::from(*piece) % PIECES.len()];
        match kind % 6 {
            0 => drop(lines.remove(at)),
            1 => lines.swap(at, other),
            2 => lines.insert(at, lines[other].clone()),
            3 => lines.insert(at, piece.to_owned()),
            4 => {
                let line = &mut lines[at];
                let cut = line
                    .char_indices()
                    .nth(other % 40)
                    .map_or(line.len(), |(cut, _)| cut);
                line.truncate(cut);
            }
            _ => lines[at].push_str(piece),
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_is_read(text in "(.|\\n){0,400}") {
        read(&text)?;
    }

    #[test]
    fn any_lines_of_a_page_are_read(pieces in prop::collection::vec(0usize..PIECES.len(), 0..60)) {
        let lines: Vec<&str> = pieces.iter().map(|piece| PIECES[*piece]).collect();
        read(&lines.join("\n"))?;
    }

    #[test]
    fn changed_pages_are_read(
        page in 0usize..PAGES.len(),
        changes in prop::collection::vec(any::<(u8, u16, u16, u8)>(), 1..24),
    ) {
        read(&changed(PAGES[page], &changes))?;
    }
}

/// Each line alone, many times: nothing takes the square of the number of lines.
#[test]
fn lines_without_end_cost_their_number() {
    for piece in PIECES {
        let text = format!("GET /first\n{}", format!("{piece}\n").repeat(4_000));
        let begin = Instant::now();
        let mut diagnostics = Diagnostics::new();
        drop(lower(&file(&text), &mut diagnostics));
        let took = begin.elapsed();
        assert!(took < Duration::from_secs(6), "{piece:?} takes {took:?}");
    }
}
