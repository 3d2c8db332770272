//! The smallest type, with a keyword for a field.

use crate::runtime::{Extra, object};

/// A group.
#[derive(Clone, Default)]
pub struct Group {
    /// Its kind.
    pub r#type: Option<String>,
    /// Members that this crate does not know.
    pub extra: Extra,
}

object! {
    Group {
        0 opt "type" r#type,
    }
}
