//! How the results of a call come page by page: as data of its operation, and as the way to its items.

use super::types::emit_type;
use super::{ident, word};
use crate::plan::{PageStyle, Paging, Take};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The member of an operation; what is as `Paging::NONE` has it is left out:
///
/// ```ignore
/// paging: &Paging {
///     style: PageStyle::Cursor,
///     parameter: "page[after]",
///     next: &["meta", "after_cursor"],
///     items: &["users"],
///     ..Paging::NONE
/// },
/// ```
pub(super) fn emit_paging(paging: &Paging) -> TokenStream {
    let facts = &paging.facts;
    let style = word(match facts.style {
        PageStyle::Cursor => "Cursor",
        PageStyle::LastItem => "LastItem",
        PageStyle::Url => "Url",
        PageStyle::Link => "Link",
        PageStyle::Offset => "Offset",
        PageStyle::Number => "Number",
    });
    let text = |name: &str, text: &str| {
        let name = word(name);
        (!text.is_empty()).then(|| quote!(#name: #text,))
    };
    let way = |name: &str, way: &[String]| {
        let name = word(name);
        (!way.is_empty()).then(|| quote!(#name: &[#(#way),*],))
    };
    let in_body = facts.in_body.then(|| quote!(in_body: true,));
    let with = facts
        .with
        .iter()
        .map(|(name, value)| quote!((#name, #value)));
    let with = (!facts.with.is_empty()).then(|| quote!(with: &[#(#with),*],));
    let first = Literal::i64_unsuffixed(facts.first);
    let first = (facts.first != 0).then(|| quote!(first: #first,));
    let members = [
        text("parameter", &facts.parameter),
        in_body,
        with,
        way("next", &facts.next),
        text("next_header", &facts.next_header),
        way("more", &facts.more),
        way("last", &facts.last),
        way("total", &facts.total),
        way("total_pages", &facts.total_pages),
        way("items", &facts.items),
        first,
    ];
    let members = members.iter().flatten();
    quote! {
        paging: &Paging {
            style: PageStyle::#style,
            #(#members)*
            ..Paging::NONE
        },
    }
}

/// What a call ends with whose results come page by page: `, pages of User, page => page.users.unwrap_or_default()`.
pub(super) fn emit_items(paging: &Paging) -> TokenStream {
    let item = emit_type(&paging.item);
    let take = paging
        .take
        .iter()
        .fold(quote!(page), |page, step| match step {
            Take::Field(name) => {
                let name = ident(name);
                quote!(#page.#name)
            }
            Take::Inside => quote!(#page.unwrap_or_default()),
            Take::Json(way) => quote!(json_items(#page, &[#(#way),*])),
        });
    quote!(, pages of #item, page => #take)
}
