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

    // merge

    // plan
    PLAN_NO_OPERATION Error "plan/no-operation" "Nothing that can be called is left, so there is no crate to write.";
    PLAN_UNUSED_SKIP Error "plan/unused-skip" "An entry of `skip` matches no operation; it would rot unnoticed.";
    PLAN_UNUSED_NAME Error "plan/unused-name" "An entry of `names` matches nothing; it would rot unnoticed.";
    PLAN_INVALID_NAME Error "plan/invalid-name" "A chosen name is no identifier of Rust, or one that is taken.";
    PLAN_NAME_COLLISION Error "plan/name-collision" "Two things would have one name, and nothing in the sources tells them apart.";
    PLAN_INVALID_WIRE_NAME Warning "plan/invalid-wire-name" "A name cannot be sent as the source spells it, such as a header with a blank in it.";
    PLAN_APPROXIMATED_TYPE Note "plan/approximated-type" "A schema has no exact counterpart among the generated types; a wider type stands in for it.";
    PLAN_NO_RESPONSE Warning "plan/no-response" "No source says what an operation answers; its value is any JSON.";
    PLAN_RESPONSES_DIFFER Warning "plan/responses-differ" "The answers of one operation differ by status; its value is any JSON.";

    // render
    RENDER_MISMATCH Error "render/mismatch" "The printed text does not read back as what was planned: a fault of Letterpress; nothing is written.";

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
