//! Releases: what changed since the last one stands in the changelog, and asks for a version.

use letterpress::job::{self, Job, Outcome};
use letterpress::source::Given;
use std::fs;
use std::path::{Path, PathBuf};

/// A project with one API, whose description has these members of a user.
struct Api(tempfile::TempDir);

impl Api {
    fn new() -> Self {
        let api = Api(tempfile::tempdir().expect("a folder"));
        api.describe("name: {type: string}");
        api.version("0.1.0");
        api
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join("specs").join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("readable")
    }

    fn describe(&self, members: &str) {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\nservers: [{{url: 'https://example.com'}}]\npaths:\n  /user:\n    get:\n      operationId: showUser\n      tags: [Users]\n      responses: {{'200': {{description: It., content: {{application/json: {{schema: {{$ref: '#/components/schemas/User'}}}}}}}}}}\ncomponents: {{schemas: {{User: {{type: object, properties: {{{members}}}}}}}}}\n"
        );
        write(&self.path("api.yaml"), &text);
    }

    fn version(&self, version: &str) {
        let text = format!("name: shop\nversion: {version}\nsources: [{{file: api.yaml}}]\n");
        write(&self.path("letterpress.yaml"), &text);
    }

    fn run(&self, check: bool) -> Outcome {
        job::run(&Job {
            given: Given {
                config: Some(self.path("letterpress.yaml")),
                ..Given::default()
            },
            folder: self.0.path().join("shop"),
            check,
            command: "generate".to_owned(),
            ..Job::default()
        })
    }

    fn codes(outcome: &Outcome) -> Vec<&'static str> {
        let found = outcome.output.diagnostics.iter();
        found.map(|finding| finding.code.as_str()).collect()
    }

    fn rendered(&self) -> String {
        fs::read_to_string(self.0.path().join("shop/CHANGELOG.md")).expect("generated")
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

#[test]
fn a_version_is_released_and_the_next_one_is_asked_for() {
    let api = Api::new();
    assert!(api.run(false).success());
    assert!(api.run(true).success());
    assert!(
        !api.path("CHANGELOG.md").exists(),
        "nothing is released yet"
    );
    let release = job::release(&api.path("letterpress.yaml"));
    assert_eq!(
        release.version.as_deref(),
        Some("0.1.0"),
        "{}",
        release.errors(false)
    );
    let released = api.read("released.json");
    assert!(released.contains("\"files\": [\"api.yaml\"]"), "{released}");
    assert!(api.read("CHANGELOG.md").contains("## 0.1.0"));
    // Nothing has changed, so nothing is asked for and nothing is to be released.
    assert!(api.run(false).success() && api.run(true).success());
    let again = job::release(&api.path("letterpress.yaml"));
    assert!(
        again.errors(false).contains("diff/nothing"),
        "{}",
        again.errors(false)
    );

    // An addition: the crate is written, with a warning; a check fails until the version says it.
    api.describe("name: {type: string}, age: {type: integer}");
    let hand = api
        .read("CHANGELOG.md")
        .replace("## 0.1.0", "## Unreleased\n\nBy hand.\n\n## 0.1.0");
    write(&api.path("CHANGELOG.md"), &hand);
    let outcome = api.run(true);
    assert!(!outcome.success(), "the changelog is not up to date");
    let outcome = api.run(false);
    assert!(outcome.success());
    assert_eq!(Api::codes(&outcome), ["diff/version"]);
    assert!(
        outcome.text(false).contains("set `version: 0.1.1`"),
        "{}",
        outcome.text(false)
    );
    let text = api.read("CHANGELOG.md");
    assert!(
        text.contains("By hand.") && text.contains("- `User.age`"),
        "{text}"
    );
    assert!(api.rendered().contains("- `User.age`") && !api.rendered().contains("<!--"));
    let outcome = api.run(true);
    assert_eq!(
        (outcome.success(), Api::codes(&outcome)),
        (false, vec!["diff/version"])
    );
    assert!(
        job::release(&api.path("letterpress.yaml"))
            .version
            .is_none()
    );
    api.version("0.1.1");
    assert!(api.run(false).success() && api.run(true).success());

    // What breaks asks for more, and takes the place of what was said before.
    api.describe("age: {type: string}");
    let outcome = api.run(false);
    assert!(
        outcome.text(false).contains("set `version: 0.2.0`"),
        "{}",
        outcome.text(false)
    );
    api.version("0.3.0");
    assert!(
        api.run(false).success() && api.run(true).success(),
        "a higher version is allowed"
    );
    let release = job::release(&api.path("letterpress.yaml"));
    assert_eq!(
        release.version.as_deref(),
        Some("0.3.0"),
        "{}",
        release.errors(false)
    );
    let text = api.read("CHANGELOG.md");
    assert!(
        text.contains("## 0.3.0\n\nBy hand.") && !text.contains("Unreleased"),
        "{text}"
    );
    assert!(text.contains("### Breaking"), "{text}");
    assert!(api.run(false).success() && api.run(true).success());
    assert!(api.rendered().contains("## 0.3.0"));
    let none: [&str; 0] = [];
    assert_eq!(Api::codes(&api.run(true)), none);
}

#[test]
fn a_record_that_cannot_be_read_is_an_error() {
    let api = Api::new();
    for text in ["", "{}", "{\"format\": 99}", "{\"format\": 1}"] {
        write(&api.path("released.json"), text);
        let outcome = api.run(false);
        assert_eq!(Api::codes(&outcome), ["diff/released"], "{text}");
        assert!(!outcome.success());
    }
}

#[test]
fn a_changelog_without_a_release_is_rendered() {
    let api = Api::new();
    write(&api.path("CHANGELOG.md"), "# Changes\n\nSoon.\n");
    assert!(api.run(false).success());
    assert_eq!(api.rendered(), "# Changes\n\nSoon.\n");
}
