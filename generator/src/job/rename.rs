//! A name of a crate to another one: `names.lock` is read, changed and written.

use crate::diagnostic::render::Printer;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::names::lock::{self, FILE, Renamed};
use crate::output;
use crate::source::{self, SourceFile};
use std::path::Path;

/// What became of a name.
#[derive(Clone, Debug, Default)]
pub struct Renaming {
    /// What was renamed; nothing if there was an error.
    pub renamed: Option<Renamed>,
    files: Vec<SourceFile>,
    diagnostics: Diagnostics,
}

impl Renaming {
    /// What there is to say, as text; see [`Printer::text`].
    pub fn findings(&self, colour: bool) -> String {
        Printer::new(&self.files, &self.diagnostics).text(&self.diagnostics, colour)
    }
}

/// Renames something in the `names.lock` of a folder with a configuration; see [`lock::rename`]. Places of
/// letterpress.yaml that speak of the old name are findings.
pub fn rename(folder: &Path, old: &str, new: &str) -> Renaming {
    let mut renaming = Renaming::default();
    let diagnostics = &mut renaming.diagnostics;
    let mut project = source::load_names(&folder.join("letterpress.yaml"), diagnostics);
    let path = folder.join(FILE);
    if !diagnostics.has_errors() && project.config.lock.is_empty() {
        let message = format!("`{}` has no names yet", source::shown(&path));
        let help = "generate the crate once, so that its names are written down";
        diagnostics.push(Diagnostic::new(Code::NAMES_UNKNOWN, message).help(help));
    }
    if !diagnostics.has_errors() {
        let version = project.config.version.clone();
        match lock::rename(&mut project.config.lock, old, new, &version) {
            Ok(renamed) => {
                let text = lock::text(&project.config.lock);
                match output::write_text(&path, &text) {
                    Ok(()) => {
                        diagnostics.extend(mentions(&project, &renamed));
                        renaming.renamed = Some(renamed);
                    }
                    Err(fault) => diagnostics.push(fault),
                }
            }
            Err(why) => {
                let message = format!("`{old}` cannot be renamed to `{new}`: {why}");
                let help = "names.lock lists the names of the crate";
                diagnostics.push(Diagnostic::new(Code::NAMES_UNKNOWN, message).help(help));
            }
        }
    }
    renaming.files = project.files;
    renaming.diagnostics.sort();
    renaming
}

/// The places of letterpress.yaml that speak of a type by the name that it had.
fn mentions(project: &source::Project, renamed: &Renamed) -> Diagnostics {
    let mut found = Diagnostics::new();
    let Some(old) = renamed.old.strip_prefix("types::") else {
        return found;
    };
    let Some(new) = renamed.new.strip_prefix("types::") else {
        return found;
    };
    let config = &project.config;
    let addresses = |section: &'static [&'static str], keys: Vec<&String>| {
        let keys = keys.into_iter().cloned();
        keys.map(move |key| (section, key)).collect::<Vec<_>>()
    };
    let overrides = &config.overrides;
    let all = [
        addresses(&["types"], overrides.types.keys().collect()),
        addresses(&["nullable"], overrides.nullable.keys().collect()),
        addresses(&["required"], overrides.required.keys().collect()),
        addresses(&["enums"], overrides.enums.keys().collect()),
        addresses(&["names", "fields"], overrides.fields.keys().collect()),
    ];
    for (section, key) in all.into_iter().flatten() {
        let behind = key.strip_prefix(old);
        let Some(behind) = behind.filter(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        else {
            continue;
        };
        let mut steps = section.to_vec();
        steps.push(&key);
        let message = format!("letterpress.yaml speaks of `{key}`");
        found.push(
            Diagnostic::new(Code::NAMES_MENTIONED, message)
                .at(config.place(&steps))
                .help(format!("write `{new}{behind}`")),
        );
    }
    found
}
