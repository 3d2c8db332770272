//! Same input, same bytes: twice, on one thread and on eight, from another folder, and with the items in another order.

use letterpress::diagnostic::Diagnostics;
use letterpress::source::{Given, load_project};
use letterpress_tests::root;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn files(given: &Given) -> Vec<(String, String)> {
    let mut diagnostics = Diagnostics::new();
    let project = load_project(given, &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    letterpress::generate(&project.config, &project.files)
        .expect("a crate")
        .files
}

fn api(name: &str) -> Given {
    let config = root().join("specs").join(name).join("letterpress.yaml");
    Given {
        config: Some(config),
        ..Given::default()
    }
}

fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("threads").install(work)
}

#[test]
fn threads_do_not_show() {
    for name in ["zendesk", "docusign"] {
        let once = on_threads(1, || files(&api(name)));
        let again = on_threads(1, || files(&api(name)));
        let many = on_threads(8, || files(&api(name)));
        assert!(once.len() > 10);
        assert_eq!(once, again);
        assert_eq!(once, many);
    }
}

#[test]
fn the_order_of_files_does_not_show() {
    let folder = root().join("specs/zendesk");
    let mut sources: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("sources")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    sources.sort();
    assert!(sources.len() >= 3);
    let given = |sources: Vec<PathBuf>| Given {
        sources,
        name: Some("zendesk".into()),
        ..Given::default()
    };
    let sorted = files(&given(sources.clone()));
    sources.reverse();
    assert_eq!(sorted, files(&given(sources.clone())));
    sources.rotate_left(1);
    assert_eq!(sorted, files(&given(sources)));
}

#[test]
fn the_order_of_items_does_not_show() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut collection = all_items();
    let mut outputs = Vec::new();
    for turn in 0..4 {
        let path = folder.path().join("all.json");
        fs::write(&path, collection.to_string()).expect("written");
        outputs.push(files(&Given {
            sources: vec![path],
            name: Some("all".into()),
            ..Given::default()
        }));
        let items = collection["item"].as_array_mut().expect("items");
        match turn {
            0 => items.reverse(),
            turn => items.rotate_left(turn),
        }
    }
    assert!(outputs[0].len() > 10);
    for (turn, output) in outputs.iter().enumerate().skip(1) {
        for (one, other) in outputs[0].iter().zip(output) {
            assert_eq!(one, other, "turn {turn}");
        }
        assert_eq!(outputs[0].len(), output.len());
    }
}

/// The items of all fixtures that hold good ones, in one collection.
fn all_items() -> Value {
    let mut items = Vec::new();
    let mut folders: Vec<_> = fs::read_dir(root().join("tests/fixtures"))
        .expect("fixtures")
        .flatten()
        .collect();
    folders.sort_by_key(fs::DirEntry::file_name);
    for folder in folders {
        let name = folder.file_name().to_string_lossy().into_owned();
        if ["postman-", "infer-"]
            .iter()
            .any(|prefix| name.starts_with(prefix))
        {
            items.extend(items_of(&folder.path()));
        }
    }
    assert!(items.len() > 20);
    serde_json::json!({
        "info": {"name": "All", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": items,
    })
}

fn items_of(folder: &Path) -> Vec<Value> {
    let Ok(text) = fs::read_to_string(folder.join("shop.postman.json")) else {
        return Vec::new();
    };
    let Ok(value) = serde_json::from_str::<Value>(&text) else {
        return Vec::new();
    };
    match value {
        Value::Array(items) => items,
        Value::Object(object) => match object.get("item") {
            Some(Value::Array(items)) => items.clone(),
            _ if object.contains_key("request") => vec![Value::Object(object)],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
