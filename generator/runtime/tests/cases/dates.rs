//! Times and days as the types of other crates.

use crate::runtime::{Date, Timestamp};

const TIMES: &[(&str, Option<i64>)] = &[
    ("2026-11-22T01:17:47Z", Some(1_795_310_267)),
    ("2026-11-22T03:17:47.5+02:00", Some(1_795_310_267)),
    ("1969-12-31T23:59:59Z", Some(-1)),
    ("yesterday", None),
    ("2026-11-22", None),
    ("", None),
];

/// Year, month and day.
type Day = (i32, u32, u32);

const DAYS: &[(&str, Option<Day>)] = &[
    ("2026-11-22", Some((2026, 11, 22))),
    ("2024-02-29", Some((2024, 2, 29))),
    ("2026-02-29", None),
    ("22.11.2026", None),
];

#[cfg(feature = "chrono")]
#[test]
fn chrono() {
    use ::chrono::Datelike;
    for (text, seconds) in TIMES {
        let time = Timestamp::from(*text).to_chrono();
        assert_eq!(time.map(|time| time.timestamp()), *seconds, "{text}");
    }
    let time = Timestamp::from("2026-11-22T03:17:47.5+02:00").to_chrono();
    assert_eq!(
        Timestamp::from(time.expect("a time")).as_str(),
        "2026-11-22T03:17:47.500+02:00"
    );
    for (text, day) in DAYS {
        let read = Date::from(*text).to_chrono();
        assert_eq!(read.map(|day| (day.year(), day.month(), day.day())), *day);
        assert!(read.is_none_or(|day| Date::from(day).as_str() == *text));
    }
}

#[cfg(feature = "jiff")]
#[test]
fn jiff() {
    for (text, seconds) in TIMES {
        let time = Timestamp::from(*text).to_jiff();
        // A half second before the epoch belongs to the second behind it.
        assert_eq!(time.map(|time| time.as_second()), *seconds, "{text}");
    }
    let time = Timestamp::from("2026-11-22T03:17:47.5+02:00").to_jiff();
    assert_eq!(
        Timestamp::from(time.expect("a time")).as_str(),
        "2026-11-22T01:17:47.5Z"
    );
    for (text, day) in DAYS {
        let read = Date::from(*text).to_jiff();
        let parts = |day: ::jiff::civil::Date| {
            (
                i32::from(day.year()),
                u32::from(day.month().unsigned_abs()),
                u32::from(day.day().unsigned_abs()),
            )
        };
        assert_eq!(read.map(parts), *day);
        assert!(read.is_none_or(|day| Date::from(day).as_str() == *text));
    }
}

#[cfg(feature = "time")]
#[test]
fn time() {
    for (text, seconds) in TIMES {
        let time = Timestamp::from(*text).to_time();
        assert_eq!(time.map(|time| time.unix_timestamp()), *seconds, "{text}");
    }
    let time = Timestamp::from("2026-11-22T03:17:47.5+02:00").to_time();
    let written = Timestamp::try_from(time.expect("a time")).expect("a text");
    assert_eq!(written.as_str(), "2026-11-22T03:17:47.5+02:00");
    for (text, day) in DAYS {
        let read = Date::from(*text).to_time();
        let parts = |day: ::time::Date| {
            (
                day.year(),
                u32::from(u8::from(day.month())),
                u32::from(day.day()),
            )
        };
        assert_eq!(read.map(parts), *day);
        assert!(read.is_none_or(|day| Date::try_from(day).is_ok_and(|day| day.as_str() == *text)));
    }
}
