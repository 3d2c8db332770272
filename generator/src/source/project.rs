//! A configuration with the sources it names: all that one run reads.

use super::{Request, Role, SourceFile, load, overlay, read, reference, refused};
use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::names::lock;
use crate::origin::{FileId, Origin};
use crate::tree::yaml;
use std::path::{Path, PathBuf};

/// What one run reads.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// The settings.
    pub config: Config,
    /// The configuration, if there is one, then the sources in order of authority.
    pub files: Vec<SourceFile>,
}

/// What the command line says, which counts more than a configuration.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The configuration to read.
    pub config: Option<PathBuf>,
    /// The sources to read instead of those that the configuration lists.
    pub sources: Vec<PathBuf>,
    /// Files with values of variables, which count more than those that the configuration lists.
    pub environments: Vec<PathBuf>,
    /// The name of the crate.
    pub name: Option<String>,
    /// Folders beside those of the descriptions that references may lead into.
    pub allowed_roots: Vec<PathBuf>,
    /// The names that the crate has given away, if they do not lie beside the configuration as `names.lock`. There need
    /// not be such a file yet.
    pub names_lock: Option<PathBuf>,
}

impl Given {
    /// Where the names that the crate has given away are kept; nowhere without a configuration unless somebody says it.
    pub fn lock(&self) -> Option<PathBuf> {
        let beside = |config: &PathBuf| config.with_file_name(lock::FILE);
        let given = self.names_lock.clone();
        given.or_else(|| self.config.as_ref().map(beside))
    }
}

/// Reads a configuration, if one is given, and the sources. Without a configuration the settings are the defaults.
///
/// Nothing comes back only where the configuration itself is refused. Sources that cannot be read are errors among the
/// diagnostics; the files that could be are still there to show the places of all findings.
pub fn load_project(given: &Given, diagnostics: &mut Diagnostics) -> Project {
    let mut project = Project::default();
    let mut listed = Vec::new();
    let mut overlays = Vec::new();
    let requests = match &given.config {
        None => {
            let name = given.name.clone().unwrap_or_default();
            if let Err(why) = config::check_crate_name(&name) {
                diagnostics.push(Diagnostic::new(Code::CONFIG_VALUE, why));
            }
            project.config = Config::for_sources(&name);
            given.sources.iter().map(Request::new).collect()
        }
        Some(path) => {
            let Some(config) = load_config(path, given, &mut project.files, diagnostics) else {
                return project;
            };
            project.config = config;
            listed = environments(path, &project.config, diagnostics);
            overlays = self::overlays(path, &project.config, diagnostics);
            if given.sources.is_empty() {
                requests(path, &project.config, diagnostics)
            } else {
                given.sources.iter().map(Request::new).collect()
            }
        }
    };
    if requests.is_empty() && !diagnostics.has_errors() {
        diagnostics.push(
            Diagnostic::new(Code::SOURCE_NONE, "there is no source to read").help(
                "name one on the command line, or list it under `sources` in letterpress.yaml",
            ),
        );
    }
    let environments = given.environments.iter().map(Request::new);
    let environments = environments.chain(listed).map(|request| Request {
        role: Role::Environment,
        ..request
    });
    let requests: Vec<_> = requests
        .into_iter()
        .chain(overlays)
        .chain(environments)
        .collect();
    twice(&requests, diagnostics);
    let first = FileId(project.files.len() as u32);
    project.files.extend(load(&requests, first, diagnostics));
    overlay::apply(&mut project, diagnostics);
    reference::load_referred(given, &mut project, diagnostics);
    load_lock(given, &mut project, diagnostics);
    project
}

/// Reads a configuration and the names that its crate has given away, and no source.
pub fn load_names(config: &Path, diagnostics: &mut Diagnostics) -> Project {
    let given = Given {
        config: Some(config.to_owned()),
        ..Given::default()
    };
    let mut project = Project::default();
    if let Some(config) = load_config(config, &given, &mut project.files, diagnostics) {
        project.config = config;
        load_lock(&given, &mut project, diagnostics);
    }
    project
}

/// Reads the configuration. Its file is there even where it is refused.
fn load_config(
    path: &Path,
    given: &Given,
    files: &mut Vec<SourceFile>,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let id = FileId(0);
    let mut file = read(&Request::new(path), id, diagnostics)?;
    let options = config::Options {
        name: given.name.as_deref(),
        sources: !given.sources.is_empty(),
    };
    let config = match yaml::parse(id, &file.text) {
        _ if refused(diagnostics, id) => None,
        Ok(document) => {
            for warning in document.warnings {
                diagnostics.push(warning);
            }
            let config = config::read(&file.text, &document.tree, &options, diagnostics);
            file.tree = Some(document.tree);
            config
        }
        Err(faults) => {
            for fault in faults {
                diagnostics.push(fault);
            }
            None
        }
    };
    files.push(file);
    config
}

/// Reads the names that the crate has given away, if there are any.
fn load_lock(given: &Given, project: &mut Project, diagnostics: &mut Diagnostics) {
    let Some(path) = given.lock().filter(|path| path.exists()) else {
        return;
    };
    let numbers = project.files.iter().map(|file| file.id.0 + 1);
    let id = FileId(numbers.max().unwrap_or_default());
    let request = Request {
        role: Role::Names,
        ..Request::new(path)
    };
    if let Some(file) = read(&request, id, diagnostics) {
        project.config.lock = lock::read(id, &file.text, diagnostics);
        project.files.push(file);
    }
}

/// The sources that a configuration lists.
fn requests(path: &Path, config: &Config, diagnostics: &mut Diagnostics) -> Vec<Request> {
    let mut requests = Vec::new();
    for (index, source) in config.sources.iter().enumerate() {
        let asked = config.place(&["sources", &index.to_string(), "file"]);
        if let Some(request) = inside(path, &source.file, asked, diagnostics) {
            requests.push(Request {
                tag: source.tag.clone(),
                ..request
            });
        }
    }
    requests
}

/// The environments that a configuration lists.
fn environments(path: &Path, config: &Config, diagnostics: &mut Diagnostics) -> Vec<Request> {
    let mut requests = Vec::new();
    for (index, file) in config.environments.iter().enumerate() {
        let asked = config.place(&["environments", &index.to_string()]);
        requests.extend(inside(path, file, asked, diagnostics));
    }
    requests
}

/// The overlays that a configuration lists.
fn overlays(path: &Path, config: &Config, diagnostics: &mut Diagnostics) -> Vec<Request> {
    let mut requests = Vec::new();
    for (index, file) in config.overlays.iter().enumerate() {
        let asked = config.place(&["overlays", &index.to_string()]);
        if let Some(request) = inside(path, file, asked, diagnostics) {
            requests.push(Request {
                role: Role::Overlay,
                ..request
            });
        }
    }
    requests
}

/// A file that a configuration lists. None lies outside its folder, not even through a symbolic link: a description
/// from elsewhere must not be able to have other files of the machine read.
fn inside(
    path: &Path,
    file: &str,
    asked: Option<Origin>,
    diagnostics: &mut Diagnostics,
) -> Option<Request> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let real = |path: &Path| {
        let path = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        path.canonicalize()
    };
    let request = Request {
        asked,
        ..Request::new(folder.join(file))
    };
    let outside = match (real(folder), real(&request.path)) {
        (Ok(root), Ok(file)) => !file.starts_with(root),
        // It cannot be opened either, and that is said with the reason.
        _ => false,
    };
    if outside {
        let message = format!("`{file}` leads out of the folder of the configuration");
        diagnostics.push(
            Diagnostic::new(Code::CONFIG_SOURCE, message)
                .at(asked)
                .help("put the file itself into the folder"),
        );
        return None;
    }
    Some(request)
}

/// Refuses a file that is given twice: its evidence would count twice.
fn twice(requests: &[Request], diagnostics: &mut Diagnostics) {
    let mut seen = std::collections::BTreeSet::new();
    for request in requests {
        let real = request
            .path
            .canonicalize()
            .unwrap_or_else(|_| request.path.clone());
        if !seen.insert(real) {
            let message = format!("the source `{}` is given twice", request.shown);
            diagnostics.push(
                Diagnostic::new(Code::CONFIG_SOURCE, message)
                    .at(request.asked)
                    .help("remove one of the two"),
            );
        }
    }
}
