//! The text of a page to documentation: paragraphs whose code stood on lines of its own are whole again, links that lead
//! nowhere from here are text.

use super::inline;
use super::part::Prose;

/// A text without links that only mean something on the page.
pub(super) fn readable(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        match inline::link(from) {
            Some((shown, target, behind)) => {
                if target.starts_with("http") {
                    out.push_str(&format!("[{shown}]({target})"));
                } else {
                    out.push_str(shown);
                }
                rest = behind;
            }
            None => {
                out.push('[');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    let text = out.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The description that pieces of text make together, with lists under headings behind them.
pub(super) fn description(
    text: &[Prose<'_>],
    flat: bool,
    lists: &[(&str, &[&str])],
) -> Option<String> {
    let mut blocks = match flat {
        true => flat_blocks(text),
        false => blocks(text),
    };
    // Headings that nothing follows are about what is read elsewhere.
    while blocks
        .last()
        .is_some_and(|block| block.starts_with("#### "))
    {
        blocks.pop();
    }
    for (title, items) in lists {
        if items.is_empty() {
            continue;
        }
        blocks.push(format!("#### {title}"));
        let items: Vec<String> = items
            .iter()
            .filter_map(|item| Some(format!("- {}", readable(item)?)))
            .collect();
        blocks.push(items.join("\n"));
    }
    let text = blocks.join("\n\n");
    (!text.is_empty()).then_some(text)
}

/// The blocks of a page with marks of its own.
fn blocks(text: &[Prose<'_>]) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut open = false;
    let mut list = false;
    for piece in text {
        match piece {
            Prose::Break => open = false,
            Prose::Heading(title) => {
                if blocks
                    .last()
                    .is_some_and(|block| block.starts_with("#### "))
                {
                    blocks.pop();
                }
                blocks.push(format!("#### {}", inline::plain(title)));
                open = false;
            }
            Prose::Line(line) | Prose::Bullet(line) => {
                let bullet = matches!(piece, Prose::Bullet(_));
                let Some(line) = readable(line.trim_start_matches("> ")) else {
                    continue;
                };
                let line = if bullet { format!("- {line}") } else { line };
                match blocks.last_mut() {
                    Some(block) if open && (bullet == list || !bullet) => {
                        block.push('\n');
                        block.push_str(&line);
                    }
                    _ => {
                        blocks.push(line);
                        list = bullet;
                    }
                }
                open = true;
            }
        }
    }
    blocks
}

/// The blocks of a page that has lost its marks: a name alone on its line was code, a line of marks belongs to the line
/// before, and a short line between sentences was a heading.
fn flat_blocks(text: &[Prose<'_>]) -> Vec<String> {
    let lines: Vec<(&str, bool)> = text
        .iter()
        .filter_map(|piece| match piece {
            Prose::Line(line) | Prose::Heading(line) => Some((*line, false)),
            Prose::Bullet(line) => Some((*line, true)),
            Prose::Break => None,
        })
        .collect();
    let mut blocks: Vec<String> = Vec::new();
    // Whether the next line goes on with the sentence of the last block.
    let mut goes_on = false;
    for (index, (line, bullet)) in lines.iter().enumerate() {
        let next = lines.get(index + 1);
        if *bullet {
            let item = format!("- {line}");
            match blocks.last_mut() {
                Some(block) if block.starts_with("- ") => {
                    block.push('\n');
                    block.push_str(&item);
                }
                _ => blocks.push(item),
            }
            goes_on = !ends_sentence(line);
            continue;
        }
        let marks = line.chars().all(|c| c.is_ascii_punctuation());
        if let Some(block) = blocks.last_mut()
            && !block.starts_with("#### ")
        {
            if marks {
                block.push_str(line);
                goes_on = !ends_sentence(line);
                continue;
            }
            if is_code(line) && goes_on {
                block.push_str(&format!(" `{line}`"));
                continue;
            }
            let small = line.starts_with(|c: char| c.is_lowercase() || c == '(');
            if goes_on || small {
                block.push(' ');
                block.push_str(line);
                goes_on = !ends_sentence(line);
                continue;
            }
        }
        let heading = line.chars().count() <= 60
            && line.starts_with(|c: char| c.is_uppercase())
            && !ends_sentence(line)
            && !line.ends_with([',', ':'])
            && next.is_some_and(|(next, bullet)| {
                *bullet || next.starts_with(|c: char| c.is_uppercase() || c == '{' || c == '-')
            });
        if heading {
            blocks.push(format!("#### {line}"));
            goes_on = false;
        } else {
            blocks.push(match is_code(line) {
                true => format!("`{line}`"),
                false => (*line).to_owned(),
            });
            goes_on = !ends_sentence(line);
        }
    }
    blocks
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', ':', ')'])
}

/// Words of sentences that lines consist of, too.
const WORDS: [&str; 16] = [
    "a",
    "an",
    "and",
    "attribute",
    "for",
    "field",
    "in",
    "is",
    "object",
    "of",
    "or",
    "parameter",
    "property",
    "the",
    "to",
    "value",
];

/// A name alone: small letters with the marks of code.
fn is_code(line: &str) -> bool {
    line.len() <= 60
        && line.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && line
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '[' | ']' | '.' | '-'))
        && !line.ends_with('.')
        && !WORDS.contains(&line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_that_stood_on_its_own_lines_is_put_back() {
        let text = [
            "Returns an array of users whose name starts with the value specified in the",
            "name",
            "parameter.",
            "It only returns users.",
            "The endpoint returns an authenticity_token",
            ".",
            "Properties such as email",
            "and",
            "phone",
            ",",
            "are null.",
            "User role",
            "If you do not",
            "role",
            "it is end user.",
        ];
        let text: Vec<Prose<'_>> = text.into_iter().map(Prose::Line).collect();
        assert_eq!(
            description(&text, true, &[("Allowed for", &["Agents"])]).expect("a text"),
            "Returns an array of users whose name starts with the value specified in the `name` parameter.\n\n\
             It only returns users.\n\n\
             The endpoint returns an authenticity_token.\n\n\
             Properties such as email and `phone`, are null.\n\n\
             #### User role\n\n\
             If you do not `role` it is end user.\n\n\
             #### Allowed for\n\n\
             - Agents"
        );
    }

    #[test]
    fn marked_text_keeps_its_blocks() {
        let text = [
            Prose::Line("Gets [a user](/x)."),
            Prose::Line("Or [none](https://example.com)."),
            Prose::Break,
            Prose::Heading("Empty"),
            Prose::Heading("Limits"),
            Prose::Bullet("one"),
            Prose::Bullet("two"),
            Prose::Break,
            Prose::Heading("End"),
        ];
        assert_eq!(
            description(&text, false, &[]).expect("a text"),
            "Gets a user.\nOr [none](https://example.com).\n\n#### Limits\n\n- one\n- two"
        );
        assert_eq!(readable(" [x] "), Some("[x]".to_owned()));
        assert_eq!(readable("  "), None);
    }
}
