//! What hostile documents cost: a process each, whose time and memory are the system's figures.

use letterpress_tests::attacks::{Attack, all};
use letterpress_tests::measure::{Figures, measure};
use rayon::prelude::*;
use std::process::Command;

/// The size of a document here, in bytes; `cargo xtask hostile` takes one of a megabyte, with optimization.
const SIZE: usize = 24_000;

/// What twice the size may cost, in times.
const DOUBLE: f64 = 2.3;

/// Less than this is not judged by its growth, in seconds.
const LITTLE: f64 = 0.25;

/// What each MiB may cost that twice the size writes more, in seconds: types that have all members of others are long.
const GROWTH_FOR_OUTPUT: f64 = 0.6;

/// What twice the size may cost without optimization, in seconds of the processor, and for each MiB that is written.
const MOST: f64 = 2.5;
const MOST_FOR_OUTPUT: f64 = 6.0;

/// The most memory, in MiB, and for each MiB that is written.
const MEMORY: f64 = 160.0;
const MEMORY_FOR_OUTPUT: f64 = 25.0;

/// What grows faster than its size, and is held to the limits of time and memory alone.
const GROWS: [(&str, &str); 2] = [
    (
        "names that differ in case",
        "types that would have one name are told apart by looking at each other",
    ),
    (
        "parts about one member",
        "each is joined with what those before it said, until merging has taken the steps that it may",
    ),
];

/// Names the attack for the process that is to be measured.
const CHILD: &str = "LETTERPRESS_ATTACK";

#[test]
fn hostile_documents_cost_what_they_weigh() {
    if !cfg!(target_os = "linux") {
        println!("skipped: the figures of a process are read as Linux shows them");
        return;
    }
    let faults: Vec<String> = all().par_iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Why an attack costs too much, in the best of three attempts.
fn fault(attack: &Attack) -> Option<String> {
    let mut best: Option<[Figures; 2]> = None;
    for _ in 0..3 {
        let found = match run(attack) {
            Ok(found) => found,
            Err(fault) => return Some(format!("{}: {fault}", attack.name)),
        };
        let best = best.get_or_insert(found);
        for (best, found) in best.iter_mut().zip(found) {
            best.seconds = best.seconds.min(found.seconds);
        }
        judged(attack, best)?;
    }
    let why = best.as_ref().and_then(|best| judged(attack, best))?;
    Some(format!("{} ({}): {why}", attack.name, attack.ending))
}

fn judged(attack: &Attack, [once, twice]: &[Figures; 2]) -> Option<String> {
    let (output, megabyte) = (twice.written as f64, f64::from(1 << 20));
    let grows = GROWS.iter().any(|(name, _)| *name == attack.name);
    let more = (twice.written as f64 - once.written as f64).max(0.0) / megabyte;
    let allowed = once.seconds * DOUBLE + more * GROWTH_FOR_OUTPUT;
    if !grows && twice.seconds > LITTLE && twice.seconds > allowed {
        return Some(format!(
            "{:.2} s become {:.2} s",
            once.seconds, twice.seconds
        ));
    }
    if twice.seconds > MOST + MOST_FOR_OUTPUT * output / megabyte {
        return Some(format!("{:.2} s for {output} bytes of Rust", twice.seconds));
    }
    if twice.memory > MEMORY + MEMORY_FOR_OUTPUT * output / megabyte {
        return Some(format!(
            "{:.0} MiB for {output} bytes of Rust",
            twice.memory
        ));
    }
    None
}

/// Both sizes in a process of their own: this very program, with one test.
fn run(attack: &Attack) -> Result<[Figures; 2], String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new(program)
        .args([
            "hostile::measured_alone",
            "--exact",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(CHILD, format!("{}.{}", attack.name, attack.ending))
        .output()
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let found: Vec<Figures> = text.lines().filter_map(Figures::parse).collect();
    match found.as_slice() {
        [once, twice] => Ok([*once, *twice]),
        _ => Err(format!(
            "{}\n{text}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

/// Started by the test above, for one attack; alone it looks at a harmless document.
#[test]
fn measured_alone() {
    let named = std::env::var(CHILD).unwrap_or_else(|_| "comments.yaml".to_owned());
    let attack = all()
        .into_iter()
        .find(|attack| format!("{}.{}", attack.name, attack.ending) == named)
        .expect("an attack");
    for size in [SIZE, 2 * SIZE] {
        let figures = measure(&attack, size).expect("figures");
        assert!(figures.placed, "{named}: an error without its place");
        println!("{figures}");
    }
}
