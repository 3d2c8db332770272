//! Enumerations to open enums.

use super::docs::{emit_docs, emit_line};
use super::ident;
use crate::plan::ValueEnum;
use crate::plan::schema::{EnumeratedValue, ValueKind};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// An enumeration of strings:
///
/// ```ignore
/// /// Role of a user.
/// #[derive(Clone)]
/// #[non_exhaustive]
/// pub enum Role {
///     EndUser,
///     /// A value that this crate does not know.
///     Other(String),
/// }
///
/// string_enum! {
///     Role {
///         EndUser = "end-user",
///     }
/// }
/// ```
///
/// One of integers is `Copy`, its last variant is `Other(i64)`, and its macro is `integer_enum!`. One of mixed values ends
/// with `Other(serde_json::Value)`, and its macro is `value_enum!`.
pub(super) fn emit_enum(item: &ValueEnum) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let docs = emit_docs(&item.docs);
    let (derives, held, table) = match item.kind {
        ValueKind::Integers => (quote!(Clone, Copy), quote!(i64), "integer_enum"),
        ValueKind::Strings => (quote!(Clone), quote!(String), "string_enum"),
        ValueKind::Values => (quote!(Clone), quote!(serde_json::Value), "value_enum"),
    };
    let table = super::word(table);
    let variants = item.variants.iter().map(|(name, _, docs)| {
        let docs = emit_docs(docs);
        let name = ident(name);
        quote!(#docs #name,)
    });
    let other = emit_line("A value that this crate does not know.");
    let declaration = quote! {
        #docs
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #other
            Other(#held),
        }
    };
    let rows = item.variants.iter().map(|(name, value, _)| {
        let name = ident(name);
        let value = match value {
            EnumeratedValue::Text(text) => quote!(#text),
            EnumeratedValue::Integer(number) => {
                let digits = Literal::u64_unsuffixed(number.unsigned_abs());
                match *number < 0 {
                    true => quote!(-#digits),
                    false => quote!(#digits),
                }
            }
            EnumeratedValue::Number(text) => {
                let number: f64 = text.parse().unwrap_or_default();
                let digits = Literal::f64_unsuffixed(number.abs());
                match number.is_sign_negative() {
                    true => quote!(-#digits),
                    false => quote!(#digits),
                }
            }
            EnumeratedValue::Boolean(value) => quote!(#value),
        };
        quote!(#name = #value,)
    });
    vec![declaration, quote!(#table! { #name { #(#rows)* } })]
}
