//! The laws of evidence, and that no order shows.
