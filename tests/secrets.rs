//! Credentials that are written out in sources, looked for in everything that comes out: crates, findings, models.

use letterpress::diagnostic::Diagnostics;
use letterpress::diagnostic::render::Printer;
use letterpress::source::{Given, load_project};
use letterpress_tests::root;
use std::fs;
use std::path::PathBuf;

/// Fixtures with credentials, and what all of these have in common or are.
const CASES: &[(&str, &[&str], &[&str])] = &[
    (
        "postman-auth-kinds",
        &["shop.postman.json"],
        &["literal-credential"],
    ),
    (
        "postman-body-urlencoded",
        &["shop.postman.json"],
        &["sk_live_form"],
    ),
    (
        "postman-environment",
        &["shop.postman_collection.json", "environment.live.json"],
        &[
            "sk_live_51environment",
            "tenant-secret-value",
            "eyJenvironment",
        ],
    ),
    (
        "postman-version-1",
        &["shop.json"],
        &["hunter2", "cs-literal"],
    ),
    (
        "postman-literal-secret-bodies",
        &["shop.postman.json"],
        &["hunter2", "48151623"],
    ),
    ("postman-version-3", &["shop"], &["key-literal-123"]),
    ("curl-commands", &["calls.sh"], &["hunter2"]),
    (
        "har-recording",
        &["board.har"],
        &["hunter2", "s3cr3t", "eyJhbGciOi.secret.token"],
    ),
];

#[test]
fn no_credential_comes_out() {
    for (fixture, files, secrets) in CASES {
        let folder = root().join("tests/fixtures").join(fixture);
        let paths: Vec<PathBuf> = files.iter().map(|file| folder.join(file)).collect();
        for secret in *secrets {
            let there = paths.iter().any(|path| holds(path, secret));
            assert!(there, "{fixture} has no `{secret}` to be looked for");
        }
        let (environments, sources) = paths
            .into_iter()
            .partition(|path| path.to_string_lossy().contains("environment."));
        let given = Given {
            sources,
            environments,
            name: Some("shop".to_owned()),
            config: None,
            ..Given::default()
        };
        let mut diagnostics = Diagnostics::new();
        let project = load_project(&given, &mut diagnostics);
        let model =
            letterpress::understand(&project.config, &project.files, &mut Diagnostics::new());
        let output = letterpress::generate(&project.config, &project.files).expect("a crate");
        diagnostics.extend(output.diagnostics);
        let printer = Printer::new(&project.files, &diagnostics);
        let mut texts = vec![
            (
                "the model".to_owned(),
                format!("{model:?}\n{}", letterpress::model::dump(&model)),
            ),
            ("the findings".to_owned(), printer.text(&diagnostics, false)),
        ];
        assert!(output.files.len() > 5);
        texts.extend(output.files);
        for (name, text) in &texts {
            for secret in *secrets {
                assert!(!text.contains(secret), "{fixture}: `{secret}` in {name}");
            }
        }
    }
}

/// Whether a file or one of the files in a folder holds a text.
fn holds(path: &PathBuf, text: &str) -> bool {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a folder").flatten();
        return entries
            .map(|entry| entry.path())
            .any(|path| holds(&path, text));
    }
    fs::read_to_string(path).is_ok_and(|content| content.contains(text))
}
