//! Any bytes as answers: what can be read is written again, and read again to the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zendesk::runtime::decode::from_json;
use zendesk::runtime::encode::to_json;
use zendesk::runtime::model::Slot;
use zendesk::types::{JobStatus, UpdateManyUsersBody, User};

fn check<T: Slot + Default>(bytes: &[u8]) {
    let Ok(value) = from_json::<T>(bytes) else {
        return;
    };
    let text = to_json(value.node());
    let again = from_json::<T>(&text).expect("what was written can be read");
    assert_eq!(text, to_json(again.node()));
}

fuzz_target!(|bytes: &[u8]| {
    check::<User>(bytes);
    check::<Vec<User>>(bytes);
    check::<JobStatus>(bytes);
    check::<UpdateManyUsersBody>(bytes);
});
