//! Overlays and patches to changed documents: what the user knows better is in the trees before anything is lowered.

mod apply;
mod read;
#[cfg(test)]
mod tests;

use super::{Project, Role, SourceFile};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::origin::{FileId, Origin, Span};
use crate::tree::path::Path;
use crate::tree::{Kind, Node, Tree};

/// One change (Overlay 1.1.0, Action Object).
struct Action<'t> {
    /// The text of the path to what is changed.
    target: Node<'t>,
    /// The same, read.
    path: Path,
    change: Change<'t>,
}

/// What becomes of the targets of an action.
enum Change<'t> {
    /// Nothing: the action says only that they are there.
    Nothing,
    /// They are taken out.
    Remove,
    /// A value is merged into them.
    Update(Node<'t>),
    /// Another node of the same document is merged into them.
    Copy(Node<'t>, Path),
}

/// The actions of one overlay, or of the configuration.
struct Actions<'t> {
    list: Vec<Action<'t>>,
    /// The document that the overlay was written for, if it says.
    extends: Option<&'t str>,
}

/// Whether a document is an overlay, by its content.
pub(super) fn is_overlay(file: &SourceFile) -> bool {
    file.tree.as_ref().is_some_and(|tree| {
        let root = tree.root();
        let scalar = |name: &str| root.get(name).is_some_and(|node| node.scalar().is_some());
        scalar("overlay") && root.get("openapi").or(root.get("swagger")).is_none()
    })
}

/// Applies the overlays of a run in their order, then the patches of the configuration, to all sources that are
/// documents. An action whose target is in none of them is an error.
pub(super) fn apply(project: &mut Project, diagnostics: &mut Diagnostics) {
    let mut changing: Vec<(FileId, Tree)> = Vec::new();
    for file in &mut project.files {
        if file.role == Role::Whole && is_overlay(file) {
            file.role = Role::Overlay;
        }
        if let (Role::Overlay, Some(tree)) = (&file.role, &file.tree) {
            changing.push((file.id, tree.clone()));
        }
    }
    let mut actions = Vec::new();
    for (_, tree) in &changing {
        actions.extend(read::overlay(tree.root(), diagnostics));
    }
    let config = project.config.file;
    let patches = project
        .files
        .iter()
        .find(|file| config == Some(file.id))
        .and_then(|file| file.tree.clone());
    if let Some(list) = patches.as_ref().and_then(|tree| tree.root().get("patches")) {
        actions.push(read::patches(list, diagnostics));
    }
    let changed: Vec<usize> = project
        .files
        .iter()
        .enumerate()
        .filter(|(_, file)| file.role == Role::Whole && config != Some(file.id))
        .filter(|(_, file)| file.tree.is_some())
        .map(|(at, _)| at)
        .collect();
    if changed.is_empty() {
        if let (Some((file, _)), false) = (changing.first(), diagnostics.has_errors()) {
            diagnostics.push(alone(*file));
        }
        return;
    }
    for actions in &actions {
        let named = |file: &SourceFile| actions.extends.is_some_and(|url| is_named(file, url));
        let meant = |at: &&usize| project.files.get(**at).is_some_and(named);
        let only: Vec<usize> = changed.iter().filter(meant).copied().collect();
        let files = if only.is_empty() { &changed } else { &only };
        for action in &actions.list {
            let mut found = false;
            for at in files {
                if let Some(file) = project.files.get_mut(*at) {
                    found |= change(file, action, diagnostics);
                }
            }
            if !found {
                diagnostics.push(unused(action));
            }
        }
    }
}

/// Changes a file. Answers whether the target of the action is in it.
fn change(file: &mut SourceFile, action: &Action<'_>, diagnostics: &mut Diagnostics) -> bool {
    let Some(tree) = &file.tree else {
        return false;
    };
    match apply::apply(tree, action) {
        Ok(None) => false,
        Ok(Some(apply::Changed::Nothing)) => true,
        Ok(Some(apply::Changed::Tree(changed))) => {
            file.tree = Some(changed);
            true
        }
        Err(fault) => {
            diagnostics.push(*fault);
            true
        }
    }
}

/// Whether a file is the one that an address means, as far as its last step tells.
fn is_named(file: &SourceFile, url: &str) -> bool {
    let last = |text: &str| -> String {
        let text = text.split(['?', '#']).next().unwrap_or_default();
        let name = text.rsplit(['/', '\\']).next().unwrap_or_default();
        name.to_owned()
    };
    last(&file.path) == last(url)
}

fn unused(action: &Action<'_>) -> Diagnostic {
    let target = action.target.as_str().unwrap_or_default();
    Diagnostic::new(
        Code::OVERLAY_UNUSED,
        format!("`{target}` is in no source, so its action changes nothing"),
    )
    .at(action.target.origin())
    .help("correct the path, or remove the action")
}

fn alone(file: FileId) -> Diagnostic {
    let place = Origin {
        file,
        span: Span::default(),
    };
    Diagnostic::new(
        Code::OVERLAY_ALONE,
        "an overlay changes a description, and there is none",
    )
    .at(place)
    .help(
        "give the description beside it, or list the overlay under `overlays` in letterpress.yaml",
    )
}

/// What is called wrong with a member.
fn wrong(code: Code, node: Node<'_>, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(code, message).at(node.origin()).help(help)
}

/// The words for what a node is.
fn kind(node: Node<'_>) -> &'static str {
    Kind::with_article(node.kind())
}
