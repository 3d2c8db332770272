//! Knows where the API is: the servers of its description, with what callers set in their addresses.

use super::Result;
use super::base_url::BaseUrl;
use super::builder::configuration;
use super::percent::is_dot_segment;
use std::fmt;

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

/// What a client's callers have set about addresses.
#[derive(Clone, Default)]
pub(crate) struct Addresses {
    variables: Vec<(&'static str, String)>,
    /// The address of everything that has no other one here.
    pub(super) base_url: Option<String>,
    /// Addresses of servers, by the URLs that their description gives them.
    servers: Vec<(String, String)>,
}

impl Addresses {
    /// One address for everything.
    pub(super) fn at(url: &str) -> Self {
        Addresses {
            base_url: Some(url.to_owned()),
            ..Addresses::default()
        }
    }

    pub(super) fn set_variable(&mut self, name: &'static str, value: String) {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, value));
    }

    pub(super) fn set_server_url(&mut self, described: &str, url: &str) {
        self.servers.retain(|(known, _)| *known != described);
        self.servers.push((described.to_owned(), url.to_owned()));
    }

    /// The address of a server: the one that was set for it, else the one that was set for all,
    /// else the one of the description.
    pub(super) fn base(&self, server: &Server) -> Result<BaseUrl> {
        let own = self.servers.iter().find(|(known, _)| known == server.url);
        let url = match (own, &self.base_url) {
            (Some((_, url)), _) => url.clone(),
            (None, Some(url)) => url.clone(),
            (None, None) if server.url.is_empty() => {
                return Err(configuration("`base_url` is not set"));
            }
            (None, None) => self.described_url(server)?,
        };
        // The URL is not shown, as one with a user in it may show a password.
        BaseUrl::parse(&url)
            .map_err(|problem| configuration(format!("the base URL is not valid: {problem}")))
    }

    /// The server's URL with values in place of its variables.
    fn described_url(&self, server: &Server) -> Result<String> {
        let mut url = String::new();
        let mut rest = server.url;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            url.push_str(before);
            url.push_str(self.variable(server, name)?);
            rest = after;
        }
        url.push_str(rest);
        Ok(url)
    }

    pub(super) fn variable(&self, server: &Server, name: &str) -> Result<&str> {
        let declared = server.variables.iter().find(|known| known.name == name);
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

impl fmt::Debug for Addresses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An address may have a password in it.
        f.debug_struct("Addresses")
            .field("variables", &self.variables)
            .field("has_base_url", &self.base_url.is_some())
            .finish_non_exhaustive()
    }
}

fn is_plain(value: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    let labels = value.split('.').all(|label| !label.is_empty());
    labels && value.bytes().all(allowed) && !is_dot_segment(value)
}
