//! Everything that samples showed about one position, kept without loss until it is decided what it means.

/// What was seen at one position of the samples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {}
