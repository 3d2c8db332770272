//! What a long run does, on a line of the terminal that goes again: the stage, and for how long.

use letterpress::Progress;
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A run that is shorter than this shows nothing.
const LONG: Duration = Duration::from_millis(700);
/// How often the line is written anew.
const TURN: Duration = Duration::from_millis(100);

/// The line, while the run goes on.
pub struct Shown {
    progress: Progress,
    over: Arc<AtomicBool>,
    line: Option<JoinHandle<()>>,
}

impl Shown {
    /// Begins to show what a run does, if that is wanted and standard error is a terminal.
    pub fn begin(wanted: bool) -> Self {
        let progress = Progress::default();
        let over = Arc::new(AtomicBool::new(false));
        let line = (wanted && std::io::stderr().is_terminal()).then(|| {
            let (progress, over) = (progress.clone(), Arc::clone(&over));
            thread::spawn(move || show(&progress, &over))
        });
        Shown {
            progress,
            over,
            line,
        }
    }

    /// Where the run says what it does.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Removes the line.
    pub fn end(self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(line) = self.line {
            line.thread().unpark();
            drop(line.join());
        }
    }
}

fn show(progress: &Progress, over: &AtomicBool) {
    let begin = Instant::now();
    let mut stderr = std::io::stderr();
    let mut shown = false;
    while !over.load(Ordering::Relaxed) {
        if begin.elapsed() >= LONG {
            let line = line(progress.stage(), begin.elapsed());
            // Written whole, so that nothing stands between; the end of a longer line before it is erased.
            let _ = write!(stderr, "\r{line}\x1b[K");
            let _ = stderr.flush();
            shown = true;
        }
        thread::park_timeout(TURN);
    }
    if shown {
        let _ = write!(stderr, "\r\x1b[K");
        let _ = stderr.flush();
    }
}

fn line(stage: &str, elapsed: Duration) -> String {
    format!("letterpress: {stage} ({:.1} s)", elapsed.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::line;
    use std::time::Duration;

    #[test]
    fn a_line_has_the_stage_and_the_time() {
        let text = line("render", Duration::from_millis(1_234));
        assert_eq!(text, "letterpress: render (1.2 s)");
    }
}
