//! Sources of several kinds to one crate: a recording, a collection and a page describe one API.
// The helpers are no tests themselves; a fault in them shall end the test.
#![allow(clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

const RECORDING: &str = r#"{"log": {"version": "1.2", "creator": {"name": "Browser", "version": "1"}, "entries": [
  {"_resourceType": "fetch",
   "request": {"method": "GET", "url": "https://api.board.example/boards/17", "headers": [], "queryString": []},
   "response": {"status": 200, "headers": [], "content": {"mimeType": "application/json",
     "text": "{\"id\": 17, \"name\": \"Plans\", \"colour\": \"red\"}"}}}
]}}"#;

const COLLECTION: &str = r#"{"info": {"name": "Boards",
  "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
 "item": [{"name": "Delete a board",
  "request": {"method": "DELETE", "url": {"raw": "https://api.board.example/boards/:board_id",
    "protocol": "https", "host": ["api", "board", "example"], "path": ["boards", ":board_id"],
    "variable": [{"key": "board_id", "value": "17"}]}},
  "response": []}]}"#;

const PAGE: &str = "# Boards

## Show a board

```plaintext
GET /boards/:board_id
```

Returns `200 OK` and the following response attributes:

| Attribute | Type    | Description       |
|-----------|---------|-------------------|
| `id`      | integer | the id            |
| `name`    | string  | what it is called |
| `owner`   | string  | who made it       |

Example request:

```shell
curl https://api.board.example/boards/17
```

Example response:

```json
{\"id\": 17, \"name\": \"Plans\"}
```
";

fn letterpress(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_letterpress"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the command runs")
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in [
        ("a.har", RECORDING),
        ("b.postman.json", COLLECTION),
        ("c.md", PAGE),
    ] {
        std::fs::write(folder.path().join(path), text).expect("a file");
    }
    folder
}

/// The generated sources by path.
fn written(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(root).expect("below").to_string_lossy();
            let text = std::fs::read_to_string(&path).expect("text");
            files.insert(name.into_owned(), text);
        }
    }
    files
}

#[test]
fn a_recording_a_collection_and_a_page_are_one_crate_in_any_order_of_authority() {
    let folder = folder();
    let mut crates = Vec::new();
    for sources in [
        ["a.har", "b.postman.json", "c.md"],
        ["c.md", "a.har", "b.postman.json"],
        ["a.har", "c.md", "b.postman.json"],
    ] {
        let out = format!("out-{}", crates.len());
        let mut arguments = vec!["generate"];
        arguments.extend(sources);
        arguments.extend(["--name", "board", "--out", &out]);
        let output = letterpress(folder.path(), &arguments);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{stderr}");
        assert!(!stderr.contains("merge/different-apis"), "{stderr}");
        crates.push(written(&folder.path().join(out)));
    }
    let text = crates[0].values().cloned().collect::<String>();
    for expected in [
        "GET /boards/{board_id}",
        "DELETE /boards/{board_id}",
        "who made it",
        "colour",
    ] {
        assert!(text.contains(expected), "{expected}");
    }
    assert!(!text.contains("path: \"/boards/17\""), "one path");
    for other in &crates[1..] {
        assert_eq!(other, &crates[0]);
    }
}

#[test]
fn why_shows_what_is_stated_beside_what_was_seen() {
    let folder = folder();
    let output = letterpress(
        folder.path(),
        &["why", "a.har", "b.postman.json", "c.md", "Board.name"],
    );
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    let line = |parts: &[&str]| {
        let mut lines = stdout.lines();
        lines.any(|line| parts.iter().all(|part| line.contains(part)))
    };
    assert!(line(&["c.md:", ": text", ", stated"]), "{stdout}");
    assert!(
        line(&["a.har:", ": text", "\"Plans\"", "received"]),
        "{stdout}"
    );
}

const DESCRIPTION: &str = "openapi: 3.0.3
info: {title: Boards, version: '1'}
servers: [{url: 'https://api.board.example'}]
paths:
  /boards/{id}:
    get:
      operationId: getBoard
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses:
        '200':
          description: The board.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Board'}
components:
  schemas:
    Board:
      type: object
      required: [id]
      properties:
        id: {type: integer, readOnly: true}
        name: {type: boolean}
        owner: {type: string}
";

#[test]
fn a_description_counts_more_than_a_recording_wherever_it_is_listed() {
    let folder = folder();
    std::fs::write(folder.path().join("d.yaml"), DESCRIPTION).expect("a file");
    let mut crates = Vec::new();
    for sources in [["a.har", "d.yaml"], ["d.yaml", "a.har"]] {
        let out = format!("out-{}", crates.len());
        let mut arguments = vec!["generate"];
        arguments.extend(sources);
        arguments.extend(["--name", "board", "--out", &out]);
        let output = letterpress(folder.path(), &arguments);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{stderr}");
        let told = "`GET /boards/{id} response.200.name` is a string in a sample, and a boolean";
        assert!(
            stderr.contains("warning[merge/sample-contradicts]"),
            "{stderr}"
        );
        assert!(stderr.contains(told), "{stderr}");
        for place in ["a.har:", "d.yaml:"] {
            assert!(stderr.contains(place), "{stderr}");
        }
        crates.push(written(&folder.path().join(out)));
    }
    let board = &crates[0]["src/types/board.rs"];
    for expected in [
        "pub name: Option<bool>",
        "pub owner: Option<String>",
        "pub colour: Option<String>",
        "known from samples only",
    ] {
        assert!(board.contains(expected), "{expected}: {board}");
    }
    assert_eq!(crates[1], crates[0]);
}
