//! One stage of a run as text, and what in it has a name.

use super::{Diagnostics, Given, Printer, Severity, SourceFile, source};
use crate::{Output, emit, model, plan, planned, read, render};

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// What the sources say together.
    Model,
    /// What is decided about the crate.
    Plan,
    /// The files of the crate, but for its runtime.
    Rust,
}

/// A stage as text.
#[derive(Clone, Debug, Default)]
pub struct Inspected {
    /// The text, empty if nothing in it has the name that was asked for; nothing if there was an error.
    pub text: Option<String>,
    files: Vec<SourceFile>,
    diagnostics: Diagnostics,
}

impl Inspected {
    /// The errors as text; see [`Printer::text`].
    pub fn errors(&self, colour: bool) -> String {
        let mut errors = Diagnostics::new();
        let found = self.diagnostics.iter();
        for error in found.filter(|found| found.severity == Severity::Error) {
            errors.push(error.clone());
        }
        Printer::new(&self.files, &errors).text(&errors, colour)
    }
}

/// Shows a stage of what is given, or what in it has this name. Nothing is written.
pub fn inspect(given: &Given, stage: Stage, name: Option<&str>) -> Inspected {
    let mut output = Output::default();
    let project = source::load_project(given, &mut output.diagnostics);
    let mut text = None;
    if !output.diagnostics.has_errors() {
        text = match stage {
            Stage::Model => {
                let all = project.files.iter();
                let sources: Vec<_> = all
                    .filter(|file| Some(file.id) != project.config.file)
                    .collect();
                let Output {
                    diagnostics,
                    timings,
                    ..
                } = &mut output;
                let model = read(&project.config, &sources, diagnostics, timings);
                (!diagnostics.has_errors()).then(|| model::dump(&model))
            }
            Stage::Plan => {
                planned(&project.config, &project.files, &mut output).map(|plan| plan::dump(&plan))
            }
            Stage::Rust => rust(&project, &mut output),
        };
    }
    output.diagnostics.sort();
    Inspected {
        text: text.map(|text| match name {
            Some(name) if stage == Stage::Rust => items(&text, name),
            Some(name) => lines(&text, name),
            None => text,
        }),
        files: project.files,
        diagnostics: output.diagnostics,
    }
}

fn rust(project: &source::Project, output: &mut Output) -> Option<String> {
    let plan = planned(&project.config, &project.files, output)?;
    match render::render(emit::emit(&plan)) {
        Ok(files) => {
            let about = |path: &str| {
                path.starts_with("src/")
                    && !path.starts_with("src/runtime")
                    && path.ends_with(".rs")
            };
            let files = files.iter().filter(|file| about(&file.path));
            let files = files.map(|file| format!("// ---- {}\n{}\n", file.path, file.text));
            Some(files.collect())
        }
        Err(errors) => {
            output.diagnostics.extend(errors);
            None
        }
    }
}

/// Whether a text has a word, which other letters are no part of.
fn has(text: &str, word: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, found)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text
            .get(at + found.len()..)
            .and_then(|rest| rest.chars().next());
        !before.is_some_and(letter) && !behind.is_some_and(letter)
    })
}

/// The lines with a name, with those that they stand under and those that stand under them.
fn lines(text: &str, name: &str) -> String {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let mut shown = String::new();
    // The lines that the present one stands under, with whether they are shown.
    let mut above: Vec<(usize, &str, bool)> = Vec::new();
    let mut below: Option<usize> = None;
    for line in text.lines() {
        let at = depth(line);
        if below.is_some_and(|found| at <= found) {
            below = None;
        }
        while above.last().is_some_and(|(depth, ..)| *depth >= at) {
            above.pop();
        }
        let found = below.is_none() && has(line, name);
        if found {
            below = Some(at);
            for (_, line, seen) in above.iter_mut().filter(|(.., seen)| !seen) {
                shown.push_str(line);
                shown.push('\n');
                *seen = true;
            }
        }
        if below.is_some() {
            shown.push_str(line);
            shown.push('\n');
        }
        above.push((at, line, below.is_some()));
    }
    shown
}

/// The items of Rust whose heads have a name, below the names of their files.
fn items(text: &str, name: &str) -> String {
    let mut shown = String::new();
    for file in text.split("// ---- ").skip(1) {
        let (path, code) = file.split_once('\n').unwrap_or((file, ""));
        let mut item = String::new();
        let mut found = Vec::new();
        for line in code.lines().chain([""]) {
            // An empty line ends an item, unless it stands inside of one.
            let inside = item.lines().last().is_some_and(|last| {
                let closed = ["}", ");", "};", "]", "];"].contains(&last);
                last.starts_with([' ', '\t'])
                    || !(closed || last.ends_with(';') || last.starts_with("//"))
            });
            if line.is_empty() && !inside {
                if is_named(&item, name) {
                    found.push(std::mem::take(&mut item));
                }
                item.clear();
                continue;
            }
            item.push_str(line);
            item.push('\n');
        }
        if !found.is_empty() {
            shown.push_str(&format!("// ---- {path}\n{}\n", found.join("\n")));
        }
    }
    shown
}

/// Whether the head of an item has a name: its first line of code, or the second in a table.
fn is_named(item: &str, name: &str) -> bool {
    let code = item.lines().map(str::trim);
    let mut code = code.filter(|line| !line.starts_with("//") && !line.starts_with('#'));
    match code.next() {
        Some(first) if first.starts_with("use ") => false,
        Some(first) if first.ends_with("! {") => code.next().is_some_and(|line| has(line, name)),
        Some(first) => has(first, name),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{items, lines};

    #[test]
    fn a_name_is_shown_with_what_is_around_it() {
        let text = "family user\n  struct User\n    id: i64\n  struct UserInput\n    name: String\nfamily role\n  enum Role\n";
        assert_eq!(
            lines(text, "User"),
            "family user\n  struct User\n    id: i64\n"
        );
        assert_eq!(
            lines(text, "name"),
            "family user\n  struct UserInput\n    name: String\n"
        );
        assert_eq!(lines(text, "Use"), "");
    }

    #[test]
    fn an_item_is_shown_whole() {
        let text = "// ---- src/user.rs\nuse a::User;\n\n/// A user.\npub struct User {\n    id: i64,\n\n    name: String,\n}\n\nobject! {\n    User {\n        0 id,\n    }\n}\n\npub struct Role {\n    of: User,\n}\n";
        let expected = "// ---- src/user.rs\n/// A user.\npub struct User {\n    id: i64,\n\n    name: String,\n}\n\nobject! {\n    User {\n        0 id,\n    }\n}\n\n";
        assert_eq!(items(text, "User"), expected);
    }
}
