//! The settings of a crate to its manifest: nothing of it comes from a description but text for people.

use super::client::api_title;
use super::context::Context;
use super::docs::{Doc, one_line};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::names::{self, RustIdent};

/// `Cargo.toml` as decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The package's name.
    pub name: String,
    /// The crate's name in code.
    pub krate: String,
    /// The package's version.
    pub version: String,
    /// A sentence for people.
    pub description: String,
    /// The license as an SPDX expression.
    pub license: Option<String>,
    /// Where the source is, where the project is shown, and where its documentation is read, by the manifest's keys.
    pub links: Vec<(&'static str, String)>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// Cargo features and what they switch on.
    pub features: Vec<Feature>,
    /// The crate that has the runtime, if it is shared.
    pub runtime: Option<RuntimeCrate>,
    /// Dependencies beside it.
    pub dependencies: Vec<Dependency>,
    /// Dependencies of programs that show how it is used.
    pub dev_dependencies: &'static [Dependency],
    /// What belongs into the package.
    pub include: Vec<&'static str>,
}

/// The crate that several clients have their runtime from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuntimeCrate {
    /// The package's name.
    pub name: String,
    /// The crate's name in code.
    pub krate: RustIdent,
    /// Where it is, relative to the folder of the generated crate; in the registry if nowhere.
    pub path: Option<String>,
    /// The version requirement.
    pub version: String,
}

/// A Cargo feature of a generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// What it switches on.
    pub switches: Vec<String>,
    /// What that is good for.
    pub docs: &'static str,
}

/// A dependency of a generated crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The package.
    pub name: &'static str,
    /// The version requirement.
    pub version: &'static str,
    /// Whether its default features are on.
    pub default_features: bool,
    /// Its other features.
    pub features: &'static [&'static str],
    /// Whether a Cargo feature of the crate switches it on.
    pub optional: bool,
    /// Whether it is for browsers only.
    pub browser: bool,
}

/// What every generated crate depends on; the list is ours, whatever a description says.
const DEPENDENCIES: &[Dependency] = &[
    Dependency {
        name: "bytes",
        version: "1.12.1",
        default_features: true,
        features: &[],
        optional: false,
        browser: false,
    },
    // For those who want times and days as types of these.
    Dependency {
        name: "chrono",
        version: "0.4.42",
        default_features: false,
        features: &["std"],
        optional: true,
        browser: false,
    },
    // For those who want pages and items as streams.
    Dependency {
        name: "futures-core",
        version: "0.3.34",
        default_features: true,
        features: &[],
        optional: true,
        browser: false,
    },
    Dependency {
        name: "http-body",
        version: "1.1.0",
        default_features: true,
        features: &[],
        optional: true,
        browser: false,
    },
    Dependency {
        name: "jiff",
        version: "0.2.16",
        default_features: false,
        features: &["std"],
        optional: true,
        browser: false,
    },
    Dependency {
        name: "reqwest",
        version: "0.13.5",
        default_features: false,
        features: &[],
        optional: true,
        browser: false,
    },
    Dependency {
        name: "serde",
        version: "1.0.229",
        default_features: false,
        features: &["std"],
        optional: false,
        browser: false,
    },
    Dependency {
        name: "serde_json",
        version: "1.0.154",
        default_features: true,
        features: &["float_roundtrip"],
        optional: false,
        browser: false,
    },
    Dependency {
        name: "time",
        version: "0.3.41",
        default_features: false,
        features: &["formatting", "parsing", "std"],
        optional: true,
        browser: false,
    },
    // The clock of a browser, and its timers.
    Dependency {
        name: "js-sys",
        version: "0.3.107",
        default_features: true,
        features: &[],
        optional: true,
        browser: true,
    },
    // Timers; reqwest brings it anyway.
    Dependency {
        name: "tokio",
        version: "1.54.1",
        default_features: false,
        features: &["time"],
        optional: true,
        browser: false,
    },
    Dependency {
        name: "tracing",
        version: "0.1.44",
        default_features: false,
        features: &[],
        optional: true,
        browser: false,
    },
    Dependency {
        name: "wasm-bindgen-futures",
        version: "0.4.80",
        default_features: true,
        features: &[],
        optional: true,
        browser: true,
    },
];

/// What the programs below `examples/` depend on: it costs nobody who only depends on the crate.
const DEV_DEPENDENCIES: &[Dependency] = &[Dependency {
    name: "tokio",
    version: "1.54.1",
    default_features: false,
    features: &["macros", "rt"],
    optional: false,
    browser: false,
}];

/// The Cargo features of every generated crate: name, what they switch on, and what that is good for.
type Switch = (&'static str, &'static [&'static str], &'static str);
const FEATURES: &[Switch] = &[
    ("default", &["rustls"], ""),
    (
        "rustls",
        &["reqwest", "reqwest/rustls"],
        "HTTPS by Rustls, with the certificates of the platform",
    ),
    (
        "native-tls",
        &["reqwest", "reqwest/native-tls"],
        "HTTPS by the TLS library of the platform",
    ),
    (
        "reqwest",
        &[
            "dep:http-body",
            "dep:js-sys",
            "dep:reqwest",
            "dep:tokio",
            "dep:wasm-bindgen-futures",
        ],
        "the built-in HTTP client; without one of the features above it speaks plain HTTP only",
    ),
    (
        "blocking",
        &["dep:tokio", "tokio/rt"],
        "where there is no async code: `send_blocking` of every call, `blocking` of pages and items, and `block_on` of the prelude for the rest",
    ),
    (
        "chrono",
        &["dep:chrono"],
        "`to_chrono` of `Timestamp` and `Date`, and the way back",
    ),
    (
        "jiff",
        &["dep:jiff"],
        "`to_jiff` of `Timestamp` and `Date`, and the way back",
    ),
    (
        "time",
        &["dep:time"],
        "`to_time` of `Timestamp` and `Date`, and the way back",
    ),
    (
        "mock",
        &[],
        "`Mock::examples`, which answers every operation with a valid example",
    ),
    (
        "stream",
        &["dep:futures-core"],
        "pages, items and chunks of a body as `futures_core::Stream`",
    ),
    (
        "tracing",
        &["dep:tracing"],
        "a span of `tracing` for each attempt, by the conventions of OpenTelemetry, without values of the query, headers and bodies",
    ),
];

/// The dependencies that the code of types and operations names itself.
const OF_TYPES: &[&str] = &["bytes", "serde", "serde_json"];

/// The version of the runtime that belongs to this generator: tables and macros of one do not fit another.
const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The features of a crate; what belongs to a runtime of its own is switched on there.
fn features(runtime: Option<&RuntimeCrate>) -> Vec<Feature> {
    let features = FEATURES.iter().map(|(name, switches, docs)| Feature {
        name,
        switches: match runtime {
            Some(runtime) if !switches.is_empty() && *name != "default" => {
                vec![format!("{}/{name}", runtime.name)]
            }
            _ => switches.iter().map(|&switch| switch.to_owned()).collect(),
        },
        docs: match (*name, runtime) {
            ("mock", Some(_)) => {
                "`mock_examples`, a mock that answers every operation with a valid example"
            }
            _ => docs,
        },
    });
    features.collect()
}

impl Manifest {
    /// The manifest of the crate that has nothing but the runtime.
    pub fn of_runtime(name: &str) -> Self {
        let features = features(None).into_iter();
        Manifest {
            name: name.to_owned(),
            krate: name.replace('-', "_"),
            version: RUNTIME_VERSION.to_owned(),
            description: "The runtime of clients that Letterpress generates".to_owned(),
            license: None,
            links: Vec::new(),
            keywords: keywords(name),
            // Who depends on it chooses; a client without an HTTP client must not get one by way of another.
            features: features
                .filter(|feature| !matches!(feature.name, "default" | "mock"))
                .collect(),
            runtime: None,
            dependencies: DEPENDENCIES.to_vec(),
            dev_dependencies: &[],
            include: vec!["/README.md", "/src"],
        }
    }
}

/// The longest keyword that a registry takes, in characters.
const LONGEST_KEYWORD: usize = 20;

/// Plans the manifest.
pub(super) fn plan_manifest(context: &Context<'_>, diagnostics: &mut Diagnostics) -> Manifest {
    let config = context.config;
    let name = config.name.as_str();
    let krate = name.replace('-', "_");
    let letters = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let named = names::RustIdent::parse(&krate).is_some_and(|ident| ident.as_str() == krate);
    let taken = DEPENDENCIES
        .iter()
        .any(|dependency| dependency.name == name)
        || matches!(
            krate.as_str(),
            "tokio" | "alloc" | "core" | "proc_macro" | "std" | "test"
        );
    if !letters || !named || taken || name.len() > 64 {
        let message = format!("`{}` cannot be the name of a crate", name.escape_debug());
        let help = "use letters, digits, `-` and `_`, beginning with a letter, and no name of a crate that it depends on";
        diagnostics.push(
            Diagnostic::new(Code::PLAN_INVALID_NAME, message)
                .at(config.place(&["name"]))
                .help(help),
        );
    }
    let version = if config.version.is_empty() {
        "0.1.0"
    } else {
        config.version.as_str()
    };
    if !is_version(version) {
        let message = format!(
            "`{}` cannot be the version of a crate",
            version.escape_debug()
        );
        diagnostics.push(
            Diagnostic::new(Code::PLAN_INVALID_NAME, message)
                .at(config.place(&["version"]))
                .help("write three numbers, as in `0.1.0`"),
        );
    }
    let description = config
        .description
        .as_deref()
        .map(one_line)
        .filter(|text| !text.is_empty());
    let runtime = config.runtime.as_ref().and_then(|shared| {
        Some(RuntimeCrate {
            name: shared.name.clone(),
            // A name that is no identifier is an error of the configuration.
            krate: RustIdent::parse(&shared.name.replace('-', "_"))?,
            path: shared.path.clone(),
            version: shared.version.clone().unwrap_or(RUNTIME_VERSION.to_owned()),
        })
    });
    Manifest {
        name: name.to_owned(),
        krate,
        version: version.to_owned(),
        description: description
            .unwrap_or_else(|| format!("{} of the {}", what(context), api_title(context)))
            .replace('\\', ""),
        license: config.license.clone(),
        links: [
            ("documentation", &config.documentation),
            ("homepage", &config.homepage),
            ("repository", &config.repository),
        ]
        .into_iter()
        .filter_map(|(key, value)| Some((key, value.clone()?)))
        .collect(),
        keywords: keywords(name),
        features: features(runtime.as_ref()),
        dependencies: DEPENDENCIES
            .iter()
            .filter(|dependency| runtime.is_none() || OF_TYPES.contains(&dependency.name))
            .copied()
            .collect(),
        runtime,
        dev_dependencies: match config.pages.examples {
            true => DEV_DEPENDENCIES,
            false => &[],
        },
        // The samples are for whoever generates the crate, not for whoever depends on it.
        include: match config.pages.examples {
            true => vec!["/CHANGELOG.md", "/README.md", "/examples", "/src"],
            false => vec!["/CHANGELOG.md", "/README.md", "/src"],
        },
    }
}

/// The crate's name, if it can be a keyword, and what it is.
fn keywords(name: &str) -> Vec<String> {
    let name = name.to_ascii_lowercase();
    let mut keywords: Vec<String> = ["api", "client", "sdk"].map(str::to_owned).into();
    if name.len() <= LONGEST_KEYWORD && !keywords.contains(&name) {
        keywords.insert(0, name);
    }
    keywords
}

/// Three numbers without leading zeros, with what Semantic Versioning 2 allows behind them.
fn is_version(text: &str) -> bool {
    let (numbers, rest) = text.split_at(text.find(['-', '+']).unwrap_or(text.len()));
    let parts: Vec<&str> = numbers.split('.').collect();
    let number = |part: &&str| {
        part.parse::<u64>()
            .is_ok_and(|number| number.to_string() == **part)
    };
    parts.len() == 3
        && parts.iter().all(number)
        && rest
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'+'))
        && (rest.is_empty() || rest.len() > 1)
}

/// Plans what the crate's page begins with: the user's sentence, or ours where there is none, and what the sources say
/// What the crate is to its users.
fn what(context: &Context<'_>) -> &'static str {
    match context.operations.is_empty() {
        true => "Types",
        false => "Client",
    }
}

/// beyond it.
pub(super) fn plan_front(context: &Context<'_>) -> Doc {
    let ours = || Doc::line(format!("{} of the {}.", what(context), api_title(context)));
    let said = context.config.description.as_deref().unwrap_or_default();
    let said = match said.trim().ends_with(|c: char| c.is_alphanumeric()) {
        true => Doc::markdown(&format!("{}.", said.trim())),
        false => Doc::markdown(said),
    };
    let mut docs = said.or(ours);
    let plain = |doc: &Doc| doc.lines().join(" ").trim_end_matches('.').to_owned();
    let published = Doc::of(&context.model.info.docs);
    if plain(&published) != plain(&docs) {
        docs.paragraph(published);
    }
    docs
}

#[cfg(test)]
mod tests {
    use super::is_version;

    #[test]
    fn versions() {
        for right in ["0.1.0", "1.20.3", "1.0.0-rc.1", "1.0.0+b"] {
            assert!(is_version(right), "{right}");
        }
        for wrong in [
            "1",
            "1.0",
            "01.0.0",
            "1.0.0-",
            "1.0.0\"",
            "x.0.0",
            "",
            "1.0.0-a b",
        ] {
            assert!(!is_version(wrong), "{wrong}");
        }
    }
}
