//! The runtime of the clients that Letterpress generates.
//!
//! The code is in `runtime.rs` and `runtime/`, which are embedded in each generated crate byte for
//! byte. The tests are in `tests/`: they use a small client in the shape of a generated one, and
//! are a part of this crate, so that `crate::runtime` is in them what it is there.

pub mod runtime;

#[cfg(test)]
#[path = "../tests/cases/lib.rs"]
pub mod cases;
#[cfg(test)]
#[path = "../tests/sample/lib.rs"]
pub mod sample;
#[cfg(test)]
pub use sample::{Client, types, users};
