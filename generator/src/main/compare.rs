//! `letterpress diff`: two versions of an API to what changes between their crates.

use clap::{Args, ValueEnum};
use letterpress::diff::{self, Class};
use letterpress::job;
use letterpress::source::Given;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments.
#[derive(Args)]
pub struct Diff {
    /// The sources of the old version, in order of authority.
    #[arg(value_name = "OLD", required = true)]
    old: Vec<PathBuf>,
    /// The sources of the new version.
    #[arg(value_name = "NEW", required = true, last = true)]
    new: Vec<PathBuf>,
    /// The configuration (letterpress.yaml) of both versions; its own sources are not read.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The name of the crate; counts more than the configuration's.
    #[arg(long)]
    name: Option<String>,
    /// How the changes are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Fails where a change is of this class or worse.
    #[arg(long, value_enum, value_name = "CLASS")]
    fail_on: Option<FailOn>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
    Sarif,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Breaking,
    Behaviour,
    Addition,
    Docs,
}

/// Compares, and prints what changes.
pub fn run(arguments: Diff) -> ExitCode {
    let name = arguments.name.or(match arguments.config {
        Some(_) => None,
        None => Some("api".to_owned()),
    });
    let given = |sources| Given {
        config: arguments.config.clone(),
        name: name.clone(),
        sources,
        ..Given::default()
    };
    let compared = job::compare(&given(arguments.old), &given(arguments.new));
    let Some(difference) = compared.difference.as_ref() else {
        drop(anstream::stderr().write_all(compared.errors(true).as_bytes()));
        return ExitCode::from(1);
    };
    let all = std::slice::from_ref(difference);
    let text = match arguments.format {
        Format::Text => diff::text(all),
        Format::Markdown => diff::markdown(all),
        Format::Json => diff::json(all),
        Format::Sarif => diff::sarif(all),
    };
    drop(std::io::stdout().write_all(text.as_bytes()));
    let limit = arguments.fail_on.map(|class| match class {
        FailOn::Breaking => Class::Breaking,
        FailOn::Behaviour => Class::Behaviour,
        FailOn::Addition => Class::Addition,
        FailOn::Docs => Class::Docs,
    });
    let worst = difference.class();
    let failed = limit.is_some_and(|limit| worst.is_some_and(|worst| worst >= limit));
    ExitCode::from(u8::from(failed))
}
