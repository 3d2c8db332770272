//! The runtime crate's files, which stand in every generated crate byte for byte, or in a crate that several share.

use super::manifest::emit_manifest;
use super::{File, HEADER, text};
use crate::plan::Manifest;
use crate::plan::manifest::RuntimeCrate;

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../runtime/src/", $path)))),*]
    };
}

/// Path below `src`, and text, of each file; a test compares the list with the folder.
pub const RUNTIME: &[(&str, &str)] = embedded![
    "runtime.rs",
    "runtime/auth.rs",
    "runtime/base_url.rs",
    "runtime/blocking.rs",
    "runtime/body.rs",
    "runtime/body/async_reader.rs",
    "runtime/body/progress.rs",
    "runtime/body/reader.rs",
    "runtime/builder.rs",
    "runtime/byte_stream.rs",
    "runtime/call.rs",
    "runtime/call/custom.rs",
    "runtime/call/path.rs",
    "runtime/call/place.rs",
    "runtime/client.rs",
    "runtime/clock.rs",
    "runtime/convert.rs",
    "runtime/dates.rs",
    "runtime/decimal.rs",
    "runtime/decode.rs",
    "runtime/decode/object.rs",
    "runtime/decode/scalar.rs",
    "runtime/decode/spelling.rs",
    "runtime/decode/union.rs",
    "runtime/decode/value.rs",
    "runtime/decode/visitor.rs",
    "runtime/deep.rs",
    "runtime/encode.rs",
    "runtime/encode/compare.rs",
    "runtime/encode/form.rs",
    "runtime/encode/json.rs",
    "runtime/encode/json_text.rs",
    "runtime/encode/multipart.rs",
    "runtime/encode/style.rs",
    "runtime/error.rs",
    "runtime/error/message.rs",
    "runtime/execute.rs",
    "runtime/execute/attempt.rs",
    "runtime/execute/read.rs",
    "runtime/extra.rs",
    "runtime/fetch.rs",
    "runtime/field.rs",
    "runtime/headers.rs",
    "runtime/hook.rs",
    "runtime/item_stream.rs",
    "runtime/item_stream/feed.rs",
    "runtime/item_stream/frame.rs",
    "runtime/item_stream/lines.rs",
    "runtime/item_stream/sequence.rs",
    "runtime/item_stream/sse.rs",
    "runtime/macros.rs",
    "runtime/macros/enumeration.rs",
    "runtime/macros/unions.rs",
    "runtime/mock.rs",
    "runtime/model.rs",
    "runtime/oauth.rs",
    "runtime/oauth/fetch.rs",
    "runtime/oauth/source.rs",
    "runtime/operation.rs",
    "runtime/outcome.rs",
    "runtime/paging.rs",
    "runtime/paging/link.rs",
    "runtime/paging/turn.rs",
    "runtime/paging/walk.rs",
    "runtime/percent.rs",
    "runtime/random.rs",
    "runtime/rate_limit.rs",
    "runtime/request.rs",
    "runtime/reqwest.rs",
    "runtime/response.rs",
    "runtime/retry.rs",
    "runtime/security.rs",
    "runtime/server.rs",
    "runtime/slots.rs",
    "runtime/text.rs",
    "runtime/trace.rs",
    "runtime/transport.rs",
    "runtime/tuples.rs",
    "runtime/upload.rs",
];

/// What is left of the runtime in a crate that has it from another: the macros, which name things of the crate that they
/// are used in, and the way to all else.
const SHARED: &str = include_str!("runtime/shared.txt");
/// The root of the crate that has nothing but the runtime.
const LIBRARY: &str = include_str!("runtime/library.txt");
/// What it says of itself.
const README: &str = include_str!("runtime/readme.txt");

/// The files of the runtime in a generated crate.
pub(super) fn emit_runtime(shared: Option<&RuntimeCrate>) -> Vec<File<'static>> {
    let headed = |path: &str, content: &str| {
        let content = format!("{HEADER}\n\n{content}");
        text(&format!("src/{path}"), content)
    };
    let is_macro = |path: &str| path.starts_with("runtime/macros");
    let mut files: Vec<File<'static>> = RUNTIME
        .iter()
        .filter(|(path, _)| shared.is_none() || is_macro(path))
        .map(|(path, content)| headed(path, content))
        .collect();
    if let Some(shared) = shared {
        let content = SHARED.replace("CRATE", shared.krate.as_str());
        files.push(headed("runtime.rs", &content));
    }
    files
}

/// The files of a crate that has the runtime for others: `letterpress runtime --name acme-runtime`.
pub fn emit_runtime_crate(name: &str) -> Vec<(String, String)> {
    let manifest = Manifest::of_runtime(name);
    let library = LIBRARY.replace("CRATE", &manifest.krate);
    let readme = README
        .replace("NAME", name)
        .replace("VERSION", &manifest.version);
    let mut files = vec![
        ("Cargo.toml".to_owned(), emit_manifest(&manifest)),
        ("README.md".to_owned(), readme),
        ("src/lib.rs".to_owned(), format!("{HEADER}\n\n{library}")),
    ];
    files.extend(
        RUNTIME
            .iter()
            .map(|(path, content)| (format!("src/{path}"), format!("{HEADER}\n\n{content}"))),
    );
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::RUNTIME;
    use std::path::{Path, PathBuf};

    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("the runtime's folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                files(&path, found);
            } else {
                found.push(path);
            }
        }
    }

    #[test]
    fn list_is_the_folder() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src");
        let mut found = Vec::new();
        files(&root, &mut found);
        let mut found: Vec<String> = found
            .iter()
            .map(|path| {
                path.strip_prefix(&root)
                    .expect("below")
                    .to_string_lossy()
                    .replace('\\', "/")
            })
            .filter(|path| path != "lib.rs")
            .collect();
        found.sort();
        let listed: Vec<&str> = RUNTIME.iter().map(|(path, _)| *path).collect();
        assert_eq!(listed, found);
    }
}
