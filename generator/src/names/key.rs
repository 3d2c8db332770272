//! Texts of a description to parts of the keys by which what is named is found again: in one line, and without doubt.

/// A name as a part of a key: as it is if it has letters, digits and a few marks only, else in quotation marks.
pub fn token(text: &str) -> String {
    let part = |c: char| c.is_alphanumeric() || "_-$@:+*/~".contains(c);
    if !text.is_empty() && text.chars().all(part) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            ' ' => quoted.push(' '),
            c if c.is_alphanumeric() => quoted.push(c),
            c => quoted.extend(c.escape_default()),
        }
    }
    quoted.push('"');
    quoted
}

/// A text that stays as it is, but for what would end a line or split it in another place.
pub fn plain(text: &str) -> String {
    let whole = |c: char| c.is_alphanumeric() || c == ' ' || c.is_ascii_punctuation();
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if whole(c) && c != '\\' => plain.push(c),
            c => plain.extend(c.escape_default()),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{plain, token};

    #[test]
    fn a_part_of_a_key_is_one_word_or_stands_in_quotation_marks() {
        for (text, expected) in [
            ("photo", "photo"),
            ("größe", "größe"),
            ("", r#""""#),
            ("a.b", r#""a.b""#),
            ("a b", r#""a b""#),
            ("a\"b\n", r#""a\"b\n""#),
            ("a = b", r#""a = b""#),
            ("\u{202e}x", r#""\u{202e}x""#),
        ] {
            assert_eq!(token(text), expected);
        }
    }

    #[test]
    fn an_operation_is_one_line() {
        assert_eq!(plain("GET /users/{}"), "GET /users/{}");
        assert_eq!(plain("GET /a\nb"), "GET /a\\nb");
        assert_eq!(plain("GET /a\\n"), "GET /a\\\\n");
    }
}
