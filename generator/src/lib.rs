//! Letterpress sets an HTTP API in type: it reads descriptions and writes a Rust client crate.
//!
//! [`generate`] is the table of contents: each line of it is a stage, and each stage is a module. [`job::run`] is what
//! the command and `cargo xtask codegen` do with it: read, generate, write or compare, and report.

pub mod analyze;
pub mod config;
pub mod curl;
pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod exchange;
pub mod filter;
pub mod har;
pub mod infer;
pub mod job;
pub mod markdown;
pub mod merge;
pub mod model;
pub mod names;
pub mod normalize;
pub mod openapi;
pub mod origin;
pub mod output;
pub mod overrides;
pub mod page;
pub mod plan;
pub mod postman;
pub mod render;
pub mod source;
pub mod tree;
pub mod why;

use config::Config;
use diagnostic::{Code, Diagnostic, Diagnostics};
use model::{Model, Skipped};
use origin::{Origin, Span};
use source::{History, Role, SourceFile};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
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
    /// What changed since the last release, if there was one.
    pub since: Option<job::Since>,
    /// The names that the crate gives away, as `names.lock` keeps them.
    pub names_lock: String,
    /// How long the stages took, in their order.
    pub timings: Timings,
}

/// How long the stages of a run took, in their order; and where is said which one goes on.
#[derive(Clone, Debug, Default)]
pub struct Timings(pub Vec<(&'static str, Duration)>, pub Progress);

/// Which stage of a run goes on, for who waits for it.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Mutex<&'static str>>);

impl Progress {
    /// The stage; empty before the first.
    pub fn stage(&self) -> &'static str {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self, stage: &'static str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = stage;
    }
}

impl Timings {
    /// Does the work of a stage and notes how long it took.
    pub fn stage<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        self.1.begin(name);
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
    stages(config, files, &History::default(), &mut output);
    if output.diagnostics.has_errors() {
        return Err(output.diagnostics);
    }
    Ok(output)
}

/// Fills the output as far as the stages come: an error ends the run behind the stage that found it.
fn stages(config: &Config, files: &[SourceFile], history: &History, output: &mut Output) {
    if pipeline(config, files, history, output).is_none() {
        output.files.clear();
    }
    output.diagnostics.sort();
}

/// The plan of a crate: all stages but those that print.
fn planned(config: &Config, files: &[SourceFile], output: &mut Output) -> Option<plan::Plan> {
    let sources: Vec<_> = files
        .iter()
        .filter(|file| Some(file.id) != config.file)
        .collect();
    let Output {
        diagnostics,
        timings,
        ..
    } = output;
    let model = read(config, &sources, diagnostics, timings);
    count(config, &model, &sources, output);
    sound(output)?;
    let Output {
        diagnostics,
        timings,
        ..
    } = output;
    let facts = timings.stage("analyze", || analyze::analyze(&model));
    let plan = timings.stage("plan", || plan::plan(&model, &facts, config, diagnostics));
    output.emitted = plan.groups.iter().map(|group| group.operations.len()).sum();
    output.types = plan.families.iter().map(|family| family.items.len()).sum();
    sound(output)?;
    Some(plan)
}

fn pipeline(
    config: &Config,
    files: &[SourceFile],
    history: &History,
    output: &mut Output,
) -> Option<()> {
    let mut plan = planned(config, files, output)?;
    output.names_lock = names::lock::text(&plan.lock);
    let diagnostics = &mut output.diagnostics;
    output.since = job::since(&mut plan, config, files, history, diagnostics);
    let files = output.timings.stage("emit", || emit::emit(&plan));
    match output.timings.stage("render", || render::render(files)) {
        Ok(files) => {
            output.files = files
                .into_iter()
                .map(|file| (file.path, file.text))
                .collect()
        }
        Err(errors) => output.diagnostics.extend(errors),
    }
    output.files.sort();
    sound(output)
}

/// What the sources say, before anything about Rust is decided.
pub fn understand(config: &Config, files: &[SourceFile], diagnostics: &mut Diagnostics) -> Model {
    let sources: Vec<_> = files
        .iter()
        .filter(|file| Some(file.id) != config.file)
        .collect();
    read(config, &sources, diagnostics, &mut Timings::default())
}

/// As [`understand`], without what the user decides; with what was seen of each schema, and why it is what it is.
pub fn understand_traced(
    config: &Config,
    files: &[SourceFile],
    diagnostics: &mut Diagnostics,
) -> (Model, infer::Trace) {
    let sources: Vec<_> = files
        .iter()
        .filter(|file| Some(file.id) != config.file)
        .collect();
    let models = lower_all(&sources, diagnostics);
    let model = merge::merge(models, diagnostics);
    let (model, trace) = infer::resolve_traced(model, diagnostics);
    let (model, before) = normalize::run_traced(model, diagnostics);
    (model, trace.renumbered(&before))
}

/// The stages from the sources to the model of the whole API.
fn read(
    config: &Config,
    sources: &[&SourceFile],
    diagnostics: &mut Diagnostics,
    timings: &mut Timings,
) -> Model {
    let models = timings.stage("lower", || lower_all(sources, diagnostics));
    let model = timings.stage("merge", || merge::merge(models, diagnostics));
    let model = timings.stage("infer", || infer::resolve(model, diagnostics));
    let mut model = timings.stage("normalize", || normalize::run(model, diagnostics));
    if !config.include.is_empty() || !config.exclude.is_empty() {
        model = timings.stage("filter", || {
            let model = filter::apply(model, config, diagnostics);
            normalize::run(model, diagnostics)
        });
    }
    if config.overrides.is_empty() {
        return model;
    }
    timings.stage("overrides", || {
        // What is overridden may no longer be reached, and the numbers close up again.
        let model = overrides::apply(model, config, diagnostics);
        normalize::run(model, diagnostics)
    })
}

/// Each source's view of the API.
fn lower_all(sources: &[&SourceFile], diagnostics: &mut Diagnostics) -> Vec<Model> {
    let given = |source: &SourceFile| source.role == Role::Environment;
    let values = |source: &&SourceFile| given(source) || postman::is_environment(source);
    let (environments, mut sources): (Vec<&SourceFile>, Vec<_>) =
        sources.iter().copied().partition(values);
    let variables = postman::variables(&environments, diagnostics);
    let all = sources.clone();
    sources.retain(|source| !matches!(source.role, Role::Referred | Role::Overlay | Role::Names));
    // Alone, an environment is taken for the source that it is not, which says what is missing.
    if sources.is_empty() {
        sources = environments;
    }
    sources
        .chunk_by(|a, b| matches!(a.role, Role::Part(_)) && a.role == b.role)
        .map(|sources| {
            let mut model = lower(sources, &all, &variables, diagnostics);
            infer::mask_texts(&mut model, diagnostics);
            model
        })
        .collect()
}

/// One source's view of the API: a file, or the files of one folder.
fn lower(
    sources: &[&SourceFile],
    all: &[&SourceFile],
    variables: &postman::Variables,
    diagnostics: &mut Diagnostics,
) -> Model {
    let Some(source) = sources.first() else {
        return Model::default();
    };
    if matches!(source.role, Role::Part(_)) {
        return postman::lower_folder(sources, variables, diagnostics);
    }
    if postman::recognizes(source) {
        return postman::lower(source, variables, diagnostics);
    }
    if openapi::recognizes(source) {
        return openapi::lower(source, all, diagnostics);
    }
    if har::recognizes(source) {
        return har::lower(source, diagnostics);
    }
    if curl::recognizes(source) {
        return curl::lower(source, diagnostics);
    }
    if markdown::recognizes(source) {
        return markdown::lower(source, diagnostics);
    }
    let message = match source.looks_like() {
        Some(kind) => format!("`{}` looks like {kind}, which cannot be read", source.path),
        None => format!(
            "`{}` is in none of the formats that can be read",
            source.path
        ),
    };
    diagnostics.push(
        Diagnostic::new(Code::SOURCE_UNRECOGNIZED, message)
            .at(Origin {
                file: source.id,
                span: Span::default(),
            })
            .help("give an OpenAPI document, a Postman collection, an item of one, or a page that shows one"),
    );
    Model::default()
}

/// Counts the operations of the sources, and those that are left out. That none remains is an error.
fn count(config: &Config, model: &Model, sources: &[&SourceFile], output: &mut Output) {
    let configured: BTreeSet<String> = config
        .skip
        .iter()
        .map(|entry| config::erased(&entry.operation))
        .collect();
    let mut distinct = BTreeSet::new();
    for skipped in &model.skipped {
        let erased = config::erased(&skipped.operation);
        output.skipped.push(Skipped {
            // What cannot be read may be listed, so that a strict run accepts that it is left out.
            code: match configured.contains(&erased) {
                true => job::CONFIGURED,
                false => skipped.code,
            },
            ..skipped.clone()
        });
        distinct.insert(erased);
    }
    for operation in &model.operations {
        let erased = operation.key.erased();
        if configured.contains(&erased) {
            output.skipped.push(Skipped {
                operation: operation.key.to_string(),
                code: job::CONFIGURED,
                origin: operation.origins.first().unwrap_or_default(),
            });
        } else {
            output.emitted += 1;
        }
        distinct.insert(erased);
    }
    output.in_source = distinct.len();
    let types = !model.webhooks.is_empty() || !model.named_schemas.is_empty();
    if output.emitted == 0 && types && output.in_source == 0 {
        let place = model.webhooks.first().map(|webhook| &webhook.origins);
        let alone = model.named_schemas.first();
        let place = place.or(alone.map(|id| &model.schemas.get(*id).origins));
        output.diagnostics.push(
            Diagnostic::new(
                Code::SOURCE_ONLY_TYPES,
                "no source describes an operation, so the crate has types to read and write, and nothing to call",
            )
            .at(place.and_then(|origins| origins.first()))
            .help("if there is more to the API, add a source with its operations"),
        );
    } else if output.emitted == 0 && !output.diagnostics.has_errors() {
        let first = output.skipped.first().map(|skipped| skipped.origin);
        let begin = sources.first().map(|source| Origin {
            file: source.id,
            span: Span::default(),
        });
        output.diagnostics.push(
            Diagnostic::new(
                Code::SOURCE_NO_OPERATION,
                "no operation is left to generate",
            )
            .at(first.or(begin))
            .help("give a source with a request that can be read"),
        );
    }
}

/// Whether the run goes on.
fn sound(output: &Output) -> Option<()> {
    (!output.diagnostics.has_errors()).then_some(())
}
