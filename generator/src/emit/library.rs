//! The modules of a crate to the files that list them.

use super::docs::emit_line;
use super::{ident, order, word};
use crate::plan::{Family, Message, Messages, Plan, RetiredName, RustType};
use proc_macro2::TokenStream;
use quote::quote;

/// The root of the crate:
///
/// ```ignore
/// mod client;
/// pub mod runtime;
/// pub mod types;
/// pub mod users;
///
/// pub use client::{Client, ClientBuilder};
/// pub use runtime::prelude;
///
/// /// The operations that this crate knows, by their names.
/// pub static OPERATIONS: &[&Op] = &[
///     &users::CREATE_MANY_USERS,
/// ];
/// ```
pub(super) fn emit_library(plan: &Plan) -> Vec<TokenStream> {
    let mut modules = vec![
        (
            "client".to_owned(),
            quote!(
                mod client;
            ),
        ),
        (
            "mock_examples".to_owned(),
            quote!(
                #[cfg(feature = "mock")]
                mod mock_examples;
            ),
        ),
        (
            "runtime".to_owned(),
            quote!(
                pub mod runtime;
            ),
        ),
        (
            "types".to_owned(),
            quote!(
                pub mod types;
            ),
        ),
    ];
    for group in &plan.groups {
        let module = ident(&group.access.module);
        modules.push((
            group.access.module.plain().to_owned(),
            quote!(pub mod #module;),
        ));
    }
    if let Some(messages) = &plan.messages {
        let module = ident(&messages.module);
        modules.push((messages.module.plain().to_owned(), quote!(pub mod #module;)));
    }
    modules.sort_by(|a, b| a.0.cmp(&b.0));
    let mut items: Vec<TokenStream> = modules.into_iter().map(|(_, item)| item).collect();
    items.push(quote!(
        pub use client::{Client, ClientBuilder};
    ));
    if plan.manifest.runtime.is_some() {
        items.push(quote!(
            #[cfg(feature = "mock")]
            pub use mock_examples::mock_examples;
        ));
    }
    items.push(quote!(
        pub use runtime::prelude;
    ));
    items.push(quote! {
        pub use runtime::{
            Attempt, Auth, AuthProvider, Body, BodySource, BoxFuture, ByteStream, CustomCall, Date, Decimal, Deep, Error,
            ErrorKind, Extra, Failure, Field, Framing, Headers, Hook, Issue, IssueKind, ItemStream, Items, Meta, Mock,
            OAuth, Op, Options, PageStyle, PagedCall, Pages, Paging, RateLimit, Request, Response, Result, Retry,
            RetryPolicy, Secret, StreamCall, Streaming, Timestamp, Tokens, Transport, Upload, sleep_in_thread
        };
    });
    let mut operations: Vec<(&str, TokenStream)> = Vec::new();
    for group in &plan.groups {
        let module = ident(&group.access.module);
        for operation in &group.operations {
            let constant = ident(&operation.constant);
            operations.push((&operation.id, quote!(&#module::#constant)));
        }
    }
    operations.sort_by(|a, b| a.0.cmp(b.0));
    let operations = operations.into_iter().map(|(_, operation)| operation);
    let docs = emit_line("The operations that this crate knows, by their names.");
    items.push(quote! {
        #docs
        pub static OPERATIONS: &[&Op] = &[#(#operations),*];
    });
    let retired = plan.retired.modules.iter();
    items.extend(retired.map(super::retired::emit_module));
    items
}

/// The module of messages, in which each has a name of its own:
///
/// ```ignore
/// use crate::types::*;
///
/// /// Sent with `POST` as the webhook `overflow`.
/// pub type OverflowMessage = Overflow;
/// ```
pub(super) fn emit_messages(messages: &Messages) -> Vec<TokenStream> {
    let is_own = |message: &Message| message.ty == RustType::Named(message.name.clone());
    let mut items = super::emit_imports(&messages.imports, true);
    for message in &messages.messages {
        let docs = super::docs::emit_docs(&message.docs);
        let name = ident(&message.name);
        items.push(match is_own(message) {
            true => quote!(#docs pub use crate::types::#name;),
            false => {
                let ty = super::types::emit_type(&message.ty);
                quote!(#docs pub type #name = #ty;)
            }
        });
    }
    items
}

/// The module of types, which gives all of them without their files:
///
/// ```ignore
/// mod job_status;
/// mod user;
///
/// pub use job_status::{JobStatus, JobStatusResult};
/// pub use user::User;
/// ```
pub(super) fn emit_types(families: &[Family], retired: &[RetiredName]) -> Vec<TokenStream> {
    let mut items = Vec::new();
    for family in families {
        let module = ident(&family.module);
        items.push(quote!(mod #module;));
    }
    let mut sorted: Vec<&Family> = families.iter().collect();
    sorted.sort_by(|a, b| order::compare(a.module.plain(), b.module.plain()));
    for family in sorted {
        let module = ident(&family.module);
        let mut names: Vec<&str> = family
            .items
            .iter()
            .map(|item| item.name().as_str())
            .collect();
        names.sort_by(|a, b| order::compare(a, b));
        let names: Vec<_> = names.into_iter().map(word).collect();
        items.push(match names.as_slice() {
            [one] => quote!(pub use #module::#one;),
            several => quote!(pub use #module::{#(#several),*};),
        });
    }
    items.extend(retired.iter().filter_map(super::retired::emit_type));
    items
}
