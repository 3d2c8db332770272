//! One description to a record of what became of it, in a process of its own: what it costs is what the process costs.

use letterpress::diagnostic::render::{Finding, Printer};
use letterpress::diagnostic::{Diagnostics, Severity};
use letterpress::source::{Given, Role, SourceFile, load_project};
use letterpress::{generate, openapi, postman};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// What became of a description.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What the file is, if it is in a format that is not read yet. Then nothing else is said.
    pub unsupported: Option<String>,
    /// Whether nothing at the outermost level says that the file is a description.
    #[serde(default)]
    pub unmarked: bool,
    /// The files that it refers to.
    #[serde(default)]
    pub refers: Vec<String>,
    /// Whether a crate was generated.
    pub generated: bool,
    /// Distinct pairs of method and path in the source.
    pub in_source: usize,
    /// Operations of the crate.
    pub emitted: usize,
    /// Operations that were left out, with the codes that say why.
    pub skipped: Vec<(String, String)>,
    /// Types of the crate.
    pub types: usize,
    /// How many warnings there are.
    pub warnings: usize,
    /// The errors.
    pub errors: Vec<Fault>,
    /// Time of all processors, in thousandths of a second.
    pub cpu_ms: f64,
    /// The most memory that was in use, in MiB.
    pub peak_mib: f64,
    /// How long each stage took, in thousandths of a second.
    pub stages_ms: Vec<(String, f64)>,
}

/// An error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The entry of the catalogue.
    pub code: String,
    /// What was found.
    pub message: String,
    /// `line:column`, if the error tells a place.
    pub place: Option<String>,
}

/// Generates a crate from a file and writes the record. The crate is written too if there is a folder for it.
///
/// # Errors
/// A file that cannot be written.
pub fn run(source: &Path, name: &str, crates: Option<&Path>, record: &Path) -> std::io::Result<()> {
    let (mut found, files) = generate_one(source, name);
    if let Some(folder) = crates.filter(|_| found.generated) {
        write(folder, &files)?;
    }
    found.cpu_ms = cpu_ms();
    found.peak_mib = peak_mib();
    fs::write(record, serde_json::to_string(&found)?)
}

fn generate_one(source: &Path, name: &str) -> (Record, Vec<(String, String)>) {
    let mut record = Record::default();
    let mut diagnostics = Diagnostics::new();
    let given = Given {
        sources: vec![source.to_path_buf()],
        name: Some(name.to_owned()),
        ..Given::default()
    };
    let project = load_project(&given, &mut diagnostics);
    let referred = project.files.iter();
    record.refers = referred
        .filter(|file| file.role == Role::Referred)
        .map(|file| file.path.clone())
        .collect();
    record.unmarked = project.files.first().is_some_and(unmarked);
    // What was refused while it was read is for its reader to explain.
    let read = project.files.first().filter(|_| !diagnostics.has_errors());
    if let Some(what) = read.and_then(unsupported) {
        record.unsupported = Some(what.to_owned());
        return (record, Vec::new());
    }
    let mut files = Vec::new();
    if !diagnostics.has_errors() {
        match generate(&project.config, &project.files) {
            Ok(output) => {
                record.generated = true;
                record.in_source = output.in_source;
                record.emitted = output.emitted;
                record.types = output.types;
                let skipped = output.skipped.iter();
                record.skipped = skipped
                    .map(|skipped| (skipped.operation.clone(), skipped.code.to_owned()))
                    .collect();
                let stages = output.timings.0.iter();
                record.stages_ms = stages
                    .map(|(stage, took)| ((*stage).to_owned(), took.as_secs_f64() * 1e3))
                    .collect();
                diagnostics.extend(output.diagnostics);
                files = output.files;
            }
            Err(errors) => diagnostics.extend(errors),
        }
    }
    record.warnings = diagnostics.count(Severity::Warning);
    let findings = Printer::new(&project.files, &diagnostics).findings(&diagnostics);
    let errors = findings
        .into_iter()
        .filter(|finding| finding.severity == "error");
    record.errors = errors.map(Fault::from).collect();
    (record, files)
}

impl From<Finding> for Fault {
    fn from(finding: Finding) -> Self {
        let place = finding.line.zip(finding.column);
        Fault {
            code: finding.code.to_owned(),
            message: finding.message,
            place: place.map(|(line, column)| format!("{line}:{column}")),
        }
    }
}

/// Whether a file is a document that has nothing which descriptions have at their outermost level.
fn unmarked(file: &SourceFile) -> bool {
    const MARKS: &[&str] = &[
        "openapi",
        "swagger",
        "item",
        "items",
        "request",
        "requests",
        "collection",
    ];
    file.tree.as_ref().is_some_and(|tree| {
        let root = tree.root();
        MARKS.iter().all(|mark| root.get(mark).is_none())
    })
}

/// What a file is, by its content, if it is of a format that will be read later.
pub fn unsupported(file: &SourceFile) -> Option<&'static str> {
    if postman::recognizes(file) || openapi::recognizes(file) {
        return None;
    }
    let Some(tree) = &file.tree else {
        return Some("a page");
    };
    let root = tree.root();
    let has = |name: &str| root.get(name).is_some();
    match () {
        () if has("arazzo") => Some("an Arazzo description"),
        () => None,
    }
}

/// Writes what differs from what is there, so that the next check has less to do, and removes what is of an older run.
fn write(folder: &Path, files: &[(String, String)]) -> std::io::Result<()> {
    let mut stale = below(folder);
    for (path, text) in files {
        let path = folder.join(path);
        stale.retain(|old| *old != path);
        if fs::read_to_string(&path).is_ok_and(|old| old == *text) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    stale.iter().try_for_each(fs::remove_file)
}

/// All files below a folder, sorted; hidden ones are left out.
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !hidden => open.push(entry.path()),
                Ok(kind) if kind.is_file() && !hidden => files.push(entry.path()),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

/// The time that all threads of this process ran, where the system tells it.
pub fn cpu_ms() -> f64 {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten();
    let nanoseconds = threads.flatten().filter_map(|thread| {
        let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    });
    nanoseconds.sum::<f64>() / 1e6
}

/// The most memory that this process had, where the system tells it.
pub fn peak_mib() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or_default() / 1024.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_on(name: &str, text: &str) -> Record {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::write(&path, text).expect("written");
        generate_one(&path, "shop").0
    }

    const COLLECTION: &str = r#"{"info": {"name": "Shop"}, "item": [
        {"name": "List Users", "request": {"method": "GET", "url": "https://api.example/users"}}]}"#;

    #[test]
    fn content_decides_about_the_format() {
        let unsupported = |text| run_on("api.json", text).unsupported;
        assert_eq!(
            unsupported(r#"{"arazzo": "1.0.0", "workflows": []}"#).as_deref(),
            Some("an Arazzo description")
        );
        assert_eq!(unsupported(r#"{"openapi": "3.1.0", "paths": {}}"#), None);
        assert_eq!(
            run_on("api.txt", "# Users\n\nThere are users.\n")
                .unsupported
                .as_deref(),
            Some("a page")
        );
        assert_eq!(unsupported(COLLECTION), None);
        assert_eq!(unsupported(r#"{"openapi": "3.1.0""#), None, "not JSON");
    }

    #[test]
    fn a_record_tells_what_was_generated() {
        let record = run_on("api.json", COLLECTION);
        assert!(record.generated && record.errors.is_empty());
        assert_eq!((record.in_source, record.emitted), (1, 1));
        assert!(record.warnings > 0, "nothing says what it answers");
    }

    #[test]
    fn errors_have_places() {
        let record = run_on("api.json", r#"{"info": {"name": "Shop"}, "item": [}"#);
        assert!(!record.generated);
        assert!(record.errors[0].place.is_some(), "{:?}", record.errors);
    }

    #[test]
    fn only_what_differs_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        write(folder.path(), &[file("a.rs", "1"), file("b/c.rs", "2")]).expect("written");
        let before = fs::metadata(folder.path().join("a.rs")).expect("there");
        write(folder.path(), &[file("a.rs", "1")]).expect("written");
        let after = fs::metadata(folder.path().join("a.rs")).expect("there");
        assert_eq!(
            before.modified().expect("time"),
            after.modified().expect("time")
        );
        assert_eq!(below(folder.path()), [folder.path().join("a.rs")]);
    }

    #[test]
    fn the_process_knows_its_costs() {
        if Path::new("/proc/self/status").exists() {
            assert!(cpu_ms() > 0.0 && peak_mib() > 0.5);
        }
    }
}
