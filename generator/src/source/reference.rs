//! References between files to the files: what a description refers to is read too, if it lies where it may be read from.

use super::{Given, Link, Project, Request, Role, SourceFile, load, shown};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::origin::FileId;
use crate::tree::{Kind, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// Most files that descriptions may refer to.
const FILES: usize = 5_000;

/// Reads the files that the OpenAPI documents of a run refer to, and those that these refer to.
pub(super) fn load_referred(given: &Given, project: &mut Project, diagnostics: &mut Diagnostics) {
    let folder = given
        .config
        .as_deref()
        .and_then(Path::parent)
        .map(Path::to_path_buf);
    let mut paths: BTreeMap<FileId, PathBuf> = BTreeMap::new();
    let mut known: BTreeMap<PathBuf, FileId> = BTreeMap::new();
    for file in &project.files {
        // What is shown of a source is its path.
        let path = PathBuf::from(&file.path);
        if let Ok(real) = path.canonicalize() {
            known.entry(real).or_insert(file.id);
        }
        paths.insert(file.id, path);
    }
    let mut open: Vec<FileId> = project
        .files
        .iter()
        .filter(|file| describes(file))
        .map(|file| file.id)
        .collect();
    let mut roots: Vec<PathBuf> = given.allowed_roots.clone();
    match folder {
        Some(folder) => roots.push(folder),
        None => roots.extend(
            open.iter()
                .filter_map(|id| Some(paths.get(id)?.parent()?.to_path_buf())),
        ),
    }
    let roots: Vec<PathBuf> = roots.iter().filter_map(|root| real(root)).collect();
    let mut used = BTreeSet::new();
    while let Some(id) = open.pop() {
        let Some(at) = project.files.iter().position(|file| file.id == id) else {
            continue;
        };
        let texts = project.files.get(at).map(references).unwrap_or_default();
        let Some(path) = paths.get(&id).cloned() else {
            continue;
        };
        let mut links = BTreeMap::new();
        for text in texts {
            let target = match (project.config.refs.get(&text), &given.config) {
                (Some(file), Some(config)) => {
                    used.insert(text.clone());
                    let folder = config.parent().unwrap_or(Path::new(""));
                    within(folder.join(file), file, &roots)
                }
                _ => target(&path, &text, &roots),
            };
            let link = match target {
                Err(link) => link,
                Ok(target) => {
                    let real = target.canonicalize().unwrap_or_else(|_| target.clone());
                    match known.get(&real) {
                        Some(id) => Link::File(*id),
                        None if project.files.len() >= FILES => refused(
                            Code::OPENAPI_REFERENCE,
                            format!("`{text}` is not read: there are more than {FILES} files"),
                            "bundle the description into fewer files",
                        ),
                        None => {
                            let next = FileId(
                                project
                                    .files
                                    .iter()
                                    .map(|file| file.id.0 + 1)
                                    .max()
                                    .unwrap_or_default(),
                            );
                            let request = Request {
                                role: Role::Referred,
                                shown: shown(&tidy(&target)),
                                ..Request::new(&target)
                            };
                            match load(&[request], next, diagnostics).pop() {
                                Some(file) => {
                                    known.insert(real, file.id);
                                    paths.insert(file.id, target);
                                    open.push(file.id);
                                    let link = Link::File(file.id);
                                    project.files.push(file);
                                    link
                                }
                                None => refused(
                                    Code::OPENAPI_REFERENCE,
                                    format!("`{text}` cannot be read"),
                                    "put the file there",
                                ),
                            }
                        }
                    }
                }
            };
            links.insert(text, link);
        }
        if let Some(file) = project.files.get_mut(at) {
            file.links = links;
        }
    }
    if diagnostics.has_errors() {
        // What could not be read might refer to it.
        return;
    }
    for url in project
        .config
        .refs
        .keys()
        .filter(|url| !used.contains(*url))
    {
        diagnostics.push(
            Diagnostic::new(Code::CONFIG_UNUSED, format!("nothing refers to `{url}`"))
                .at(project.config.place(&["refs", url]))
                .help("remove the entry, or write the URL as references do, without its fragment"),
        );
    }
}

/// Whether a file is one whose references are followed from the beginning.
fn describes(file: &SourceFile) -> bool {
    let Some(tree) = &file.tree else { return false };
    let root = tree.root();
    file.role == Role::Whole && (root.get("openapi").is_some() || root.get("swagger").is_some())
}

/// The texts of all references of a document to other files, without their fragments.
fn references(file: &SourceFile) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    let Some(tree) = &file.tree else { return texts };
    let mut open = vec![tree.root()];
    while let Some(node) = open.pop() {
        for (key, value) in node.entries() {
            match (key.text, value.kind()) {
                ("$ref" | "$dynamicRef", Kind::String) => add(value, &mut texts),
                ("mapping", Kind::Object) => {
                    for (_, value) in value.entries() {
                        // A name alone is that of a schema.
                        if value
                            .as_str()
                            .is_some_and(|text| text.contains(['/', '#', '.']))
                        {
                            add(value, &mut texts);
                        }
                    }
                }
                _ => open.push(value),
            }
        }
        open.extend(node.items());
    }
    texts
}

fn add(node: Node<'_>, texts: &mut BTreeSet<String>) {
    let text = node.as_str().unwrap_or_default();
    let url = text.split('#').next().unwrap_or_default();
    if !url.is_empty() {
        texts.insert(url.to_owned());
    }
}

fn refused(code: Code, message: String, help: &str) -> Link {
    Link::Refused {
        code,
        message,
        help: help.to_owned(),
    }
}

/// The path that a reference means.
fn target(from: &Path, text: &str, roots: &[PathBuf]) -> Result<PathBuf, Link> {
    if text.contains("://") || text.starts_with("//") {
        return Err(refused(
            Code::OPENAPI_REMOTE_REFERENCE,
            format!("`{text}` is on another machine, and nothing is fetched"),
            &format!(
                "download it to `{0}` beside letterpress.yaml, and list it there: `refs: {{\"{text}\": {0}}}`",
                place_for(text)
            ),
        ));
    }
    let decoded = decoded(text);
    let path = Path::new(&decoded);
    let plain = path.components().all(|part| {
        matches!(
            part,
            Component::Normal(_) | Component::CurDir | Component::ParentDir
        )
    });
    if !plain || decoded.contains(['\\', '\0', ':']) {
        return Err(outside(text));
    }
    within(
        from.parent().unwrap_or(Path::new("")).join(path),
        text,
        roots,
    )
}

/// A path, if it is there and below one of the folders.
fn within(target: PathBuf, text: &str, roots: &[PathBuf]) -> Result<PathBuf, Link> {
    match target.canonicalize() {
        Ok(real) if roots.iter().any(|root| real.starts_with(root)) => Ok(target),
        Ok(_) => Err(outside(text)),
        Err(_) => Err(refused(
            Code::OPENAPI_REFERENCE,
            format!("there is no file `{}`", shown(&tidy(&target))),
            "put the file there, or correct the reference",
        )),
    }
}

fn outside(text: &str) -> Link {
    refused(
        Code::OPENAPI_REFERENCE_OUTSIDE,
        format!("`{text}` leads out of the folder of the description"),
        "put the file into the folder, or allow its folder with `--allow-root`",
    )
}

/// A path for a copy of a document: `https://example.com/a/pet.json` is `refs/example.com/a/pet.json`.
fn place_for(url: &str) -> String {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let steps = rest
        .split('/')
        .map(|step| step.replace(|c| !plain(c), "-"))
        .filter(|step| !step.trim_matches('.').is_empty());
    let steps: Vec<String> = steps.collect();
    format!("refs/{}", steps.join("/"))
}

/// Text in which `%20` is a blank.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let pair = tail
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn real(folder: &Path) -> Option<PathBuf> {
    match folder.as_os_str().is_empty() {
        true => Path::new(".").canonicalize().ok(),
        false => folder.canonicalize().ok(),
    }
}

/// A path without `a/..`, for printing.
fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        let inner = matches!(out.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::ParentDir if inner => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}
