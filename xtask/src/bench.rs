//! What Letterpress costs, as ratios to a yardstick that is measured in the same run.

pub mod build;
pub mod codec;
pub mod generate;
pub mod one;
mod synthetic;

use clap::Subcommand;
use std::path::PathBuf;

/// What to measure.
#[derive(Clone, Debug, Subcommand)]
pub enum Bench {
    /// Measures whole runs, from reading to written files, against reading the same bytes into `serde_json::Value`.
    Generate {
        /// Takes one repetition instead of five, and the smaller descriptions.
        #[arg(long)]
        quick: bool,
        /// Descriptions to measure besides those that are known.
        #[arg(value_name = "FILE")]
        sources: Vec<PathBuf>,
    },
    /// Measures what compiling a generated crate costs, against a crate of the same plan in the usual style.
    Build(build::Options),
    /// Measures reading and writing JSON by field tables, against serde's derives.
    Codec {
        /// Takes a fifth of the time for each document.
        #[arg(long)]
        quick: bool,
    },
}

/// The middle of an odd number of figures.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(super::median(vec![9.0, 1.0, 5.0]), 5.0);
        assert_eq!(super::median(Vec::new()), 0.0);
    }
}
