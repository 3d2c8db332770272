//! Samples to shapes, for all sources: what was seen is gathered without loss, and decided once when all of it is there.

mod align;
mod backreference;
pub mod brackets;
mod cluster;
mod cycle;
mod example;
mod format;
mod gather;
mod identifier;
mod identity;
mod kind;
mod lenient;
mod list;
mod map;
mod name;
mod number;
mod observe;
mod placeholder;
mod position;
mod proposal;
mod prose;
mod resolve;
mod rule;
mod secret;
mod shape;
mod stated;
mod tagged;
#[cfg(test)]
mod tests;
pub mod threshold;
mod trace;

use crate::origin::Origin;

pub use crate::model::evidence::Direction;
pub use example::{materialize, materialize_parameter};
pub use identifier::parameterize;
pub use list::split_list;
pub use observe::{observe, observe_member, observe_text};
pub use prose::{masked_prose, name_without_credentials};
pub use resolve::{resolve, resolve_traced};
pub use rule::Rule;
pub use secret::{
    is_secret, is_secret_name, kept_text, literal, masked_plain, masked_query, secret_members,
};
pub use trace::{Account, Sighting, Trace};

/// Where a sample comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The place of the sample in its file. For a body that is text inside a document, the place of that text.
    pub origin: Origin,
    /// Whether the value is sent or received.
    pub direction: Direction,
    /// Whether its author left something out of it, so that what is absent means nothing.
    pub elided: bool,
}
