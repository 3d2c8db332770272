//! `letterpress init`: a folder of descriptions to a letterpress.yaml.

use clap::Args;
use letterpress::job;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments.
#[derive(Args)]
pub struct Init {
    /// The folder with the descriptions, which gets letterpress.yaml.
    #[arg(default_value = ".")]
    folder: PathBuf,
}

/// Writes the configuration.
pub fn run(arguments: &Init) -> ExitCode {
    let begun = job::init(&arguments.folder);
    let mut stderr = anstream::stderr();
    drop(stderr.write_all(begun.findings(true).as_bytes()));
    let Some(path) = &begun.written else {
        return ExitCode::from(1);
    };
    let path = path.display();
    for line in &begun.sources {
        let _ = writeln!(stderr, "  {line}");
    }
    let _ = writeln!(
        stderr,
        "{path} is written; `letterpress generate --config {path} --out DIR` makes the crate"
    );
    ExitCode::SUCCESS
}
