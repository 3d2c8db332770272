//! Groups of operations to a handle with methods, and the calls that these give.

use super::docs::{emit_docs, emit_line};
use super::types::{emit_argument_type, emit_type};
use super::{emit_imports, ident, word};
use crate::plan::{
    Argument, ArgumentType, Doc, Group, Operation, Outcome, RustIdent, RustType, Setter, Style,
    Wire,
};
use proc_macro2::{Literal, TokenStream};
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
    items.extend(group.operations.iter().flat_map(emit_ops));
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
    let methods = group.operations.iter().flat_map(emit_methods);
    items.push(quote!(impl #handle<'_> { #(#methods)* }));
    for operation in &group.operations {
        items.push(emit_call(group, operation));
        items.extend(
            operation
                .outcome
                .iter()
                .flat_map(|outcome| emit_outcome(operation, outcome)),
        );
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
    let fixed = operation
        .request_fixed
        .iter()
        .map(|fixed| quote!(request_fixed: #fixed,));
    let parts = emit_parts(&operation.part_types);
    let security = operation
        .security
        .as_ref()
        .map(|schemes| quote!(security: &[#(#schemes),*],));
    quote! {
        pub(crate) static #name: Op = Op {
            id: #id,
            method: #method,
            path: #path,
            #(#request)*
            #(#fixed)*
            #parts
            #(#response)*
            #(#accept)*
            #security
            ..Op::NEW
        };
    }
}

/// The operation, and what differs where its body is sent in another media type.
fn emit_ops(operation: &Operation) -> Vec<TokenStream> {
    let mut items = vec![emit_op(operation)];
    let main = ident(&operation.constant);
    for variant in &operation.variants {
        if let Some(constant) = &variant.constant {
            let name = ident(constant);
            let member = match &variant.request_member {
                Some(member) => quote!(Some(#member)),
                None => quote!(None),
            };
            let parts = &variant.part_types;
            let parts = parts
                .iter()
                .map(|(member, media)| quote!((#member, #media)));
            items.push(quote! {
                static #name: Op = Op {
                    request_member: #member,
                    request_fixed: "",
                    part_types: &[#(#parts),*],
                    ..#main
                };
            });
        }
    }
    items
}

fn emit_parts(parts: &[(String, String)]) -> Option<TokenStream> {
    if parts.is_empty() {
        return None;
    }
    let parts = parts
        .iter()
        .map(|(member, media)| quote!((#member, #media)));
    Some(quote!(part_types: &[#(#parts),*],))
}

/// A method that makes a call:
///
/// ```ignore
/// pub fn search(&self, query: &str) -> SearchUsers {
///     SearchUsers(Call::new(self.0, &SEARCH_USERS, &[]).query("query", query))
/// }
/// ```
fn emit_methods(operation: &Operation) -> Vec<TokenStream> {
    let main = Method {
        name: &operation.method,
        constant: &operation.constant,
        docs: &operation.docs,
        arguments: &operation.arguments,
        steps: &operation.steps,
    };
    let others = operation.variants.iter().map(|variant| Method {
        name: &variant.method,
        constant: variant.constant.as_ref().unwrap_or(&operation.constant),
        docs: &variant.docs,
        arguments: &variant.arguments,
        steps: &variant.steps,
    });
    let methods = std::iter::once(main).chain(others);
    methods
        .map(|method| emit_method(operation, method))
        .collect()
}

/// What the methods of one operation differ in.
struct Method<'a> {
    name: &'a RustIdent,
    constant: &'a RustIdent,
    docs: &'a Doc,
    arguments: &'a [Argument],
    steps: &'a [Setter],
}

fn emit_method(operation: &Operation, method: Method<'_>) -> TokenStream {
    let docs = emit_docs(method.docs);
    let (name, call, constant) = (
        ident(method.name),
        ident(&operation.call),
        ident(method.constant),
    );
    let arguments = method.arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = emit_argument_type(&argument.ty);
        quote!(, #name: #ty)
    });
    let many = (method.arguments.len() + 1 > MOST_ARGUMENTS)
        .then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let path = operation.path_arguments.iter().map(|name| {
        let is_reference = |argument: &&Argument| {
            argument.name == *name && matches!(argument.ty, ArgumentType::Reference(_))
        };
        let given = method.arguments.iter().find(is_reference);
        let name = ident(name);
        if given.is_some() {
            quote!(#name)
        } else {
            quote!(&#name)
        }
    });
    let steps = method.steps.iter().map(emit_step);
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
        Wire::Multipart => quote!(.multipart(#value)),
        Wire::Raw(media) => quote!(.body(#media, #name)),
    }
}

fn emit_style(style: Style) -> TokenStream {
    let name = word(match style {
        Style::Repeat | Style::Label { .. } | Style::Matrix { .. } | Style::Cookie { .. } => "Form",
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

/// What a call gives whose successes differ by status:
///
/// ```ignore
/// /// What [`StartJob`] gives, by its status.
/// #[derive(Clone, Debug)]
/// #[non_exhaustive]
/// pub enum StartJobOutcome {
///     /// Status 200.
///     Ok(Job),
///     /// Status 204.
///     NoContent,
///     /// Any other success.
///     Other(Response<Bytes>),
/// }
///
/// outcome! {
///     StartJobOutcome {
///         200 => Ok "",
///         204 => NoContent,
///     }
/// }
/// ```
fn emit_outcome(operation: &Operation, outcome: &Outcome) -> [TokenStream; 2] {
    let name = ident(&outcome.name);
    let docs = emit_line(&format!(
        "What [`{}`] gives, by its status.",
        operation.call.plain()
    ));
    let variants = outcome.cases.iter().map(|case| {
        let docs = emit_docs(&case.docs);
        let name = ident(&case.name);
        let value = case.ty.as_ref().map(|ty| {
            let ty = emit_type(ty);
            quote!((#ty))
        });
        quote!(#docs #name #value,)
    });
    let rows = outcome.cases.iter().map(|case| {
        let (first, last) = case.statuses;
        let first = Literal::u16_unsuffixed(first);
        let statuses = if last == case.statuses.0 {
            quote!(#first)
        } else {
            let last = Literal::u16_unsuffixed(last);
            quote!(#first..=#last)
        };
        let name = ident(&case.name);
        let member = case.ty.as_ref().map(|_| &case.member);
        let member = member.map(|member| quote!(#member));
        quote!(#statuses => #name #member,)
    });
    let other = emit_line("Any other success.");
    [
        quote! {
            #docs
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            #[allow(clippy::large_enum_variant)]
            pub enum #name {
                #(#variants)*
                #other
                Other(Response<Bytes>),
            }
        },
        quote!(outcome! { #name { #(#rows)* } }),
    ]
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
    let body = matches!(
        setter.wire,
        Wire::Json(_) | Wire::Form | Wire::Multipart | Wire::Raw(_)
    );
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
        Wire::Json(None) | Wire::Form | Wire::Multipart | Wire::Raw(_) => {
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
