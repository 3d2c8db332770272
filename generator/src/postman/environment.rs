//! Environments and globals to the values of variables that count more, or less, than those of a collection.

use super::container::{self, Content};
use super::variable::Variable;
use super::{Lowering, header};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::SourceFile;
use crate::tree::{Kind, Node};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The variables of all environments and globals of a run.
#[derive(Clone, Debug, Default)]
pub struct Variables {
    /// They count more than those of collections and folders.
    pub(super) environment: Rc<BTreeMap<String, Variable>>,
    /// They count less.
    pub(super) globals: Rc<BTreeMap<String, Variable>>,
}

/// Whether a file holds variables and no requests.
pub fn is_environment(file: &SourceFile) -> bool {
    let root = file.tree.as_ref().map(|tree| tree.root());
    root.and_then(container::content) == Some(Content::Environment)
}

/// Reads environments and globals. Of several that have a variable, the first counts. A file that is given as an
/// environment and is none is an error.
pub fn variables(files: &[&SourceFile], diagnostics: &mut Diagnostics) -> Variables {
    let mut environment = BTreeMap::new();
    let mut globals = BTreeMap::new();
    for file in files {
        let root = file.tree.as_ref().map(|tree| tree.root());
        let Some(root) = root.filter(|_| is_environment(file)) else {
            let found = root.map_or("text", container::kind_of);
            let place = root.map_or(container::begin(file), Node::origin);
            diagnostics.push(
                Diagnostic::new(
                    Code::POSTMAN_NOT_AN_ENVIRONMENT,
                    format!("expected a Postman environment, found {found}"),
                )
                .at(place)
                .help("an environment has a list `values` of objects with `key` and `value`; give collections as sources"),
            );
            continue;
        };
        let mut lowering = Lowering::new(None, &Variables::default(), diagnostics);
        let own = lowering.read_variables(root.get("values"));
        let global = root.get("_postman_variable_scope").and_then(Node::as_str) == Some("globals");
        let known = if global {
            &mut globals
        } else {
            &mut environment
        };
        for (name, variable) in own {
            known.entry(name).or_insert(variable);
        }
    }
    Variables {
        environment: Rc::new(environment),
        globals: Rc::new(globals),
    }
}

/// Whether the value of a variable must stay behind: it is marked as a secret, or called like one. A URL is none, whatever
/// it is called (`tokenUrl`).
pub(super) fn is_secret(entry: Node<'_>, name: &str, value: &str) -> bool {
    let marked = entry.kind() == Kind::Object
        && (entry.get("type").and_then(Node::as_str) == Some("secret")
            || entry.get("secret").and_then(Node::as_bool) == Some(true));
    marked
        || header::is_secret_name(name)
            && !value.contains("://")
            && !super::entry::is_placeholder(value)
}
