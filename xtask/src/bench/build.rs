//! What a generated crate costs those who compile it, as ratios to a crate of the same plan in the usual style.

mod baseline;
mod cost;
mod workspace;

use super::synthetic;
use clap::ValueEnum;
use std::fs;
use std::path::{Path, PathBuf};
use workspace::Size;

/// What may be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Stage {
    /// `cargo check` of the crate.
    Check,
    /// `cargo build` of the crate, and of a program that uses it.
    Dev,
    /// `cargo build --release` of both.
    Release,
}

/// What to measure.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// What to measure; everything if nothing is named.
    #[arg(long, value_enum)]
    stage: Vec<Stage>,
    /// Checks one small description that is made here, and fails where types cost more than they may.
    #[arg(long)]
    gate: bool,
    /// Names of those that are known (stripe, kubernetes, zendesk, github), or files; the first three if none is named.
    #[arg(value_name = "DESCRIPTION")]
    sources: Vec<String>,
}

impl Options {
    /// What CI runs.
    pub fn gate() -> Self {
        Options {
            stage: Vec::new(),
            gate: true,
            sources: Vec::new(),
        }
    }
}

/// How many operations the description of the gate has.
const GATE_OPERATIONS: usize = 400;
/// How many types it gives.
const GATE_TYPES: std::ops::RangeInclusive<usize> = 1_000..=1_100;
/// What checking its crate may cost, as a part of the crate in the usual style. Derives alone would make it one.
const GATE_CHECK: f64 = 0.35;

/// The targets of a description: name, and what a figure may be as a part of the crate in the usual style.
const TARGETS: &[(&str, &[(&str, f64)])] = &[
    ("stripe", FULL),
    ("kubernetes", FULL),
    ("github", &[("check", 1.0 / 5.0)]),
];
const FULL: &[(&str, f64)] = &[
    ("check", 1.0 / 3.5),
    ("dev", 1.0 / 2.0),
    ("release and user", 1.0 / 2.0),
    ("user, dev", 1.0 / 12.0),
    ("user, release", 1.0 / 12.0),
    ("code of user", 0.6),
];

/// Measures, prints the table, and answers whether every target is met.
///
/// # Errors
/// Descriptions that give no crate, and crates that do not compile.
pub fn run(options: &Options) -> Result<bool, String> {
    let folder = std::env::temp_dir().join("letterpress-bench").join("build");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    if options.gate {
        return gate(&folder);
    }
    let mut stages = options.stage.clone();
    if stages.is_empty() {
        stages = vec![Stage::Check, Stage::Dev, Stage::Release];
    }
    stages.sort_unstable();
    stages.dedup();
    let mut names = options.sources.clone();
    if names.is_empty() {
        names = ["stripe", "kubernetes", "zendesk"]
            .map(str::to_owned)
            .into();
    }
    let mut good = true;
    for name in names {
        match find(&name) {
            Ok(path) => good &= measure(&name, &path, &folder, &stages)?,
            Err(why) => println!("{name}: skipped: {why}"),
        }
    }
    Ok(good)
}

fn find(name: &str) -> Result<PathBuf, String> {
    let known = match name {
        "stripe" => "corpus/openapi/stripe.json",
        "kubernetes" => "corpus/openapi/kubernetes.json",
        "zendesk" => "corpus/openapi/zendesk-ticketing-2026.yaml",
        "github" => return super::generate::github(),
        path => return Ok(PathBuf::from(path)),
    };
    letterpress_tests::material(known).ok_or_else(|| "the corpus is not here".to_owned())
}

/// Checks a description of our own making, whose types and operations are like those of a real one.
fn gate(folder: &Path) -> Result<bool, String> {
    let source = folder.join("gate.json");
    synthetic::write(&source, GATE_OPERATIONS).map_err(|error| error.to_string())?;
    let bench = Bench::new("gate", &source, folder)?;
    let (ours, base) = (
        bench.one("ours", &["check"])?,
        bench.one("base", &["check"])?,
    );
    let types = bench.size.types;
    let ratio = ours / base;
    println!(
        "{types} types: {:.1} ms of processor time each, {ratio:.2} of the usual style",
        ours * 1e3 / types as f64
    );
    if !GATE_TYPES.contains(&types) {
        println!("there should be {GATE_TYPES:?} types");
    }
    if ratio > GATE_CHECK {
        println!("checking the crate may cost {GATE_CHECK} of the usual style");
    }
    Ok(GATE_TYPES.contains(&types) && ratio <= GATE_CHECK)
}

/// Two crates of one plan, in a workspace of their own.
struct Bench {
    folder: PathBuf,
    target: PathBuf,
    size: Size,
}

impl Bench {
    fn new(name: &str, source: &Path, folder: &Path) -> Result<Self, String> {
        let workspace = folder.join(name);
        if workspace.exists() {
            fs::remove_dir_all(&workspace).map_err(|error| error.to_string())?;
        }
        let size = workspace::write(source, &workspace)?;
        Ok(Bench {
            folder: workspace,
            // What they depend on is built once for all descriptions.
            target: folder.join("target"),
            size,
        })
    }

    /// What a package alone costs, with all that it depends on built before, and without what cargo itself costs.
    fn one(&self, package: &str, command: &[&str]) -> Result<f64, String> {
        let cargo = |package: &str| {
            let arguments: Vec<&str> = command
                .iter()
                .copied()
                .chain(["--package", package])
                .collect();
            cost::cargo(&self.folder, &self.target, &arguments)
        };
        if !package.starts_with("uses-") {
            cargo(&format!("warm-{package}"))?;
        }
        let whole = cargo(package)?;
        let nothing = cargo(package)?;
        Ok((whole - nothing).max(0.01))
    }

    /// The same for both crates.
    fn both(&self, before: &str, command: &[&str]) -> Result<(f64, f64), String> {
        let ours = self.one(&format!("{before}ours"), command)?;
        let base = self.one(&format!("{before}base"), command)?;
        Ok((ours, base))
    }

    fn code(&self, profile: &str) -> Option<(f64, f64)> {
        let of = |name: &str| cost::code_bytes(&self.target.join(profile).join(name));
        Some((of("uses-ours")? as f64, of("uses-base")? as f64))
    }
}

/// Measures one description.
fn measure(name: &str, source: &Path, folder: &Path, stages: &[Stage]) -> Result<bool, String> {
    let short = Path::new(name)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let bench = Bench::new(&short, source, folder)?;
    let size = bench.size;
    println!(
        "{short}: {} operations, {} types; {} lines, in the usual style {}",
        size.operations, size.types, size.lines, size.base_lines
    );
    println!(
        "  {:<20}{:>10}{:>10}{:>8}{:>8}",
        "", "ours", "usual", "ratio", "target"
    );
    let targets = TARGETS.iter().find(|(known, _)| *known == short);
    let targets = targets.map(|(_, targets)| *targets).unwrap_or_default();
    let mut good = true;
    let mut row = |what: &str, unit: &str, (ours, base): (f64, f64)| {
        let target = targets.iter().find(|(known, _)| *known == what);
        let shown = target
            .map(|(_, most)| format!("{most:.2}"))
            .unwrap_or_default();
        let ratio = ours / base;
        let missed = target.is_some_and(|(_, most)| ratio > *most);
        good &= !missed;
        let digits = if unit == "s" { 2 } else { 0 };
        let word = if missed { " missed" } else { "" };
        println!(
            "  {what:<20}{ours:>8.digits$} {unit}{base:>8.digits$} {unit}{ratio:>8.3}{shown:>8}{word}"
        );
    };
    if let (Some(ours), Some(base)) = (
        cost::crates(&bench.folder, "ours"),
        cost::crates(&bench.folder, "base"),
    ) {
        row("crates in the tree", " ", (ours as f64, base as f64));
    }
    if stages.contains(&Stage::Check) {
        row("check", "s", bench.both("", &["check"])?);
    }
    if stages.contains(&Stage::Dev) {
        row("dev", "s", bench.both("", &["build"])?);
        row("user, dev", "s", bench.both("uses-", &["build"])?);
    }
    if stages.contains(&Stage::Release) {
        let library = bench.both("", &["build", "--release"])?;
        let user = bench.both("uses-", &["build", "--release"])?;
        row("release", "s", library);
        row(
            "release and user",
            "s",
            (library.0 + user.0, library.1 + user.1),
        );
        row("user, release", "s", user);
        if let Some((ours, base)) = bench.code("release") {
            row("code of user", "k", (ours / 1e3, base / 1e3));
        }
    }
    Ok(good)
}
