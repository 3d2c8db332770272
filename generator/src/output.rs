//! Finished texts to files of a crate's folder: the only place that writes.
//!
//! A run writes only files whose bytes differ, and removes files that a former run made and this one does not. A list
//! of the files with their hashes (the manifest) tells which those are. Everything else in the folder is foreign:
//!
//! - A stale file whose hash is not the one in the manifest was edited by hand: it is kept, with a warning.
//! - A file that is to be written over must be ours: it is in the manifest of this folder, or its first lines name a
//!   command that generates. Else it is an error, and nothing at all is written. Edits of such files are lost.
//! - Symbolic links below the crate's folder, and paths that could run code or lie elsewhere, are errors.
//!
//! The new files are staged in the folder and listed in a journal before the first of them takes its place, so that a
//! run that is killed at any moment is either undone or completed by the next one, see [`recover`].

mod journal;
mod manifest;
mod path;
mod transaction;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use manifest::{Manifest, hash};
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use transaction::Transaction;

/// Where the files of one crate lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The folder of the crate.
    pub folder: PathBuf,
    /// The list of the files that were made.
    pub manifest: PathBuf,
    /// The names that the crate has given away: where they are kept, and the text to keep.
    pub lock: Option<(PathBuf, String)>,
}

impl Place {
    /// A crate that keeps its own list, as `.letterpress/files.sha256`.
    pub fn alone(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        Place {
            manifest: folder.join(path::OWN).join(manifest::NAME),
            folder,
            lock: None,
        }
    }

    /// A crate whose list lies beside its configuration, as `files.sha256`.
    pub fn beside(folder: impl Into<PathBuf>, config: &Path) -> Self {
        Place {
            folder: folder.into(),
            manifest: config.with_file_name(manifest::NAME),
            lock: None,
        }
    }

    /// A file of ours that lies beside the list.
    pub fn own(&self, name: &str) -> PathBuf {
        self.manifest.with_file_name(name)
    }

    /// The place with the names that are kept there. They are written with the crate, all or nothing.
    pub fn with_lock(self, path: &Path, text: &str) -> Self {
        Place {
            lock: Some((path.to_owned(), text.to_owned())),
            ..self
        }
    }
}

/// What a run changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are new or have new bytes, sorted.
    pub written: Vec<String>,
    /// Files that are gone, sorted.
    pub removed: Vec<String>,
    /// How many files were left as they are.
    pub unchanged: usize,
}

/// Why a folder is not what would be written now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// A file is not there.
    Missing,
    /// A file has other bytes.
    Differs,
    /// A file of a former run would be removed.
    Stale,
}

/// Makes the folder hold these files (path with slashes, text). Nothing is changed where anything is refused.
///
/// # Errors
/// Findings of the codes `output/…`; those that are no errors stand there too if there is one.
pub fn sync(
    place: &Place,
    files: &[(String, String)],
    diagnostics: &mut Diagnostics,
) -> Option<Changes> {
    let transaction = prepare(place, files, diagnostics)?;
    let changes = transaction.changes();
    match transaction.run() {
        Ok(()) => Some(changes),
        Err(fault) => {
            diagnostics.push(fault);
            None
        }
    }
}

/// What [`sync`] would change, sorted by path, after the work of an interrupted run is completed or undone. Writes
/// nothing else.
pub fn check(
    place: &Place,
    files: &[(String, String)],
    diagnostics: &mut Diagnostics,
) -> Option<Vec<(String, Difference)>> {
    let transaction = prepare(place, files, diagnostics)?;
    let mut differences = Vec::new();
    let changes = transaction.changes();
    for path in changes.written {
        let exists = place.folder.join(&path).exists();
        let difference = match exists {
            true => Difference::Differs,
            false => Difference::Missing,
        };
        differences.push((path, difference));
    }
    for path in changes.removed {
        differences.push((path, Difference::Stale));
    }
    differences.sort();
    let beside = |path: &Path| {
        let difference = match path.exists() {
            true => Difference::Differs,
            false => Difference::Missing,
        };
        (path.to_string_lossy().replace('\\', "/"), difference)
    };
    if let Some((path, _)) = place.lock.as_ref().filter(|_| transaction.writes_lock()) {
        differences.push(beside(path));
    }
    if differences.is_empty() && transaction.writes_manifest() {
        differences.push(beside(&place.manifest));
    }
    Some(differences)
}

/// The finding for a folder that is not up to date: the first difference, how many there are, and the command to run.
pub fn drift(differences: &[(String, Difference)], command: &str) -> Option<Diagnostic> {
    let (path, difference) = differences.first()?;
    let what = match difference {
        Difference::Missing => "is missing",
        Difference::Differs => "differs from what would be generated",
        Difference::Stale => "would not be generated any more",
    };
    let mut diagnostic = Diagnostic::new(Code::OUTPUT_DRIFT, format!("`{path}` {what}"));
    if differences.len() > 1 {
        let others = differences.len() - 1;
        diagnostic = diagnostic.note(format!("{others} other files are not up to date either"));
    }
    Some(diagnostic.help(format!("run `{command}`")))
}

/// Completes or undoes what an interrupted run left. Its journal decides: with one, all new bytes are there and only
/// have to take their places; without one, what was staged is thrown away.
///
/// # Errors
/// Where the operating system refuses, or another run is writing into the folder right now.
pub fn recover(place: &Place) -> Result<Option<Diagnostic>, Diagnostic> {
    journal::recover(place)
}

/// Writes one file that is no part of a crate, such as a report: whole, or not at all.
///
/// # Errors
/// Where the operating system refuses.
pub fn write_text(path: &Path, text: &str) -> Result<(), Diagnostic> {
    journal::replace(path, text.as_bytes())
}

/// Compares the folder with what it shall hold.
fn prepare(
    place: &Place,
    files: &[(String, String)],
    diagnostics: &mut Diagnostics,
) -> Option<Transaction> {
    let mut faults = Diagnostics::new();
    for fault in path::check_all(files.iter().map(|(path, _)| path.as_str())) {
        faults.push(fault);
    }
    if !faults.is_empty() {
        diagnostics.extend(faults);
        return None;
    }
    match recover(place) {
        Ok(note) => note.into_iter().for_each(|note| diagnostics.push(note)),
        Err(fault) => {
            diagnostics.push(fault);
            return None;
        }
    }
    let mut transaction = Transaction::new(place);
    match compare(place, files, &mut transaction, &mut faults) {
        Ok(()) => {}
        Err(fault) => faults.push(fault),
    }
    let refused = faults.has_errors();
    diagnostics.extend(faults);
    (!refused).then_some(transaction)
}

fn compare(
    place: &Place,
    files: &[(String, String)],
    transaction: &mut Transaction,
    faults: &mut Diagnostics,
) -> Result<(), Diagnostic> {
    if let Ok(inside) = place.manifest.strip_prefix(&place.folder) {
        path::refuse_links(&place.folder, &inside.to_string_lossy().replace('\\', "/"))?;
    }
    let before = Manifest::read(&place.manifest)?;
    let mut after = Manifest::new(place);
    let ours = before.same_folder(&after);
    let mut made = BTreeSet::new();
    for (path, text) in files {
        made.insert(path.as_str());
        let hash_of_text = hash(text.as_bytes());
        after.insert(path, hash_of_text.clone());
        path::refuse_links(&place.folder, path)?;
        match existing(&place.folder.join(path))? {
            None => transaction.write(path, text, &hash_of_text),
            Some(bytes) if bytes == text.as_bytes() => transaction.keep(),
            Some(bytes) => {
                let listed = before.get(path);
                let made = listed == Some(hash(&bytes).as_str()) || carries_mark(&bytes);
                if made || (ours && listed.is_some()) {
                    transaction.write(path, text, &hash_of_text);
                } else {
                    faults.push(foreign(path));
                }
            }
        }
    }
    let stale = before
        .iter()
        .filter(|(path, _)| ours && !made.contains(path));
    for (path, known) in stale {
        path::refuse_links(&place.folder, path)?;
        match existing(&place.folder.join(path))? {
            None => {}
            Some(bytes) if hash(&bytes) == known => transaction.remove(path, known),
            Some(_) => faults.push(
                Diagnostic::new(
                    Code::OUTPUT_EDITED,
                    format!("`{path}` is not generated any more"),
                )
                .note("it was edited by hand, so it stays, and belongs to you from now on")
                .help("remove it if nothing uses it"),
            ),
        }
    }
    transaction.list(&before, &after);
    if let Some((path, text)) = &place.lock {
        if let Ok(inside) = path.strip_prefix(&place.folder) {
            path::refuse_links(&place.folder, &inside.to_string_lossy().replace('\\', "/"))?;
        }
        if existing(path)?.as_deref() != Some(text.as_bytes()) {
            transaction.lock(text);
        }
    }
    Ok(())
}

/// The bytes of a file, if there is one.
fn existing(path: &Path) -> Result<Option<Vec<u8>>, Diagnostic> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refused("read", path, &error)),
    }
}

/// Whether the first lines say that the file is generated: what every header says, by the commands that generate.
fn carries_mark(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(400)).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let mut lines = head
        .lines()
        .take(4)
        .filter(|line| line.starts_with(['/', '#', '<']));
    lines.any(|line| line.contains("cargo xtask codegen") || line.contains("letterpress generate"))
}

fn foreign(path: &str) -> Diagnostic {
    let message = format!("`{path}` stands where a file is to be written, and would be lost");
    Diagnostic::new(Code::OUTPUT_FOREIGN, message)
        .note("no former run made it")
        .help("move it away, or remove it")
}

/// The finding for what the operating system refused.
fn refused(verb: &str, path: &Path, error: &std::io::Error) -> Diagnostic {
    let path = path.to_string_lossy().replace('\\', "/");
    Diagnostic::new(Code::OUTPUT_IO, format!("cannot {verb} `{path}`: {error}"))
}

#[cfg(test)]
mod tests;
