//! OpenAPI descriptions with changes to the files of a crate.

#![no_main]

use letterpress_fuzz::{Choices, mutate, run};
use libfuzzer_sys::fuzz_target;

const DESCRIPTIONS: [&str; 4] = [
    include_str!("../../tests/fixtures/openapi-operations/shop.yaml"),
    include_str!("../../tests/fixtures/openapi-equal-structures/shop.yaml"),
    include_str!("../../tests/fixtures/openapi-nullable-3-0/shop.yaml"),
    include_str!("../../tests/fixtures/openapi-nullable-3-1/shop.yaml"),
];

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices(bytes);
    let Some(which) = choices.below(DESCRIPTIONS.len()) else {
        return;
    };
    let mut document = serde_yaml::from_str(DESCRIPTIONS[which]).expect("a description");
    mutate(&mut document, &mut choices);
    run("shop.json", &document.to_string());
});
