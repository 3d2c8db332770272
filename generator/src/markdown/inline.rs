//! Markdown inside of a line to plain text: links become their text, marks of emphasis and escapes go.

/// The text that a reader sees.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let next = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\\' if next.starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.extend(next.chars().next());
                rest = next.get(1..).unwrap_or_default();
                continue;
            }
            '[' => {
                if let Some((inner, _, behind)) = link(rest) {
                    out.push_str(&unescaped(inner));
                    rest = behind;
                    continue;
                }
                out.push(c);
            }
            '*' | '`' => {}
            '<' => match tag(rest) {
                Some(behind) => {
                    rest = behind;
                    continue;
                }
                None => out.push(c),
            },
            '&' => match entity(rest) {
                Some((c, behind)) => {
                    out.push(c);
                    rest = behind;
                    continue;
                }
                None => out.push(c),
            },
            c => out.push(c),
        }
        rest = next;
    }
    out.trim().to_owned()
}

/// The first link in a text: what is shown, and where it leads.
pub(super) fn first_link(text: &str) -> Option<(&str, &str)> {
    links(text).next()
}

/// All links in a text.
pub(super) fn links(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find('[')?;
            rest = rest.get(at..)?;
            match link(rest) {
                Some((inner, target, behind)) => {
                    rest = behind;
                    return Some((inner, target));
                }
                None => rest = rest.get(1..)?,
            }
        }
    })
}

/// A text that begins with a link: what is shown, where it leads, and what follows.
pub(super) fn link(text: &str) -> Option<(&str, &str, &str)> {
    let inside = text.strip_prefix('[')?;
    // Nothing that is shown or linked to is longer, and without a bound many brackets would take long.
    let end = inside
        .char_indices()
        .take(400)
        .find(|(at, c)| *c == ']' && !inside.get(..*at).unwrap_or_default().ends_with('\\'))?;
    let inner = inside.get(..end.0)?;
    let behind = inside.get(end.0 + 1..)?.strip_prefix('(')?;
    let close = behind
        .char_indices()
        .take(2000)
        .find(|(_, c)| matches!(c, ')' | '\n'))?;
    let target = behind.get(..close.0)?;
    Some((inner, target, behind.get(close.0 + 1..)?))
}

fn unescaped(text: &str) -> String {
    text.replace('\\', "").replace(['*', '`'], "")
}

/// A tag of HTML such as `<br>`, and what follows it. `<id>` stands for a value and is none.
fn tag(text: &str) -> Option<&str> {
    const TAGS: [&str; 12] = [
        "br", "b", "i", "em", "strong", "code", "a", "p", "sup", "span", "sub", "small",
    ];
    let inside = text.strip_prefix('<')?;
    let end = inside.char_indices().take(200).find(|(_, c)| *c == '>')?.0;
    let name = inside.get(..end)?.trim_matches('/');
    let name = name.split([' ', '/']).next()?;
    (TAGS.contains(&name)).then(|| inside.get(end + 1..))?
}

fn entity(text: &str) -> Option<(char, &str)> {
    const ENTITIES: [(&str, char); 7] = [
        ("&#39;", '\''),
        ("&quot;", '"'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&amp;", '&'),
        ("&nbsp;", ' '),
        ("&#124;", '|'),
    ];
    ENTITIES
        .iter()
        .find_map(|(name, c)| Some((*c, text.strip_prefix(name)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_text_stays() {
        for (text, expected) in [
            ("**bold** and `code`", "bold and code"),
            ("/users/[\\{user.id\\}](/x#y)/a", "/users/{user.id}/a"),
            ("snake_case_name", "snake_case_name"),
            ("a [link](to) b [not] (a)", "a link b [not] (a)"),
            ("If &#39;true&#39;<br>then", "If 'true'then"),
            ("<id> stays", "<id> stays"),
            ("role[]", "role[]"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
        assert_eq!(first_link("an [a](b) [c](d)"), Some(("a", "b")));
        assert_eq!(links("[[a](b)").collect::<Vec<_>>(), [("[a", "b")]);
    }
}
