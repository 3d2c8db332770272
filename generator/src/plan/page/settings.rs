//! A client's server and credentials to the names that they have in the environment of a program.

use super::super::client::Client;
use super::super::context::Context;
use super::super::security::{Scheme, SchemeKind, alternatives};
use super::super::server::Server;
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

/// The schemes that an operation is authorised with: the first combination of texts that it takes.
pub(super) fn schemes<'c>(
    context: &Context<'_>,
    client: &'c Client,
    operation: &Operation,
) -> Vec<&'c Scheme> {
    let found = alternatives(context, &client.schemes, operation).unwrap_or_default();
    let mut texts = found
        .into_iter()
        .filter(|all| all.iter().all(|scheme| scheme.takes_text()));
    texts.next().unwrap_or_default()
}

/// The same, or the first combination at all where each takes more than texts.
pub(super) fn shown_schemes<'c>(
    context: &Context<'_>,
    client: &'c Client,
    operation: &Operation,
) -> Vec<&'c Scheme> {
    let texts = schemes(context, client, operation);
    match texts.is_empty() {
        true => {
            let found = alternatives(context, &client.schemes, operation).unwrap_or_default();
            // That there is one which needs nothing counts as much.
            let free = found.iter().any(Vec::is_empty);
            let first = found.into_iter().next().filter(|_| !free);
            first.unwrap_or_default()
        }
        false => texts,
    }
}

/// The variables of a scheme's arguments.
pub(super) fn credentials(prefix: &Prefix, scheme: &Scheme) -> Vec<String> {
    match scheme.kind {
        SchemeKind::Basic => vec![prefix.variable("user"), prefix.variable("password")],
        SchemeKind::Bearer => vec![prefix.variable("token")],
        _ => vec![prefix.variable(scheme.method.plain())],
    }
}

/// Everything that a program has to set before it can call an operation, which may have a server of its own.
pub(super) fn settings(
    prefix: &Prefix,
    client: &Client,
    own: Option<&Server>,
    schemes: &[&Scheme],
) -> Vec<Setting> {
    let mut settings = Vec::new();
    if client.server.url.is_empty() {
        settings.push(Setting {
            method: names::ident(&["base".to_owned(), "url".to_owned()], names::Case::Snake),
            variables: vec![prefix.variable("base_url")],
        });
    }
    let servers = std::iter::once(&client.server).chain(own);
    let variables = servers.flat_map(|server| &server.variables);
    for variable in variables.filter(|variable| variable.default.is_none()) {
        let setting = Setting {
            method: variable.method.clone(),
            variables: vec![prefix.variable(variable.method.plain())],
        };
        if !settings.contains(&setting) {
            settings.push(setting);
        }
    }
    settings.extend(schemes.iter().map(|scheme| Setting {
        method: scheme.method.clone(),
        variables: credentials(prefix, scheme),
    }));
    settings
}
