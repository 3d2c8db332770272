//! `cargo xtask codegen --diff`: what changes against the sources that are committed, and `cargo xtask release`.

use crate::codegen;
use letterpress::diff::{self, Difference, Surface};
use letterpress::job::{self, Side};
use letterpress::source::Given;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How changes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a terminal.
    Text,
    /// For a pull request.
    Markdown,
    /// For programs.
    Json,
    /// For services that show findings beside code.
    Sarif,
}

/// Prints what changes between the sources of a revision and those in the working tree.
///
/// # Errors
/// Where git is not there or does not know the revision, or sources cannot be read.
pub fn run(apis: &[String], revision: &str, format: Format) -> Result<(), String> {
    let apis = codegen::chosen(apis)?;
    let mut differences = Vec::new();
    for api in &apis {
        let folder = Path::new("specs").join(api);
        let Some(old) = committed(&folder, revision)? else {
            eprintln!("{api}: {revision} does not have it, so there is nothing to compare with");
            continue;
        };
        let new = read(&folder)?;
        differences.push(diff::compare(&old, &new));
    }
    print!("{}", told(&differences, format));
    Ok(())
}

fn told(differences: &[Difference], format: Format) -> String {
    match format {
        Format::Text => diff::text(differences),
        Format::Markdown => diff::markdown(differences),
        Format::Json => diff::json(differences),
        Format::Sarif => diff::sarif(differences),
    }
}

fn read(folder: &Path) -> Result<Surface, String> {
    let side = Side::read(&Given {
        config: Some(folder.join("letterpress.yaml")),
        ..Given::default()
    });
    let errors = side.errors(false);
    side.surface.ok_or(errors)
}

/// The surface of an API as a revision has it; nothing if it does not.
fn committed(folder: &Path, revision: &str) -> Result<Option<Surface>, String> {
    let shown = folder.to_string_lossy().replace('\\', "/");
    let list = git(&[
        "ls-tree",
        "-r",
        "-z",
        "--name-only",
        "--end-of-options",
        revision,
        &shown,
    ])?;
    let list = String::from_utf8(list).map_err(|_| format!("names below {shown} are no text"))?;
    let paths: Vec<&str> = list.split('\0').filter(|path| !path.is_empty()).collect();
    if !paths.iter().any(|path| path.ends_with("/letterpress.yaml")) {
        return Ok(None);
    }
    let copy = tempfile::tempdir().map_err(|error| error.to_string())?;
    for path in paths {
        let bytes = git(&["cat-file", "blob", &format!("{revision}:{path}")])?;
        let target = copy.path().join(path);
        let parent = target.parent().map_or_else(PathBuf::new, Path::to_path_buf);
        fs::create_dir_all(parent).map_err(|error| error.to_string())?;
        fs::write(&target, bytes).map_err(|error| error.to_string())?;
    }
    let mut surface = read(&copy.path().join(folder))
        .map_err(|errors| format!("{errors}\n{shown} as it is in {revision} cannot be read"))?;
    let root = format!("{}/", copy.path().display());
    for file in &mut surface.files {
        if let Some(path) = file.strip_prefix(&root) {
            *file = path.to_owned();
        }
    }
    Ok(Some(surface))
}

/// What git prints.
fn git(arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git")
        .args(arguments)
        .output()
        .map_err(|error| format!("cannot run git: {error}"))?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(format!(
            "git {}: {}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr).trim()
        )),
    }
}

/// Makes what an API is now its released version, and generates its crate with the changelog.
///
/// # Errors
/// Where the version is too low, nothing has changed, or sources cannot be read.
pub fn release(api: &str) -> Result<bool, String> {
    let apis = codegen::chosen(&[api.to_owned()])?;
    let config = Path::new("specs").join(api).join("letterpress.yaml");
    let release = job::release(&config);
    match &release.version {
        Some(version) => println!("{api}: {version} is the released version"),
        None => return Err(release.errors(false)),
    }
    codegen::run(&apis, false)
}
