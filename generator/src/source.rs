//! Source files: paths become texts and, where the text is JSON or YAML, documents. The only place that reads files.

mod decode;
mod detect;
mod folder;
pub mod guess;
mod history;
mod overlay;
mod project;
mod reference;

pub use history::{History, changelog_path, load_history, released_path};
pub use project::{Given, Project, load_names, load_project};

use crate::diagnostic::render::Files;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::origin::{FileId, Origin, Pointer, Span};
use crate::tree::{Tree, json, limit, yaml};
use detect::Format;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
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
    /// What it is among the files of a run.
    pub role: Role,
    /// The files that its references name, by their text without the fragment.
    pub links: BTreeMap<String, Link>,
}

impl SourceFile {
    /// A description that is there as text already. The path says how it is shown, and may help to tell what it is.
    ///
    /// What is wrong with the text is added to the findings; the file is then without its tree.
    pub fn from_text(path: &str, text: &str, diagnostics: &mut Diagnostics) -> Self {
        let mut file = SourceFile {
            id: FileId(0),
            path: path.to_owned(),
            text: text.into(),
            tree: None,
            tag: None,
            role: Role::Whole,
            links: BTreeMap::new(),
        };
        let (tree, findings) = document(&file);
        file.tree = tree;
        for finding in findings {
            diagnostics.push(finding);
        }
        file
    }
}

/// What a reference to a file leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A file of the run.
    File(FileId),
    /// Nothing that may be read. It is a fault only where the reference is used.
    Refused {
        /// The entry of the catalogue.
        code: Code,
        /// Why.
        message: String,
        /// What the user can do.
        help: String,
    },
}

/// What a file is among the files of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// A description, or the configuration.
    #[default]
    Whole,
    /// Values of variables, which the user gives as such.
    Environment,
    /// A file of a folder that describes an API as a whole; the text is the folder as it is shown.
    Part(String),
    /// A file that another one refers to.
    Referred,
    /// A document that changes the others; it has done so when they are given on.
    Overlay,
    /// The names that the crate has given away.
    Names,
}

/// A file to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Where it is.
    pub path: PathBuf,
    /// How it is called in what is printed; with slashes.
    pub shown: String,
    /// The group that its operations belong to if the file names none.
    pub tag: Option<String>,
    /// What asks for the file, if a configuration does.
    pub asked: Option<Origin>,
    /// What it is among the files of a run.
    pub role: Role,
}

impl Request {
    /// A file that is called what its path says.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Request {
            shown: shown(&path),
            path,
            tag: None,
            asked: None,
            role: Role::default(),
        }
    }
}

/// Reads files and numbers them in the order given, beginning with `first`. A folder stands for the files in it that
/// describe an API together, in the order of their paths.
///
/// A file that cannot be opened or decoded is an error and is left out; one whose text is no valid document is an error
/// too, but stays without its tree, so that what is said of it can be shown.
pub fn load(requests: &[Request], first: FileId, diagnostics: &mut Diagnostics) -> Vec<SourceFile> {
    let mut files = Vec::with_capacity(requests.len());
    let mut number = first.0;
    for request in requests {
        let expanded = match request.path.is_dir() {
            true => folder::files(request),
            false => Ok(vec![request.clone()]),
        };
        let expanded = expanded.unwrap_or_else(|why| {
            diagnostics.push(unreadable(request, &why));
            Vec::new()
        });
        for request in &expanded {
            files.extend(load_file(request, FileId(number), diagnostics));
            number = number.saturating_add(1);
        }
    }
    files
}

fn load_file(request: &Request, id: FileId, diagnostics: &mut Diagnostics) -> Option<SourceFile> {
    let mut file = read(request, id, diagnostics)?;
    let (tree, findings) = document(&file);
    file.tree = tree;
    for finding in findings {
        diagnostics.push(finding);
    }
    Some(file)
}

/// The path with slashes, each once, for printing.
pub fn shown(path: &Path) -> String {
    let path: PathBuf = path.components().collect();
    path.to_string_lossy().replace('\\', "/")
}

/// Reads the text of one file.
fn read(request: &Request, id: FileId, diagnostics: &mut Diagnostics) -> Option<SourceFile> {
    let bytes = match bytes(&request.path) {
        Ok(bytes) => bytes,
        Err(why) => {
            diagnostics.push(unreadable(request, &why));
            return None;
        }
    };
    let mut file = SourceFile {
        id,
        path: request.shown.clone(),
        text: "".into(),
        tree: None,
        tag: request.tag.clone(),
        role: request.role.clone(),
        links: BTreeMap::new(),
    };
    match decode::decode(&bytes) {
        Ok(text) => file.text = text,
        Err(fault) => {
            let at = Span::new(fault.offset, fault.offset + fault.mark);
            let message = format!("byte {} of the file is not {}", fault.byte, fault.encoding);
            diagnostics.push(
                Diagnostic::new(Code::SOURCE_ENCODING, message)
                    .at(Origin { file: id, span: at })
                    .help("save the file as UTF-8"),
            );
            // The text is kept, with marks where it could not be read, to show the place.
            file.text = fault.text;
        }
    }
    Some(file)
}

/// The refusal of what cannot be opened.
fn unreadable(request: &Request, why: &str) -> Diagnostic {
    Diagnostic::new(
        Code::SOURCE_UNREADABLE,
        format!("cannot read `{}`: {why}", request.shown),
    )
    .at(request.asked)
}

/// All bytes of a regular file within the limit; else why not.
fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let metadata = std::fs::metadata(path).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    let too_large = format!("it is larger than {} MiB", limit::INPUT_BYTES >> 20);
    if metadata.len() > limit::INPUT_BYTES as u64 {
        return Err(too_large);
    }
    let file = File::open(path).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    // The file may grow while it is read, and special files lie about their size.
    file.take(limit::INPUT_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if bytes.len() > limit::INPUT_BYTES {
        return Err(too_large);
    }
    Ok(bytes)
}

/// The document that a text is, if it is one, and what there is to say about it.
fn document(file: &SourceFile) -> (Option<Tree>, Vec<Diagnostic>) {
    match detect::format(&file.text, &file.path) {
        Format::Page => (None, Vec::new()),
        Format::Json => match json::parse(file.id, &file.text, json::Dialect::Strict) {
            Ok(tree) => (Some(tree), Vec::new()),
            Err(faults) => (None, faults),
        },
        Format::Yaml => match yaml::parse(file.id, &file.text) {
            Ok(document) => (Some(document.tree), document.warnings),
            Err(faults) => (None, faults),
        },
        Format::Empty => {
            let place = Origin {
                file: file.id,
                span: Span::default(),
            };
            let message = "the file is empty";
            let empty = Diagnostic::new(Code::SOURCE_EMPTY, message)
                .at(place)
                .help("give a file that describes an API, or take this one from the sources");
            (None, vec![empty])
        }
    }
}

/// Whether a file was refused while it was read: nothing can be made of the others without it.
pub(crate) fn refused(diagnostics: &Diagnostics, file: FileId) -> bool {
    diagnostics.iter().any(|diagnostic| {
        diagnostic.severity == Severity::Error
            && diagnostic.origin.is_some_and(|origin| origin.file == file)
    })
}

impl Files for [SourceFile] {
    fn path(&self, file: FileId) -> Option<&str> {
        find(self, file).map(|file| file.path.as_str())
    }

    fn text(&self, file: FileId) -> Option<&str> {
        find(self, file).map(|file| &*file.text)
    }

    fn pointer(&self, origin: Origin) -> Option<Pointer> {
        let tree = find(self, origin.file)?.tree.as_ref()?;
        Some(tree.innermost(origin.span.start).pointer())
    }
}

fn find(files: &[SourceFile], id: FileId) -> Option<&SourceFile> {
    files.iter().find(|file| file.id == id)
}

#[cfg(test)]
mod tests;
