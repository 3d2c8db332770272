//! Security schemes to the methods of the builder, and what operations require to the names of these.

use super::client::BUILDER_METHODS;
use super::context::Context;
use super::docs::{Doc, code, one_line};
use super::schema::{side_by_side, way};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{self, ApiKeyLocation, OAuthFlow, OAuthGrant, SecurityKind, SecurityScheme};
use crate::names::key::plain;
use crate::names::{Case, RustIdent};
use crate::origin::Origin;
use std::collections::{BTreeMap, BTreeSet};

/// A way to authenticate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The method of the builder.
    pub method: RustIdent,
    /// What operations call its credential; several methods may set the same one.
    pub name: String,
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
    /// A token that the client gets itself by OAuth 2.
    OAuth {
        /// Where tokens of the program itself are fetched.
        token_url: String,
        /// Where tokens of a user are renewed.
        refresh_url: String,
    },
    /// By the caller's own provider; the text is the source's word for it: `hawk`.
    Provider(String),
}

impl SchemeKind {
    /// What the method is remembered by, whatever it is called: `credential header.X-Key`.
    pub fn key(&self) -> String {
        let text = match self {
            SchemeKind::Basic => "basic".to_owned(),
            SchemeKind::Bearer => "bearer".to_owned(),
            SchemeKind::Header(name) => format!("header{}", way::member(name)),
            SchemeKind::Query(name) => format!("query{}", way::member(name)),
            SchemeKind::Cookie(name) => format!("cookie{}", way::member(name)),
            SchemeKind::OAuth {
                token_url,
                refresh_url,
            } => {
                let url = if token_url.is_empty() {
                    refresh_url
                } else {
                    token_url
                };
                format!("oauth {}", plain(url))
            }
            SchemeKind::Provider(name) => format!("provider{}", way::member(name)),
        };
        format!("credential {text}")
    }
}

impl Scheme {
    /// Whether its credential is made of texts, which an example can take from the environment.
    pub fn takes_text(&self) -> bool {
        !matches!(
            self.kind,
            SchemeKind::OAuth { .. } | SchemeKind::Provider(_)
        )
    }

    /// The header that it sets as a whole, in lower case.
    fn header(&self) -> Option<String> {
        match &self.kind {
            SchemeKind::Basic | SchemeKind::Bearer => Some("authorization".to_owned()),
            SchemeKind::Header(name) => Some(name.to_ascii_lowercase()),
            _ => None,
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

/// Where the first scheme stands that sends a credential in each way.
pub(super) fn scheme_origins(context: &Context<'_>) -> BTreeMap<SchemeKind, Option<Origin>> {
    let mut origins = BTreeMap::new();
    for scheme in &context.model.security_schemes {
        let kinds = [scheme_kind(&scheme.kind), token_kind(&scheme.kind)];
        for kind in kinds.into_iter().flatten() {
            origins.entry(kind).or_insert(scheme.origins.first());
        }
    }
    origins
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
        for kind in scheme_kind(&scheme.kind)
            .into_iter()
            .chain(token_kind(&scheme.kind))
        {
            kinds.entry(kind).or_insert(scheme);
        }
    }
    let count =
        |counted: fn(&SchemeKind) -> bool| kinds.keys().filter(|kind| counted(kind)).count();
    let keys = count(|kind| {
        matches!(
            kind,
            SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_)
        )
    });
    let sources = count(|kind| matches!(kind, SchemeKind::OAuth { .. }));
    let texts: Vec<&str> = kinds
        .iter()
        .map(|(kind, scheme)| match kind {
            SchemeKind::Basic => "basic",
            SchemeKind::Bearer => "bearer",
            SchemeKind::OAuth { .. } if sources == 1 => "oauth",
            SchemeKind::OAuth { .. } | SchemeKind::Provider(_) => scheme.name.as_str(),
            _ if keys == 1 => "api_key",
            _ => scheme.name.as_str(),
        })
        .collect();
    let lock = &context.config.lock.builder;
    let kept: Vec<Option<RustIdent>> = kinds
        .keys()
        .map(|kind| lock.get(&kind.key()).cloned())
        .collect();
    let methods = side_by_side(
        &texts,
        &kept,
        Case::Snake,
        BUILDER_METHODS,
        diagnostics,
        |at| {
            kinds
                .values()
                .nth(at)
                .and_then(|scheme| scheme.origins.first())
        },
    );
    let bearer = kinds.keys().position(|kind| *kind == SchemeKind::Bearer);
    let bearer = bearer.and_then(|at| methods.get(at)).map(RustIdent::plain);
    let bearer = bearer.unwrap_or("bearer").to_owned();
    methods
        .into_iter()
        .zip(kinds)
        .map(|(method, (kind, scheme))| {
            let mut docs = scheme_docs(&kind);
            docs.paragraph(Doc::of(&scheme.docs));
            if let (SchemeKind::OAuth { .. }, SecurityKind::OAuth2(flows)) = (&kind, &scheme.kind) {
                flow_docs(flows, &mut docs);
            }
            let name = match &kind {
                SchemeKind::OAuth { .. } => bearer.clone(),
                _ => method.plain().to_owned(),
            };
            Scheme {
                method,
                name,
                kind,
                docs,
            }
        })
        .collect()
}

/// How the client gets tokens of a scheme itself; nothing if there is no token endpoint.
fn token_kind(kind: &SecurityKind) -> Option<SchemeKind> {
    let SecurityKind::OAuth2(flows) = kind else {
        return None;
    };
    // Where there are several endpoints, tokens of the program itself come from its own.
    let mut own: Vec<&OAuthFlow> = flows.iter().collect();
    own.sort_by_key(|flow| flow.grant != OAuthGrant::ClientCredentials);
    let mut users = own.clone();
    users.sort_by_key(|flow| flow.grant != OAuthGrant::AuthorizationCode);
    let token_url = own.iter().find_map(|flow| endpoint(&flow.token_url))?;
    let refresh_url = users
        .iter()
        .find_map(|flow| endpoint(&flow.refresh_url).or_else(|| endpoint(&flow.token_url)))?;
    Some(SchemeKind::OAuth {
        token_url,
        refresh_url,
    })
}

/// An address that the runtime can ask: `https://…`, or `/…` at the API's own host.
fn endpoint(url: &Option<String>) -> Option<String> {
    let url = url.as_deref()?.trim();
    let sound = url.starts_with("https://") || url.starts_with("http://") || url.starts_with('/');
    sound.then(|| url.to_owned())
}

fn scheme_docs(kind: &SchemeKind) -> Doc {
    Doc::line(match kind {
        SchemeKind::Basic => "HTTP Basic: a user and a password.".to_owned(),
        SchemeKind::Bearer => "A bearer token.".to_owned(),
        SchemeKind::Header(name) => format!("A key, sent as the header {}.", code(name)),
        SchemeKind::Query(name) => format!("A key, sent as the query parameter {}.", code(name)),
        SchemeKind::Cookie(name) => format!("A key, sent as the cookie {}.", code(name)),
        SchemeKind::OAuth { .. } => {
            "Tokens by OAuth 2, which the client gets and renews by itself.".to_owned()
        }
        SchemeKind::Provider(word) => format!(
            "A credential by {}: [a provider](crate::AuthProvider) applies it to each request.",
            code(word)
        ),
    })
}

/// What there is to know about getting tokens: where the user agrees, and what may be asked for.
fn flow_docs(flows: &[OAuthFlow], docs: &mut Doc) {
    let has = |grant| flows.iter().any(|flow: &OAuthFlow| flow.grant == grant);
    if has(OAuthGrant::ClientCredentials) {
        docs.paragraph(Doc::line(
            "A program of its own identity gives [`OAuth::client_credentials`](crate::OAuth::client_credentials).",
        ));
    }
    let agreed = flows
        .iter()
        .find(|flow| flow.grant == OAuthGrant::AuthorizationCode);
    if let Some(flow) = agreed {
        let at = flow.authorization_url.as_deref();
        let at = at
            .map(|url| format!(" at {}", code(url)))
            .unwrap_or_default();
        let mut lines = Doc::line(format!(
            "Where a user agrees first{at}, give the tokens that"
        ));
        lines.push("came of it: [`OAuth::refresh_token`](crate::OAuth::refresh_token) with");
        lines.push("[`access_token`](crate::OAuth::access_token).");
        docs.paragraph(lines);
    }
    let scopes: BTreeMap<&str, &str> = flows
        .iter()
        .flat_map(|flow| &flow.scopes)
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    if scopes.is_empty() {
        return;
    }
    docs.paragraph(Doc::line(
        "Scopes, asked for by [`OAuth::scope`](crate::OAuth::scope):",
    ));
    docs.push("");
    for (name, text) in scopes {
        docs.push(match one_line(text) {
            text if text.is_empty() => format!("- {}", code(name)),
            text => format!("- {}: {text}", code(name)),
        });
    }
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
    let mut seen: BTreeSet<Vec<&SchemeKind>> = BTreeSet::new();
    let by_name: BTreeMap<&str, &SecurityScheme> = known
        .iter()
        .rev()
        .map(|scheme| (scheme.name.as_str(), scheme))
        .collect();
    let by_kind: BTreeMap<&SchemeKind, &Scheme> = schemes
        .iter()
        .rev()
        .map(|scheme| (&scheme.kind, scheme))
        .collect();
    for requirement in &operation.security {
        let required = requirement.schemes.iter();
        let required: Vec<&SecurityScheme> = required
            .filter_map(|name| by_name.get(name.as_str()).copied())
            .collect();
        if required.is_empty() && !requirement.schemes.is_empty() {
            continue;
        }
        let mut all: Vec<&Scheme> = Vec::new();
        let mut own = BTreeSet::new();
        for kind in required.iter().filter_map(|one| scheme_kind(&one.kind)) {
            let scheme = by_kind.get(&kind).copied();
            all.extend(scheme.filter(|scheme| own.insert(&scheme.kind)));
        }
        for all in apart(all) {
            if seen.insert(all.iter().map(|scheme| &scheme.kind).collect()) {
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

/// How many combinations of one requirement are kept. Rivals for several headers multiply, and no API needs that.
const MOST_COMBINATIONS: usize = 64;

/// A combination as those that a request can carry: of schemes that set the same header, one each.
fn apart(all: Vec<&Scheme>) -> Vec<Vec<&Scheme>> {
    // Schemes by the place of the first one that sets the same header.
    let mut groups: Vec<Vec<&Scheme>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for scheme in all {
        let at = match scheme.header() {
            Some(header) => *places.entry(header).or_insert(groups.len()),
            None => groups.len(),
        };
        match groups.get_mut(at) {
            Some(rivals) => rivals.push(scheme),
            None => groups.push(vec![scheme]),
        }
    }
    let mut combinations: Vec<Vec<&Scheme>> = vec![Vec::new()];
    for mut rivals in groups {
        if combinations.len().saturating_mul(rivals.len()) > MOST_COMBINATIONS {
            rivals.truncate(1);
        }
        if let [only] = rivals.as_slice() {
            combinations
                .iter_mut()
                .for_each(|combination| combination.push(*only));
            continue;
        }
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
                let names = all.iter().map(|scheme| scheme.name.as_str()).collect();
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
                .note(match count {
                    1 => "so described once; a call is sent with one of them".to_owned(),
                    _ => format!("so described {count} times; a call is sent with one of them"),
                })
                .help("alternatives are entries of `security` of their own"),
        );
    }
}
