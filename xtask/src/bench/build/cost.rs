//! What cargo's processes cost, and what came out of them.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Ticks of `/proc/self/stat` in a second; Linux shows all programs this many.
const TICKS: f64 = 100.0;

/// Runs cargo in a workspace and gives the processor time of all its processes, in seconds.
///
/// # Errors
/// A cargo that cannot be started, or that fails.
pub fn cargo(folder: &Path, target: &Path, arguments: &[&str]) -> Result<f64, String> {
    let before = of_children();
    let mut command = Command::new("cargo");
    command.args(arguments).arg("--quiet").current_dir(folder);
    command.env("CARGO_TARGET_DIR", target);
    command.env("CARGO_INCREMENTAL", "0");
    // The profiles as a user has them.
    for variable in [
        "CARGO_PROFILE_DEV_DEBUG",
        "RUSTFLAGS",
        "CARGO_BUILD_RUSTFLAGS",
    ] {
        command.env_remove(variable);
    }
    match command.stdout(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(of_children() - before),
        Ok(_) => Err(format!("cargo {} fails", arguments.join(" "))),
        Err(error) => Err(format!("cannot run cargo: {error}")),
    }
}

/// The processor time of all processes that were started from here and have ended, in seconds.
fn of_children() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program is in parentheses and may hold blanks.
    let rest = text
        .rsplit_once(')')
        .map(|(_, rest)| rest)
        .unwrap_or_default();
    let fields = rest.split_whitespace().skip(13).take(2);
    fields
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / TICKS
}

/// How many crates a crate brings into a build.
pub fn crates(folder: &Path, name: &str) -> Option<usize> {
    let output = Command::new("cargo")
        .args([
            "tree",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .args(["--package", name])
        .current_dir(folder)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut lines: Vec<&str> = text
        .lines()
        .map(|line| {
            line.trim_end_matches(" (*)")
                .trim_end_matches(" (proc-macro)")
        })
        .filter(|line| !line.is_empty())
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines.len().checked_sub(1)
}

/// The size of a program's code in bytes: its section `.text`.
pub fn code_bytes(program: &Path) -> Option<u64> {
    let bytes = fs::read(program).ok()?;
    let number = |at: u64, length: usize| -> Option<u64> {
        let at = usize::try_from(at).ok()?;
        let field = bytes.get(at..at + length)?;
        Some(
            field
                .iter()
                .rev()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
        )
    };
    // ELF with 64 bits, little-endian: the table of sections, and the section with their names.
    if bytes.get(..6)? != b"\x7fELF\x02\x01" {
        return None;
    }
    let (table, entry) = (number(0x28, 8)?, number(0x3a, 2)?);
    let (count, names) = (number(0x3c, 2)?, number(0x3e, 2)?);
    let section =
        |index: u64, field: u64, length: usize| number(table + index * entry + field, length);
    let texts = section(names, 0x18, 8)?;
    (0..count).find_map(|index| {
        let name = texts + section(index, 0, 4)?;
        let name = bytes.get(usize::try_from(name).ok()?..)?;
        name.starts_with(b".text\0")
            .then(|| section(index, 0x20, 8))
            .flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_of_a_program_is_found() {
        let own = std::env::current_exe().expect("a program");
        let whole = fs::metadata(&own).expect("a file").len();
        let code = code_bytes(&own).expect("ELF");
        assert!((100_000..whole).contains(&code), "{code} of {whole}");
    }

    #[test]
    fn time_of_processes_is_counted() {
        let before = of_children();
        let status = Command::new("sh")
            .args(["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"])
            .status();
        assert!(status.expect("a shell").success());
        assert!(of_children() > before);
    }
}
