//! Security schemes and what an operation requires of them.

use super::Docs;
use crate::origin::Origins;

/// A way to authenticate. Credentials themselves are never part of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// The name that requirements use. OpenAPI: the key under `securitySchemes`; Postman: the kind.
    pub name: String,
    /// How.
    pub kind: SecurityKind,
    /// Text for people.
    pub docs: Docs,
    /// Where it was read.
    pub origins: Origins,
}

/// How a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecurityKind {
    /// User and password (RFC 7617).
    Basic,
    /// A token (RFC 6750).
    Bearer,
    /// A key under a name.
    ApiKey {
        /// The header's, query parameter's or cookie's name.
        name: String,
        /// Where it is sent.
        location: ApiKeyLocation,
    },
    /// OAuth 2 (RFC 6749): a token that the client fetches, or that the caller gives.
    OAuth2(Vec<OAuthFlow>),
    /// A token by OpenID Connect. The text is the URL of the discovery document. OpenAPI 3: `openIdConnect`.
    OpenIdConnect(String),
    /// A certificate of the client. OpenAPI 3.1: `mutualTLS`.
    MutualTls,
    /// A kind that the caller's own provider has to apply; the text is the source's word for it: `oauth1`, `hawk`.
    Other(String),
}

/// Where an API key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApiKeyLocation {
    /// As a header.
    Header,
    /// In the query.
    Query,
    /// As a cookie.
    Cookie,
}

/// A way to get a token (OpenAPI 3.1 §4.8.29).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OAuthFlow {
    /// Which grant.
    pub grant: OAuthGrant,
    /// Where the user agrees. OpenAPI: `authorizationUrl`; Postman: `authUrl`.
    pub authorization_url: Option<String>,
    /// Where tokens are fetched. OpenAPI: `tokenUrl`; Postman: `accessTokenUrl`.
    pub token_url: Option<String>,
    /// Where tokens are refreshed, if elsewhere. OpenAPI: `refreshUrl`.
    pub refresh_url: Option<String>,
    /// What may be asked for, with what it means, sorted by name.
    pub scopes: Vec<(String, String)>,
}

/// A grant of OAuth 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OAuthGrant {
    /// RFC 6749 §4.1.
    AuthorizationCode,
    /// RFC 6749 §4.2.
    Implicit,
    /// RFC 6749 §4.3.
    Password,
    /// RFC 6749 §4.4.
    ClientCredentials,
    /// RFC 8628.
    DeviceAuthorization,
}

/// Security schemes that are needed together; none at all: no credential is needed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct SecurityRequirement {
    /// The names.
    pub schemes: Vec<String>,
    /// The scopes that are needed, sorted, each with the scheme that it belongs to.
    pub scopes: Vec<(String, String)>,
}

impl SecurityKind {
    /// The name of a scheme of this kind where the source gives none: samples show kinds only.
    pub fn spelled(&self) -> String {
        match self {
            SecurityKind::Basic => "basic".to_owned(),
            SecurityKind::Bearer => "bearer".to_owned(),
            SecurityKind::ApiKey { name, location } => match location {
                ApiKeyLocation::Header => format!("apikey header {}", name.to_ascii_lowercase()),
                ApiKeyLocation::Query => format!("apikey query {name}"),
                ApiKeyLocation::Cookie => format!("apikey cookie {name}"),
            },
            SecurityKind::OAuth2(_) => "oauth2".to_owned(),
            SecurityKind::OpenIdConnect(_) => "openIdConnect".to_owned(),
            SecurityKind::MutualTls => "mutualTLS".to_owned(),
            SecurityKind::Other(name) => name.clone(),
        }
    }
}
