//! How fast generated types are read and written, as ratios to serde's derives; `tests/codec` measures both by criterion.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The least speed, as a part of that of serde's derives.
const TARGET: f64 = 0.9;

/// Runs the benchmark, prints the table, and answers whether the middle of each direction is fast enough.
///
/// # Errors
/// A benchmark that does not compile or writes no figures.
pub fn run(quick: bool) -> Result<bool, String> {
    let folder = std::env::temp_dir().join("letterpress-bench").join("codec");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let mut command = Command::new("cargo");
    command.args(["bench", "--quiet", "--package", "letterpress-codec", "--"]);
    command.args(["--noplot", "--quiet"]);
    let (warm, measure) = if quick { ("0.3", "1") } else { ("1", "5") };
    command.args(["--warm-up-time", warm, "--measurement-time", measure]);
    command.env("CRITERION_HOME", &folder);
    match command.status() {
        Ok(status) if status.success() => table(&folder),
        Ok(_) => Err("the benchmark fails".to_owned()),
        Err(error) => Err(format!("cannot run cargo: {error}")),
    }
}

/// Prints what is below the folder of criterion.
fn table(folder: &Path) -> Result<bool, String> {
    let mut groups: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("table/new/sample.json").is_file())
        .collect();
    groups.sort();
    let mut speeds: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    println!("{:<34}{:>14}{:>14}{:>8}", "", "tables", "derives", "speed");
    for group in groups {
        let name = group.file_name().unwrap_or_default().to_string_lossy();
        let ours = time(&group.join("table/new/sample.json"))?;
        let theirs = time(&group.join("derive/new/sample.json"))?;
        let speed = theirs / ours;
        let (ours, theirs) = (ours / 1e3, theirs / 1e3);
        println!("{name:<34}{ours:>11.1} µs{theirs:>11.1} µs{speed:>8.2}");
        let direction = name.split(' ').next().unwrap_or_default();
        speeds.entry(direction.to_owned()).or_default().push(speed);
    }
    if speeds.is_empty() {
        return Err("the benchmark wrote no figures".to_owned());
    }
    let mut good = true;
    for (direction, speeds) in speeds {
        let mean = geometric_mean(&speeds);
        let missed = mean < TARGET;
        good &= !missed;
        let word = if missed { ", missed" } else { "" };
        println!("{direction}: {mean:.2} of serde's derives, at least {TARGET}{word}");
    }
    Ok(good)
}

/// What one run takes in billionths of a second: the quarter of the samples that is fastest, since a busy machine only
/// makes them slower.
fn time(path: &Path) -> Result<f64, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    fastest_quarter(&text).ok_or_else(|| format!("{}: no figures", path.display()))
}

fn fastest_quarter(text: &str) -> Option<f64> {
    let sample: serde_json::Value = serde_json::from_str(text).ok()?;
    let figures = |name: &str| -> Option<Vec<f64>> {
        let list = sample.get(name)?.as_array()?;
        Some(list.iter().filter_map(serde_json::Value::as_f64).collect())
    };
    let (runs, times) = (figures("iters")?, figures("times")?);
    let mut each: Vec<f64> = runs
        .iter()
        .zip(&times)
        .map(|(runs, time)| time / runs)
        .collect();
    each.sort_by(f64::total_cmp);
    each.truncate(each.len().div_ceil(4));
    let count = each.len() as f64;
    (count > 0.0).then(|| each.iter().sum::<f64>() / count)
}

fn geometric_mean(figures: &[f64]) -> f64 {
    let sum: f64 = figures.iter().map(|figure| figure.ln()).sum();
    (sum / figures.len() as f64).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_of_the_fastest_samples() {
        let text = r#"{"iters": [1.0, 2.0, 1.0, 1.0], "times": [10.0, 8.0, 90.0, 7.0]}"#;
        assert_eq!(fastest_quarter(text), Some(4.0));
        assert_eq!(fastest_quarter(r#"{"iters": [], "times": []}"#), None);
        assert_eq!(geometric_mean(&[0.5, 2.0]), 1.0);
    }
}
