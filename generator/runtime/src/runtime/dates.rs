//! Converts times and days to the types of other crates and back, behind a feature for each crate.
//!
//! What is no such time stays text, and its conversion is `None`: a list is not refused for one odd time in it.

#[cfg(feature = "chrono")]
mod with_chrono {
    use crate::runtime::text::{Date, Timestamp};
    use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, TimeZone};

    impl Timestamp {
        /// The point in time with its zone, if the text is one by RFC 3339.
        pub fn to_chrono(&self) -> Option<DateTime<FixedOffset>> {
            DateTime::parse_from_rfc3339(self.as_str()).ok()
        }
    }

    impl<Zone: TimeZone> From<DateTime<Zone>> for Timestamp {
        fn from(time: DateTime<Zone>) -> Self {
            let time = time.fixed_offset();
            time.to_rfc3339_opts(SecondsFormat::AutoSi, true).into()
        }
    }

    impl Date {
        /// The day, if the text is one.
        pub fn to_chrono(&self) -> Option<NaiveDate> {
            self.as_str().parse().ok()
        }
    }

    impl From<NaiveDate> for Date {
        fn from(day: NaiveDate) -> Self {
            day.to_string().into()
        }
    }
}

#[cfg(feature = "jiff")]
mod with_jiff {
    use crate::runtime::text::{Date, Timestamp};

    impl Timestamp {
        /// The point in time, if the text is one by RFC 3339.
        pub fn to_jiff(&self) -> Option<jiff::Timestamp> {
            self.as_str().parse().ok()
        }
    }

    impl From<jiff::Timestamp> for Timestamp {
        fn from(time: jiff::Timestamp) -> Self {
            time.to_string().into()
        }
    }

    impl Date {
        /// The day, if the text is one.
        pub fn to_jiff(&self) -> Option<jiff::civil::Date> {
            self.as_str().parse().ok()
        }
    }

    impl From<jiff::civil::Date> for Date {
        fn from(day: jiff::civil::Date) -> Self {
            day.to_string().into()
        }
    }
}

#[cfg(feature = "time")]
mod with_time {
    use crate::runtime::text::{Date, Timestamp};
    use time::OffsetDateTime;
    use time::error::Format;
    use time::format_description::well_known::{Iso8601, Rfc3339};

    impl Timestamp {
        /// The point in time with its zone, if the text is one by RFC 3339.
        pub fn to_time(&self) -> Option<OffsetDateTime> {
            OffsetDateTime::parse(self.as_str(), &Rfc3339).ok()
        }
    }

    impl TryFrom<OffsetDateTime> for Timestamp {
        type Error = Format;

        /// Fails for years and zones that RFC 3339 cannot write.
        fn try_from(time: OffsetDateTime) -> Result<Self, Format> {
            time.format(&Rfc3339).map(Timestamp::from)
        }
    }

    impl Date {
        /// The day, if the text is one.
        pub fn to_time(&self) -> Option<time::Date> {
            time::Date::parse(self.as_str(), &Iso8601::DATE).ok()
        }
    }

    impl TryFrom<time::Date> for Date {
        type Error = Format;

        /// Fails for years that have more than four digits.
        fn try_from(day: time::Date) -> Result<Self, Format> {
            day.format(&Iso8601::DATE).map(Date::from)
        }
    }
}
