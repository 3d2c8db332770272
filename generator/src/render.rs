//! The files of a crate to text: laid out as the formatter of Rust would, and read back before anybody may write it.

mod expression;
mod inline;
mod item;
mod verify;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::emit::{Content, File, HEADER};
use proc_macro2::TokenStream;
use rayon::prelude::*;

/// A file as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Its path inside the crate, with slashes.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Prints all files, in their order.
///
/// # Errors
/// `render/mismatch` where the text of a file, lexed again, is not what was planned: then text of a description has
/// become code, and nothing may be written.
pub fn render(files: Vec<File<'_>>) -> Result<Vec<Rendered>, Diagnostics> {
    let results: Vec<Result<Rendered, Box<Diagnostic>>> =
        files.into_par_iter().map(render_file).collect();
    let mut rendered = Vec::new();
    let mut diagnostics = Diagnostics::new();
    for result in results {
        match result {
            Ok(file) => rendered.push(file),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    if diagnostics.has_errors() {
        Err(diagnostics)
    } else {
        Ok(rendered)
    }
}

fn render_file(file: File<'_>) -> Result<Rendered, Box<Diagnostic>> {
    let text = match file.content {
        Content::Text(text) => text,
        Content::Rust { docs, items } => {
            let items = items();
            print(&docs, &items)
                .and_then(|text| verify::verify(&docs, items, &text).map(|()| text))
                .map_err(|reason| mismatch(&file.path, &reason))?
        }
    };
    Ok(Rendered {
        path: file.path,
        text,
    })
}

fn mismatch(path: &str, reason: &str) -> Box<Diagnostic> {
    let diagnostic = Diagnostic::new(
        Code::RENDER_MISMATCH,
        format!("`{path}` does not read back as it was planned: {reason}"),
    )
    .note("nothing is written")
    .help("this is a fault of Letterpress; please report it with the source that causes it");
    Box::new(diagnostic)
}

/// The text of a file: the header, its documentation, its items with empty lines between those that are not alike.
fn print(docs: &[String], items: &[TokenStream]) -> Result<String, String> {
    let mut text = format!("{HEADER}\n\n");
    for line in docs {
        text.push_str(format!("//! {line}").trim_end());
        text.push('\n');
    }
    let mut before = None;
    for tokens in items {
        let item: syn::Item =
            syn::parse2(tokens.clone()).map_err(|error| format!("an item is not Rust: {error}"))?;
        let kind = item::kind(&item);
        let together = kind.stands_together() && before == Some(kind);
        if !together && !text.ends_with("\n\n") {
            text.push('\n');
        }
        text.push_str(&item::print(item, tokens)?);
        before = Some(kind);
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
