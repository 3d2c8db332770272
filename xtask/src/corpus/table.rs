//! The cases of a run to a table and a line that counts them.

use super::verdict::Verdict;
use super::{Case, End};

/// The columns.
const HEAD: [&str; 11] = [
    "name", "result", "source", "emitted", "skipped", "types", "warnings", "errors", "check",
    "CPU ms", "peak MiB",
];

/// A line a case, each failure with its reason behind it.
pub fn table(cases: &[Case]) -> String {
    let mut rows: Vec<Vec<String>> = vec![HEAD.iter().map(|&head| head.to_owned()).collect()];
    rows.extend(cases.iter().map(row));
    let widths: Vec<usize> = (0..HEAD.len())
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for (at, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
            // Words stand to the left, numbers to the right.
            let words = matches!(column, 0 | 1 | 8);
            let cell = match words {
                true => format!("{cell:<width$}  "),
                false => format!("{cell:>width$}  "),
            };
            line.push_str(&cell);
        }
        text.push_str(line.trim_end());
        text.push('\n');
        let case = at.checked_sub(1).and_then(|at| cases.get(at));
        if let Some(Verdict::Failed(why)) = case.map(|case| &case.verdict) {
            text.push_str(&format!("    FAILED: {why}\n"));
        }
    }
    text
}

fn row(case: &Case) -> Vec<String> {
    let blank = || "-".to_owned();
    let mut row = vec![case.name.clone()];
    match &case.end {
        End::Crashed(_) => row.push("crashed".to_owned()),
        End::TimedOut => row.push("timed out".to_owned()),
        End::Told(record) => {
            let result = match (&record.unsupported, record.errors.first()) {
                (Some(what), _) => what.clone(),
                (None, Some(error)) => error.code.clone(),
                (None, None) => "generated".to_owned(),
            };
            row.push(result);
            let count = |number: usize| match record.generated {
                true => number.to_string(),
                false => blank(),
            };
            row.extend([
                count(record.in_source),
                count(record.emitted),
                count(record.skipped.len()),
                count(record.types),
                record.warnings.to_string(),
                record.errors.len().to_string(),
                case.checked.as_ref().map_or_else(blank, |c| c.to_string()),
                format!("{:.0}", record.cpu_ms),
                format!("{:.0}", record.peak_mib),
            ]);
        }
    }
    row.resize_with(HEAD.len(), blank);
    row
}

/// How many operations there are in the sources of the crates, and how many were left out.
fn operations(cases: &[Case]) -> String {
    let records = cases.iter().filter_map(|case| match &case.end {
        End::Told(record) if record.generated => Some(record),
        _ => None,
    });
    let (mut all, mut skipped) = (0, 0);
    for record in records {
        all += record.in_source;
        skipped += record.skipped.len();
    }
    let share = 100.0 * skipped as f64 / all.max(1) as f64;
    format!("{all} operations, {skipped} of them left out ({share:.2} %)\n")
}

/// How many passed and failed; entries of the list of expectations that were not met are failures too.
pub fn summary(cases: &[Case], unused: usize) -> String {
    let count = |wanted: fn(&Verdict) -> bool| cases.iter().filter(|c| wanted(&c.verdict)).count();
    let passed = count(|verdict| matches!(verdict, Verdict::Passed));
    let failed = count(|verdict| matches!(verdict, Verdict::Failed(_))) + unused;
    let other = count(|verdict| matches!(verdict, Verdict::Unsupported(_)));
    let other = match other {
        0 => String::new(),
        other => format!("{other} are no descriptions, or of formats that are not read yet\n"),
    };
    format!(
        "{}{other}{passed} passed, {failed} failed",
        operations(cases)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::one::Record;

    fn case(name: &str, record: Record, verdict: Verdict) -> Case {
        Case {
            path: name.into(),
            name: name.into(),
            end: End::Told(record),
            checked: None,
            verdict,
        }
    }

    fn cases() -> Vec<Case> {
        let generated = Record {
            generated: true,
            in_source: 404,
            emitted: 400,
            skipped: vec![(String::new(), String::new()); 4],
            types: 12,
            warnings: 3,
            cpu_ms: 12.4,
            peak_mib: 20.0,
            ..Record::default()
        };
        let other = Record {
            unsupported: Some("a page".into()),
            ..Record::default()
        };
        vec![
            case("big", generated, Verdict::Passed),
            case(
                "small",
                Record::default(),
                Verdict::Failed("tree/json: no".into()),
            ),
            case("page", other, Verdict::Unsupported("a page".into())),
        ]
    }

    #[test]
    fn columns_are_aligned_and_failures_explained() {
        let table = table(&cases());
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 5);
        assert_eq!(
            lines[1].split_whitespace().collect::<Vec<_>>(),
            [
                "big",
                "generated",
                "404",
                "400",
                "4",
                "12",
                "3",
                "0",
                "-",
                "12",
                "20"
            ]
        );
        assert_eq!(lines[3], "    FAILED: tree/json: no");
        let end = |line: &str, word: &str| line.find(word).map(|at| at + word.len());
        assert_eq!(end(lines[0], "source"), end(lines[1], "404"));
    }

    #[test]
    fn the_last_line_counts() {
        let summary = summary(&cases(), 2);
        assert_eq!(summary.lines().last(), Some("1 passed, 3 failed"));
        assert!(summary.starts_with("404 operations, 4 of them left out (0.99 %)\n1 are no"));
    }
}
