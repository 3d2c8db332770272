//! `letterpress.yaml`: which sources make one API, in order of authority, and what the user decides about the crate.

mod check;
mod idempotency;
mod overrides;
mod pagination;
mod raw;
mod runtime;

pub use check::{check_crate_name, erased};
pub use idempotency::{Idempotency, Repetition};
pub use overrides::{Listed, Overrides, TypeExpression};
pub use pagination::{PagingEntry, PagingStyle};
pub use raw::{Options, read};
pub use runtime::SharedRuntime;

use crate::names::lock::Lock;
use crate::origin::{FileId, Origin, Pointer};
use std::collections::BTreeMap;

/// The settings of one API.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Name of the crate. From `--name` where there is no file.
    pub name: String,
    /// Version of the crate, not of the API.
    pub version: String,
    /// What the API is called in documentation: `Zendesk Support`. Else the title of a source, else the crate's name.
    pub title: Option<String>,
    /// A sentence for the manifest and the crate's page.
    pub description: Option<String>,
    /// The license of the crate as an SPDX expression, for the manifest.
    pub license: Option<String>,
    /// Where documentation of the crate is read, for the manifest.
    pub documentation: Option<String>,
    /// The project's page, for the manifest.
    pub homepage: Option<String>,
    /// Where the crate's source is, for the manifest.
    pub repository: Option<String>,
    /// The sources in order of authority.
    pub sources: Vec<SourceEntry>,
    /// Files with values of variables, relative to the folder of letterpress.yaml; the first that has a variable counts.
    pub environments: Vec<String>,
    /// Overlay documents that change the sources, relative to the folder of letterpress.yaml, in the order in which they
    /// are applied. The file's own changes, `patches`, are read from its tree where they are applied.
    pub overlays: Vec<String>,
    /// The files that stand for documents on other machines, by the URL that references name.
    pub refs: BTreeMap<String, String>,
    /// Which operations the crate has, if not all.
    pub include: Filter,
    /// Which of these it has not.
    pub exclude: Filter,
    /// Where the API is served, if the sources do not say or say wrong.
    pub server: Option<ServerEntry>,
    /// Whether bodies that are objects with a single member are given and taken without that envelope.
    pub unwrap: bool,
    /// Operations to leave out.
    pub skip: Vec<SkipEntry>,
    /// Names that the user chooses.
    pub names: Names,
    /// Which operations may be sent twice.
    pub idempotency: Idempotency,
    /// The crate that has the runtime, if it is shared by several clients.
    pub runtime: Option<SharedRuntime>,
    /// What is generated beside the code.
    pub pages: Pages,
    /// What the user decides about single values: `types`, `nullable`, `required`, `enums` and `names.fields`.
    pub overrides: Overrides,
    /// How results come page by page: method and path, to what the user says of it.
    pub pagination: BTreeMap<String, PagingEntry>,
    /// The names that the crate has given away already; from names.lock.
    pub lock: Lock,
    /// The file itself, unless there is none.
    pub file: Option<FileId>,
    /// Where each value stands in the file, by JSON pointer, for findings about it in later stages.
    pub places: BTreeMap<String, Origin>,
}

impl Config {
    /// The settings of a run without a file.
    pub fn for_sources(name: &str) -> Self {
        Config {
            name: name.to_owned(),
            version: DEFAULT_VERSION.to_owned(),
            ..Config::default()
        }
    }

    /// Where a value stands in the file: `["skip", "0", "operation"]`, `["names", "types", "Foo"]`.
    pub fn place(&self, steps: &[&str]) -> Option<Origin> {
        let mut pointer = Pointer::default();
        for step in steps {
            pointer.push_key(step);
        }
        self.places.get(pointer.as_str()).copied()
    }
}

/// The version of a crate whose file names none.
const DEFAULT_VERSION: &str = "0.1.0";

/// One source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceEntry {
    /// Path relative to the folder of letterpress.yaml.
    pub file: String,
    /// The group that its operations belong to if the source names none.
    pub tag: Option<String>,
}

/// Operations by what they have in common. An operation is meant if one of the entries meets it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Tags as the sources write them.
    pub tags: Vec<String>,
    /// Paths, in which `*` is any part of a segment and `**` any number of segments; names of parameters do not matter.
    pub paths: Vec<String>,
    /// The names of operations in the sources, such as an `operationId`, or method and path.
    pub operations: Vec<String>,
}

impl Filter {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.paths.is_empty() && self.operations.is_empty()
    }
}

/// What is generated beside the code. Everything is, unless the file says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pages {
    /// `docs.curl`: a command line for each operation, in its documentation.
    pub curl: bool,
    /// `docs.samples`: sample bodies for each operation, in its documentation.
    pub samples: bool,
    /// `examples`: a program for each operation, or for each group of many.
    pub examples: bool,
    /// `tests`: the samples of the sources as files, and a test that reads and writes them.
    pub tests: bool,
}

impl Default for Pages {
    fn default() -> Self {
        Pages {
            curl: true,
            samples: true,
            examples: true,
            tests: true,
        }
    }
}

/// Where the API is served.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServerEntry {
    /// An absolute URL; `{name}` stands for a variable.
    pub url: String,
    /// What is known about the variables, by name.
    pub variables: BTreeMap<String, VariableEntry>,
}

/// A variable of the server's URL.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VariableEntry {
    /// The value if the caller chooses none.
    pub default: Option<String>,
    /// The only values allowed.
    pub allowed: Vec<String>,
    /// What it means.
    pub description: Option<String>,
}

/// An operation to leave out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SkipEntry {
    /// Method and path: `POST /users/{id}`; names of parameters do not matter.
    pub operation: String,
    /// Why, for whoever reads the file next.
    pub reason: Option<String>,
}

/// Names that the user chooses instead of ours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// Method and path, to the name of the method in Rust.
    pub operations: BTreeMap<String, String>,
    /// The name we would give a type, to the name it gets.
    pub types: BTreeMap<String, String>,
}

#[cfg(test)]
mod tests;
