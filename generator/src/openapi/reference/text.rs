//! The text of a reference to its parts: address, fragment, steps, and the name that it ends with.

/// The last step of a reference; of a whole file, its name without the ending.
pub(in crate::openapi) fn component_name(text: &str) -> Option<&str> {
    let (url, fragment) = split(text);
    let step = match fragment.rsplit('/').next() {
        Some(step) if !step.is_empty() => step,
        _ => {
            let file = url.rsplit(['/', '\\']).next().unwrap_or(url);
            file.split('.').next().unwrap_or(file)
        }
    };
    (!step.is_empty()).then_some(step)
}

/// A reference without its fragment, and the fragment.
pub(super) fn split(text: &str) -> (&str, &str) {
    text.split_once('#').unwrap_or((text, ""))
}

/// A reference against a base (RFC 3986 §5.2, as far as identifiers of schemas need it).
pub(super) fn join(base: &str, reference: &str) -> String {
    if base.is_empty() || reference.contains("://") || reference.starts_with("urn:") {
        return reference.to_owned();
    }
    let (origin, path) = match base.find("://").map(|at| at + 3) {
        Some(start) => {
            let slash = base.get(start..).and_then(|rest| rest.find('/'));
            base.split_at(slash.map_or(base.len(), |slash| start + slash))
        }
        None => ("", base),
    };
    if reference.starts_with('#') {
        return format!("{base}{reference}");
    }
    if reference.starts_with('/') {
        return format!("{origin}{reference}");
    }
    let folder = path
        .rfind('/')
        .map_or("/", |slash| path.get(..=slash).unwrap_or("/"));
    let mut steps: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(reference.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    format!("{origin}/{}", steps.join("/"))
}

/// `~1` is a slash and `~0` a tilde (RFC 6901 §3).
pub(super) fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// Text in which `%2F` is a slash; what is no such triple stays.
pub(in crate::openapi) fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = |pair: &[u8]| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        };
        let decoded = match (first, tail.get(..2).and_then(digits)) {
            (b'%', Some(byte)) => Some(byte),
            _ => None,
        };
        bytes.push(decoded.unwrap_or(*first));
        rest = match decoded {
            Some(_) => tail.get(2..).unwrap_or_default(),
            None => tail,
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_joined_with_their_base() {
        let cases = [
            ("", "a.json", "a.json"),
            (
                "https://x.example/s/root",
                "item",
                "https://x.example/s/item",
            ),
            (
                "https://x.example/s/root",
                "/item",
                "https://x.example/item",
            ),
            (
                "https://x.example/s/t/root",
                "../item",
                "https://x.example/s/item",
            ),
            ("https://x.example", "item", "https://x.example/item"),
            (
                "https://x.example/root",
                "https://y.example/z",
                "https://y.example/z",
            ),
        ];
        for (base, reference, joined) in cases {
            assert_eq!(join(base, reference), joined, "{base} + {reference}");
        }
    }

    #[test]
    fn names_and_steps_are_read() {
        assert_eq!(component_name("#/components/schemas/User"), Some("User"));
        assert_eq!(component_name("../schemas/User.v1.yaml"), Some("User"));
        assert_eq!(component_name("a.yaml#/x"), Some("x"));
        assert_eq!(percent_decoded("a%2Fb%zz%"), "a/b%zz%");
        assert_eq!(unescaped("~1users~1{id}~01"), "/users/{id}~1");
    }
}
