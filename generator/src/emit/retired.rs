//! Names that were given up to what callers still find under them.

use super::docs::emit_line;
use super::types::{emit_argument_type, has_lifetime};
use super::{allow_many, ident, word};
use crate::plan::{Group, Operation, Replacement, RetiredModule, RetiredName};
use proc_macro2::TokenStream;
use quote::quote;

/// `#[deprecated(since = "0.3.0", note = "use `Account`")]`
fn emit_deprecated(since: &str, instead: &str) -> TokenStream {
    let note = format!("use `{instead}`");
    quote!(#[deprecated(since = #since, note = #note)])
}

/// A type under the name that it had:
///
/// ```ignore
/// /// What [`Account`] was called.
/// #[deprecated(since = "0.3.0", note = "use `Account`")]
/// pub type User = Account;
/// ```
pub(super) fn emit_type(retired: &RetiredName) -> Option<TokenStream> {
    let Replacement::Type(new) = &retired.new else {
        return None;
    };
    let docs = emit_line(&format!("What [`{}`] was called.", new.plain()));
    let deprecated = emit_deprecated(&retired.since, new.plain());
    let (old, new) = (ident(&retired.old), ident(new));
    Some(quote!(#docs #deprecated pub type #old = #new;))
}

/// The methods of a handle under the names that they had:
///
/// ```ignore
/// /// What [`list_all`](Self::list_all) was called.
/// #[deprecated(since = "0.3.0", note = "use `list_all`")]
/// pub fn list(&self, role: &str) -> ListUsers {
///     self.list_all(role)
/// }
/// ```
pub(super) fn emit_methods(group: &Group, all: &[Group]) -> Vec<TokenStream> {
    let methods = group.retired.iter().filter_map(|retired| {
        let (holder, new) = match &retired.new {
            Replacement::Type(_) => return None,
            Replacement::Method(new) => (group, new),
            Replacement::Elsewhere(module, _, new) => {
                let mut groups = all.iter();
                (groups.find(|group| group.access.module == *module)?, new)
            }
        };
        let mut operations = holder.operations.iter();
        let operation = operations.find(|operation| operation.method == *new)?;
        Some(emit_method(retired, operation))
    });
    methods.collect()
}

fn emit_method(retired: &RetiredName, operation: &Operation) -> TokenStream {
    let (old, new) = (ident(&retired.old), ident(&operation.method));
    let arguments = operation.arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = emit_argument_type(&argument.ty);
        quote!(, #name: #ty)
    });
    let given = operation
        .arguments
        .iter()
        .map(|argument| ident(&argument.name));
    let mut types = operation.arguments.iter().map(|argument| &argument.ty);
    let lifetime = types.any(has_lifetime).then(|| quote!(<'v>));
    let many = allow_many(operation.arguments.len() + 1);
    let call = ident(&operation.call);
    let method = operation.method.plain();
    let (path, instead, holder, call) = match &retired.new {
        Replacement::Elsewhere(module, handle, _) => {
            let link = format!("crate::{}::{}", module.plain(), handle.plain());
            let instead = format!("{}::{method}", module.plain());
            let (module, handle) = (ident(module), ident(handle));
            let holder = quote!(crate::#module::#handle(self.0));
            (link, instead, holder, quote!(crate::#module::#call))
        }
        _ => (
            "Self".to_owned(),
            method.to_owned(),
            quote!(self),
            quote!(#call),
        ),
    };
    let docs = emit_line(&format!("What [`{method}`]({path}::{method}) was called."));
    let deprecated = emit_deprecated(&retired.since, &instead);
    // What it calls may be deprecated by the API, which its own callers are told there.
    let allow = operation.deprecated.then(|| quote!(#[allow(deprecated)]));
    quote! {
        #docs
        #deprecated
        #many
        #allow
        pub fn #old #lifetime(&self #(#arguments)*) -> #call {
            #holder.#new(#(#given),*)
        }
    }
}

/// A module under the name that it had:
///
/// ```ignore
/// /// What [`members`] was called.
/// #[deprecated(since = "0.3.0", note = "use `members`")]
/// pub mod users {
///     pub use crate::members::Members as Users;
///     pub use crate::members::*;
/// }
/// ```
pub(super) fn emit_module(retired: &RetiredModule) -> TokenStream {
    let new = &retired.new;
    let docs = emit_line(&format!("What [`{}`] was called.", new.module.plain()));
    let deprecated = emit_deprecated(&retired.since, new.module.plain());
    let (old, module, handle) = (ident(&retired.old), ident(&new.module), ident(&new.handle));
    let renamed = (retired.handle != new.handle).then(|| {
        let old = ident(&retired.handle);
        quote!(pub use crate::#module::#handle as #old;)
    });
    quote! {
        #docs
        #deprecated
        pub mod #old {
            #renamed
            pub use crate::#module::*;
        }
    }
}

/// The client's method for a group under the name that it had.
pub(super) fn emit_client_method(retired: &RetiredModule) -> TokenStream {
    let new = &retired.new;
    let method = new.method.plain();
    let docs = emit_line(&format!("What [`{method}`](Self::{method}) was called."));
    let deprecated = emit_deprecated(&retired.since, method);
    let (old, method, handle) = (ident(&retired.old), ident(&new.method), ident(&new.handle));
    let this = word("self");
    quote! {
        #docs
        #deprecated
        pub fn #old(&self) -> #handle<'_> {
            #this.#method()
        }
    }
}
