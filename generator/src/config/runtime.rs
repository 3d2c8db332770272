//! Where the runtime is: inside the crate, or in a crate of its own that several clients share.

use super::check::{Checker, check_crate_name};

/// A crate that has the runtime, as `letterpress runtime` writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharedRuntime {
    /// The package's name.
    pub name: String,
    /// Where it is, relative to the folder of the generated crate; in the registry if nowhere.
    pub path: Option<String>,
    /// The version requirement; that of this generator's own runtime unless given.
    pub version: Option<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRuntime {
    #[serde(rename = "crate")]
    name: String,
    path: Option<String>,
    version: Option<String>,
}

/// Checks what will stand in a manifest.
pub(super) fn check(raw: Option<RawRuntime>, checker: &mut Checker<'_>) -> Option<SharedRuntime> {
    let RawRuntime {
        name,
        path,
        version,
    } = raw?;
    if let Err(why) = check_crate_name(&name) {
        let help = "write for instance `acme-runtime`, as it is called in `letterpress runtime --name acme-runtime`";
        checker.fault(&["runtime", "crate"], why, help);
    } else if name.replace('-', "_") == checker.crate_name().replace('-', "_") {
        let message = format!("`{name}` is the crate itself");
        let help = "name the crate that has the runtime, or leave `runtime` out";
        checker.fault(&["runtime", "crate"], message, help);
    }
    let plain = |c: char| !c.is_control() && c != '"';
    if let Some(path) = &path
        && (path.trim().is_empty() || !path.chars().all(plain))
    {
        let message = format!("`{}` is no path", path.escape_debug());
        let help = "write it relative to the folder of the generated crate, for instance `../acme-runtime`";
        checker.fault(&["runtime", "path"], message, help);
    }
    if let Some(version) = &version
        && !is_requirement(version)
    {
        let message = format!(
            "`{}` is no requirement of a version",
            version.escape_debug()
        );
        checker.fault(
            &["runtime", "version"],
            message,
            "write for instance `0.1` or `=0.1.0`",
        );
    }
    Some(SharedRuntime {
        name,
        path,
        version,
    })
}

/// `1`, `0.1`, `=0.1.2`: one to three numbers, and perhaps how they are compared.
fn is_requirement(text: &str) -> bool {
    let numbers = text.strip_prefix(['=', '^', '~']).unwrap_or(text);
    let parts: Vec<&str> = numbers.split('.').collect();
    let number = |part: &&str| {
        part.parse::<u64>()
            .is_ok_and(|number| number.to_string() == **part)
    };
    parts.len() <= 3 && parts.iter().all(number)
}

#[cfg(test)]
mod tests {
    use super::is_requirement;

    #[test]
    fn requirements() {
        for right in ["1", "0.1", "=0.1.2", "^2.0"] {
            assert!(is_requirement(right), "{right}");
        }
        for wrong in ["", "=", "1.", "01", "1.2.3.4", "*", "1\"", ">= 1, < 2"] {
            assert!(!is_requirement(wrong), "{wrong}");
        }
    }
}
