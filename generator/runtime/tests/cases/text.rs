//! Times, dates and decimals as text.

use super::support::round_trip;
use crate::runtime::encode::to_json;
use crate::runtime::model::Slot;
use crate::runtime::{Date, Decimal, Timestamp};
use crate::types::User;
use serde_json::json;
use std::time::{Duration, SystemTime};

fn seconds(text: &str) -> Option<f64> {
    let time = Timestamp::from(text).to_system_time()?;
    Some(match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => after.as_secs_f64(),
        Err(before) => -before.duration().as_secs_f64(),
    })
}

#[test]
fn nothing_is_lost() {
    let user: User = round_trip(json!({
        "id": 1, "created_at": "2026-11-22T01:17:47.0100+00:00", "born_on": "1999-12-31",
        "credit": "12.100",
    }));
    assert_eq!(user.credit, Some(Decimal::from("12.100")));
    assert_eq!(user.born_on.unwrap().as_str(), "1999-12-31");
    let user: User = round_trip(json!({"id": 1, "created_at": "yesterday", "born_on": 12}));
    assert_eq!(user.created_at.unwrap().to_system_time(), None);
    assert_eq!(user.born_on, None);
}

#[test]
fn decimals_keep_their_form() {
    for value in [
        json!("12.100"),
        json!(""),
        json!(12),
        json!(-0.25),
        json!(u64::MAX),
        json!(1e300),
    ] {
        let user: User = round_trip(json!({"id": 1, "credit": value}));
        assert!(user.extra.is_empty());
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        assert_eq!(user.credit.as_ref().unwrap().as_str(), text);
    }
    let user: User = round_trip(json!({"id": 1, "credit": true}));
    assert_eq!(user.credit, None);
    let json = |decimal: Decimal| String::from_utf8(to_json(decimal.node())).unwrap();
    for number in [
        "0",
        "-0.10",
        "12.100",
        "1e5",
        "1.5E-07",
        "123456789012345678901234567890",
    ] {
        assert_eq!(json(Decimal::number(number)), number);
        assert_eq!(json(Decimal::from(number)), format!("\"{number}\""));
    }
    for text in [
        "", "-", "01", "1.", ".5", "+1", "1e", "0x1", "NaN", "1,5", "1\n", "1]", "--1", "1e+-1",
    ] {
        let expected = serde_json::to_string(text).unwrap();
        assert_eq!(json(Decimal::number(text)), expected);
    }
    assert_eq!(
        format!("{:?} {}", Decimal::number("1.0"), Decimal::from("x")),
        "1.0 x"
    );
}

#[test]
fn timestamps_are_points_in_time() {
    assert_eq!(seconds("1970-01-01T00:00:00Z"), Some(0.0));
    assert_eq!(seconds("2026-11-22T01:17:47Z"), Some(1_795_310_267.0));
    assert_eq!(
        seconds("2026-11-22t02:17:47.5+01:00"),
        Some(1_795_310_267.5)
    );
    assert_eq!(seconds("2026-11-21 19:47:47-05:30"), Some(1_795_310_267.0));
    assert_eq!(seconds("2000-02-29T23:59:59Z"), Some(951_868_799.0));
    assert_eq!(seconds("1969-12-31T23:59:59.25Z"), Some(-0.75));
    assert_eq!(seconds("0000-03-01T00:00:00Z"), Some(-62_162_035_200.0));
    assert_eq!(
        seconds("2016-12-31T23:59:60Z"),
        seconds("2017-01-01T00:00:00Z")
    );
    let nanoseconds = Timestamp::from("1970-01-01T00:00:00.123456789999Z").to_system_time();
    let expected = SystemTime::UNIX_EPOCH + Duration::from_nanos(123_456_789);
    assert_eq!(nanoseconds, Some(expected));
}

#[test]
fn what_is_no_timestamp_is_none() {
    for text in [
        "",
        "2026-11-22",
        "2026-11-22T01:17:47",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T01:17Z",
        "2026-11-22T01:17:47.Z",
        "2026-11-22T01:17:47.1x2Z",
        "2026-11-22T01:17:47+1:00",
        "2026-11-22T01:17:47ZZ",
        "+026-11-22T01:17:47Z",
        "2026-11-22T01:17:47é",
        "２026-11-22T01:17:47Z",
    ] {
        assert_eq!(seconds(text), None, "{text}");
    }
}

#[test]
fn dates_are_days() {
    let day = Date::from("1970-01-02").to_system_time();
    assert_eq!(
        day,
        Some(SystemTime::UNIX_EPOCH + Duration::from_secs(86_400))
    );
    assert_eq!(Date::from("1970-1-2").to_system_time(), None);
    assert_eq!(Date::from("1900-02-29").to_system_time(), None);
    assert!(Date::from("2026-01-02") < Date::from("2026-01-10"));
    assert_eq!(
        format!("{:?} {}", Date::from("x"), Date::from("x")),
        "\"x\" x"
    );
}
