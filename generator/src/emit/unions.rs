//! Unions to open enums.

use super::docs::{emit_docs, emit_line};
use super::types::emit_type;
use super::{ident, word};
use crate::plan::schema::JsonKind;
use crate::plan::{TaggedUnion, Union};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A union:
///
/// ```ignore
/// #[derive(Clone)]
/// #[non_exhaustive]
/// #[allow(clippy::large_enum_variant)]
/// pub enum Owner {
///     Id(String),
///     Customer(Customer),
///     /// What this crate does not know.
///     Other(serde_json::Value),
/// }
///
/// union! {
///     Owner {
///         tag "object",
///         0 Id Str [] [],
///         1 Customer Obj ["customer"] ["created"],
///     }
/// }
/// ```
///
/// Behind the tag stands `else` with the index of the variant that is meant by values of no variant, if there is one.
pub(super) fn emit_union(item: &Union) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let tag = &item.tag;
    let variants = item.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let ty = emit_type(&variant.ty);
        quote!(#name(#ty),)
    });
    let declaration = declare(&name, emit_docs(&item.docs), variants.collect(), true);
    let rows = item.variants.iter().enumerate().map(|(at, variant)| {
        let index = Literal::usize_unsuffixed(at);
        let name = ident(&variant.name);
        let kind = word(match variant.kind {
            JsonKind::Str => "Str",
            JsonKind::Int => "Int",
            JsonKind::Num => "Num",
            JsonKind::Bool => "Bool",
            JsonKind::Arr => "Arr",
            JsonKind::Obj => "Obj",
        });
        let (tags, has) = (&variant.tags, &variant.has);
        quote!(#index #name #kind [#(#tags),*] [#(#has),*],)
    });
    let default = item.default.map(|at| {
        let index = Literal::usize_unsuffixed(at);
        quote!(else #index)
    });
    vec![
        declaration,
        quote!(union! { #name { tag #tag #default, #(#rows)* } }),
    ]
}

/// A union whose variants are named by the only member of an object. One that is only ever sent is a `sent_union!` and
/// has no `Other`:
///
/// ```ignore
/// #[derive(Clone)]
/// #[non_exhaustive]
/// #[allow(clippy::large_enum_variant)]
/// pub enum UpdateManyUsersBody {
///     User(UserInput),
///     Users(Vec<UserInput>),
///     /// What this crate does not know.
///     Other(serde_json::Value),
/// }
///
/// tagged_union! {
///     UpdateManyUsersBody {
///         0 User "user",
///         1 Users "users",
///     }
/// }
/// ```
pub(super) fn emit_tagged_union(item: &TaggedUnion) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let variants = item.variants.iter().map(|(name, ty, _)| {
        let name = ident(name);
        let ty = emit_type(ty);
        quote!(#name(#ty),)
    });
    let docs = emit_docs(&item.docs);
    let declaration = declare(&name, docs, variants.collect(), !item.sent);
    let rows = item
        .variants
        .iter()
        .enumerate()
        .map(|(at, (name, _, tag))| {
            let index = Literal::usize_unsuffixed(at);
            let name = ident(name);
            quote!(#index #name #tag,)
        });
    let table = word(match item.sent {
        true => "sent_union",
        false => "tagged_union",
    });
    vec![declaration, quote!(#table! { #name { #(#rows)* } })]
}

fn declare(
    name: &proc_macro2::Ident,
    docs: TokenStream,
    variants: TokenStream,
    open: bool,
) -> TokenStream {
    let other = emit_line("What this crate does not know.");
    let other = open.then(|| quote!(#other Other(serde_json::Value),));
    quote! {
        #docs
        #[derive(Clone)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #name {
            #variants
            #other
        }
    }
}
