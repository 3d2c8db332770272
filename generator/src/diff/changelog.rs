//! `CHANGELOG.md` of an API: what changed since the last release stands under `Unreleased`, between two marks, beside what
//! people write there.

use super::Difference;
use super::report::sections;

/// Stands before what is written here.
const BEGIN: &str =
    "<!-- letterpress: changes since the last release; written again by each run -->";

/// Stands behind it.
const END: &str = "<!-- letterpress: end -->";

/// A changelog as lines: those before the section of what is not released, those in it before and behind our own, and
/// those behind it.
struct Parts<'t> {
    before: Vec<&'t str>,
    above: Vec<&'t str>,
    below: Vec<&'t str>,
    after: Vec<&'t str>,
    /// Whether there is such a section.
    unreleased: bool,
    /// Whether something in it is ours.
    own: bool,
}

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    Above,
    Own,
    Below,
    After,
}

fn is_unreleased(line: &str) -> bool {
    let name = line.strip_prefix("## ").unwrap_or_default();
    name.trim()
        .trim_matches(['[', ']'])
        .eq_ignore_ascii_case("unreleased")
}

fn split(text: &str) -> Parts<'_> {
    let mut parts = Parts {
        before: Vec::new(),
        above: Vec::new(),
        below: Vec::new(),
        after: Vec::new(),
        unreleased: false,
        own: false,
    };
    let mut in_fence = false;
    let mut place = Place::Before;
    for line in text.lines() {
        in_fence ^= line.trim_start().starts_with("```");
        let heading = line.starts_with("## ") && !in_fence && place != Place::Own;
        if heading && is_unreleased(line) && !parts.unreleased {
            parts.unreleased = true;
            place = Place::Above;
            continue;
        }
        if heading && place != Place::Before {
            place = Place::After;
        }
        match (place, line) {
            (Place::Above, BEGIN) => {
                parts.own = true;
                place = Place::Own;
            }
            (Place::Own, END) => place = Place::Below,
            (Place::Own, _) => {}
            (Place::Before, line) => parts.before.push(line),
            (Place::Above, line) => parts.above.push(line),
            (Place::Below, line) => parts.below.push(line),
            (Place::After, line) => parts.after.push(line),
        }
    }
    if !parts.unreleased {
        // Such a section stands before those of versions.
        let first = parts.before.iter().position(|line| line.starts_with("## "));
        parts.after = parts.before.split_off(first.unwrap_or(parts.before.len()));
    }
    parts
}

/// Paragraphs with an empty line between them.
fn join(parts: &[String]) -> String {
    let parts = parts
        .iter()
        .map(|part| part.trim_matches('\n'))
        .filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    parts.join("\n\n") + "\n"
}

/// The changelog with these changes under `Unreleased`, instead of those that stood there. What people wrote stays.
pub fn update(text: &str, difference: &Difference) -> String {
    let parts = split(text);
    let lines = |lines: &[&str]| lines.join("\n");
    let (above, below) = (lines(&parts.above), lines(&parts.below));
    let entry = match difference.changes.is_empty() {
        true => String::new(),
        false => join(&[
            BEGIN.to_owned(),
            sections(difference, 3, false),
            END.to_owned(),
        ]),
    };
    let nothing = [&above, &entry, &below]
        .iter()
        .all(|part| part.trim().is_empty());
    let heading = match nothing && (parts.own || !parts.unreleased) {
        true => String::new(),
        false => "## Unreleased".to_owned(),
    };
    join(&[
        lines(&parts.before),
        heading,
        above,
        entry,
        below,
        lines(&parts.after),
    ])
}

/// The changelog with what was not released as a version. Without anything to release, it has an entry that says so.
pub fn release(text: &str, version: &str) -> String {
    let heading = format!("## {version}");
    if text.lines().any(|line| line == heading) {
        return text.to_owned();
    }
    let mut released = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        match line {
            line if is_unreleased(line) && !released => {
                released = true;
                lines.push(heading.as_str());
            }
            BEGIN | END => {}
            line => lines.push(line),
        }
    }
    if released {
        return single(&lines.join("\n"));
    }
    let first = lines.iter().position(|line| line.starts_with("## "));
    let (before, after) = lines.split_at(first.unwrap_or(lines.len()));
    let entry = format!("{heading}\n\nNo change of the API.");
    join(&[before.join("\n"), entry, after.join("\n")])
}

/// The changelog for those who use the crate: without our marks.
pub fn rendered(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| ![BEGIN, END].contains(line))
        .collect();
    single(&lines.join("\n"))
}

/// Text with one empty line where there are several.
fn single(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n").trim_end().to_owned() + "\n"
}

/// The changelog of an API that has none, although a version is released: what every one begins with.
pub fn begin(first: &str, version: &str) -> String {
    let (begin, _) = first.split_once("\n## ").unwrap_or((first, ""));
    join(&[
        begin.to_owned(),
        format!("## {version}\n\nThe first version with a record."),
    ])
}

#[cfg(test)]
mod tests {
    use super::{begin, release, rendered, update};
    use crate::diff::{Change, Class, Difference, Kind};

    fn difference(message: &str) -> Difference {
        let kind = Kind::FIELD_ADDED;
        Difference {
            name: "shop".to_owned(),
            old_version: "0.1.0".to_owned(),
            new_version: "0.1.0".to_owned(),
            changes: vec![Change {
                kind,
                class: Class::Addition,
                subject: "User.name".to_owned(),
                message: message.to_owned(),
                old: None,
                new: None,
                hint: None,
            }],
        }
    }

    const TEXT: &str = "# Changelog\n\nRules.\n\n## Unreleased\n\nBy hand.\n\n## 0.1.0\n\n```md\n## Unreleased\n```\n";

    #[test]
    fn what_people_write_stays() {
        let once = update(TEXT, &difference("one"));
        assert!(
            once.contains("By hand.") && once.contains("`User.name`: one."),
            "{once}"
        );
        assert!(once.find("By hand.") < once.find("### Additions"), "{once}");
        assert!(once.find("### Additions") < once.find("## 0.1.0"), "{once}");
        assert_eq!(update(&once, &difference("one")), once);
        let twice = update(&once, &difference("two"));
        assert!(
            twice.contains(": two.") && !twice.contains(": one."),
            "{twice}"
        );
        let behind = twice.replace("end -->", "end -->\n\nBehind.");
        assert!(update(&behind, &difference("three")).contains("Behind."));
        assert_eq!(update(&once, &Difference::default()), TEXT);
    }

    #[test]
    fn a_section_that_is_ours_goes_with_what_was_in_it() {
        let text = "# Changelog\n\n## 0.1.0\n\nFirst.\n";
        let once = update(text, &difference("one"));
        assert!(once.find("## Unreleased") < once.find("## 0.1.0"), "{once}");
        assert_eq!(update(&once, &Difference::default()), text);
    }

    #[test]
    fn a_release_names_its_version() {
        let once = update(TEXT, &difference("one"));
        let released = release(&once, "0.2.0");
        assert!(
            released.contains("## 0.2.0\n\nBy hand.\n\n### Additions"),
            "{released}"
        );
        assert!(!released.contains("<!--"), "{released}");
        // What stands in a block is no heading.
        assert!(released.contains("```md\n## Unreleased\n```"), "{released}");
        assert_eq!(release(&released, "0.2.0"), released);
        assert!(!rendered(&once).contains("<!--"));
        let bare = release("# Changelog\n\n## 0.1.0\n", "0.1.1");
        assert!(
            bare.contains("## 0.1.1\n\nNo change of the API.\n\n## 0.1.0"),
            "{bare}"
        );
        assert_eq!(
            begin("# Changelog\n\nRules.\n\n## 0.3.0\n\nx", "0.1.0")
                .lines()
                .nth(4),
            Some("## 0.1.0")
        );
    }
}
