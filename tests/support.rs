//! What the tests share: a loopback server that judges calls, samples with their placeholders filled in,
//! and what is expected of a corpus.

pub mod attacks;
#[path = "expected.rs"]
pub mod expected;
#[path = "judge.rs"]
pub mod judge;
#[path = "measure.rs"]
pub mod measure;
#[path = "sample.rs"]
pub mod sample;

/// The code of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

use std::path::{Path, PathBuf};

/// The root of the project's checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests lie in the project")
        .to_path_buf()
}

/// A folder of the material that lies beside the checkout, or nothing (and a line that says so) where it is absent.
/// `LETTERPRESS_CORPUS` names another place for its `corpus` folder; the other folders lie beside it.
pub fn material(folder: &str) -> Option<PathBuf> {
    let named = std::env::var_os("LETTERPRESS_CORPUS").map(PathBuf::from);
    let path = match (named, folder.strip_prefix("corpus")) {
        (Some(corpus), Some(rest)) => corpus.join(rest.trim_start_matches('/')),
        (Some(corpus), None) => corpus.parent()?.join(folder),
        _ => root().parent()?.join("shared").join(folder),
    };
    if path.exists() {
        return Some(path);
    }
    println!("skipped: there is no {} beside the checkout", folder);
    None
}
