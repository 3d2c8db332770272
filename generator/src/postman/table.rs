//! Tables in descriptions that declare parameters, as postman-to-openapi reads them, to rows.

use crate::model::{Location, Shape, StringFormat};

/// The line behind which such a table stands; what stands behind it is for programs.
const MARK: &str = "# postman-to-openapi";

/// A row of a table: a parameter that a person described.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) location: Location,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) required: bool,
    /// What may be sent, where the row says so.
    pub(super) shape: Option<Shape>,
    pub(super) example: Option<String>,
}

/// The text for people in front of the tables.
pub(super) fn prose(text: &str) -> &str {
    match find(text) {
        Some(at) => text.get(..at).unwrap_or_default().trim_end(),
        None => text,
    }
}

fn find(text: &str) -> Option<usize> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().eq_ignore_ascii_case(MARK) {
            return Some(offset);
        }
        offset += line.len();
    }
    None
}

/// The rows of the tables behind the mark. A line that is no row, or has no place or name, is passed over.
pub(super) fn rows(text: &str) -> Vec<Row> {
    let Some(at) = find(text) else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    let mut header: Option<Vec<String>> = None;
    for line in text.get(at..).unwrap_or_default().lines().skip(1) {
        let Some(cells) = cells(line) else {
            header = None;
            continue;
        };
        let Some(names) = &header else {
            header = Some(cells.iter().map(|cell| cell.to_ascii_lowercase()).collect());
            continue;
        };
        if cells
            .iter()
            .all(|cell| cell.bytes().all(|b| matches!(b, b'-' | b':' | b' ')))
        {
            continue;
        }
        let cell = |name: &str| {
            let at = names.iter().position(|known| known == name)?;
            cells
                .get(at)
                .map(String::as_str)
                .filter(|cell| !cell.is_empty())
        };
        let location = match cell("object").unwrap_or_default() {
            "query" => Location::Query,
            "path" => Location::Path,
            "header" => Location::Header,
            _ => continue,
        };
        let Some(name) = cell("name") else { continue };
        rows.push(Row {
            location,
            name: name.to_owned(),
            description: cell("description").map(str::to_owned),
            required: cell("required").is_some_and(|text| text.eq_ignore_ascii_case("true")),
            shape: cell("type").and_then(shape),
            example: cell("example").map(str::to_owned),
        });
    }
    rows
}

/// The cells of a line of a table.
fn cells(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    if !line.contains('|') {
        return None;
    }
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        match c {
            '|' if !escaped => cells.push(String::new()),
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            c => {
                if let Some(cell) = cells.last_mut() {
                    if escaped && c != '|' {
                        cell.push('\\');
                    }
                    cell.push(c);
                }
            }
        }
        escaped = false;
    }
    Some(cells.iter().map(|cell| cell.trim().to_owned()).collect())
}

fn shape(word: &str) -> Option<Shape> {
    Some(match word.to_ascii_lowercase().as_str() {
        "string" => Shape::String(StringFormat::Plain),
        "integer" | "int" => Shape::Integer { unsigned: false },
        "number" | "float" => Shape::Number,
        "boolean" | "bool" => Shape::Boolean,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_behind_the_mark_are_read() {
        let text = "Gets users.\n\n| a | b |\n|---|---|\n| x | y |\n\n# postman-to-openapi\n\n| object | name | description | required | type | example |\n|--------|------|:-----------|----|---|---|\n| query | age | Either \\| or | true | integer | 12 |\n| path | user_id | | | string | |\n| cookie | c | | | | |\n";
        assert_eq!(
            prose(text),
            "Gets users.\n\n| a | b |\n|---|---|\n| x | y |"
        );
        assert_eq!(
            rows(text),
            [
                Row {
                    location: Location::Query,
                    name: "age".to_owned(),
                    description: Some("Either | or".to_owned()),
                    required: true,
                    shape: Some(Shape::Integer { unsigned: false }),
                    example: Some("12".to_owned()),
                },
                Row {
                    location: Location::Path,
                    name: "user_id".to_owned(),
                    description: None,
                    required: false,
                    shape: Some(Shape::String(StringFormat::Plain)),
                    example: None,
                }
            ]
        );
        assert!(rows("| object | name |\n|---|---|\n| query | a |").is_empty());
        assert_eq!(prose("a"), "a");
    }
}
