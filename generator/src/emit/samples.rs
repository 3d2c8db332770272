//! Samples of a plan to files below `tests/fixtures/` and the test that reads them.

use super::types::emit_type;
use super::{HEADER, ident, order, word};
use crate::plan::{Pages, RustIdent, SampleKind};
use proc_macro2::TokenStream;
use quote::quote;

/// What looks at samples: written by hand, the same for all crates. Each crate gets what its samples need.
const SUPPORT: [(&str, &str); 3] = [
    ("check", include_str!("samples/check.txt")),
    ("form", include_str!("samples/form.txt")),
    ("text", include_str!("samples/text.txt")),
];

/// The modules that the samples need, by the name of the function that each has.
fn needed(pages: &Pages) -> Vec<(&'static str, &'static str)> {
    let mut needed = std::collections::BTreeSet::new();
    for sample in &pages.samples {
        needed.insert(match sample.kind {
            SampleKind::Json => ("check", "check"),
            SampleKind::Form | SampleKind::Multipart(_) => ("form", "check_form"),
            SampleKind::Text(_) => ("text", "check_text"),
        });
    }
    needed.into_iter().collect()
}

/// The files below `tests/support/` of a crate.
pub(super) fn emit_support(pages: &Pages, krate: &RustIdent) -> Vec<(String, String)> {
    let mut names: Vec<&str> = needed(pages)
        .into_iter()
        .map(|(module, _)| module)
        .collect();
    // Forms are checked as JSON first.
    if names.contains(&"form") && !names.contains(&"check") {
        names.push("check");
    }
    let files = SUPPORT.iter().filter(|(name, _)| names.contains(name));
    files
        .map(|(name, text)| {
            let text = text.replace("CRATE", krate.as_str());
            let path = format!("tests/support/{name}.rs");
            (path, format!("{HEADER}\n\n{text}"))
        })
        .collect()
}

/// The test:
///
/// ```ignore
/// #[path = "support/check.rs"]
/// mod check;
///
/// use check::check;
/// use zendesk::types::*;
///
/// #[test]
/// fn create_user_201_created() {
///     check::<User>(
///         Some("user"),
///         include_str!("fixtures/create_user/201_created.json"),
///     );
/// }
/// ```
pub(super) fn emit_samples(pages: &Pages, krate: &RustIdent) -> Vec<TokenStream> {
    let krate = ident(krate);
    let needed = needed(pages);
    let mut modules: Vec<&str> = needed.iter().map(|(module, _)| *module).collect();
    if modules.contains(&"form") && !modules.contains(&"check") {
        modules.insert(0, "check");
    }
    let mut items: Vec<TokenStream> = modules
        .into_iter()
        .map(|module| {
            let (path, module) = (format!("support/{module}.rs"), word(module));
            quote!(
                #[path = #path]
                mod #module;
            )
        })
        .collect();
    let imports = &pages.imports;
    let mut more: Vec<(String, TokenStream)> = needed
        .into_iter()
        .map(|(module, function)| {
            let (path, function) = (word(module), word(function));
            (module.to_owned(), quote!(use #path::#function;))
        })
        .collect();
    if imports.bytes {
        more.push((
            "bytes".to_owned(),
            quote!(
                use bytes::Bytes;
            ),
        ));
    }
    if imports.map {
        more.push((
            "std".to_owned(),
            quote!(
                use std::collections::BTreeMap;
            ),
        ));
    }
    let list = |names: &std::collections::BTreeSet<String>| {
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        names.sort_by(|a, b| order::compare(a, b));
        let names: Vec<_> = names.into_iter().map(word).collect();
        match names.as_slice() {
            [one] => quote!(#one),
            several => quote!({#(#several),*}),
        }
    };
    if !imports.runtime.is_empty() {
        let names = list(&imports.runtime);
        let behind = if imports.runtime.len() > 1 { "~" } else { "" };
        more.push((format!("{krate} {behind}"), quote!(use #krate::#names;)));
    }
    if !imports.types.is_empty() {
        let names = list(&imports.types);
        more.push((format!("{krate} types"), quote!(use #krate::types::#names;)));
    }
    more.sort_by(|a, b| a.0.cmp(&b.0));
    items.extend(more.into_iter().map(|(_, item)| item));
    for sample in &pages.samples {
        let (test, ty, path) = (ident(&sample.test), emit_type(&sample.ty), &sample.path);
        let member = match &sample.member {
            Some(member) => quote!(Some(#member)),
            None => quote!(None),
        };
        let call = match &sample.kind {
            SampleKind::Json => quote!(check::<#ty>(#member, include_str!(#path));),
            SampleKind::Form => quote!(check_form::<#ty>(#member, None, include_str!(#path));),
            SampleKind::Multipart(media) => {
                quote!(check_form::<#ty>(#member, Some(#media), include_str!(#path));)
            }
            SampleKind::Text(media) => quote!(check_text(#media, include_str!(#path));),
        };
        items.push(quote! {
            #[test]
            fn #test() {
                #call
            }
        });
    }
    items
}
