//! Reference pages beside the checkout to what must be found on them: operations row by row, and no endpoint line lost.

use letterpress::diagnostic::Diagnostics;
use letterpress::model::{Location, Model, Status};
use letterpress::source::{Given, load_project};
use letterpress_tests::{material, root};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub fn understood(path: &Path) -> (Model, Diagnostics) {
    let given = Given {
        sources: vec![path.to_path_buf()],
        name: Some("page".to_owned()),
        ..Given::default()
    };
    let mut diagnostics = Diagnostics::new();
    let project = load_project(&given, &mut diagnostics);
    let model = letterpress::understand(&project.config, &project.files, &mut diagnostics);
    (model, diagnostics)
}

/// The page of the seeds, against the list that was made of it by hand.
#[test]
fn the_users_page_gives_what_was_counted_on_it() {
    let (Some(seeds), Some(evidence)) = (
        material("seeds/003_a6938fdeef7924b8.txt"),
        material("evidence/zendesk_expected.json"),
    ) else {
        return;
    };
    let (model, diagnostics) = understood(&seeds);
    assert!(!diagnostics.has_errors());
    let text = std::fs::read_to_string(evidence).expect("the list");
    let expected: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let expected = expected.as_array().expect("a list");
    assert_eq!(expected.len(), 28);
    assert_eq!(model.operations.len(), 28);
    for row in expected {
        let word = |name: &str| row[name].as_str().expect("text").to_owned();
        let key = format!("{} {}", word("method"), word("path"));
        let operation = model
            .operations
            .iter()
            .find(|operation| operation.key.to_string() == key)
            .unwrap_or_else(|| panic!("{key} is not found"));
        let name = operation.names[0].text.to_lowercase().replace(' ', "_");
        assert_eq!(name, word("operation"));
        let named = |list: &str| -> BTreeSet<(String, bool)> {
            row[list]
                .as_array()
                .expect("a list")
                .iter()
                .map(|one| {
                    let required = one["required"].as_bool().unwrap_or(true);
                    (one["name"].as_str().expect("a name").to_owned(), required)
                })
                .collect()
        };
        let found = |location: Location| -> BTreeSet<(String, bool)> {
            let parameters = operation.parameters.iter();
            parameters
                .filter(|parameter| parameter.location == location)
                .map(|parameter| (parameter.name.clone(), parameter.required))
                .collect()
        };
        assert_eq!(found(Location::Path), named("path_params"), "{key}");
        assert_eq!(found(Location::Query), named("query_params"), "{key}");
        assert_eq!(
            operation.parameters.len(),
            named("path_params").len() + named("query_params").len()
        );
        let bodies = row["bodies"].as_array().expect("a list").len();
        let shown = operation.request_body.iter().flat_map(|body| &body.content);
        assert_eq!(
            shown.map(|media| media.examples.len()).sum::<usize>(),
            bodies,
            "{key}"
        );
        for response in row["responses"].as_array().expect("a list") {
            let code = response["status"]
                .as_u64()
                .and_then(|code| u16::try_from(code).ok());
            let code = Status::Code(code.expect("a status"));
            let found = operation
                .responses
                .iter()
                .find(|found| found.status == code);
            let found = found.unwrap_or_else(|| panic!("{key} {code}"));
            assert_eq!(
                found.content.is_empty(),
                response["root"].is_null(),
                "{key} {code}"
            );
        }
        let successes = operation
            .responses
            .iter()
            .filter(|response| response.status.is_success());
        assert_eq!(
            successes.count(),
            row["responses"].as_array().expect("a list").len(),
            "{key}"
        );
        let docs = operation.docs.description.as_deref().unwrap_or_default();
        for label in row["pagination"].as_array().expect("a list") {
            let label = label.as_str().expect("a label");
            assert!(
                docs.to_lowercase().contains(&format!("{label} pagination")),
                "{key}: {label}"
            );
        }
    }
}

/// By page: lines that hold an endpoint, and operations that are found; equal unless two lines are one operation.
const PAGES: &[(&str, usize, usize)] = &[
    ("discord/application.mdx", 3, 3),
    ("discord/audit-log.mdx", 1, 1),
    ("discord/auto-moderation.mdx", 5, 5),
    // Two sections each describe one method and path; so below, if the numbers differ.
    ("discord/channel.mdx", 24, 23),
    ("discord/emoji.mdx", 10, 10),
    // Two paths differ in `.json` only, which merging takes for one operation.
    ("discord/guild.mdx", 45, 44),
    ("discord/invite.mdx", 5, 5),
    ("discord/lobby.mdx", 16, 15),
    ("discord/message.mdx", 20, 20),
    ("discord/oauth2.mdx", 2, 2),
    ("discord/poll.mdx", 2, 2),
    ("discord/rate-limits.mdx", 0, 0),
    ("discord/reference.mdx", 0, 0),
    ("discord/soundboard.mdx", 7, 7),
    ("discord/sticker.mdx", 8, 8),
    ("discord/user.mdx", 12, 11),
    ("discord/webhook.mdx", 15, 15),
    ("kubernetes-python/AuthorizationV1Api.md", 5, 5),
    ("kubernetes-python/LogsApi.md", 2, 2),
    ("kubernetes-python/NodeV1Api.md", 8, 8),
    ("kubernetes-python/VersionApi.md", 1, 1),
];

#[test]
fn no_endpoint_line_is_lost() {
    let Some(folder) = material("corpus/markdown") else {
        return;
    };
    let mut found = Vec::new();
    for (page, ..) in PAGES {
        let path = folder.join(page);
        let text = std::fs::read_to_string(&path).expect("a page");
        let lines = text.lines().filter(|line| {
            line.starts_with("<Route method=") || (line.starts_with("[**") && line.contains("| **"))
        });
        let (model, diagnostics) = understood(&path);
        assert_eq!(
            diagnostics.has_errors(),
            model.operations.is_empty(),
            "{page}"
        );
        found.push((*page, lines.count(), model.operations.len()));
    }
    assert_eq!(found, PAGES);
}

/// The methods that the three items and the page of Zendesk give together, in the order of the module.
/// The last one sends the form that only a command of the page shows.
const METHODS: [&str; 29] = [
    "autocomplete(&self, name: &str) -> AutocompleteUsers",
    "bulk_delete(&self) -> BulkDeleteUsers",
    "count_deleted(&self) -> CountDeletedUsers",
    "count_for_group(&self, group_id: i64) -> CountGroupUsers",
    "count_for_organization(&self, organization_id: i64) -> CountOrganizationUsers",
    "count(&self) -> CountUsers",
    "create_many(&self, users: &[UserInput]) -> CreateManyUsers",
    "create_or_update_many(&self, users: &[UserInput]) -> CreateOrUpdateManyUsers",
    "create_or_update(&self, user: &UserInput) -> CreateOrUpdateUser",
    "create(&self, user: &UserInput) -> CreateUser",
    "delete(&self, user_id: i64) -> DeleteUser",
    "list_deleted(&self) -> ListDeletedUsers",
    "list_for_group(&self, group_id: i64) -> ListGroupUsers",
    "list_for_organization(&self, organization_id: i64) -> ListOrganizationUsers",
    "list(&self) -> ListUsers",
    "logout_many(&self) -> LogoutManyUsers",
    "merge(&self, user_id: i64, body_user_id: i64) -> MergeEndUsers",
    "permanently_delete(&self, deleted_user_id: i64) -> PermanentlyDeleteUser",
    "request_create(&self, user: &UserInput) -> RequestUserCreate",
    "search(&self) -> SearchUsers",
    "show_compliance_deletion_statuses(&self, user_id: i64) -> ShowComplianceDeletionStatuses",
    "show_deleted(&self, deleted_user_id: i64) -> ShowDeletedUser",
    "show_many(&self) -> ShowManyUsers",
    "show_self(&self) -> ShowSelf",
    "show(&self, user_id: i64) -> ShowUser",
    "show_related_information(&self, user_id: i64) -> ShowUserRelatedInformation",
    "update_many(&self, body: &UpdateManyUsersBody) -> UpdateManyUsers",
    "update(&self, user_id: i64, user: &UserInput) -> UpdateUser",
    "update_multipart(&self, user_id: i64, user_photo_uploaded_data: &Upload) -> UpdateUser",
];

#[test]
fn a_collection_and_a_page_give_one_client() {
    let text = std::fs::read_to_string(root().join("generated/zendesk/src/users.rs"));
    let text = text.expect("the module");
    let found: Vec<String> = text
        .split("    pub fn ")
        .skip(1)
        .filter_map(|rest| rest.split_once(" {"))
        .map(|(signature, _)| signature.split_whitespace().collect::<Vec<_>>().join(" "))
        .map(|signature| signature.replace("( ", "(").replace(", )", ")"))
        .filter(|signature| signature.contains("(&self"))
        .collect();
    assert_eq!(found, METHODS);
    // Whoever calls one of them is asked for the credential that the page's commands show.
    assert!(!text.contains("security: &[]"));
    let types = std::fs::read_to_string(root().join("generated/zendesk/src/types.rs"));
    let types = types.expect("the types");
    let names: BTreeSet<&str> = types
        .lines()
        .filter(|line| !line.starts_with("//"))
        .flat_map(|line| line.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.starts_with(char::is_uppercase))
        .collect();
    let expected = [
        "Attachment",
        "ComplianceDeletionStatus",
        "ComplianceDeletionStatusesResponse",
        "Count",
        "DeletedUser",
        "DeletedUsersResponse",
        "ErrorBody",
        "JobStatus",
        "JobStatusResult",
        "Role",
        "RoleType",
        "TicketRestriction",
        "UpdateManyUsersBody",
        "User",
        "UserInput",
        "UserInputIdentity",
        "UserInputOrganization",
        "UserRelated",
        "UsersResponse",
    ];
    assert_eq!(names, BTreeSet::from(expected));
}

/// What is said about the sources of Zendesk: codes, each with how often.
#[test]
fn the_users_page_is_read_with_these_findings() {
    let given = Given {
        config: Some(root().join("specs/zendesk/letterpress.yaml")),
        ..Given::default()
    };
    let mut diagnostics = Diagnostics::new();
    let project = load_project(&given, &mut diagnostics);
    let output = letterpress::generate(&project.config, &project.files).expect("a crate");
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for diagnostic in output.diagnostics.iter() {
        *found.entry(diagnostic.code.to_string()).or_default() += 1;
    }
    let expected = [
        ("infer/statements-disagree", 5),
        ("markdown/elided", 1),
        ("markdown/parameter-name", 2),
        ("markdown/path-parameter", 4),
        ("markdown/row-without-name", 2),
        ("markdown/table", 2),
    ];
    let expected = expected.map(|(code, count)| (code.to_owned(), count));
    assert_eq!(found, BTreeMap::from(expected));
}

/// How the page says that lists are paged, and what letterpress.yaml makes of it.
#[test]
fn the_users_page_tells_which_lists_come_page_by_page() {
    let given = Given {
        config: Some(root().join("specs/zendesk/letterpress.yaml")),
        ..Given::default()
    };
    let mut diagnostics = Diagnostics::new();
    let project = load_project(&given, &mut diagnostics);
    let model = letterpress::understand(&project.config, &project.files, &mut diagnostics);
    let paged: BTreeMap<String, Vec<&str>> = model
        .operations
        .iter()
        .filter(|operation| !operation.paged.is_empty())
        .map(|operation| {
            let words = operation.paged.iter().map(|paged| paged.word());
            (operation.key.to_string(), words.collect())
        })
        .collect();
    let both = ["cursor", "offset"].as_slice();
    let expected = [
        ("GET /api/v2/deleted_users", both),
        ("GET /api/v2/groups/{group_id}/users", both),
        ("GET /api/v2/organizations/{organization_id}/users", both),
        ("GET /api/v2/users", both),
        ("GET /api/v2/users/search", &["offset"]),
        (
            "GET /api/v2/users/{user_id}/compliance_deletion_statuses",
            both,
        ),
    ];
    let expected = expected.map(|(key, words)| (key.to_owned(), words.to_vec()));
    assert_eq!(paged, BTreeMap::from(expected));
    let chosen: BTreeSet<String> = project.config.pagination.keys().cloned().collect();
    assert_eq!(chosen, paged.into_keys().collect());
    // Without that, nothing is made up, and each list says what is missing.
    let mut config = project.config;
    config.pagination.clear();
    let output = letterpress::generate(&config, &project.files).expect("a crate");
    let notes = output.diagnostics.iter();
    let notes = notes.filter(|found| found.code.as_str() == "plan/pagination");
    assert_eq!(notes.count(), 6);
    let mut files = output.files.iter();
    let users = files.find(|(path, _)| path == "src/users.rs");
    assert!(!users.expect("the group").1.contains("PageStyle"));
}
