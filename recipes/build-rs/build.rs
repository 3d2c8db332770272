//! Generates the client while this crate is built. `LETTERPRESS` names the command; else it is looked for in the path.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn main() {
    let out = env::var("OUT_DIR").expect("Cargo says where files go");
    let client = Path::new(&out).join("client");
    let letterpress = env::var("LETTERPRESS").unwrap_or_else(|_| "letterpress".to_owned());
    let done = Command::new(&letterpress)
        .args(["generate", "openapi.yaml", "--name", "orders"])
        // The names are kept beside the description, to be committed with it; all else lies where Cargo wants it.
        .args(["--names-lock", "names.lock", "--out"])
        .arg(&client)
        .status()
        .unwrap_or_else(|error| panic!("`{letterpress}` cannot be run ({error}): `cargo install --path generator` installs it"));
    assert!(done.success(), "the client cannot be generated");
    // What stands above the items of a crate's root cannot be included: its documentation and its settings.
    let root = fs::read_to_string(client.join("src/lib.rs")).expect("the root of the client");
    let items = root
        .lines()
        .filter(|line| !line.starts_with("//!") && !line.starts_with("#!["));
    let items: Vec<&str> = items.collect();
    fs::write(client.join("src/root.rs"), items.join("\n")).expect("written");
    println!("cargo::rerun-if-env-changed=LETTERPRESS");
    for file in ["openapi.yaml", "names.lock"] {
        println!("cargo::rerun-if-changed={file}");
    }
}
