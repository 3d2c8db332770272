//! Changes to the version that they ask for, by Cargo's rules.

use super::kind::Class;
use std::cmp::Ordering;

/// Three numbers, and what stands behind a hyphen.
struct Version<'t> {
    numbers: [u64; 3],
    pre: &'t str,
}

fn parse(text: &str) -> Version<'_> {
    let plain = text.split('+').next().unwrap_or_default();
    let (numbers, pre) = plain.split_once('-').unwrap_or((plain, ""));
    let mut parts = numbers.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    Version {
        numbers: [next(), next(), next()],
        pre,
    }
}

/// The lowest version that may follow a version after changes of which this is the worst.
///
/// What means something else is for callers what does not compile: both need the leftmost number that is not zero. Versions
/// before a release promise nothing: the release follows.
pub fn next_version(version: &str, worst: Option<Class>) -> String {
    let Some(worst) = worst else {
        return version.to_owned();
    };
    let Version {
        numbers: [major, minor, patch],
        pre,
    } = parse(version);
    if !pre.is_empty() {
        return format!("{major}.{minor}.{patch}");
    }
    let incompatible = worst >= Class::Behaviour;
    match (major, minor, worst) {
        (0, 0, _) => format!("0.0.{}", patch + 1),
        (0, _, _) if incompatible => format!("0.{}.0", minor + 1),
        (0, _, _) | (_, _, Class::Docs) => format!("{major}.{minor}.{}", patch + 1),
        _ if incompatible => format!("{}.0.0", major + 1),
        _ => format!("{major}.{}.0", minor + 1),
    }
}

/// Whether a version comes before another one (Semantic Versioning 2, §11).
pub fn is_lower(version: &str, than: &str) -> bool {
    let (a, b) = (parse(version), parse(than));
    let order = a
        .numbers
        .cmp(&b.numbers)
        .then_with(|| match (a.pre, b.pre) {
            ("", "") => Ordering::Equal,
            ("", _) => Ordering::Greater,
            (_, "") => Ordering::Less,
            (a, b) => pre(a, b),
        });
    order == Ordering::Less
}

/// The order of what stands behind the hyphens: numbers by value and before words, the shorter one first.
fn pre(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let order = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, _) => Ordering::Less,
            (_, None) => Ordering::Greater,
            (Some(a), Some(b)) => match (a.parse::<u64>(), b.parse::<u64>()) {
                (Ok(a), Ok(b)) => a.cmp(&b),
                (Ok(_), Err(_)) => Ordering::Less,
                (Err(_), Ok(_)) => Ordering::Greater,
                (Err(_), Err(_)) => a.cmp(b),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_lower, next_version};
    use crate::diff::Class;

    #[test]
    fn cargo_counts_from_the_leftmost_number() {
        for (version, worst, next) in [
            ("1.2.3", Class::Breaking, "2.0.0"),
            ("1.2.3", Class::Behaviour, "2.0.0"),
            ("1.2.3", Class::Addition, "1.3.0"),
            ("1.2.3", Class::Docs, "1.2.4"),
            ("0.2.3", Class::Breaking, "0.3.0"),
            ("0.2.3", Class::Addition, "0.2.4"),
            ("0.2.3", Class::Docs, "0.2.4"),
            ("0.0.3", Class::Breaking, "0.0.4"),
            ("0.0.3", Class::Docs, "0.0.4"),
            ("2.0.0-rc.1", Class::Breaking, "2.0.0"),
            ("1.2.3+build", Class::Docs, "1.2.4"),
        ] {
            assert_eq!(
                next_version(version, Some(worst)),
                next,
                "{version} {worst:?}"
            );
        }
        assert_eq!(next_version("0.1.0", None), "0.1.0");
    }

    #[test]
    fn versions_are_ordered() {
        let ascending = [
            "0.1.0",
            "0.2.0",
            "0.10.0",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
        ];
        for pair in ascending.windows(2) {
            assert!(is_lower(pair[0], pair[1]), "{pair:?}");
            assert!(!is_lower(pair[1], pair[0]), "{pair:?}");
        }
        assert!(!is_lower("1.0.0+a", "1.0.0+b"));
    }
}
