//! Tables to rows: what each column says is told by its head, else by what stands in it.

use super::cell::{self, Name, Type};
use super::inline;
use super::line::{Class, Lines};
use crate::model::Location;
use crate::origin::Origin;

/// A table as it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table<'t> {
    /// The cells of its head.
    pub head: Vec<&'t str>,
    /// The cells of each row, and the number of its line.
    pub rows: Vec<(usize, Vec<&'t str>)>,
    pub origin: Origin,
}

/// What the cells of a column say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Type,
    In,
    Required,
    Optional,
    ReadOnly,
    Description,
    Default,
    Values,
    Nothing,
}

/// A row that describes a member or a parameter.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Nothing if the cell is lost.
    pub name: Option<Name>,
    /// Nothing if there is no such cell; the text, if its words mean nothing.
    pub kind: Option<Result<Type, String>>,
    pub location: Option<Location>,
    pub required: Option<bool>,
    pub read_only: Option<bool>,
    /// As it stands.
    pub description: String,
    pub default: Option<String>,
    /// A list of all values, if a column has one.
    pub values: Option<String>,
    pub origin: Origin,
    /// The number of its line.
    pub line: usize,
}

/// The table whose head stands on a line, and the line behind its end.
pub(super) fn read<'t>(lines: &Lines<'t>, at: usize) -> Option<(Table<'t>, usize)> {
    let head = lines.get(at).filter(|l| l.class == Class::TableRow)?;
    lines.get(at + 1).filter(|l| l.class == Class::TableRule)?;
    let mut rows = Vec::new();
    let mut next = at + 2;
    while let Some(line) = lines.get(next).filter(|l| l.class == Class::TableRow) {
        rows.push((next, cells(line.text)));
        next += 1;
    }
    let table = Table {
        head: cells(head.text),
        rows,
        origin: lines.span(at, next - 1),
    };
    Some((table, next))
}

/// The cells of a line. Bars at its ends may be absent; a bar behind `\`, or in a code span, is text.
pub(super) fn cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = Vec::new();
    let mut begin = 0;
    let mut escaped = false;
    let mut code = false;
    for (at, c) in line.char_indices() {
        match c {
            '|' if !escaped && !code => {
                cells.push(line.get(begin..at).unwrap_or_default().trim());
                begin = at + 1;
            }
            // A code span that does not end in this cell is none.
            '`' if !escaped => {
                let rest = line.get(at + 1..).unwrap_or_default();
                code = !code
                    && rest
                        .split(" |")
                        .next()
                        .is_some_and(|cell| cell.contains('`'));
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    let last = line.get(begin..).unwrap_or_default().trim();
    if !last.is_empty() || begin == 0 {
        cells.push(last);
    }
    cells
}

impl Table<'_> {
    /// What the columns say, by their heads; where a head is unknown, by the cells below it.
    pub fn columns(&self) -> Vec<Column> {
        let mut columns: Vec<Column> = self.head.iter().map(|head| by_head(head)).collect();
        // That a column has types makes another one that of names, and only beside names is one of requirements.
        for index in [0, 1, 2].into_iter().flat_map(|_| 0..self.head.len()) {
            if columns.get(index) == Some(&Column::Nothing)
                && let Some(found) = self.by_content(index, &columns)
                && let Some(column) = columns.get_mut(index)
            {
                *column = found;
            }
        }
        columns
    }

    /// Whether four of five cells of a column are of a kind.
    fn by_content(&self, index: usize, known: &[Column]) -> Option<Column> {
        let free = |column: Column| !known.contains(&column);
        let cells: Vec<&str> = self
            .rows
            .iter()
            .map(|(_, cells)| cells.get(index).copied().unwrap_or_default())
            .collect();
        let most = |fits: &dyn Fn(&str) -> bool| {
            let count = cells.iter().filter(|cell| fits(cell)).count();
            !cells.is_empty() && count * 5 >= cells.len() * 4
        };
        if free(Column::Type) && most(&cell::is_type_word) {
            return Some(Column::Type);
        }
        let bare = |cell: &str| !cell.is_empty() && cell::yes_or_no(cell).is_some();
        if free(Column::Required) && known.contains(&Column::Name) && most(&bare) {
            return Some(Column::Required);
        }
        let distinct: std::collections::BTreeSet<&&str> = cells.iter().collect();
        let head = self.head.get(index).copied().unwrap_or_default();
        if free(Column::Name)
            && index == 0
            && (head.is_empty() || self.head.len() > 1 && known.contains(&Column::Type))
            && distinct.len() == cells.len()
            && most(&|cell| cell::name(cell).is_some_and(|name| cell::is_identifier(&name.text)))
        {
            return Some(Column::Name);
        }
        None
    }

    /// The rows as descriptions of members or parameters; nothing if no column names them.
    pub fn described(&self, lines: &Lines<'_>) -> Option<Vec<Row>> {
        let columns = self.columns();
        columns.contains(&Column::Name).then_some(())?;
        let typed = columns.iter().any(|c| {
            matches!(
                c,
                Column::Type | Column::In | Column::Required | Column::Description
            )
        });
        typed.then_some(())?;
        let rows = self
            .rows
            .iter()
            .filter_map(|(line, cells)| row(&columns, cells, *line, lines))
            .collect();
        Some(rows)
    }
}

fn row(columns: &[Column], cells: &[&str], line: usize, lines: &Lines<'_>) -> Option<Row> {
    let at = |column: Column| columns.iter().position(|known| *known == column);
    let cell = |column: Column, shift: usize| {
        let index = at(column)?.checked_sub(shift)?;
        cells.get(index).copied()
    };
    let lost = is_shifted(columns, cells);
    let shift = usize::from(lost);
    let named = if lost {
        None
    } else {
        Some(cell::name(cell(Column::Name, 0)?)?)
    };
    let kind = cell(Column::Type, shift)
        .filter(|cell| !cell.is_empty())
        .map(|cell| cell::read_type(cell).ok_or_else(|| cell.to_owned()));
    let required = cell(Column::Required, shift)
        .and_then(cell::yes_or_no)
        .or_else(|| Some(!cell::yes_or_no(cell(Column::Optional, shift)?)?));
    let description = cell(Column::Description, shift).unwrap_or_default();
    // `[optional]` in a column of notes.
    let noted = cells.last().and_then(|cell| match cell.trim() {
        "[optional]" => Some(false),
        "[required]" => Some(true),
        _ => None,
    });
    Some(Row {
        name: named,
        kind,
        location: cell(Column::In, shift).and_then(location),
        required: required.or(noted),
        read_only: cell(Column::ReadOnly, shift).and_then(cell::yes_or_no),
        description: description.to_owned(),
        default: cell(Column::Default, shift)
            .map(inline::plain)
            .filter(|text| !text.is_empty() && text != "-"),
        values: cell(Column::Values, shift)
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
        origin: lines.origin(line),
        line,
    })
}

/// Whether the name of a row is lost and all its cells stand one column too far left: a type stands where the name should,
/// and `true` or `false` where the type should. The number of cells does not tell, since an empty one may stand at the end.
fn is_shifted(columns: &[Column], cells: &[&str]) -> bool {
    let at = |column: Column| columns.iter().position(|known| *known == column);
    let (Some(name), Some(kind)) = (at(Column::Name), at(Column::Type)) else {
        return false;
    };
    let word = cells.get(name).is_some_and(|cell| cell::is_type_word(cell));
    let answer = cells.get(kind).is_some_and(|cell| {
        !cell.is_empty() && !cell::is_type_word(cell) && cell::yes_or_no(cell).is_some()
    });
    name + 1 == kind && word && answer
}

fn location(cell: &str) -> Option<Location> {
    match inline::plain(cell).to_lowercase().as_str() {
        "path" | "url" | "uri" => Some(Location::Path),
        "query" | "querystring" | "query string" => Some(Location::Query),
        "header" => Some(Location::Header),
        "cookie" => Some(Location::Cookie),
        _ => None,
    }
}

fn by_head(head: &str) -> Column {
    let text = inline::plain(head).to_lowercase();
    match text.trim().trim_end_matches(['?', ':']) {
        "name" | "field" | "attribute" | "parameter" | "property" | "key" | "argument"
        | "field name" | "param" | "parameters" | "attributes" | "fields" => Column::Name,
        "type" | "data type" | "datatype" => Column::Type,
        "in" | "location" | "param type" | "parameter type" | "where" => Column::In,
        "required" | "mandatory" => Column::Required,
        "optional" => Column::Optional,
        "read-only" | "readonly" | "read only" => Column::ReadOnly,
        "description" | "comment" | "comments" | "details" | "meaning" => Column::Description,
        "default" | "default value" => Column::Default,
        "values" | "allowed values" | "options" | "enum" | "possible values" => Column::Values,
        _ => Column::Nothing,
    }
}

/// The statuses of a table that lists them, with their texts.
pub(super) fn statuses(table: &Table<'_>) -> Option<Vec<(u16, String)>> {
    let head = inline::plain(table.head.first()?).to_lowercase();
    let head = head.trim();
    let listed = matches!(
        head,
        "status" | "status code" | "code" | "http code" | "http status" | "http status code"
    );
    if !listed {
        return None;
    }
    let rows: Vec<(u16, String)> = table
        .rows
        .iter()
        .filter_map(|(_, cells)| {
            let code = inline::plain(cells.first()?);
            let code: u16 = code.get(..3)?.parse().ok()?;
            let text = cells.get(1).map(|cell| inline::plain(cell));
            (100..600)
                .contains(&code)
                .then(|| (code, text.unwrap_or_default()))
        })
        .collect();
    (!rows.is_empty()).then_some(rows)
}

/// The values of a table that lists them: `Value | Name`, and the word for each.
pub(super) fn values(table: &Table<'_>) -> Option<Vec<(String, Option<String>)>> {
    let head: Vec<String> = table
        .head
        .iter()
        .map(|head| inline::plain(head).to_lowercase())
        .collect();
    let value = head.iter().position(|head| head == "value")?;
    let name = head
        .iter()
        .position(|head| head == "name" || head == "type");
    let rows: Vec<(String, Option<String>)> = table
        .rows
        .iter()
        .filter_map(|(_, cells)| {
            let text = cell::name(cells.get(value)?)?.text;
            let name = name.and_then(|at| cells.get(at));
            let name = name.map(|cell| inline::plain(cell).trim_end_matches(['*', ' ']).to_owned());
            Some((text, name.filter(|name| !name.is_empty())))
        })
        .collect();
    (rows.len() >= 2 && rows.len() == table.rows.len()).then_some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::FileId;

    fn table(text: &str) -> (Vec<Column>, Option<Vec<Row>>) {
        let lines = Lines::of(FileId(0), text);
        let (table, next) = read(&lines, 0).expect("a table");
        assert_eq!(next, lines.list.len());
        (table.columns(), table.described(&lines))
    }

    #[test]
    fn cells_keep_bars_in_code_and_behind_escapes() {
        assert_eq!(
            cells("| a | b \\| c | `d|e` | |"),
            ["a", "b \\| c", "`d|e`", ""]
        );
        assert_eq!(cells("a | b"), ["a", "b"]);
        assert_eq!(cells("string | false | | |"), ["string", "false", "", ""]);
        assert_eq!(cells("|`|"), ["`"]);
        assert_eq!(cells("a"), ["a"]);
    }

    #[test]
    fn columns_are_told_by_their_heads() {
        let (columns, rows) = table(
            "Name | Type | Read-only | Mandatory | Comment |\n---|---|---|---|---|\nid | integer | yes | no | The id |\nphoto | Attachment | no | no | |",
        );
        use Column::*;
        assert_eq!(columns, [Name, Type, ReadOnly, Required, Description]);
        let rows = rows.expect("rows");
        assert_eq!(rows[0].read_only, Some(true));
        assert_eq!(rows[0].required, Some(false));
        assert_eq!(
            rows[1].kind,
            Some(Ok(super::Type::Named("Attachment".to_owned(), false)))
        );
    }

    #[test]
    fn columns_without_a_known_head_are_told_by_their_cells() {
        let (columns, _) = table(
            "What | Kind | Needed | About\n---|---|---|---\n`a` | string | yes | Text\n`b` | integer | no | Text",
        );
        use Column::*;
        assert_eq!(columns, [Name, Type, Required, Nothing]);
        let (columns, rows) = table(
            "Rate Limits | Scopes | Interval |\n---|---|---|\nStandard | Account | 1 second |",
        );
        assert_eq!(columns, [Nothing, Nothing, Nothing]);
        assert_eq!(rows, None);
    }

    #[test]
    fn a_row_without_its_name_is_told_by_its_types() {
        let text = "Name | Type | Read-only | Mandatory | Description |\n---|---|---|---|---|\nid | integer | true | false | Id |\nstring | false | false | The primary email address | |\ntype | string | false | true | Kind |";
        let (_, rows) = table(text);
        let rows = rows.expect("rows");
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1].name, None);
        assert_eq!(rows[1].read_only, Some(false));
        assert_eq!(rows[1].required, Some(false));
        assert_eq!(rows[1].description, "The primary email address");
        assert_eq!(rows[2].name.as_ref().map(|n| n.text.as_str()), Some("type"));
    }

    #[test]
    fn statuses_and_values_are_tables_of_their_own() {
        let lines = Lines::of(
            FileId(0),
            "| Status code | Description | Headers |\n|---|---|---|\n**200** | OK | - |\n**401** | Unauthorized | - |",
        );
        let (found, _) = read(&lines, 0).expect("a table");
        assert_eq!(
            statuses(&found),
            Some(vec![
                (200, "OK".to_owned()),
                (401, "Unauthorized".to_owned())
            ])
        );
        let lines = Lines::of(
            FileId(0),
            "| Value | Name |\n|---|---|\n| 0 | None |\n| skype * | Skype |",
        );
        let (found, _) = read(&lines, 0).expect("a table");
        assert_eq!(
            values(&found),
            Some(vec![
                ("0".to_owned(), Some("None".to_owned())),
                ("skype".to_owned(), Some("Skype".to_owned()))
            ])
        );
        assert_eq!(statuses(&found), None);
    }
}
