//! Spells names in one way, so that they can be looked up: `nextPageToken` and `page[after]` as words.

/// The words of a name in small letters, with a `_` between them.
pub(super) fn plain(name: &str) -> String {
    let mut out = String::new();
    let mut before = None;
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        if !character.is_alphanumeric() {
            before = None;
            continue;
        }
        // `nextURL` and `URLNext` are two words each.
        let small_next = characters.peek().is_some_and(|next| next.is_lowercase());
        let begins = match before {
            None => true,
            Some(before) if character.is_uppercase() => !char::is_uppercase(before) || small_next,
            Some(_) => false,
        };
        if begins && !out.is_empty() {
            out.push('_');
        }
        out.extend(character.to_lowercase());
        before = Some(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names() {
        for (name, expected) in [
            ("nextPageToken", "next_page_token"),
            ("next_page_token", "next_page_token"),
            ("page[after]", "page_after"),
            ("@odata.nextLink", "odata_next_link"),
            ("$skiptoken", "skiptoken"),
            ("nextURL", "next_url"),
            ("URLNext", "url_next"),
            ("X-Next-Page", "x_next_page"),
            ("", ""),
        ] {
            assert_eq!(plain(name), expected, "{name}");
        }
    }
}
