//! One program for all targets, so that they are built and linked once: `LETTERPRESS_TARGET` names the one to run.

#![no_main]

use letterpress_fuzz::{ALL, Target};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("LETTERPRESS_TARGET").expect("LETTERPRESS_TARGET names a target");
    let found = ALL.iter().find(|(known, _)| *known == name);
    found
        .unwrap_or_else(|| panic!("there is no target `{name}`"))
        .1
});

fuzz_target!(|bytes: &[u8]| TARGET(bytes));
