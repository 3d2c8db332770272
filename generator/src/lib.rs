//! Letterpress sets an HTTP API in type: it reads descriptions and writes a Rust client crate.

pub mod analyze;
pub mod config;
pub mod diagnostic;
pub mod emit;
pub mod infer;
pub mod model;
pub mod names;
pub mod origin;
pub mod plan;
pub mod render;
pub mod source;
pub mod tree;
