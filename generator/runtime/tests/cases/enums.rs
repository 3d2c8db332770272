//! Open enumerations of strings and of integers.

use super::support::round_trip;
use crate::runtime::decode::from_json;
use crate::types::*;
use serde_json::json;
use std::collections::HashSet;

#[test]
fn strings_are_known_or_kept() {
    let role: Role = round_trip(json!("end-user"));
    assert!(matches!(role, Role::EndUser));
    let role: Role = round_trip(json!("robot"));
    assert!(matches!(&role, Role::Other(text) if text == "robot"));
    assert_eq!(role, Role::from("robot"));
    assert_eq!("agent".parse::<Role>().unwrap(), Role::Agent);
    assert_eq!(Role::from("agent".to_owned()).to_string(), "agent");
    assert_eq!(Role::default().as_str(), "");
    assert_eq!(
        format!("{:?} {:>6}", Role::Agent, Role::Agent),
        r#""agent"  agent"#
    );
    // A known text is equal however it was made.
    let set = HashSet::from([Role::Agent, Role::Other("agent".into()), Role::EndUser]);
    assert_eq!(set.len(), 2);
    assert!(from_json::<Role>(b"1").is_err());
}

#[test]
fn integers_are_known_or_kept() {
    assert!(matches!(round_trip(json!(0)), RoleType::Custom));
    assert!(matches!(round_trip(json!(-1)), RoleType::Nobody));
    assert!(matches!(round_trip(json!(9)), RoleType::Other(9)));
    assert!(matches!(from_json(b"1.0").unwrap(), RoleType::Light));
    assert_eq!(RoleType::Light.as_i64(), 1);
    assert_eq!(RoleType::default(), RoleType::Custom);
    assert_eq!(RoleType::from(1).to_string(), "1");
    let user: User = round_trip(json!({"id": 1, "role_type": "1"}));
    assert_eq!(user.role_type, None);
}

#[test]
fn names_of_the_standard_library_are_names_too() {
    use crate::types::group::{Result, String};
    let empty: Result = round_trip(json!({}));
    assert_eq!(format!("{empty:?}"), "Result");
    let more: Result = round_trip(json!({"a": 1}));
    assert_ne!(empty, more);
    assert!(matches!(round_trip(json!("err")), String::Err));
    assert_eq!("error".parse(), Ok(String::Error));
}
