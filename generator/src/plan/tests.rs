//! What models become: names, types, methods, families.

mod details;
mod keys;
mod pages;
mod security;
mod spelling;

use super::sample::{Sample, parameter, zendesk};
use super::{Plan, dump};
use crate::diagnostic::Diagnostics;
use crate::model::*;

fn types(plan: &Plan) -> Vec<String> {
    let mut names: Vec<String> = plan
        .families
        .iter()
        .flat_map(|family| &family.items)
        .map(|item| item.name().to_string())
        .collect();
    names.sort();
    names
}

fn methods(plan: &Plan) -> Vec<String> {
    let operations = plan.groups.iter().flat_map(|group| &group.operations);
    operations
        .map(|operation| format!("{} {}", operation.id, operation.method))
        .collect()
}

fn planned(sample: &Sample) -> Plan {
    let (plan, diagnostics) = sample.plan();
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    plan
}

fn codes(diagnostics: &Diagnostics) -> Vec<&str> {
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.as_str())
        .collect()
}

#[test]
fn zendesk_is_what_its_users_expect() {
    let plan = planned(&zendesk());
    assert_eq!(
        types(&plan),
        [
            "JobStatus",
            "JobStatusResult",
            "Organization",
            "Role",
            "RoleType",
            "UpdateManyUsersBody",
            "User",
            "UserInput",
            "UserInputIdentity",
            "UserInputOrganization",
            "UsersResponse"
        ]
    );
    assert_eq!(
        methods(&plan),
        [
            "CreateManyUsers create_many",
            "CreateOrUpdateManyUsers create_or_update_many",
            "CreateOrUpdateUser create_or_update",
            "DeleteUser delete",
            "ListSettings list_settings",
            "ListUsers list",
            "SearchUsers search",
            "ShowUser show",
            "UpdateManyUsers update_many"
        ]
    );
    let families: Vec<&str> = plan
        .families
        .iter()
        .map(|family| family.module.plain())
        .collect();
    assert_eq!(
        families,
        [
            "job_status",
            "role",
            "update_many_users_body",
            "user",
            "user_input"
        ]
    );
    let text = dump(&plan);
    assert!(
        text.contains("create_many(users: &[UserInput]) -> JobStatus as CreateManyUsers"),
        "{text}"
    );
    assert!(
        text.contains("create_or_update(user: &UserInput) -> User as CreateOrUpdateUser"),
        "{text}"
    );
    assert!(
        text.contains("photo: Option<BTreeMap<String, Value>> opt"),
        "{text}"
    );
    assert!(text.contains("phone: Field<String> opt"), "{text}");
}

#[test]
fn envelopes_stay_unless_asked_otherwise() {
    let mut sample = zendesk();
    sample.config.unwrap = false;
    let plan = planned(&sample);
    let text = dump(&plan);
    assert!(
        text.contains("create_many(body: &CreateManyUsersRequest) -> JobStatusResponse"),
        "{text}"
    );
    assert!(
        text.contains("struct UserResponse received\n    user: User req"),
        "{text}"
    );
    assert!(types(&plan).contains(&"UserInput".to_owned()));
    // The body stands with what it is about.
    let family = plan
        .families
        .iter()
        .find(|family| family.module.plain() == "job_status")
        .expect("a family");
    let names: Vec<&str> = family
        .items
        .iter()
        .map(|item| item.name().plain())
        .collect();
    assert_eq!(names, ["JobStatus", "JobStatusResult", "JobStatusResponse"]);
}

#[test]
fn docusign_names_nested_types_by_what_holds_them() {
    let mut sample = Sample::new("docusign");
    let text = sample.text();
    let texts = sample.list(text);
    let user = sample.object("users", &[("userName", text, false)]);
    let users = sample.list(user);
    let group = sample.object(
        "group",
        &[("groupId", text, false), ("users", users, false)],
    );
    let groups = sample.list(group);
    let metadata = sample.object(
        "metadata",
        &[("is21CFRPart11", text, false), ("options", texts, false)],
    );
    let granular = sample.object(
        "accountManagementGranular",
        &[
            ("canManageUsers", text, false),
            ("canManageUsersMetadata", metadata, false),
        ],
    );
    let address = sample.object("Address", &[("city", text, false)]);
    let empty = sample.object("", &[]);
    let settings = sample.list(empty);
    let new_user = sample.object(
        "newUser",
        &[
            ("userName", text, false),
            ("accountManagementGranular", granular, false),
            ("groupList", groups, false),
            ("workAddress", address, false),
            ("homeAddress", address, false),
            ("userSettings", settings, false),
        ],
    );
    let new_users = sample.list(new_user);
    let request = sample.object("", &[("newUsers", new_users, false)]);
    let operation = sample.operation(
        "POST /v2.1/accounts/{accountId}/users",
        "Adds news user to the specified account.",
        "Users",
        Some(request),
        &[],
    );
    operation
        .parameters
        .push(parameter("accountId", Location::Path, text, true));
    let (plan, diagnostics) = sample.plan();
    assert_eq!(codes(&diagnostics), ["plan/no-response"]);
    let text = dump(&plan);
    assert_eq!(
        types(&plan),
        [
            "AccountManagementGranular",
            "AccountManagementGranularMetadata",
            "Address",
            "CreateUsersRequest",
            "Group",
            "GroupUser",
            "NewUser"
        ]
    );
    assert!(
        text.contains(
            "create(account_id: &str, body: &CreateUsersRequest) -> Value as CreateUsers"
        ),
        "{text}"
    );
    assert!(
        text.contains("is21_cfr_part11: Option<String> opt \"is21CFRPart11\""),
        "{text}"
    );
    assert!(
        text.contains("user_settings: Option<Vec<BTreeMap<String, Value>>> opt"),
        "{text}"
    );
}

#[test]
fn names_tell_apart_by_meaning_and_in_any_order() {
    let build = |reverse: bool| {
        let mut sample = Sample::new("shop");
        let text = sample.text();
        let line = sample.object("line", &[("sku", text, false)]);
        let other_line = sample.object("line", &[("text", text, false)]);
        let order = sample.object("order", &[("line", line, false)]);
        let letter = sample.object("letter", &[("line", other_line, false)]);
        let error = sample.object("error", &[("error", text, false)]);
        let mut calls = vec![
            ("GET /orders/{id}", order),
            ("GET /letters/{id}", letter),
            ("GET /errors/last", error),
        ];
        if reverse {
            calls.reverse();
        }
        for (key, body) in calls {
            sample.operation(key, "Show", "", None, &[(200, Some(body))]);
        }
        planned(&sample)
    };
    let plan = build(false);
    assert_eq!(
        types(&plan),
        ["ErrorObject", "Letter", "LetterLine", "Order", "OrderLine"]
    );
    let mut ids = methods(&plan);
    ids.sort();
    assert_eq!(ids, ["ErrorShow show", "ShowLetter show", "ShowOrder show"]);
    assert_eq!(types(&build(true)), types(&plan));
    assert_eq!(methods(&build(true)), methods(&plan));
}

#[test]
fn names_of_operations() {
    for (key, title, tag, expected) in [
        ("GET /users", "", "", "ListUsers list"),
        ("GET /users/{id}", "", "", "ShowUser show"),
        ("POST /users", "", "", "CreateUsers create"),
        ("PUT /users/{id}", "", "", "UpdateUser update"),
        ("PATCH /api/v2/users/{id}", "", "", "UpdateUser update"),
        ("DELETE /users/{id}", "", "", "DeleteUser delete"),
        ("POST /users/{id}/cancel", "", "", "CancelUser cancel"),
        ("GET /users/{id}/tags", "", "Users", "ListTags list_tags"),
        ("GET /users/me", "", "Users", "ShowMe show_me"),
        ("POST /x", "Create a User", "Users", "CreateUser create"),
        (
            "POST /x",
            "listUserIdentities",
            "User Identities",
            "ListUserIdentities list",
        ),
        (
            "POST /x",
            "Moves users to another place, if they like.",
            "X",
            "CreateX create",
        ),
        ("POST /x", "Move users", "Users", "MoveUsers move_users"),
        ("POST /x", "Users", "Users", "Users users"),
        ("POST /users", "Users", "Users", "CreateUsers create"),
        ("GET /users/{id}", "User", "Users", "ShowUser show"),
        ("GET /ping", "Ping", "Ping", "Ping ping"),
        ("GET /users", "users-GET", "", "ListUsers list"),
        ("POST /x", "01 Log In", "Step 2 - Sessions", "LogIn log_in"),
        ("GET /x", "2FA Codes", "X", "_2FaCodes _2_fa_codes"),
        ("GET /", "", "", "ShowRoot show"),
        ("POST /x", "😀", "😀", "U1f600 u1f600"),
        ("POST /x", "Clone user", "User", "CloneUser clone_"),
    ] {
        let mut sample = Sample::new("names");
        sample.operation(key, title, tag, None, &[(204, None)]);
        assert_eq!(methods(&planned(&sample)), [expected], "{key} {title}");
    }
}
