//! Overlay documents (Overlay 1.0.0 and 1.1.0) and lists of patches to actions.

use super::{Action, Actions, Change, kind, wrong};
use crate::diagnostic::{Code, Diagnostics};
use crate::tree::path::Path;
use crate::tree::{Kind, Node};

const HELP: &str = "see the Overlay Specification 1.1.0 for what an overlay holds";
const PATH_HELP: &str =
    "write a JSONPath, for instance `$.paths['/users'].get.parameters[?@.name == 'limit']`";

/// The actions of an overlay; nothing if its outermost level is not as it should be.
pub(super) fn overlay<'t>(root: Node<'t>, diagnostics: &mut Diagnostics) -> Option<Actions<'t>> {
    let mut reader = Reader { diagnostics };
    let version = root.get("overlay")?;
    let text = version.as_str().unwrap_or_default();
    let known = ["1.0.", "1.1."].iter().any(|known| {
        let rest = text.strip_prefix(known);
        rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    });
    if !known {
        let shown = version.scalar().unwrap_or_default();
        let message = format!("the version `{shown}` of the overlay is none that can be read");
        reader.fault(version, message, "write `1.0.0` or `1.1.0`, in quotes");
        return None;
    }
    reader.members(root, &["overlay", "info", "extends", "actions"]);
    match reader.member(root, "info", Kind::Object) {
        Some(info) => {
            reader.members(info, &["title", "version", "description"]);
            reader.member(info, "title", Kind::String);
            reader.member(info, "version", Kind::String);
            reader.optional(info, "description", Kind::String);
        }
        None => return None,
    }
    let extends = reader.optional(root, "extends", Kind::String);
    let actions = reader.member(root, "actions", Kind::Array)?;
    if actions.is_empty() {
        reader.fault(actions, "the overlay has no action".to_owned(), HELP);
    }
    Some(Actions {
        list: actions
            .items()
            .filter_map(|action| reader.action(action))
            .collect(),
        extends: extends.and_then(Node::as_str),
    })
}

/// The actions of `patches` in letterpress.yaml.
pub(super) fn patches<'t>(list: Node<'t>, diagnostics: &mut Diagnostics) -> Actions<'t> {
    let mut reader = Reader { diagnostics };
    Actions {
        list: list
            .items()
            .filter_map(|action| reader.action(action))
            .collect(),
        extends: None,
    }
}

struct Reader<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    fn fault(&mut self, node: Node<'_>, message: String, help: &str) {
        let fault = wrong(Code::OVERLAY_DOCUMENT, node, message, help);
        self.diagnostics.push(fault);
    }

    /// Refuses members that nobody knows, which are mostly misspelled ones. Extensions say nothing to us.
    fn members(&mut self, node: Node<'_>, known: &[&str]) {
        for (key, value) in node.entries() {
            if !known.contains(&key.text) && !key.text.starts_with("x-") {
                let message = format!("`{}` is no member here", key.text);
                let help = format!("the members are `{}`", known.join("`, `"));
                self.fault(value, message, &help);
            }
        }
    }

    /// A member that must be there.
    fn member<'t>(&mut self, node: Node<'t>, name: &str, wanted: Kind) -> Option<Node<'t>> {
        if node.get(name).is_none() {
            self.fault(node, format!("`{name}` is missing"), HELP);
        }
        self.optional(node, name, wanted)
    }

    /// A member of the right kind.
    fn optional<'t>(&mut self, node: Node<'t>, name: &str, wanted: Kind) -> Option<Node<'t>> {
        let member = node.get(name)?;
        if member.kind() == wanted {
            return Some(member);
        }
        let message = format!(
            "`{name}` is {} where {} belongs",
            kind(member),
            wanted.with_article()
        );
        self.fault(member, message, HELP);
        None
    }

    fn action<'t>(&mut self, node: Node<'t>) -> Option<Action<'t>> {
        if node.kind() != Kind::Object {
            self.fault(node, format!("an action is {}", kind(node)), HELP);
            return None;
        }
        self.members(node, &["target", "description", "update", "copy", "remove"]);
        self.optional(node, "description", Kind::String);
        let target = self.member(node, "target", Kind::String);
        let remove = self.optional(node, "remove", Kind::Boolean);
        let copy = self.optional(node, "copy", Kind::String);
        let (target, path) = self.path(target?)?;
        // `remove` counts before `update`, and `update` before `copy` (Overlay 1.1.0 §4.4.3.1).
        let change = match (remove.and_then(Node::as_bool), node.get("update"), copy) {
            (Some(true), _, _) => Change::Remove,
            (_, Some(update), _) => Change::Update(update),
            (_, None, Some(copy)) => {
                let (from, path) = self.path(copy)?;
                Change::Copy(from, path)
            }
            (_, None, None) => Change::Nothing,
        };
        Some(Action {
            target,
            path,
            change,
        })
    }

    fn path<'t>(&mut self, node: Node<'t>) -> Option<(Node<'t>, Path)> {
        let text = node.as_str().unwrap_or_default();
        match Path::parse(text) {
            Ok(path) => Some((node, path)),
            Err(fault) => {
                let before = text.get(..fault.at).unwrap_or(text);
                let message = format!(
                    "`{text}` is no JSONPath: {} at character {}",
                    fault.message,
                    before.chars().count() + 1
                );
                let fault = wrong(Code::OVERLAY_PATH, node, message, PATH_HELP);
                self.diagnostics.push(fault);
                None
            }
        }
    }
}
