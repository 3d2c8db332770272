//! The responses that the users page of Zendesk shows, read as the types of the crate that is made of it, and written again.

use letterpress_tests::material;
use serde_json::Value;
use std::collections::BTreeMap;
use zendesk::runtime::decode::from_slice;
use zendesk::runtime::model::Slot;
use zendesk::types::{
    ComplianceDeletionStatusesResponse, Count, DeletedUser, DeletedUsersResponse, JobStatus, User,
    UserRelated, UsersResponse,
};

/// Reads a value as strictly as can be, so that an unknown member, a wrong kind and a value that is not listed are errors,
/// and compares what is written again.
fn check<T: Slot + Default + serde::Serialize>(value: &Value) {
    let text = value.to_string();
    let mut read = T::default();
    let issues = from_slice(text.as_bytes(), read.slot(), true);
    let issues = issues.unwrap_or_else(|error| panic!("{error}: {text}"));
    assert!(issues.is_empty(), "{issues:?}: {text}");
    let written = serde_json::to_value(&read).expect("it can be written");
    assert_eq!(&written, value);
}

#[test]
fn the_responses_of_the_page_are_read_whole_and_written_again() {
    let Some(path) = material("evidence/zendesk_page_responses.json") else {
        return;
    };
    let text = std::fs::read_to_string(path).expect("the responses");
    let responses: Vec<(String, Value)> = serde_json::from_str(&text).expect("pairs");
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (root, response) in &responses {
        *seen.entry(root).or_default() += 1;
        let inner = response.get(root);
        match (root.as_str(), inner) {
            // Lists keep their envelopes.
            ("users", _) => check::<UsersResponse>(response),
            ("deleted_users", _) => check::<DeletedUsersResponse>(response),
            ("compliance_deletion_statuses", _) => {
                check::<ComplianceDeletionStatusesResponse>(response);
            }
            ("user", Some(user)) => check::<User>(user),
            ("user_related", Some(related)) => check::<UserRelated>(related),
            ("count", Some(count)) => check::<Count>(count),
            ("job_status", Some(job)) => check::<JobStatus>(job),
            ("deleted_user", Some(user)) => check::<DeletedUser>(user),
            // No body: the call gives `()`.
            ("null", None) => assert!(response.is_null()),
            (root, _) => panic!("nothing is known of {root}"),
        }
    }
    let expected = [
        ("compliance_deletion_statuses", 1),
        ("count", 2),
        ("deleted_user", 2),
        ("deleted_users", 1),
        ("job_status", 4),
        ("null", 2),
        ("user", 8),
        ("user_related", 1),
        ("users", 4),
    ];
    assert_eq!(seen, BTreeMap::from(expected));
    assert_eq!(responses.len(), 25);
}
