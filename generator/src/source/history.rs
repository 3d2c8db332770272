//! What is kept of an API beside its configuration: the released version, and the changelog.

use super::{bytes, shown};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use std::path::{Path, PathBuf};

/// What is kept of an API. What is not there is `None`.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The text of `released.json`: what the released version shows.
    pub released: Option<String>,
    /// The text of `CHANGELOG.md`.
    pub changelog: Option<String>,
    /// Whether a version that is too low is an error and no warning.
    pub binding: bool,
}

/// Where the released version of an API is kept, by its configuration.
pub fn released_path(config: &Path) -> PathBuf {
    config.with_file_name("released.json")
}

/// Where the changelog of an API is kept, by its configuration.
pub fn changelog_path(config: &Path) -> PathBuf {
    config.with_file_name("CHANGELOG.md")
}

/// Reads what is kept beside a configuration.
pub fn load_history(config: &Path, diagnostics: &mut Diagnostics) -> History {
    let mut read = |path: &Path| {
        if !path.exists() {
            return None;
        }
        let text = bytes(path)
            .and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned()));
        text.map_err(|why| {
            let message = format!("cannot read `{}`: {why}", shown(path));
            diagnostics.push(Diagnostic::new(Code::SOURCE_UNREADABLE, message));
        })
        .ok()
    };
    History {
        released: read(&released_path(config)),
        changelog: read(&changelog_path(config)).map(|text| text.replace('\r', "")),
        binding: false,
    }
}
