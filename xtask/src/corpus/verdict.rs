//! What became of a description, and what was expected, to a verdict.

use super::End;
use super::compile::Checked;
use letterpress_tests::expected::Entry;
use serde::Serialize;

/// Whether a description passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is generated whole, or refused as it should be.
    Passed,
    /// Its format is not read yet.
    Unsupported(String),
    /// Why not.
    Failed(String),
}

/// Judges: all operations are emitted or named as skipped and the crate is checked without a finding; or there is a
/// located error that is expected.
///
/// A file that describes no operation and that a description refers to (`part`), or that does not say it is a
/// description, need not be one.
pub fn judge(
    end: &End,
    checked: Option<&Checked>,
    expected: Option<&Entry>,
    part: bool,
) -> Verdict {
    let failed = |why: String| Verdict::Failed(why);
    let record = match end {
        End::Told(record) => record,
        End::Crashed(how) => return failed(format!("crashed: {how}")),
        End::TimedOut => return failed("timed out".to_owned()),
    };
    if let Some(what) = &record.unsupported {
        return match expected {
            Some(entry) => failed(format!("is {what}, not refused with {}", entry.code)),
            None => Verdict::Unsupported(what.clone()),
        };
    }
    if record.generated {
        if let Some(entry) = expected {
            return failed(format!("generates, though {} is expected", entry.code));
        }
        if record.in_source != record.emitted + record.skipped.len() {
            let lost = record
                .in_source
                .abs_diff(record.emitted + record.skipped.len());
            return failed(format!("{lost} operations are neither emitted nor skipped"));
        }
        return match checked.and_then(Checked::fault) {
            Some(fault) => failed(fault),
            None => Verdict::Passed,
        };
    }
    let Some(first) = record.errors.first() else {
        return failed("neither generates nor tells an error".to_owned());
    };
    if let Some(error) = record.errors.iter().find(|error| error.place.is_none()) {
        return failed(format!("{} tells no place: {}", error.code, error.message));
    }
    let only = |codes: &[&str]| {
        let mut errors = record.errors.iter();
        errors.all(|error| codes.contains(&error.code.as_str()))
    };
    match expected {
        None if part && only(&["source/unrecognized", "source/no-operation"]) => {
            Verdict::Unsupported("a part of a description".to_owned())
        }
        None if only(&["overlay/alone"]) => {
            Verdict::Unsupported("a change of a description".to_owned())
        }
        None if record.unmarked && only(&["source/unrecognized"]) => {
            Verdict::Unsupported("no description".to_owned())
        }
        Some(entry) if record.errors.iter().all(|error| entry.allows(&error.code)) => {
            Verdict::Passed
        }
        Some(entry) => failed(format!("{} instead of {}", first.code, entry.code)),
        None => failed(format!("{}: {}", first.code, first.message)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::one::{Fault, Record};

    fn entry() -> Entry {
        Entry {
            path: "postman/a.json".into(),
            code: "postman/empty".into(),
            reason: "it has no items".into(),
        }
    }

    fn generated() -> Record {
        Record {
            generated: true,
            in_source: 3,
            emitted: 2,
            skipped: vec![("GET /a".into(), "postman/no-url".into())],
            ..Record::default()
        }
    }

    fn refused(code: &str, place: Option<&str>) -> End {
        End::Told(Record {
            errors: vec![Fault {
                code: code.into(),
                message: "no".into(),
                place: place.map(str::to_owned),
            }],
            ..Record::default()
        })
    }

    fn failed(verdict: Verdict) -> bool {
        matches!(verdict, Verdict::Failed(_))
    }

    #[test]
    fn all_operations_are_accounted_for() {
        let mut record = generated();
        assert_eq!(
            judge(&End::Told(record.clone()), None, None, false),
            Verdict::Passed
        );
        record.skipped.clear();
        assert!(failed(judge(&End::Told(record), None, None, false)));
    }

    #[test]
    fn what_generates_after_all_fails() {
        assert!(failed(judge(
            &End::Told(generated()),
            None,
            Some(&entry()),
            false
        )));
    }

    #[test]
    fn errors_must_be_expected_and_have_a_place() {
        let right = refused("postman/empty", Some("1:1"));
        assert_eq!(judge(&right, None, Some(&entry()), false), Verdict::Passed);
        assert!(failed(judge(&right, None, None, false)));
        let elsewhere = refused("postman/empty", None);
        assert!(failed(judge(&elsewhere, None, Some(&entry()), false)));
        let other = refused("tree/json", Some("1:1"));
        assert!(failed(judge(&other, None, Some(&entry()), false)));
    }

    #[test]
    fn parts_of_descriptions_are_none_themselves() {
        let part = refused("source/no-operation", Some("1:1"));
        let verdict = judge(&part, None, None, true);
        assert_eq!(
            verdict,
            Verdict::Unsupported("a part of a description".into())
        );
        assert!(failed(judge(&part, None, None, false)));
        let other = refused("openapi/version", Some("1:1"));
        assert!(failed(judge(&other, None, None, true)));
        let unmarked = End::Told(Record {
            unmarked: true,
            errors: vec![Fault {
                code: "source/unrecognized".into(),
                message: "no".into(),
                place: Some("1:1".into()),
            }],
            ..Record::default()
        });
        let verdict = judge(&unmarked, None, None, false);
        assert_eq!(verdict, Verdict::Unsupported("no description".into()));
        let expected = Entry {
            path: "bad/a.json".into(),
            code: "source/unrecognized".into(),
            reason: "nothing says what it is".into(),
        };
        assert_eq!(
            judge(&unmarked, None, Some(&expected), false),
            Verdict::Passed
        );
    }

    #[test]
    fn crashes_and_silence_fail() {
        let crashed = End::Crashed("signal".into());
        assert!(failed(judge(&crashed, None, Some(&entry()), false)));
        assert!(failed(judge(&End::TimedOut, None, None, false)));
        assert!(failed(judge(
            &End::Told(Record::default()),
            None,
            None,
            false
        )));
    }

    #[test]
    fn other_formats_are_no_failures() {
        let other = End::Told(Record {
            unsupported: Some("an OpenAPI document".into()),
            ..Record::default()
        });
        let verdict = judge(&other, None, None, false);
        assert_eq!(verdict, Verdict::Unsupported("an OpenAPI document".into()));
        assert!(failed(judge(&other, None, Some(&entry()), false)));
    }

    #[test]
    fn a_crate_that_does_not_compile_fails() {
        let mut checked = Checked::default();
        let end = End::Told(generated());
        assert_eq!(judge(&end, Some(&checked), None, false), Verdict::Passed);
        checked.errors = 1;
        assert!(failed(judge(&end, Some(&checked), None, false)));
    }
}
