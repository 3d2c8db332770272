//! A merged model to the one that everything behind it may rely on: a list of small passes, each of which may run twice.

mod alias;
mod all_of;
mod containers;
mod directions;
mod enums;
mod number;
mod order;
mod path_parameters;
mod security;
mod servers;
mod tags;
mod text_values;
mod unions;

use crate::diagnostic::Diagnostics;
use crate::model::{Model, SchemaId};

/// A pass: its name for messages and tests, and what it does.
pub type Pass = (&'static str, fn(&mut Model, &mut Diagnostics));

/// The passes in their order. Each is total, and running it again changes nothing.
pub const PASSES: &[Pass] = &[
    // Null is no value of an enumeration but stands beside it.
    ("enums", enums::run),
    // What must all hold is one schema: no `Shape::AllOf` is left.
    ("all-of", all_of::run),
    // Unions have at least two alternatives that are told apart, and none of them is a union.
    ("unions", unions::run),
    // No list or map holds nothing but itself.
    ("containers", containers::run),
    // Every hole of a path has a parameter, and parameters stand in the order in which they are sent.
    ("path-parameters", path_parameters::run),
    // What is sent outside a JSON body and of which nothing is known is text.
    ("text-values", text_values::run),
    // Every operation has a group, if its path has a word for one.
    ("tags", tags::run),
    // No object that is both sent and received has properties that travel one way only.
    ("directions", directions::run),
    // Only operations that are served elsewhere name their server.
    ("servers", servers::run),
    // Schemes and requirements stand in the order of their names.
    ("security", security::run),
    // Operations and responses stand in an order that no source decides.
    ("order", order::run),
    // Schemas are numbered in the order in which operations reach them; the others are gone.
    ("number", number::run),
];

/// As [`run`]; answers also which number each schema had before.
pub fn run_traced(mut model: Model, diagnostics: &mut Diagnostics) -> (Model, Vec<SchemaId>) {
    let mut order = Vec::new();
    for (name, pass) in PASSES {
        if *name == "number" {
            order = number::order(&model);
        }
        pass(&mut model, diagnostics);
    }
    (model, order)
}

/// Runs all passes.
pub fn run(mut model: Model, diagnostics: &mut Diagnostics) -> Model {
    for (_, pass) in PASSES {
        pass(&mut model, diagnostics);
    }
    model
}

#[cfg(test)]
mod tests;
