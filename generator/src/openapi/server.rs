//! Servers: addresses with variables, on every level, and what 2.0 spreads over `host`, `basePath` and `schemes`.

use super::Lowering;
use super::finding::Remark;
use crate::diagnostic::Code;
use crate::model::{Server, ServerVariable};
use crate::origin::Origins;
use crate::tree::{Kind, Node};

const RELATIVE: Remark = Remark {
    code: Code::OPENAPI_RELATIVE_SERVER,
    many: "servers are relative to where the description is served",
    note: "the host is an argument of the client's builder, and the scheme is `https`",
    help: "write the whole address under `server.url` in letterpress.yaml",
};
const NO_SERVER: Remark = Remark {
    code: Code::OPENAPI_RELATIVE_SERVER,
    many: "documents name no server",
    note: "the host is an argument of the client's builder, and the scheme is `https`",
    help: "write the address under `server.url` in letterpress.yaml",
};
const UNKNOWN_VARIABLE: Remark = Remark {
    code: Code::OPENAPI_SERVER_VARIABLE,
    many: "variables of servers are not declared",
    note: "they are arguments of the client's builder without a default",
    help: "declare them under `variables`",
};
const UNUSABLE: Remark = Remark {
    code: Code::OPENAPI_SERVER_URL,
    many: "servers have no address that can be called",
    note: "they are left out",
    help: "write an address with `https://` or `http://`",
};

/// The variable that stands for a host that nobody names.
const HOST: &str = "host";

impl<'a> Lowering<'a, '_> {
    /// The servers of the document.
    pub(super) fn servers(&mut self, node: Node<'a>) -> Vec<Server> {
        if self.dialect.is_flat() {
            return self.flat_servers(node);
        }
        let mut servers = self.server_list(node);
        if servers.is_empty() {
            let origin = self.whole();
            self.findings.add(NO_SERVER, origin, || {
                "the document names no server".to_owned()
            });
            servers.push(relative_server("/", &mut Vec::new(), origin.into(), None));
        }
        servers
    }

    /// The servers of an operation: its own, else those of its path, else those of the document. Which of the last is
    /// meant is no matter of the operation.
    pub(super) fn operation_servers(&mut self, operation: Node<'a>, item: Node<'a>) -> Vec<Server> {
        if self.dialect.is_flat() {
            return self.flat_schemes(operation);
        }
        let own = self.server_list(operation);
        match own.is_empty() {
            true => self.server_list(item),
            false => own,
        }
    }

    fn server_list(&mut self, node: Node<'a>) -> Vec<Server> {
        let mut servers: Vec<Server> = Vec::new();
        for server in self.list(node, "servers") {
            if let Some(server) = self.server(server)
                && servers.iter().all(|known| known.url != server.url)
            {
                servers.push(server);
            }
        }
        servers
    }

    fn server(&mut self, node: Node<'a>) -> Option<Server> {
        let node = self.as_object(node, "servers")?;
        let url = self.text(node, "url").unwrap_or_default().trim();
        let origin = node.origin();
        let mut variables = Vec::new();
        let declared = self.object(node, "variables");
        for name in holes(url) {
            let stated = declared.and_then(|declared| declared.get(name));
            let Some(stated) = stated.filter(|stated| stated.kind() == Kind::Object) else {
                self.findings.add(UNKNOWN_VARIABLE, origin, || {
                    format!("the variable `{name}` of `{url}` is not declared")
                });
                variables.push(ServerVariable {
                    name: name.to_owned(),
                    ..ServerVariable::default()
                });
                continue;
            };
            let allowed = self
                .list(stated, "enum")
                .into_iter()
                .filter_map(Node::scalar);
            let allowed: Vec<String> = allowed.map(str::to_owned).collect();
            let default = self.text(stated, "default").map(str::to_owned);
            variables.push(ServerVariable {
                name: name.to_owned(),
                // A default that is not allowed would be refused by the client itself.
                default: default.filter(|value| allowed.is_empty() || allowed.contains(value)),
                allowed,
                description: self.prose(stated, "description"),
            });
        }
        let description = self
            .prose(node, "description")
            .or_else(|| self.prose(node, "name"));
        let scheme = url.split_once("://").map(|(scheme, _)| scheme);
        match scheme {
            Some("http" | "https") => Some(Server {
                url: trimmed(url),
                variables,
                description,
                origins: origin.into(),
            }),
            // A variable may stand for the scheme, or for the whole address.
            Some(scheme) if scheme.starts_with('{') => {
                let value = variables
                    .iter()
                    .find(|v| scheme == format!("{{{}}}", v.name));
                let https = value.is_none_or(|v| {
                    v.allowed.is_empty() || v.allowed.iter().any(|one| one == "https")
                });
                let fixed = if https { "https" } else { "http" };
                let rest = url.split_once("://").map_or("", |(_, rest)| rest);
                variables.retain(|v| scheme != format!("{{{}}}", v.name));
                Some(Server {
                    url: trimmed(&format!("{fixed}://{rest}")),
                    variables,
                    description,
                    origins: origin.into(),
                })
            }
            Some(_) => {
                self.findings.add(UNUSABLE, origin, || {
                    format!("`{url}` is no address of HTTP")
                });
                None
            }
            None if url.starts_with('{') => {
                Some(whole_variable(url, variables, description, origin.into()))
            }
            None if url.starts_with("//") => Some(Server {
                url: trimmed(&format!("https:{url}")),
                variables,
                description,
                origins: origin.into(),
            }),
            // `api.example.com/v1`, without a scheme.
            None if is_host(url) => Some(Server {
                url: trimmed(&format!("https://{url}")),
                variables,
                description,
                origins: origin.into(),
            }),
            None => {
                self.findings.add(RELATIVE, origin, || {
                    format!("the server `{url}` is relative to where the description is served")
                });
                Some(relative_server(
                    url,
                    &mut variables,
                    origin.into(),
                    description,
                ))
            }
        }
    }

    /// `host`, `basePath` and `schemes` (2.0).
    fn flat_servers(&mut self, root: Node<'a>) -> Vec<Server> {
        let host = self.text(root, "host").unwrap_or_default().trim();
        let path = self.text(root, "basePath").unwrap_or_default().trim();
        let path = path.trim_matches('/');
        let schemes = self.list(root, "schemes");
        let schemes: Vec<&str> = schemes.into_iter().filter_map(Node::scalar).collect();
        let origin = root
            .get("host")
            .or_else(|| root.get("basePath"))
            .map_or(self.whole(), Node::origin);
        let host = host
            .split_once("://")
            .map_or(host, |(_, host)| host)
            .trim_end_matches('/');
        if host.is_empty() {
            self.findings.add(NO_SERVER, origin, || {
                "the document names no host".to_owned()
            });
            return vec![relative_server(path, &mut Vec::new(), origin.into(), None)];
        }
        let http_only =
            !schemes.is_empty() && !schemes.contains(&"https") && schemes.contains(&"http");
        let scheme = if http_only { "http" } else { "https" };
        let url = match path {
            "" => format!("{scheme}://{host}"),
            path => format!("{scheme}://{host}/{path}"),
        };
        let variables = holes(&url).map(|name| ServerVariable {
            name: name.to_owned(),
            ..ServerVariable::default()
        });
        vec![Server {
            variables: variables.collect(),
            url: trimmed(&url),
            description: None,
            origins: origin.into(),
        }]
    }

    /// `schemes` of an operation: only one that the document's first server does not have makes a server of its own.
    fn flat_schemes(&mut self, operation: Node<'a>) -> Vec<Server> {
        let schemes = self.list(operation, "schemes");
        let schemes: Vec<&str> = schemes.into_iter().filter_map(Node::scalar).collect();
        let Some(server) = self.model.servers.first() else {
            return Vec::new();
        };
        let Some((scheme, rest)) = server.url.split_once("://") else {
            return Vec::new();
        };
        let web: Vec<&&str> = schemes
            .iter()
            .filter(|one| matches!(**one, "http" | "https"))
            .collect();
        match web.first() {
            Some(first) if !web.iter().any(|one| **one == scheme) => vec![Server {
                url: format!("{first}://{rest}"),
                ..server.clone()
            }],
            _ => Vec::new(),
        }
    }
}

/// A server whose host the caller names.
fn relative_server(
    path: &str,
    variables: &mut Vec<ServerVariable>,
    origins: Origins,
    description: Option<String>,
) -> Server {
    let path = path.trim_start_matches("./").trim_matches('/');
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let mut all = vec![ServerVariable {
        name: HOST.to_owned(),
        default: None,
        allowed: Vec::new(),
        description: Some("The host that serves the API, such as `api.example.com`.".to_owned()),
    }];
    all.append(variables);
    let url = match path {
        "" | "." => format!("https://{{{HOST}}}"),
        path => format!("https://{{{HOST}}}/{path}"),
    };
    Server {
        url,
        variables: all,
        description,
        origins,
    }
}

/// `{server}/v1`: a variable whose value is an address. With a default it is that; else the caller names the host.
fn whole_variable(
    url: &str,
    mut variables: Vec<ServerVariable>,
    description: Option<String>,
    origins: Origins,
) -> Server {
    let name = holes(url).next().unwrap_or_default().to_owned();
    let rest = url.get(name.len() + 2..).unwrap_or_default();
    let value = variables
        .iter()
        .find(|variable| variable.name == name)
        .and_then(|variable| {
            variable
                .default
                .clone()
                .or_else(|| variable.allowed.first().cloned())
        });
    match value.filter(|value| value.contains("://")) {
        Some(value) => {
            variables.retain(|variable| variable.name != name);
            Server {
                url: trimmed(&format!("{}{rest}", value.trim_end_matches('/'))),
                variables,
                description,
                origins,
            }
        }
        None => Server {
            url: trimmed(&format!("https://{url}")),
            variables,
            description,
            origins,
        },
    }
}

/// An address without a query, a fragment and slashes at its end.
fn trimmed(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or(url);
    url.trim_end_matches('/').to_owned()
}

/// Whether a text without a scheme begins with the name of a host.
fn is_host(url: &str) -> bool {
    let host = url.split('/').next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    name == "localhost"
        || (name.contains('.')
            && !name.starts_with('.')
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '{' | '}')))
}

/// The names between braces, each once.
fn holes(url: &str) -> impl Iterator<Item = &str> {
    let mut names: Vec<&str> = Vec::new();
    for part in url.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !name.is_empty()
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names.into_iter()
}
