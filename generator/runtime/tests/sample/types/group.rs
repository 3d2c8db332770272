//! The smallest types, and names that are taken elsewhere.

use crate::runtime::{Extra, object, string_enum};

/// A group.
#[derive(Clone, Default)]
pub struct Group {
    /// Its kind.
    pub r#type: Option<std::string::String>,
    /// Members that this crate does not know.
    pub extra: Extra,
}

/// A type without members of its own, and with a name of the standard library.
#[derive(Clone, Default)]
pub struct Result {
    /// Members that this crate does not know.
    pub extra: Extra,
}

object! {
    Result {}
}

/// A type with the name of another one, whose variants have the names of associated types.
#[derive(Clone)]
#[non_exhaustive]
pub enum String {
    /// `err`
    Err,
    /// `ok`
    Ok,
    /// `error`
    Error,
    /// A value that this crate does not know.
    Other(std::string::String),
}

string_enum! {
    String {
        Err = "err",
        Ok = "ok",
        Error = "error",
    }
}

object! {
    Group {
        0 opt "type" r#type,
    }
}
