//! `letterpress page`: one page of HTML about an API.

use clap::Args;
use letterpress::source::Given;
use letterpress::{job, output};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments.
#[derive(Args)]
pub struct Page {
    /// The sources, in order of authority.
    #[arg(value_name = "SOURCE", required_unless_present = "config")]
    sources: Vec<PathBuf>,
    /// The configuration (letterpress.yaml). Its sources are read unless others are given.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The name of the crate; counts more than the configuration's.
    #[arg(long)]
    name: Option<String>,
    /// The page to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Writes the page.
pub fn run(arguments: Page) -> ExitCode {
    let name = arguments.name.or(match arguments.config {
        Some(_) => None,
        None => Some("api".to_owned()),
    });
    let given = Given {
        name,
        config: arguments.config,
        sources: arguments.sources,
        ..Given::default()
    };
    let page = job::page(&given);
    let mut stderr = anstream::stderr();
    let Some(html) = &page.html else {
        drop(stderr.write_all(page.errors(true).as_bytes()));
        return ExitCode::from(1);
    };
    match output::write_text(&arguments.out, html) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            let _ = writeln!(stderr, "error[{}]: {}", fault.code, fault.message);
            ExitCode::from(1)
        }
    }
}
