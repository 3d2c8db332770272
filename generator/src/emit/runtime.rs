//! The runtime crate's files, which stand in every generated crate byte for byte.

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../runtime/src/", $path)))),*]
    };
}

/// Path below `src`, and text, of each file; a test compares the list with the folder.
pub const RUNTIME: &[(&str, &str)] = embedded![];
