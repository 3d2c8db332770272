//! Turns settings into a client's core, and refuses those that would be dangerous.

use super::base_url::BaseUrl;
use super::percent::is_dot_segment;
use super::{Auth, Core, Error, ErrorKind, Options, Result, Transport};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(60);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Where the description says that the API is.
#[derive(Clone, Copy, Debug)]
pub struct Server {
    /// A URL, perhaps with variables: `https://{subdomain}.example.com`; empty if it is not told.
    pub url: &'static str,
    /// The variables of the URL.
    pub variables: &'static [Variable],
}

/// A variable in a server's URL.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    /// The name in the URL's braces.
    pub name: &'static str,
    /// The value unless another is set.
    pub default: Option<&'static str>,
    /// The only values there are; empty if any name will do.
    pub values: &'static [&'static str],
}

impl Variable {
    /// No default, any value; for `..Variable::NEW`.
    pub const NEW: Variable = Variable {
        name: "",
        default: None,
        values: &[],
    };
}

/// Settings for a new client, behind the builder of each crate.
#[doc(hidden)]
#[derive(Clone)]
pub struct Builder {
    server: &'static Server,
    variables: Vec<(&'static str, String)>,
    base_url: Option<String>,
    transport: Option<Arc<dyn Transport>>,
    connect_timeout: Duration,
    options: Options,
}

impl Builder {
    /// The settings of a client of this server.
    pub fn new(server: &'static Server, user_agent: &str) -> Self {
        Builder {
            server,
            variables: Vec::new(),
            base_url: None,
            transport: None,
            connect_timeout: CONNECT_TIMEOUT,
            options: Options::default()
                .timeout(TIMEOUT)
                .header("user-agent", user_agent),
        }
    }

    /// Another server of the description.
    pub fn set_server(&mut self, server: &'static Server) {
        self.server = server;
    }

    /// The value of a server variable.
    pub fn set_variable(&mut self, name: &'static str, value: impl Into<String>) {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, value.into()));
    }

    /// See the generated builder.
    pub fn set_base_url(&mut self, url: &str) {
        self.base_url = Some(url.to_owned());
    }

    /// See the generated builder.
    pub fn set_connect_timeout(&mut self, timeout: Duration) {
        self.connect_timeout = timeout;
    }

    /// See the generated builder.
    pub fn set_transport(&mut self, transport: impl Transport) {
        self.transport = Some(Arc::new(transport));
    }

    /// The options of all calls.
    pub fn change_options(&mut self, change: impl FnOnce(Options) -> Options) {
        self.options = change(std::mem::take(&mut self.options));
    }

    /// See the generated builder.
    pub fn build(self) -> Result<Core> {
        let base = self.base()?;
        if let Some(problem) = &self.options.problem {
            return Err(configuration(problem.clone()));
        }
        let mut credentials = self.options.credentials.iter().map(|(_, auth)| auth);
        let has_secret = match &self.options.auth {
            Some(auth) => !auth.is_none(),
            None => credentials.any(|auth| !auth.is_none()),
        };
        if has_secret && !base.is_private() {
            return Err(configuration(insecure(&base)));
        }
        let variables = self.server.variables.iter();
        let variables = variables.filter_map(|variable| {
            let value = self.variable(variable.name).ok()?;
            Some((variable.name, value.to_owned()))
        });
        let core = Core {
            base: Arc::new(base),
            variables: variables.collect(),
            guarded: true,
            transport: match self.transport {
                Some(transport) => transport,
                None => default_transport(self.connect_timeout)?,
            },
            options: Arc::new(self.options),
        };
        let credentials = core.options.credentials.iter().map(|(_, auth)| auth);
        for auth in credentials.chain(&core.options.auth) {
            if let Auth::OAuth(tokens) = auth {
                tokens.check(&core)?;
            }
        }
        Ok(core)
    }

    fn base(&self) -> Result<BaseUrl> {
        let url = match &self.base_url {
            Some(url) => url.clone(),
            None if self.server.url.is_empty() => {
                return Err(configuration("`base_url` is not set"));
            }
            None => self.server_url()?,
        };
        // The URL is not shown, as one with a user in it may show a password.
        BaseUrl::parse(&url)
            .map_err(|problem| configuration(format!("the base URL is not valid: {problem}")))
    }

    /// The server's URL with values in place of its variables.
    fn server_url(&self) -> Result<String> {
        let mut url = String::new();
        let mut rest = self.server.url;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            url.push_str(before);
            url.push_str(self.variable(name)?);
            rest = after;
        }
        url.push_str(rest);
        Ok(url)
    }

    fn variable(&self, name: &str) -> Result<&str> {
        let declared = self
            .server
            .variables
            .iter()
            .find(|known| known.name == name);
        let (default, values) = declared.map_or((None, [].as_slice()), |variable| {
            (variable.default, variable.values)
        });
        let set = self.variables.iter().find(|(known, _)| *known == name);
        let value = match (set, default) {
            (Some((_, value)), _) => value.as_str(),
            (None, Some(value)) => return Ok(value),
            (None, None) => {
                return Err(configuration(format!(
                    "`{name}` is not set: it is a part of the address, unless `base_url` is set"
                )));
            }
        };
        // A value must not be able to choose another host than the description's.
        let problem = if values.contains(&value) || default == Some(value) {
            None
        } else if !values.is_empty() {
            Some(format!("it must be one of {}", values.join(", ")))
        } else if !is_plain(value) {
            Some("it must be of letters, digits, hyphens, and dots between them".to_owned())
        } else {
            None
        };
        match problem {
            Some(problem) => Err(configuration(format!("`{name}` is {value:?}: {problem}"))),
            None => Ok(value),
        }
    }
}

fn is_plain(value: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    let labels = value.split('.').all(|label| !label.is_empty());
    labels && value.bytes().all(allowed) && !is_dot_segment(value)
}

fn configuration(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

/// Why a credential is not sent to this address.
pub(super) fn insecure(base: &BaseUrl) -> String {
    format!(
        "a credential is not sent over http:// to {}; use https://",
        base.host()
    )
}

#[cfg(feature = "reqwest")]
fn default_transport(connect_timeout: Duration) -> Result<Arc<dyn Transport>> {
    Ok(Arc::new(super::ReqwestTransport::new(connect_timeout)?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_connect_timeout: Duration) -> Result<Arc<dyn Transport>> {
    Err(configuration(
        "there is no transport: enable the feature `rustls` or `native-tls`, or set `transport`",
    ))
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("server", &self.server.url)
            .field("variables", &self.variables)
            .field("has_base_url", &self.base_url.is_some())
            .field("connect_timeout", &self.connect_timeout)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
