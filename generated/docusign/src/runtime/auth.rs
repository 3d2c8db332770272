//! Holds credentials so that they are never printed, and puts them into a request.

use super::{BoxFuture, Request, Result};
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
    /// Asked before each attempt.
    Custom(Arc<dyn AuthProvider>),
}

/// Puts a credential into each request, for what changes over time or depends on the request.
///
/// Use [`Request::set_sensitive_header`], so that the credential is never printed.
pub trait AuthProvider: Send + Sync + 'static {
    /// Called before each attempt.
    ///
    /// # Errors
    /// End the call. Make them with
    /// [`Error::new`](super::Error::new) and [`ErrorKind::Auth`](super::ErrorKind::Auth).
    fn apply<'a>(&'a self, request: &'a mut Request) -> BoxFuture<'a, Result<()>>;
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

    /// Puts the credential into a request.
    pub(crate) async fn apply(&self, request: &mut Request) -> Result<()> {
        match self {
            Auth::None => Ok(()),
            Auth::Basic { user, password } => {
                let pair = format!("{}:{}", user.expose(), password.expose());
                let value = format!("Basic {}", base64(pair.as_bytes()));
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
            Auth::Custom(_) => "Custom(..)",
        })
    }
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
