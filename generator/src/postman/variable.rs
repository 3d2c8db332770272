//! Variables of collections and folders: what a reference means, and what a base variable says about the server.

use super::Lowering;
use super::entry::{Spelling, clean, is_placeholder};
use super::environment::{Variables, is_secret};
use crate::model::{Server, ServerVariable};
use crate::origin::{Origin, Origins};
use crate::tree::Node;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How often references in values are followed; the number of the reference implementation.
const PASSES: usize = 19;

/// Longest text that references may grow to. Values that refer to others twice would else grow without end.
const RESOLVED_BYTES: usize = 1 << 16;

/// A variable's value.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) value: Option<String>,
    pub(super) description: Option<String>,
    pub(super) origin: Origin,
}

/// The variables that are in sight of an item, those of the collection first.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// Those of the environment, which count more than all others.
    environment: Rc<BTreeMap<String, Variable>>,
    levels: Vec<Rc<BTreeMap<String, Variable>>>,
}

/// A piece of a text that may refer to variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    Text(&'t str),
    Variable(&'t str),
}

/// Splits a text at its references: `{{` and `}}` around a name without braces.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(open) = rest.get(from..).and_then(|tail| tail.find("{{")) {
        let start = from + open;
        let inside = rest.get(start + 2..).unwrap_or_default();
        match inside.find(['{', '}']) {
            Some(end) if inside.get(end..).is_some_and(|tail| tail.starts_with("}}")) => {
                if start > 0 {
                    parts.push(Part::Text(rest.get(..start).unwrap_or_default()));
                }
                parts.push(Part::Variable(inside.get(..end).unwrap_or_default().trim()));
                rest = inside.get(end + 2..).unwrap_or_default();
                from = 0;
            }
            _ => from = start + 1,
        }
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}

/// The name that a text refers to, if it is one reference and nothing else.
pub(super) fn whole_reference(text: &str) -> Option<&str> {
    match parts(text.trim()).as_slice() {
        [Part::Variable(name)] => Some(name),
        _ => None,
    }
}

impl Scope {
    /// The scope around a collection.
    pub(super) fn new(variables: &Variables) -> Scope {
        Scope {
            environment: Rc::clone(&variables.environment),
            levels: vec![Rc::clone(&variables.globals)],
        }
    }

    /// The scope with the variables of a collection or folder added.
    pub(super) fn with(&self, variables: BTreeMap<String, Variable>) -> Scope {
        let mut scope = self.clone();
        if !variables.is_empty() {
            scope.levels.push(Rc::new(variables));
        }
        scope
    }

    /// The nearest variable of this name.
    pub(super) fn get(&self, name: &str) -> Option<&Variable> {
        let inner = || self.levels.iter().rev().find_map(|level| level.get(name));
        self.environment.get(name).or_else(inner)
    }

    /// All variables in sight, by name.
    pub(super) fn all(&self) -> BTreeMap<&str, &Variable> {
        let mut all = BTreeMap::new();
        for level in self.levels.iter().chain([&self.environment]) {
            all.extend(
                level
                    .iter()
                    .map(|(name, variable)| (name.as_str(), variable)),
            );
        }
        all
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.get(name)?.value.as_deref()
    }

    /// The text with all references followed that lead somewhere. Nothing if they lead in a circle or never end.
    pub(super) fn resolve(&self, text: &str) -> Option<String> {
        let mut text = text.to_owned();
        for _ in 0..PASSES {
            let mut changed = false;
            let mut next = String::with_capacity(text.len());
            for part in parts(&text) {
                match part {
                    Part::Text(literal) => next.push_str(literal),
                    Part::Variable(name) => match self.value(name) {
                        Some(value) => {
                            changed = true;
                            next.push_str(value);
                        }
                        None => push_reference(&mut next, name),
                    },
                }
                if next.len() > RESOLVED_BYTES {
                    return None;
                }
            }
            text = next;
            if !changed {
                return Some(text);
            }
        }
        None
    }
}

fn push_reference(text: &mut String, name: &str) {
    text.push_str("{{");
    text.push_str(name);
    text.push_str("}}");
}

/// What a dynamic variable shows, as the placeholder that says the same.
pub(super) fn dynamic_placeholder(name: &str) -> Option<&'static str> {
    Some(match name.strip_prefix('$')? {
        "guid" | "randomUUID" => "<uuid>",
        "timestamp" | "randomInt" | "randomBankAccount" => "<integer>",
        "isoTimestamp" => "<dateTime>",
        "randomBoolean" => "<boolean>",
        "randomEmail" | "randomExampleEmail" => "<email>",
        "randomUrl" | "randomImageUrl" | "randomAvatarImage" => "<uri>",
        "randomIP" => "<ipv4>",
        "randomIPV6" => "<ipv6>",
        "randomPrice" | "randomLatitude" | "randomLongitude" => "<number>",
        _ => "<string>",
    })
}

impl Lowering<'_> {
    /// Reads the `variable` list of a collection, a folder or an item.
    pub(super) fn read_variables(&mut self, node: Option<Node<'_>>) -> BTreeMap<String, Variable> {
        let mut secrets = BTreeSet::new();
        for item in node.iter().flat_map(|list| list.items()) {
            let name = item.get("key").or_else(|| item.get("id"));
            let name = name.and_then(Node::scalar).unwrap_or_default();
            let value = item.get("value").and_then(Node::scalar).unwrap_or_default();
            if is_secret(item, name, value) {
                secrets.insert(item.origin());
            }
        }
        let mut variables = BTreeMap::new();
        for entry in self.read_entries(node, Spelling::Query) {
            if entry.disabled {
                continue;
            }
            // A variable whose value stays behind is still known: it hides others of its name.
            let value = entry.value.as_deref();
            let value = value.filter(|_| !secrets.contains(&entry.origin));
            let variable = Variable {
                value: value.map(str::to_owned),
                description: entry.description.clone(),
                origin: entry.origin,
            };
            variables.insert(entry.key.into_owned(), variable);
        }
        variables
    }

    /// The server that the text in front of a path means: `{{baseUrl}}`, `https://{{region}}.example.com`. Variables that
    /// stand for the whole beginning are followed; those inside stay variables, with their values for defaults.
    pub(super) fn server(&mut self, base: &str, scope: &Scope, origin: Origin) -> Option<Server> {
        let mut text = base.trim().to_owned();
        let mut origins = Origins::from(origin);
        for pass in 0.. {
            let Some(Part::Variable(name)) = parts(&text).first().copied() else {
                break;
            };
            let name = name.to_owned();
            let variable = scope.get(&name);
            let value = variable
                .and_then(|variable| variable.value.as_deref())
                .map(str::trim)
                .filter(|value| !value.is_empty() && !value.starts_with('<'));
            let (Some(variable), Some(value)) = (variable, value) else {
                break;
            };
            if pass >= PASSES || text.len() > RESOLVED_BYTES {
                // A circle, which was reported where the variables were read.
                return None;
            }
            origins.add(variable.origin);
            let rest = text.get(text.find("}}")? + 2..)?.to_owned();
            text = format!("{value}{rest}");
        }
        let (scheme, authority) = match text.split_once("://") {
            Some((scheme, rest)) if scheme.contains("{{") => ("https", rest),
            Some((scheme, rest)) => (scheme, rest),
            // Without a scheme, a variable alone says nothing: the caller has to name the server.
            None if whole_reference(&text).is_some() || text.is_empty() => return None,
            None => {
                let local = ["localhost", "127.", "0.0.0.0", "[::1]"];
                let scheme = if local.iter().any(|host| text.starts_with(host)) {
                    "http"
                } else {
                    "https"
                };
                (scheme, text.as_str())
            }
        };
        let authority = authority
            .split(['?', '#'])
            .next()
            .unwrap_or_default()
            .trim_end_matches('/');
        // A user and a password in front of the host are credentials, which never reach a model.
        let host_end = authority.find('/').unwrap_or(authority.len());
        let authority = match authority.get(..host_end).and_then(|host| host.rfind('@')) {
            Some(at) => authority.get(at + 1..).unwrap_or_default(),
            None => authority,
        };
        if authority.is_empty() || authority.contains(char::is_whitespace) {
            return None;
        }
        let mut url = format!("{}://", scheme.to_ascii_lowercase());
        let mut variables: Vec<ServerVariable> = Vec::new();
        for part in parts(authority) {
            let name = match part {
                Part::Text(literal) => {
                    url.push_str(literal);
                    continue;
                }
                Part::Variable(name) => name,
            };
            url.push('{');
            url.push_str(name);
            url.push('}');
            if variables.iter().any(|variable| variable.name == name) {
                continue;
            }
            let default = scope
                .get(name)
                .and_then(|variable| variable.value.as_deref())
                .and_then(|value| scope.resolve(value))
                .map(|value| value.trim_matches('/').to_owned())
                .filter(|value| !is_placeholder(value));
            variables.push(ServerVariable {
                name: name.to_owned(),
                default,
                allowed: Vec::new(),
                description: scope
                    .get(name)
                    .and_then(|variable| variable.description.as_deref())
                    .and_then(clean),
            });
        }
        Some(Server {
            url,
            variables,
            description: None,
            origins,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postman::tests::lowering;

    fn scope(values: &[(&str, &str)]) -> Scope {
        let level = values.iter().map(|(name, value)| {
            let variable = Variable {
                value: Some((*value).to_owned()),
                description: None,
                origin: Origin::default(),
            };
            ((*name).to_owned(), variable)
        });
        Scope::default().with(level.collect())
    }

    #[test]
    fn references_are_found() {
        use Part::{Text, Variable};
        assert_eq!(
            parts("a{{ b }}{{c}}"),
            [Text("a"), Variable("b"), Variable("c")]
        );
        assert_eq!(parts("{{{a}}}"), [Text("{"), Variable("a"), Text("}")]);
        assert_eq!(parts("{{a} }}"), [Text("{{a} }}")]);
        assert_eq!(parts("{{"), [Text("{{")]);
        assert_eq!(parts(""), []);
        assert_eq!(
            (whole_reference("{{a}}"), whole_reference("{{a}}/b")),
            (Some("a"), None)
        );
    }

    #[test]
    fn nearer_variables_win_and_circles_have_no_value() {
        let outer = scope(&[
            ("a", "1"),
            ("b", "{{a}}{{c}}"),
            ("x", "{{y}}"),
            ("y", "{{x}}"),
        ]);
        let inner = outer.with(
            [(
                "a".to_owned(),
                Variable {
                    value: Some("2".into()),
                    description: None,
                    origin: Origin::default(),
                },
            )]
            .into(),
        );
        assert_eq!(inner.resolve("{{b}}").as_deref(), Some("2{{c}}"));
        assert_eq!(outer.resolve("{{x}}"), None);
        let growing = scope(&[("a", "{{a}}{{a}}")]);
        assert_eq!(growing.resolve("{{a}}"), None);
    }

    #[test]
    fn servers() {
        type Values = &'static [(&'static str, &'static str)];
        let cases: &[(Values, &str, Option<&str>)] = &[
            (
                &[("baseUrl", "https://api.example.com/v1/")],
                "{{baseUrl}}",
                Some("https://api.example.com/v1"),
            ),
            (
                &[("baseUrl", "{{b}}"), ("b", "http://x.org")],
                "{{baseUrl}}",
                Some("http://x.org"),
            ),
            (
                &[
                    ("baseUrl", "https://{{subdomain}}.x.com/{{basePath}}"),
                    ("subdomain", "acme"),
                ],
                "{{baseUrl}}",
                Some("https://{subdomain}.x.com/{basePath}"),
            ),
            (&[], "{{baseUrl}}", None),
            (&[("baseUrl", "<string>")], "{{baseUrl}}", None),
            (&[("baseUrl", "{{baseUrl}}")], "{{baseUrl}}", None),
            (&[], "", None),
            (&[], "api.example.com", Some("https://api.example.com")),
            (&[], "localhost:8080", Some("http://localhost:8080")),
            (
                &[],
                "https://user:secret@x.com/a@b",
                Some("https://x.com/a@b"),
            ),
            (
                &[("protocol", "https"), ("host", "x.com")],
                "{{protocol}}://{{host}}",
                Some("https://{host}"),
            ),
        ];
        for (values, base, expected) in cases {
            let server =
                lowering(|lowering| lowering.server(base, &scope(values), Origin::default()));
            assert_eq!(
                server.as_ref().map(|server| server.url.as_str()),
                *expected,
                "{base}"
            );
            if let Some(server) = server.filter(|server| server.url.contains("{subdomain}")) {
                let defaults: Vec<_> = server
                    .variables
                    .iter()
                    .map(|v| v.default.as_deref())
                    .collect();
                assert_eq!(defaults, [Some("acme"), None]);
            }
        }
    }
}
