//! The list of files that were made, with their hashes, in the form that `sha256sum --check` reads.

use super::{existing, path};
use crate::diagnostic::Diagnostic;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// Name of the list.
pub(super) const NAME: &str = "files.sha256";

/// The files of a run by path, with the hashes of their bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest(BTreeMap<String, String>);

impl Manifest {
    /// Reads the list; one that is not there is empty. Lines that are none of ours (a merge may leave some) count as
    /// not there: a file that is not listed is merely not removed.
    pub(super) fn read(path: &Path) -> Result<Self, Diagnostic> {
        let bytes = existing(path)?.unwrap_or_default();
        let mut manifest = Manifest::default();
        for line in String::from_utf8_lossy(&bytes).lines() {
            if let Some((hash, path)) = line.split_once("  ")
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
        self.0.insert(path.to_owned(), hash);
    }

    pub(super) fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(path, hash)| (path.as_str(), hash.as_str()))
    }

    /// The list as it is written, sorted by path.
    pub(super) fn text(&self) -> String {
        self.iter()
            .map(|(path, hash)| format!("{hash}  {path}\n"))
            .collect()
    }
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
