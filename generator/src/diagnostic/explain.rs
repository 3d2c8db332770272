//! Codes to pages that say what they mean, with an example, and what to do.

use super::Code;

/// Code, example and way out, a line each.
const TEXTS: &str = include_str!("explain.tsv");

/// What a code means, as text with lines that fit a terminal; nothing if there is no such code.
pub fn explain(code: &str) -> Option<String> {
    let entry = find(code)?;
    let (example, remedy) = text(entry)?;
    let mut page = format!("{}[{entry}]\n\n", entry.severity().as_str());
    for (title, text) in [
        ("What it means", entry.explanation()),
        ("For example", example),
        ("What to do", remedy),
    ] {
        page.push_str(title);
        page.push('\n');
        for line in wrapped(text) {
            page.push_str(&format!("    {line}\n"));
        }
        page.push('\n');
    }
    page.pop();
    Some(page)
}

/// The codes that are spelled most like a text, the nearest first.
pub fn near(code: &str) -> Vec<&'static str> {
    const SHOWN: usize = 3;
    let mut near: Vec<(usize, &str)> = Code::all()
        .map(|entry| (distance(code, entry.as_str()), entry.as_str()))
        .collect();
    near.sort_unstable();
    near.into_iter().take(SHOWN).map(|(_, code)| code).collect()
}

fn find(code: &str) -> Option<Code> {
    let code = code.trim().trim_matches(['[', ']', '`']);
    Code::all().find(|entry| entry.as_str() == code)
}

/// Example and way out of a code.
fn text(entry: Code) -> Option<(&'static str, &'static str)> {
    let mut lines = TEXTS.lines().map(|line| line.split('\t'));
    lines.find_map(|mut parts| {
        let (code, example, remedy) = (parts.next()?, parts.next()?, parts.next()?);
        (code == entry.as_str()).then_some((example, remedy))
    })
}

/// A text in lines of at most so many characters as read well.
fn wrapped(text: &str) -> Vec<String> {
    const WIDTH: usize = 88;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// How many letters have to be put in, taken out or changed to make one text the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, letter) in a.chars().enumerate() {
        let mut before = at;
        let mut left = at + 1;
        let mut next = vec![left];
        for (above, other) in row.iter().skip(1).zip(&b) {
            let same = before + usize::from(*other != letter);
            left = same.min(left + 1).min(above + 1);
            next.push(left);
            before = *above;
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{TEXTS, distance, explain, near};
    use crate::diagnostic::code::Code;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_is_explained_and_nothing_else() {
        let codes: BTreeSet<&str> = Code::all().map(Code::as_str).collect();
        let mut explained = BTreeSet::new();
        for line in TEXTS.lines() {
            let parts: Vec<&str> = line.split('\t').collect();
            let [code, example, remedy] = parts.as_slice() else {
                panic!("{line}: code, example and what to do");
            };
            assert!(explained.insert(*code), "{code} stands twice");
            assert!(example.len() > 3, "{code} has no example");
            assert!(
                remedy.ends_with('.') && remedy.contains(' '),
                "{code}: {remedy}"
            );
        }
        let missing: Vec<_> = codes.difference(&explained).collect();
        let strange: Vec<_> = explained.difference(&codes).collect();
        assert!(
            missing.is_empty() && strange.is_empty(),
            "missing {missing:?}, strange {strange:?}"
        );
    }

    #[test]
    fn a_page_says_what_to_do() {
        let page = explain("json/duplicate-key").expect("a page");
        assert_eq!(
            page,
            "error[json/duplicate-key]\n\n\
             What it means\n    An object names a member twice; readers disagree about which one counts.\n\n\
             For example\n    {\"id\": 1, \"id\": 2}\n\n\
             What to do\n    Remove one of the two members.\n"
        );
        assert_eq!(explain("[json/duplicate-key]"), Some(page));
        assert_eq!(explain("json/nothing"), None);
    }

    #[test]
    fn what_is_spelled_wrong_is_found() {
        assert_eq!(
            near("openapi/referense").first(),
            Some(&"openapi/reference")
        );
        assert_eq!(near("json/sintax").first(), Some(&"json/syntax"));
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
