//! The targets: what is done with an input, and what must hold whatever it is. libFuzzer calls them (`cargo xtask fuzz`), and
//! so does a test that needs nothing but the compiler.

mod answers;
mod mutate;
mod pipeline;
mod readers;

/// What a target does with an input. It panics where something is wrong.
pub type Target = fn(&[u8]);

/// All targets by name, sorted.
pub const ALL: &[(&str, Target)] = &[
    ("configuration", pipeline::configuration),
    ("curl", pipeline::curl),
    ("events", answers::events),
    ("har", pipeline::har),
    ("json_tree", readers::json_tree),
    ("lines", answers::lines),
    ("model_to_tokens", pipeline::model_to_tokens),
    ("openapi", pipeline::openapi),
    ("overlay", pipeline::overlay),
    ("page", pipeline::page),
    ("parameters", answers::parameters),
    ("postman", pipeline::postman),
    ("response", answers::response),
    ("styles", answers::styles),
    ("yaml_tree", readers::yaml_tree),
];
