//! What changed since the last release: the version that it asks for, its entry in the changelog, and the next release.

use crate::config::Config;
use crate::diagnostic::render::Printer;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::diff::{self, Difference, Surface, changelog};
use crate::output;
use crate::plan::Plan;
use crate::source::{self, Given, History, SourceFile};
use crate::{Output, planned};
use std::path::Path;

/// What changed since the last release.
#[derive(Clone, Debug, Default)]
pub struct Since {
    /// The changes.
    pub difference: Difference,
    /// The changelog with their entry.
    pub changelog: String,
}

/// Compares a plan with the released version, and gives its crate the changelog. Nothing comes back where nothing was
/// released yet.
pub(crate) fn since(
    plan: &mut Plan,
    config: &Config,
    files: &[SourceFile],
    history: &History,
    diagnostics: &mut Diagnostics,
) -> Option<Since> {
    let Some(text) = &history.released else {
        if let Some(text) = &history.changelog {
            plan.changelog = changelog::rendered(text);
        }
        return None;
    };
    let released = read(text, diagnostics)?;
    let difference = diff::compare(&released, &diff::surface(plan, &files));
    if let Some(mut fault) = too_low(config, &difference) {
        if !history.binding {
            fault.severity = Severity::Warning;
        }
        diagnostics.push(fault);
    }
    let begin = || changelog::begin(&plan.changelog, &released.version);
    let before = history.changelog.clone().unwrap_or_else(begin);
    let text = changelog::update(&before, &difference);
    plan.changelog = changelog::rendered(&text);
    Some(Since {
        difference,
        changelog: text,
    })
}

fn read(text: &str, diagnostics: &mut Diagnostics) -> Option<Surface> {
    let read = diff::read_released(text).map_err(|why| {
        let message = format!("`released.json` cannot be read: {why}");
        let help = "take it from the last release, or remove it and run `letterpress release` on the sources of that release";
        diagnostics.push(Diagnostic::new(Code::DIFF_RELEASED, message).help(help));
    });
    read.ok()
}

/// The finding for a version that is lower than the changes ask for.
fn too_low(config: &Config, difference: &Difference) -> Option<Diagnostic> {
    let asked = difference.asked_version();
    if !diff::is_lower(&difference.new_version, &asked) {
        return None;
    }
    let worst = difference.class().map(|class| class.as_str());
    let message = match worst {
        Some(worst) => format!(
            "the version is {}, and what changed since {} is {worst}",
            difference.new_version, difference.old_version
        ),
        None => format!(
            "the version is {}, and {} is released",
            difference.new_version, difference.old_version
        ),
    };
    let mut fault = Diagnostic::new(Code::DIFF_VERSION, message)
        .at(config.place(&["version"]).or(config.place(&["name"])))
        .help(format!("set `version: {asked}` in letterpress.yaml"));
    let first = difference.changes.first();
    if let Some(change) = first {
        fault = fault.note(format!("{}: {}", change.subject, change.message));
    }
    Some(fault)
}

/// What a release did.
#[derive(Clone, Debug, Default)]
pub struct Release {
    /// The version that is released now; nothing if there was an error.
    pub version: Option<String>,
    files: Vec<SourceFile>,
    diagnostics: Diagnostics,
}

impl Release {
    /// The errors as text; see [`Printer::text`].
    pub fn errors(&self, colour: bool) -> String {
        let mut errors = Diagnostics::new();
        let found = self.diagnostics.iter();
        for error in found.filter(|found| found.severity == Severity::Error) {
            errors.push(error.clone());
        }
        Printer::new(&self.files, &errors).text(&errors, colour)
    }
}

/// Makes what a configuration describes the released version: `released.json` and the changelog beside it are written.
pub fn release(config: &Path) -> Release {
    let given = Given {
        config: Some(config.to_owned()),
        ..Given::default()
    };
    let mut output = Output::default();
    let project = source::load_project(&given, &mut output.diagnostics);
    let mut release = Release::default();
    if !output.diagnostics.has_errors() {
        let mut history = source::load_history(config, &mut output.diagnostics);
        history.binding = true;
        if let Some(plan) = planned(&project.config, &project.files, &mut output) {
            release.version = write(
                config,
                (&project.config, &project.files),
                plan,
                &history,
                &mut output.diagnostics,
            );
        }
    }
    release.diagnostics = output.diagnostics;
    release.files = project.files;
    release
}

fn write(
    path: &Path,
    (config, files): (&Config, &[SourceFile]),
    mut plan: Plan,
    history: &History,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let first = plan.changelog.clone();
    let since = since(&mut plan, config, files, history, diagnostics);
    let mut surface = diff::surface(&plan, &files);
    let version = surface.version.clone();
    if let Some(since) = &since {
        let same = since.difference.old_version == version;
        if same && since.difference.changes.is_empty() {
            let message = format!("{version} is released, and nothing has changed since");
            diagnostics.push(
                Diagnostic::new(Code::DIFF_NOTHING, message)
                    .at(config.place(&["version"]))
                    .help("set a higher `version` to release the same again"),
            );
        }
    }
    if diagnostics.has_errors() {
        return None;
    }
    // Where the folder lies is nothing that a release says.
    let folder = path.parent().map(source::shown).unwrap_or_default();
    for file in &mut surface.files {
        let inside = file
            .strip_prefix(&folder)
            .map(|rest| rest.trim_start_matches('/'));
        if let Some(inside) = inside.filter(|rest| !rest.is_empty()) {
            *file = inside.to_owned();
        }
    }
    let text = match (since, &history.changelog) {
        (Some(since), _) => since.changelog,
        (None, Some(text)) => text.clone(),
        (None, None) => first,
    };
    let text = changelog::release(&text, &version);
    let written = output::write_text(&source::changelog_path(path), &text).and_then(|()| {
        output::write_text(
            &source::released_path(path),
            &diff::write_released(&surface),
        )
    });
    match written {
        Ok(()) => Some(version),
        Err(fault) => {
            diagnostics.push(fault);
            None
        }
    }
}
