//! Letterpress sets an HTTP API in type: it reads descriptions and writes a Rust client crate.
//!
//! [`generate`] is the table of contents: each line of it is a stage, and each stage is a module. [`job::run`] is what
//! the command and `cargo xtask codegen` do with it: read, generate, write or compare, and report.

pub mod analyze;
pub mod config;
pub mod diagnostic;
pub mod infer;
pub mod job;
pub mod model;
pub mod origin;
pub mod output;
pub mod postman;
pub mod source;
pub mod tree;

use config::Config;
use diagnostic::{Code, Diagnostic, Diagnostics};
use model::{Model, Skipped};
use origin::{Origin, Span};
use source::SourceFile;
use std::time::{Duration, Instant};

/// A crate, ready to be written, and what there is to say about it.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// The files by path below the crate's folder, sorted.
    pub files: Vec<(String, String)>,
    /// How many operations the sources describe: distinct pairs of method and path, those left out included.
    pub in_source: usize,
    /// How many operations the crate has.
    pub emitted: usize,
    /// The operations that were left out, because they cannot be read or because the configuration says so.
    pub skipped: Vec<Skipped>,
    /// How many types the crate has.
    pub types: usize,
    /// What was found, sorted by place.
    pub diagnostics: Diagnostics,
    /// How long the stages took, in their order.
    pub timings: Timings,
}

/// How long the stages of a run took, in their order.
#[derive(Clone, Debug, Default)]
pub struct Timings(pub Vec<(&'static str, Duration)>);

impl Timings {
    /// Does the work of a stage and notes how long it took.
    pub fn stage<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let result = work();
        self.0.push((name, begin.elapsed()));
        result
    }
}

/// Turns sources into a crate. The files are those of one API, in order of authority; the configuration's own file may
/// be among them, for findings that point into it.
///
/// # Errors
/// All findings, if one of them is an error: then there is no crate.
pub fn generate(config: &Config, files: &[SourceFile]) -> Result<Output, Diagnostics> {
    let mut output = Output::default();
    stages(config, files, &mut output);
    if output.diagnostics.has_errors() {
        return Err(output.diagnostics);
    }
    Ok(output)
}

/// Fills the output as far as the stages come: an error ends the run behind the stage that found it.
fn stages(config: &Config, files: &[SourceFile], output: &mut Output) {
    if pipeline(config, files, output).is_none() {
        output.files.clear();
    }
    output.diagnostics.sort();
}

fn pipeline(config: &Config, files: &[SourceFile], output: &mut Output) -> Option<()> {
    let sources = files.iter().filter(|file| Some(file.id) != config.file);
    let models = output.timings.stage("lower", || {
        let lower = |source| lower(source, &mut output.diagnostics);
        sources.map(lower).collect::<Vec<_>>()
    });
    sound(output)?;
    let _ = models;
    Some(())
}

/// One source's view of the API.
fn lower(source: &SourceFile, diagnostics: &mut Diagnostics) -> Model {
    if postman::recognizes(source) {
        return postman::lower(source, diagnostics);
    }
    let message = format!(
        "`{}` is in none of the formats that can be read",
        source.path
    );
    diagnostics.push(
        Diagnostic::new(Code::SOURCE_UNRECOGNIZED, message)
            .at(Origin {
                file: source.id,
                span: Span::default(),
            })
            .help("give a Postman collection, an item of one, or a page that shows one"),
    );
    Model::default()
}

/// Whether the run goes on.
fn sound(output: &Output) -> Option<()> {
    (!output.diagnostics.has_errors()).then_some(())
}
