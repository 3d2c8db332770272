//! The `letterpress` command: its arguments become a job, and what the job did becomes text and an exit code.

#[path = "main/compare.rs"]
mod compare;
#[path = "main/completions.rs"]
mod completions;
#[path = "main/explain.rs"]
mod explain;
#[path = "main/generate.rs"]
mod generate;
#[path = "main/init.rs"]
mod init;
#[path = "main/inspect.rs"]
mod inspect;
#[path = "main/page.rs"]
mod page;
#[path = "main/progress.rs"]
mod progress;
#[path = "main/release.rs"]
mod release;
#[path = "main/rename.rs"]
mod rename;
#[path = "main/runtime.rs"]
mod runtime;
#[path = "main/watch.rs"]
mod watch;
#[path = "main/why.rs"]
mod why;

use clap::{Parser, Subcommand};
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
    /// Writes a letterpress.yaml for the descriptions of a folder, with comments. One that is there is left alone.
    ///
    /// The exit code is 0 if it is written, 1 if not, and 2 if the arguments are wrong.
    Init(init::Init),
    /// Generates a client crate.
    ///
    /// The exit code is 0 if the crate is written (warnings allowed), 1 if there are errors or, with --check, files
    /// that differ, and 2 if the arguments are wrong.
    Generate(generate::Generate),
    /// Tells why a type or a value is what it is: what was seen where, the rule that decided, how sure it is, and the
    /// override in letterpress.yaml that would change it.
    ///
    /// The exit code is 0 if there is an answer, 1 if there is none, and 2 if the arguments are wrong.
    Why(why::Why),
    /// Shows what is understood (`model`), what is decided (`plan`) and what would be written (`rust`), and writes nothing.
    ///
    /// The exit code is 0 if there is something to show, 1 if not, and 2 if the arguments are wrong.
    Inspect(inspect::Inspect),
    /// Tells what a finding means, with an example, and what to do: `letterpress explain openapi/reference`.
    ///
    /// The exit code is 0 if the code is known, 1 if not, and 2 if the arguments are wrong.
    Explain(explain::Explain),
    /// Gives a name of a crate to another one: edits names.lock, and leaves the old name behind as a deprecated alias.
    ///
    /// Generate the crate again to see it. The exit code is 0 if the name is changed, 1 if it cannot be, and 2 if the
    /// arguments are wrong.
    Rename(rename::Rename),
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
    Runtime(runtime::Runtime),
    /// Writes one page of HTML about an API: its operations, types, findings with their places, and changes, with a search.
    ///
    /// The exit code is 0 if it is written, 1 if not, and 2 if the arguments are wrong.
    Page(page::Page),
    /// Prints what a shell needs to complete this command: `letterpress completions bash`.
    Completions(completions::Completions),
}

fn main() -> ExitCode {
    // Wrong arguments end the process here, with code 2.
    match Cli::parse().command {
        Command::Init(arguments) => init::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Why(arguments) => why::run(arguments),
        Command::Inspect(arguments) => inspect::run(arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Rename(arguments) => rename::run(&arguments),
        Command::Diff(arguments) => compare::run(arguments),
        Command::Release(arguments) => release::run(arguments),
        Command::Runtime(arguments) => runtime::run(arguments),
        Command::Page(arguments) => page::run(arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    }
}
