//! `letterpress completions`: the command itself to a script for a shell.

use super::Cli;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io::Write;
use std::process::ExitCode;

/// The arguments.
#[derive(Args)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub fn run(arguments: &Completions) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Cli::command(),
        "letterpress",
        &mut script,
    );
    // That nobody reads it is no reason to fail.
    drop(std::io::stdout().write_all(&script));
    ExitCode::SUCCESS
}
