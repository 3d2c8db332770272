//! Source files: the only place that reads them.

use crate::origin::FileId;
use crate::tree::Tree;
use std::sync::Arc;

/// A file that describes an API, or a part of one.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its number in this run.
    pub id: FileId,
    /// The path as it is shown: with slashes, relative to where the run was started or to the configuration.
    pub path: String,
    /// The text, without byte order mark.
    pub text: Arc<str>,
    /// The document, if the text is JSON or YAML. Else it is a page.
    pub tree: Option<Tree>,
    /// The group that its operations belong to if the file names none.
    pub tag: Option<String>,
}
