//! What changed between small descriptions, and how it is told.
