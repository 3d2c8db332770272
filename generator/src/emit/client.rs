//! The client of a plan to its module.

use super::docs::{emit_docs, emit_line};
use super::{ident, order};
use crate::plan::{Client, RetiredModule, Scheme, SchemeKind, Server, Variable};
use proc_macro2::TokenStream;
use quote::quote;

/// The module of the client:
///
/// ```ignore
/// use crate::runtime::{Auth, Server, Variable, client};
/// use crate::users::Users;
///
/// static SERVER: Server = Server {
///     url: "https://{subdomain}.example.com",
///     variables: &[Variable {
///         name: "subdomain",
///         ..Variable::NEW
///     }],
/// };
///
/// client! {
///     /// Client of the Example API. Cheap to clone.
///     Client, ClientBuilder, &SERVER
/// }
///
/// impl Client {
///     /// Operations on users.
///     pub fn users(&self) -> Users<'_> {
///         Users(&self.core)
///     }
/// }
///
/// impl ClientBuilder {
///     /// HTTP Basic: a user and a password.
///     pub fn basic(self, user: &str, password: &str) -> Self {
///         self.credential("basic", Auth::basic(user, password))
///     }
/// }
/// ```
pub(super) fn emit_client(client: &Client, retired: &[RetiredModule]) -> Vec<TokenStream> {
    let auth = (!client.schemes.is_empty()).then(|| quote!(Auth,));
    let any = |kind: fn(&SchemeKind) -> bool| client.schemes.iter().any(|one| kind(&one.kind));
    let provider = any(|kind| matches!(kind, SchemeKind::Provider(_)));
    let provider = provider.then(|| quote!(AuthProvider,));
    let oauth = any(|kind| matches!(kind, SchemeKind::OAuth { .. })).then(|| quote!(OAuth,));
    let variable = (!client.variables.is_empty()).then(|| quote!(Variable,));
    let mut imports = vec![(
        "runtime",
        quote!(use crate::runtime::{#auth #provider #oauth Server, #variable client};),
    )];
    for group in &client.groups {
        let (module, handle) = (ident(&group.module), ident(&group.handle));
        imports.push((group.module.plain(), quote!(use crate::#module::#handle;)));
    }
    imports.sort_by(|a, b| order::compare(a.0, b.0));
    let mut items: Vec<TokenStream> = imports.into_iter().map(|(_, import)| import).collect();
    items.push(emit_server(&quote!(static SERVER), &client.server));
    for other in &client.others {
        let name = ident(&other.constant);
        items.push(emit_server(&quote!(pub(crate) static #name), &other.server));
    }
    let docs = emit_docs(&client.docs);
    let headers = client.headers.iter();
    let headers = headers.map(|(name, value)| quote!((#name, #value)));
    let headers = (!client.headers.is_empty()).then(|| quote!(, [#(#headers),*]));
    items.push(quote!(
        client! { #docs Client, ClientBuilder, &SERVER #headers }
    ));
    let groups = client.groups.iter().map(|group| {
        let docs = emit_line(&format!("Operations on {}.", group.title));
        let (method, handle) = (ident(&group.method), ident(&group.handle));
        quote! {
            #docs
            pub fn #method(&self) -> #handle<'_> {
                #handle(&self.core)
            }
        }
    });
    let retired = retired.iter().map(super::retired::emit_client_method);
    let methods: Vec<TokenStream> = groups.chain(retired).collect();
    if !methods.is_empty() {
        items.push(quote!(impl Client { #(#methods)* }));
    }
    if !client.schemes.is_empty() || !client.variables.is_empty() {
        let variables = client.variables.iter().map(emit_variable);
        let schemes = client.schemes.iter().map(emit_scheme);
        items.push(quote!(impl ClientBuilder { #(#variables)* #(#schemes)* }));
    }
    items
}

/// A server, and what names it.
fn emit_server(name: &TokenStream, server: &Server) -> TokenStream {
    let url = &server.url;
    let variables = server.variables.iter().map(|variable| {
        let name = &variable.wire;
        let default = variable
            .default
            .iter()
            .map(|default| quote!(default: Some(#default),));
        let allowed = &variable.allowed;
        let values = (!allowed.is_empty()).then(|| quote!(values: &[#(#allowed),*],));
        let rest =
            (variable.default.is_none() || allowed.is_empty()).then(|| quote!(..Variable::NEW));
        quote!(Variable { name: #name, #(#default)* #values #rest })
    });
    quote! {
        #name: Server = Server {
            url: #url,
            variables: &[#(#variables),*],
        };
    }
}

/// A method of the builder for a part of the server's address.
fn emit_variable(variable: &Variable) -> TokenStream {
    let docs = emit_docs(&variable.docs);
    let (method, wire) = (ident(&variable.method), &variable.wire);
    quote! {
        #docs
        pub fn #method(mut self, value: &str) -> Self {
            self.0.set_variable(#wire, value);
            self
        }
    }
}

/// A method of the builder for a credential.
fn emit_scheme(scheme: &Scheme) -> TokenStream {
    let docs = emit_docs(&scheme.docs);
    let method = ident(&scheme.method);
    let (arguments, auth) = match &scheme.kind {
        SchemeKind::Basic => (
            quote!(user: &str, password: &str),
            quote!(Auth::basic(user, password)),
        ),
        SchemeKind::Bearer => (quote!(token: &str), quote!(Auth::bearer(token))),
        SchemeKind::Header(name) => (quote!(key: &str), quote!(Auth::header(#name, key))),
        SchemeKind::Query(name) => (quote!(key: &str), quote!(Auth::query(#name, key))),
        SchemeKind::Cookie(name) => (quote!(key: &str), quote!(Auth::cookie(#name, key))),
        SchemeKind::OAuth {
            token_url,
            refresh_url,
        } => (
            quote!(oauth: OAuth),
            quote!(Auth::oauth_at(oauth, #token_url, #refresh_url)),
        ),
        SchemeKind::Provider(_) => (
            quote!(provider: impl AuthProvider),
            quote!(Auth::custom(provider)),
        ),
    };
    let name = &scheme.name;
    quote! {
        #docs
        pub fn #method(self, #arguments) -> Self {
            self.credential(#name, #auth)
        }
    }
}
