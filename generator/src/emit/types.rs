//! Types to tokens.

use super::ident;
use crate::plan::{ArgumentType, RustType};
use proc_macro2::TokenStream;
use quote::quote;

/// A type as it is mentioned: `Option<Vec<String>>`.
pub(super) fn emit_type(ty: &RustType) -> TokenStream {
    match ty {
        RustType::Unit => quote!(()),
        RustType::Bool => quote!(bool),
        RustType::I64 => quote!(i64),
        RustType::U64 => quote!(u64),
        RustType::F64 => quote!(f64),
        RustType::String => quote!(String),
        RustType::Timestamp => quote!(Timestamp),
        RustType::Date => quote!(Date),
        RustType::Decimal => quote!(Decimal),
        RustType::Bytes => quote!(Bytes),
        RustType::Upload => quote!(Upload),
        RustType::Json => quote!(serde_json::Value),
        RustType::Named(name) | RustType::Local(name) => {
            let name = ident(name);
            quote!(#name)
        }
        RustType::Vec(inner) => {
            let inner = emit_type(inner);
            quote!(Vec<#inner>)
        }
        RustType::Map(inner) => {
            let inner = emit_type(inner);
            quote!(BTreeMap<String, #inner>)
        }
        RustType::Tuple(elements) => {
            let types: Vec<TokenStream> = elements.iter().map(emit_type).collect();
            match types.as_slice() {
                [one] => quote!((#one,)),
                several => quote!((#(#several),*)),
            }
        }
        RustType::Boxed(inner) => {
            let inner = emit_type(inner);
            quote!(Box<#inner>)
        }
        RustType::Deep(inner) => {
            let inner = emit_type(inner);
            quote!(Deep<#inner>)
        }
        RustType::Option(inner) => {
            let inner = emit_type(inner);
            quote!(Option<#inner>)
        }
        RustType::Field(inner) => {
            let inner = emit_type(inner);
            quote!(Field<#inner>)
        }
    }
}

/// Whether the type of an argument has the lifetime `'v`.
pub(super) fn has_lifetime(ty: &ArgumentType) -> bool {
    let ArgumentType::Optional(ty) = ty else {
        return false;
    };
    matches!(**ty, ArgumentType::Text | ArgumentType::Reference(_))
}

/// How an argument of a method is given: `i64`, `&str`, `&[UserInput]`, `&UserInput`.
pub(super) fn emit_argument_type(ty: &ArgumentType) -> TokenStream {
    match ty {
        ArgumentType::Value(ty) => emit_type(ty),
        ArgumentType::Text => quote!(&str),
        ArgumentType::Slice(ty) => {
            let ty = emit_type(ty);
            quote!(&[#ty])
        }
        ArgumentType::Texts => quote!(&[&str]),
        ArgumentType::Reference(ty) => {
            let ty = emit_type(ty);
            quote!(&#ty)
        }
        ArgumentType::Body => quote!(impl Into<Body>),
        ArgumentType::Optional(ty) => match &**ty {
            ArgumentType::Text => quote!(impl Into<Option<&'v str>>),
            ArgumentType::Reference(ty) => {
                let ty = emit_type(ty);
                quote!(impl Into<Option<&'v #ty>>)
            }
            // A list becomes a slice only where no conversion is between.
            ArgumentType::Slice(_) | ArgumentType::Texts => {
                let ty = emit_argument_type(ty);
                quote!(Option<#ty>)
            }
            ty => {
                let ty = emit_argument_type(ty);
                quote!(impl Into<Option<#ty>>)
            }
        },
    }
}
