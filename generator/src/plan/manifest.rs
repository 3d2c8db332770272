//! The settings of a crate to its manifest: nothing of it comes from a description but text for people.

use super::client::api_title;
use super::context::Context;
use super::docs::{Doc, one_line};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::names;

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
    /// Dependencies.
    pub dependencies: &'static [Dependency],
    /// Dependencies of programs that show how it is used.
    pub dev_dependencies: &'static [Dependency],
    /// What belongs into the package.
    pub include: Vec<&'static str>,
}

/// A Cargo feature of a generated crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// What it switches on.
    pub switches: &'static [&'static str],
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
}

/// What every generated crate depends on; the list is ours, whatever a description says.
const DEPENDENCIES: &[Dependency] = &[
    Dependency {
        name: "bytes",
        version: "1.12.1",
        default_features: true,
        features: &[],
        optional: false,
    },
    // For those who want pages and items as streams.
    Dependency {
        name: "futures-core",
        version: "0.3.34",
        default_features: true,
        features: &[],
        optional: true,
    },
    Dependency {
        name: "http-body",
        version: "1.1.0",
        default_features: true,
        features: &[],
        optional: true,
    },
    Dependency {
        name: "reqwest",
        version: "0.13.5",
        default_features: false,
        features: &[],
        optional: true,
    },
    Dependency {
        name: "serde",
        version: "1.0.229",
        default_features: false,
        features: &["std"],
        optional: false,
    },
    Dependency {
        name: "serde_json",
        version: "1.0.154",
        default_features: true,
        features: &["float_roundtrip"],
        optional: false,
    },
    // Timers; reqwest brings it anyway.
    Dependency {
        name: "tokio",
        version: "1.54.1",
        default_features: false,
        features: &["time"],
        optional: true,
    },
];

/// What the programs below `examples/` depend on: it costs nobody who only depends on the crate.
const DEV_DEPENDENCIES: &[Dependency] = &[Dependency {
    name: "tokio",
    version: "1.54.1",
    default_features: false,
    features: &["macros", "rt"],
    optional: false,
}];

/// The Cargo features of every generated crate.
const FEATURES: &[Feature] = &[
    Feature {
        name: "default",
        switches: &["rustls"],
        docs: "",
    },
    Feature {
        name: "rustls",
        switches: &["reqwest", "reqwest/rustls"],
        docs: "HTTPS by Rustls, with the certificates of the platform",
    },
    Feature {
        name: "native-tls",
        switches: &["reqwest", "reqwest/native-tls"],
        docs: "HTTPS by the TLS library of the platform",
    },
    Feature {
        name: "reqwest",
        switches: &["dep:http-body", "dep:reqwest", "dep:tokio"],
        docs: "the built-in HTTP client; without one of the features above it speaks plain HTTP only",
    },
    Feature {
        name: "stream",
        switches: &["dep:futures-core"],
        docs: "pages, items and chunks of a body as `futures_core::Stream`",
    },
];

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
    Manifest {
        name: name.to_owned(),
        krate,
        version: version.to_owned(),
        description: description
            .unwrap_or_else(|| format!("Client of the {}", api_title(context)))
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
        features: FEATURES.to_vec(),
        dependencies: DEPENDENCIES,
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
/// beyond it.
pub(super) fn plan_front(context: &Context<'_>) -> Doc {
    let ours = || Doc::line(format!("Client of the {}.", api_title(context)));
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
