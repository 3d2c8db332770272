//! What is printed: whole crates, as the formatter of Rust and the compiler's parser take them.

use super::{Rendered, render};
use crate::emit::emit;
use crate::plan::sample::{Sample, kitchen, zendesk};
use std::io::Write;
use std::process::{Command, Stdio};

fn rendered(sample: &Sample) -> Vec<Rendered> {
    let (plan, diagnostics) = sample.plan();
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    render(emit(&plan)).expect("what was printed reads back")
}

/// Runs the formatter over a text; nothing where there is none.
fn formatted(text: &str) -> Option<String> {
    let mut child = Command::new("rustfmt")
        .args([
            "--edition",
            "2024",
            "--style-edition",
            "2024",
            "--config",
            "skip_children=true",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8(output.stdout).expect("text"))
}

fn assert_formatted(files: &[Rendered]) {
    for file in files
        .iter()
        .filter(|file| file.path.ends_with(".rs") && !file.path.contains("runtime"))
    {
        syn::parse_file(&file.text)
            .unwrap_or_else(|error| panic!("{}: {error}\n{}", file.path, file.text));
        match formatted(&file.text) {
            Some(text) => assert_eq!(text, file.text, "{}", file.path),
            None => println!("rustfmt is not here: the layout is not checked"),
        }
    }
}

/// Writes a crate where one wants to compile it: `LETTERPRESS_SAMPLE_OUT` names the folder.
fn leave(name: &str, files: &[Rendered]) {
    let Ok(folder) = std::env::var("LETTERPRESS_SAMPLE_OUT") else {
        return;
    };
    for file in files {
        let path = std::path::Path::new(&folder).join(name).join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, &file.text).expect("written");
    }
}

/// Imports whose last names end before, at and behind the last column.
#[test]
fn imports_are_laid_out_as_the_formatter_would() {
    let mut text = String::new();
    for length in [1, 2, 3, 4, 5, 6, 20, 60, 61, 62, 63, 64, 65] {
        let name = |letter: char, length: usize| letter.to_string().repeat(length);
        for before in [25, 40] {
            let names = [
                name('A', 30),
                name('B', before),
                name('C', 30),
                name('D', length),
            ];
            let import = format!("use crate::m{length}_{before}::{{{}}};", names.join(", "));
            let tokens = import.parse().expect("tokens");
            text.push_str(&super::item::print_use(&tokens));
        }
    }
    if let Some(formatted) = formatted(&text) {
        // The formatter sorts what stands together.
        let mut ours: Vec<&str> = text.split_inclusive(";\n").collect();
        let mut theirs: Vec<&str> = formatted.split_inclusive(";\n").collect();
        ours.sort_unstable();
        theirs.sort_unstable();
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert_eq!(ours, theirs);
        }
    }
}

#[test]
fn samples_are_laid_out_as_the_formatter_would() {
    for (name, sample) in [("zendesk", zendesk()), ("kitchen", kitchen())] {
        let files = rendered(&sample);
        leave(name, &files);
        assert_formatted(&files);
    }
}

/// Names of all lengths, so that every line breaks somewhere.
#[test]
fn every_length_is_laid_out_as_the_formatter_would() {
    use crate::model::{Location, Shape, Style, UnionShape};
    use crate::plan::sample::{parameter, variant};
    let mut sample = Sample::new("lengths");
    let text = sample.text();
    let texts = sample.list(text);
    let integer = sample.integer();
    let body = sample.object("!note", &[("text", text, true)]);
    for length in 1..62 {
        let name = format!("{}x", "y".repeat(length));
        let empty = || &[(204, None)];
        let operation = sample.operation(
            &format!("GET /{name}"),
            &format!("get {name}"),
            "Lengths",
            None,
            empty(),
        );
        operation
            .parameters
            .push(parameter(&name, Location::Query, text, false));
        operation.parameters.push(parameter(
            &format!("{name}_style"),
            Location::Query,
            texts,
            false,
        ));
        operation.parameters[1].style = Style::Comma;
        let operation = sample.operation(
            &format!("HEAD /{name}"),
            &format!("head {name}"),
            "Lengths",
            None,
            empty(),
        );
        operation.parameters.push(parameter(
            &format!("{name}_must"),
            Location::Query,
            texts,
            true,
        ));
        operation.parameters[0].style = Style::Comma;
        let kinds = sample.enumeration(&format!("!{name}{name}Kind"), &["a", "b"]);
        let operation = sample.operation(
            &format!("OPTIONS /{name}"),
            &format!("options {name}"),
            "Lengths",
            None,
            empty(),
        );
        operation
            .parameters
            .push(parameter(&name, Location::Query, kinds, false));
        let long_body = sample.object(&format!("!{name}{name}Body"), &[("text", text, true)]);
        sample.operation(
            &format!("PUT /n{length}"),
            &format!("n {length}"),
            "Lengths",
            Some(long_body),
            empty(),
        );
        let note = sample.object(&format!("!{name}Note"), &[("text", text, true)]);
        let operation = sample.operation(
            &format!("PATCH /{name}/maybe"),
            &format!("maybe {name}"),
            "Lengths",
            Some(note),
            empty(),
        );
        operation.request_body.as_mut().unwrap().required = false;
        let holder = sample.object(&format!("!{name}{name}Holder"), &[("text", text, true)]);
        let list = sample.list(holder);
        let union = sample.shape(Shape::Union(UnionShape {
            variants: vec![variant(text, ""), variant(list, "")],
            discriminator: None,
            external: false,
        }));
        sample.name(union, &format!("!{name}Union"));
        sample.operation(
            &format!("GET /{name}/union"),
            &format!("union {name}"),
            "Lengths",
            None,
            &[(200, Some(union))],
        );
        sample.operation(
            &format!("POST /{name}"),
            &format!("post {name}"),
            "Lengths",
            Some(body),
            empty(),
        );
        let path = format!("/{name}/{{{name}}}");
        let inner = sample.object(&format!("!{name}inner"), &[("text", text, true)]);
        let long = sample.object(
            &format!("!{name}{name}Inner"),
            &[(&name, inner, false), ("text", text, true)],
        );
        let outer = sample.object(
            &format!("!{name}Outer"),
            &[
                (&name, inner, false),
                (&format!("{name}_style"), long, false),
            ],
        );
        sample.operation(
            &format!("GET /{name}/outer"),
            &format!("outer {name}"),
            "Lengths",
            None,
            &[(200, Some(outer))],
        );
        sample.operation(
            &format!("PUT {path}"),
            &format!("put {name}"),
            "Lengths",
            Some(body),
            empty(),
        );
        let path = format!("/{name}/{{first}}/{{second}}");
        sample.operation(
            &format!("GET {path}"),
            &format!("pair {name}"),
            "Lengths",
            None,
            empty(),
        );
        let operation = sample.operation(
            &format!("PATCH /{name}"),
            &format!("patch {name}"),
            "Lengths",
            Some(body),
            empty(),
        );
        operation
            .parameters
            .push(parameter("limit", Location::Query, integer, true));
        operation
            .parameters
            .push(parameter(&name, Location::Header, text, true));
        let operation = sample.operation(
            &format!("DELETE /{name}"),
            &format!("delete {name}"),
            "Lengths",
            None,
            empty(),
        );
        operation
            .parameters
            .push(parameter(&name, Location::Query, text, true));
        let media = format!("application/{name}+json");
        let operation = sample.operation(
            &format!("LINK /{name}"),
            &format!("link {name}"),
            "Lengths",
            Some(body),
            empty(),
        );
        operation.request_body.as_mut().unwrap().content[0]
            .name
            .clone_from(&media);
        let operation = sample.operation(
            &format!("COPY /{name}"),
            &format!("copy {name}"),
            "Lengths",
            Some(body),
            empty(),
        );
        operation.request_body.as_mut().unwrap().content[0]
            .name
            .clone_from(&media);
        operation.request_body.as_mut().unwrap().required = false;
    }
    let files = rendered(&sample);
    let file = files
        .iter()
        .find(|file| file.path == "src/lengths.rs")
        .expect("the group");
    let Some(formatted) = formatted(&file.text) else {
        println!("rustfmt is not here: the layout is not checked");
        return;
    };
    for (formatted, ours) in formatted.split("\n\n").zip(file.text.split("\n\n")) {
        assert!(
            formatted == ours,
            "the formatter has\n{formatted}\nwe have\n{ours}"
        );
    }
    assert_formatted(&files);
}

/// Every string of a description, each with text that would like to be code.
fn hostile(payload: &str, behind: &str) -> Sample {
    use crate::model::*;
    use crate::plan::sample::{parameter, variant};
    let mut sample = Sample::new("hostile");
    let evil = |at: &str| format!("{payload}canary_{at}{behind}");
    sample.config.title = Some(evil("title"));
    sample.config.description = Some(evil("description"));
    sample.model.info.docs.description = Some(evil("info"));
    sample.model.servers.push(Server {
        url: format!(
            "https://example.com/{}{{{}}}",
            evil("url"),
            evil("variable")
        ),
        variables: vec![ServerVariable {
            name: evil("variable"),
            default: Some(evil("default")),
            allowed: vec![evil("allowed")],
            description: Some(evil("text")),
        }],
        ..Server::default()
    });
    let docs = Docs {
        summary: Some(evil("summary")),
        description: Some(evil("description")),
    };
    for kind in [
        SecurityKind::Basic,
        SecurityKind::ApiKey {
            name: evil("key"),
            location: ApiKeyLocation::Header,
        },
    ] {
        sample.model.security_schemes.push(SecurityScheme {
            name: evil(&format!("{kind:?}").len().to_string()),
            kind,
            docs: docs.clone(),
            origins: crate::origin::Origins::none(),
        });
    }
    let text = sample.text();
    let kinds = sample.enumeration(&evil("enum"), &[&evil("value"), "a", "A", "a-b", "a_b", ""]);
    let inner = sample.object(&evil("inner"), &[(&evil("member"), text, true)]);
    let union = sample.shape(Shape::Union(UnionShape {
        variants: vec![variant(text, &evil("tag")), variant(inner, "other")],
        discriminator: Some(evil("discriminator")),
        external: false,
    }));
    let outer = sample.object(
        &evil("outer"),
        &[
            (&evil("kinds"), kinds, true),
            (&evil("union"), union, false),
            ("", text, false),
        ],
    );
    for id in 0..sample.model.schemas.len() {
        sample
            .model
            .schemas
            .get_mut(SchemaId(id as u32))
            .unwrap()
            .docs = docs.clone();
    }
    let security = sample.model.security_schemes[1].name.clone();
    let operation = sample.operation(
        "POST /a",
        &evil("name"),
        &evil("tag"),
        Some(outer),
        &[(200, Some(outer))],
    );
    operation.key.path.segments.push(vec![
        Piece::Literal(evil("segment")),
        Piece::Parameter(evil("hole")),
    ]);
    operation.docs = docs.clone();
    operation.security = vec![SecurityRequirement {
        schemes: vec![security],
        ..SecurityRequirement::default()
    }];
    operation.parameters = vec![
        parameter(&evil("query"), Location::Query, text, true),
        parameter(&evil("optional"), Location::Query, kinds, false),
        parameter("X-Header", Location::Header, text, false),
    ];
    operation.parameters[0].docs = docs;
    sample
}

const PAYLOADS: &[&str] = &[
    "\"",
    "\\",
    "*/",
    "/*",
    "\n",
    "\r",
    "\r\n",
    "\"#",
    "{}",
    "${x}",
    "\u{202e}",
    "\0",
    "]]",
    "'",
    "`",
    "```\n",
    "~~~\n",
    "</script>",
    "<script>",
    "#![x]",
    "\u{2028}",
    "\u{feff}",
    "\u{7f}",
    "//",
    "!",
    "/",
    "\";fn evil(){}//",
    "    ",
    "\t",
    "[",
    "](javascript:x)",
    "[x]: y",
    "r#\"",
    "\u{1b}[31m",
    "😀",
    "сп",
    "\u{e000}",
    "\u{10ffff}",
    "self",
    "r#",
    "::",
    "- ",
    "1. ",
    "|",
    "> ",
    "# ",
    "===",
    "\\\"",
    "\\u{0}",
    "&nbsp;",
    "%00",
    "{{",
    "}}",
    "..",
    "-",
    "+",
];

#[test]
fn no_text_becomes_code() {
    let dependencies = |files: &[Rendered]| -> Vec<String> {
        let manifest = files.iter().find(|file| file.path == "Cargo.toml");
        let text = &manifest.expect("a manifest").text;
        let document: toml_edit::DocumentMut = text.parse().expect("TOML");
        let table = document["dependencies"].as_table().expect("a table");
        table.iter().map(|(name, _)| name.to_owned()).collect()
    };
    let usual = dependencies(&rendered(&hostile("", "")));
    assert!(usual.contains(&"serde_json".to_owned()));
    for (at, payload) in PAYLOADS.iter().enumerate() {
        let files = rendered(&hostile(payload, ""));
        leave(&format!("hostile{at}"), &files);
        assert_eq!(dependencies(&files), usual, "{payload:?}");
        for file in files {
            if file.path.contains("runtime") || !file.path.ends_with(".rs") {
                continue;
            }
            let parsed = syn::parse_file(&file.text)
                .unwrap_or_else(|error| panic!("{payload:?} {error}\n{}", file.text));
            assert!(
                !file
                    .text
                    .contains(['\u{202e}', '\0', '\r', '\u{2028}', '\u{feff}', '\u{1b}']),
                "{payload:?}"
            );
            for item in &parsed.items {
                let ours = file.path.starts_with("examples/");
                let tests = file.path == "tests/examples.rs";
                let known = |name: &syn::Ident| {
                    ours && (name == "main" || name == "run" || name == "setting")
                        || tests && name.to_string().ends_with("_runs")
                };
                assert!(
                    !matches!(item, syn::Item::Fn(item) if !known(&item.sig.ident)),
                    "{payload:?}\n{}",
                    file.text
                );
            }
        }
    }
}

#[test]
fn names_of_any_length_are_cut() {
    let sample = hostile("", &"x".repeat(10_000));
    let (plan, diagnostics) = sample.plan();
    for diagnostic in diagnostics.iter() {
        assert!(diagnostic.message.len() < 400, "{}", diagnostic.code);
    }
    for file in emit(&plan) {
        assert!(file.path.len() < 120, "{}", file.path);
    }
}

#[test]
fn a_changed_text_is_noticed() {
    use super::verify::verify;
    let planned = |text: &str| vec![text.parse().expect("tokens")];
    assert!(verify(&[], planned("fn a() { b(1, 2) }"), "fn a() { b(1, 2,) }").is_ok());
    assert!(verify(&[], planned("#[doc = \" x\"] mod a;"), "/// x\nmod a;").is_ok());
    assert!(verify(&["x".to_owned()], planned("mod a;"), "//! x\nmod a;").is_ok());
    for wrong in [
        "fn a() { b(1, 3) }",
        "fn a() { b(1) }",
        "fn a() { b(1, 2) } fn c() {}",
        "fn a() { b(1, 2) } \"",
        "",
    ] {
        assert!(
            verify(&[], planned("fn a() { b(1, 2) }"), wrong).is_err(),
            "{wrong}"
        );
    }
    assert!(verify(&[], planned("#[doc = \" x\"] mod a;"), "/// y\nmod a;").is_err());
}

#[test]
fn output_is_the_same_on_any_number_of_threads() {
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        pool.install(|| rendered(&zendesk()))
    };
    assert_eq!(run(1), run(8));
}
