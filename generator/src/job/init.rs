//! A folder of descriptions to a letterpress.yaml: what lies there, in the order in which it can be trusted.

use super::{Code, Diagnostic, Diagnostics, Given, Printer, source};
use crate::config::check_crate_name;
use crate::model::Model;
use crate::model::schema::Authority;
use crate::names;
use crate::source::Role;
use crate::{lower_all, output, postman};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What was begun.
#[derive(Clone, Debug, Default)]
pub struct Begun {
    /// The file that was written; nothing if there was an error.
    pub written: Option<PathBuf>,
    /// What was found, a line each.
    pub sources: Vec<String>,
    diagnostics: Diagnostics,
}

impl Begun {
    /// What there is to say, as text; see [`Printer::text`].
    pub fn findings(&self, colour: bool) -> String {
        Printer::new(&Vec::new(), &self.diagnostics).text(&self.diagnostics, colour)
    }
}

/// How deep is looked for descriptions.
const DEEPEST: usize = 6;
/// How many files are looked at.
const MOST: usize = 2_000;
/// What descriptions are called.
const ENDINGS: [&str; 10] = [
    "json", "yaml", "yml", "md", "mdx", "markdown", "txt", "har", "sh", "curl",
];
/// The name of the file.
const FILE: &str = "letterpress.yaml";

/// A description that was found.
struct Found {
    /// Its path from the folder on, with slashes.
    path: String,
    what: &'static str,
    authority: Authority,
    operations: usize,
    title: Option<String>,
}

/// Writes a letterpress.yaml into a folder, unless there is one.
pub fn init(folder: &Path) -> Begun {
    let mut begun = Begun::default();
    let path = folder.join(FILE);
    if path.exists() {
        let message = format!("`{}` is there already", source::shown(&path));
        let help = "edit it, or remove it first";
        let fault = Diagnostic::new(Code::INIT_EXISTS, message).help(help);
        begun.diagnostics.push(fault);
        return begun;
    }
    let survey = survey(folder);
    if survey.sources.is_empty() {
        let message = format!(
            "`{}` holds no description of an API that can be read",
            source::shown(folder)
        );
        let help = "put an OpenAPI document, a Postman collection, a page, a recording or a file of curl commands there; `letterpress generate` tells why a file cannot be read";
        let fault = Diagnostic::new(Code::INIT_NOTHING, message).help(help);
        begun.diagnostics.push(fault);
        return begun;
    }
    let name = crate_name(&survey, folder);
    match output::write_text(&path, &text(&survey, &name)) {
        Ok(()) => begun.written = Some(path),
        Err(fault) => begun.diagnostics.push(fault),
    }
    begun.sources = survey.sources.iter().map(line).collect();
    begun
}

/// What lies in a folder.
#[derive(Default)]
struct Survey {
    /// The sources, those that can be trusted most first.
    sources: Vec<Found>,
    environments: Vec<String>,
    overlays: Vec<String>,
}

fn survey(folder: &Path) -> Survey {
    let mut survey = Survey::default();
    let mut referred: BTreeSet<PathBuf> = BTreeSet::new();
    for path in candidates(folder) {
        let mut unsaid = Diagnostics::new();
        let given = Given {
            sources: vec![path.clone()],
            name: Some("api".to_owned()),
            ..Given::default()
        };
        let project = source::load_project(&given, &mut unsaid);
        let relative = path.strip_prefix(folder).unwrap_or(&path);
        let relative = source::shown(relative);
        let Some(first) = project.files.first() else {
            continue;
        };
        let root = first.tree.as_ref().map(|tree| tree.root());
        if root.is_some_and(|root| root.get("overlay").is_some() && root.get("actions").is_some()) {
            survey.overlays.push(relative);
            continue;
        }
        if postman::is_environment(first) {
            survey.environments.push(relative);
            continue;
        }
        let files: Vec<_> = project.files.iter().collect();
        let mut models = lower_all(&files, &mut unsaid);
        let Some(model) = models.pop().filter(|model| !model.operations.is_empty()) else {
            continue;
        };
        let others = project
            .files
            .iter()
            .filter(|file| file.role == Role::Referred);
        referred.extend(others.filter_map(|file| Path::new(&file.path).canonicalize().ok()));
        survey.sources.push(Found {
            path: relative,
            what: what(&model, first.tree.is_none(), path.is_dir()),
            authority: model.authority,
            operations: model.operations.len(),
            title: model.info.title,
        });
    }
    // What another one refers to is a part of that one.
    survey.sources.retain(|found| {
        let real = folder.join(&found.path).canonicalize();
        real.is_ok_and(|real| !referred.contains(&real))
    });
    survey.sources.sort_by(|a, b| {
        let key = |found: &Found| (Reverse(found.authority), Reverse(found.operations));
        key(a).cmp(&key(b)).then_with(|| a.path.cmp(&b.path))
    });
    survey
}

fn what(model: &Model, page: bool, folder: bool) -> &'static str {
    match (model.authority, page, folder) {
        (Authority::Declared, ..) => "OpenAPI",
        (Authority::Documented, ..) => "a page",
        (Authority::Sampled, _, true) => "a Postman collection",
        (Authority::Sampled, true, _) => "commands",
        (Authority::Sampled, false, _) => "requests",
    }
}

/// Files that may describe something, and folders of requests, sorted. Hidden ones and those of builds are passed over.
fn candidates(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_owned(), 0)];
    while let Some((path, depth)) = open.pop() {
        let entries = std::fs::read_dir(&path).into_iter().flatten().flatten();
        let mut entries: Vec<_> = entries.collect();
        entries.sort_by_key(std::fs::DirEntry::file_name);
        let name = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let requests = entries
            .iter()
            .any(|entry| name(entry).ends_with(".request.yaml"));
        if requests && depth > 0 {
            found.push(path);
            continue;
        }
        for entry in entries {
            let name = name(&entry);
            let kind = entry.file_type().ok();
            let passed = name.starts_with('.') || ["target", "node_modules"].contains(&&*name);
            if passed || found.len() >= MOST {
                continue;
            }
            if kind.is_some_and(|kind| kind.is_dir()) && depth < DEEPEST {
                open.push((entry.path(), depth + 1));
            }
            let ending = name
                .rsplit_once('.')
                .map(|(_, ending)| ending.to_lowercase());
            let known = ending.is_some_and(|ending| ENDINGS.contains(&&*ending));
            if kind.is_some_and(|kind| kind.is_file()) && known && name != FILE {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

/// A name for the crate: the title of the API, else what the folder is called.
fn crate_name(survey: &Survey, folder: &Path) -> String {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let called = real
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let titles = survey
        .sources
        .iter()
        .filter_map(|found| found.title.clone());
    titles
        .chain(called)
        .map(|text| {
            let words = names::words(&text);
            let words = words.into_iter().filter(|word| word != "api");
            words.take(4).collect::<Vec<_>>().join("-")
        })
        .find(|name| check_crate_name(name).is_ok())
        .unwrap_or_else(|| "client".to_owned())
}

/// A scalar of YAML.
fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    let first = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    match first && text.chars().all(plain) {
        true => text.to_owned(),
        // What JSON escapes, YAML reads.
        false => serde_json::Value::from(text).to_string(),
    }
}

fn line(found: &Found) -> String {
    let operations = match found.operations {
        1 => "1 operation".to_owned(),
        count => format!("{count} operations"),
    };
    format!("{}: {}, {operations}", found.path, found.what)
}

fn text(survey: &Survey, name: &str) -> String {
    let mut text = format!(
        "# What the crate is made of; `letterpress generate --config {FILE} --out DIR` makes it.\n\
         name: {name}\n\
         version: 0.1.0  # the crate's version, not that of the API\n\
         \n\
         # In order of authority: where two of them disagree, the first counts, with a warning that names both places.\n\
         sources:\n"
    );
    let width = survey.sources.iter().map(|found| scalar(&found.path).len());
    let width = width.max().unwrap_or_default().min(60);
    for found in &survey.sources {
        let told = line(found);
        let told = told.split_once(": ").map_or("", |(_, told)| told);
        text.push_str(&format!(
            "  - file: {:width$}  # {told}\n",
            scalar(&found.path)
        ));
    }
    for (key, about, files) in [
        (
            "environments",
            "Values of variables; the first file that has one counts.",
            &survey.environments,
        ),
        (
            "overlays",
            "Changes of the sources, applied before they are read.",
            &survey.overlays,
        ),
    ] {
        if !files.is_empty() {
            text.push_str(&format!("\n# {about}\n{key}:\n"));
            for file in files {
                text.push_str(&format!("  - {}\n", scalar(file)));
            }
        }
    }
    text.push_str(REST);
    text
}

/// What else may be said, each as it would stand there.
const REST: &str = r##"
# What callers see of an envelope such as {"order": {…}}: with `true`, what is inside.
# unwrap: true

# Where the API is served, if the sources do not say, or say wrong.
# server:
#   url: https://api.example.com/v1

# Operations that the crate shall not have; or `include` and `exclude` by tag, path and name.
# skip:
#   - operation: DELETE /orders/{id}
#     reason: not for callers

# Names that you know better. They are kept in names.lock beside this file, and old ones stay as deprecated aliases.
# names:
#   operations: {"GET /orders/{id}": fetch}
#   types: {Order: PurchaseOrder}
#   fields: {Order.createdAt: created}

# What you know better about single values; `letterpress why --config letterpress.yaml Order.meta` tells what was seen.
# types: {Order.meta: "map<string, any>"}
# nullable: {Order.note: true}
# required: {Order.id: true}
# enums: {Order.state: [open, closed]}

# How lists come page by page, where the sources do not show it.
# pagination:
#   GET /orders: {style: cursor, parameter: after, next: meta.next}
"##;
