//! Collections with changes, through the whole pipeline.

#![no_main]

use letterpress_fuzz::{Choices, mutate, run};
use libfuzzer_sys::fuzz_target;

const COLLECTIONS: [&str; 4] = [
    include_str!("../../tests/fixtures/postman-folders/shop.postman.json"),
    include_str!("../../tests/fixtures/postman-several-statuses/shop.postman.json"),
    include_str!("../../tests/fixtures/postman-body-graphql/shop.postman.json"),
    include_str!("../../tests/fixtures/postman-version-1/shop.json"),
];

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices(bytes);
    let Some(which) = choices.below(COLLECTIONS.len()) else {
        return;
    };
    let mut document = serde_json::from_str(COLLECTIONS[which]).expect("a collection");
    mutate(&mut document, &mut choices);
    run("shop.json", &document.to_string());
});
