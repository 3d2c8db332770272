//! Security schemes to the methods of the builder, and what operations require to the names of these.

use super::client::BUILDER_METHODS;
use super::context::Context;
use super::docs::{Doc, code};
use super::schema::side_by_side;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{self, ApiKeyLocation, SecurityKind, SecurityScheme};
use crate::names::{Case, RustIdent};
use std::collections::{BTreeMap, BTreeSet};

/// A way to authenticate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The method of the builder.
    pub method: RustIdent,
    /// How.
    pub kind: SchemeKind,
    /// Its documentation.
    pub docs: Doc,
}

/// How a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SchemeKind {
    /// User and password.
    Basic,
    /// A token.
    Bearer,
    /// A key in a header of this name.
    Header(String),
    /// A key in a query parameter of this name.
    Query(String),
    /// A key in a cookie of this name.
    Cookie(String),
    /// By the caller's own provider; the text is the source's word for it: `hawk`.
    Provider(String),
}

impl Scheme {
    /// What operations call it.
    pub fn name(&self) -> &str {
        self.method.plain()
    }

    /// Whether its credential is made of texts, which an example can take from the environment.
    pub fn takes_text(&self) -> bool {
        !matches!(self.kind, SchemeKind::Provider(_))
    }

    /// The header that it sets as a whole, in lower case.
    fn header(&self) -> Option<String> {
        match &self.kind {
            SchemeKind::Basic | SchemeKind::Bearer => Some("authorization".to_owned()),
            SchemeKind::Header(name) => Some(name.to_ascii_lowercase()),
            SchemeKind::Query(_) | SchemeKind::Cookie(_) | SchemeKind::Provider(_) => None,
        }
    }
}

/// How a credential is sent; nothing for what is no part of a request.
fn scheme_kind(kind: &SecurityKind) -> Option<SchemeKind> {
    Some(match kind {
        SecurityKind::Basic => SchemeKind::Basic,
        SecurityKind::Bearer | SecurityKind::OAuth2(_) | SecurityKind::OpenIdConnect(_) => {
            SchemeKind::Bearer
        }
        SecurityKind::ApiKey { name, location } => match location {
            ApiKeyLocation::Header => SchemeKind::Header(name.clone()),
            ApiKeyLocation::Query => SchemeKind::Query(name.clone()),
            ApiKeyLocation::Cookie => SchemeKind::Cookie(name.clone()),
        },
        SecurityKind::Other(word) => SchemeKind::Provider(word.clone()),
        SecurityKind::MutualTls => return None,
    })
}

/// How the caller authenticates with a certificate.
pub(super) fn certificate_docs(context: &Context<'_>) -> Doc {
    let schemes = &context.model.security_schemes;
    if !schemes
        .iter()
        .any(|scheme| scheme.kind == SecurityKind::MutualTls)
    {
        return Doc::none();
    }
    let mut docs = Doc::line(
        "The API authenticates by a certificate of the client too. A certificate belongs to the connection: give the",
    );
    docs.push("builder a [`Transport`](crate::Transport) that has it.");
    docs
}

/// Plans the methods of the builder. Two schemes that send the same thing are one.
pub(super) fn plan_schemes(context: &Context<'_>, diagnostics: &mut Diagnostics) -> Vec<Scheme> {
    let mut kinds: BTreeMap<SchemeKind, &SecurityScheme> = BTreeMap::new();
    for scheme in &context.model.security_schemes {
        if let Some(kind) = scheme_kind(&scheme.kind) {
            kinds.entry(kind).or_insert(scheme);
        }
    }
    let is_key = |kind: &&SchemeKind| {
        matches!(
            kind,
            SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_)
        )
    };
    let keys = kinds.keys().filter(is_key).count();
    let texts: Vec<&str> = kinds
        .iter()
        .map(|(kind, scheme)| match kind {
            SchemeKind::Basic => "basic",
            SchemeKind::Bearer => "bearer",
            SchemeKind::Provider(_) => scheme.name.as_str(),
            _ if keys == 1 => "api_key",
            _ => scheme.name.as_str(),
        })
        .collect();
    let methods = side_by_side(&texts, Case::Snake, BUILDER_METHODS, diagnostics, |at| {
        kinds
            .values()
            .nth(at)
            .and_then(|scheme| scheme.origins.first())
    });
    methods
        .into_iter()
        .zip(kinds)
        .map(|(method, (kind, scheme))| {
            let mut docs = scheme_docs(&kind);
            docs.paragraph(Doc::of(&scheme.docs));
            Scheme { method, kind, docs }
        })
        .collect()
}

fn scheme_docs(kind: &SchemeKind) -> Doc {
    Doc::line(match kind {
        SchemeKind::Basic => "HTTP Basic: a user and a password.".to_owned(),
        SchemeKind::Bearer => "A bearer token.".to_owned(),
        SchemeKind::Header(name) => format!("A key, sent as the header {}.", code(name)),
        SchemeKind::Query(name) => format!("A key, sent as the query parameter {}.", code(name)),
        SchemeKind::Cookie(name) => format!("A key, sent as the cookie {}.", code(name)),
        SchemeKind::Provider(word) => format!(
            "A credential by {}: the [`AuthProvider`](crate::AuthProvider) applies it to each request.",
            code(word)
        ),
    })
}

/// What authorises an operation: alternatives of schemes that are needed together, those without any last. `None` where
/// no source says anything about credentials in the whole API.
pub(super) fn alternatives<'s>(
    context: &Context<'_>,
    schemes: &'s [Scheme],
    operation: &model::Operation,
) -> Option<Vec<Vec<&'s Scheme>>> {
    let known = &context.model.security_schemes;
    if known.is_empty() {
        return None;
    }
    let mut alternatives: Vec<Vec<&Scheme>> = Vec::new();
    for requirement in &operation.security {
        let required = requirement.schemes.iter();
        let required: Vec<&SecurityScheme> = required
            .filter_map(|name| known.iter().find(|scheme| scheme.name == *name))
            .collect();
        if required.is_empty() && !requirement.schemes.is_empty() {
            continue;
        }
        let mut all: Vec<&Scheme> = Vec::new();
        for kind in required.iter().filter_map(|one| scheme_kind(&one.kind)) {
            let scheme = schemes.iter().find(|scheme| scheme.kind == kind);
            all.extend(scheme.filter(|scheme| !all.contains(scheme)));
        }
        for all in apart(all) {
            if !alternatives.contains(&all) {
                alternatives.push(all);
            }
        }
    }
    alternatives.sort_by_key(Vec::is_empty);
    if alternatives.iter().all(Vec::is_empty) {
        alternatives.clear();
    }
    Some(alternatives)
}

/// A combination as those that a request can carry: of schemes that set the same header, one each.
fn apart(all: Vec<&Scheme>) -> Vec<Vec<&Scheme>> {
    let mut combinations: Vec<Vec<&Scheme>> = vec![Vec::new()];
    let mut seen = BTreeSet::new();
    for scheme in &all {
        let header = scheme.header();
        if header
            .as_ref()
            .is_some_and(|header| !seen.insert(header.clone()))
        {
            continue;
        }
        let rivals: Vec<&Scheme> = match &header {
            Some(_) => all
                .iter()
                .copied()
                .filter(|other| other.header() == header)
                .collect(),
            None => vec![*scheme],
        };
        combinations = rivals
            .iter()
            .flat_map(|rival| {
                combinations.iter().map(|before| {
                    let mut combination = before.clone();
                    combination.push(*rival);
                    combination
                })
            })
            .collect();
    }
    combinations
}

/// Says once which schemes are required together although a request can carry only one of them.
pub(super) fn note_rivals(
    context: &Context<'_>,
    schemes: &[Scheme],
    diagnostics: &mut Diagnostics,
) {
    let mut found: BTreeMap<Vec<&str>, (usize, Option<crate::origin::Origin>)> = BTreeMap::new();
    for operation in &context.operations {
        for requirement in &operation.security {
            let named = requirement.schemes.iter().filter_map(|name| {
                let known = &context.model.security_schemes;
                let kind = scheme_kind(&known.iter().find(|one| one.name == *name)?.kind)?;
                schemes.iter().find(|scheme| scheme.kind == kind)
            });
            let mut all: Vec<&Scheme> = Vec::new();
            for scheme in named {
                if !all.contains(&scheme) {
                    all.push(scheme);
                }
            }
            if apart(all.clone()).len() > 1 {
                let names = all.iter().map(|scheme| scheme.name()).collect();
                let entry = found.entry(names).or_default();
                entry.0 += 1;
                let place = operation.origins.first();
                entry.1 = entry.1.into_iter().chain(place).min();
            }
        }
    }
    for (names, (count, place)) in found {
        let names: Vec<String> = names.iter().map(|name| code(name)).collect();
        let message = format!(
            "{} are required together and set the same header",
            names.join(" and ")
        );
        diagnostics.push(
            Diagnostic::new(Code::PLAN_RIVAL_CREDENTIALS, message)
                .at(place)
                .note(format!(
                    "so described by {count} operations; each is called with one of them"
                ))
                .help("alternatives are entries of `security` of their own"),
        );
    }
}
