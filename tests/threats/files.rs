//! What is read and written, and where it lies.

use super::{Run, describing, errors};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;

#[test]
fn file_names_neither_climb_nor_collide_nor_run() {
    let long = "t".repeat(300);
    let wild = [
        "../../x",
        "/etc/x",
        "..\\..\\x",
        "C:\\x",
        "build",
        "build.rs",
        ".cargo",
        "Main",
        "main",
        "MAIN",
        "lib",
        "mod",
        "bin",
        "con",
        "CON",
        "aux.h",
        "NUL",
        "com1",
        "LPT9",
        "trailing.",
        " blank ",
        "types",
        "runtime",
        "tests",
        "src",
        "target",
        &long,
        "\0",
        "a/b",
        "e\u{301}",
        "\u{e9}",
    ];
    let mut description = describing(json!({"type": "string"}));
    for (at, tag) in wild.iter().enumerate() {
        description["paths"][format!("/p{at}")] = json!({"get": {
            "tags": [tag], "operationId": format!("{tag} {at}"),
            "responses": {"200": {"description": "x", "content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/S{at}")}}}}},
        }});
        description["components"]["schemas"][format!("S{at}")] = json!({"title": tag, "type": "object", "properties": {format!("p{at}"): {"type": "string"}}});
    }
    let run = Run::new(&[("shop.json", &description.to_string())]);
    let outcome = run.job("shop.json");
    assert!(outcome.success(), "{}", outcome.text(false));
    let mut beside: Vec<String> = fs::read_dir(run.folder.path())
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    beside.sort();
    assert_eq!(beside, ["out", "shop.json"], "something lies outside");
    let mut seen = BTreeSet::new();
    for (path, _) in run.written() {
        assert!(
            seen.insert(path.to_ascii_lowercase()),
            "{path} is there twice on some systems"
        );
        assert!(path.len() <= 200, "{path}");
        for part in path.split('/') {
            let stem = part.split('.').next().unwrap_or_default();
            let device = ["con", "aux", "nul", "prn", "com1", "lpt9"];
            assert!(path.starts_with('.') || !device.contains(&stem), "{path}");
            assert!(!part.ends_with('.'), "{path}");
        }
        let runs = ["build.rs", "src/main.rs"].contains(&path.as_str())
            || [".cargo/", "src/bin/", "target/"]
                .iter()
                .any(|folder| path.starts_with(folder));
        assert!(!runs, "{path} runs by lying there");
    }
}

#[cfg(unix)]
#[test]
fn an_output_that_is_a_link_is_refused_and_foreign_files_stay() {
    let description = describing(json!({"type": "string"})).to_string();
    let run = Run::new(&[("shop.json", &description), ("elsewhere/kept.rs", "mine")]);
    for link in ["out/src", "out/.letterpress", "out/Cargo.toml"] {
        fs::remove_dir_all(run.path("out")).ok();
        fs::create_dir_all(run.path("out")).expect("a folder");
        std::os::unix::fs::symlink(run.path("elsewhere"), run.path(link)).expect("a link");
        assert_eq!(errors(&run.job("shop.json")), ["output/symlink"], "{link}");
        let kept: Vec<_> = fs::read_dir(run.path("elsewhere"))
            .expect("a folder")
            .flatten()
            .collect();
        assert_eq!(kept.len(), 1, "{link}: something was written behind it");
    }
    // What lies in the folder and is not ours stays; what is in the way is an error, and then nothing is written.
    fs::remove_dir_all(run.path("out")).expect("gone");
    fs::create_dir_all(run.path("out/src")).expect("a folder");
    fs::write(run.path("out/notes.txt"), "mine").expect("a file");
    fs::write(run.path("out/src/lib.rs"), "// mine").expect("a file");
    assert_eq!(errors(&run.job("shop.json")), ["output/foreign"]);
    assert_eq!(run.written().len(), 2);
    fs::remove_file(run.path("out/src/lib.rs")).expect("gone");
    assert!(run.job("shop.json").success());
    assert_eq!(
        fs::read_to_string(run.path("out/notes.txt")).expect("text"),
        "mine"
    );
    assert!(run.written().len() > 10);
}

#[test]
fn nothing_is_fetched() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a listener");
    let host = format!("http://{}", listener.local_addr().expect("an address"));
    let description = describing(json!({"$ref": format!("{host}/pet.json#/Pet")}));
    let run = Run::new(&[("shop.json", &description.to_string())]);
    let outcome = run.job("shop.json");
    let about = outcome
        .output
        .diagnostics
        .iter()
        .find(|found| found.code.as_str() == "openapi/remote-reference");
    let about = about.unwrap_or_else(|| panic!("no finding: {}", outcome.text(false)));
    assert!(about.origin.is_some());
    assert!(
        about
            .help
            .as_deref()
            .is_some_and(|help| help.contains("download"))
    );
    assert!(listener.accept().is_err(), "somebody called");
}

#[test]
fn references_do_not_read_outside_of_the_folder() {
    let secret = "{\"Secret\": {\"type\": \"object\", \"properties\": {\"lp_secret\": {\"type\": \"string\"}}}}";
    let run = Run::new(&[("secret.json", secret), ("specs/a/inner.json", secret)]);
    let absolute = run.path("secret.json").to_string_lossy().replace('\\', "/");
    let mut wild = vec![
        "../secret.json".to_owned(),
        "a/../../secret.json".to_owned(),
        "%2e%2e/secret.json".to_owned(),
        "..%2fsecret.json".to_owned(),
        "..\\secret.json".to_owned(),
        "file:../secret.json".to_owned(),
        format!("file://{absolute}"),
        absolute.clone(),
        "//server/share/secret.json".to_owned(),
        "\\\\server\\share\\secret.json".to_owned(),
        "/etc/passwd".to_owned(),
        "/dev/zero".to_owned(),
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(run.path("secret.json"), run.path("specs/link.json"))
            .expect("a link");
        std::os::unix::fs::symlink(run.path(""), run.path("specs/up")).expect("a link");
        wild.extend(["link.json".to_owned(), "up/secret.json".to_owned()]);
    }
    let read = |reference: &str| {
        let description = describing(json!({"$ref": format!("{reference}#/Secret")}));
        fs::write(run.path("specs/shop.json"), description.to_string()).expect("a file");
        fs::remove_dir_all(run.path("out")).ok();
        let outcome = run.job("specs/shop.json");
        let read = run
            .written()
            .iter()
            .any(|(_, text)| text.contains("lp_secret"));
        let told = outcome
            .output
            .diagnostics
            .iter()
            .any(|found| found.code.as_str().contains("reference") && found.origin.is_some());
        (read, told)
    };
    assert_eq!(
        read("a/inner.json"),
        (true, false),
        "what may be read is not"
    );
    for reference in wild {
        assert_eq!(read(&reference), (false, true), "{reference}");
    }
}
