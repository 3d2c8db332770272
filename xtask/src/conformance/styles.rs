//! The tables of styles and the cases of URI templates, which the runtime's own tests hold, to their numbers.

use std::path::Path;
use std::process::Command;

/// How many cases hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Styles {
    /// Cells of OpenAPI's tables.
    pub cells: usize,
    /// Cases of URI templates that are styles.
    pub templates: usize,
    /// All cases of URI templates.
    pub all_templates: usize,
}

/// Runs the tests.
///
/// # Errors
/// A case that does not hold.
pub fn run(folder: &Path) -> Result<Styles, String> {
    let folder = folder.canonicalize().map_err(|error| error.to_string())?;
    let output = Command::new("cargo")
        .args(["test", "--quiet", "--package", "letterpress-runtime"])
        .args([
            "--features",
            "blocking,chrono,jiff,reqwest,time,tracing",
            "--lib",
            "cases::styles::",
            "--",
            "--nocapture",
        ])
        .env("LETTERPRESS_SUITES", folder)
        .output();
    let output = output.map_err(|error| format!("cannot run cargo: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(text.into_owned());
    }
    read(&text).ok_or_else(|| format!("the tests of styles told no numbers: {text}"))
}

/// The numbers that the tests tell.
fn read(text: &str) -> Option<Styles> {
    let number = |what: &str| {
        let found = text.lines().find_map(|line| line.split_once(what));
        found?.1.trim().parse().ok()
    };
    Some(Styles {
        cells: number("cells of style tables:")?,
        templates: number("templates that are styles:")?,
        all_templates: number("templates in all:")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read() {
        let text =
            ".cells of style tables: 3\ntemplates that are styles: 2\n..templates in all: 5\nok";
        let found = Styles {
            cells: 3,
            templates: 2,
            all_templates: 5,
        };
        assert_eq!(read(text), Some(found));
        assert_eq!(read("cells of style tables: 3"), None);
    }
}
