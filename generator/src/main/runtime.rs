//! `letterpress runtime`: the runtime as a crate of its own.

use super::generate::{Format, quoted, tell};
use clap::Args;
use letterpress::job;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments.
#[derive(Args)]
pub struct Runtime {
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

/// Writes the crate of the runtime.
pub fn run(arguments: Runtime) -> ExitCode {
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
