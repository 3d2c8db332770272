//! Files to the moment when one of them changes.
//!
//! They are looked at a few times a second. A description has few files, and every file system can be asked: no watcher
//! has to know how each of them tells of changes, or what an editor does when it saves.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, SystemTime};

/// How often is looked.
const TURN: Duration = Duration::from_millis(250);

/// How deep folders of sources are looked into.
const DEEPEST: usize = 16;

/// Files, and what tells whether they changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files(BTreeMap<PathBuf, Option<(u64, Option<SystemTime>)>>);

impl Files {
    /// These files, and those in these folders, as they are now.
    pub fn now(paths: impl Iterator<Item = PathBuf>) -> Self {
        let mut files = BTreeMap::new();
        let mut open: Vec<(PathBuf, usize)> = paths.map(|path| (path, 0)).collect();
        while let Some((path, depth)) = open.pop() {
            let known = fs::metadata(&path).ok();
            if known.as_ref().is_some_and(fs::Metadata::is_dir) && depth < DEEPEST {
                let entries = fs::read_dir(&path).into_iter().flatten().flatten();
                open.extend(entries.map(|entry| (entry.path(), depth + 1)));
            }
            let known = known.map(|file| (file.len(), file.modified().ok()));
            files.insert(path, known);
        }
        Files(files)
    }

    /// Whether a file of both is not as it was.
    pub fn differs_from(&self, other: &Self) -> bool {
        let mut both = self.0.iter();
        both.any(|(path, known)| other.0.get(path).is_some_and(|other| other != known))
    }

    /// The same files as they are now.
    fn again(&self) -> Self {
        Files::now(self.0.keys().cloned())
    }
}

/// Waits until one of the files is not as it was, and stays as it is for a turn: who saves several files, or a long one,
/// is not interrupted.
pub fn changed(before: &Files) -> Files {
    let mut last = before.clone();
    loop {
        thread::sleep(TURN);
        let now = last.again();
        if now == last && now != *before {
            return now;
        }
        last = now;
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::Files;
    use std::fs;

    #[test]
    fn folders_and_files_are_seen_to_change() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = || Files::now([folder.path().to_owned()].into_iter());
        let empty = files();
        fs::write(folder.path().join("a"), "1").expect("written");
        let one = files();
        assert_ne!(empty, one);
        assert_eq!(one, files());
        fs::write(folder.path().join("a"), "12").expect("written");
        assert_ne!(one, files());
        let longer = files();
        fs::remove_file(folder.path().join("a")).expect("removed");
        assert_ne!(longer, longer.again());
    }
}
