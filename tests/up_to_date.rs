//! What is committed below `generated/` is what `specs/` says. Nothing is written.

use letterpress::job::{self, Job};
use letterpress::source::Given;
use letterpress_tests::root;
use std::fs;

#[test]
fn generated_crates_are_what_the_specs_say() {
    let mut count = 0;
    for entry in fs::read_dir(root().join("specs")).expect("specs").flatten() {
        let config = entry.path().join("letterpress.yaml");
        if !config.exists() {
            continue;
        }
        let api = entry.file_name().to_string_lossy().into_owned();
        let outcome = job::run(&Job {
            given: Given {
                config: Some(config),
                ..Given::default()
            },
            folder: root().join("generated").join(&api),
            check: true,
            strict: true,
            progress: Default::default(),
            command: format!("cargo xtask codegen {api}"),
        });
        assert!(outcome.success(), "{}", outcome.text(false));
        count += 1;
    }
    assert!(count >= 2);
}
