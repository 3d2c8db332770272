//! Auth blocks, headers and what examples show to security schemes and requirements. Credentials themselves stay behind.

mod attributes;

use super::Lowering;
use super::entry::{Entry, Spelling, is_placeholder};
use super::item::Request;
use super::variable::{Scope, whole_reference};
use crate::diagnostic::{Code, Diagnostic};
use crate::exchange;
use crate::model::{
    ApiKeyLocation, Docs, Location, OAuthFlow, OAuthGrant, SecurityKind, SecurityRequirement,
    SecurityScheme,
};
use crate::origin::Origin;
use crate::tree::{Kind, Node};
use std::collections::BTreeSet;

/// How openapi-to-postman marks what it wrote for a security scheme.
const SCHEME_MARK: &str = "Added as a part of security scheme";

/// A way to authenticate that was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scheme {
    pub(super) kind: SecurityKind,
    pub(super) docs: Docs,
    pub(super) origin: Origin,
}

/// Whether a query entry or header is a credential and no parameter.
pub(super) fn is_credential(entry: &Entry<'_>, name: &str, location: Location) -> bool {
    let marked = entry
        .description
        .as_deref()
        .is_some_and(|text| text.trim_start().starts_with(SCHEME_MARK));
    match location {
        Location::Query | Location::Header => marked || exchange::is_key_name(name),
        Location::Path | Location::Cookie => false,
    }
}

impl Lowering<'_> {
    /// Reads an `auth` block: nothing if there is none, `Some(None)` if it says that no credential is sent.
    pub(super) fn read_auth(
        &mut self,
        node: Option<Node<'_>>,
        scope: &Scope,
    ) -> Option<Option<Scheme>> {
        let node = node.filter(|node| !node.is_null())?;
        if node.kind() != Kind::Object {
            self.wrong_type(node, "an object");
            return None;
        }
        // The reference implementation takes a block without a type for no block.
        let name = self.string(node, "type").filter(|name| !name.is_empty())?;
        if name == "noauth" {
            return Some(None);
        }
        let attributes = self.read_entries(node.get(name), Spelling::Query);
        self.note_literal_secrets(&attributes);
        let attribute = |key: &str| {
            attributes
                .iter()
                .find(|entry| entry.key == key)
                .map(|entry| entry.text().trim())
                .filter(|text| !text.is_empty())
        };
        let docs = super::entry::docs(attributes::describe(name, &attribute));
        let kind = match name {
            "basic" => SecurityKind::Basic,
            "bearer" => SecurityKind::Bearer,
            "apikey" => {
                let key = attribute("key").unwrap_or("X-API-Key");
                let key = scope.resolve(key).unwrap_or_default();
                let location = match attribute("in") {
                    Some("query" | "queryParams") => ApiKeyLocation::Query,
                    Some("cookie") => ApiKeyLocation::Cookie,
                    _ => ApiKeyLocation::Header,
                };
                let usable = match location {
                    ApiKeyLocation::Header => exchange::is_name(&key),
                    _ => !is_placeholder(&key),
                };
                if usable {
                    SecurityKind::ApiKey {
                        name: key,
                        location,
                    }
                } else {
                    SecurityKind::Other(name.to_owned())
                }
            }
            "oauth2" => match (attribute("addTokenTo"), attribute("headerPrefix")) {
                (Some("queryParams"), _) => SecurityKind::ApiKey {
                    name: "access_token".to_owned(),
                    location: ApiKeyLocation::Query,
                },
                (_, Some(prefix)) if !prefix.eq_ignore_ascii_case("bearer") => {
                    SecurityKind::ApiKey {
                        name: "Authorization".to_owned(),
                        location: ApiKeyLocation::Header,
                    }
                }
                _ => match flow(&attribute, scope) {
                    Some(flow) => SecurityKind::OAuth2(vec![flow]),
                    None => SecurityKind::Bearer,
                },
            },
            other => SecurityKind::Other(other.to_owned()),
        };
        Some(Some(Scheme {
            kind,
            docs,
            origin: node.origin(),
        }))
    }

    fn note_literal_secrets(&mut self, attributes: &[Entry<'_>]) {
        for entry in attributes {
            // `showPassword` and the like are settings of Postman's own.
            let setting = matches!(entry.text(), "true" | "false");
            if attributes::is_secret(&entry.key) && !setting && !is_placeholder(entry.text()) {
                self.literal_secret(&entry.key, entry.origin);
            }
        }
    }

    pub(super) fn literal_secret(&mut self, name: &str, origin: Origin) {
        self.diagnostics.push(
            Diagnostic::new(
                Code::POSTMAN_LITERAL_SECRET,
                format!("`{name}` holds a credential, which is left behind"),
            )
            .at(origin)
            .help("replace it by a variable such as `{{token}}`, and consider whether it is still secret"),
        );
    }

    /// Says how an authentication is applied that the generated client does not know.
    fn needs_provider(&mut self, kind: &str, origin: Origin) {
        let message = match (kind, attributes::title(kind)) {
            ("apikey", _) => "the API key has no name that can be sent".to_owned(),
            (kind, Some(title)) => format!("`{kind}` is {title}, which needs a provider"),
            (kind, None) => format!("`{kind}` is no known way to authenticate"),
        };
        self.diagnostics.push(
            Diagnostic::new(Code::POSTMAN_AUTH_NEEDS_PROVIDER, message)
                .at(origin)
                .note("the operations are generated; the client sends what the provider adds")
                .help("implement `AuthProvider`, which gets each request before it is sent, and give it to the client as `Auth::custom(provider)`"),
        );
    }

    /// What a call needs: the block in force, else the request's own headers, else what its examples show; keys in
    /// headers and the query in addition.
    pub(super) fn lower_security(
        &mut self,
        block: Option<Option<Scheme>>,
        requests: &[Request<'_>],
        scope: &Scope,
    ) -> Vec<SecurityRequirement> {
        let mut alternatives: Vec<Vec<Scheme>> = Vec::new();
        for (index, request) in requests.iter().enumerate() {
            if index > 0 && alternatives.first().is_some_and(|own| !own.is_empty()) {
                break;
            }
            let mut schemes: Vec<Scheme> = Vec::new();
            let block = block.clone().flatten();
            let kinds = block.into_iter().chain(self.shown_schemes(request, scope));
            for scheme in kinds {
                let authorization = |scheme: &Scheme| match &scheme.kind {
                    SecurityKind::ApiKey { name, .. } => name.eq_ignore_ascii_case("authorization"),
                    _ => true,
                };
                // There is one `Authorization` header, and a block writes over one that is given by hand.
                let taken = authorization(&scheme) && schemes.iter().any(authorization);
                if !taken && schemes.iter().all(|known| known.kind != scheme.kind) {
                    schemes.push(scheme);
                }
            }
            alternatives.push(schemes);
        }
        let mut requirements = BTreeSet::new();
        for schemes in alternatives {
            let mut names: Vec<String> = schemes
                .into_iter()
                .map(|scheme| self.register(scheme))
                .collect();
            names.sort();
            if !names.is_empty() {
                requirements.insert(SecurityRequirement {
                    schemes: names,
                    ..SecurityRequirement::default()
                });
            }
        }
        requirements.into_iter().collect()
    }

    /// The credentials that the headers and the query of a request show.
    fn shown_schemes(&mut self, request: &Request<'_>, scope: &Scope) -> Vec<Scheme> {
        let mut schemes = Vec::new();
        let mut push = |kind: SecurityKind, origin: Origin| {
            schemes.push(Scheme {
                kind,
                docs: Docs::default(),
                origin,
            });
        };
        let base = scope.resolve(&request.url.base).unwrap_or_default();
        let authority = base.split_once("://").map_or("", |(_, rest)| rest);
        let host = authority.split('/').next().unwrap_or_default();
        if let Some((user, _)) = host.rsplit_once('@') {
            push(SecurityKind::Basic, request.url.origin);
            if !is_placeholder(user) {
                self.literal_secret("url", request.url.origin);
            }
        }
        for entry in request.headers.0.iter().filter(|entry| !entry.disabled) {
            let name = scope.resolve(&entry.key).unwrap_or_default();
            let name = name.trim();
            if name.eq_ignore_ascii_case("authorization") {
                let value = entry.text().trim();
                if let Some(kind) = authorization_kind(value, scope) {
                    push(kind, entry.origin);
                }
                let credential = value.split_once(' ').map_or(value, |(_, rest)| rest);
                if !is_placeholder(credential) {
                    self.literal_secret("Authorization", entry.origin);
                }
            } else if is_credential(entry, name, Location::Header) && exchange::is_name(name) {
                let kind = SecurityKind::ApiKey {
                    name: name.to_owned(),
                    location: ApiKeyLocation::Header,
                };
                push(kind, entry.origin);
                if !is_placeholder(entry.text()) {
                    self.literal_secret(name, entry.origin);
                }
            }
        }
        for entry in request.url.query.iter().filter(|entry| !entry.disabled) {
            if is_credential(entry, &entry.key, Location::Query) {
                let kind = SecurityKind::ApiKey {
                    name: entry.key.clone().into_owned(),
                    location: ApiKeyLocation::Query,
                };
                push(kind, entry.origin);
                if !is_placeholder(entry.text()) {
                    self.literal_secret(&entry.key, entry.origin);
                }
            }
        }
        schemes
    }

    /// Adds a scheme to the model unless it is there, and answers its name.
    fn register(&mut self, scheme: Scheme) -> String {
        let name = scheme.kind.spelled();
        match self
            .model
            .security_schemes
            .iter_mut()
            .find(|known| known.name == name)
        {
            Some(known) => {
                known.origins.add(scheme.origin);
                if known.docs.is_empty() {
                    known.docs = scheme.docs;
                }
                // Blocks of one API may name several ways to get a token.
                if let (SecurityKind::OAuth2(known), SecurityKind::OAuth2(flows)) =
                    (&mut known.kind, scheme.kind)
                {
                    known.extend(flows);
                    known.sort();
                    known.dedup();
                }
            }
            None => {
                if let SecurityKind::Other(kind) = &scheme.kind {
                    self.needs_provider(kind, scheme.origin);
                }
                self.model.security_schemes.push(SecurityScheme {
                    name: name.clone(),
                    kind: scheme.kind,
                    docs: scheme.docs,
                    origins: scheme.origin.into(),
                });
            }
        }
        name
    }
}

/// How a token is got, if a block says where.
fn flow<'e>(attribute: &impl Fn(&str) -> Option<&'e str>, scope: &Scope) -> Option<OAuthFlow> {
    let url = |key: &str| {
        let url = scope.resolve(attribute(key)?)?;
        let sound = url.starts_with("https://") || url.starts_with("http://");
        (sound && !is_placeholder(&url)).then_some(url)
    };
    let scopes = attribute("scope").filter(|scopes| !is_placeholder(scopes));
    let mut scopes: Vec<(String, String)> = scopes
        .unwrap_or_default()
        .split_whitespace()
        .map(|name| (name.to_owned(), String::new()))
        .collect();
    scopes.sort();
    scopes.dedup();
    Some(OAuthFlow {
        grant: match attribute("grant_type") {
            Some("client_credentials") => OAuthGrant::ClientCredentials,
            Some("password_credentials") => OAuthGrant::Password,
            Some("implicit") => OAuthGrant::Implicit,
            // What the tool begins with, with and without a proof key.
            _ => OAuthGrant::AuthorizationCode,
        },
        authorization_url: url("authUrl"),
        token_url: Some(url("accessTokenUrl")?),
        refresh_url: url("refreshTokenUrl"),
        scopes,
    })
}

/// What an `Authorization` header's value shows.
fn authorization_kind(value: &str, scope: &Scope) -> Option<SecurityKind> {
    let resolved = match whole_reference(value) {
        Some(_) => scope.resolve(value).unwrap_or_else(|| value.to_owned()),
        None => value.to_owned(),
    };
    let value = resolved.trim();
    if value.is_empty() {
        return None;
    }
    if let Some(name) = whole_reference(value) {
        let name = name.to_ascii_lowercase();
        return Some(if name.contains("basic") {
            SecurityKind::Basic
        } else if name.contains("bearer") {
            SecurityKind::Bearer
        } else {
            exchange::whole_authorization()
        });
    }
    // openapi-to-postman writes a bare token for OAuth 2.0.
    if value == "<token>" {
        return Some(SecurityKind::Bearer);
    }
    exchange::authorization(value)
}
