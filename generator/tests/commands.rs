//! The commands beside `generate`, as their users run them.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const API: &str = r##"{"openapi": "3.1.0", "info": {"title": "The Shop API", "version": "1"}, "servers": [{"url": "https://shop.example"}],
"paths": {"/orders": {"get": {"operationId": "listOrders", "responses": {"200": {"description": "All.", "content": {"application/json":
{"schema": {"type": "array", "items": {"title": "Order", "type": "object", "properties": {"id": {"type": "integer"}, "note": {"type": "string"}}}}}}}}}}}}"##;

fn letterpress(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_letterpress"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the command runs")
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).expect("read")
}

#[test]
fn init_finds_what_there_is_and_what_it_writes_generates() {
    let page = "# Orders\n\n## List orders\n\n`GET /orders`\n";
    let folder = folder(&[
        ("docs/orders.md", page),
        ("openapi.json", API),
        ("README.md", "# A project\n\nNothing of an API.\n"),
        ("package.json", "{\"name\": \"web\"}"),
        ("node_modules/x/openapi.json", API),
        (
            "live.postman_environment.json",
            r#"{"name": "live", "values": [{"key": "base", "value": "x", "enabled": true}], "_postman_variable_scope": "environment"}"#,
        ),
        (
            "fix.yaml",
            "overlay: 1.0.0\ninfo: {title: Fix, version: '1'}\nactions: [{target: $.info, update: {description: Better.}}]\n",
        ),
    ]);
    let begun = letterpress(folder.path(), &["init"]);
    assert_eq!(begun.status.code(), Some(0), "{}", text(&begun.stderr));
    let written = read(folder.path(), "letterpress.yaml");
    let expected = "name: the-shop\n";
    assert!(written.contains(expected), "{written}");
    let sources = "sources:\n  - file: openapi.json    # OpenAPI, 1 operation\n  - file: docs/orders.md  # a page, 1 operation\n";
    assert!(written.contains(sources), "{written}");
    assert!(
        written.contains("environments:\n  - live.postman_environment.json\n"),
        "{written}"
    );
    assert!(written.contains("overlays:\n  - fix.yaml\n"), "{written}");
    let made = letterpress(
        folder.path(),
        &["generate", "--config", "letterpress.yaml", "--out", "shop"],
    );
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    // What is there is never written over.
    let again = letterpress(folder.path(), &["init", "."]);
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("init/exists"));
    assert_eq!(read(folder.path(), "letterpress.yaml"), written);
}

#[test]
fn init_says_that_there_is_nothing() {
    let folder = folder(&[("notes.txt", "Nothing.")]);
    let begun = letterpress(folder.path(), &["init"]);
    assert_eq!(begun.status.code(), Some(1));
    assert!(text(&begun.stderr).contains("init/nothing"));
    assert!(!folder.path().join("letterpress.yaml").exists());
}

#[test]
fn every_stage_can_be_looked_at() {
    let folder = folder(&[("api.json", API)]);
    for (stage, all, some) in [
        ("model", "operation GET /orders", "note"),
        ("plan", "group orders Orders orders", "struct Order"),
        ("rust", "// ---- src/client.rs", "pub struct Order {"),
    ] {
        let shown = letterpress(folder.path(), &["inspect", stage, "api.json"]);
        assert!(
            text(&shown.stdout).contains(all),
            "{stage}: {}",
            text(&shown.stdout)
        );
        let name = if stage == "model" { "note" } else { "Order" };
        let part = letterpress(
            folder.path(),
            &["inspect", stage, "api.json", "--name", name],
        );
        assert_eq!(part.status.code(), Some(0), "{}", text(&part.stderr));
        assert!(
            text(&part.stdout).contains(some),
            "{stage}: {}",
            text(&part.stdout)
        );
        assert!(part.stdout.len() < shown.stdout.len());
        let none = letterpress(
            folder.path(),
            &["inspect", stage, "api.json", "--name", "Nobody"],
        );
        assert_eq!(none.status.code(), Some(1));
    }
    let broken = letterpress(folder.path(), &["inspect", "model", "absent.json"]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(text(&broken.stderr).contains("source/unreadable"));
    assert_eq!(
        fs::read_dir(folder.path()).expect("entries").count(),
        1,
        "nothing is written"
    );
}

#[test]
fn codes_are_explained_and_shells_complete() {
    let folder = folder(&[]);
    let page = letterpress(folder.path(), &["explain", "openapi/reference"]);
    assert_eq!(page.status.code(), Some(0));
    assert!(text(&page.stdout).starts_with("error[openapi/reference]"));
    let near = letterpress(folder.path(), &["explain", "openapi/referense"]);
    assert_eq!(near.status.code(), Some(1));
    assert!(text(&near.stderr).contains("`openapi/reference`"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = letterpress(folder.path(), &["completions", shell]);
        assert_eq!(script.status.code(), Some(0));
        assert!(text(&script.stdout).contains("names-lock"), "{shell}");
    }
}

#[test]
fn a_renamed_type_stays_as_an_alias() {
    let folder = folder(&[
        ("specs/openapi.json", API),
        (
            "specs/letterpress.yaml",
            "name: shop\nversion: 0.3.0\nsources: [{file: openapi.json}]\ntypes: {Order.note: any}\n",
        ),
    ]);
    let generate = [
        "generate",
        "--config",
        "specs/letterpress.yaml",
        "--out",
        "shop",
    ];
    let before = letterpress(folder.path(), &["rename", "specs", "Order", "Purchase"]);
    assert_eq!(before.status.code(), Some(1), "there are no names yet");
    assert_eq!(letterpress(folder.path(), &generate).status.code(), Some(0));
    let check = [&generate[..], &["--check"]].concat();
    assert_eq!(letterpress(folder.path(), &check).status.code(), Some(0));
    let renamed = letterpress(folder.path(), &["rename", "specs", "Order", "Purchase"]);
    let told = text(&renamed.stderr);
    assert_eq!(renamed.status.code(), Some(0), "{told}");
    assert!(told.contains("write `Purchase.note`"), "{told}");
    let config =
        read(folder.path(), "specs/letterpress.yaml").replace("Order.note", "Purchase.note");
    fs::write(folder.path().join("specs/letterpress.yaml"), config).expect("written");
    let drift = letterpress(folder.path(), &check);
    assert!(text(&drift.stderr).contains("output/drift"));
    assert_eq!(letterpress(folder.path(), &generate).status.code(), Some(0));
    let types = read(folder.path(), "shop/src/types.rs");
    let alias =
        "#[deprecated(since = \"0.3.0\", note = \"use `Purchase`\")]\npub type Order = Purchase;";
    assert!(types.contains(alias), "{types}");
    // The names that are not as they would be written are drift too.
    let lock = read(folder.path(), "specs/names.lock");
    let (kept, _) = lock.split_once("group orders").expect("a group");
    let (_, rest) = lock.split_once("operation ").expect("an operation");
    let shorter = format!("{kept}operation {rest}");
    fs::write(folder.path().join("specs/names.lock"), &shorter).expect("written");
    let drift = letterpress(folder.path(), &check);
    assert!(text(&drift.stderr).contains("`specs/names.lock` differs"));
    assert_eq!(read(folder.path(), "specs/names.lock"), shorter);
    let wrong = letterpress(folder.path(), &["rename", "nowhere", "Order", "Purchase"]);
    assert_eq!(wrong.status.code(), Some(1));
}

#[test]
fn a_depfile_names_all_that_was_read() {
    let folder = folder(&[
        (
            "my api/openapi.json",
            &API.replace("{\"type\": \"integer\"}", "{\"$ref\": \"id.json\"}"),
        ),
        ("my api/id.json", "{\"type\": \"integer\"}"),
    ]);
    let arguments = [
        "generate",
        "my api/openapi.json",
        "--name",
        "shop",
        "--out",
        "shop",
        "--depfile",
        "shop.d",
    ];
    assert_eq!(
        letterpress(folder.path(), &arguments).status.code(),
        Some(0)
    );
    assert_eq!(
        letterpress(folder.path(), &arguments).status.code(),
        Some(0)
    );
    let expected = "shop/Cargo.toml: \\\n  my\\ api/id.json \\\n  my\\ api/openapi.json \\\n  shop/.letterpress/names.lock\n";
    assert_eq!(read(folder.path(), "shop.d"), expected);
}

#[test]
fn a_run_that_watches_follows_its_sources() {
    let folder = folder(&[("api.json", API)]);
    let mut watching = Command::new(env!("CARGO_BIN_EXE_letterpress"))
        .current_dir(folder.path())
        .args([
            "generate", "api.json", "--name", "shop", "--out", "shop", "--watch",
        ])
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs");
    let member = |name: &str| {
        let begin = Instant::now();
        let line = format!("pub {name}: ");
        loop {
            let types = fs::read_to_string(folder.path().join("shop/src/types/order.rs"));
            if types.is_ok_and(|types| types.contains(&line)) {
                return true;
            }
            if begin.elapsed() > Duration::from_secs(60) {
                return false;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    let mut seen = vec![member("note")];
    for name in ["remark", "comment"] {
        fs::write(folder.path().join("api.json"), API.replace("note", name)).expect("written");
        seen.push(member(name));
    }
    let alive = watching.try_wait().expect("a state").is_none();
    watching.kill().expect("ended");
    watching.wait().expect("ended");
    assert_eq!((seen, alive), (vec![true; 3], true));
}

#[test]
fn progress_is_for_terminals() {
    let folder = folder(&[("api.json", API)]);
    let made = letterpress(
        folder.path(),
        &["generate", "api.json", "--name", "shop", "--out", "shop"],
    );
    assert!(!text(&made.stderr).contains('\r'));
}

/// What a headless browser makes of a page, or nothing where there is no browser.
fn browsed(page: &Path, search: &str) -> Option<String> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = names
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok());
    let Some(browser) = found else {
        println!("skipped: there is no Chromium");
        return None;
    };
    let profile = tempfile::tempdir().expect("a folder");
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--enable-logging=stderr",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}#{search}", page.display()))
        .output()
        .expect("a browser");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("CONSOLE"), "{said}");
    Some(text(&output.stdout))
}

#[test]
fn a_page_shows_operations_and_both_places_of_a_conflict() {
    let hostile = "</div><script>document.title = 'taken'</script>";
    let other = r##"{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "servers": [{"url": "https://shop.example"}],
"paths": {"/orders": {"get": {"operationId": "listOrders", "description": "HOSTILE", "responses": {"200": {"description": "All.", "content": {"application/json":
{"schema": {"type": "array", "items": {"title": "Order", "type": "object", "properties": {"id": {"type": "string"}}}}}}}}}}}}"##;
    let folder = folder(&[
        ("api.json", API),
        ("other.json", &other.replace("HOSTILE", hostile)),
    ]);
    let made = letterpress(
        folder.path(),
        &["page", "api.json", "other.json", "--out", "api.html"],
    );
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    let page = read(folder.path(), "api.html");
    assert_eq!(page.matches("<script").count(), 1);
    assert!(page.contains("&lt;script&gt;"));
    let conflict = page
        .split("<article")
        .find(|part| part.contains("merge/type-conflict"));
    let conflict = conflict.expect("the conflict");
    assert!(
        conflict.contains("api.json:") && conflict.contains("other.json:"),
        "{conflict}"
    );
    assert!(!page.contains("src=") && !page.contains("@import"));
    let broken = letterpress(folder.path(), &["page", "absent.json", "--out", "x.html"]);
    assert_eq!(broken.status.code(), Some(1));
    if let Some(document) = browsed(&folder.path().join("api.html"), "client.orders%20get") {
        assert!(
            document.contains(">1 found<") || document.contains(">2 found<"),
            "{document}"
        );
        assert!(document.contains("hidden=\"\""), "the rest is hidden");
        assert!(!document.contains("<title>taken"));
    }
}
