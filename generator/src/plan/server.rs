//! Servers to addresses, and to what callers choose in them.

use super::client::BUILDER_METHODS;
use super::context::Context;
use super::docs::{Doc, code, one_line};
use super::schema::side_by_side;
use super::security::Scheme;
use crate::diagnostic::Diagnostics;
use crate::model::{self, Operation};
use crate::names::key::token;
use crate::names::{Case, RustIdent};

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

/// Where some operations are served, and others are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherServer {
    /// The static that holds it: `FILES_EXAMPLE_COM_SERVER`.
    pub constant: RustIdent,
    /// The address.
    pub server: Server,
}

/// All servers of an API.
pub(super) struct Servers {
    pub main: Server,
    pub others: Vec<OtherServer>,
    pub variables: Vec<Variable>,
}

/// Plans the servers of the API and of its operations.
pub(super) fn plan_servers(
    context: &Context<'_>,
    schemes: &[Scheme],
    diagnostics: &mut Diagnostics,
) -> Servers {
    let mut main = context.model.servers.first().cloned().unwrap_or_default();
    if let Some(chosen) = &context.config.server {
        main.url.clone_from(&chosen.url);
        for (name, entry) in &chosen.variables {
            main.variables.retain(|variable| variable.name != *name);
            main.variables.push(model::ServerVariable {
                name: name.clone(),
                default: entry.default.clone(),
                allowed: entry.allowed.clone(),
                description: entry.description.clone(),
            });
        }
    }
    let mut all: Vec<&model::Server> = vec![&main];
    for server in context
        .operations
        .iter()
        .filter_map(|operation| own(operation))
    {
        if all.iter().all(|known| trimmed(known) != trimmed(server)) {
            all.push(server);
        }
    }
    let is_web = |server: &&model::Server| {
        let url = trimmed(server);
        url.starts_with("https://") || url.starts_with("http://")
    };
    let mut names: Vec<(&str, &model::Server)> = Vec::new();
    for server in all.iter().copied().filter(is_web) {
        for hole in holes(trimmed(server)) {
            if names.iter().all(|(known, _)| *known != hole) {
                names.push((hole, server));
            }
        }
    }
    let texts: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    let mut taken: Vec<&str> = BUILDER_METHODS.to_vec();
    taken.extend(schemes.iter().map(|scheme| scheme.method.plain()));
    let lock = &context.config.lock.builder;
    let kept: Vec<Option<RustIdent>> = texts
        .iter()
        .map(|name| lock.get(&key(name)).cloned())
        .collect();
    let methods = side_by_side(&texts, &kept, Case::Snake, &taken, diagnostics, |at| {
        names.get(at).and_then(|(_, server)| server.origins.first())
    });
    let variables: Vec<Variable> = names
        .iter()
        .zip(methods)
        .map(|((name, server), method)| plan_variable(name, server, method))
        .collect();
    let plan = |server: &model::Server| Server {
        url: trimmed(server).to_owned(),
        variables: holes(trimmed(server))
            .into_iter()
            .filter_map(|hole| {
                let known = variables.iter().find(|variable| variable.wire == hole)?;
                let (default, allowed) = stated(hole, server);
                Some(Variable {
                    default,
                    allowed,
                    ..known.clone()
                })
            })
            .collect(),
    };
    let others: Vec<&model::Server> = all.iter().skip(1).copied().filter(is_web).collect();
    let texts: Vec<String> = others
        .iter()
        .map(|server| {
            let url = trimmed(server);
            format!("{} server", url.strip_prefix("https://").unwrap_or(url))
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let constants = side_by_side(&texts, &[], Case::Shouty, &[], diagnostics, |at| {
        others.get(at).and_then(|server| server.origins.first())
    });
    Servers {
        // An address without a host, or none: the caller has to give the base URL.
        main: match is_web(&&main) {
            true => plan(&main),
            false => Server::default(),
        },
        others: others
            .iter()
            .zip(constants)
            .map(|(server, constant)| OtherServer {
                constant,
                server: plan(server),
            })
            .collect(),
        variables,
    }
}

/// The server of an operation that is served elsewhere than the API; of several the first.
fn own(operation: &Operation) -> Option<&model::Server> {
    operation.servers.first()
}

/// The planned server of an operation, if it has one of its own.
pub(super) fn server_of<'s>(
    others: &'s [OtherServer],
    operation: &Operation,
) -> Option<&'s OtherServer> {
    let url = trimmed(own(operation)?);
    others.iter().find(|other| other.server.url == url)
}

/// The other addresses at which the API is served, for whoever builds a client.
pub(super) fn also(context: &Context<'_>) -> Doc {
    if context.config.server.is_some() {
        return Doc::none();
    }
    let mut docs = Doc::none();
    for server in context.model.servers.iter().skip(1) {
        let said = server
            .description
            .as_deref()
            .map(one_line)
            .unwrap_or_default();
        let said = match said.trim_end_matches('.') {
            "" => String::new(),
            said => format!(": {said}"),
        };
        if docs.is_empty() {
            docs =
                docs.and("It is served at other addresses too, for [`ClientBuilder::base_url`]:");
            docs.push("");
        }
        docs.push(format!("- {}{said}", code(trimmed(server))));
    }
    docs
}

fn trimmed(server: &model::Server) -> &str {
    server.url.trim_end_matches('/')
}

/// The default of a variable, and the only values allowed.
fn stated(name: &str, server: &model::Server) -> (Option<String>, Vec<String>) {
    let mut variables = server.variables.iter();
    let known = variables.find(|variable| variable.name == name).cloned();
    let known = known.unwrap_or_default();
    (known.default, known.allowed)
}

/// The method of the builder for a variable; two servers that have it share the method.
fn plan_variable(name: &str, server: &model::Server, method: RustIdent) -> Variable {
    let mut variables = server.variables.iter();
    let known = variables.find(|variable| variable.name == name).cloned();
    let known = known.unwrap_or_default();
    let docs = Doc::markdown(known.description.as_deref().unwrap_or_default());
    let mut docs = docs.or(|| {
        Doc::line(format!(
            "{} in the address {}.",
            code(name),
            code(trimmed(server))
        ))
    });
    if let Some(default) = &known.default {
        docs = docs.and(format!("{} unless set.", code(default)));
    }
    if !known.allowed.is_empty() {
        let values: Vec<String> = known.allowed.iter().map(|value| code(value)).collect();
        docs = docs.and(format!("One of {}.", values.join(", ")));
    }
    Variable {
        method,
        wire: name.to_owned(),
        default: known.default,
        allowed: known.allowed,
        docs,
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

/// What the method for a variable is remembered by: `server region`.
pub(super) fn key(variable: &str) -> String {
    format!("server {}", token(variable))
}
