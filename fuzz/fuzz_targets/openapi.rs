//! OpenAPI descriptions with changes to the model of the API.

#![no_main]

use letterpress::config::Config;
use letterpress::diagnostic::Diagnostics;
use letterpress::source::SourceFile;
use letterpress_fuzz::{Choices, mutate};
use libfuzzer_sys::fuzz_target;

const DESCRIPTIONS: [&str; 4] = [
    include_str!("../../tests/fixtures/openapi-operations/shop.yaml"),
    include_str!("../../tests/fixtures/openapi-tolerance/shop.yaml"),
    include_str!("../../tests/fixtures/openapi-equal-structures/shop.yaml"),
    include_str!("../../tests/fixtures/openapi-nullable-2-0/shop.yaml"),
];

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices(bytes);
    let Some(which) = choices.below(DESCRIPTIONS.len()) else {
        return;
    };
    let mut document = serde_yaml::from_str(DESCRIPTIONS[which]).expect("a description");
    mutate(&mut document, &mut choices);
    let mut findings = Diagnostics::new();
    let file = SourceFile::from_text("shop.json", &document.to_string(), &mut findings);
    if !findings.has_errors() {
        letterpress::understand(&Config::for_sources("shop"), &[file], &mut findings);
    }
});
