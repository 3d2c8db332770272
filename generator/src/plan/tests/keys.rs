//! By what types are found again, whatever they are called.

use super::super::sample::{kitchen, zendesk};
use super::planned;
use std::collections::BTreeSet;

fn keys(plan: &super::Plan) -> Vec<String> {
    let items = plan.families.iter().flat_map(|family| &family.items);
    let mut keys: Vec<String> = items
        .map(|item| format!("{} = {}", item.key(), item.name()))
        .collect();
    keys.sort();
    keys
}

#[test]
fn types_have_the_shortest_way_to_them() {
    assert_eq!(
        keys(&planned(&zendesk())),
        [
            r#"GET /api/v2/users query."role[]" = Role"#,
            "GET /api/v2/users response.200 = UsersResponse",
            "GET /api/v2/users/{} response.200.user = User",
            "GET /api/v2/users/{} response.200.user.organization = Organization",
            "GET /api/v2/users/{} response.200.user.role_type = RoleType",
            "POST /api/v2/users/create_many request.users[] = UserInput",
            "POST /api/v2/users/create_many request.users[].identities[] = UserInputIdentity",
            "POST /api/v2/users/create_many request.users[].organization = UserInputOrganization",
            "POST /api/v2/users/create_many response.200.job_status = JobStatus",
            "POST /api/v2/users/create_many response.200.job_status.results[] = JobStatusResult",
            "PUT /api/v2/users/update_many request = UpdateManyUsersBody"
        ]
    );
}

#[test]
fn no_two_types_have_one_key() {
    for sample in [zendesk(), kitchen()] {
        let keys = keys(&planned(&sample));
        let distinct: BTreeSet<&str> = keys
            .iter()
            .filter_map(|line| line.split(" = ").next())
            .collect();
        assert_eq!(distinct.len(), keys.len(), "{keys:#?}");
    }
}
