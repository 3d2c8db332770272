//! The catalogue of everything Letterpress can say about its input, one entry a code.

use super::Severity;

/// An entry of the catalogue: `<module>/<kebab-name>`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(usize);

macro_rules! catalogue {
    ($($constant:ident $severity:ident $name:literal $explanation:literal;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Index { $($constant),* }
        impl Code {
            $(#[doc = $explanation] pub const $constant: Code = Code(Index::$constant as usize);)*
        }
        static ENTRIES: &[Entry] = &[$(Entry { name: $name, severity: Severity::$severity, explanation: $explanation }),*];
    };
}

struct Entry {
    name: &'static str,
    severity: Severity,
    explanation: &'static str,
}

catalogue! {
    // tree: the text of a document
    JSON_SYNTAX Error "json/syntax" "The text is not JSON (RFC 8259).";
    JSON_DUPLICATE_KEY Error "json/duplicate-key" "An object names a member twice; readers disagree about which one counts.";
    TREE_TOO_DEEP Error "tree/too-deep" "The document nests deeper than the limit.";
    TREE_TOO_LARGE Error "tree/too-large" "The document is larger than the limit.";

    // yaml

    // source

    // config

    // postman

    // infer
    INFER_BACK_REFERENCE Note "infer/back-reference" "An empty object in a generated sample is assumed to repeat the schema of the record beside it whose name ends with the same word.";
    INFER_KIND_CONFLICT Warning "infer/kind-conflict" "Samples disagree about the kind of a value; what was printed from a schema counts more than an example, and an example more than made-up values.";
    INFER_LARGE_INTEGER Warning "infer/large-integer" "An integer in a sample needs more than 64 bits.";
    INFER_MANY_KINDS Note "infer/many-kinds" "A value has so many kinds that a union of them would say nothing.";

    // merge

    // plan

    // render

    // output

}

impl Code {
    fn entry(self) -> &'static Entry {
        // Every `Code` is made by the macro above from an index into the list that the same macro writes.
        static UNKNOWN: Entry = Entry {
            name: "letterpress/unknown",
            severity: Severity::Error,
            explanation: "",
        };
        ENTRIES.get(self.0).unwrap_or(&UNKNOWN)
    }

    /// The name that is printed, such as `json/duplicate-key`.
    pub fn as_str(self) -> &'static str {
        self.entry().name
    }

    /// The severity that findings with this code have unless they say otherwise.
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    /// One or two sentences: what the code means and why it matters.
    pub fn explanation(self) -> &'static str {
        self.entry().explanation
    }

    /// All codes, in the order of the catalogue.
    pub fn all() -> impl Iterator<Item = Code> {
        (0..ENTRIES.len()).map(Code)
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_well_formed() {
        let mut seen = BTreeSet::new();
        for code in Code::all() {
            let name = code.as_str();
            assert!(seen.insert(name), "{name} stands twice in the catalogue");
            let (module, rest) = name.split_once('/').expect("module/name");
            for part in [module, rest] {
                assert!(
                    !part.is_empty()
                        && part
                            .bytes()
                            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                    "{name}"
                );
            }
            assert!(
                code.explanation().ends_with('.'),
                "{name} has no explanation"
            );
        }
    }
}
