//! Security schemes, and what operations require of them: alternatives of schemes that are needed together.

use super::Lowering;
use super::finding::Remark;
use crate::diagnostic::Code;
use crate::model::{
    ApiKeyLocation, OAuthFlow, OAuthGrant, SecurityKind, SecurityRequirement, SecurityScheme,
};
use crate::tree::{Kind, Node};

const UNDEFINED: Remark = Remark {
    code: Code::OPENAPI_SECURITY_SCHEME,
    many: "security requirements name schemes that are not defined",
    note: "the caller gives a provider that applies them",
    help: "define them under `components.securitySchemes` (2.0: `securityDefinitions`)",
};
const UNKNOWN: Remark = Remark {
    code: Code::OPENAPI_SECURITY_SCHEME,
    many: "security schemes are of a kind that the client does not apply",
    note: "the operations are generated; the client sends what the provider adds",
    help: "implement `AuthProvider`, and give it to the client as `Auth::custom(provider)`",
};

impl<'a> Lowering<'a, '_> {
    /// The schemes that the document defines.
    pub(super) fn security_schemes(&mut self) {
        let mut node = self.root;
        for step in self.dialect.security_schemes() {
            match self.object(node, step) {
                Some(inner) => node = inner,
                None => return,
            }
        }
        for (key, scheme) in node.entries() {
            if key.text.starts_with("x-") && scheme.kind() != Kind::Object {
                continue;
            }
            let Some(target) = self.follow(scheme) else {
                continue;
            };
            let Some(scheme) = self.as_object(target.node, key.text) else {
                continue;
            };
            let kind = self.security_kind(key.text, scheme);
            let docs = self.docs(scheme);
            self.model.security_schemes.push(SecurityScheme {
                name: key.text.to_owned(),
                kind,
                docs,
                origins: scheme.origin().into(),
            });
        }
    }

    fn security_kind(&mut self, name: &str, node: Node<'a>) -> SecurityKind {
        let kind = self.text(node, "type").unwrap_or_default();
        let word = match kind.to_ascii_lowercase().as_str() {
            "basic" => return SecurityKind::Basic,
            "http" => {
                let scheme = self
                    .text(node, "scheme")
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                match scheme.as_str() {
                    "basic" => return SecurityKind::Basic,
                    "bearer" => return SecurityKind::Bearer,
                    _ => scheme,
                }
            }
            "apikey" => {
                let key = self.text(node, "name").unwrap_or_default().trim();
                let place = self
                    .text(node, "in")
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                let location = match place.as_str() {
                    "query" => Some(ApiKeyLocation::Query),
                    "cookie" => Some(ApiKeyLocation::Cookie),
                    "header" => Some(ApiKeyLocation::Header),
                    _ => None,
                };
                match location.filter(|_| !key.is_empty()) {
                    Some(location) => {
                        return SecurityKind::ApiKey {
                            name: key.to_owned(),
                            location,
                        };
                    }
                    None => "apiKey".to_owned(),
                }
            }
            "oauth2" => return SecurityKind::OAuth2(self.flows(node)),
            "openidconnect" => {
                let url = self.text(node, "openIdConnectUrl").unwrap_or_default();
                return SecurityKind::OpenIdConnect(url.to_owned());
            }
            "mutualtls" => return SecurityKind::MutualTls,
            "" => "unknown".to_owned(),
            _ => kind.to_owned(),
        };
        self.findings.add(UNKNOWN, node.origin(), || {
            format!("the security scheme `{name}` is of the kind `{word}`, which the client does not apply")
        });
        SecurityKind::Other(word)
    }

    /// `flows`, or `flow` and its members beside it (2.0).
    fn flows(&mut self, node: Node<'a>) -> Vec<OAuthFlow> {
        let mut flows = Vec::new();
        match self.object(node, "flows") {
            Some(list) => {
                for (key, flow) in list.entries() {
                    if let Some(grant) = grant(key.text)
                        && let Some(flow) = self.as_object(flow, key.text)
                    {
                        flows.push(self.flow(grant, flow));
                    }
                }
            }
            None => {
                let name = self.text(node, "flow").unwrap_or_default();
                if let Some(grant) = grant(name) {
                    flows.push(self.flow(grant, node));
                }
            }
        }
        flows.sort();
        flows
    }

    fn flow(&mut self, grant: OAuthGrant, node: Node<'a>) -> OAuthFlow {
        let mut url = |name: &str| {
            let text = self.text(node, name)?.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let authorization = url("authorizationUrl").or_else(|| url("deviceAuthorizationUrl"));
        let (token_url, refresh_url) = (url("tokenUrl"), url("refreshUrl"));
        let mut scopes: Vec<(String, String)> = match self.object(node, "scopes") {
            Some(scopes) => scopes
                .entries()
                .filter(|(key, _)| !key.text.starts_with("x-"))
                .map(|(key, value)| {
                    let text = value.scalar().unwrap_or_default().trim();
                    (key.text.to_owned(), text.to_owned())
                })
                .collect(),
            None => Vec::new(),
        };
        scopes.sort();
        OAuthFlow {
            grant,
            authorization_url: authorization,
            token_url,
            refresh_url,
            scopes,
        }
    }

    /// What an operation requires: its own `security`, else the document's.
    pub(super) fn requirements(&mut self, operation: Node<'a>) -> Vec<SecurityRequirement> {
        let holder = match operation.get("security").filter(|node| !node.is_null()) {
            Some(_) => operation,
            None => self.root,
        };
        let mut requirements: Vec<SecurityRequirement> = Vec::new();
        for alternative in self.list(holder, "security") {
            let Some(alternative) = self.as_object(alternative, "security") else {
                continue;
            };
            let mut requirement = SecurityRequirement::default();
            for (key, scopes) in alternative.entries() {
                self.require(key.text, alternative);
                requirement.schemes.push(key.text.to_owned());
                let scopes = scopes.items().filter_map(Node::scalar);
                let scopes = scopes.map(|scope| (key.text.to_owned(), scope.to_owned()));
                requirement.scopes.extend(scopes);
            }
            requirement.schemes.sort();
            requirement.scopes.sort();
            requirement.scopes.dedup();
            if !requirements.contains(&requirement) {
                requirements.push(requirement);
            }
        }
        requirements
    }

    /// Makes sure that a scheme is there.
    fn require(&mut self, name: &str, node: Node<'a>) {
        let known = self
            .model
            .security_schemes
            .iter()
            .any(|scheme| scheme.name == name);
        if known && !self.undefined_schemes.contains(name) {
            return;
        }
        self.findings.add(UNDEFINED, node.origin(), || {
            format!("the security scheme `{name}` is required and not defined")
        });
        if self.undefined_schemes.insert(name.to_owned()) {
            self.model.security_schemes.push(SecurityScheme {
                name: name.to_owned(),
                kind: SecurityKind::Other(name.to_owned()),
                docs: crate::model::Docs::default(),
                origins: node.origin().into(),
            });
        }
    }
}

/// The grant that a flow is of; the names of 2.0 and 3 are all read.
fn grant(name: &str) -> Option<OAuthGrant> {
    Some(match name {
        "authorizationCode" | "accessCode" => OAuthGrant::AuthorizationCode,
        "implicit" => OAuthGrant::Implicit,
        "password" => OAuthGrant::Password,
        "clientCredentials" | "application" => OAuthGrant::ClientCredentials,
        "deviceAuthorization" => OAuthGrant::DeviceAuthorization,
        _ => return None,
    })
}
