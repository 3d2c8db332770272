//! `letterpress inspect`: one stage of a run as text.

use clap::{Args, ValueEnum};
use letterpress::job::{self, Stage};
use letterpress::source::Given;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments.
#[derive(Args)]
pub struct Inspect {
    /// What to show.
    #[arg(value_enum)]
    what: What,
    /// The sources, in order of authority.
    #[arg(value_name = "SOURCE", required_unless_present = "config")]
    sources: Vec<PathBuf>,
    /// The configuration (letterpress.yaml). Its sources are read unless others are given.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A Postman environment or globals: values of variables. May be given more than once.
    #[arg(long = "environment", value_name = "FILE")]
    environments: Vec<PathBuf>,
    /// Shows only what has this name: of a type, a field, a method, a path, an item of Rust.
    #[arg(long)]
    name: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// What the sources say together, before anything about Rust is decided.
    Model,
    /// Every name, type and module that is decided.
    Plan,
    /// The files of the crate, but for its runtime.
    Rust,
}

/// Shows a stage.
pub fn run(arguments: Inspect) -> ExitCode {
    let given = Given {
        name: arguments.config.is_none().then(|| "api".to_owned()),
        config: arguments.config,
        sources: arguments.sources,
        environments: arguments.environments,
        ..Given::default()
    };
    let stage = match arguments.what {
        What::Model => Stage::Model,
        What::Plan => Stage::Plan,
        What::Rust => Stage::Rust,
    };
    let name = arguments.name.as_deref();
    let inspected = job::inspect(&given, stage, name);
    match (inspected.text.as_deref(), name) {
        (Some(""), Some(name)) => {
            let _ = writeln!(anstream::stderr(), "nothing there is called `{name}`");
            ExitCode::from(1)
        }
        (Some(text), _) => {
            drop(std::io::stdout().write_all(text.as_bytes()));
            ExitCode::SUCCESS
        }
        (None, _) => {
            drop(anstream::stderr().write_all(inspected.errors(true).as_bytes()));
            ExitCode::from(1)
        }
    }
}
