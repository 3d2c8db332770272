//! What the user decides about single values, applied to the model.
//!
//! Addresses are names of the generated crate (`User.photo`) or of the API (`GET /users query.role`). The names are those
//! that the crate has without overrides, so that no override changes what another one means.

mod apply;
mod find;
pub(crate) mod near;

pub use find::{Nothing, Slot, find, parts, schema};

use crate::analyze;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::plan;

/// Applies the overrides of a configuration. Those that match nothing, or cannot be said of what they match, are errors.
pub fn apply(mut model: Model, config: &Config, diagnostics: &mut Diagnostics) -> Model {
    if config.overrides.is_empty() {
        return model;
    }
    let facts = analyze::analyze(&model);
    let addresses = plan::addresses(&model, &facts, config);
    apply::run(&mut model, &addresses, config, diagnostics);
    model
}

#[cfg(test)]
mod tests;
