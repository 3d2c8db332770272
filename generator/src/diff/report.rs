//! Changes to what is read: text for a terminal, Markdown for a pull request, JSON and SARIF for programs.

mod sarif;

pub use sarif::sarif;

use super::kind::Class;
use super::{Change, Difference, Hint};
use crate::plan::docs::shown;
use serde::Serialize;

/// The version of the JSON format. It counts up where a reader of before would misunderstand what is written now.
const FORMAT: u32 = 1;

/// `2 breaking, 1 behaviour, 3 additions`.
fn counts(difference: &Difference) -> String {
    let one = |class: Class| {
        let count = difference.count(class);
        let word = match (class, count) {
            (Class::Addition, 1) => "addition",
            (Class::Addition, _) => "additions",
            (class, _) => class.as_str(),
        };
        (count > 0).then(|| format!("{count} {word}"))
    };
    let all: Vec<String> = Class::ALL.into_iter().filter_map(one).collect();
    match all.is_empty() {
        true => "no change".to_owned(),
        false => all.join(", "),
    }
}

/// What version the changes ask for, as the end of a sentence.
fn asked(difference: &Difference) -> String {
    let (old, next) = (&difference.old_version, difference.asked_version());
    match difference.class() {
        None => format!("the version stays {old}"),
        Some(_) => format!("after {old} comes {next}"),
    }
}

fn places(change: &Change) -> String {
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!("{old} → {new}"),
        (Some(old), None) => format!("was at {old}"),
        (None, Some(new)) => format!("at {new}"),
        (None, None) => String::new(),
    }
}

/// The changes as text for a terminal.
pub fn text(differences: &[Difference]) -> String {
    let mut text = String::new();
    for difference in differences {
        text.push_str(&format!(
            "{}: {}; {}\n",
            difference.name,
            counts(difference),
            asked(difference)
        ));
        for class in Class::ALL {
            let changes = difference.changes.iter();
            for change in changes.filter(|change| change.class == class) {
                text.push_str(&format!(
                    "\n{}[{}]: {}: {}\n",
                    class.as_str(),
                    change.kind,
                    change.subject,
                    change.message
                ));
                let places = places(change);
                if !places.is_empty() {
                    text.push_str(&format!("  {places}\n"));
                }
                if let Some(hint) = &change.hint {
                    text.push_str(&format!("  {}\n    - {}\n", hint.text, hint.before));
                    if !hint.after.is_empty() {
                        text.push_str(&format!("    + {}\n", hint.after));
                    }
                }
            }
        }
    }
    shown(&text)
}

/// The changes as Markdown for a pull request: a line that sums up, then the worst first.
pub fn markdown(differences: &[Difference]) -> String {
    let mut text = String::new();
    for difference in differences {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!(
            "**`{}`**: {}; {}.\n",
            difference.name,
            counts(difference),
            asked(difference)
        ));
        text.push_str(&sections(difference, 3, true));
    }
    shown(&text)
}

/// The changes as sections of Markdown, one a class.
pub(super) fn sections(difference: &Difference, level: usize, with_places: bool) -> String {
    let mut text = String::new();
    for class in Class::ALL {
        let changes = difference.changes.iter();
        let mut changes = changes.filter(|change| change.class == class).peekable();
        if changes.peek().is_none() {
            continue;
        }
        text.push_str(&format!("\n{} {}\n\n", "#".repeat(level), class.heading()));
        if class == Class::Docs {
            text.push_str(&texts(changes));
            continue;
        }
        for change in changes {
            text.push_str(&format!(
                "- {}: {}.",
                code(&change.subject),
                prose(&change.message)
            ));
            let places = places(change);
            if with_places {
                text.push_str(&format!(" ({}", change.kind));
                if !places.is_empty() {
                    text.push_str(&format!(", {}", prose(&places)));
                }
                text.push(')');
            }
            text.push('\n');
            text.push_str(&migration(&change.hint));
        }
    }
    text
}

/// Which texts for people changed: there may be many, and nobody has to do anything.
fn texts<'c>(changes: impl Iterator<Item = &'c Change>) -> String {
    const SHOWN: usize = 12;
    let subjects: Vec<String> = changes.map(|change| code(&change.subject)).collect();
    let shown: Vec<String> = subjects.iter().take(SHOWN).cloned().collect();
    let rest = match subjects.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("- Of {}{rest}.\n", shown.join(", "))
}

/// What callers do, with their code before and after, as a part of a list item.
fn migration(hint: &Option<Hint>) -> String {
    let Some(hint) = hint else {
        return String::new();
    };
    let text = hint.text.replace('\n', " ");
    let mut lines = vec![format!("  To migrate: {}.", prose(&text)), String::new()];
    let longest = |text: &str| text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = longest(&hint.before).max(longest(&hint.after)).max(2) + 1;
    let fence = "`".repeat(fence);
    lines.push(format!("  {fence}diff"));
    lines.push(format!("  - {}", hint.before.replace('\n', " ")));
    if !hint.after.is_empty() {
        lines.push(format!("  + {}", hint.after.replace('\n', " ")));
    }
    lines.push(format!("  {fence}"));
    lines.join("\n") + "\n"
}

fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'").replace('\n', " "))
}

/// Text whose code stays code, and which is nothing else: names of a description cannot steer the page.
fn prose(text: &str) -> String {
    let balanced = text.matches('`').count().is_multiple_of(2);
    let mut in_code = false;
    let mut safe = String::new();
    for c in text.chars() {
        match c {
            '`' if balanced => {
                in_code = !in_code;
                safe.push(c);
            }
            '`' => safe.push('\''),
            '\n' | '\r' => safe.push(' '),
            '<' if !in_code => safe.push_str("&lt;"),
            '@' if !in_code => safe.push_str("&#64;"),
            '[' | ']' | '*' | '_' | '#' | '|' | '\\' if !in_code => {
                safe.push('\\');
                safe.push(c);
            }
            c => safe.push(c),
        }
    }
    safe
}

/// The changes as JSON.
pub fn json(differences: &[Difference]) -> String {
    #[derive(Serialize)]
    struct Document<'d> {
        format: u32,
        crates: Vec<Entry<'d>>,
    }
    #[derive(Serialize)]
    struct Entry<'d> {
        name: &'d str,
        old_version: &'d str,
        new_version: &'d str,
        /// The worst class; null where nothing changed.
        verdict: Option<Class>,
        asked_version: String,
        counts: Counts,
        changes: &'d [Change],
    }
    #[derive(Serialize)]
    struct Counts {
        breaking: usize,
        behaviour: usize,
        addition: usize,
        docs: usize,
    }
    let crates = differences.iter().map(|difference| Entry {
        name: &difference.name,
        old_version: &difference.old_version,
        new_version: &difference.new_version,
        verdict: difference.class(),
        asked_version: difference.asked_version(),
        counts: Counts {
            breaking: difference.count(Class::Breaking),
            behaviour: difference.count(Class::Behaviour),
            addition: difference.count(Class::Addition),
            docs: difference.count(Class::Docs),
        },
        changes: &difference.changes,
    });
    let document = Document {
        format: FORMAT,
        crates: crates.collect(),
    };
    // Nothing in it can fail to be written.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}
