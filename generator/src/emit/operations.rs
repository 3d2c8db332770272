//! Groups of operations to a handle with methods, and the calls that these give.

use super::docs::{emit_docs, emit_line};
use super::paging::{emit_items, emit_paging};
use super::retired::{emit_methods as emit_retired_methods, emit_type as emit_retired_type};
use super::stream::{emit_stream, emit_streamed};
use super::types::{emit_argument_type, emit_type, has_lifetime};
use super::{allow_many, emit_imports, ident, word};
use crate::plan::{
    Argument, ArgumentType, Doc, Group, Operation, Outcome, Part, PathArgument, RustIdent, Setter,
    Style, Wire,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The module of a group:
///
/// ```ignore
/// pub(crate) static SHOW_USER: Op = Op {
///     id: "ShowUser",
///     method: "GET",
///     path: "/users/{user_id}",
///     security: &[&["basic"]],
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
pub(super) fn emit_group(group: &Group, all: &[Group]) -> Vec<TokenStream> {
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
    let retired = emit_retired_methods(group, all);
    items.push(quote!(impl #handle<'_> { #(#methods)* #(#retired)* }));
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
    items.extend(group.retired.iter().filter_map(emit_retired_type));
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
    let inner = operation
        .request_inner
        .iter()
        .map(|member| quote!(request_inner: Some(#member),));
    let response = operation
        .response_member
        .iter()
        .map(|member| quote!(response_member: Some(#member),));
    let spellings = emit_spellings(&operation.response_spellings);
    let accept = operation
        .accept
        .iter()
        .map(|accept| quote!(accept: #accept,));
    let fixed = operation
        .request_fixed
        .iter()
        .map(|fixed| quote!(request_fixed: #fixed,));
    let server = operation.server.iter().map(|server| {
        let server = ident(server);
        quote!(server: Some(&crate::client::#server),)
    });
    let styles = emit_path_styles(&operation.path_arguments);
    let parts = emit_parts(&operation.parts);
    let parts = (!operation.parts.is_empty()).then(|| quote!(parts: #parts,));
    let same = operation.repeat.same.then(|| quote!(idempotent: true,));
    let key = operation.repeat.header.iter();
    let key = key.map(|header| quote!(idempotency_header: #header,));
    let redirects = operation.max_redirects.map(Literal::u8_unsuffixed);
    let redirects = redirects.map(|most| quote!(max_redirects: #most,));
    let any_method = operation.redirect_any_method;
    let any_method = any_method.then(|| quote!(redirect_any_method: true,));
    let paging = operation.paging.as_ref().map(emit_paging);
    let stream = operation.stream.as_ref().map(emit_stream);
    let security = operation.security.iter().map(|alternatives| {
        let alternatives = alternatives.iter().map(|all| quote!(&[#(#all),*]));
        quote!(security: &[#(#alternatives),*],)
    });
    quote! {
        pub(crate) static #name: Op = Op {
            id: #id,
            method: #method,
            path: #path,
            #(#server)*
            #styles
            #(#request)*
            #(#inner)*
            #(#fixed)*
            #parts
            #(#response)*
            #spellings
            #paging
            #stream
            #(#accept)*
            #same
            #(#key)*
            #redirects
            #any_method
            #(#security)*
            ..Op::NEW
        };
    }
}

/// `response_spellings: Spellings::EMPTY_LIST.and(Spellings::FALSE),`
fn emit_spellings(spellings: &[&str]) -> Option<TokenStream> {
    let mut names = spellings.iter().map(|name| super::word(name));
    let first = names.next()?;
    Some(quote!(response_spellings: Spellings::#first #(.and(Spellings::#names))*,))
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
            let parts = emit_parts(&variant.parts);
            let inner = operation.request_inner.iter();
            let inner = inner.map(|_| quote!(request_inner: None,));
            items.push(quote! {
                static #name: Op = Op {
                    request_member: #member,
                    #(#inner)*
                    request_fixed: "",
                    parts: #parts,
                    ..#main
                };
            });
        }
    }
    items
}

/// How path parameters are spelled, unless all are simply put in their places: `&[(Style::Csv, true)]`.
fn emit_path_styles(given: &[PathArgument]) -> Option<TokenStream> {
    let plain =
        |given: &PathArgument| given.spelling.style == Style::Comma && !given.spelling.reserved;
    if given.iter().all(plain) {
        return None;
    }
    let styles = given.iter().map(|given| {
        let (style, reserved) = (emit_style(given.spelling.style), given.spelling.reserved);
        quote!((#style, #reserved))
    });
    Some(quote!(path_styles: &[#(#styles),*],))
}

/// How members of a form are sent:
///
/// ```ignore
/// &[Part { name: "meta", media_type: "application/json", ..Part::NEW }]
/// ```
fn emit_parts(parts: &[Part]) -> TokenStream {
    let parts = parts.iter().map(|part| {
        let name = &part.name;
        let media = part.media_type.iter();
        let media = media.map(|media| quote!(media_type: #media,));
        let headers = part.headers.iter();
        let headers = headers.map(|(name, value)| quote!((#name, #value)));
        let headers = (!part.headers.is_empty()).then(|| quote!(headers: &[#(#headers),*],));
        let style = (part.style != Style::Repeat).then(|| emit_style(part.style));
        let style = style.map(|style| quote!(style: #style,));
        let reserved = part.reserved.then(|| quote!(reserved: true,));
        quote!(Part { name: #name, #(#media)* #headers #style #reserved ..Part::NEW })
    });
    quote!(&[#(#parts),*])
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
    let many = allow_many(method.arguments.len() + 1);
    let path = operation.path_arguments.iter().map(|given| {
        let mut arguments = method.arguments.iter();
        let is_reference = arguments.any(|argument| {
            argument.name == given.name && matches!(argument.ty, ArgumentType::Reference(_))
        });
        let name = ident(&given.name);
        match is_reference && !given.spelling.json {
            true => quote!(#name),
            false => quote!(&#name),
        }
    });
    let mut types = method.arguments.iter().map(|argument| &argument.ty);
    let lifetime = types.any(has_lifetime).then(|| quote!(<'v>));
    let lets = emit_lets(operation, &method);
    let steps = method.steps.iter().map(emit_step);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #docs
        #deprecated
        #many
        pub fn #name #lifetime(&self #(#arguments)*) -> #call {
            #(#lets)*
            #call(Call::new(self.0, &#constant, &[#(#path),*]) #(#steps)*)
        }
    }
}

/// What makes arguments ready that cannot be sent as they are: `let filter = JsonText(filter);`
fn emit_lets(operation: &Operation, method: &Method<'_>) -> Vec<TokenStream> {
    let mut lets = Vec::new();
    let holes = operation.path_arguments.iter();
    let holes = holes.filter(|given| given.spelling.json);
    let mut ready: Vec<&RustIdent> = Vec::new();
    for given in holes {
        if !ready.contains(&&given.name) {
            ready.push(&given.name);
            let ty = method.arguments.iter().find(|one| one.name == given.name);
            lets.push(emit_json_let(&given.name, ty.map(|argument| &argument.ty)));
        }
    }
    for step in method.steps {
        let name = ident(&step.name);
        match (&step.ty, &step.wire) {
            (ArgumentType::Optional(ty), _) => lets.push(match **ty {
                ArgumentType::Value(_) => quote!(let #name = #name.into();),
                ArgumentType::Slice(_) | ArgumentType::Texts => quote!(let #name = Maybe(#name);),
                _ => quote!(let #name = Maybe(#name.into());),
            }),
            (ty, wire) if is_json(wire) => lets.push(emit_json_let(&step.name, Some(ty))),
            _ => {}
        }
    }
    lets
}

fn emit_json_let(name: &RustIdent, ty: Option<&ArgumentType>) -> TokenStream {
    let name = ident(name);
    match ty {
        Some(ArgumentType::Value(_)) => quote!(let #name = JsonText(&#name);),
        _ => quote!(let #name = JsonText(#name);),
    }
}

pub(super) fn is_json(wire: &Wire) -> bool {
    match wire {
        Wire::Query(_, spelling) | Wire::Header(_, spelling) | Wire::Cookie(_, spelling) => {
            spelling.json
        }
        _ => false,
    }
}

/// A required value on its way into the call: `.query("query", query)`.
fn emit_step(step: &Setter) -> TokenStream {
    let name = ident(&step.name);
    let value = match &step.ty {
        ArgumentType::Value(_) | ArgumentType::Optional(_) => quote!(&#name),
        _ if is_json(&step.wire) => quote!(&#name),
        _ => quote!(#name),
    };
    emit_value(&step.wire, &quote!(#name), &value, "")
}

/// What takes a value, with `set_` before its name or nothing.
pub(super) fn emit_value(
    wire: &Wire,
    name: &TokenStream,
    value: &TokenStream,
    before: &str,
) -> TokenStream {
    let method = |name: &str| word(&format!("{before}{name}"));
    match wire {
        Wire::Query(wire, spelling) => {
            let style = emit_style(spelling.style);
            match (spelling.reserved, spelling.style) {
                (true, _) => {
                    let method = method("query_reserved");
                    quote!(.#method(#wire, #value, #style))
                }
                (false, Style::Repeat) => {
                    let method = method("query");
                    quote!(.#method(#wire, #value))
                }
                (false, _) => {
                    let method = method("query_style");
                    quote!(.#method(#wire, #value, #style))
                }
            }
        }
        Wire::Header(wire, spelling) => {
            let method = method(match spelling.style {
                Style::Repeat => "header_pairs",
                _ => "header",
            });
            quote!(.#method(#wire, #value))
        }
        Wire::Cookie(wire, spelling) if spelling.style == Style::Comma => {
            let method = method("cookie");
            quote!(.#method(#wire, #value))
        }
        Wire::Cookie(wire, spelling) => {
            let (method, style) = (method("cookie_style"), emit_style(spelling.style));
            quote!(.#method(#wire, #value, #style))
        }
        Wire::Json(None) => quote!(.json(#value)),
        Wire::Json(Some(media)) => quote!(.json_as(#media, #value)),
        Wire::Form => quote!(.form(#value)),
        Wire::Multipart(media) if media == "multipart/form-data" => quote!(.multipart(#value)),
        Wire::Multipart(media) => quote!(.multipart_as(#media, #value)),
        Wire::Text(media) => quote!(.text(#media, #value)),
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
        Style::Label { explode: false } => "Label",
        Style::Label { explode: true } => "LabelEach",
        Style::Matrix { explode: false } => "Matrix",
        Style::Matrix { explode: true } => "MatrixEach",
        Style::Cookie { explode: false } => "Cookie",
        Style::Cookie { explode: true } => "CookieEach",
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
    let items = operation.paging.as_ref().map(emit_items);
    let streamed = operation.stream.as_ref().map(emit_streamed);
    quote!(call! { #docs #call -> #output #items #streamed })
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
    let setters = operation.setters.iter().map(super::setters::emit_setter);
    Some(quote!(impl #call { #(#setters)* }))
}
