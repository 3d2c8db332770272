//! Names of types to those that the user chose, and to findings about those that nothing tells apart.

use super::super::super::context::Context;
use super::super::graph::{Graph, Node};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::names::{self, Case, RustIdent};
use std::collections::BTreeMap;

/// Names that the user gives in letterpress.yaml instead of ours.
pub(super) fn choose(
    context: &Context<'_>,
    graph: &Graph,
    names: &mut [RustIdent],
    diagnostics: &mut Diagnostics,
) {
    let ours: Vec<String> = names.iter().map(|name| name.plain().to_owned()).collect();
    for (from, to) in &context.config.names.types {
        let place = context.config.place(&["names", "types", from]);
        let Some(at) = ours.iter().position(|name| name == from) else {
            let mut known = ours.clone();
            known.sort();
            known.dedup();
            let message = format!("`names.types` names a type that there is not: `{from}`");
            let help = super::super::super::context::known_names("types", &known);
            diagnostics.push(
                Diagnostic::new(Code::PLAN_UNUSED_NAME, message)
                    .at(place)
                    .help(help),
            );
            continue;
        };
        let chosen = RustIdent::parse(to).filter(|name| {
            names::ident(&names::words(to), Case::Pascal).plain() == name.plain()
                && !names::is_taken_type(to)
        });
        match (chosen, names.get_mut(at)) {
            (Some(chosen), Some(name)) => *name = chosen,
            _ => {
                let origin = graph
                    .nodes
                    .get(at)
                    .and_then(|node| context.schema(node.schema).origins.first());
                let message = format!("`{to}` cannot be the name of a type");
                let help = "use words that begin with a capital, as in `UserInput`, and none of the names that Rust or the runtime has";
                diagnostics.push(
                    Diagnostic::new(Code::PLAN_INVALID_NAME, message)
                        .at(place.or(origin))
                        .help(help),
                );
            }
        }
    }
}

/// Tells of types that have one name.
pub(super) fn report(
    context: &Context<'_>,
    graph: &Graph,
    names: &[RustIdent],
    diagnostics: &mut Diagnostics,
) {
    let mut holders: BTreeMap<&str, &Node> = BTreeMap::new();
    for (name, node) in names.iter().zip(&graph.nodes) {
        if let Some(other) = holders.insert(name.plain(), node) {
            diagnostics.push(
                Diagnostic::new(Code::PLAN_NAME_COLLISION, format!("two types would be called `{name}`"))
                    .at(context.schema(node.schema).origins.first())
                    .related(context.schema(other.schema).origins.first(), "the other type")
                    .help(format!("choose a name for one of the types that hold them under `names.types` in letterpress.yaml; `{name}` itself stands for both")),
            );
        }
    }
}
