//! Holds credentials so that they are never printed, and puts them into a request.

use super::{BoxFuture, Core, Meta, OAuth, Request, Result, TokenSource};
use std::fmt;
use std::sync::Arc;

/// A text that is never printed: no `Display`, no `Serialize`, and `Debug` shows `Secret(..)`.
#[derive(Clone)]
pub struct Secret(Box<str>);

impl Secret {
    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Secret(text.into())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Secret(text.into())
    }
}

/// Where an API key is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyPlace {
    /// A header of its own.
    Header,
    /// The query string.
    Query,
    /// A cookie.
    Cookie,
}

/// The credential of a call.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Auth {
    /// None.
    #[default]
    None,
    /// HTTP Basic: a user, which can be a secret too, and a password.
    Basic {
        /// The user name.
        user: Secret,
        /// The password, or whatever the API puts in its place.
        password: Secret,
    },
    /// A bearer token.
    Bearer(Secret),
    /// An API key.
    ApiKey {
        /// Where the key is put.
        place: KeyPlace,
        /// The name of the header, query parameter or cookie.
        name: String,
        /// The key.
        key: Secret,
    },
    /// Tokens by OAuth 2, which the client gets and renews.
    OAuth(Arc<TokenSource>),
    /// Asked before each attempt.
    Custom(Arc<dyn AuthProvider>),
}

/// Puts a credential into each request, for what changes over time or depends on the request: a
/// token of another kind, a signature, the answer to a challenge.
///
/// Where an operation takes several credentials, a provider comes after the others and sees the
/// request as it is sent: method, URL, headers and body. Use [`Request::set_sensitive_header`], so
/// that the credential is never printed.
pub trait AuthProvider: Send + Sync + 'static {
    /// Called before each attempt.
    ///
    /// # Errors
    /// End the call. Make them with
    /// [`Error::new`](super::Error::new) and [`ErrorKind::Auth`](super::ErrorKind::Auth).
    fn apply<'a>(&'a self, request: &'a mut Request) -> BoxFuture<'a, Result<()>>;

    /// Called when the server answers 401, with the request as it was sent: whether it is worth
    /// sending once more, because there is a new credential or because the answer has a challenge.
    ///
    /// At most once a call, and not where the body cannot be sent again.
    ///
    /// # Errors
    /// End the call in place of the server's answer, which they keep.
    fn on_unauthorized<'a>(
        &'a self,
        request: &'a Request,
        response: &'a Meta,
    ) -> BoxFuture<'a, Result<bool>> {
        let _ = (request, response);
        Box::pin(std::future::ready(Ok(false)))
    }
}

impl Auth {
    /// HTTP Basic.
    pub fn basic(user: impl Into<Secret>, password: impl Into<Secret>) -> Self {
        Auth::Basic {
            user: user.into(),
            password: password.into(),
        }
    }

    /// A bearer token.
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Auth::Bearer(token.into())
    }

    /// An API key in a header.
    pub fn header(name: impl Into<String>, key: impl Into<Secret>) -> Self {
        Self::key(KeyPlace::Header, name.into(), key.into())
    }

    /// An API key in the query string.
    pub fn query(name: impl Into<String>, key: impl Into<Secret>) -> Self {
        Self::key(KeyPlace::Query, name.into(), key.into())
    }

    /// An API key in a cookie.
    pub fn cookie(name: impl Into<String>, key: impl Into<Secret>) -> Self {
        Self::key(KeyPlace::Cookie, name.into(), key.into())
    }

    /// Tokens by OAuth 2, which the client gets and renews.
    pub fn oauth(oauth: OAuth) -> Self {
        Auth::OAuth(Arc::new(TokenSource::new(oauth)))
    }

    /// The same with the description's endpoints for tokens of the program itself and of a user.
    #[doc(hidden)]
    pub fn oauth_at(oauth: OAuth, token_url: &'static str, refresh_url: &'static str) -> Self {
        Self::oauth(oauth.at(token_url, refresh_url))
    }

    /// A provider that is asked before each attempt.
    pub fn custom(provider: impl AuthProvider) -> Self {
        Auth::Custom(Arc::new(provider))
    }

    fn key(place: KeyPlace, name: String, key: Secret) -> Self {
        Auth::ApiKey { place, name, key }
    }

    /// Whether there is no credential.
    pub fn is_none(&self) -> bool {
        matches!(self, Auth::None)
    }

    /// Whether there may be another credential for a request that was refused.
    pub(super) fn renews(&self) -> bool {
        matches!(self, Auth::OAuth(_) | Auth::Custom(_))
    }

    /// Whether there is another credential for a request that was refused.
    pub(super) async fn renew(&self, core: &Core, sent: &Request, answer: &Meta) -> Result<bool> {
        match self {
            Auth::OAuth(tokens) => tokens.renew(core, sent).await,
            Auth::Custom(provider) => provider.on_unauthorized(sent, answer).await,
            _ => Ok(false),
        }
    }

    /// Puts the credential into a request.
    pub(super) async fn apply(&self, core: &Core, request: &mut Request) -> Result<()> {
        match self {
            Auth::None => Ok(()),
            Auth::Basic { user, password } => {
                let value = basic(user.expose(), password.expose());
                request.set_sensitive_header("authorization", value)
            }
            Auth::OAuth(tokens) => {
                let token = tokens.token(core).await?;
                let value = format!("Bearer {}", token.expose());
                request.set_sensitive_header("authorization", value)
            }
            Auth::Bearer(token) => {
                let value = format!("Bearer {}", token.expose());
                request.set_sensitive_header("authorization", value)
            }
            Auth::ApiKey { place, name, key } => match place {
                KeyPlace::Header => request.set_sensitive_header(name.clone(), key.expose()),
                KeyPlace::Cookie => {
                    request.add_cookie(name, key.expose());
                    Ok(())
                }
                KeyPlace::Query => {
                    request.set_sensitive_query(name, key.expose());
                    Ok(())
                }
            },
            Auth::Custom(provider) => provider.apply(request).await,
        }
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Auth::None => "None",
            Auth::Basic { .. } => "Basic(..)",
            Auth::Bearer(_) => "Bearer(..)",
            Auth::ApiKey { .. } => "ApiKey(..)",
            Auth::OAuth(_) => "OAuth(..)",
            Auth::Custom(_) => "Custom(..)",
        })
    }
}

/// The value of the `authorization` header of HTTP Basic.
pub(super) fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", base64(format!("{user}:{password}").as_bytes()))
}

/// RFC 4648 §4, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| chunk.get(index).copied().map_or(0, u32::from);
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for position in 0..4 {
            let digit = group >> (18 - 6 * position) & 63;
            let digit = DIGITS.get(digit as usize).copied().unwrap_or(b'=');
            out.push(char::from(if position > chunk.len() {
                b'='
            } else {
                digit
            }));
        }
    }
    out
}
