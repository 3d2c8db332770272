//! The `letterpress` command: its arguments become a job, and what the job did becomes text and an exit code.

#[path = "main/compare.rs"]
mod compare;
#[path = "main/release.rs"]
mod release;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use letterpress::job::{self, Job, Outcome};
use letterpress::{output, source::Given};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Sets an HTTP API in type: descriptions in, a Rust client crate out.
#[derive(Parser)]
#[command(name = "letterpress", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generates a client crate.
    ///
    /// The exit code is 0 if the crate is written (warnings allowed), 1 if there are errors or, with --check, files
    /// that differ, and 2 if the arguments are wrong.
    Generate(Generate),
    /// Tells why a type or a value is what it is: what was seen where, the rule that decided, how sure it is, and the
    /// override in letterpress.yaml that would change it.
    ///
    /// The exit code is 0 if there is an answer, 1 if there is none, and 2 if the arguments are wrong.
    Why(Why),
    /// Gives a name of a crate to another one: edits names.lock, and leaves the old name behind as a deprecated alias.
    ///
    /// Generate the crate again to see it. The exit code is 0 if the name is changed, 1 if it cannot be, and 2 if the
    /// arguments are wrong.
    Rename(Rename),
    /// Tells what changes between two versions of an API: for those who call the crate, and on the wire.
    ///
    /// Sources of the old version, `--`, and sources of the new one. The exit code is 0 if both could be compared, 1 if not,
    /// or if a change is as bad as --fail-on says, and 2 if the arguments are wrong.
    Diff(compare::Diff),
    /// Makes what letterpress.yaml describes the released version: `released.json` and the changelog beside it are written.
    ///
    /// From then on, what changes stands in the changelog under `Unreleased`, and `generate --check` fails where the version is
    /// lower than the changes ask for. The exit code is 0 if the version is released, 1 if not, and 2 if the arguments are wrong.
    Release(release::Release),
    /// Writes the runtime as a crate of its own, for several clients whose letterpress.yaml names it under `runtime`.
    ///
    /// The exit code is that of `generate`.
    Runtime(Runtime),
}

#[derive(Args)]
struct Generate {
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
}

#[derive(Args)]
struct Why {
    /// The sources, and last the address: `User`, `User.photo`, `GET /users query.role`, `POST /users request`.
    #[arg(value_name = "SOURCE… ADDRESS", required = true)]
    words: Vec<String>,
    /// The name of the crate, which does not matter for the answer.
    #[arg(long)]
    name: Option<String>,
    /// The configuration (letterpress.yaml). Its sources are read unless others are given.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A Postman environment or globals: values of variables. May be given more than once.
    #[arg(long = "environment", value_name = "FILE")]
    environments: Vec<PathBuf>,
}

#[derive(Args)]
struct Rename {
    /// The folder with letterpress.yaml and names.lock.
    #[arg(value_name = "SPECS_FOLDER")]
    folder: PathBuf,
    /// The name: of a type (`User`), a field (`User.photo`), a variant (`Role::EndUser`), a method (`users::list`), a
    /// module (`users`) or a call (`ListUsers`).
    old: String,
    /// The new name, with what stands before it or without: `Account`, `picture`, `list_all`, `members::list`.
    new: String,
}

#[derive(Args)]
struct Runtime {
    /// The name of the crate.
    #[arg(long)]
    name: String,
    /// The folder of the crate.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Compares instead of writing.
    #[arg(long)]
    check: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

fn main() -> ExitCode {
    // Wrong arguments end the process here, with code 2.
    match Cli::parse().command {
        Command::Generate(arguments) => generate(arguments),
        Command::Why(arguments) => why(arguments),
        Command::Rename(arguments) => rename(&arguments),
        Command::Diff(arguments) => compare::run(arguments),
        Command::Release(arguments) => release::run(arguments),
        Command::Runtime(arguments) => runtime(arguments),
    }
}

/// Changes a name.
fn rename(arguments: &Rename) -> ExitCode {
    let done = job::rename(&arguments.folder, &arguments.old, &arguments.new);
    let mut stderr = anstream::stderr();
    drop(stderr.write_all(done.findings(true).as_bytes()));
    match &done.renamed {
        Some(renamed) => {
            let _ = writeln!(stderr, "`{}` is `{}` now", renamed.old, renamed.new);
            let left = match renamed.alias {
                true => "the old name stays as a deprecated alias",
                false => "Rust has no alias for it, so callers have to follow",
            };
            let _ = writeln!(stderr, "{left}; generate the crate again");
            ExitCode::SUCCESS
        }
        None => ExitCode::from(1),
    }
}

/// Answers why.
fn why(arguments: Why) -> ExitCode {
    let mut words = arguments.words;
    let address = words.pop().unwrap_or_default();
    if words.is_empty() && arguments.config.is_none() {
        let message = "give a source before the address, or `--config`";
        Cli::command()
            .error(ErrorKind::MissingRequiredArgument, message)
            .exit();
    }
    let name = arguments.name.or(match arguments.config {
        Some(_) => None,
        None => Some("api".to_owned()),
    });
    let given = Given {
        config: arguments.config,
        sources: words.into_iter().map(PathBuf::from).collect(),
        name,
        environments: arguments.environments,
        ..Given::default()
    };
    let explained = job::explain(&given, &address);
    match explained.text.as_deref() {
        Some(text) => {
            drop(std::io::stdout().write_all(text.as_bytes()));
            ExitCode::SUCCESS
        }
        None => {
            drop(anstream::stderr().write_all(explained.errors(true).as_bytes()));
            ExitCode::from(1)
        }
    }
}

/// Writes the crate of the runtime.
fn runtime(arguments: Runtime) -> ExitCode {
    let Runtime { name, out, check } = arguments;
    let shown = quoted(&out.to_string_lossy());
    let command = format!("letterpress runtime --name {} --out {shown}", quoted(&name));
    let outcome = job::run_runtime(&name, &out, check, &command);
    tell(&outcome, &out, Format::Text);
    match outcome.success() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(1),
    }
}

/// Generates a crate.
fn generate(arguments: Generate) -> ExitCode {
    let outcome = job::run(&Job {
        command: command(&arguments),
        given: Given {
            config: arguments.config,
            sources: arguments.sources,
            environments: arguments.environments,
            name: arguments.name,
            allowed_roots: arguments.allowed_roots,
            names_lock: arguments.names_lock,
        },
        folder: arguments.out.clone(),
        check: arguments.check,
        strict: arguments.strict,
    });
    let mut success = outcome.success();
    if let Some(path) = &arguments.report
        && let Err(fault) = output::write_text(path, &outcome.report().to_json())
    {
        // The report is where it would have been listed, so it is told here.
        let _ = writeln!(
            anstream::stderr(),
            "error[{}]: {}",
            fault.code,
            fault.message
        );
        success = false;
    }
    tell(&outcome, &arguments.out, arguments.format);
    match success {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(1),
    }
}

/// Prints the findings, and what was done. That the terminal is gone is no reason to fail.
fn tell(outcome: &Outcome, folder: &std::path::Path, format: Format) {
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

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:@+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
