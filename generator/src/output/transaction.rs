//! The changes of one run as a list of steps, each of which may be the last one that happens.

use super::journal::{self, Entry};
use super::manifest::{Manifest, hash};
use super::path::STAGING;
use super::{Changes, Place, refused};
use crate::diagnostic::{Code, Diagnostic};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What one run changes.
#[derive(Debug)]
pub(super) struct Transaction {
    place: Place,
    /// Paths, texts and hashes of the files to write.
    writes: Vec<(String, String, String)>,
    /// Paths and hashes of the files to remove.
    removes: Vec<(String, String)>,
    /// The new list of files, if it differs from the old one.
    manifest: Option<String>,
    /// The names that the crate has given away, if they are not as they were.
    lock: Option<String>,
    unchanged: usize,
}

/// One step. Before [`Step::Journal`] nothing of the crate has changed, and the next run forgets all of it; from there
/// on the next run does all that is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Makes the staging folder and takes hold of it.
    Open,
    /// Writes the text of an entry into the staging folder.
    Stage(usize, String),
    /// Writes down what is to be done.
    Journal(String),
    /// Does one entry of the journal.
    Apply(Entry),
    /// Makes the disk know what was done, then removes the journal and the staging folder.
    Close(Vec<Entry>),
}

impl Transaction {
    pub(super) fn new(place: &Place) -> Self {
        Transaction {
            place: place.clone(),
            writes: Vec::new(),
            removes: Vec::new(),
            manifest: None,
            lock: None,
            unchanged: 0,
        }
    }

    pub(super) fn write(&mut self, path: &str, text: &str, hash: &str) {
        self.writes
            .push((path.to_owned(), text.to_owned(), hash.to_owned()));
    }

    pub(super) fn remove(&mut self, path: &str, hash: &str) {
        self.removes.push((path.to_owned(), hash.to_owned()));
    }

    pub(super) fn keep(&mut self) {
        self.unchanged += 1;
    }

    pub(super) fn list(&mut self, before: &Manifest, after: &Manifest) {
        self.manifest = (before != after).then(|| after.text());
    }

    pub(super) fn lock(&mut self, text: &str) {
        self.lock = Some(text.to_owned());
    }

    pub(super) fn writes_lock(&self) -> bool {
        self.lock.is_some()
    }

    pub(super) fn writes_manifest(&self) -> bool {
        self.manifest.is_some()
    }

    pub(super) fn changes(&self) -> Changes {
        let mut written: Vec<_> = self.writes.iter().map(|(path, ..)| path.clone()).collect();
        let mut removed: Vec<_> = self.removes.iter().map(|(path, _)| path.clone()).collect();
        written.sort();
        removed.sort();
        Changes {
            written,
            removed,
            unchanged: self.unchanged,
        }
    }

    /// The steps in their order; none if there is nothing to change.
    pub(super) fn steps(&self) -> Vec<Step> {
        let mut entries = Vec::new();
        let mut steps = vec![Step::Open];
        for (path, text, hash) in &self.writes {
            let number = entries.len();
            steps.push(Step::Stage(number, text.clone()));
            entries.push(Entry::Put(number, hash.clone(), path.clone()));
        }
        for (path, hash) in &self.removes {
            entries.push(Entry::Remove(hash.clone(), path.clone()));
        }
        if let Some(manifest) = &self.manifest {
            let number = entries.len();
            steps.push(Step::Stage(number, manifest.clone()));
            entries.push(Entry::Manifest(number, hash(manifest.as_bytes())));
        }
        if let Some(lock) = &self.lock {
            let number = entries.len();
            steps.push(Step::Stage(number, lock.clone()));
            entries.push(Entry::Lock(number, hash(lock.as_bytes())));
        }
        if entries.is_empty() {
            return Vec::new();
        }
        steps.push(Step::Journal(journal::text(&entries)));
        steps.extend(entries.iter().cloned().map(Step::Apply));
        steps.push(Step::Close(entries));
        steps
    }

    pub(super) fn run(self) -> Result<(), Diagnostic> {
        let steps = self.steps();
        self.run_steps(&steps)
    }

    /// Does these steps, which begin with the first. Where one fails before the journal stands, nothing is left over.
    pub(super) fn run_steps(&self, steps: &[Step]) -> Result<(), Diagnostic> {
        let mut lock = None;
        let mut journal = false;
        for step in steps {
            let done = match step {
                Step::Open => open(&self.place).map(|held| lock = Some(held)),
                Step::Stage(number, text) => stage(&self.place, *number, text),
                Step::Journal(text) => journal::write(&self.place, text).map(|()| journal = true),
                Step::Apply(entry) => entry.apply(&self.place),
                Step::Close(entries) => {
                    journal::sync(&self.place, entries);
                    close(&self.place)
                }
            };
            if let Err(fault) = done {
                if !journal && lock.is_some() {
                    // The fault itself is what the user must hear of.
                    let _ = close(&self.place);
                }
                return Err(fault);
            }
        }
        drop(lock);
        Ok(())
    }
}

/// Makes the staging folder and locks it: a second run at the same time is refused. The lock ends with the process.
pub(super) fn open(place: &Place) -> Result<File, Diagnostic> {
    let staging = staging(place);
    fs::create_dir_all(&staging).map_err(|error| refused("make", &staging, &error))?;
    let path = staging.join("lock");
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|error| refused("write", &path, &error))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(fs::TryLockError::WouldBlock) => {
            let folder = place.folder.to_string_lossy().replace('\\', "/");
            let message = format!("another run is writing into `{folder}`");
            Err(Diagnostic::new(Code::OUTPUT_IO, message).help("wait for it to end"))
        }
        // Some file systems know no locks; what is lost is only the protection.
        Err(fs::TryLockError::Error(_)) => Ok(lock),
    }
}

fn stage(place: &Place, number: usize, text: &str) -> Result<(), Diagnostic> {
    let path = staged(place, number);
    fs::write(&path, text).map_err(|error| refused("write", &path, &error))
}

/// Writes a file, and does not come back before the disk has it.
pub(super) fn write_through(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Removes the journal first: from then on there is nothing to complete.
pub(super) fn close(place: &Place) -> Result<(), Diagnostic> {
    journal::remove(place)?;
    let staging = staging(place);
    fs::remove_dir_all(&staging).map_err(|error| refused("remove", &staging, &error))
}

pub(super) fn staging(place: &Place) -> PathBuf {
    place.folder.join(STAGING)
}

pub(super) fn staged(place: &Place, number: usize) -> PathBuf {
    staging(place).join(number.to_string())
}
