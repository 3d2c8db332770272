//! Documentation to attributes, one a line.

use crate::plan::Doc;
use proc_macro2::TokenStream;
use quote::quote;

/// Documentation of an item:
///
/// ```ignore
/// /// A user.
/// ```
///
/// as the attribute that it is to the compiler, `#[doc = " A user."]`. Text is only ever inside the literal.
pub(super) fn emit_docs(doc: &Doc) -> TokenStream {
    doc.lines().iter().map(|line| emit_line(line)).collect()
}

/// One line of documentation.
pub(super) fn emit_line(line: &str) -> TokenStream {
    let text = if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    };
    quote!(#[doc = #text])
}
