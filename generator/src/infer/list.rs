//! Values of a parameter that are lists in one text to the style that they have, and to their elements.

use crate::model::Style;
use crate::origin::Origin;

/// The first style in which every value can be read and one is a list, with the elements of all of them. Nothing without a
/// value. What a placeholder looks like, the reader of the source knows.
pub fn split_list(
    values: &[&(String, Origin)],
    marks: &[(Style, &str)],
    is_placeholder: fn(&str) -> bool,
) -> Option<(Style, Vec<(String, Origin)>)> {
    marks.iter().find_map(|(style, mark)| {
        let mut elements = Vec::new();
        let mut lists = 0;
        let all = values.iter().all(|(value, origin)| {
            let parts: Vec<&str> = value.split(mark).collect();
            lists += usize::from(parts.len() > 1);
            elements.extend(parts.iter().map(|part| ((*part).to_owned(), *origin)));
            is_list(&parts, is_placeholder)
        });
        (all && lists > 0).then_some((*style, elements))
    })
}

/// Whether the parts of a text look like the elements of a list, and not like a sentence or a pair of coordinates.
fn is_list(parts: &[&str], is_placeholder: fn(&str) -> bool) -> bool {
    let word = |part: &&str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
    };
    parts.iter().all(|part| is_placeholder(part))
        || parts.iter().all(|part| part.parse::<i64>().is_ok())
        || parts.iter().all(word)
}
