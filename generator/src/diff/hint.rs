//! What callers do about a change: a sentence, and their code before and after.

use serde::Serialize;

/// What callers do about a change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Hint {
    /// What to do, in a sentence.
    pub text: String,
    /// Code as it was.
    pub before: String,
    /// Code as it has to be; empty if nothing stands in its place.
    pub after: String,
}

impl Hint {
    /// What to write instead.
    pub fn new(
        text: impl Into<String>,
        before: impl Into<String>,
        after: impl Into<String>,
    ) -> Self {
        Hint {
            text: text.into(),
            before: before.into(),
            after: after.into(),
        }
    }

    /// A name that is another one now.
    pub fn rename(before: impl Into<String>, after: impl Into<String>) -> Self {
        let (before, after) = (before.into(), after.into());
        Hint::new(
            format!("write `{after}` where `{before}` stands"),
            before,
            after,
        )
    }

    /// Something that is gone.
    pub fn gone(before: impl Into<String>) -> Self {
        Hint::new(
            "take out what uses it; nothing stands in its place",
            before,
            "",
        )
    }
}
