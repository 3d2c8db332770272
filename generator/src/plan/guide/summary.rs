//! The operations of a group to the table on its page.

use super::super::docs::Doc;
use super::super::module::Group;
use super::key_in_table;

/// How long a summary may be in a table, in characters.
const LONGEST: usize = 160;

/// What stands above a group's module: what it is about, and a table of its operations.
pub(in super::super) fn plan_group_docs(group: &Group) -> Doc {
    let mut docs = Doc::line(format!("Operations on {}.", group.access.title));
    if group.operations.is_empty() {
        return docs;
    }
    docs = docs.and("| Method | Operation | What it does |");
    docs.push("|---|---|---|");
    for operation in &group.operations {
        docs.push(format!(
            "| [`{method}`]({handle}::{method}) | {key} |{summary} |",
            method = operation.method.plain(),
            handle = group.access.handle.plain(),
            key = key_in_table(operation),
            summary = summary(&operation.docs),
        ));
    }
    docs
}

/// The first sentence of a text behind a blank, or nothing where it begins with something else than a sentence.
fn summary(docs: &Doc) -> String {
    let paragraph = docs.lines().iter().take_while(|line| !line.is_empty());
    let words: Vec<&str> = paragraph.map(|line| line.trim()).collect();
    let text = words.join(" ");
    if text.starts_with(['-', '*', '+', '#', '|', '`', '>']) {
        return String::new();
    }
    let mut ends: Vec<usize> = text.match_indices(". ").map(|(at, _)| at + 1).collect();
    ends.push(text.len());
    let sentence = ends.iter().filter_map(|end| text.get(..*end));
    let sentence = sentence.into_iter().find(|sentence| is_whole(sentence));
    match sentence {
        Some(sentence) if (1..=LONGEST).contains(&sentence.chars().count()) => {
            format!(" {}", in_cell(sentence))
        }
        _ => String::new(),
    }
}

/// Whether no code and no link is cut in two.
fn is_whole(text: &str) -> bool {
    let count = |c: char| text.matches(c).count();
    count('`').is_multiple_of(2) && count('[') == count(']') && count('(') == count(')')
}

/// Text of which no bar ends the cell.
fn in_cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    let mut escaped = false;
    for c in text.chars() {
        if c == '|' && !escaped {
            cell.push('\\');
        }
        escaped = c == '\\' && !escaped;
        cell.push(c);
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_a_whole_sentence() {
        let of = |text: &str| summary(&Doc::line(text));
        assert_eq!(of("Shows a user. Needs a token."), " Shows a user.");
        assert_eq!(of("Shows `a. b` of it. More."), " Shows `a. b` of it.");
        assert_eq!(of("One | two \\| three"), " One \\| two \\| three");
        assert_eq!(of("- a list"), "");
        assert_eq!(of(&"word ".repeat(60)), "");
    }
}
