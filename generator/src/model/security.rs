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

/// Names of security schemes that are needed together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct SecurityRequirement {
    /// The names.
    pub schemes: Vec<String>,
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
            SecurityKind::Other(name) => name.clone(),
        }
    }
}
