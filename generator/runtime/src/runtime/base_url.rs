//! Reads the address of an API and decides whether another address is at the same origin.

use std::fmt;

/// Where an API is: a scheme, a host, perhaps a port and a prefix of all paths.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    https: bool,
    /// In lower case; an IPv6 address with its brackets.
    host: String,
    port: u16,
    /// Empty, or `/…` without a slash at the end.
    prefix: String,
}

impl BaseUrl {
    /// Reads `http[s]://host[:port][/prefix]`, or tells what is wrong with it.
    pub(crate) fn parse(url: &str) -> Result<Self, &'static str> {
        let (origin, path) = split_origin(url).ok_or("it must begin with https:// or http://")?;
        let path = path.trim_end_matches('/');
        if path.contains(['?', '#', '\\']) {
            return Err("it must not have a query, a fragment or a backslash");
        }
        if path.split('/').any(super::percent::is_dot_segment) {
            return Err("its path must not have `.` or `..`");
        }
        if !path.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("its path must be percent-encoded");
        }
        let mut base = Self::parse_origin(origin)?;
        path.clone_into(&mut base.prefix);
        Ok(base)
    }

    /// Reads a URL with a path and perhaps a query, or tells what is wrong with it.
    pub(crate) fn parse_target(url: &str) -> Result<(Self, String), &'static str> {
        let (origin, target) = split_origin(url).ok_or("it must begin with https:// or http://")?;
        let target = target.split('#').next().unwrap_or_default();
        if target.contains('\\') || !target.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("its path must be percent-encoded");
        }
        Ok((Self::parse_origin(origin)?, without_dots(target)))
    }

    fn parse_origin(origin: &str) -> Result<Self, &'static str> {
        let lower = origin.to_ascii_lowercase();
        let (https, authority) = match lower.split_once("://") {
            Some(("https", authority)) => (true, authority),
            Some(("http", authority)) => (false, authority),
            _ => return Err("it must begin with https:// or http://"),
        };
        if authority.contains('@') {
            return Err("it must not have a user; use the credentials of the client");
        }
        // The colons of an IPv6 address are inside its brackets.
        let (host, port) = match authority.rfind(':') {
            Some(colon) if !authority.ends_with(']') => {
                let (host, port) = authority.split_at(colon);
                let port = port.trim_start_matches(':').parse();
                (
                    host,
                    port.map_err(|_| "its port must be a number up to 65535")?,
                )
            }
            _ => (authority, if https { 443 } else { 80 }),
        };
        if !is_host(host) {
            return Err("its host must be a name or an address");
        }
        Ok(BaseUrl {
            https,
            host: host.to_owned(),
            port,
            prefix: String::new(),
        })
    }

    /// The base of clients that send nothing over the network.
    pub(crate) fn localhost() -> Self {
        BaseUrl {
            https: false,
            host: "localhost".to_owned(),
            port: 80,
            prefix: String::new(),
        }
    }

    /// The prefix of all paths: empty, or `/…` without a slash at the end.
    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The host in lower case.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// `scheme://host[:port]`.
    pub(crate) fn origin(&self) -> String {
        let scheme = if self.https { "https" } else { "http" };
        match (self.https, self.port) {
            (true, 443) | (false, 80) => format!("{scheme}://{}", self.host),
            (_, port) => format!("{scheme}://{}:{port}", self.host),
        }
    }

    /// Whether a credential may go there: encrypted, or not leaving this machine.
    pub(crate) fn is_private(&self) -> bool {
        let host = self.host.as_str();
        let address = host.trim_start_matches('[').trim_end_matches(']');
        let loopback = address
            .parse()
            .is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
        self.https || loopback || host == "localhost" || host.ends_with(".localhost")
    }

    /// The path and query that `location` means, seen from `path`; `None` if it is at another
    /// origin.
    pub(crate) fn resolve(&self, path: &str, location: &str) -> Option<String> {
        let location = location.split('#').next().unwrap_or_default().trim();
        let absolute = match location.strip_prefix("//") {
            Some(rest) if self.https => format!("https://{rest}"),
            Some(rest) => format!("http://{rest}"),
            None => location.to_owned(),
        };
        if !absolute.bytes().all(|byte| byte.is_ascii_graphic()) || absolute.contains('\\') {
            return None;
        }
        if let Some((origin, rest)) = split_origin(&absolute) {
            let other = Self::parse_origin(origin).ok()?;
            let same =
                (other.https, &other.host, other.port) == (self.https, &self.host, self.port);
            return same.then(|| without_dots(rest));
        }
        // A colon before the first slash is a scheme that is not ours.
        if absolute
            .split(['/', '?'])
            .next()
            .is_some_and(|first| first.contains(':'))
        {
            return None;
        }
        Some(match absolute.chars().next() {
            None => path.to_owned(),
            Some('/') => without_dots(&absolute),
            Some('?') => format!("{path}{absolute}"),
            Some(_) => {
                let folder = path.rfind('/').map_or("", |slash| path.split_at(slash).0);
                without_dots(&format!("{folder}/{absolute}"))
            }
        })
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin(), self.prefix)
    }
}

/// `https://host:1/a?b` is `https://host:1` and `/a?b`.
fn split_origin(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return None;
    }
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    Some(url.split_at(scheme.len() + "://".len() + end))
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
    {
        return address.parse::<std::net::Ipv6Addr>().is_ok();
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    host.bytes().all(allowed) && host.split('.').all(|label| !label.is_empty())
}

/// A path, and perhaps a query, without `.` and `..` segments.
fn without_dots(target: &str) -> String {
    let (path, query) = match target.find('?') {
        Some(mark) => target.split_at(mark),
        None => (target, ""),
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/').skip(1) {
        let plain = segment.to_ascii_lowercase().replace("%2e", ".");
        match plain.as_str() {
            "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    format!("/{}{query}", segments.join("/"))
}
