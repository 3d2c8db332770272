//! Whole runs, from reading to written files, as ratios to reading the same bytes.

use super::one::Cost;
use super::{median, synthetic};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run may cost, in times of reading the same bytes into `serde_json::Value`.
const MOST: f64 = 40.0;
/// What a description of twice the size may cost, in times of the smaller one.
const MOST_DOUBLED: f64 = 2.3;
/// Sizes of the generated descriptions, in operations.
const SIZES: [usize; 4] = [500, 1_000, 2_000, 4_000];

/// A description, and how much memory its run may take, in MiB.
struct Subject {
    name: String,
    path: PathBuf,
    memory: Option<f64>,
}

/// Measures all, prints the table, and answers whether everything stays within its limits.
///
/// # Errors
/// Files and processes that cannot be made.
pub fn run(quick: bool, sources: &[PathBuf]) -> Result<bool, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let repetitions = if quick { 1 } else { 5 };
    let mut good = true;
    println!(
        "{:<22}{:>9}{:>7}{:>7}{:>9}{:>9}{:>8}{:>9}",
        "description", "MB", "ops", "types", "x wall", "x cpu", "MiB", "MB out"
    );
    for subject in subjects(quick, sources) {
        let Some(measured) = measure(&subject.path, folder.path(), repetitions)? else {
            println!("{:<22} skipped: it cannot be read yet", subject.name);
            continue;
        };
        good &= measured.print(&subject.name);
        if let Some(memory) = subject.memory.filter(|most| measured.run.peak_mib > *most) {
            println!("{:<22} takes more than {memory} MiB", subject.name);
            good = false;
        }
        if !quick && measured.ratio() > MOST && subject.memory.is_some() {
            println!("{:<22} takes more than {MOST} times", subject.name);
            good = false;
        }
    }
    let sizes = if quick { &SIZES[..2] } else { &SIZES[..] };
    let mut before: Option<f64> = None;
    for size in sizes {
        let path = folder.path().join(format!("synthetic-{size}.json"));
        synthetic::write(&path, *size).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = format!("synthetic {size}");
        let Some(measured) = measure(&path, folder.path(), repetitions)? else {
            return Err(format!("{name} cannot be read"));
        };
        good &= measured.print(&name);
        let cpu = measured.run.cpu_ms;
        if let Some(before) = before {
            let ratio = cpu / before;
            println!("{name:<22} {ratio:.2} times the half");
            good &= ratio <= MOST_DOUBLED;
        }
        before = Some(cpu);
    }
    Ok(good)
}

/// The descriptions that are there.
fn subjects(quick: bool, sources: &[PathBuf]) -> Vec<Subject> {
    let mut subjects = Vec::new();
    let known = [
        ("docusign", "corpus/postman/docusign-esign-v2.1.json", None),
        ("stripe", "corpus/openapi/stripe.json", Some(300.0)),
        ("kubernetes", "corpus/openapi/kubernetes.json", Some(500.0)),
    ];
    for (name, path, memory) in known {
        match letterpress_tests::material(path) {
            Some(path) => subjects.push(Subject {
                name: name.to_owned(),
                path,
                memory,
            }),
            None => println!("{name:<22} skipped: the corpus is not here"),
        }
    }
    if !quick {
        match github() {
            Ok(path) => subjects.push(Subject {
                name: "github".to_owned(),
                path,
                memory: Some(500.0),
            }),
            Err(why) => println!("{:<22} skipped: {why}", "github"),
        }
    }
    subjects.extend(sources.iter().map(|path| {
        Subject {
            name: path
                .file_stem()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default(),
            path: path.clone(),
            memory: None,
        }
    }));
    subjects
}

/// GitHub's description from its package, which npm fetches once into a folder outside of the checkout.
pub fn github() -> Result<PathBuf, String> {
    let cache = std::env::temp_dir().join("letterpress-bench");
    let path = cache.join("node_modules/@octokit/openapi/generated/api.github.com.json");
    if path.is_file() {
        return Ok(path);
    }
    fs::create_dir_all(&cache).map_err(|error| format!("{}: {error}", cache.display()))?;
    let fetched = Command::new("npm")
        .args(["install", "--ignore-scripts", "--no-audit", "--no-fund"])
        .arg("--prefix")
        .arg(&cache)
        .arg("@octokit/openapi")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match fetched {
        Ok(status) if status.success() && path.is_file() => Ok(path),
        Ok(_) => Err("npm could not fetch its package".to_owned()),
        Err(_) => Err("npm is not here".to_owned()),
    }
}

/// Medians of one description.
struct Measured {
    /// Reading the bytes.
    read: Cost,
    /// The run that writes all files.
    run: Cost,
    /// What a second run wrote.
    written_again: usize,
}

/// Measures a description. Nothing comes back where it gives no crate.
fn measure(source: &Path, folder: &Path, repetitions: usize) -> Result<Option<Measured>, String> {
    let (mut reads, mut runs) = (Vec::new(), Vec::new());
    let out = folder.join("crate");
    for _ in 0..repetitions {
        remove(&out)?;
        reads.push(one(source, None, folder)?);
        let run = one(source, Some(&out), folder)?;
        if run.error.is_some() {
            return Ok(None);
        }
        runs.push(run);
    }
    let again = one(source, Some(&out), folder)?;
    remove(&out)?;
    Ok(Some(Measured {
        read: medians(&reads),
        run: medians(&runs),
        written_again: again.written,
    }))
}

fn remove(folder: &Path) -> Result<(), String> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{}: {error}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Starts the process that measures one run.
fn one(source: &Path, out: Option<&Path>, folder: &Path) -> Result<Cost, String> {
    let record = folder.join("record.json");
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    command.arg("bench-one").arg(source);
    command.arg("--record").arg(&record);
    if let Some(out) = out {
        command.arg("--out").arg(out);
    }
    let status = command.status().map_err(|error| error.to_string())?;
    if !status.success() {
        return Err(format!("the run on {} ended: {status}", source.display()));
    }
    let text = fs::read_to_string(&record).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

/// The medians of each figure that differs between runs.
fn medians(costs: &[Cost]) -> Cost {
    let of = |figure: fn(&Cost) -> f64| median(costs.iter().map(figure).collect());
    let first = costs.first().cloned().unwrap_or_default();
    let stages = first.stages_ms.iter().enumerate();
    Cost {
        wall_ms: of(|cost| cost.wall_ms),
        cpu_ms: of(|cost| cost.cpu_ms),
        peak_mib: of(|cost| cost.peak_mib),
        stages_ms: stages
            .map(|(at, (name, _))| {
                let figures = costs.iter().filter_map(|cost| cost.stages_ms.get(at));
                (name.clone(), median(figures.map(|stage| stage.1).collect()))
            })
            .collect(),
        ..first
    }
}

impl Measured {
    /// How many times the wall time of reading the bytes the run takes.
    fn ratio(&self) -> f64 {
        self.run.wall_ms / self.read.wall_ms
    }

    /// Prints the figures, and answers whether a second run wrote nothing.
    fn print(&self, name: &str) -> bool {
        println!(
            "{name:<22}{:>9.1}{:>7}{:>7}{:>9.1}{:>9.1}{:>8.0}{:>9.1}",
            self.read.bytes as f64 / 1e6,
            self.run.operations,
            self.run.types,
            self.ratio(),
            self.run.cpu_ms / self.read.wall_ms,
            self.run.peak_mib,
            self.run.bytes as f64 / 1e6,
        );
        let stages = self.run.stages_ms.iter();
        let stages: Vec<String> = stages
            .map(|(stage, took)| format!("{stage} {:.1}", took / self.read.wall_ms))
            .collect();
        println!("    by stage: {}", stages.join(", "));
        if self.written_again > 0 {
            println!("    a second run wrote {} files", self.written_again);
        }
        self.written_again == 0
    }
}
