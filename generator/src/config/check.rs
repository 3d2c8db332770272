//! What the values of letterpress.yaml must be, beyond being text: names, versions, URLs, paths, operations.

use super::raw::Options;
use super::{Config, ServerEntry};
use crate::diagnostic::{Code, Diagnostic};
use crate::origin::Origin;
use crate::tree::Node;
use std::collections::{BTreeMap, BTreeSet};

/// Words that no identifier can be, and so no crate either.
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "Self",
];
/// Names that are taken in every crate, by what comes with the language or what a client depends on.
const TAKEN: &[&str] = &[
    "alloc",
    "bytes",
    "core",
    "http_body",
    "proc_macro",
    "reqwest",
    "serde",
    "serde_json",
    "std",
    "test",
];
/// Names that Windows keeps for devices; registries refuse them.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];
/// The methods of HTTP.
const METHODS: &[&str] = &[
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY",
];

/// Whether a crate can have this name and be published.
///
/// # Errors
/// One sentence that says what is wrong and what is allowed.
pub fn check_crate_name(name: &str) -> Result<(), String> {
    let ident = name.replace('-', "_");
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    let device = DEVICES.contains(&name)
        || name
            .strip_prefix("com")
            .or(name.strip_prefix("lpt"))
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()));
    let why = if name.is_empty() {
        "is missing".to_owned()
    } else if name.len() > 64 {
        "is longer than 64 characters".to_owned()
    } else if !name.bytes().all(allowed) || !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        "must be lowercase letters, digits, `-` and `_`, with a letter first".to_owned()
    } else if KEYWORDS.contains(&ident.as_str()) {
        "is a keyword of Rust".to_owned()
    } else if TAKEN.contains(&ident.as_str()) {
        "is the name of a crate that every client uses".to_owned()
    } else if device {
        "is reserved by an operating system".to_owned()
    } else {
        return Ok(());
    };
    match name {
        "" => Err(format!("the name of the crate {why}")),
        name => Err(format!("the crate name `{name}` {why}")),
    }
}

pub(super) struct Checker<'c> {
    config: &'c mut Config,
    root: Node<'c>,
    options: &'c Options<'c>,
    pub(super) faults: Vec<Diagnostic>,
}

impl<'c> Checker<'c> {
    pub(super) fn new(config: &'c mut Config, root: Node<'c>, options: &'c Options<'c>) -> Self {
        Checker {
            config,
            root,
            options,
            faults: Vec::new(),
        }
    }

    /// The name of the crate that is generated.
    pub(super) fn crate_name(&self) -> &str {
        &self.config.name
    }

    pub(super) fn check(&mut self) {
        self.name();
        let version = self.config.version.clone();
        if !is_version(&version) {
            let message = format!("the version `{version}` is not `major.minor.patch`");
            self.fault(&["version"], message, "write for instance `0.1.0`");
        }
        if let Some(license) = self.config.license.clone()
            && !is_license(&license)
        {
            let message = format!("the license `{license}` is no SPDX expression");
            self.fault(
                &["license"],
                message,
                "write for instance `MIT OR Apache-2.0`",
            );
        }
        self.links();
        self.sources();
        self.environments();
        self.overlays();
        self.refs();
        self.filters();
        if let Some(mut server) = self.config.server.take() {
            self.server(&mut server);
            self.config.server = Some(server);
        }
        self.skip();
        self.names();
    }

    /// Registries and readers take a link only where it is one.
    fn links(&mut self) {
        let config = &self.config;
        let given = [
            ("documentation", config.documentation.clone()),
            ("homepage", config.homepage.clone()),
            ("repository", config.repository.clone()),
        ];
        for (key, link) in given {
            let Some(link) = link else { continue };
            let rest = link
                .strip_prefix("https://")
                .or_else(|| link.strip_prefix("http://"));
            let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\');
            if rest.is_none_or(str::is_empty) || !link.chars().all(plain) {
                let message = format!("`{}` is no link", link.escape_debug());
                self.fault(
                    &[key],
                    message,
                    "write for instance `https://example.com/shop`",
                );
            }
        }
    }

    fn name(&mut self) {
        let given = self.options.name.is_some();
        let missing = self.config.name.is_empty() && self.root.get("name").is_none();
        if let Err(why) = check_crate_name(&self.config.name) {
            match (given, missing) {
                // The name of the command line has no place in the file.
                (true, _) => self.faults.push(Diagnostic::new(Code::CONFIG_VALUE, why)),
                (false, true) => {
                    self.fault(&[], why, "add `name: …`, or give `--name`");
                }
                (false, false) => self.fault(&["name"], why, "choose another name"),
            }
        }
    }

    fn sources(&mut self) {
        let sources = self.config.sources.clone();
        if sources.is_empty() && !self.options.sources {
            let message = "there is no source".to_owned();
            let steps: &[&str] = match self.root.get("sources") {
                Some(_) => &["sources"],
                None => &[],
            };
            self.fault(steps, message, "list files under `sources`, as `- file: …`");
        }
        let mut seen = BTreeMap::new();
        for (index, source) in sources.iter().enumerate() {
            let index = index.to_string();
            let steps = ["sources", index.as_str(), "file"];
            if !self.listed_file(&source.file, &steps, &mut seen) {
                continue;
            }
            if source
                .tag
                .as_deref()
                .is_some_and(|tag| tag.trim().is_empty())
            {
                let message = "a tag must not be empty".to_owned();
                let help = "leave `tag` out, or name a group such as `Users`";
                self.fault(&["sources", &index, "tag"], message, help);
            }
        }
    }

    fn environments(&mut self) {
        let mut seen = BTreeMap::new();
        for (index, file) in self.config.environments.clone().iter().enumerate() {
            let index = index.to_string();
            self.listed_file(file, &["environments", &index], &mut seen);
        }
    }

    fn overlays(&mut self) {
        let mut seen = BTreeMap::new();
        for (index, file) in self.config.overlays.clone().iter().enumerate() {
            let index = index.to_string();
            self.listed_file(file, &["overlays", &index], &mut seen);
        }
    }

    fn refs(&mut self) {
        for (url, file) in &self.config.refs.clone() {
            let steps = ["refs", url.as_str()];
            if !url.contains("://") || url.contains('#') {
                let message = format!("`{url}` is not the URL of a document");
                let help = "write what stands before the `#` of references, for instance `https://example.com/schemas.json`";
                self.fault(&steps, message, help);
            }
            // Two URLs may mean one document.
            self.listed_file(file, &steps, &mut BTreeMap::new());
        }
    }

    fn filters(&mut self) {
        let filters = [
            ("include", self.config.include.clone()),
            ("exclude", self.config.exclude.clone()),
        ];
        for (name, filter) in filters {
            for (index, path) in filter.paths.iter().enumerate() {
                if !path.starts_with('/') && !path.starts_with("**") {
                    let message = format!("`{path}` is no pattern of paths");
                    let help = "write for instance `/users/**`";
                    self.fault(&[name, "paths", &index.to_string()], message, help);
                }
            }
        }
    }

    /// Checks a path, and that it is listed once. Answers whether it can be a path at all.
    fn listed_file(
        &mut self,
        file: &str,
        steps: &[&str],
        seen: &mut BTreeMap<String, Option<Origin>>,
    ) -> bool {
        let file = file.replace('\\', "/");
        let absolute = file.starts_with('/') || file.get(1..2) == Some(":");
        if file.is_empty() || absolute || file.split('/').any(|part| part == "..") {
            let message = format!("`{file}` is not a path inside the folder of this file");
            let help = "write the path relative to this file, without `..`";
            self.code(Code::CONFIG_SOURCE, steps, message, help);
            return false;
        }
        let plain: Vec<_> = file
            .split('/')
            .filter(|part| !matches!(*part, "" | "."))
            .collect();
        if let Some(first) = seen.insert(plain.join("/"), self.place(steps)) {
            let message = format!("the source `{file}` is listed twice");
            self.code(Code::CONFIG_SOURCE, steps, message, "remove one of the two");
            if let (Some(fault), Some(first)) = (self.faults.pop(), first) {
                self.faults.push(fault.related(first, "first here"));
            }
        }
        true
    }

    fn server(&mut self, server: &mut ServerEntry) {
        let names = match url_variables(&server.url) {
            Ok(names) => names,
            Err(why) => {
                let message = format!("the URL `{}` {why}", server.url);
                let help = "write for instance `https://{subdomain}.example.com/api`";
                self.fault(&["server", "url"], message, help);
                return;
            }
        };
        let length = server.url.trim_end_matches('/').len();
        server.url.truncate(length);
        for (name, variable) in &server.variables {
            let steps = ["server", "variables", name.as_str()];
            if !names.contains(name) {
                let listed: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
                let message = format!("the URL has no variable `{name}`");
                let help = match listed.is_empty() {
                    true => "write `{name}` in the URL where it belongs".to_owned(),
                    false => format!("its variables are {}", listed.join(", ")),
                };
                self.fault(&steps, message, help);
            }
            let allowed = &variable.allowed;
            if let Some(default) = &variable.default
                && !allowed.is_empty()
                && !allowed.contains(default)
            {
                let message = format!("the default `{default}` is not among the allowed values");
                let help = format!("allowed are `{}`", allowed.join("`, `"));
                self.fault(&["server", "variables", name, "default"], message, help);
            }
        }
    }

    fn skip(&mut self) {
        let mut seen = BTreeMap::new();
        for (index, entry) in self.config.skip.clone().iter().enumerate() {
            let index = index.to_string();
            let steps = ["skip", index.as_str(), "operation"];
            self.operation(&steps, &entry.operation);
            let first = seen.insert(erased(&entry.operation), self.place(&steps));
            if let Some(first) = first {
                let message = format!("`{}` is listed twice", entry.operation);
                self.fault(&steps, message, "remove one of the two");
                if let (Some(fault), Some(first)) = (self.faults.pop(), first) {
                    self.faults.push(fault.related(first, "first here"));
                }
            }
        }
    }

    fn names(&mut self) {
        let names = self.config.names.clone();
        for (operation, name) in &names.operations {
            let steps = ["names", "operations", operation.as_str()];
            self.operation(&steps, operation);
            let lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
            if !begins || !name.chars().all(lower) || KEYWORDS.contains(&name.as_str()) {
                let message = format!("`{name}` cannot be the name of a method");
                let help = "use lowercase letters, digits and `_`, a letter first, no keyword";
                self.fault(&steps, message, help);
            }
        }
        for (from, name) in &names.types {
            let begins = name.starts_with(|c: char| c.is_ascii_uppercase());
            let plain = name.chars().all(|c| c.is_ascii_alphanumeric());
            if !begins || !plain || KEYWORDS.contains(&name.as_str()) {
                let message = format!("`{name}` cannot be the name of a type");
                let help = "use letters and digits, an uppercase letter first, no keyword";
                self.fault(&["names", "types", from], message, help);
            }
        }
    }

    pub(super) fn operation(&mut self, steps: &[&str], operation: &str) {
        let parts = operation.split_once(' ');
        let sound = parts.is_some_and(|(method, path)| {
            METHODS.contains(&method)
                && path.starts_with('/')
                && !path.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#'))
        });
        if !sound {
            let message = format!("`{operation}` is not a method and a path");
            let help = format!(
                "write for instance `POST /users/{{id}}`; methods are {}",
                METHODS.join(", ")
            );
            self.fault(steps, message, help);
        }
    }

    pub(super) fn fault(&mut self, steps: &[&str], message: String, help: impl Into<String>) {
        self.code(Code::CONFIG_VALUE, steps, message, help);
    }

    fn code(&mut self, code: Code, steps: &[&str], message: String, help: impl Into<String>) {
        let place = self.place(steps);
        self.faults
            .push(Diagnostic::new(code, message).at(place).help(help));
    }

    fn place(&self, steps: &[&str]) -> Option<Origin> {
        self.config.place(steps)
    }
}

/// Whether a text has the form of an SPDX license expression: identifiers between `AND`, `OR` and `WITH`, in parentheses
/// that match. Which identifiers there are is the registry's matter.
fn is_license(text: &str) -> bool {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let mut depth = 0_usize;
    let mut complete = false;
    for word in spaced.split_whitespace() {
        let is_operator = matches!(word, "AND" | "OR" | "WITH");
        let is_name = word
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'+' | b':'));
        match word {
            "(" if !complete => depth += 1,
            ")" if complete && depth > 0 => depth -= 1,
            _ if is_operator && complete => complete = false,
            _ if is_name && !is_operator && !complete => complete = true,
            _ => return false,
        }
    }
    complete && depth == 0
}

/// The text of an operation without the names of its parameters, which do not count: `GET /users/{}`.
pub fn erased(operation: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in operation.chars() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        text.push(c);
    }
    text
}

/// Whether a text is a version of Semantic Versioning 2.0: three numbers, then perhaps a pre-release and a build.
fn is_version(text: &str) -> bool {
    let (rest, build) = match text.split_once('+') {
        Some((rest, build)) => (rest, Some(build)),
        None => (text, None),
    };
    let (core, pre) = match rest.split_once('-') {
        Some((core, pre)) => (core, Some(pre)),
        None => (rest, None),
    };
    let numeric = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let number = |part: &str| {
        numeric(part) && part.parse::<u64>().is_ok() && (part == "0" || !part.starts_with('0'))
    };
    let word = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let parts: Vec<_> = core.split('.').collect();
    parts.len() == 3
        && parts.iter().all(|part| number(part))
        && pre.is_none_or(|pre| {
            pre.split('.')
                .all(|part| word(part) && (!numeric(part) || number(part)))
        })
        && build.is_none_or(|build| build.split('.').all(word))
}

/// The names of the variables in the URL of a server, or what is wrong with it.
fn url_variables(url: &str) -> Result<BTreeSet<String>, &'static str> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .ok_or("must begin with `https://` or `http://`")?;
    let plain =
        |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '|');
    if !rest.chars().all(plain) {
        return Err("holds characters that no URL has");
    }
    if rest.contains(['?', '#']) {
        return Err("must end before `?` and `#`");
    }
    let (authority, _) = rest.split_once('/').unwrap_or((rest, ""));
    if authority.contains('@') {
        return Err("must not hold credentials");
    }
    if authority.is_empty() || authority.starts_with(':') {
        return Err("names no host");
    }
    let mut names = BTreeSet::new();
    let mut rest = rest;
    while let Some(at) = rest.find(['{', '}']) {
        let (name, behind) = rest
            .get(at..)
            .and_then(|rest| rest.strip_prefix('{'))
            .and_then(|rest| rest.split_once('}'))
            .ok_or("has a brace without its partner")?;
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        if name.is_empty() || !name.chars().all(word) {
            return Err("has a variable whose name is not letters, digits, `_`, `-` and `.`");
        }
        names.insert(name.to_owned());
        rest = behind;
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licenses() {
        for right in [
            "MIT",
            "MIT OR Apache-2.0",
            "(MIT OR GPL-2.0+) AND Apache-2.0 WITH LLVM-exception",
            "LicenseRef-Shop",
        ] {
            assert!(is_license(right), "{right}");
        }
        for wrong in [
            "",
            "MIT/Apache-2.0",
            "MIT OR",
            "OR MIT",
            "(MIT",
            "MIT)",
            "MIT Apache-2.0",
        ] {
            assert!(!is_license(wrong), "{wrong}");
        }
    }

    #[test]
    fn crate_names_can_be_published() {
        for name in ["zendesk", "a", "a-b_c2", "docusign-esign", "selfish"] {
            assert_eq!(check_crate_name(name), Ok(()));
        }
        let long = "a".repeat(65);
        for name in [
            "",
            "Zendesk",
            "2a",
            "-a",
            "a b",
            "a/b",
            "fn",
            "self",
            "serde",
            "serde-json",
            "con",
            "com1",
            "é",
            "../x",
            &long,
        ] {
            assert!(check_crate_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn versions_are_semantic() {
        for text in ["0.1.0", "1.2.3-alpha.1", "1.0.0+build.5", "1.0.0-x-y"] {
            assert!(is_version(text), "{text}");
        }
        for text in [
            "1",
            "1.0",
            "01.0.0",
            "1.0.0-",
            "1.0.0-01",
            "v1.0.0",
            "1.0.0.0",
            " 1.0.0",
            "99999999999999999999.0.0",
        ] {
            assert!(!is_version(text), "{text}");
        }
    }

    #[test]
    fn urls_are_absolute_and_bare() {
        let names = url_variables("https://{sub}.x.com/{v}").expect("URL");
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["sub", "v"]);
        for url in ["http://localhost:8080", "https://[::1]/x/"] {
            assert!(url_variables(url).is_ok(), "{url}");
        }
        for url in [
            "",
            "x.com",
            "ftp://x",
            "https://",
            "https:///x",
            "https://:80",
            "https://u:p@x",
            "https://x?q",
            "https://x#f",
            "https://x y",
            "https://{a",
            "https://a}",
            "https://{}",
            "https://{a{b}}",
        ] {
            assert!(url_variables(url).is_err(), "{url}");
        }
    }
}
