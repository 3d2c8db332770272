//! Turns settings into a client's core, and refuses those that would be dangerous.

use super::base_url::BaseUrl;
use super::server::{Addresses, Server};
use super::{Auth, Core, Error, ErrorKind, Options, Result, Transport};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(60);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Settings for a new client, behind the builder of each crate.
#[doc(hidden)]
#[derive(Clone)]
pub struct Builder {
    server: &'static Server,
    addresses: Addresses,
    transport: Option<Arc<dyn Transport>>,
    connect_timeout: Duration,
    options: Options,
}

impl Builder {
    /// The settings of a client of this server.
    pub fn new(server: &'static Server, user_agent: &str) -> Self {
        Builder {
            server,
            addresses: Addresses::default(),
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
        self.addresses.set_variable(name, value.into());
    }

    /// See the generated builder.
    pub fn set_base_url(&mut self, url: &str) {
        self.addresses.base_url = Some(url.to_owned());
    }

    /// See the generated builder.
    pub fn set_server_url(&mut self, described: &str, url: &str) {
        self.addresses.set_server_url(described, url);
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
        let base = self.addresses.base(self.server)?;
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
            let value = self.addresses.variable(self.server, variable.name);
            let value = value.ok()?;
            Some((variable.name, value.to_owned()))
        });
        let core = Core {
            base: Arc::new(base),
            variables: variables.collect(),
            addresses: Arc::new(self.addresses),
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
}

pub(super) fn configuration(message: impl Into<Cow<'static, str>>) -> Error {
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
            .field("addresses", &self.addresses)
            .field("connect_timeout", &self.connect_timeout)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
