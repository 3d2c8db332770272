//! A description to a workspace: its crate, the crate in the usual style, and a program with ten calls for each.

use super::baseline;
use letterpress::diagnostic::Diagnostics;
use letterpress::plan::operation::{ArgumentType, Operation};
use letterpress::plan::{Group, Plan, RustType};
use letterpress::source::{Given, load_project};
use letterpress::{analyze, emit, plan, render, understand};
use std::fs;
use std::path::Path;

/// How many operations the programs call.
const CALLS: usize = 10;

/// Puts in the place of a crate's code what only needs its dependencies.
const NOTHING: &str = "//! Nothing: only what it depends on is built.\n";

/// What is compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Size {
    /// Operations of the crates.
    pub operations: usize,
    /// Types of the crates.
    pub types: usize,
    /// Lines of the generated crate without its runtime.
    pub lines: usize,
    /// Lines of the crate in the usual style.
    pub base_lines: usize,
}

/// Writes the workspace.
///
/// # Errors
/// A description that gives no crate, or a file that cannot be written.
pub fn write(source: &Path, folder: &Path) -> Result<Size, String> {
    let (plan, files) = generate(source)?;
    let baseline = baseline::files(&plan);
    let lines = |files: &[(String, String)]| {
        let ours = files
            .iter()
            .filter(|(path, _)| path.starts_with("src/") && !path.starts_with("src/runtime"));
        ours.map(|(_, text)| text.lines().count()).sum()
    };
    let size = Size {
        operations: plan.groups.iter().map(|group| group.operations.len()).sum(),
        types: plan.families.iter().map(|family| family.items.len()).sum(),
        lines: lines(&files),
        base_lines: lines(&baseline),
    };
    let put = |path: &str, text: &str| {
        let path = folder.join(path);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::write(&path, text))
            .map_err(|error| format!("{}: {error}", path.display()))
    };
    put(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"ours\", \"base\", \"warm-ours\", \"warm-base\", \"uses-ours\", \"uses-base\"]\n",
    )?;
    // The versions that the project is tested with; what is missing there is added.
    if let Ok(lock) = fs::read_to_string("Cargo.lock") {
        put("Cargo.lock", &lock)?;
    }
    for (path, text) in &files {
        if path == "Cargo.toml" {
            // Both without TLS, so that what is measured is what was generated.
            let manifest = text.replace("default = [\"rustls\"]", "default = [\"reqwest\"]");
            put("ours/Cargo.toml", &manifest)?;
            put(
                "warm-ours/Cargo.toml",
                &manifest.replace("name = \"ours\"", "name = \"warm-ours\""),
            )?;
        } else {
            put(&format!("ours/{path}"), text)?;
        }
    }
    put("warm-ours/README.md", "")?;
    put("warm-ours/src/lib.rs", NOTHING)?;
    put("base/Cargo.toml", baseline::MANIFEST)?;
    let warm = baseline::MANIFEST.replace("name = \"base\"", "name = \"warm-base\"");
    put("warm-base/Cargo.toml", &warm)?;
    put("warm-base/src/lib.rs", NOTHING)?;
    for (path, text) in &baseline {
        put(&format!("base/{path}"), text)?;
    }
    for krate in ["ours", "base"] {
        put(
            &format!("uses-{krate}/Cargo.toml"),
            &format!(
                "[package]\nname = \"uses-{krate}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{krate} = {{ path = \"../{krate}\" }}\n"
            ),
        )?;
        put(
            &format!("uses-{krate}/src/main.rs"),
            &program(&plan, krate == "ours"),
        )?;
    }
    Ok(size)
}

fn generate(source: &Path) -> Result<(Plan, Vec<(String, String)>), String> {
    let mut diagnostics = Diagnostics::new();
    let given = Given {
        sources: vec![source.to_path_buf()],
        name: Some("ours".to_owned()),
        ..Given::default()
    };
    let mut project = load_project(&given, &mut diagnostics);
    project.config.pages.examples = false;
    project.config.pages.tests = false;
    let model = understand(&project.config, &project.files, &mut diagnostics);
    let facts = analyze::analyze(&model);
    let plan = plan::plan(&model, &facts, &project.config, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(format!("{} cannot be read", source.display()));
    }
    let files = render::render(emit::emit(&plan))
        .map_err(|_| format!("{} cannot be printed", source.display()))?;
    let files = files.into_iter().map(|file| (file.path, file.text));
    let files = files.collect();
    Ok((plan, files))
}

/// The operations that are called: evenly spread over all that answer with a type of the crate.
fn called(plan: &Plan) -> Vec<(&Group, &Operation)> {
    let all = plan.groups.iter().flat_map(|group| {
        let operations = group.operations.iter();
        operations.map(move |operation| (group, operation))
    });
    let typed = |operation: &Operation| {
        operation.outcome.is_none() && matches!(operation.output.innermost(), RustType::Named(_))
    };
    let all: Vec<_> = all.filter(|(_, operation)| typed(operation)).collect();
    let step = (all.len() / CALLS).max(1);
    all.into_iter().step_by(step).take(CALLS).collect()
}

/// A program with a call of each.
fn program(plan: &Plan, ours: bool) -> String {
    let mut text = "//! Calls ten operations.\n\nuse std::future::Future;\nuse std::hint::black_box;\nuse std::pin::pin;\n\
        use std::task::{Context, Poll, Waker};\n\n\
        fn block_on<F: Future>(future: F) -> F::Output {\n    let mut future = pin!(future);\n    \
        let mut context = Context::from_waker(Waker::noop());\n    loop {\n        \
        if let Poll::Ready(done) = future.as_mut().poll(&mut context) {\n            return done;\n        }\n        \
        std::thread::yield_now();\n    }\n}\n\nfn main() {\n"
        .to_owned();
    text.push_str(match ours {
        true => "    let client = ours::Client::builder().base_url(\"http://127.0.0.1:1\").build().expect(\"a client\");\n",
        false => "    let configuration = base::Configuration::default();\n",
    });
    for (group, operation) in called(plan) {
        let mut arguments: Vec<&str> = Vec::new();
        if !ours {
            arguments.push("&configuration");
        }
        let given = operation.arguments.iter();
        arguments.extend(given.map(|argument| value(&argument.ty, ours)));
        if !ours {
            arguments.extend(operation.setters.iter().map(|_| "None"));
        }
        let (method, arguments) = (operation.method.as_str(), arguments.join(", "));
        let call = match ours {
            true => format!(
                "client.{}().{method}({arguments}).into_future()",
                group.access.method
            ),
            false => format!("base::{}::{method}({arguments})", group.access.module),
        };
        text.push_str(&format!("    let _ = black_box(block_on({call}));\n"));
    }
    text.push_str("}\n");
    if ours {
        text = text.replace(
            "use std::future::Future;",
            "use std::future::{Future, IntoFuture};",
        );
    }
    text
}

fn value(ty: &ArgumentType, ours: bool) -> &'static str {
    match ty {
        ArgumentType::Value(RustType::Bool) => "true",
        ArgumentType::Value(RustType::F64) => "1.0",
        ArgumentType::Value(_) => "1",
        ArgumentType::Text => "\"x\"",
        ArgumentType::Slice(_) | ArgumentType::Texts => "&[]",
        ArgumentType::Reference(_) => "&Default::default()",
        ArgumentType::Body if ours => "\"\"",
        ArgumentType::Body => "Vec::new()",
        ArgumentType::Optional(_) => "None",
    }
}
