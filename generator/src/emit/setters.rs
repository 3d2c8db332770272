//! What a call may have to the methods that set it.

use super::docs::emit_docs;
use super::operations::{emit_value, is_json};
use super::types::{emit_argument_type, emit_type};
use super::{ident, word};
use crate::plan::{ArgumentType, RustType, Setter, Style, Wire};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit_setter(setter: &Setter) -> TokenStream {
    let docs = emit_docs(&setter.docs);
    let (method, name) = (ident(&setter.method), ident(&setter.name));
    let deprecated = setter.deprecated.then(|| quote!(#[deprecated]));
    let body = !matches!(
        setter.wire,
        Wire::Query(..) | Wire::Header(..) | Wire::Cookie(..)
    );
    // Whether the setter takes an option, and so may take a value back.
    let (lifetime, ty, is_option) = match &setter.ty {
        // A body that is not set is not sent.
        ArgumentType::Optional(ty) => (None, emit_argument_type(ty), false),
        _ if body => (None, emit_argument_type(&setter.ty), false),
        ArgumentType::Value(ty) => {
            let ty = emit_type(ty);
            (None, quote!(impl Into<Option<#ty>>), true)
        }
        ArgumentType::Text => (Some(quote!(<'v>)), quote!(impl Into<Option<&'v str>>), true),
        ArgumentType::Reference(
            ty @ (RustType::Named(_) | RustType::Timestamp | RustType::Date | RustType::Decimal),
        ) => {
            let ty = emit_type(ty);
            (None, quote!(impl Into<Option<#ty>>), true)
        }
        ty => (None, emit_argument_type(ty), false),
    };
    let by_value =
        matches!(&setter.ty, ArgumentType::Optional(ty) if matches!(**ty, ArgumentType::Value(_)));
    let value = match (
        is_option,
        by_value || matches!(setter.ty, ArgumentType::Value(_)),
    ) {
        (true, _) => quote!(&#name.into()),
        (false, true) => quote!(&#name),
        (false, false) => quote!(#name),
    };
    if let Some(plain) = plain_query(setter, is_option) {
        return quote! {
            #docs
            #deprecated
            pub fn #method #lifetime(self, #name: #ty) -> Self {
                Self(self.0 #plain)
            }
        };
    }
    let statement = if body {
        let step = emit_value(&setter.wire, &quote!(#name), &value, "");
        quote!(self.0 = self.0 #step;)
    } else if is_json(&setter.wire) {
        // The option has a name, so that its JSON can borrow it.
        let take = is_option.then(|| quote!(let #name = #name.into();));
        let borrowed = is_option.then(|| quote!(&));
        let step = emit_value(&setter.wire, &quote!(#name), &quote!(&#name), "set_");
        quote!(#take let #name = JsonText(#borrowed #name); self.0 #step;)
    } else {
        let step = emit_value(&setter.wire, &quote!(#name), &value, "set_");
        quote!(self.0 #step;)
    };
    quote! {
        #docs
        #deprecated
        pub fn #method #lifetime(mut self, #name: #ty) -> Self {
            #statement
            self
        }
    }
}

/// How a query parameter of the most common kinds is set: without a borrow, a trait object or a second statement, which
/// is what compiling thousands of setters costs.
///
/// ```ignore
/// pub fn limit(self, limit: impl Into<Option<i64>>) -> Self {
///     Self(self.0.query_i64("limit", limit.into()))
/// }
/// ```
fn plain_query(setter: &Setter, is_option: bool) -> Option<TokenStream> {
    let Wire::Query(wire, spelling) = &setter.wire else {
        return None;
    };
    if !is_option || spelling.reserved || spelling.style != Style::Repeat {
        return None;
    }
    let method = word(match &setter.ty {
        ArgumentType::Value(RustType::Bool) => "query_bool",
        ArgumentType::Value(RustType::I64) => "query_i64",
        ArgumentType::Text => "query_text",
        _ => return None,
    });
    let name = ident(&setter.name);
    Some(quote!(.#method(#wire, #name.into())))
}
