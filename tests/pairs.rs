//! Collections that were exported in versions 2.0 and 2.1 of the format: both give one model.

use letterpress::diagnostic::Diagnostics;
use letterpress::source::{Given, load_project};
use letterpress_tests::material;
use std::fs;
use std::path::Path;

#[test]
fn versions_of_one_collection_give_one_model() {
    let Some(folder) = material("corpus/postman") else {
        return;
    };
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the collections")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter_map(|name| Some(name.strip_prefix("joolfe-v2-")?.to_owned()))
        .filter(|name| folder.join(format!("joolfe-v21-{name}")).exists())
        .collect();
    names.sort();
    assert!(names.len() > 5, "{names:?}");
    for name in names {
        let old = model(&folder.join(format!("joolfe-v2-{name}")));
        let new = model(&folder.join(format!("joolfe-v21-{name}")));
        let different: Vec<_> = old
            .lines()
            .zip(new.lines())
            .filter(|(a, b)| a != b)
            .collect();
        assert_eq!(
            old.lines().count(),
            new.lines().count(),
            "{name}: {different:#?}"
        );
        assert!(different.is_empty(), "{name}: {different:#?}");
    }
}

fn model(path: &Path) -> String {
    let given = Given {
        sources: vec![path.to_owned()],
        name: Some("shop".to_owned()),
        ..Given::default()
    };
    let mut diagnostics = Diagnostics::new();
    let project = load_project(&given, &mut diagnostics);
    let model = letterpress::understand(&project.config, &project.files, &mut diagnostics);
    letterpress::model::dump(&model)
}
