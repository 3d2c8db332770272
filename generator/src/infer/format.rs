//! Text to the formats that it matches, and member names to the formats that they agree with.

use super::name;
use crate::model::StringFormat;
use crate::model::evidence::{Format, Formats};

/// Formats that are believed, the most special first.
const BELIEVED: [Format; 8] = [
    Format::DateTime,
    Format::Date,
    Format::Time,
    Format::Uuid,
    Format::Uri,
    Format::Email,
    Format::Ipv4,
    Format::Ipv6,
];

/// Every format that a text matches. Empty text matches all of them: it neither supports nor refutes one.
pub fn matched(text: &str) -> Formats {
    if text.is_empty() {
        return Formats::ALL;
    }
    let mut formats = Formats::NONE;
    type Test = fn(&str) -> bool;
    let tests: [(Format, Test); 9] = [
        (Format::DateTime, is_date_time),
        (Format::Date, is_date),
        (Format::Time, is_time),
        (Format::Uuid, is_uuid),
        (Format::Uri, is_uri),
        (Format::Email, is_email),
        (Format::Ipv4, |t| t.parse::<std::net::Ipv4Addr>().is_ok()),
        (Format::Ipv6, |t| t.parse::<std::net::Ipv6Addr>().is_ok()),
        (Format::Integer, |t| {
            t.parse::<i128>().is_ok() && !t.starts_with('+')
        }),
    ];
    for (format, matches) in tests {
        if matches(text) {
            formats.insert(format);
        }
    }
    formats
}

/// As [`matched`], of the formats that nobody makes up by chance.
pub fn matched_made_up(text: &str) -> Formats {
    let mut formats = Formats::NONE;
    for format in [Format::DateTime, Format::Date, Format::Uuid, Format::Ipv4] {
        if matched(text).contains(format) {
            formats.insert(format);
        }
    }
    formats
}

/// The one format to believe of those that all values match.
pub fn believed(formats: Formats) -> Option<Format> {
    BELIEVED.into_iter().find(|f| formats.contains(*f))
}

/// Whether a member's name says that its text has this format.
pub fn agrees(key: &str, format: Format) -> bool {
    let words = name::words(key);
    let last = words.last().map_or("", String::as_str);
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    match format {
        Format::DateTime => {
            matches!(
                last,
                "at" | "time" | "on" | "timestamp" | "created" | "updated" | "modified" | "login"
            ) || words.first().is_some_and(|word| word.starts_with("expire"))
                || any(&["timestamp", "datetime"])
        }
        Format::Date => last == "date" || any(&["birth", "birthday", "due", "dob"]),
        Format::Time => last == "time",
        Format::Uuid => matches!(last, "uuid" | "guid" | "id"),
        Format::Uri => matches!(last, "url" | "uri" | "href" | "link" | "urls" | "links"),
        Format::Email => any(&["email", "emails", "mail"]),
        Format::Ipv4 | Format::Ipv6 => any(&["ip", "ipv4", "ipv6", "address"]),
        Format::Integer => false,
    }
}

/// The format in the words of the model.
pub fn to_model(format: Format) -> StringFormat {
    match format {
        Format::DateTime => StringFormat::DateTime,
        Format::Date => StringFormat::Date,
        Format::Time => StringFormat::Other("time".into()),
        Format::Uuid => StringFormat::Other("uuid".into()),
        Format::Uri => StringFormat::Other("uri".into()),
        Format::Email => StringFormat::Other("email".into()),
        Format::Ipv4 => StringFormat::Other("ipv4".into()),
        Format::Ipv6 => StringFormat::Other("ipv6".into()),
        Format::Integer => StringFormat::Plain,
    }
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    year.len() == 4 && number(year).is_some() && in_range(month, 1, 12) && in_range(day, 1, 31)
}

/// RFC 3339 §5.6. A space instead of the `T` and an offset without colon are other formats.
fn is_date_time(text: &str) -> bool {
    match text.split_once(['T', 't']) {
        Some((date, time)) => is_date(date) && is_time(time),
        None => false,
    }
}

/// A full time of RFC 3339: with an offset.
fn is_time(text: &str) -> bool {
    let Some(at) = text.find(['Z', 'z', '+', '-']) else {
        return false;
    };
    let (time, offset) = text.split_at(at);
    let (clock, fraction) = match time.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (time, None),
    };
    let mut parts = clock.split(':');
    let (Some(hour), Some(minute), Some(second), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    in_range(hour, 0, 23)
        && in_range(minute, 0, 59)
        && in_range(second, 0, 60)
        && fraction.is_none_or(|digits| number(digits).is_some())
        && is_offset(offset)
}

fn is_offset(text: &str) -> bool {
    if matches!(text, "Z" | "z") {
        return true;
    }
    match text.get(1..).and_then(|rest| rest.split_once(':')) {
        Some((hour, minute)) => in_range(hour, 0, 23) && in_range(minute, 0, 59),
        None => false,
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn is_uri(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest
                .chars()
                .any(|c| c.is_whitespace() || "{}<>\"".contains(c))
    })
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let plain = |c: char| c.is_alphanumeric() || "-._+!#$%&'*/=?^`{|}~".contains(c);
    !local.is_empty()
        && local.chars().all(plain)
        && domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

/// Digits and nothing else, as a number that wraps at no length that matters here.
fn number(text: &str) -> Option<u64> {
    (!text.is_empty() && text.len() <= 18 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// Two digits from one number to another.
fn in_range(text: &str, from: u64, to: u64) -> bool {
    text.len() == 2 && number(text).is_some_and(|n| (from..=to).contains(&n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_from_their_neighbours() {
        let cases = [
            ("2009-07-20T22:55:29Z", Some(Format::DateTime)),
            ("1969-06-11T21:51:09.661Z", Some(Format::DateTime)),
            ("2018-02-20T22:55:29-08:00", Some(Format::DateTime)),
            ("2018-02-20 22:55:29 +0000", None),
            ("2018-02-20T22:55:29+0000", None),
            ("2018-02-20T22:55:29", None),
            ("2018-13-20", None),
            ("2018-12-20", Some(Format::Date)),
            ("05:15:05.223Z", Some(Format::Time)),
            ("277471ec-ff1b-dca2-fcad-d091ab679a0c", Some(Format::Uuid)),
            ("277471ec-ff1b-dca2-fcad-d091ab679a0", None),
            ("https://example.com/a?b=c", Some(Format::Uri)),
            ("https://{subdomain}.example.com", None),
            ("john@example.com", Some(Format::Email)),
            ("john@localhost", None),
            ("202.27.246.30", Some(Format::Ipv4)),
            ("::1", Some(Format::Ipv6)),
            ("12", None),
            ("é", None),
            ("Zé", None),
        ];
        for (text, expected) in cases {
            assert_eq!(believed(matched(text)), expected, "{text}");
        }
        assert!(matched("12").contains(Format::Integer));
        assert_eq!(matched(""), Formats::ALL);
    }

    #[test]
    fn names_agree_with_formats() {
        assert!(agrees("created_at", Format::DateTime));
        assert!(agrees("createdDateTime", Format::DateTime));
        assert!(agrees("expiresIn", Format::DateTime));
        assert!(agrees("avatarUrl", Format::Uri));
        assert!(!agrees("curl", Format::Uri));
        assert!(agrees("notification_email", Format::Email));
        assert!(!agrees("name", Format::DateTime));
    }
}
