//! Servers to the client and the methods of its builder.

use super::context::Context;
use super::docs::{Doc, code, one_line};
use super::module::{GroupAccess, group_accesses};
use super::operation::Named;
use super::schema::Types;
use super::security::{Scheme, certificate_docs, plan_schemes};
use super::server::{self, OtherServer, Server, Variable, plan_servers};
use crate::diagnostic::Diagnostics;
use crate::names::{self, Case, RustIdent};

/// The client and its builder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Documentation of the client.
    pub docs: Doc,
    /// Where the API is served.
    pub server: Server,
    /// Where single operations are served instead.
    pub others: Vec<OtherServer>,
    /// What the caller chooses in all these addresses.
    pub variables: Vec<Variable>,
    /// The ways to authenticate that the builder has methods for.
    pub schemes: Vec<Scheme>,
    /// The way to each group.
    pub groups: Vec<GroupAccess>,
    /// Headers that every call sends unless it has its own: name and value.
    pub headers: Vec<(String, String)>,
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
    "server_url",
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
    let servers = plan_servers(context, &schemes, diagnostics);
    let mut docs = Doc::line(format!(
        "Client of the {}. Cheap to clone.",
        api_title(context)
    ));
    docs.paragraph(certificate_docs(context));
    let headers: Vec<(String, String)> = context.model.headers.clone().into_iter().collect();
    let sent: Vec<String> = headers
        .iter()
        .map(|(name, value)| code(&format!("{name}: {value}")))
        .collect();
    if !sent.is_empty() {
        docs.paragraph(Doc::line(format!(
            "Every call sends {}, unless it is given another value.",
            sent.join(", ")
        )));
    }
    docs.paragraph(server::also(context));
    Client {
        docs,
        server: servers.main,
        others: servers.others,
        variables: servers.variables,
        schemes,
        groups: group_accesses(context, named, types),
        headers,
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
