//! One hostile document through the whole chain, and what that cost this process.

use crate::attacks::Attack;
use letterpress::diagnostic::render::Printer;
use letterpress::diagnostic::{Diagnostics, Severity};
use letterpress::source::{Given, load_project};
use std::fmt;
use std::fs;

/// What a run cost.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    /// Seconds of the processor.
    pub seconds: f64,
    /// The most memory that the process had until now, in MiB.
    pub memory: f64,
    /// The size of the document, in bytes.
    pub read: usize,
    /// The size of the crate, in bytes; zero where there is none.
    pub written: usize,
    /// How long what was said of it is, in bytes.
    pub said: usize,
    /// Whether each error names its place.
    pub placed: bool,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figures {
            seconds,
            memory,
            read,
            written,
            said,
            placed,
        } = self;
        write!(
            f,
            "figures {seconds} {memory} {read} {written} {said} {placed}"
        )
    }
}

impl Figures {
    /// Reads what was printed.
    pub fn parse(line: &str) -> Option<Self> {
        // The name of a test may stand before it.
        let (_, figures) = line.split_once("figures ")?;
        let mut words = figures.split(' ');
        Some(Figures {
            seconds: words.next()?.parse().ok()?,
            memory: words.next()?.parse().ok()?,
            read: words.next()?.parse().ok()?,
            written: words.next()?.parse().ok()?,
            said: words.next()?.parse().ok()?,
            placed: words.next()?.parse().ok()?,
        })
    }
}

/// Reads, generates and prints what was found, on one thread, and writes nothing.
///
/// # Errors
/// Where the system does not say what the process costs.
pub fn measure(attack: &Attack, size: usize) -> Result<Figures, String> {
    let text = (attack.make)(size);
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let path = folder.path().join(format!("shop.{}", attack.ending));
    fs::write(&path, &text).map_err(|error| error.to_string())?;
    let read = text.len();
    drop(text);
    let given = Given {
        sources: vec![path],
        name: Some("shop".to_owned()),
        ..Given::default()
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let pool = pool.map_err(|error| error.to_string())?;
    pool.install(|| {
        let before = seconds()?;
        let mut found = Diagnostics::new();
        let project = load_project(&given, &mut found);
        let mut written = 0;
        if !found.has_errors() {
            match letterpress::generate(&project.config, &project.files) {
                Ok(output) => {
                    written = output.files.iter().map(|(_, text)| text.len()).sum();
                    found.extend(output.diagnostics);
                }
                Err(errors) => found.extend(errors),
            }
        }
        let said = Printer::new(&project.files, &found)
            .text(&found, false)
            .len();
        let mut errors = found
            .iter()
            .filter(|found| found.severity == Severity::Error);
        Ok(Figures {
            seconds: seconds()? - before,
            memory: memory()?,
            read,
            written,
            said,
            placed: errors.all(|error| error.origin.is_some()),
        })
    })
}

/// The time that the processor spent on this thread.
fn seconds() -> Result<f64, String> {
    let text =
        fs::read_to_string("/proc/thread-self/schedstat").map_err(|error| error.to_string())?;
    let nanoseconds = text
        .split(' ')
        .next()
        .and_then(|word| word.parse::<f64>().ok());
    Ok(nanoseconds.ok_or("no time")? / 1e9)
}

/// The most memory that this process had.
fn memory() -> Result<f64, String> {
    let text = fs::read_to_string("/proc/self/status").map_err(|error| error.to_string())?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<f64>().ok());
    Ok(kilobytes.ok_or("no figure of memory")? / 1024.0)
}
