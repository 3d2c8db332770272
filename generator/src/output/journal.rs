//! What is left to be done of a run that began to change files: one entry a line, each done in a way that can be repeated.

use super::manifest::hash;
use super::transaction::{close, open, staged, staging, write_through};
use super::{Place, existing, path, refused};
use crate::diagnostic::{Code, Diagnostic};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Last line of a journal: without it the journal was not written to its end.
const END: &str = "end";

/// One change of the crate's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// The staged file of this number, with this hash, takes its place.
    Put(usize, String, String),
    /// A file goes, if it still has this hash.
    Remove(String, String),
    /// The staged list of files, by its number and with this hash, takes its place.
    Manifest(usize, String),
    /// The staged names of the crate, by their number and with this hash, take their place.
    Lock(usize, String),
}

impl Entry {
    fn line(&self) -> String {
        match self {
            Entry::Put(number, hash, path) => format!("put {number} {hash} {path}\n"),
            Entry::Remove(hash, path) => format!("remove {hash} {path}\n"),
            Entry::Manifest(number, hash) => format!("manifest {number} {hash}\n"),
            Entry::Lock(number, hash) => format!("names {number} {hash}\n"),
        }
    }

    fn parse(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let [verb, first, second] = [words.next()?, words.next()?, words.next()?];
        let entry = match (verb, words.next()) {
            ("put", Some(path)) => {
                Entry::Put(first.parse().ok()?, second.to_owned(), path.to_owned())
            }
            ("remove", None) => Entry::Remove(first.to_owned(), second.to_owned()),
            ("manifest", None) => Entry::Manifest(first.parse().ok()?, second.to_owned()),
            ("names", None) => Entry::Lock(first.parse().ok()?, second.to_owned()),
            _ => return None,
        };
        // A journal that came with somebody's repository is input like any other.
        let sound = match &entry {
            Entry::Put(_, _, path) | Entry::Remove(_, path) => path::check(path).is_ok(),
            Entry::Manifest(..) | Entry::Lock(..) => true,
        };
        (sound && words.next().is_none()).then_some(entry)
    }

    /// Whether what was staged for it is there as it was written, or has taken its place already. Staged files are not
    /// written through to the disk one by one, so a machine that lost its power may have lost their bytes.
    fn whole(&self, place: &Place) -> Result<bool, Diagnostic> {
        Ok(match self {
            Entry::Put(number, known, _)
            | Entry::Manifest(number, known)
            | Entry::Lock(number, known) => {
                existing(&staged(place, *number))?.is_none_or(|bytes| hash(&bytes) == *known)
            }
            Entry::Remove(..) => true,
        })
    }

    /// Does it, unless it was done before.
    pub(super) fn apply(&self, place: &Place) -> Result<(), Diagnostic> {
        match self {
            Entry::Put(number, _, path) => {
                path::refuse_links(&place.folder, path)?;
                let from = staged(place, *number);
                let to = place.folder.join(path);
                make_parent(&to)?;
                match fs::rename(&from, &to) {
                    Err(error) if error.kind() == ErrorKind::NotFound && to.exists() => Ok(()),
                    done => done.map_err(|error| refused("write", &to, &error)),
                }?;
            }
            Entry::Remove(known, path) => {
                path::refuse_links(&place.folder, path)?;
                let target = place.folder.join(path);
                if existing(&target)?.is_some_and(|bytes| hash(&bytes) == *known) {
                    fs::remove_file(&target).map_err(|error| refused("remove", &target, &error))?;
                }
                remove_empty_parents(&place.folder, &target);
            }
            Entry::Manifest(number, _) => take(place, *number, &place.manifest)?,
            // A journal of a run with names is completed by the next run that has some.
            Entry::Lock(number, _) => {
                if let Some((lock, _)) = &place.lock {
                    take(place, *number, lock)?;
                }
            }
        }
        Ok(())
    }
}

/// Puts a staged file in a place that may lie on another disk than the crate; then it is staged once more beside it.
fn take(place: &Place, number: usize, to: &Path) -> Result<(), Diagnostic> {
    let from = staged(place, number);
    let Some(bytes) = existing(&from)? else {
        return Ok(());
    };
    // As for the other files, no more room is needed from here on: the disk may be full.
    if make_parent(to).is_ok() && sync_file(&from).is_ok() && fs::rename(&from, to).is_ok() {
        sync_parent(to);
        return Ok(());
    }
    replace(to, &bytes)
}

/// Gives a file new bytes, whole or not at all.
pub(super) fn replace(to: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    make_parent(to)?;
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let written = tempfile::NamedTempFile::new_in(folder).and_then(|mut file| {
        std::io::Write::write_all(&mut file, bytes)?;
        readable(file.as_file())?;
        file.as_file().sync_all()?;
        file.persist(to).map_err(|error| error.error)
    });
    written.map_err(|error| refused("write", to, &error))?;
    sync_parent(to);
    Ok(())
}

/// Temporary files are for their owner only; these are files like the others.
fn readable(file: &File) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    let _ = file;
    Ok(())
}

fn make_parent(path: &Path) -> Result<(), Diagnostic> {
    let parent = path.parent().unwrap_or(Path::new(""));
    if parent.as_os_str().is_empty() {
        return Ok(());
    }
    fs::create_dir_all(parent).map_err(|error| refused("make", parent, &error))
}

fn sync_file(path: &Path) -> std::io::Result<()> {
    File::options().write(true).open(path)?.sync_all()
}

/// Makes the disk know the names in a folder. Where that cannot be asked for, the journal is merely kept in vain.
fn sync_parent(path: &Path) {
    if let Some(parent) = path.parent()
        && let Ok(folder) = File::open(parent)
    {
        let _ = folder.sync_all();
    }
}

/// Makes the disk know all names that entries changed, each folder once, before the journal goes.
pub(super) fn sync(place: &Place, entries: &[Entry]) {
    let paths = entries.iter().filter_map(|entry| match entry {
        Entry::Put(_, _, path) | Entry::Remove(_, path) => Some(place.folder.join(path)),
        Entry::Manifest(..) | Entry::Lock(..) => None,
    });
    let mut folders = BTreeSet::new();
    for path in paths {
        if folders.insert(path.parent().map(Path::to_owned)) {
            sync_parent(&path);
        }
    }
}

/// Folders that held only what is gone go as well.
fn remove_empty_parents(root: &Path, path: &Path) {
    let mut folder = path.parent();
    while let Some(parent) = folder.filter(|parent| *parent != root && parent.starts_with(root)) {
        // It fails for folders that hold something, which is the test.
        if fs::remove_dir(parent).is_err() {
            return;
        }
        folder = parent.parent();
    }
}

/// The journal of these entries.
pub(super) fn text(entries: &[Entry]) -> String {
    let lines: String = entries.iter().map(Entry::line).collect();
    format!("{lines}{END}\n")
}

fn place_of(place: &Place) -> PathBuf {
    staging(place).join("journal")
}

/// Writes the journal, and the staged files' names with it, through to the disk. The journal has the hashes of the staged
/// files, so that these need not be waited for.
pub(super) fn write(place: &Place, text: &str) -> Result<(), Diagnostic> {
    let path = place_of(place);
    write_through(&path, text).map_err(|error| refused("write", &path, &error))?;
    sync_parent(&path);
    Ok(())
}

/// Removes the journal, if there is one.
pub(super) fn remove(place: &Place) -> Result<(), Diagnostic> {
    let path = place_of(place);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(refused("remove", &path, &error)),
        _ => Ok(()),
    }
}

/// See [`super::recover`].
pub(super) fn recover(place: &Place) -> Result<Option<Diagnostic>, Diagnostic> {
    let staging = staging(place);
    match staging.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(refused("look at", &staging, &error)),
        Ok(_) => path::refuse_links(&place.folder, path::STAGING)?,
    }
    let lock = open(place)?;
    let bytes = existing(&place_of(place))?;
    let text = bytes.as_deref().map(String::from_utf8_lossy);
    let entries: Option<Vec<Entry>> = text.as_deref().and_then(|text| {
        let lines = text.strip_suffix(&format!("{END}\n"))?;
        lines.lines().map(Entry::parse).collect()
    });
    let message = match entries {
        Some(entries) => {
            let mut lost = false;
            for entry in &entries {
                match entry.whole(place)? {
                    true => entry.apply(place)?,
                    false => lost = true,
                }
            }
            sync(place, &entries);
            match lost {
                true => {
                    "a former run was interrupted while it wrote, and the disk lost some of it; the rest was completed"
                }
                false => "a former run was interrupted while it wrote; its work was completed",
            }
        }
        None => "a former run was interrupted; what it had prepared was thrown away",
    };
    close(place)?;
    drop(lock);
    Ok(Some(Diagnostic::new(Code::OUTPUT_RECOVERED, message)))
}
