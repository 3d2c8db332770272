//! Folders of files to projects.

use super::*;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

fn project(folder: &tempfile::TempDir) -> (Project, Vec<(&'static str, String)>) {
    let mut diagnostics = Diagnostics::new();
    let given = Given {
        config: Some(folder.path().join("letterpress.yaml")),
        ..Given::default()
    };
    let project = load_project(&given, &mut diagnostics);
    let found = diagnostics
        .iter()
        .map(|d| (d.code.as_str(), d.message.clone()))
        .collect();
    (project, found)
}

#[test]
fn a_configuration_brings_its_sources() {
    let folder = folder(&[
        (
            "letterpress.yaml",
            "name: shop\nsources:\n  - file: b.json\n    tag: Users\n  - file: a.txt\n",
        ),
        ("b.json", "\u{feff}{\"name\": 1}"),
        ("a.txt", "A page\n{\"name\": 1}"),
    ]);
    let (project, found) = project(&folder);
    assert_eq!(found, []);
    let files: Vec<_> = project
        .files
        .iter()
        .map(|file| (file.id.0, file.tree.is_some(), file.tag.as_deref()))
        .collect();
    assert_eq!(
        files,
        [(0, true, None), (1, true, Some("Users")), (2, false, None)]
    );
    assert!(project.files[1].path.ends_with("/b.json"));
    assert!(!project.files[1].text.starts_with('\u{feff}'));
}

#[test]
fn files_that_cannot_be_read_are_errors() {
    let folder = folder(&[
        (
            "letterpress.yaml",
            "name: shop\nsources:\n  - file: none.json\n  - file: folder\n  - file: bad.json\n  - file: latin.json\n",
        ),
        ("bad.json", "{\"a\": }"),
    ]);
    std::fs::create_dir(folder.path().join("folder")).expect("folder");
    std::fs::write(folder.path().join("latin.json"), b"{\"a\": \"\xe9\"}").expect("file");
    let (project, found) = project(&folder);
    let codes: Vec<_> = found.iter().map(|(code, _)| *code).collect();
    assert_eq!(
        codes,
        [
            "source/unreadable",
            "source/unreadable",
            "json/syntax",
            "source/encoding"
        ]
    );
    assert!(
        found[0].1.contains("none.json`: No such file"),
        "{}",
        found[0].1
    );
    assert!(
        found[1].1.contains("no file `*.request.yaml`"),
        "{}",
        found[1].1
    );
    assert_eq!(project.files.len(), 3);
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_the_folder() {
    let outside = folder(&[("secret.json", "{}")]);
    let inside = folder(&[(
        "letterpress.yaml",
        "name: shop\nsources:\n  - file: link.json\n",
    )]);
    std::os::unix::fs::symlink(
        outside.path().join("secret.json"),
        inside.path().join("link.json"),
    )
    .expect("link");
    let (project, found) = project(&inside);
    assert_eq!(found[0].0, "config/source");
    assert_eq!(project.files.len(), 1);
}

#[test]
fn sources_of_the_command_line_need_a_name() {
    let folder = folder(&[("a.json", "{}")]);
    let mut given = Given {
        sources: vec![folder.path().join("a.json")],
        name: Some("shop".to_owned()),
        ..Given::default()
    };
    let mut diagnostics = Diagnostics::new();
    let project = load_project(&given, &mut diagnostics);
    assert!(diagnostics.is_empty());
    assert_eq!(
        (project.config.name.as_str(), project.files.len()),
        ("shop", 1)
    );
    given.name = Some("fn".to_owned());
    given.sources.push(folder.path().join("a.json"));
    load_project(&given, &mut diagnostics);
    let codes: Vec<_> = diagnostics.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(codes, ["config/value", "config/source"]);
}

#[test]
fn overlays_among_the_sources_change_the_others() {
    let folder = folder(&[
        (
            "shop.yaml",
            "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {}\n",
        ),
        (
            "fixes.yaml",
            "overlay: 1.0.0\ninfo: {title: Fixes, version: '1'}\nactions:\n  - target: $.info\n    update: {title: The Shop}\n",
        ),
    ]);
    let read = |files: &[&str]| {
        let mut diagnostics = Diagnostics::new();
        let given = Given {
            sources: files.iter().map(|file| folder.path().join(file)).collect(),
            name: Some("shop".to_owned()),
            ..Given::default()
        };
        let project = load_project(&given, &mut diagnostics);
        let codes: Vec<&str> = diagnostics.iter().map(|d| d.code.as_str()).collect();
        (project, codes)
    };
    let (project, codes) = read(&["shop.yaml", "fixes.yaml"]);
    assert!(codes.is_empty(), "{codes:?}");
    let root = project.files[0].tree.as_ref().expect("a document").root();
    let title = root.get("info").and_then(|info| info.get("title"));
    assert_eq!(title.and_then(|title| title.as_str()), Some("The Shop"));
    assert_eq!(project.files[1].role, Role::Overlay);
    assert_eq!(read(&["fixes.yaml"]).1, ["overlay/alone"]);
}
