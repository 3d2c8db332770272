//! Folders of descriptions to a table of what Letterpress makes of them, and whether that is what it should.

mod compile;
pub mod one;
mod table;
mod verdict;

use clap::Args;
use compile::Checked;
use letterpress_tests::expected::Expected;
use one::Record;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use verdict::Verdict;

/// What the whole run works in; not removed, so that the crates can be read.
const FOLDER: &str = "target/corpus";
/// The descriptions that are refused, and should be.
const EXPECTED: &str = "tests/corpus-expected.tsv";
/// How much of the name of a file the name of a crate has, if the whole is too long.
const LONGEST: usize = 40;
/// How long one description may take.
const TIME_OUT: Duration = Duration::from_secs(60);

/// What to run.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The folders of descriptions.
    #[arg(value_name = "DIR", required = true)]
    folders: Vec<PathBuf>,
    /// Checks all crates with `-D warnings` and without default features, and their layout with rustfmt.
    #[arg(long)]
    compile: bool,
    /// Checks with clippy, which counts its warnings too. Takes longer.
    #[arg(long, requires = "compile")]
    clippy: bool,
    /// How many descriptions are run at a time.
    #[arg(long, value_name = "N", default_value_t = 2)]
    jobs: usize,
    /// Writes the results as JSON.
    #[arg(long, value_name = "FILE.json")]
    report: Option<PathBuf>,
}

/// A description and what became of it.
#[derive(Clone, Debug, Serialize)]
struct Case {
    path: PathBuf,
    /// The name of its crate.
    name: String,
    end: End,
    checked: Option<Checked>,
    verdict: Verdict,
}

/// How the process of a description ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum End {
    /// It said what became of the description.
    Told(Record),
    /// It ended otherwise; with the last lines that it printed.
    Crashed(String),
    /// It was ended.
    TimedOut,
}

/// Runs everything, prints the table, and answers whether all descriptions passed.
///
/// # Errors
/// A list of expectations that cannot be read, or folders and processes that cannot be made.
pub fn run(options: &Options) -> Result<bool, String> {
    let text = fs::read_to_string(EXPECTED).map_err(|error| format!("{EXPECTED}: {error}"))?;
    let expected = Expected::parse(&text).map_err(|error| format!("{EXPECTED}: {error}"))?;
    let mut sources = Vec::new();
    for folder in &options.folders {
        if !folder.is_dir() {
            return Err(format!("`{}` is no folder", folder.display()));
        }
        sources.extend(one::below(folder));
    }
    sources.sort();
    sources.dedup();
    for folder in ["records", "crates"] {
        let folder = Path::new(FOLDER).join(folder);
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let named = crate_names(&sources);
    let mut ends = run_all(&named, options);
    let mut checked = if options.compile {
        let generated: Vec<&str> = named
            .iter()
            .zip(&ends)
            .filter(|(_, end)| matches!(end, End::Told(record) if record.generated))
            .map(|((_, name), _)| name.as_str())
            .collect();
        compile::check(Path::new(FOLDER), &generated, options.clippy)?
    } else {
        BTreeMap::new()
    };
    let parts = parts(&ends);
    let mut cases = Vec::new();
    for ((path, name), end) in named.iter().zip(ends.drain(..)) {
        let checked = checked.remove(name);
        let part = path.canonicalize().is_ok_and(|path| parts.contains(&path));
        let verdict = verdict::judge(&end, checked.as_ref(), expected.of(path), part);
        cases.push(Case {
            path: path.clone(),
            name: name.clone(),
            end,
            checked,
            verdict,
        });
    }
    let paths: Vec<&Path> = sources.iter().map(PathBuf::as_path).collect();
    let unused = expected.unused(&paths);
    print!("{}", table::table(&cases));
    for entry in &unused {
        println!("FAILED {EXPECTED}: there is no `{}`", entry.path);
    }
    println!("{}", table::summary(&cases, unused.len()));
    if let Some(path) = &options.report {
        let text = serde_json::to_string_pretty(&cases).map_err(|error| error.to_string())?;
        fs::write(path, text + "\n").map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let failed = |case: &Case| matches!(case.verdict, Verdict::Failed(_));
    Ok(unused.is_empty() && !cases.iter().any(failed))
}

/// A name for the crate of each description: that of its file, with its folder where two files have one name; where that
/// is too long or does not tell them apart, with the place of the file in the list.
fn crate_names(sources: &[PathBuf]) -> Vec<(PathBuf, String)> {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources {
        *uses.entry(crate_name(source, 1)).or_default() += 1;
    }
    let sound = |name: &String| letterpress::config::check_crate_name(name).is_ok();
    let named = sources.iter().enumerate().map(|(at, source)| {
        let short = crate_name(source, 1);
        // As many folders as it takes: paths differ, and so do their names unless only by marks.
        let deeper = (2..=source.components().count()).find_map(|depth| {
            let name = crate_name(source, depth);
            let same = sources
                .iter()
                .filter(|other| crate_name(other, depth) == name);
            (same.count() == 1).then_some(name)
        });
        let name = match uses.get(&short) {
            Some(1) => Some(short.clone()),
            _ => deeper,
        };
        let name = name.filter(sound).unwrap_or_else(|| {
            let short: String = short.chars().take(LONGEST).collect();
            format!("{}-at-{at}", short.trim_end_matches('-'))
        });
        (source.clone(), name)
    });
    named.collect()
}

/// The last components of a path as the name of a crate.
fn crate_name(source: &Path, components: usize) -> String {
    let whole = source.with_extension("");
    let parts: Vec<_> = whole.components().rev().take(components).collect();
    let parts = parts.iter().rev().map(|part| part.as_os_str());
    let words: Vec<String> = parts
        .flat_map(|part| {
            let lower = part.to_string_lossy().to_ascii_lowercase();
            let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
            words
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    let mut name = words.join("-");
    if letterpress::config::check_crate_name(&name).is_err() {
        name = format!("api-{name}");
    }
    name.trim_end_matches('-').to_owned()
}

/// Runs each description in a process of its own, some at a time; the results stand in the order of the descriptions.
fn run_all(named: &[(PathBuf, String)], options: &Options) -> Vec<End> {
    let next = AtomicUsize::new(0);
    let ends = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..options.jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some((path, name)) = named.get(at) else {
                        break;
                    };
                    let end = run_one(path, name, options.compile);
                    if let Ok(mut ends) = ends.lock() {
                        ends.insert(at, end);
                    }
                }
            });
        }
    });
    let ends = ends.into_inner().unwrap_or_default();
    ends.into_values().collect()
}

fn run_one(path: &Path, name: &str, write: bool) -> End {
    let records = Path::new(FOLDER).join("records");
    let record = records.join(format!("{name}.json"));
    let printed = records.join(format!("{name}.stderr"));
    // A record of an older run must not be taken for this one's.
    let _ = fs::remove_file(&record);
    let child = fs::File::create(&printed).and_then(|stderr| {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["corpus-one", "--name", name, "--record"]);
        command.arg(&record);
        if write {
            command.arg("--crate").arg(crate_folder(name));
        }
        command.arg(path).stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(stderr).spawn()
    });
    let child = match child {
        Ok(child) => child,
        Err(error) => return End::Crashed(format!("it cannot be started: {error}")),
    };
    match wait(child) {
        None => End::TimedOut,
        Some(status) => {
            let text = fs::read_to_string(&record).unwrap_or_default();
            match serde_json::from_str(&text) {
                Ok(record) => End::Told(record),
                Err(_) => {
                    let printed = fs::read_to_string(&printed).unwrap_or_default();
                    let lines: Vec<&str> = printed.lines().take(3).collect();
                    End::Crashed(format!("{status}: {}", lines.join(" ")))
                }
            }
        }
    }
}

/// The files that descriptions refer to.
fn parts(ends: &[End]) -> BTreeSet<PathBuf> {
    let records = ends.iter().filter_map(|end| match end {
        End::Told(record) => Some(record),
        _ => None,
    });
    let paths = records.flat_map(|record| &record.refers);
    paths
        .filter_map(|path| Path::new(path).canonicalize().ok())
        .collect()
}

/// Where the crate of a description is written.
fn crate_folder(name: &str) -> PathBuf {
    Path::new(FOLDER).join("crates").join(name)
}

/// How a process ended, in words; nothing if it had to be ended.
fn wait(mut child: Child) -> Option<String> {
    let begin = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.to_string()),
            Ok(None) if begin.elapsed() < TIME_OUT => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
            Err(error) => return Some(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_named_after_files() {
        let paths = |texts: &[&str]| -> Vec<PathBuf> { texts.iter().map(PathBuf::from).collect() };
        let names: Vec<String> = crate_names(&paths(&[
            "a/Big_API-v2.1.json",
            "a/users.yaml",
            "b/users.yaml",
        ]))
        .into_iter()
        .map(|(_, name)| name)
        .collect();
        assert_eq!(names, ["big-api-v2-1", "a-users", "b-users"]);
        let names = crate_names(&paths(&["2checkout.json", "std.json"]));
        assert_eq!(names[0].1, "api-2checkout");
        assert_eq!(names[1].1, "api-std");
        let names = crate_names(&paths(&["a-b/x.json", "a_b/x.json"]));
        assert_eq!((&*names[0].1, &*names[1].1), ("x-at-0", "x-at-1"));
        let long = format!("{}.json", "long-".repeat(20));
        let names = crate_names(&paths(&[&long]));
        assert!(letterpress::config::check_crate_name(&names[0].1).is_ok());
    }
}
