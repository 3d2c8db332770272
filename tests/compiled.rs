//! Crates that are generated for a test, and compiled with one that uses them.

#[path = "compiled/chains.rs"]
mod chains;
#[path = "compiled/shared_runtime.rs"]
mod shared_runtime;

use std::fs;
use std::path::Path;

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}
