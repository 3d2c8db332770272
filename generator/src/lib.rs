//! Letterpress sets an HTTP API in type.
