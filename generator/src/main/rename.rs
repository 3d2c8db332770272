//! `letterpress rename`: a name of a crate to another one.

use clap::Args;
use letterpress::job;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments.
#[derive(Args)]
pub struct Rename {
    /// The folder with letterpress.yaml and names.lock.
    #[arg(value_name = "SPECS_FOLDER")]
    folder: PathBuf,
    /// The name: of a type (`User`), a field (`User.photo`), a variant (`Role::EndUser`), a method (`users::list`), a
    /// module (`users`) or a call (`ListUsers`).
    old: String,
    /// The new name, with what stands before it or without: `Account`, `picture`, `list_all`, `members::list`.
    new: String,
}

/// Changes a name.
pub fn run(arguments: &Rename) -> ExitCode {
    let done = job::rename(&arguments.folder, &arguments.old, &arguments.new);
    let mut stderr = anstream::stderr();
    drop(stderr.write_all(done.findings(true).as_bytes()));
    match &done.renamed {
        Some(renamed) => {
            let _ = writeln!(stderr, "`{}` is `{}` now", renamed.old, renamed.new);
            let left = match renamed.alias {
                true => "the old name stays as a deprecated alias",
                false => "Rust has no alias for it, so callers have to follow",
            };
            let _ = writeln!(stderr, "{left}; generate the crate again");
            ExitCode::SUCCESS
        }
        None => ExitCode::from(1),
    }
}
