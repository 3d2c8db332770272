//! One action on one document to the document as it is afterwards.

use super::{Action, Change, kind, wrong};
use crate::diagnostic::{Code, Diagnostic};
use crate::tree::compose::Composer;
use crate::tree::path::Path;
use crate::tree::{Kind, Node, NodeId, Tree};
use std::collections::HashSet;

/// What an action did whose target is there.
pub(super) enum Changed {
    Nothing,
    Tree(Tree),
}

/// Applies an action; nothing if its target is not there.
pub(super) fn apply(tree: &Tree, action: &Action<'_>) -> Result<Option<Changed>, Box<Diagnostic>> {
    let root = tree.root();
    let targets = select(root, action.target, &action.path)?;
    let Some(first) = targets.first() else {
        return Ok(None);
    };
    let update = match &action.change {
        Change::Nothing => return Ok(Some(Changed::Nothing)),
        Change::Remove => None,
        Change::Update(update) => Some(*update),
        Change::Copy(from, path) => match select(root, *from, path)?.as_slice() {
            [one] => Some(*one),
            found => {
                let message = format!(
                    "`{}` selects {} nodes to copy, where one belongs",
                    from.as_str().unwrap_or_default(),
                    found.len()
                );
                let help = "write a path to a single node of the same document";
                return Err(Box::new(wrong(Code::OVERLAY_UPDATE, *from, message, help)));
            }
        },
    };
    match update {
        None if targets.iter().any(|node| node.parent().is_none()) => {
            let message = "the whole document would be removed".to_owned();
            let help = "remove what is in it, or take the source out";
            return Err(Box::new(wrong(
                Code::OVERLAY_UPDATE,
                action.target,
                message,
                help,
            )));
        }
        Some(update) => {
            if let Some(other) = targets.iter().find(|target| !fits(**target, update)) {
                return Err(Box::new(misfit(action, *other, update)));
            }
        }
        None => {}
    }
    let mut writer = Writer {
        composer: Composer::new(tree),
        targets: targets.iter().map(|node| node.id()).collect(),
        update,
    };
    writer.write(root, &[]);
    match writer.composer.finish() {
        Some(tree) => Ok(Some(Changed::Tree(tree))),
        None => {
            let message = "the document would be larger than the limit".to_owned();
            let fault = wrong(Code::OVERLAY_UPDATE, action.target, message, TOO_LARGE);
            Err(Box::new(fault.related(first.origin(), "first here")))
        }
    }
}

const TOO_LARGE: &str = "change fewer nodes at once";

fn select<'t>(
    root: Node<'t>,
    place: Node<'_>,
    path: &Path,
) -> Result<Vec<Node<'t>>, Box<Diagnostic>> {
    path.select(root).ok_or_else(|| {
        let text = place.as_str().unwrap_or_default();
        let message = format!("`{text}` visits more nodes than is reasonable");
        let help = "name the steps instead of looking everywhere with `..`";
        Box::new(wrong(Code::OVERLAY_PATH, place, message, help))
    })
}

/// Whether a value can be merged into a target: members into an object, an element into an array, and what has no
/// parts in the place of what has none.
fn fits(target: Node<'_>, update: Node<'_>) -> bool {
    match (target.kind(), update.kind()) {
        (Kind::Object, Kind::Object) | (Kind::Array, _) => true,
        (Kind::Object, _) | (_, Kind::Object | Kind::Array) => false,
        _ => true,
    }
}

fn misfit(action: &Action<'_>, target: Node<'_>, update: Node<'_>) -> Diagnostic {
    let message = format!("{} cannot be merged into {}", kind(update), kind(target));
    let help =
        "update an object with an object, an array with an element, and a scalar with a scalar";
    // What is copied stands in the document; the action says so.
    let place = match action.change {
        Change::Update(update) => update,
        _ => action.target,
    };
    wrong(Code::OVERLAY_UPDATE, place, message, help).related(target.origin(), "the target")
}

/// Copies a document, changed.
struct Writer<'u> {
    composer: Composer,
    targets: HashSet<NodeId>,
    /// What is merged into the targets; nothing if they are taken out.
    update: Option<Node<'u>>,
}

/// Something to merge into a node.
#[derive(Clone, Copy)]
struct Update<'u> {
    value: Node<'u>,
    /// Whether the node is a target of the action, and not a member of one.
    whole: bool,
}

impl<'u> Writer<'u> {
    fn is_removed(&self, node: Node<'_>) -> bool {
        self.update.is_none() && self.targets.contains(&node.id())
    }

    /// Writes a node with what is merged into it. The depth of trees bounds the recursion.
    fn write(&mut self, node: Node<'_>, updates: &[Update<'u>]) {
        let mut updates = updates.to_vec();
        if let (Some(value), true) = (self.update, self.targets.contains(&node.id())) {
            updates.push(Update { value, whole: true });
        }
        let merges = |update: &Update<'_>| match (node.kind(), update.value.kind()) {
            (Kind::Object, Kind::Object) | (Kind::Array, Kind::Array) => true,
            (Kind::Array, _) => update.whole,
            _ => false,
        };
        if let Some(other) = updates.iter().rev().find(|update| !merges(update)) {
            self.composer.graft(other.value, node);
            return;
        }
        match node.kind() {
            Kind::Object => self.write_object(node, &updates),
            Kind::Array => {
                self.composer.open_array(node);
                for item in node.items() {
                    if !self.is_removed(item) {
                        self.write(item, &[]);
                    }
                }
                for update in updates {
                    match update.value.kind() {
                        Kind::Array => {
                            let items = update.value.items();
                            items.for_each(|item| self.composer.graft(item, node));
                        }
                        _ => self.composer.graft(update.value, node),
                    }
                }
                self.composer.close(node);
            }
            _ => self.composer.copy(node),
        }
    }

    fn write_object(&mut self, node: Node<'_>, updates: &[Update<'u>]) {
        self.composer.open_object(node);
        let mut named = HashSet::new();
        for (key, value) in node.entries() {
            if self.is_removed(value) {
                continue;
            }
            named.insert(key.text);
            let inner: Vec<Update<'u>> = updates
                .iter()
                .filter_map(|update| update.value.get(key.text))
                .map(|value| Update {
                    value,
                    whole: false,
                })
                .collect();
            self.composer.key_of(key);
            self.write(value, &inner);
        }
        // The last one that adds a member counts.
        for update in updates.iter().rev() {
            for (key, value) in update.value.entries() {
                if named.insert(key.text) {
                    self.composer.key(key.text, node);
                    self.composer.graft(value, node);
                }
            }
        }
        self.composer.close(node);
    }
}
