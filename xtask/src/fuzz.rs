//! Runs the targets of `fuzz/`: builds them with counters for what an input reaches, and looks for one that is a fault.

use clap::Args;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

/// How long each target runs in a smoke test, in seconds.
const SMOKE_SECONDS: u64 = 15;
/// An input that takes longer is a fault, in seconds.
const SLOW_SECONDS: u64 = 10;
/// A target that takes more memory is a fault, in MiB.
const MEMORY: u64 = 1024;

/// The counters of libFuzzer. These are stable options of the compiler: only its sanitizers would need another one.
const COUNTERS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// What to run.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// Runs each target for 15 seconds from the inputs that are committed, and keeps none.
    #[arg(long)]
    smoke: bool,
    /// Keeps the inputs that reach new code in fuzz/corpus, the fewest that reach all of it.
    #[arg(long)]
    keep: bool,
    /// How many inputs each target is given.
    #[arg(long, default_value_t = 100_000)]
    runs: u64,
    /// The targets; all of them if none is named.
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
}

/// Runs the targets one after the other, and answers whether none found a fault.
///
/// # Errors
/// What keeps the targets from being built or started.
pub fn run(options: &Options) -> Result<bool, String> {
    if !has_compiler() {
        println!("fuzz: skipped, as there is no C++ compiler to build libFuzzer with");
        return Ok(true);
    }
    let known = targets()?;
    if let Some(unknown) = options.targets.iter().find(|name| !known.contains(name)) {
        return Err(format!("`{unknown}` is none of {}", known.join(", ")));
    }
    build()?;
    let mut chosen: Vec<String> = known
        .into_iter()
        .filter(|name| options.targets.is_empty() || options.targets.contains(name))
        .collect();
    chosen.reverse();
    // As many at once as the machine has processors: each takes one.
    let processors = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let left = Mutex::new(chosen);
    let work = || -> Result<bool, String> {
        let mut good = true;
        loop {
            let next = left.lock().map_err(|error| error.to_string())?.pop();
            match next {
                Some(target) => good &= one(&target, options)?,
                None => return Ok(good),
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..processors).map(|_| scope.spawn(work)).collect();
        let mut good = true;
        for worker in workers {
            good &= worker
                .join()
                .map_err(|_| "a thread fell".to_owned())
                .flatten()?;
        }
        Ok(good)
    })
}

/// The names of the targets, as they stand in their list.
fn targets() -> Result<Vec<String>, String> {
    let list = "fuzz/targets.rs";
    let text = fs::read_to_string(list).map_err(|error| format!("{list}: {error}"))?;
    let name = |line: &str| {
        let name = line.trim().strip_prefix("(\"")?.split_once('"')?.0;
        Some(name.to_owned())
    };
    Ok(text.lines().filter_map(name).collect())
}

fn has_compiler() -> bool {
    let compiler = std::env::var_os("CXX").unwrap_or_else(|| "c++".into());
    Command::new(compiler)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn build() -> Result<(), String> {
    let status = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--release",
            "--locked",
            "--bin=all",
            "--manifest-path",
            "fuzz/Cargo.toml",
        ])
        .env("RUSTFLAGS", COUNTERS)
        // The programs that run while building must not look for counters.
        .args(["--target", &host()?])
        .status()
        .map_err(|error| error.to_string())?;
    match status.success() {
        true => Ok(()),
        false => Err("the targets cannot be built".to_owned()),
    }
}

/// The machine's own target: with it, the flags above do not reach build programs.
fn host() -> Result<String, String> {
    let output = Command::new("rustc")
        .arg("-vV")
        .output()
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| "rustc does not say what machine this is".to_owned())
}

/// Runs a target, prints what it did, and answers whether it found no fault.
fn one(target: &str, options: &Options) -> Result<bool, String> {
    let scratch = tempfile::tempdir().map_err(|error| error.to_string())?;
    let kept = Path::new("fuzz/corpus").join(target);
    let found = Path::new("fuzz/artifacts").join(target);
    for folder in [&kept, &found] {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let program = format!("fuzz/target/{}/release/all", host()?);
    let mut command = Command::new(&program);
    command.env("LETTERPRESS_TARGET", target);
    // New inputs go into the first folder.
    match options.keep {
        true => command.arg(&kept),
        false => command.arg(scratch.path()).arg(&kept),
    };
    command.arg(format!("-artifact_prefix={}/", found.display()));
    command.arg(format!("-timeout={SLOW_SECONDS}"));
    command.arg(format!("-rss_limit_mb={MEMORY}"));
    command.args(["-print_final_stats=1", "-seed=1", "-verbosity=0"]);
    match options.smoke {
        true => command.arg(format!("-max_total_time={SMOKE_SECONDS}")),
        false => command.arg(format!("-runs={}", options.runs)),
    };
    let output = command
        .output()
        .map_err(|error| format!("{program}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    let figure = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.rsplit(' ').next())
            .unwrap_or("?")
            .to_owned()
    };
    println!(
        "{target:<16} {:>9} inputs, {} MiB at the peak",
        figure("stat::number_of_executed_units"),
        figure("stat::peak_rss_mb"),
    );
    if output.status.success() {
        if options.keep {
            minimize(target, &program, &kept)?;
        }
        return Ok(true);
    }
    let last: Vec<&str> = text.lines().rev().take(30).collect();
    for line in last.into_iter().rev() {
        println!("    {line}");
    }
    println!("    the input is in {}", found.display());
    Ok(false)
}

/// The largest input that is kept, in bytes, and how many are at most: small ones first.
const LARGEST_KEPT: u64 = 4 << 10;
const MOST_KEPT: usize = 80;

/// Leaves in a folder the fewest inputs that reach what all of them reach.
fn minimize(target: &str, program: &str, kept: &Path) -> Result<(), String> {
    let fault = |error: std::io::Error| format!("{}: {error}", kept.display());
    let fewest = tempfile::tempdir().map_err(fault)?;
    let merged = Command::new(program)
        .env("LETTERPRESS_TARGET", target)
        .args(["-merge=1", "-verbosity=0"])
        .arg(fewest.path())
        .arg(kept)
        .output()
        .map_err(fault)?;
    if !merged.status.success() {
        return Err(format!("the inputs of {target} cannot be merged"));
    }
    let mut inputs = Vec::new();
    for entry in fs::read_dir(fewest.path()).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let size = entry.metadata().map_err(fault)?.len();
        if size <= LARGEST_KEPT {
            inputs.push((size, entry.file_name(), entry.path()));
        }
    }
    inputs.sort();
    inputs.truncate(MOST_KEPT);
    fs::remove_dir_all(kept).map_err(fault)?;
    fs::create_dir_all(kept).map_err(fault)?;
    for (_, name, path) in inputs {
        fs::copy(path, kept.join(name)).map_err(fault)?;
    }
    Ok(())
}
