//! Words that a name may not be, because the language, its prelude or our own generated code has them already.

/// Words that can only be names with `r#` before them (Rust 2024, reserved ones included).
pub fn is_raw(word: &str) -> bool {
    matches!(
        word,
        "abstract"
            | "as"
            | "async"
            | "await"
            | "become"
            | "box"
            | "break"
            | "const"
            | "continue"
            | "do"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "final"
            | "fn"
            | "for"
            | "gen"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "macro"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "override"
            | "priv"
            | "pub"
            | "ref"
            | "return"
            | "static"
            | "struct"
            | "trait"
            | "true"
            | "try"
            | "type"
            | "typeof"
            | "unsafe"
            | "unsized"
            | "use"
            | "virtual"
            | "where"
            | "while"
            | "yield"
    )
}

/// Words that cannot be names even with `r#`.
pub fn is_never(word: &str) -> bool {
    matches!(word, "self" | "Self" | "super" | "crate" | "_" | "")
}

/// Types, traits and derives that generated code means by these names.
pub fn is_taken_type(name: &str) -> bool {
    const PRELUDE: &[&str] = &[
        "AsMut",
        "AsRef",
        "Box",
        "Clone",
        "Copy",
        "Debug",
        "Default",
        "Display",
        "DoubleEndedIterator",
        "Drop",
        "Eq",
        "Err",
        "ExactSizeIterator",
        "Extend",
        "Fn",
        "FnMut",
        "FnOnce",
        "From",
        "FromIterator",
        "Future",
        "Hash",
        "Into",
        "IntoFuture",
        "IntoIterator",
        "Iterator",
        "None",
        "Ok",
        "Option",
        "Ord",
        "PartialEq",
        "PartialOrd",
        "Result",
        "Self",
        "Send",
        "Sized",
        "Some",
        "String",
        "Sync",
        "ToOwned",
        "ToString",
        "TryFrom",
        "TryInto",
        "Unpin",
        "Vec",
    ];
    // What generated files take from the runtime and the standard library.
    const OURS: &[&str] = &[
        "Auth",
        "AuthProvider",
        "BTreeMap",
        "Body",
        "Builder",
        "Bytes",
        "Call",
        "CallExt",
        "CallFuture",
        "Client",
        "ClientBuilder",
        "Core",
        "CustomCall",
        "Date",
        "Decimal",
        "Duration",
        "Error",
        "Deep",
        "ErrorKind",
        "Extra",
        "Field",
        "Issue",
        "Meta",
        "Mock",
        "OAuth",
        "Op",
        "Options",
        "Request",
        "Response",
        "Secret",
        "Server",
        "Style",
        "Timestamp",
        "Transport",
        "Value",
        "Variable",
    ];
    PRELUDE.contains(&name) || OURS.contains(&name)
}

/// Modules of a generated crate's root that are not groups, crates that generated code names, what Cargo treats
/// specially, and names that Windows does not allow for files.
pub fn is_taken_module(name: &str) -> bool {
    matches!(
        name,
        "alloc"
            | "bin"
            | "build"
            | "bytes"
            | "client"
            | "core"
            | "lib"
            | "main"
            | "mod"
            | "prelude"
            | "proc_macro"
            | "reqwest"
            | "runtime"
            | "serde"
            | "serde_json"
            | "std"
            | "test"
            | "tests"
            | "types"
    ) || is_device(name)
}

/// Names of devices, which Windows does not allow for files.
pub fn is_device(name: &str) -> bool {
    let (stem, number) = name.split_at(name.len().min(3));
    matches!(name, "aux" | "con" | "nul" | "prn")
        || (matches!(stem, "com" | "lpt")
            && number.len() == 1
            && number.bytes().all(|b| b.is_ascii_digit()))
}
