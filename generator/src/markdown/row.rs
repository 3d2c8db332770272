//! Items of lists that describe a member or a parameter as a row of a table would: `- **name** (*string*, required) – text`.

use super::cell;
use super::inline;
use super::table::Row;
use crate::origin::Origin;

/// Reads an item of a list. Nothing if it is plain text.
pub(super) fn bullet(text: &str, origin: Origin, line: usize) -> Option<Row> {
    let (marked, rest) = ["**", "`"].iter().find_map(|mark| {
        let inside = text.strip_prefix(mark)?;
        inside.split_once(mark)
    })?;
    let name = cell::name(marked)?;
    if !cell::is_identifier(&name.text) {
        return None;
    }
    let rest = rest.trim_start();
    let mut kind = None;
    let mut required = None;
    let mut rest = rest.trim_start_matches([':', '–', '—', '-']).trim_start();
    if let Some((inner, behind)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        for word in inner.split(',').map(inline::plain) {
            match cell::yes_or_no(&word) {
                Some(answer) if !word.is_empty() => required = Some(answer),
                _ => kind = kind.or_else(|| cell::read_type(&word).map(Ok)),
            }
        }
        rest = behind;
    }
    // An item that begins with code and goes on in words is a sentence.
    if kind.is_none() && required.is_none() {
        return None;
    }
    Some(Row {
        name: Some(name),
        kind,
        location: None,
        required,
        read_only: None,
        description: rest
            .trim_start_matches([':', '–', '—', '-', ' '])
            .to_owned(),
        default: None,
        values: None,
        origin,
        line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StringFormat;

    #[test]
    fn items_may_be_rows() {
        let row = bullet(
            "**name** (*string*, required) – The name",
            Origin::default(),
            3,
        )
        .expect("a row");
        assert_eq!(row.name.as_ref().map(|n| n.text.as_str()), Some("name"));
        assert_eq!(row.kind, Some(Ok(cell::Type::String(StringFormat::Plain))));
        assert_eq!(row.required, Some(true));
        assert_eq!(row.description, "The name");
        assert!(bullet("`id` (integer): The id", Origin::default(), 0).is_some());
        for text in [
            "Agents",
            "**Note** that",
            "`id` is the id",
            "**Two words** (string)",
        ] {
            assert!(bullet(text, Origin::default(), 0).is_none(), "{text}");
        }
    }
}
