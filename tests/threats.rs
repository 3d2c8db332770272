//! The threats that SECURITY.md numbers, each with a test that says what holds; the table there names them.

use letterpress::diagnostic::Severity;
use letterpress::job::{self, Job, Outcome};
use letterpress::source::Given;
use letterpress_tests::root;
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder with the files of a run, and the folder of its crate in it.
struct Run {
    folder: tempfile::TempDir,
}

impl Run {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        Run { folder }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Reads this file of the folder and writes the crate into `out`.
    fn job(&self, source: &str) -> Outcome {
        job::run(&Job {
            given: Given {
                sources: vec![self.path(source)],
                name: Some("shop".to_owned()),
                ..Given::default()
            },
            folder: self.path("out"),
            ..Job::default()
        })
    }

    /// All files of the crate that lie on the disk, by their paths with slashes.
    fn written(&self) -> Vec<(String, String)> {
        let out = self.path("out");
        let mut found = Vec::new();
        let mut open = vec![out.clone()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                match entry.path() {
                    path if path.is_dir() => open.push(path),
                    path => {
                        let text = fs::read_to_string(&path).expect("text");
                        let name = path.strip_prefix(&out).expect("below");
                        found.push((name.to_string_lossy().replace('\\', "/"), text));
                    }
                }
            }
        }
        found.sort();
        found
    }
}

/// A description with one operation, whose answer is this schema.
fn describing(schema: Value) -> Value {
    json!({
        "openapi": "3.1.0", "info": {"title": "Shop", "version": "1"},
        "paths": {"/orders": {"get": {"operationId": "list", "responses": {"200": {
            "description": "All.", "content": {"application/json": {"schema": schema}},
        }}}}},
    })
}

/// The files of the crate that a description gives, or its findings where it gives none.
fn generated(description: &Value) -> Result<Vec<(String, String)>, String> {
    of_text(&description.to_string())
}

fn of_text(text: &str) -> Result<Vec<(String, String)>, String> {
    let run = Run::new(&[("shop.json", text)]);
    let outcome = run.job("shop.json");
    match outcome.success() {
        true => Ok(run.written()),
        false => {
            let errors = outcome.output.diagnostics.iter();
            for error in errors.filter(|found| found.severity == Severity::Error) {
                assert!(error.origin.is_some(), "no place: {}", error.message);
            }
            Err(outcome.text(false))
        }
    }
}

/// The codes of the errors of a run.
fn errors(outcome: &Outcome) -> Vec<&'static str> {
    let found = outcome.output.diagnostics.iter();
    let errors = found.filter(|found| found.severity == Severity::Error);
    errors.map(|error| error.code.as_str()).collect()
}

/// The texts of all string literals of the crate's code.
fn literals(files: &[(String, String)]) -> BTreeSet<String> {
    fn collect(tokens: TokenStream, found: &mut BTreeSet<String>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => collect(group.stream(), found),
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                        found.insert(text.value());
                    }
                }
                _ => {}
            }
        }
    }
    let mut found = BTreeSet::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        let tokens = text
            .parse()
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        collect(tokens, &mut found);
    }
    found
}

/// Texts that would end a literal, a comment or a line somewhere.
const WILD: [&str; 8] = [
    "\"; evil!(); \"",
    "*/ fn evil() {} /*",
    "\nfn evil() {}\n",
    "\rfn evil() {}",
    "\\",
    "\"#; evil!()",
    "{}${evil}",
    "]] \u{202e}evil\0",
];

#[test]
fn values_of_an_enumeration_reach_the_wire_byte_by_byte() {
    let kinds: Vec<String> = WILD.iter().map(|text| format!("kind {text}")).collect();
    let named: Vec<String> = (0..WILD.len())
        .map(|at| format!("T>}}; evil{at}()"))
        .collect();
    let description = describing(json!({
        "type": "object",
        "properties": {"kind": {"type": "string", "enum": kinds, "x-enum-varnames": named, "x-ms-enum": {"name": "a::b; evil!()"}}},
    }));
    let found = literals(&generated(&description).expect("a crate"));
    for kind in &kinds {
        assert!(found.contains(kind), "{kind:?} is lost");
    }
}

#[test]
fn names_of_members_parameters_and_paths_reach_the_wire_byte_by_byte() {
    let mut description = describing(json!({}));
    let members = WILD
        .iter()
        .map(|text| ((*text).to_owned(), json!({"type": "string"})));
    let members: serde_json::Map<_, _> = members.collect();
    description["paths"]["/orders"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] =
        json!({"type": "object", "properties": members});
    let parameters = WILD
        .iter()
        .map(|text| json!({"name": text, "in": "query", "schema": {"type": "string"}}));
    description["paths"]["/orders"]["get"]["parameters"] = parameters.collect();
    let found = literals(&generated(&description).expect("a crate"));
    for name in WILD {
        assert!(found.contains(name), "the member {name:?} is lost");
        // A name in a URL is written as URLs write it.
        let encoded = |name: &str| -> String {
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
            let byte = |b: u8| match plain(b) {
                true => char::from(b).to_string(),
                false => format!("%{b:02X}"),
            };
            name.bytes().map(byte).collect()
        };
        assert!(
            found.contains(name) || found.contains(&encoded(name)),
            "the parameter {name:?} is lost"
        );
    }
}

#[test]
fn a_name_that_no_header_may_have_is_a_finding_with_its_place() {
    for name in ["a b", "a\r\nX-Injected: 1", "a:", "é", "\"", "a\0"] {
        let mut description = describing(json!({"type": "string"}));
        description["paths"]["/orders"]["get"]["parameters"] =
            json!([{"name": name, "in": "header", "required": true, "schema": {"type": "string"}}]);
        let run = Run::new(&[("shop.json", &description.to_string())]);
        let outcome = run.job("shop.json");
        let about = outcome
            .output
            .diagnostics
            .iter()
            .find(|found| found.message.contains("header"));
        assert!(
            about.is_some_and(|found| found.origin.is_some()),
            "{name:?}: {}",
            outcome.text(false)
        );
        let sent = literals(&run.written());
        assert!(!sent.contains(name), "{name:?} would be sent");
    }
}

#[test]
fn numbers_that_no_type_holds_are_no_code_and_no_panic() {
    let wild = [
        "1e999",
        "-1e999",
        "170141183460469231731687303715884105728",
        "-0",
        "1e-999",
        "0.1e1",
        "1E400",
    ];
    for number in wild {
        for (keyword, kind) in [
            ("default", "number"),
            ("default", "integer"),
            ("const", "number"),
            ("minimum", "integer"),
            ("example", "number"),
        ] {
            let text = describing(
                json!({"type": "object", "properties": {"n": {"type": kind, (keyword): "HERE"}}}),
            )
            .to_string()
            .replace("\"HERE\"", number);
            let run = Run::new(&[("shop.json", &text)]);
            let outcome = run.job("shop.json");
            for error in outcome
                .output
                .diagnostics
                .iter()
                .filter(|found| found.severity == Severity::Error)
            {
                assert!(
                    error.origin.is_some(),
                    "{number} as {keyword}: {}",
                    error.message
                );
            }
            // What is written can be read as Rust, whatever the number.
            literals(&run.written());
        }
    }
}

#[test]
fn names_become_short_ascii_words_whatever_they_are() {
    let long = "Long".repeat(2_500);
    let wild = [
        "fn",
        "Self",
        "super",
        "crate",
        "r#x",
        "_",
        "",
        "1",
        "+1",
        "-1",
        "\u{e9}",
        "\u{441}",
        "c",
        "\u{212a}",
        "\u{130}",
        "a_1",
        "\u{1f600}",
        &long,
    ];
    let files = named(&wild, false).expect("a crate");
    for (path, text) in files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs") && !path.contains("/runtime"))
    {
        assert_words(text.parse().expect("Rust"), path);
    }
    assert_eq!(
        files,
        named(&wild, true).expect("a crate"),
        "the order of schemas shows"
    );
    // What no rule can tell apart is said, with both places; nothing takes the place of something else.
    for pair in [
        ["a1", "a_1"],
        ["self", "Self"],
        ["e\u{301}", "\u{e9}"],
        ["K", "\u{212a}"],
        ["c", "C"],
    ] {
        for reverse in [false, true] {
            match named(&pair, reverse) {
                Ok(files) => {
                    let found = literals(&files);
                    let written = |name: &str| files.iter().any(|(_, text)| text.contains(name));
                    assert!(
                        pair.iter()
                            .all(|name| found.contains(*name) || written(name)),
                        "{pair:?}"
                    );
                }
                Err(text) => assert!(text.contains("plan/name-collision"), "{pair:?}: {text}"),
            }
        }
    }
}

/// What a description with schemas and members of these names gives, its schemas in either order.
fn named(names: &[&str], reverse: bool) -> Result<Vec<(String, String)>, String> {
    let schema = |name: &&str| {
        (
            (*name).to_owned(),
            json!({"type": "object", "properties": {"x": {"type": "string"}}}),
        )
    };
    let member = |name: &&str| {
        (
            (*name).to_owned(),
            json!({"$ref": format!("#/components/schemas/{name}")}),
        )
    };
    let members: serde_json::Map<_, _> = names.iter().map(member).collect();
    let mut schemas: Vec<(String, Value)> = names.iter().map(schema).collect();
    if reverse {
        schemas.reverse();
    }
    // Values of this library are sorted, so the order is made by hand.
    let schemas: Vec<String> = schemas
        .iter()
        .map(|(name, schema)| format!("{}: {schema}", json!(name)))
        .collect();
    let mut description = describing(json!({"type": "object", "properties": members}));
    description["components"] = json!({"schemas": "HERE"});
    let text = description.to_string();
    let text = text.replace("\"HERE\"", &format!("{{{}}}", schemas.join(",")));
    of_text(&text)
}

/// That every word is one of ASCII, and at most 100 letters long.
fn assert_words(tokens: TokenStream, path: &str) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => assert_words(group.stream(), path),
            TokenTree::Ident(word) => {
                let word = word.to_string();
                assert!(word.is_ascii() && word.len() <= 100, "{path}: {word}");
            }
            _ => {}
        }
    }
}

#[test]
fn extensions_name_no_types() {
    let evil = "T>}; evil!()";
    let description = describing(json!({
        "type": "object", "x-rust-type": evil, "x-go-type": evil, "x-go-type-import": {"path": evil}, "x-ms-kiota-info": {"languagesInformation": {"Rust": {"clientNamespaceName": evil, "clientClassName": evil}}},
        "properties": {"a": {"type": "string", "x-rust-type": evil, "x-go-name": evil, "format": evil}},
    }));
    let plain = describing(
        json!({"type": "object", "properties": {"a": {"type": "string", "format": evil}}}),
    );
    let without_list = |files: Vec<(String, String)>| -> Vec<(String, String)> {
        files
            .into_iter()
            .filter(|(path, _)| !path.starts_with('.'))
            .collect()
    };
    assert_eq!(
        without_list(generated(&description).expect("a crate")),
        without_list(generated(&plain).expect("a crate"))
    );
}

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
fn the_manifest_takes_nothing_from_a_description() {
    let mut description = describing(json!({"type": "string"}));
    let evil = "x\"\n[build-dependencies]\nevil = \"1\"\n[package]\nbuild = \"evil.rs";
    description["info"] = json!({"title": evil, "version": evil, "description": evil, "license": {"name": evil}, "contact": {"name": evil, "url": evil}});
    description["externalDocs"] = json!({"url": evil});
    let files = generated(&description).expect("a crate");
    let plain = generated(&describing(json!({"type": "string"}))).expect("a crate");
    let table = |files: &[(String, String)]| -> toml_edit::DocumentMut {
        let manifest = files.iter().find(|(path, _)| path == "Cargo.toml");
        manifest.expect("a manifest").1.parse().expect("TOML")
    };
    let (mut evil, mut plain) = (table(&files), table(&plain));
    let keys = |document: &toml_edit::DocumentMut| -> Vec<String> {
        document.iter().map(|(key, _)| key.to_owned()).collect()
    };
    assert_eq!(keys(&evil), keys(&plain));
    for key in [
        "dependencies",
        "dev-dependencies",
        "features",
        "target",
        "lib",
        "lints",
    ] {
        let text = |document: &mut toml_edit::DocumentMut| {
            document.remove(key).map(|item| item.to_string())
        };
        assert_eq!(text(&mut evil), text(&mut plain), "{key}");
    }
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

#[test]
fn tags_of_yaml_make_no_objects() {
    let text = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\nx-a: !!python/object/apply:os.system ['touch evil']\nx-b: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ['http://127.0.0.1/']]]]\npaths: {/a: {get: {responses: {'200': {description: x}}}}}\n";
    let run = Run::new(&[("shop.yaml", text)]);
    let outcome = run.job("shop.yaml");
    assert!(outcome.success(), "{}", outcome.text(false));
    let mut found = outcome.output.diagnostics.iter();
    let told = found.any(|found| {
        found.code.as_str() == "yaml/tag" && found.message.starts_with("4 tags were ignored")
    });
    assert!(told, "{}", outcome.text(false));
    assert!(!Path::new("evil").exists());
}

#[test]
fn circles_end() {
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let cases = [
        json!({"A": reference("A")}),
        json!({"A": reference("B"), "B": reference("A")}),
        json!({"A": {"allOf": [reference("A")]}}),
        json!({"A": {"allOf": [reference("B")]}, "B": {"allOf": [reference("A"), {"type": "object", "properties": {"x": {"type": "string"}}}]}}),
        json!({"A": {"oneOf": [reference("A"), reference("B")]}, "B": {"anyOf": [reference("A"), reference("B")]}}),
        json!({"A": {"type": "array", "items": reference("A")}}),
        json!({"A": {"type": "object", "additionalProperties": reference("A")}}),
        json!({"A": {"type": "object", "required": ["a"], "properties": {"a": reference("B")}}, "B": {"type": "object", "required": ["b"], "properties": {"b": reference("A")}}}),
        json!({"A": {"$ref": "#/components/schemas/A/properties/x", "properties": {"x": reference("A")}}}),
        json!({"A": {"not": reference("A")}}),
        json!({"A": {"allOf": [{"oneOf": [reference("A")]}]}}),
    ];
    for schemas in cases {
        let mut description = describing(reference("A"));
        description["components"] = json!({"schemas": schemas});
        // An error with its place, or a crate that is Rust.
        if let Ok(files) = generated(&description) {
            literals(&files);
        }
    }
    let mut description = describing(reference("A"));
    description["components"] =
        json!({"schemas": {"A": {"allOf": [reference("B")]}, "B": {"allOf": [reference("A")]}}});
    let text = generated(&description).expect_err("an error");
    assert!(text.contains("A → B → A"), "{text}");
}

#[test]
fn patterns_are_not_run() {
    // No expression of a description is compiled, here or in the crate: neither depends on anything that could.
    for wild in [
        "(a+)+$",
        "(",
        "(?<a>x)\\k<a>",
        "[",
        "a{99999}{99999}{99999}",
    ] {
        let description = describing(json!({
            "type": "object", "properties": {"a": {"type": "string", "pattern": wild, "default": "a".repeat(40)}},
            "patternProperties": {wild: {"type": "string"}},
        }));
        generated(&description).expect("a crate");
    }
    let lock = fs::read_to_string(root().join("generator/Cargo.toml")).expect("a manifest");
    assert!(!lock.contains("regex"));
}

#[test]
fn documentation_is_text() {
    let text = "Look:\n\n```\nevil!()\n```\n\n    evil!();\n\n~~~rust\nevil!()\n~~~\n<script>evil()</script> <img src=x onerror=evil()> [x](javascript:evil()) [`evil`](crate::evil) \u{202e}";
    let mut description = describing(
        json!({"type": "object", "description": text, "properties": {"a": {"type": "string", "description": text}}}),
    );
    description["paths"]["/orders"]["get"]["description"] = json!(text);
    description["info"]["description"] = json!(text);
    let files = generated(&description).expect("a crate");
    let manifest = files
        .iter()
        .find(|(path, _)| path == "Cargo.toml")
        .expect("a manifest");
    assert!(manifest.1.contains("doctest = false"));
    let mut lines = 0;
    for (path, text) in &files {
        assert!(!text.contains('\u{202e}'), "{path}");
        let shown = text
            .lines()
            .filter(|line| line.trim_start().starts_with("//") || path.ends_with(".md"));
        for line in shown.filter(|line| line.contains("evil")) {
            lines += 1;
            let bare = line.replace("\\<", "").replace("\\]", "").replace('`', "");
            assert!(
                !bare.contains("<script") && !bare.contains("<img"),
                "{path}: {line}"
            );
            assert!(
                !bare.contains("](javascript:") && !bare.contains("](crate::evil"),
                "{path}: {line}"
            );
            let body = line.trim_start().trim_start_matches(['/', '!']);
            assert!(
                !body.starts_with("     "),
                "{path}: an indented block would run: {line}"
            );
        }
    }
    assert!(lines > 10, "only {lines} lines show the texts");
}

#[test]
fn nothing_that_acts_on_a_terminal_is_printed() {
    let wild = "a\u{1b}[31m\u{9b}2J\u{7}\u{202e}\u{200b}\r\u{7f}\u{e0041}b";
    let acts = |text: &str| {
        text.chars()
            .find(|c| *c != '\n' && (c.is_control() || "\u{202e}\u{200b}\u{e0041}".contains(*c)))
    };
    let mut description = describing(
        json!({"type": "object", "properties": {wild: {"type": wild}, "b": {"$ref": format!("#/{wild}")}}}),
    );
    description["paths"]["/orders"]["get"]["tags"] = json!([wild]);
    description["paths"][format!("/x/{{{wild}")] = json!({"get": {"responses": {}}});
    let run = Run::new(&[("shop.json", &description.to_string())]);
    let outcome = run.job("shop.json");
    let text = outcome.text(false);
    assert!(text.contains("\\u{1b}"), "{text}");
    assert_eq!(acts(&text), None, "{text}");
    for json in [outcome.report().to_json(), outcome.report().findings_json()] {
        assert_eq!(acts(&json), None, "{json}");
        let value: Value = serde_json::from_str(&json).expect("JSON");
        assert!(
            value.to_string().contains('\u{202e}'),
            "programs read what the source says"
        );
    }
    // The explanations of `why`, and its errors, quote names and values too.
    let body = json!({"kind": wild, wild: {"inner": 1, "other": wild}}).to_string();
    let collection = json!({
        "info": {"name": wild, "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [{"name": wild, "request": {"method": "GET", "url": format!("https://example.com/users/{wild}")}, "response": [
            {"name": wild, "code": 200, "body": body, "header": [{"key": "Content-Type", "value": "application/json"}]},
        ]}],
    });
    let run = Run::new(&[("shop.json", &collection.to_string())]);
    let given = Given {
        sources: vec![run.path("shop.json")],
        name: Some("shop".to_owned()),
        ..Given::default()
    };
    let mut explained = 0;
    for address in [
        "User",
        "Users",
        "User.kind",
        "Nothing\u{1b}[2J",
        &format!("GET /users/{wild} response.200"),
    ] {
        let answer = job::explain(&given, address);
        let text = answer.text.clone().unwrap_or_default() + &answer.errors(false);
        assert_eq!(acts(&text), None, "{address:?}: {text:?}");
        explained += usize::from(answer.text.is_some());
    }
    assert!(explained > 0, "nothing was explained");
}

#[test]
fn the_generator_refuses_what_can_panic() {
    let manifest = fs::read_to_string(root().join("generator/Cargo.toml")).expect("a manifest");
    let manifest: toml_edit::DocumentMut = manifest.parse().expect("TOML");
    let clippy = &manifest["lints"]["clippy"];
    for lint in [
        "unwrap_used",
        "expect_used",
        "panic",
        "indexing_slicing",
        "todo",
        "unimplemented",
    ] {
        assert_eq!(clippy[lint].as_str(), Some("deny"), "{lint}");
    }
    assert_eq!(
        manifest["lints"]["rust"]["unsafe_code"].as_str(),
        Some("forbid")
    );
}

#[test]
fn the_table_of_threats_is_true() {
    let text = fs::read_to_string(root().join("SECURITY.md")).expect("SECURITY.md");
    let mut tests = BTreeSet::new();
    for folder in ["tests", "generator/src", "generator/runtime", "xtask/src"] {
        names_of_tests(&root().join(folder), &mut tests);
    }
    let mut numbers = Vec::new();
    for row in text
        .lines()
        .filter(|line| line.starts_with("| G") || line.starts_with("| C"))
    {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [number, threat, holds, named] = cells[..] else {
            panic!("a row has not four cells: {row}");
        };
        assert!(!threat.is_empty() && !holds.is_empty(), "{row}");
        let named: Vec<&str> = named.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test: {row}");
        for name in named {
            assert!(tests.contains(name), "there is no test `{name}`: {row}");
        }
        numbers.push(number.to_owned());
    }
    let expected: Vec<String> = (1..=20)
        .map(|number| format!("G{number}"))
        .chain((1..=15).map(|number| format!("C{number}")))
        .collect();
    assert_eq!(numbers, expected);
}

/// The names of all functions below a folder that are marked as tests.
fn names_of_tests(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            names_of_tests(&path, found);
            continue;
        }
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("text");
        for part in text
            .split("#[test]")
            .skip(1)
            .chain(text.split("#[tokio::test").skip(1))
        {
            let name = part
                .split_once("fn ")
                .and_then(|(_, rest)| rest.split_once('('));
            found.extend(name.map(|(name, _)| name.to_owned()));
        }
    }
}
