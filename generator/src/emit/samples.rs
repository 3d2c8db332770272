//! Samples of a plan to files below `tests/fixtures/` and the test that reads them.

use super::types::emit_type;
use super::{HEADER, ident, order, word};
use crate::plan::{Pages, RustIdent};
use proc_macro2::TokenStream;
use quote::quote;

/// What compares a sample with what its type makes of it: written by hand, the same for all crates.
const CHECK: &str = include_str!("samples/check.txt");

/// The text of `tests/support/check.rs` for a crate.
pub(super) fn emit_check(krate: &RustIdent) -> String {
    format!("{HEADER}\n\n{}", CHECK.replace("CRATE", krate.as_str()))
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
    let mut items = vec![quote!(
        #[path = "support/check.rs"]
        mod check;
    )];
    let imports = &pages.imports;
    let mut more = vec![(
        "check".to_owned(),
        quote!(
            use check::check;
        ),
    )];
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
        items.push(quote! {
            #[test]
            fn #test() {
                check::<#ty>(#member, include_str!(#path));
            }
        });
    }
    items
}
