//! The `letterpress` command.
fn main() {}
