//! Runs the hostile documents of the tests at their full size, a process each, and says what they cost.

use clap::Args;
use letterpress_tests::attacks::{Attack, all};
use letterpress_tests::measure::{Figures, measure};
use std::process::Command;

/// What twice the size may cost, in times; less than a little is not judged by it, in seconds.
const DOUBLE: f64 = 2.3;
const LITTLE: f64 = 0.15;

/// What a document may cost: in seconds of the processor and in MiB, and more for each MiB of Rust that comes out.
const SECONDS: f64 = 1.0;
const SECONDS_FOR_OUTPUT: f64 = 1.5;
const MEMORY: f64 = 256.0;
const MEMORY_FOR_OUTPUT: f64 = 25.0;

/// What to run.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The size of the documents, in bytes; each is also run at half of it.
    #[arg(long, default_value_t = 1_000_000)]
    size: usize,
    /// The documents whose names hold one of these; all if none is given.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

fn title(attack: &Attack) -> String {
    format!("{} ({})", attack.name, attack.ending)
}

/// Prints a line for each document, and answers whether all cost what they may.
///
/// # Errors
/// A process that cannot be started.
pub fn run(options: &Options) -> Result<bool, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut good = true;
    let (mut count, mut slowest, mut largest) = (0, 0.0_f64, 0.0_f64);
    for attack in all() {
        let title = title(&attack);
        let wanted = options.names.is_empty();
        if !wanted && !options.names.iter().any(|name| title.contains(name)) {
            continue;
        }
        let output = Command::new(&program)
            .args(["hostile-one", &title, &options.size.to_string()])
            .output()
            .map_err(|error| error.to_string())?;
        let text = String::from_utf8_lossy(&output.stdout);
        let found: Vec<Figures> = text.lines().filter_map(Figures::parse).collect();
        let [half, whole] = found.as_slice() else {
            println!("! {title}: {}", output.status);
            good = false;
            continue;
        };
        let fault = fault(half, whole);
        println!(
            "{} {title:<50} {:>8.3} s {:>8.3} s {:>6.0} MiB {:>9} bytes of Rust{}",
            if fault.is_some() { '!' } else { ' ' },
            half.seconds,
            whole.seconds,
            whole.memory,
            whole.written,
            fault.map(|fault| format!("  {fault}")).unwrap_or_default(),
        );
        good &= fault.is_none();
        count += 1;
        if whole.written < 1 << 20 {
            slowest = slowest.max(whole.seconds);
            largest = largest.max(whole.memory);
        }
    }
    println!(
        "{count} documents; of those that give less than 1 MiB of Rust, the slowest took {slowest:.2} s and the largest {largest:.0} MiB"
    );
    Ok(good)
}

fn fault(half: &Figures, whole: &Figures) -> Option<&'static str> {
    let output = whole.written as f64 / f64::from(1 << 20);
    if !whole.placed {
        return Some("an error without its place");
    }
    if whole.seconds > LITTLE && whole.seconds > half.seconds * DOUBLE {
        return Some("grows");
    }
    if whole.seconds > SECONDS + SECONDS_FOR_OUTPUT * output {
        return Some("slow");
    }
    (whole.memory > MEMORY + MEMORY_FOR_OUTPUT * output).then_some("large")
}

/// Runs one document in this process, at half its size and whole.
///
/// # Errors
/// A document that there is none of, or a system that says nothing of processes.
pub fn one(title_of_it: &str, size: usize) -> Result<(), String> {
    let attack = all()
        .into_iter()
        .find(|attack| title(attack) == title_of_it);
    let attack = attack.ok_or("there is no such document")?;
    for size in [size / 2, size] {
        println!("{}", measure(&attack, size)?);
    }
    Ok(())
}
