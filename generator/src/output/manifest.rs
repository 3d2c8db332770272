//! The list of files that were made, with their hashes, one a line as `sha256sum` writes them, below the folder they lie in.

use super::{Place, existing, path};
use crate::diagnostic::Diagnostic;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Name of the list.
pub(super) const NAME: &str = "files.sha256";

/// What the first line begins with.
const FOLDER: &str = "# files below ";

/// The files of a run by path, with the hashes of their bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The crate's folder, relative to that of the list. One list may meet several folders: a configuration beside it
    /// can be generated from into any. It speaks of one.
    folder: Option<String>,
    files: BTreeMap<String, String>,
}

impl Manifest {
    /// The list of a crate that has no files yet.
    pub(super) fn new(place: &Place) -> Self {
        Manifest {
            folder: way(&place.manifest, &place.folder),
            files: BTreeMap::new(),
        }
    }

    /// Whether the list speaks of the folder that another one speaks of. One without a folder speaks of any.
    pub(super) fn same_folder(&self, other: &Manifest) -> bool {
        self.folder.is_none() || self.folder == other.folder
    }

    /// Reads the list; one that is not there is empty. Lines that are none of ours (a merge may leave some) count as
    /// not there: a file that is not listed is merely not removed.
    pub(super) fn read(path: &Path) -> Result<Self, Diagnostic> {
        let bytes = existing(path)?.unwrap_or_default();
        let mut manifest = Manifest::default();
        for line in String::from_utf8_lossy(&bytes).lines() {
            if let Some(folder) = line.strip_prefix(FOLDER) {
                manifest.folder = Some(folder.to_owned());
            } else if let Some((hash, path)) = line.split_once("  ")
                && hash.len() == 64
                && hash.bytes().all(|b| b.is_ascii_hexdigit())
                && path::check(path).is_ok()
            {
                manifest.insert(path, hash.to_owned());
            }
        }
        Ok(manifest)
    }

    pub(super) fn insert(&mut self, path: &str, hash: String) {
        self.files.insert(path.to_owned(), hash);
    }

    pub(super) fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, hash)| (path.as_str(), hash.as_str()))
    }

    /// The list as it is written, sorted by path.
    pub(super) fn text(&self) -> String {
        let folder = self.folder.as_deref();
        let first = folder.map_or_else(String::new, |folder| format!("{FOLDER}{folder}\n"));
        let line = |(path, hash): (&str, &str)| format!("{hash}  {path}\n");
        first + &self.iter().map(line).collect::<String>()
    }
}

/// The way from a file's folder to another folder, with slashes: `../../generated/shop`. It holds nothing of the
/// machine as long as both lie in one checkout. Nothing where there is none that can be written down in a line.
fn way(file: &Path, folder: &Path) -> Option<String> {
    let (from, to) = (absolute(file.parent()?)?, absolute(folder)?);
    let (mut from, mut to) = (from.components().peekable(), to.components().peekable());
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.map(|_| "..".to_owned());
    let down = to.map(|part| part.as_os_str().to_str().map(str::to_owned));
    let parts: Option<Vec<String>> = up.map(Some).chain(down).collect();
    let way = match parts?.join("/") {
        way if way.is_empty() => ".".to_owned(),
        way => way,
    };
    (!way.contains(char::is_control)).then_some(way)
}

/// The real path of a folder, of which the last parts need not be there yet.
fn absolute(folder: &Path) -> Option<PathBuf> {
    let folder = std::path::absolute(folder).ok()?;
    let there = folder.ancestors().find(|part| part.exists())?;
    let rest = folder.strip_prefix(there).ok()?;
    Some(there.canonicalize().ok()?.join(rest))
}

/// SHA-256 in lowercase hexadecimal digits.
pub(super) fn hash(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
