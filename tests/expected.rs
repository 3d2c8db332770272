//! A list of what does not hold and need not, such as `corpus-expected.tsv`, to what a run over a corpus or a suite should give.

use std::collections::BTreeSet;
use std::path::Path;

/// A description that is refused, and should be, or a case of a suite that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The end of its path, with its folder: `postman/empty.json`; of a case, its name.
    pub path: String,
    /// The code of the error it gets, or several with commas between them.
    pub code: String,
    /// Why it is so.
    pub reason: String,
}

impl Entry {
    /// Whether an error of this code is expected.
    pub fn allows(&self, code: &str) -> bool {
        self.code.split(',').any(|one| one == code)
    }
}

/// The whole list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected(Vec<Entry>);

impl Expected {
    /// Reads the list: path, code and reason a line, with tabs between them. Lines that begin with `#` say something
    /// about the list.
    ///
    /// # Errors
    /// A line that has not all three, or a path that stands there twice.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut entries: Vec<Entry> = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let parts: Vec<&str> = line.split('\t').map(str::trim).collect();
            let [path, code, reason] = parts.as_slice() else {
                return Err(format!("line {number}: expected path, code and reason"));
            };
            if path.is_empty() || code.is_empty() || reason.is_empty() {
                return Err(format!("line {number}: path, code or reason is empty"));
            }
            if entries.iter().any(|entry| entry.path == *path) {
                return Err(format!("line {number}: `{path}` stands there twice"));
            }
            entries.push(Entry {
                path: (*path).to_owned(),
                code: (*code).to_owned(),
                reason: (*reason).to_owned(),
            });
        }
        Ok(Expected(entries))
    }

    /// What is expected of a description: nothing if it should be generated.
    pub fn of(&self, path: &Path) -> Option<&Entry> {
        self.0.iter().find(|entry| path.ends_with(&entry.path))
    }

    /// What is expected of a case, by its whole name.
    pub fn named(&self, name: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.path == name)
    }

    /// All entries.
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// The entries that none of these paths meets, though there are descriptions of their folder among them.
    pub fn unused<'e>(&'e self, paths: &[&Path]) -> Vec<&'e Entry> {
        let folders: BTreeSet<&Path> = paths.iter().filter_map(|path| path.parent()).collect();
        let visited = |entry: &Entry| {
            let folder = Path::new(&entry.path).parent().unwrap_or(Path::new(""));
            folders.iter().any(|visited| visited.ends_with(folder))
        };
        let met = |entry: &Entry| paths.iter().any(|path| path.ends_with(&entry.path));
        let entries = self.0.iter();
        entries
            .filter(|entry| visited(entry) && !met(entry))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "# path\tcode\treason\npostman/empty.json\tpostman/empty\tit has no items\n\
                        bad/half.json\ttree/json\tit ends early\n";

    #[test]
    fn paths_are_found_by_their_end() {
        let expected = Expected::parse(LIST).expect("a list");
        let found = expected.of(Path::new("/somewhere/postman/empty.json"));
        assert_eq!(found.expect("listed").code, "postman/empty");
        assert_eq!(expected.of(Path::new("/somewhere/other/empty.json")), None);
        assert_eq!(expected.of(Path::new("/postman/not-empty.json")), None);
    }

    #[test]
    fn only_entries_of_folders_that_were_visited_can_be_unused() {
        let expected = Expected::parse(LIST).expect("a list");
        let paths = [Path::new("/c/postman/good.json")];
        let unused = expected.unused(&paths);
        assert_eq!(unused.len(), 1);
        assert_eq!(unused[0].path, "postman/empty.json");
        let paths = [Path::new("/c/postman/empty.json")];
        assert!(expected.unused(&paths).is_empty());
    }

    #[test]
    fn a_list_with_faults_is_refused() {
        for (text, fault) in [
            ("a.json\tcode\n", "line 1: expected path, code and reason"),
            ("a.json\tcode\t \n", "line 1: path, code or reason is empty"),
            ("a\tb\tc\na\td\te\n", "line 2: `a` stands there twice"),
        ] {
            assert_eq!(Expected::parse(text), Err(fault.to_owned()));
        }
    }
}
