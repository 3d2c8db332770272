//! `letterpress explain`: the code of a finding to what it means.

use clap::Args;
use letterpress::diagnostic::explain::{explain, near};
use std::io::Write;
use std::process::ExitCode;

/// The arguments.
#[derive(Args)]
pub struct Explain {
    /// The code, as it stands in brackets before a finding: `openapi/reference`.
    code: String,
}

/// Prints the explanation.
pub fn run(arguments: &Explain) -> ExitCode {
    match explain(&arguments.code) {
        Some(text) => {
            drop(std::io::stdout().write_all(text.as_bytes()));
            ExitCode::SUCCESS
        }
        None => {
            let near: Vec<String> = near(&arguments.code)
                .into_iter()
                .map(|code| format!("`{code}`"))
                .collect();
            let (code, near) = (&arguments.code, near.join(", "));
            let _ = writeln!(
                anstream::stderr(),
                "there is no code `{code}`; near ones are {near}"
            );
            ExitCode::from(1)
        }
    }
}
