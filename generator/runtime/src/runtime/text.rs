//! Keeps times and dates as the text they came in, so that nothing is lost or refused.

use super::model::{Node, Slot, SlotMut};
use std::time::{Duration, SystemTime};

macro_rules! text_type {
    ($(#[$attribute:meta])* $type:ident) => {
        $(#[$attribute])*
        #[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(String);

        impl $type {
            /// The text as it came.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                $type(text.to_owned())
            }
        }

        impl From<String> for $type {
            fn from(text: String) -> Self {
                $type(text)
            }
        }

        impl std::str::FromStr for $type {
            type Err = std::convert::Infallible;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(text.into())
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl Slot for $type {
            fn node(&self) -> Node<'_> {
                Node::Str(&self.0)
            }
            fn slot(&mut self) -> SlotMut<'_> {
                SlotMut::Str(&mut self.0)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::decode::from_serde(deserializer)
            }
        }
    };
}

text_type! {
    /// A point in time, as RFC 3339 text: `2026-11-22T01:17:47Z`.
    ///
    /// Nothing is checked on the way in. Two are equal if their texts are, and sorted as texts,
    /// which is by time where the zones are the same.
    Timestamp
}

text_type! {
    /// A day, as text: `2026-11-22`. Nothing is checked on the way in.
    Date
}

impl Timestamp {
    /// The point in time, if the text is one by RFC 3339; a leap second is the one after it.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let (date, rest) = self.0.split_at_checked(10)?;
        let days = parse_day(date)?;
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let (clock, rest) = rest.split_at_checked(8)?;
        let seconds = parse_clock(clock)?;
        let zone = rest.find(['Z', 'z', '+', '-'])?;
        let (fraction, zone) = rest.split_at(zone);
        let nanoseconds = parse_fraction(fraction)?;
        let offset = parse_offset(zone)?;
        at(days * 86_400 + seconds - offset, nanoseconds)
    }
}

impl Date {
    /// Midnight of the day in UTC, if the text is a day.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        at(parse_day(&self.0)? * 86_400, 0)
    }
}

fn at(seconds: i64, nanoseconds: u32) -> Option<SystemTime> {
    let whole = Duration::from_secs(seconds.unsigned_abs());
    let time = match seconds < 0 {
        true => SystemTime::UNIX_EPOCH.checked_sub(whole)?,
        false => SystemTime::UNIX_EPOCH.checked_add(whole)?,
    };
    time.checked_add(Duration::new(0, nanoseconds))
}

/// A number of digits only, without sign.
fn parse_number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// `2026-11-22` as the number of days since 1970-01-01.
fn parse_day(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if (year.len(), month.len(), day.len(), parts.next()) != (4, 2, 2, None) {
        return None;
    }
    days_since_epoch(
        parse_number(year)?,
        parse_number(month)?,
        parse_number(day)?,
    )
}

/// In the Gregorian calendar. Counts years from March, so that the day of a leap year is the last.
fn days_since_epoch(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let length = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    let year = if month < 3 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(365 * year + leap_days + day_of_year - 719_468)
}

/// `01:17:47` as seconds.
fn parse_clock(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    if (hour.len(), minute.len(), second.len(), parts.next()) != (2, 2, 2, None) {
        return None;
    }
    let (hour, minute) = (parse_number(hour)?, parse_number(minute)?);
    let second = parse_number(second)?;
    let valid = hour < 24 && minute < 60 && second < 61;
    valid.then_some(hour * 3600 + minute * 60 + second)
}

/// `.5` as nanoseconds; digits beyond the ninth are cut off.
fn parse_fraction(text: &str) -> Option<u32> {
    if text.is_empty() {
        return Some(0);
    }
    let digits = text.strip_prefix('.')?;
    parse_number(digits.get(..digits.len().min(9))?)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{digits:0<9}").get(..9)?.parse().ok()
}

/// `Z` or `+01:30` as seconds.
fn parse_offset(text: &str) -> Option<i64> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, clock) = match text.strip_prefix('-') {
        Some(clock) => (-1, clock),
        None => (1, text.strip_prefix('+')?),
    };
    Some(sign * parse_clock(&format!("{clock}:00"))?)
}

/// The date format of HTTP: `Sun, 22 Nov 2026 01:17:47 GMT`.
pub(super) fn parse_http_date(text: &str) -> Option<SystemTime> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (_, rest) = text.split_once(", ")?;
    let words: Vec<&str> = rest.split_ascii_whitespace().collect();
    let [day, month, year, clock, "GMT"] = words.as_slice() else {
        return None;
    };
    let month = MONTHS.iter().position(|name| name == month)?;
    let month = i64::try_from(month).ok()? + 1;
    let days = days_since_epoch(parse_number(year)?, month, parse_number(day)?)?;
    at(days * 86_400 + parse_clock(clock)?, 0)
}
