//! Everything that samples showed about one position, kept without loss until it is decided what it means.

/// What was seen at one position of the samples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {}

impl Evidence {
    /// Adds what another list of samples showed. Order, repetition and grouping do not matter.
    pub fn join(&mut self, other: &Evidence) {
        let _ = other;
    }
}
