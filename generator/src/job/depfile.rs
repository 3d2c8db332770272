//! The files that a run read to a rule for make and ninja.

use super::Outcome;
use crate::source::shown;
use std::collections::BTreeSet;
use std::path::Path;

impl Outcome {
    /// The files that were read, as the prerequisites of a target: `out/Cargo.toml: openapi.yaml names.lock`.
    pub fn depfile(&self, target: &Path) -> String {
        let files: BTreeSet<&str> = self.files.iter().map(|file| &*file.path).collect();
        let mut text = format!("{}:", escaped(&shown(target)));
        for file in files {
            text.push_str(" \\\n  ");
            text.push_str(&escaped(file));
        }
        text.push('\n');
        text
    }
}

/// A path as both programs read it.
fn escaped(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' ' | '#' | '\\' => text.extend(['\\', c]),
            '$' => text.push_str("$$"),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_separates_is_escaped() {
        assert_eq!(escaped("a b#c$d"), "a\\ b\\#c$$d");
    }
}
