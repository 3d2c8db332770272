//! Servers to the client and the methods of its builder.

use super::context::Context;
use super::docs::{Doc, code, one_line};
use super::module::{GroupAccess, group_accesses};
use super::operation::Named;
use super::schema::{Types, side_by_side};
use super::security::{Scheme, certificate_docs, plan_schemes};
use crate::diagnostic::Diagnostics;
use crate::model;
use crate::names::{self, Case, RustIdent};

/// The client and its builder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Documentation of the client.
    pub docs: Doc,
    /// Where the API is served.
    pub server: Server,
    /// The ways to authenticate that the builder has methods for.
    pub schemes: Vec<Scheme>,
    /// The way to each group.
    pub groups: Vec<GroupAccess>,
}

/// Where the API is served.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// The address; empty if nobody says.
    pub url: String,
    /// What the caller chooses in it.
    pub variables: Vec<Variable>,
}

/// A part of the address that the caller chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The method of the builder.
    pub method: RustIdent,
    /// The name between the braces.
    pub wire: String,
    /// The value if the caller chooses none.
    pub default: Option<String>,
    /// The only values allowed; empty if there is no such list.
    pub allowed: Vec<String>,
    /// Its documentation.
    pub docs: Doc,
}

/// Methods that every builder has.
pub(super) const BUILDER_METHODS: &[&str] = &[
    "auth",
    "base_url",
    "borrow",
    "borrow_mut",
    "build",
    "clone",
    "clone_from",
    "clone_into",
    "connect_timeout",
    "credential",
    "deadline",
    "default",
    "fmt",
    "from",
    "header",
    "into",
    "max_response_bytes",
    "options",
    "retries",
    "strict",
    "timeout",
    "to_owned",
    "transport",
    "try_from",
    "try_into",
    "type_id",
];

/// Plans the client.
pub(super) fn plan_client(
    context: &Context<'_>,
    named: &[Named<'_>],
    types: &Types,
    diagnostics: &mut Diagnostics,
) -> Client {
    let schemes = plan_schemes(context, diagnostics);
    let server = plan_server(context, &schemes, diagnostics);
    let mut docs = Doc::line(format!(
        "Client of the {}. Cheap to clone.",
        api_title(context)
    ));
    docs.paragraph(certificate_docs(context));
    Client {
        docs,
        server,
        schemes,
        groups: group_accesses(named, types),
    }
}

/// What the API is called in a sentence: its title, with the word `API` once.
pub(super) fn api_title(context: &Context<'_>) -> String {
    let title = one_line(&context.title());
    let short = title
        .strip_suffix("API")
        .or_else(|| title.strip_suffix("Api"))
        .unwrap_or(&title)
        .trim_end_matches([' ', '-']);
    let mut words = short.split(|c: char| !c.is_alphanumeric());
    if short.is_empty() || words.any(|word| word.eq_ignore_ascii_case("api")) {
        title
    } else {
        format!("{short} API")
    }
}

fn plan_server(context: &Context<'_>, schemes: &[Scheme], diagnostics: &mut Diagnostics) -> Server {
    let mut server = context.model.servers.first().cloned().unwrap_or_default();
    if let Some(chosen) = &context.config.server {
        server.url.clone_from(&chosen.url);
        for (name, entry) in &chosen.variables {
            server.variables.retain(|variable| variable.name != *name);
            server.variables.push(model::ServerVariable {
                name: name.clone(),
                default: entry.default.clone(),
                allowed: entry.allowed.clone(),
                description: entry.description.clone(),
            });
        }
    }
    let url = server.url.trim_end_matches('/');
    if !url.starts_with("https://") && !url.starts_with("http://") {
        // An address without a host, or none: the caller has to give the base URL.
        return Server::default();
    }
    let holes = holes(url);
    let mut taken: Vec<&str> = BUILDER_METHODS.to_vec();
    taken.extend(schemes.iter().map(|scheme| scheme.method.plain()));
    let methods = side_by_side(&holes, Case::Snake, &taken, diagnostics, |_| {
        server.origins.first()
    });
    let variables = holes
        .iter()
        .zip(methods)
        .map(|(hole, method)| {
            let known = server
                .variables
                .iter()
                .find(|variable| variable.name == *hole);
            let known = known.cloned().unwrap_or_default();
            let docs = Doc::markdown(known.description.as_deref().unwrap_or_default());
            let mut docs =
                docs.or(|| Doc::line(format!("{} in the address {}.", code(hole), code(url))));
            if let Some(default) = &known.default {
                docs = docs.and(format!("{} unless set.", code(default)));
            }
            if !known.allowed.is_empty() {
                let values: Vec<String> = known.allowed.iter().map(|value| code(value)).collect();
                docs = docs.and(format!("One of {}.", values.join(", ")));
            }
            Variable {
                method,
                wire: (*hole).to_owned(),
                default: known.default,
                allowed: known.allowed,
                docs,
            }
        })
        .collect();
    Server {
        url: url.to_owned(),
        variables,
    }
}

/// The names between braces, each once, in the order of the address.
fn holes(url: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for part in url.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !found.contains(&name)
        {
            found.push(name);
        }
    }
    found
}

/// Methods that every client has.
pub(super) const CLIENT_METHODS: &[&str] = &[
    "borrow",
    "borrow_mut",
    "builder",
    "clone",
    "clone_from",
    "clone_into",
    "fmt",
    "from",
    "into",
    "request",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
    "with",
    "with_transport",
];

/// A name that a client's method can have.
pub(super) fn client_method(words: &[String]) -> RustIdent {
    let name = names::ident(words, Case::Snake);
    if CLIENT_METHODS.contains(&name.plain()) {
        name.marked()
    } else {
        name
    }
}
