//! What a hostile source may not do: become code, leave the folder, or take the machine down.

extern crate kitchen_sink_3_0 as kitchen_sink;

mod fuzz;
mod hostile;
mod injection;
mod threats;

#[path = "../fuzz/targets.rs"]
mod targets;
