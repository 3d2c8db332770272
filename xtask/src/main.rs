//! The tasks of the project: `cargo xtask codegen` generates what is committed, `cargo xtask ci` checks everything,
//! `cargo xtask corpus` runs folders of descriptions, `cargo xtask bench` measures, `cargo xtask fuzz` tries hostile input,
//! `cargo xtask conformance` scores the public suites.

mod bench;
mod changes;
mod ci;
mod codegen;
mod conformance;
mod corpus;
mod fuzz;
mod hostile;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The tasks of the project.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generates the crates below generated/ from the folders of specs/ that have a letterpress.yaml.
    Codegen {
        /// Compares instead of writing; exits with 1 where something differs.
        #[arg(long)]
        check: bool,
        /// Tells what changes against the sources that git has, instead of writing: against HEAD, or another revision.
        #[arg(long, value_name = "REVISION", num_args = 0..=1, require_equals = true, default_missing_value = "HEAD", conflicts_with = "check")]
        diff: Option<String>,
        /// How --diff prints the changes.
        #[arg(long, value_enum, default_value_t = changes::Format::Text)]
        format: changes::Format,
        /// The APIs, by the names of their folders; all of them if none is named.
        #[arg(value_name = "API")]
        apis: Vec<String>,
    },
    /// Makes what an API is now its released version: `released.json` and the changelog below specs/, and the crate.
    Release {
        /// The API, by the name of its folder.
        api: String,
    },
    /// Runs all checks: format, clippy, tests, codegen --check, documentation, a generated crate on its own.
    Ci {
        /// Leaves the tests out, for a caller who has run them.
        #[arg(long)]
        without_tests: bool,
    },
    /// Runs every description below the folders and says what became of each.
    Corpus(corpus::Options),
    /// Runs the public suites and writes the scores into CONFORMANCE.md.
    Conformance(conformance::Options),
    /// Measures what Letterpress costs, as ratios to a yardstick of the same run. To be run with `--release`.
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Gives the readers and the runtime inputs that are changed until they reach new code.
    Fuzz(fuzz::Options),
    /// Measures what documents cost that are made to be expensive. To be run with `--release`.
    Hostile(hostile::Options),
    /// Runs one such document; `hostile` starts a process for each.
    #[command(hide = true)]
    HostileOne { name: String, size: usize },
    /// Measures one run; `bench` starts one such process for each.
    #[command(hide = true)]
    BenchOne {
        source: PathBuf,
        #[arg(long)]
        record: PathBuf,
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Runs one description; `corpus` starts one such process for each.
    #[command(hide = true)]
    CorpusOne {
        #[arg(long)]
        name: String,
        #[arg(long)]
        record: PathBuf,
        #[arg(long = "crate")]
        folder: Option<PathBuf>,
        source: PathBuf,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    // Paths are shown relative to the project, and the same from wherever the task is started.
    if let Some(root) = Path::new(env!("CARGO_MANIFEST_DIR")).parent()
        && let Err(error) = std::env::set_current_dir(root)
    {
        eprintln!("cannot go to `{}`: {error}", root.display());
        return ExitCode::from(1);
    }
    match cli.task {
        Task::Codegen {
            diff: Some(revision),
            format,
            apis,
            ..
        } => match changes::run(&apis, &revision, format) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(1)
            }
        },
        Task::Release { api } => match changes::release(&api) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(1)
            }
        },
        Task::Codegen { check, apis, .. } => match codegen::run(&apis, check) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(wrong_usage) => {
                eprintln!("{wrong_usage}");
                ExitCode::from(2)
            }
        },
        Task::Ci { without_tests } => match ci::run(without_tests) {
            true => ExitCode::SUCCESS,
            false => ExitCode::from(1),
        },
        Task::Corpus(options) => match corpus::run(&options) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(2)
            }
        },
        Task::Hostile(options) => match hostile::run(&options) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(2)
            }
        },
        Task::HostileOne { name, size } => match hostile::one(&name, size) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(2)
            }
        },
        Task::Fuzz(options) => match fuzz::run(&options) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(2)
            }
        },
        Task::Conformance(options) => match conformance::run(&options) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(2)
            }
        },
        Task::Bench(bench::Bench::Generate { quick, sources }) => {
            match bench::generate::run(quick, &sources) {
                Ok(true) => ExitCode::SUCCESS,
                Ok(false) => ExitCode::from(1),
                Err(error) => {
                    eprintln!("{error}");
                    ExitCode::from(2)
                }
            }
        }
        Task::Bench(bench::Bench::Build(options)) => match bench::build::run(&options) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(2)
            }
        },
        Task::Bench(bench::Bench::Codec { quick }) => match bench::codec::run(quick) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(2)
            }
        },
        Task::BenchOne {
            source,
            record,
            out,
        } => match bench::one::run(&source, out.as_deref(), &record) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(1)
            }
        },
        Task::CorpusOne {
            name,
            record,
            folder,
            source,
        } => match corpus::one::run(&source, &name, folder.as_deref(), &record) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(1)
            }
        },
    }
}
