//! Groups of operations to a handle with methods, and the calls that these give.

use super::docs::{emit_docs, emit_line};
use super::types::{emit_argument_type, emit_type};
use super::{emit_imports, ident, word};
use crate::plan::{Argument, ArgumentType, Group, Operation, RustType, Setter, Style, Wire};
use proc_macro2::TokenStream;
use quote::quote;

/// The most arguments that clippy takes for readable, `self` among them.
const MOST_ARGUMENTS: usize = 7;

/// The module of a group:
///
/// ```ignore
/// pub(crate) static SHOW_USER: Op = Op {
///     id: "ShowUser",
///     method: "GET",
///     path: "/users/{user_id}",
///     security: &["basic"],
///     ..Op::NEW
/// };
///
/// /// Operations on users; made by [`Client::users`](crate::Client::users).
/// #[derive(Clone, Copy, Debug)]
/// pub struct Users<'a>(pub(crate) &'a Core);
///
/// impl Users<'_> {
///     /// Shows a user.
///     pub fn show(&self, user_id: i64) -> ShowUser {
///         ShowUser(Call::new(self.0, &SHOW_USER, &[&user_id]))
///     }
/// }
///
/// call! {
///     /// Call of [`Users::show`].
///     ShowUser -> User
/// }
/// ```
pub(super) fn emit_group(group: &Group) -> Vec<TokenStream> {
    let handle = ident(&group.access.handle);
    let mut items = emit_imports(&group.imports, true);
    items.extend(group.operations.iter().map(emit_op));
    let docs = emit_line(&format!(
        "Operations on {}; made by [`Client::{}`](crate::Client::{}).",
        group.access.title,
        group.access.method.plain(),
        group.access.method.plain()
    ));
    items.push(quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #handle<'a>(pub(crate) &'a Core);
    });
    let methods = group.operations.iter().map(emit_method);
    items.push(quote!(impl #handle<'_> { #(#methods)* }));
    for operation in &group.operations {
        items.push(emit_call(group, operation));
        items.extend(emit_setters(operation));
    }
    items
}

/// What is fixed about an operation; what is as `Op::NEW` has it is left out.
fn emit_op(operation: &Operation) -> TokenStream {
    let name = ident(&operation.constant);
    let (id, method, path) = (&operation.id, &operation.verb, &operation.path);
    let request = operation
        .request_member
        .iter()
        .map(|member| quote!(request_member: Some(#member),));
    let response = operation
        .response_member
        .iter()
        .map(|member| quote!(response_member: Some(#member),));
    let accept = operation
        .accept
        .iter()
        .map(|accept| quote!(accept: #accept,));
    let schemes = &operation.security;
    let security = (!schemes.is_empty()).then(|| quote!(security: &[#(#schemes),*],));
    quote! {
        pub(crate) static #name: Op = Op {
            id: #id,
            method: #method,
            path: #path,
            #(#request)*
            #(#response)*
            #(#accept)*
            #security
            ..Op::NEW
        };
    }
}

/// A method that makes a call:
///
/// ```ignore
/// pub fn search(&self, query: &str) -> SearchUsers {
///     SearchUsers(Call::new(self.0, &SEARCH_USERS, &[]).query("query", query))
/// }
/// ```
fn emit_method(operation: &Operation) -> TokenStream {
    let docs = emit_docs(&operation.docs);
    let (name, call, constant) = (
        ident(&operation.method),
        ident(&operation.call),
        ident(&operation.constant),
    );
    let arguments = operation.arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = emit_argument_type(&argument.ty);
        quote!(, #name: #ty)
    });
    let many = (operation.arguments.len() + 1 > MOST_ARGUMENTS)
        .then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let path = operation.path_arguments.iter().map(|name| {
        let is_reference = |argument: &&Argument| {
            argument.name == *name && matches!(argument.ty, ArgumentType::Reference(_))
        };
        let given = operation.arguments.iter().find(is_reference);
        let name = ident(name);
        if given.is_some() {
            quote!(#name)
        } else {
            quote!(&#name)
        }
    });
    let steps = operation.steps.iter().map(emit_step);
    quote! {
        #docs
        #many
        pub fn #name(&self #(#arguments)*) -> #call {
            #call(Call::new(self.0, &#constant, &[#(#path),*]) #(#steps)*)
        }
    }
}

/// A required value on its way into the call: `.query("query", query)`.
fn emit_step(step: &Setter) -> TokenStream {
    let name = ident(&step.name);
    let value = match step.ty {
        ArgumentType::Value(_) => quote!(&#name),
        _ => quote!(#name),
    };
    match &step.wire {
        Wire::Query(wire, Style::Repeat) => quote!(.query(#wire, #value)),
        Wire::Query(wire, style) => {
            let style = emit_style(*style);
            quote!(.query_style(#wire, #value, #style))
        }
        Wire::Header(wire) => quote!(.header(#wire, #value)),
        Wire::Cookie(wire) => quote!(.cookie(#wire, #value)),
        Wire::Json(None) => quote!(.json(#value)),
        Wire::Json(Some(media)) => quote!(.json(#value).header("content-type", #media)),
        Wire::Form => quote!(.form(#value)),
        Wire::Raw(media) => quote!(.body(#media, #name)),
    }
}

fn emit_style(style: Style) -> TokenStream {
    let name = word(match style {
        Style::Repeat => "Form",
        Style::Comma => "Csv",
        Style::Space => "Space",
        Style::Pipe => "Pipe",
        Style::Deep => "Deep",
        Style::Flag => "Flag",
    });
    quote!(Style::#name)
}

/// The type of a call:
///
/// ```ignore
/// call! {
///     /// Call of [`Users::show`].
///     ShowUser -> User
/// }
/// ```
fn emit_call(group: &Group, operation: &Operation) -> TokenStream {
    let docs = emit_line(&format!(
        "Call of [`{}::{}`].",
        group.access.handle,
        operation.method.plain()
    ));
    let call = ident(&operation.call);
    let output = emit_type(&operation.output);
    quote!(call! { #docs #call -> #output })
}

/// The setters of a call:
///
/// ```ignore
/// impl ListUsers {
///     /// Only users with this role.
///     pub fn role(mut self, role: impl Into<Option<Role>>) -> Self {
///         self.0.set_query("role", &role.into());
///         self
///     }
/// }
/// ```
fn emit_setters(operation: &Operation) -> Option<TokenStream> {
    if operation.setters.is_empty() {
        return None;
    }
    let call = ident(&operation.call);
    let setters = operation.setters.iter().map(emit_setter);
    Some(quote!(impl #call { #(#setters)* }))
}

fn emit_setter(setter: &Setter) -> TokenStream {
    let docs = emit_docs(&setter.docs);
    let (method, name) = (ident(&setter.method), ident(&setter.name));
    let body = matches!(setter.wire, Wire::Json(_) | Wire::Form | Wire::Raw(_));
    let (lifetime, ty, value) = match &setter.ty {
        _ if body => (None, emit_argument_type(&setter.ty), quote!(#name)),
        ArgumentType::Value(ty) => {
            let ty = emit_type(ty);
            (None, quote!(impl Into<Option<#ty>>), quote!(&#name.into()))
        }
        ArgumentType::Text => (
            Some(quote!(<'v>)),
            quote!(impl Into<Option<&'v str>>),
            quote!(&#name.into()),
        ),
        ArgumentType::Reference(
            ty @ (RustType::Named(_) | RustType::Timestamp | RustType::Date | RustType::Decimal),
        ) => {
            let ty = emit_type(ty);
            (None, quote!(impl Into<Option<#ty>>), quote!(&#name.into()))
        }
        ty => (None, emit_argument_type(ty), quote!(#name)),
    };
    let statement = match &setter.wire {
        Wire::Query(wire, Style::Repeat) => quote!(self.0.set_query(#wire, #value);),
        Wire::Query(wire, style) => {
            let style = emit_style(*style);
            quote!(self.0.set_query_style(#wire, #value, #style);)
        }
        Wire::Header(wire) => quote!(self.0.set_header(#wire, #value);),
        Wire::Cookie(wire) => quote!(self.0.set_cookie(#wire, #value);),
        Wire::Json(Some(media)) => quote! {
            self.0 = self.0.json(#value);
            self.0.set_header("content-type", #media);
        },
        Wire::Json(None) | Wire::Form | Wire::Raw(_) => {
            let step = emit_step(setter);
            quote!(self.0 = self.0 #step;)
        }
    };
    quote! {
        #docs
        pub fn #method #lifetime(mut self, #name: #ty) -> Self {
            #statement
            self
        }
    }
}
