//! Reference pages beside the checkout to what must be found on them: operations row by row, and no endpoint line lost.

use letterpress::diagnostic::Diagnostics;
use letterpress::model::{Location, Model, Status};
use letterpress::source::{Given, load_project};
use letterpress_tests::material;
use std::collections::BTreeSet;
use std::path::Path;

fn understood(path: &Path) -> (Model, Diagnostics) {
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
