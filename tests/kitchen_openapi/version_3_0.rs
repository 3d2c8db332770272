//! OpenAPI 3.0: what differs from 3.1 in spelling gives the same types.

use super::round_trip;
use kitchen_sink_3_0::types::*;
use serde_json::json;

#[test]
fn absent_and_null_are_told_apart() {
    let read: Presence = round_trip(json!({
        "plain": "p", "nullable": null, "both": null, "either": {"R": 1}, "list": ["a", null], "map": {"a": null},
    }));
    assert!(read.nullable.is_none() && read.both.is_null());
    assert_eq!(read.either.as_ref().and_then(|color| color.r), Some(1));
    let read: Presence = round_trip(json!({"plain": "p", "nullable": "n", "either": null}));
    assert!(read.both.is_absent() && read.either.is_null());
}
