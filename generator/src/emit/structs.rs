//! Objects to structs with their field tables.

use super::docs::{emit_docs, emit_line};
use super::types::emit_type;
use super::{allow_many, ident};
use crate::plan::{RustType, Struct};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A struct:
///
/// ```ignore
/// /// A user.
/// #[derive(Clone, Default)]
/// pub struct UserInput {
///     /// The user's name.
///     pub name: String,
///     pub phone: Field<String>,
///     /// Members that this crate does not know.
///     pub extra: Extra,
/// }
///
/// object! {
///     UserInput {
///         0 req "name" name,
///         1 opt "phone" phone,
///     }
/// }
///
/// impl UserInput {
///     /// A value with the members that are always sent.
///     pub fn new(name: impl Into<String>) -> Self {
///         Self {
///             name: name.into(),
///             ..Self::default()
///         }
///     }
/// }
/// ```
///
/// What is only received is `#[non_exhaustive]` and has no `new`. Members without a field stand first in the table
/// (`always "type" = "user",`), the field for members without a name last (`rest additional,`).
pub(super) fn emit_struct(item: &Struct) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let docs = emit_docs(&item.docs);
    let open = (!item.sent).then(|| quote!(#[non_exhaustive]));
    let fields = item.fields.iter().map(|field| {
        let docs = emit_docs(&field.docs);
        let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
        let name = ident(&field.name);
        let ty = emit_type(&field.ty);
        quote!(#docs #deprecated pub #name: #ty,)
    });
    let rest = item.rest.as_ref().map(|rest| {
        let docs = emit_line("Members without a field of their own.");
        let name = ident(&rest.name);
        let ty = emit_type(&rest.ty);
        quote!(#docs pub #name: #ty,)
    });
    let extra = emit_line("Members that this crate does not know.");
    let declaration = quote! {
        #docs
        #[derive(Clone, Default)]
        #open
        pub struct #name {
            #(#fields)*
            #rest
            #extra
            pub extra: Extra,
        }
    };
    let rows = item.fields.iter().enumerate().map(|(at, field)| {
        let index = Literal::usize_unsuffixed(at);
        let presence = super::word(if field.required { "req" } else { "opt" });
        let wire = &field.wire;
        let spellings = field.spellings.iter().map(|spelling| {
            let spelling = super::word(spelling);
            quote!(or #spelling)
        });
        let field = ident(&field.name);
        quote!(#index #presence #wire #field #(#spellings)*,)
    });
    let constants = item.constants.iter().map(|(name, value)| {
        let always = super::word("always");
        quote!(#always #name = #value,)
    });
    let others = item.rest.as_ref().map(|rest| {
        let (word, name) = (super::word("rest"), ident(&rest.name));
        quote!(#word #name,)
    });
    let table = quote!(object! { #name { #(#constants)* #(#rows)* #others } });
    let mut items = vec![declaration, table];
    items.extend(emit_constructor(item));
    items
}

/// The constructor of a struct that is sent and has members that are always there.
fn emit_constructor(item: &Struct) -> Option<TokenStream> {
    let required = item.arguments();
    if required.is_empty() {
        return None;
    }
    let name = ident(&item.name);
    let many = allow_many(required.len());
    let arguments = required.iter().map(|field| {
        let name = ident(&field.name);
        let ty = match &field.ty {
            RustType::Boxed(inner) | RustType::Deep(inner) => emit_type(inner),
            ty if converts(ty) => {
                let ty = emit_type(ty);
                quote!(impl Into<#ty>)
            }
            ty => emit_type(ty),
        };
        quote!(#name: #ty)
    });
    let values = required.iter().map(|field| {
        let name = ident(&field.name);
        match &field.ty {
            RustType::Boxed(_) => quote!(#name: Box::new(#name)),
            RustType::Deep(_) => quote!(#name: Deep::new(#name)),
            ty if converts(ty) => quote!(#name: #name.into()),
            _ => quote!(#name),
        }
    });
    let deprecated = required
        .iter()
        .any(|field| field.deprecated)
        .then(|| quote!(#[allow(deprecated)]));
    let docs = emit_line("A value with the members that are always sent.");
    Some(quote! {
        impl #name {
            #docs
            #deprecated
            #many
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values,)* ..Self::default() }
            }
        }
    })
}

/// Whether there is more than one handy way to give a value of a type.
fn converts(ty: &RustType) -> bool {
    matches!(
        ty,
        RustType::String
            | RustType::Timestamp
            | RustType::Date
            | RustType::Decimal
            | RustType::Json
            | RustType::Upload
    )
}
