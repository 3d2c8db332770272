//! What is printed: whole crates, as the formatter of Rust and the compiler's parser take them.

use super::{Rendered, render};
use crate::emit::emit;
use crate::plan::sample::{Sample, zendesk};
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

#[test]
fn sample_is_laid_out_as_the_formatter_would() {
    let files = rendered(&zendesk());
    if let Ok(folder) = std::env::var("LETTERPRESS_SAMPLE_OUT") {
        for file in &files {
            let path = std::path::Path::new(&folder).join(&file.path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, &file.text).expect("written");
        }
    }
    assert_formatted(&files);
}

/// Names of all lengths, so that every line breaks somewhere.
#[test]
fn every_length_is_laid_out_as_the_formatter_would() {
    use crate::model::{Location, Style};
    use crate::plan::sample::parameter;
    let mut sample = Sample::new("lengths");
    let text = sample.text();
    let texts = sample.list(text);
    let integer = sample.integer();
    let body = sample.object("!note", &[("text", text, true)]);
    for length in 1..70 {
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
        sample.operation(
            &format!("POST /{name}"),
            &format!("post {name}"),
            "Lengths",
            Some(body),
            empty(),
        );
        let path = format!("/{name}/{{{name}}}");
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
