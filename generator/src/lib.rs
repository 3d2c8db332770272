//! Letterpress sets an HTTP API in type: it reads descriptions and writes a Rust client crate.

pub mod analyze;
pub mod config;
pub mod diagnostic;
pub mod infer;
pub mod model;
pub mod origin;
pub mod output;
pub mod postman;
pub mod source;
pub mod tree;
