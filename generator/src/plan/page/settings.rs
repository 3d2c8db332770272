//! A client's server and credentials to the names that they have in the environment of a program.

use super::super::client::{Client, Scheme, SchemeKind, scheme_kind};
use super::super::context::Context;
use crate::model::Operation;
use crate::names::{self, RustIdent};

/// A method of the builder with the environment variables that its arguments come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The method: `subdomain`, `basic`.
    pub method: RustIdent,
    /// One name an argument: `ZENDESK_SUBDOMAIN`.
    pub variables: Vec<String>,
}

/// What stands before the name of each variable: `ZENDESK`.
pub(super) struct Prefix(String);

impl Prefix {
    pub fn new(krate: &str) -> Self {
        Prefix(krate.to_ascii_uppercase())
    }

    /// The variable of a name: `ZENDESK_API_KEY`.
    pub fn variable(&self, name: &str) -> String {
        let words = names::words(name);
        let mut text = self.0.clone();
        for word in words {
            text.push('_');
            text.extend(
                word.chars()
                    .filter(char::is_ascii_alphanumeric)
                    .map(|c| c.to_ascii_uppercase()),
            );
        }
        text
    }
}

/// The scheme that an operation is authorised with, if the client has a method for one of those that it names.
pub(super) fn scheme<'c>(
    context: &Context<'_>,
    client: &'c Client,
    operation: &Operation,
) -> Option<&'c Scheme> {
    let names = operation
        .security
        .iter()
        .flat_map(|requirement| &requirement.schemes);
    let mut kinds = names.filter_map(|name| {
        let schemes = &context.model.security_schemes;
        let scheme = schemes.iter().find(|scheme| scheme.name == *name)?;
        scheme_kind(&scheme.kind)
    });
    kinds.find_map(|kind| client.schemes.iter().find(|scheme| scheme.kind == kind))
}

/// The variables of a scheme's arguments.
pub(super) fn credentials(prefix: &Prefix, scheme: &Scheme) -> Vec<String> {
    match scheme.kind {
        SchemeKind::Basic => vec![prefix.variable("user"), prefix.variable("password")],
        SchemeKind::Bearer => vec![prefix.variable("token")],
        _ => vec![prefix.variable(scheme.method.plain())],
    }
}

/// Everything that a program has to set before it can call an operation.
pub(super) fn settings(prefix: &Prefix, client: &Client, scheme: Option<&Scheme>) -> Vec<Setting> {
    let mut settings = Vec::new();
    if client.server.url.is_empty() {
        settings.push(Setting {
            method: names::ident(&["base".to_owned(), "url".to_owned()], names::Case::Snake),
            variables: vec![prefix.variable("base_url")],
        });
    }
    for variable in client
        .server
        .variables
        .iter()
        .filter(|variable| variable.default.is_none())
    {
        settings.push(Setting {
            method: variable.method.clone(),
            variables: vec![prefix.variable(variable.method.plain())],
        });
    }
    settings.extend(scheme.map(|scheme| Setting {
        method: scheme.method.clone(),
        variables: credentials(prefix, scheme),
    }));
    settings
}
