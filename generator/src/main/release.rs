//! `letterpress release`: what the sources describe now becomes the released version.

use clap::Args;
use letterpress::job;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments.
#[derive(Args)]
pub struct Release {
    /// The configuration (letterpress.yaml) of the API.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
}

/// Releases, and says what.
pub fn run(arguments: Release) -> ExitCode {
    let release = job::release(&arguments.config);
    let mut stderr = anstream::stderr();
    // That the terminal is gone is no reason to fail.
    match &release.version {
        Some(version) => {
            drop(writeln!(
                stderr,
                "{version} is the released version; generate the crate again, for its changelog"
            ));
            ExitCode::SUCCESS
        }
        None => {
            drop(stderr.write_all(release.errors(true).as_bytes()));
            ExitCode::from(1)
        }
    }
}
