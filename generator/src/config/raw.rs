//! The text of letterpress.yaml to a [`Config`]: its shape by serde, its values by the checks.

use super::check::Checker;
use super::idempotency::{self, Idempotency, RawIdempotency};
use super::overrides::{self, RawOverrides};
use super::pagination::{self, RawPaging};
use super::runtime::{self, RawRuntime};
use super::{
    Config, DEFAULT_VERSION, Filter, Listed, Names, Overrides, Pages, ServerEntry, SkipEntry,
    SourceEntry, VariableEntry,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::names::lock::Lock;
use crate::origin::{Lines, Origin, Position};
use crate::tree::{Node, Tree};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the command line says already, so that the file need not.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'o> {
    /// The name of the crate, which counts more than the file's.
    pub name: Option<&'o str>,
    /// Whether sources are given, which are read instead of the file's.
    pub sources: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    name: Option<String>,
    version: Option<String>,
    title: Option<String>,
    description: Option<String>,
    license: Option<String>,
    documentation: Option<String>,
    homepage: Option<String>,
    repository: Option<String>,
    #[serde(default)]
    sources: Vec<RawSource>,
    #[serde(default)]
    environments: Vec<String>,
    #[serde(default)]
    overlays: Vec<String>,
    /// Read from the tree, where each value has its place.
    #[serde(default)]
    patches: Vec<serde_yaml::Value>,
    #[serde(default)]
    refs: BTreeMap<String, String>,
    #[serde(default)]
    include: RawFilter,
    #[serde(default)]
    exclude: RawFilter,
    server: Option<RawServer>,
    #[serde(default)]
    unwrap: bool,
    #[serde(default)]
    skip: Vec<RawSkip>,
    #[serde(default)]
    names: RawNames,
    #[serde(default)]
    idempotency: RawIdempotency,
    #[serde(default)]
    docs: RawDocs,
    runtime: Option<RawRuntime>,
    examples: Option<bool>,
    tests: Option<bool>,
    #[serde(default)]
    types: BTreeMap<String, String>,
    #[serde(default)]
    nullable: BTreeMap<String, bool>,
    #[serde(default)]
    required: BTreeMap<String, bool>,
    #[serde(default)]
    enums: BTreeMap<String, Vec<Listed>>,
    #[serde(default)]
    pagination: BTreeMap<String, RawPaging>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFilter {
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    paths: Vec<String>,
    #[serde(default)]
    operations: Vec<String>,
}

impl From<RawFilter> for Filter {
    fn from(raw: RawFilter) -> Self {
        Filter {
            tags: raw.tags,
            paths: raw.paths,
            operations: raw.operations,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDocs {
    curl: Option<bool>,
    samples: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    file: String,
    tag: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawServer {
    url: String,
    #[serde(default)]
    variables: BTreeMap<String, RawVariable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVariable {
    default: Option<String>,
    #[serde(default)]
    allowed: Vec<String>,
    description: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSkip {
    operation: String,
    reason: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNames {
    #[serde(default)]
    operations: BTreeMap<String, String>,
    #[serde(default)]
    types: BTreeMap<String, String>,
    #[serde(default)]
    fields: BTreeMap<String, String>,
}

/// Reads the settings from a text and its tree. Everything that is wrong with the values is said at once; nothing
/// comes back if anything is.
pub fn read(
    text: &str,
    tree: &Tree,
    options: &Options<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let raw: RawConfig = match serde_yaml::from_str(text) {
        Ok(raw) => raw,
        Err(error) => {
            diagnostics.push(fault(text, tree, &error));
            return None;
        }
    };
    // Those who apply them say what is wrong with them.
    drop(raw.patches);
    let raw_overrides = RawOverrides {
        types: raw.types,
        nullable: raw.nullable,
        required: raw.required,
        enums: raw.enums,
        fields: raw.names.fields,
    };
    let mut config = Config {
        name: raw.name.unwrap_or_default(),
        version: raw.version.unwrap_or_else(|| DEFAULT_VERSION.to_owned()),
        title: raw.title,
        description: raw.description,
        license: raw.license,
        documentation: raw.documentation,
        homepage: raw.homepage,
        repository: raw.repository,
        sources: raw
            .sources
            .into_iter()
            .map(|RawSource { file, tag }| SourceEntry { file, tag })
            .collect(),
        environments: raw.environments,
        overlays: raw.overlays,
        refs: raw.refs,
        include: raw.include.into(),
        exclude: raw.exclude.into(),
        server: raw.server.map(server),
        unwrap: raw.unwrap,
        skip: raw
            .skip
            .into_iter()
            .map(|RawSkip { operation, reason }| SkipEntry { operation, reason })
            .collect(),
        names: Names {
            operations: raw.names.operations,
            types: raw.names.types,
        },
        idempotency: Idempotency::default(),
        runtime: None,
        pages: Pages {
            curl: raw.docs.curl.unwrap_or(true),
            samples: raw.docs.samples.unwrap_or(true),
            examples: raw.examples.unwrap_or(true),
            tests: raw.tests.unwrap_or(true),
        },
        overrides: Overrides::default(),
        pagination: BTreeMap::new(),
        lock: Lock::default(),
        file: Some(tree.file()),
        places: places(tree.root()),
    };
    if let Some(name) = options.name {
        config.name = name.to_owned();
    }
    let mut checker = Checker::new(&mut config, tree.root(), options);
    checker.check();
    let overrides = overrides::check(raw_overrides, &mut checker);
    let idempotency = idempotency::check(raw.idempotency, &mut checker);
    let pagination = pagination::check(raw.pagination, &mut checker);
    let runtime = runtime::check(raw.runtime, &mut checker);
    let faults = checker.faults;
    config.overrides = overrides;
    config.idempotency = idempotency;
    config.pagination = pagination;
    config.runtime = runtime;
    let sound = faults.is_empty();
    for fault in faults {
        diagnostics.push(fault);
    }
    sound.then_some(config)
}

fn server(raw: RawServer) -> ServerEntry {
    let variables = raw.variables.into_iter().map(|(name, variable)| {
        let RawVariable {
            default,
            allowed,
            description,
        } = variable;
        let entry = VariableEntry {
            default,
            allowed,
            description,
        };
        (name, entry)
    });
    ServerEntry {
        url: raw.url,
        variables: variables.collect(),
    }
}

/// A finding from what serde says: the place by line and column, the message without them.
fn fault(text: &str, tree: &Tree, error: &serde_yaml::Error) -> Diagnostic {
    let message = error.to_string();
    let Some(location) = error.location() else {
        let place = Origin {
            file: tree.file(),
            ..Origin::default()
        };
        return Diagnostic::new(Code::CONFIG_SYNTAX, message)
            .at(place)
            .help(HELP);
    };
    let suffix = format!(" at line {} column {}", location.line(), location.column());
    let message = message.replacen(&suffix, "", 1);
    let offset = Lines::new(text).offset(Position {
        line: location.line(),
        column: location.column(),
    });
    let mut place = tree.mark(u32::try_from(offset).unwrap_or(u32::MAX));
    // An unknown name is named in the message; its own place is better than that of the mapping.
    let node = tree.innermost(place.span.start);
    let unknown = message
        .split_once("unknown field `")
        .and_then(|(_, rest)| rest.split_once('`'));
    if let Some((name, _)) = unknown {
        let key = node
            .entries()
            .chain(node.parent().into_iter().flat_map(Node::entries))
            .find(|(key, _)| key.text == name);
        if let Some((key, _)) = key {
            place = key.origin;
        }
    }
    Diagnostic::new(Code::CONFIG_SYNTAX, message)
        .at(place)
        .help(HELP)
}

/// What helps with everything that serde refuses.
pub(super) const HELP: &str = "the README lists all keys of letterpress.yaml with an example";

/// The places of all values by their pointers. The tree is no deeper than its limit, and a configuration is small.
fn places(root: Node<'_>) -> BTreeMap<String, Origin> {
    let mut places = BTreeMap::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        places.insert(node.pointer().as_str().to_owned(), node.origin());
        open.extend(node.items());
        open.extend(node.entries().map(|(_, value)| value));
    }
    places
}
