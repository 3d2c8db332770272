//! `letterpress why`: an address to what was seen there.

use super::Cli;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory};
use letterpress::job;
use letterpress::source::Given;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments.
#[derive(Args)]
pub struct Why {
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

/// Answers why.
pub fn run(arguments: Why) -> ExitCode {
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
