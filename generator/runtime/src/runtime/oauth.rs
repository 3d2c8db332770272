//! Gets access tokens by OAuth 2 and keeps them fresh; none goes anywhere but to the API, no other
//! secret anywhere but to the token endpoint.

mod fetch;
mod source;

pub use source::TokenSource;

use super::base_url::BaseUrl;
use super::{Core, Error, ErrorKind, Result, Secret};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How the client gets its access tokens by OAuth 2 (RFC 6749).
///
/// A program of its own identity uses [`client_credentials`](Self::client_credentials). Where a user
/// has to agree first, the caller leads the user through that, exchanges the code for tokens, and
/// gives these to [`refresh_token`](Self::refresh_token) and [`access_token`](Self::access_token);
/// from then on the client renews them.
///
/// Tokens are renewed a little before they expire, once for all calls that wait for one. A call that
/// is answered with 401 is sent once more with a new token.
#[derive(Clone)]
#[must_use = "it does nothing until it is given to a builder"]
pub struct OAuth {
    /// Client credentials, if it is not a refresh token.
    by_client: bool,
    client: Option<(Secret, Option<Secret>)>,
    in_body: bool,
    access: Option<Secret>,
    refresh: Option<Secret>,
    expires_in: Option<Duration>,
    scopes: Vec<String>,
    parameters: Vec<(String, Secret)>,
    token_url: Option<String>,
    /// Where the description says that tokens of the program itself and of a user are fetched.
    urls: (&'static str, &'static str),
    renewed: Option<Arc<Keep>>,
}

/// What is told new tokens.
type Keep = dyn Fn(&Tokens) + Send + Sync;

/// Tokens that the token endpoint has given.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Tokens {
    /// What calls are sent with.
    pub access_token: Secret,
    /// What gets the next tokens. Many servers give a new one each time and take the old one no more.
    pub refresh_token: Option<Secret>,
    /// How long the access token is good for, from now on.
    pub expires_in: Option<Duration>,
}

impl OAuth {
    fn new(by_client: bool) -> Self {
        OAuth {
            by_client,
            client: None,
            in_body: false,
            access: None,
            refresh: None,
            expires_in: None,
            scopes: Vec::new(),
            parameters: Vec::new(),
            token_url: None,
            urls: ("", ""),
            renewed: None,
        }
    }

    /// Tokens for the program itself (RFC 6749 §4.4).
    pub fn client_credentials(id: impl Into<Secret>, secret: impl Into<Secret>) -> Self {
        Self::new(true).client(id, secret)
    }

    /// Tokens by a refresh token that the caller has (RFC 6749 §6).
    ///
    /// Keep what [`on_tokens`](Self::on_tokens) is told, as the refresh token may be good for one use.
    pub fn refresh_token(token: impl Into<Secret>) -> Self {
        let mut this = Self::new(false);
        this.refresh = Some(token.into());
        this
    }

    /// An access token to begin with, that the caller has got together with the refresh token.
    pub fn access_token(mut self, token: impl Into<Secret>) -> Self {
        self.access = Some(token.into());
        self
    }

    /// How long the access token to begin with is good for; until the server refuses it unless set.
    pub fn expires_in(mut self, duration: Duration) -> Self {
        self.expires_in = Some(duration);
        self
    }

    /// The program's name and secret at the token endpoint.
    pub fn client(mut self, id: impl Into<Secret>, secret: impl Into<Secret>) -> Self {
        self.client = Some((id.into(), Some(secret.into())));
        self
    }

    /// The name of a program that can keep no secret.
    pub fn public_client(mut self, id: impl Into<Secret>) -> Self {
        self.client = Some((id.into(), None));
        self
    }

    /// Sends the program's name and secret in the body, for servers that do not take them as HTTP
    /// Basic (RFC 6749 §2.3.1).
    pub fn client_in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// Asks for a scope, beside those asked for before.
    pub fn scope(mut self, scope: &str) -> Self {
        self.scopes.push(scope.to_owned());
        self
    }

    /// Sends one more parameter to the token endpoint: `audience`, `resource`.
    pub fn parameter(mut self, name: &str, value: impl Into<Secret>) -> Self {
        self.parameters.push((name.to_owned(), value.into()));
        self
    }

    /// Where tokens are fetched and renewed, in place of what the description says.
    pub fn token_url(mut self, url: &str) -> Self {
        self.token_url = Some(url.to_owned());
        self
    }

    /// Is told the tokens whenever there are new ones, to keep them.
    pub fn on_tokens(mut self, keep: impl Fn(&Tokens) + Send + Sync + 'static) -> Self {
        self.renewed = Some(Arc::new(keep));
        self
    }

    pub(super) fn at(mut self, token_url: &'static str, refresh_url: &'static str) -> Self {
        self.urls = (token_url, refresh_url);
        self
    }

    /// The token endpoint, and the path at it.
    fn endpoint(&self, core: &Core) -> Result<(BaseUrl, String)> {
        let described = match self.by_client {
            true => self.urls.0,
            false => self.urls.1,
        };
        let url = self.token_url.as_deref().unwrap_or(described);
        if url.is_empty() {
            return Err(configuration("`OAuth::token_url` is not set"));
        }
        let url = core.fill(url).map_err(|name| {
            configuration(format!(
                "`{name}` is not set: it is a part of the token URL, unless `OAuth::token_url` is set"
            ))
        })?;
        let url = match url.starts_with('/') {
            true => format!("{}{url}", core.base.origin()),
            false => url,
        };
        let (base, path) = BaseUrl::parse_target(&url)
            .map_err(|problem| configuration(format!("the token URL is not valid: {problem}")))?;
        if !base.is_private() {
            return Err(configuration(format!(
                "no credential is sent over http:// to {}; use https://",
                base.host()
            )));
        }
        Ok((base, path))
    }
}

fn configuration(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth")
            .field("client_credentials", &self.by_client)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
