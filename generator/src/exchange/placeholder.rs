//! Text that stands for a value that the reader puts in: `{id}`, `{{id}}`, `<id>`, `:id`, `YOUR_API_KEY`, `...`.

/// Whether a whole text stands for a value and is none.
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty()
        || text
            .chars()
            .all(|c| matches!(c, '.' | '…' | '*' | 'x' | 'X'))
    {
        return true;
    }
    whole(text).is_some() || is_shouted(text) || is_your(text)
}

/// The name that a whole text stands for.
pub(super) fn whole(text: &str) -> Option<&str> {
    match at(text) {
        Some((name, "")) => Some(name),
        _ => None,
    }
}

/// The name that a text begins to stand for, and what follows: `{id}.json` is `id` and `.json`.
pub(super) fn at(text: &str) -> Option<(&str, &str)> {
    for (open, close) in [("{{", "}}"), ("${", "}"), ("{", "}"), ("<", ">")] {
        let Some(inside) = text.strip_prefix(open) else {
            continue;
        };
        let end = inside.find(['{', '}', '<', '>', '/', '?', '"', '\n'])?;
        let name = inside.get(..end)?.trim();
        let after = inside.get(end..)?.strip_prefix(close)?;
        return (!name.is_empty() && name.len() <= 100).then_some((name, after));
    }
    None
}

/// Words in capitals with a mark between them, or one that says what it is: `USER_ID`, `ACCOUNT-ID`, `TOKEN`.
pub(super) fn is_shouted(text: &str) -> bool {
    let marks = text.contains(['_', '-']);
    let word = ["ID", "TOKEN", "KEY", "SECRET", "PASSWORD", "UUID", "APIKEY"].contains(&text);
    text.len() >= 2
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
        // `A-100` is a code, `USER_ID` is a name.
        && ((marks && !text.bytes().any(|b| b.is_ascii_digit())) || word)
}

fn is_your(text: &str) -> bool {
    let lower: String = text
        .chars()
        .take(6)
        .collect::<String>()
        .to_ascii_lowercase();
    ["your_", "your-", "your ", "my_api", "my-api"]
        .iter()
        .any(|start| lower.starts_with(start))
}
