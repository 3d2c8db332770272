//! `letterpress generate`: arguments to a job, once or each time a file changes; what the job did to text and an exit code.

use super::progress::Shown;
use super::watch::{self, Files};
use clap::{Args, ValueEnum};
use letterpress::job::{self, Job, Outcome};
use letterpress::output;
use letterpress::source::{Given, Role};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The arguments.
#[derive(Args)]
pub struct Generate {
    /// The sources, in order of authority: OpenAPI documents, Postman collections (files, or folders of YAML), items of them, or pages that
    /// show one.
    #[arg(value_name = "SOURCE", required_unless_present = "config")]
    sources: Vec<PathBuf>,
    /// A Postman environment or globals: values of variables. May be given more than once; the first that has a
    /// variable counts, and all count more than the variables of collections.
    #[arg(long = "environment", value_name = "FILE")]
    environments: Vec<PathBuf>,
    /// The name of the crate; counts more than the configuration's.
    #[arg(long, required_unless_present = "config")]
    name: Option<String>,
    /// The folder of the crate, which gets DIR/Cargo.toml and DIR/src.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The configuration (letterpress.yaml). Its sources are read unless others are given.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A folder that references of an OpenAPI document may lead into, beside the document's own. May be given more than
    /// once.
    #[arg(long = "allow-root", value_name = "DIR")]
    allowed_roots: Vec<PathBuf>,
    /// The names that the crate has given away, which it keeps; else `names.lock` beside the configuration, or below
    /// DIR/.letterpress without one.
    #[arg(long, value_name = "FILE")]
    names_lock: Option<PathBuf>,
    /// Compares instead of writing.
    #[arg(long)]
    check: bool,
    /// Makes an operation that cannot be read an error.
    #[arg(long)]
    strict: bool,
    /// How findings are printed: as text to standard error, or as a JSON list to standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Writes what happened as JSON.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Writes which files were read, as make and ninja take it: `DIR/Cargo.toml: openapi.yaml names.lock`.
    #[arg(long, value_name = "FILE")]
    depfile: Option<PathBuf>,
    /// Stays, and generates again whenever one of the files changes that were read.
    #[arg(long, conflicts_with = "check")]
    watch: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

/// Generates a crate.
pub fn run(arguments: &Generate) -> ExitCode {
    let given = arguments.sources.iter().chain(&arguments.environments);
    let given: Vec<PathBuf> = given.chain(&arguments.config).cloned().collect();
    let mut before = Files::now(given.iter().cloned());
    loop {
        let (success, outcome) = once(arguments);
        if !arguments.watch {
            return ExitCode::from(u8::from(!success));
        }
        // The names are written by the run itself, and a change of theirs by hand is seen later.
        let files = outcome.files.iter().filter(|file| file.role != Role::Names);
        let read = files.map(|file| PathBuf::from(&file.path));
        let files = Files::now(given.iter().cloned().chain(read));
        before = match files.differs_from(&before) {
            true => files,
            false => watch::changed(&files),
        };
    }
}

/// One run, and whether everything is as it should be.
fn once(arguments: &Generate) -> (bool, Outcome) {
    let shown = Shown::begin(arguments.format == Format::Text);
    let outcome = job::run(&Job {
        command: command(arguments),
        given: Given {
            config: arguments.config.clone(),
            sources: arguments.sources.clone(),
            environments: arguments.environments.clone(),
            name: arguments.name.clone(),
            allowed_roots: arguments.allowed_roots.clone(),
            names_lock: arguments.names_lock.clone(),
        },
        folder: arguments.out.clone(),
        check: arguments.check,
        strict: arguments.strict,
        progress: shown.progress(),
    });
    shown.end();
    let mut success = outcome.success();
    let mut write = |path: &Path, text: &str| {
        if let Err(fault) = output::write_text(path, text) {
            // The report is where it would have been listed, so it is told here.
            let (code, message) = (fault.code, fault.message);
            let _ = writeln!(anstream::stderr(), "error[{code}]: {message}");
            success = false;
        }
    };
    if let Some(path) = &arguments.report {
        write(path, &outcome.report().to_json());
    }
    if let Some(path) = &arguments.depfile {
        write(path, &outcome.depfile(&arguments.out.join("Cargo.toml")));
    }
    tell(&outcome, &arguments.out, arguments.format);
    (success, outcome)
}

/// Prints the findings, and what was done. That the terminal is gone is no reason to fail.
pub fn tell(outcome: &Outcome, folder: &Path, format: Format) {
    let mut stderr = anstream::stderr();
    match format {
        // The stream drops the colours where it is no terminal.
        Format::Text => drop(stderr.write_all(outcome.text(true).as_bytes())),
        Format::Json => {
            let list = outcome.report().findings_json();
            drop(std::io::stdout().write_all(list.as_bytes()));
        }
    }
    if let Some(changes) = &outcome.changes {
        let (written, removed) = (changes.written.len(), changes.removed.len());
        let (folder, unchanged) = (folder.display(), changes.unchanged);
        let _ = writeln!(
            stderr,
            "{folder}: {written} files written, {removed} removed, {unchanged} unchanged"
        );
    }
}

/// The command that writes what `--check` compares, for a shell.
fn command(arguments: &Generate) -> String {
    let mut words = vec!["letterpress".to_owned(), "generate".to_owned()];
    let path = |path: &PathBuf| quoted(&path.to_string_lossy());
    words.extend(arguments.sources.iter().map(path));
    for environment in &arguments.environments {
        words.extend(["--environment".to_owned(), path(environment)]);
    }
    if let Some(name) = &arguments.name {
        words.extend(["--name".to_owned(), quoted(name)]);
    }
    if let Some(config) = &arguments.config {
        words.extend(["--config".to_owned(), path(config)]);
    }
    if let Some(lock) = &arguments.names_lock {
        words.extend(["--names-lock".to_owned(), path(lock)]);
    }
    words.extend(["--out".to_owned(), path(&arguments.out)]);
    words.join(" ")
}

/// A word for a shell.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:@+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
