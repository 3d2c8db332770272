//! What came out of a run, held to what it may be.

use super::bases::{Base, source_of_config};
use super::payloads::MARK;
use letterpress::diagnostic::render::Printer;
use letterpress::diagnostic::{Diagnostics, Severity};
use letterpress::source::{Given, load_project};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::fs;

/// What a generated crate may depend on.
const DEPENDENCIES: &[&str] = &[
    "bytes",
    "chrono",
    "futures-core",
    "http-body",
    "jiff",
    "js-sys",
    "reqwest",
    "serde",
    "serde_json",
    "time",
    "tokio",
    "tracing",
    "wasm-bindgen-futures",
];

/// Tables of a manifest that we write.
const TABLES: &[&str] = &[
    "package",
    "lib",
    "features",
    "lints",
    "dependencies",
    "dev-dependencies",
    "example",
    "test",
    "target",
];

/// Languages of blocks in documentation: none of them is run.
const LANGUAGES: &[&str] = &[
    "text",
    "json",
    "sh",
    "toml",
    "xml",
    "graphql",
    "no_run",
    "ignore",
    "rust,no_run",
    "rust,ignore",
];

/// Attributes of generated code.
const ATTRIBUTES: &[&str] = &[
    "allow",
    "cfg",
    "cfg_attr",
    "deprecated",
    "derive",
    "doc",
    "forbid",
    "must_use",
    "non_exhaustive",
    "path",
    "test",
    "tokio",
    "warn",
    "deny",
];

/// What a run on one base gives, and what the runs with payloads are compared to.
pub struct Judge {
    /// The macros that the crate of the plain document calls.
    macros: BTreeSet<String>,
}

impl Judge {
    /// The judge of a base, which itself must give a crate.
    pub fn new(base: &Base) -> Self {
        let files = generate(base, &base.plain())
            .unwrap_or_else(|fault| panic!("{}: {fault}", base.name))
            .unwrap_or_else(|| panic!("{} gives no crate", base.name));
        let mut macros = BTreeSet::new();
        for (path, text) in &files {
            if is_planned(path) {
                let file = syn::parse_file(text).expect("Rust");
                calls(quote::ToTokens::to_token_stream(&file), &mut macros);
            }
        }
        // Which of these are needed depends on names and types, not on code in a text.
        for own in [
            "call",
            "format",
            "object",
            "string_enum",
            "integer_enum",
            "value_enum",
            "sent_union",
            "setters",
            "union",
            "outcome",
            "vec",
            "query",
        ] {
            macros.insert(own.to_owned());
        }
        let judge = Judge { macros };
        if let Err(fault) = judge.judge(base, &base.plain()) {
            panic!("{}: {fault}", base.name);
        }
        judge
    }

    /// Whether a document gives a crate, or a located error.
    ///
    /// # Errors
    /// What the run must not do.
    pub fn judge(&self, base: &Base, text: &str) -> Result<bool, String> {
        let Some(files) = generate(base, text)? else {
            return Ok(false);
        };
        for (path, text) in &files {
            self.file(path, text)
                .map_err(|fault| format!("{path}: {fault}"))?;
        }
        Ok(true)
    }

    fn file(&self, path: &str, text: &str) -> Result<(), String> {
        let plain = |part: &str| {
            !part.starts_with('.')
                && part.len() < 120
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
        };
        let home = ["src/", "examples/", "tests/"];
        let known = ["Cargo.toml", "README.md", "CHANGELOG.md"];
        let at_home = home.iter().any(|home| path.starts_with(home)) || known.contains(&path);
        if !path.split('/').all(plain) || !at_home || path.starts_with("src/bin") {
            return Err("it has no business there".to_owned());
        }
        if !path.ends_with(".json") && !path.starts_with("tests/samples") {
            let hidden = text.chars().find(|letter| is_hidden(*letter));
            if let Some(hidden) = hidden {
                return Err(format!("it holds {}", hidden.escape_unicode()));
            }
        }
        if path == "Cargo.toml" {
            return manifest(text);
        }
        if is_planned(path) {
            return self.rust(text);
        }
        Ok(())
    }

    fn rust(&self, text: &str) -> Result<(), String> {
        let file = syn::parse_file(text).map_err(|error| format!("{error}\n{text}"))?;
        let tokens = quote::ToTokens::to_token_stream(&file);
        let mut macros = BTreeSet::new();
        calls(tokens.clone(), &mut macros);
        if let Some(strange) = macros.difference(&self.macros).next() {
            return Err(format!("it calls {strange}!\n{text}"));
        }
        words(tokens, &mut None)
    }
}

/// Whether a file is made from the plan, not copied from the runtime.
fn is_planned(path: &str) -> bool {
    path.ends_with(".rs") && !path.starts_with("src/runtime") && !path.starts_with("tests/support/")
}

/// Characters that are not seen, or that change how others are seen.
fn is_hidden(letter: char) -> bool {
    (letter.is_control() && !matches!(letter, '\n' | '\t'))
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Names of macros that are called anywhere, also inside others.
fn calls(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => calls(group.stream(), found),
            TokenTree::Ident(name) => {
                let bang = matches!(tokens.get(at + 1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
                let body = matches!(tokens.get(at + 2), Some(TokenTree::Group(_)));
                if bang && body {
                    found.insert(name.to_string());
                }
            }
            _ => {}
        }
    }
}

/// That the mark is no word of the code, that no attribute is there that we do not write, and that documentation stays
/// text. The fence is that of the block of code that the lines of documentation have opened.
fn words(tokens: TokenStream, fence: &mut Option<String>) -> Result<(), String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) if word.to_string().contains(MARK) => {
                return Err(format!("`{word}` is a word of its code"));
            }
            TokenTree::Ident(word) if word == "unsafe" || word == "extern" => {
                return Err(format!("it says `{word}`"));
            }
            TokenTree::Group(group) => {
                let hash = at.checked_sub(1).and_then(|before| tokens.get(before));
                let is_attribute = matches!(hash, Some(TokenTree::Punct(mark)) if mark.as_char() == '#')
                    && group.delimiter() == proc_macro2::Delimiter::Bracket;
                if is_attribute {
                    attribute(group.stream(), fence)?;
                } else {
                    words(group.stream(), &mut None)?;
                }
            }
            TokenTree::Punct(mark) if mark.as_char() == '#' => {}
            // Behind the documentation of one thing begins that of another.
            _ => {
                if let Some(fence) = fence.take() {
                    return Err(format!("its documentation leaves `{fence}` open"));
                }
            }
        }
    }
    Ok(())
}

fn attribute(tokens: TokenStream, fence: &mut Option<String>) -> Result<(), String> {
    let mut tokens = tokens.into_iter();
    let name = tokens
        .next()
        .map(|name| name.to_string())
        .unwrap_or_default();
    if !ATTRIBUTES.contains(&name.as_str()) {
        return Err(format!("it has the attribute `{name}`"));
    }
    if name != "doc" {
        return words(tokens.collect(), &mut None);
    }
    let Some(TokenTree::Literal(text)) = tokens.nth(1) else {
        return Ok(());
    };
    let text =
        syn::parse_str::<syn::LitStr>(&text.to_string()).map_err(|error| error.to_string())?;
    documentation(&text.value(), fence)
}

/// That a line of documentation holds no mark-up that a browser or `rustdoc` would act on.
fn documentation(line: &str, fence: &mut Option<String>) -> Result<(), String> {
    let text = line.trim();
    let marks = text
        .find(|c: char| c != '`' && c != '~')
        .unwrap_or(text.len());
    let (opening, language) = text.split_at(marks);
    match fence {
        Some(open) if language.is_empty() && opening.starts_with(open.as_str()) => *fence = None,
        Some(_) => {}
        None if marks >= 3 => {
            if !LANGUAGES.contains(&language) {
                return Err(format!("its documentation opens a block of `{language}`"));
            }
            *fence = Some(opening.to_owned());
        }
        None => {
            let live = ["<script", "<img"].iter().find(|tag| {
                line.match_indices(*tag).any(|(at, _)| {
                    let before = line.get(..at).unwrap_or_default();
                    !before.ends_with('\\') && before.matches('`').count() % 2 == 0
                })
            });
            if live.is_some() {
                return Err(format!("its documentation holds a tag: {line}"));
            }
        }
    }
    Ok(())
}

/// That the manifest names nothing but what we put there.
fn manifest(text: &str) -> Result<(), String> {
    let document: toml_edit::DocumentMut =
        text.parse().map_err(|error| format!("{error}\n{text}"))?;
    if let Some((strange, _)) = document.iter().find(|(key, _)| !TABLES.contains(key)) {
        return Err(format!("it has a table `{strange}`"));
    }
    let package = document.get("package").and_then(|item| item.as_table());
    let package = package.ok_or("it has no package")?;
    if package.contains_key("build") || package.contains_key("links") {
        return Err("it has a build program".to_owned());
    }
    let targets = document.get("target").and_then(|item| item.as_table_like());
    let tables = targets.into_iter().flat_map(|targets| targets.iter());
    let tables = tables.filter_map(|(_, target)| target.as_table_like());
    for table in std::iter::once(document.as_table() as &dyn toml_edit::TableLike).chain(tables) {
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let names = table.get(kind).and_then(|item| item.as_table_like());
            for (name, _) in names.into_iter().flat_map(|names| names.iter()) {
                if !DEPENDENCIES.contains(&name) {
                    return Err(format!("it depends on `{name}`"));
                }
            }
        }
    }
    let doctest = document.get("lib").and_then(|lib| lib.get("doctest"));
    match doctest.and_then(|item| item.as_bool()) {
        Some(false) => Ok(()),
        _ => Err("its documentation is run by `cargo test`".to_owned()),
    }
}

/// The files of the crate, or nothing where the run ended with errors that say where.
fn generate(base: &Base, text: &str) -> Result<Option<Vec<(String, String)>>, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let path = folder.path().join(&base.file);
    fs::write(&path, text).map_err(|error| error.to_string())?;
    let mut given = Given {
        name: Some("shop".to_owned()),
        ..Given::default()
    };
    if base.is_config {
        let source = folder.path().join("shop.json");
        fs::write(source, source_of_config()).map_err(|error| error.to_string())?;
        given.config = Some(path);
    } else {
        given.sources = vec![path];
    }
    let mut diagnostics = Diagnostics::new();
    let project = load_project(&given, &mut diagnostics);
    let mut files = None;
    if !diagnostics.has_errors() {
        match letterpress::generate(&project.config, &project.files) {
            Ok(output) => {
                files = Some(output.files);
                diagnostics.extend(output.diagnostics);
            }
            Err(errors) => diagnostics.extend(errors),
        }
    }
    if diagnostics
        .iter()
        .any(|found| found.code == letterpress::diagnostic::Code::RENDER_MISMATCH)
    {
        return Err("only the last check stopped it".to_owned());
    }
    let shown = Printer::new(&project.files, &diagnostics).text(&diagnostics, false);
    if let Some(hidden) = shown.chars().find(|letter| is_hidden(*letter)) {
        return Err(format!(
            "a message holds {}\n{shown}",
            hidden.escape_unicode()
        ));
    }
    let nowhere = diagnostics
        .iter()
        .find(|found| found.severity == Severity::Error && found.origin.is_none());
    match nowhere {
        Some(error) if !base.is_config => Err(format!("an error says no place: {}", error.message)),
        _ => Ok(files),
    }
}
