//! Reads what servers tell about their limits of requests, and when to come back.

use super::Headers;
use super::clock::since_epoch;
use super::text::parse_http_date;
use std::time::{Duration, SystemTime};

/// How many requests a server takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The number of requests in one span of time.
    pub limit: Option<u64>,
    /// How many of them are left.
    pub remaining: Option<u64>,
    /// How long it takes until there are all again.
    pub reset: Option<Duration>,
}

impl RateLimit {
    /// Whether no request is left, as far as is told.
    pub fn is_used_up(&self) -> bool {
        self.remaining.unwrap_or(0) == 0
    }
}

/// What stands before `limit`, `remaining` and `reset` in the names of headers.
const PREFIXES: [&str; 4] = ["ratelimit-", "x-ratelimit-", "x-rate-limit-", "rate-limit-"];

/// From then on a number of seconds is a date: some thirty years.
const DATES: f64 = 1e9;
/// From then on a date is in milliseconds.
const MILLISECONDS: f64 = 1e11;

/// The limit that the headers tell, if they do.
pub(super) fn read(headers: &Headers) -> Option<RateLimit> {
    let of_one = headers
        .get("ratelimit")
        .map(|text| structured(text, headers));
    let of_three = PREFIXES.iter().map(|prefix| {
        let get = |name| headers.get(&format!("{prefix}{name}"));
        // `100, 100;w=60`: the first is the limit that counts, behind it is how it is made up.
        let number = |text: &str| text.split([',', ';']).next()?.trim().parse().ok();
        RateLimit {
            // Some call the limit what others only begin its name with.
            limit: get("limit")
                .or_else(|| headers.get(prefix.trim_end_matches('-')))
                .and_then(number),
            remaining: get("remaining").and_then(number),
            reset: get("reset").and_then(moment),
        }
    });
    let mut found = of_one.into_iter().chain(of_three);
    found.find(|found| *found != RateLimit::default())
}

/// `limit=100, remaining=50, reset=30`, or `"default";r=50;t=30` with the limit in
/// `ratelimit-policy: "default";q=100;w=60`.
fn structured(text: &str, headers: &Headers) -> RateLimit {
    let policy = headers.get("ratelimit-policy").unwrap_or_default();
    let find = |text: &str, names: [&str; 2]| {
        let mut members = text.split([',', ';']).filter_map(|one| one.split_once('='));
        let found = members.find(|(name, _)| names.contains(&name.trim()));
        found.and_then(|(_, value)| value.trim().parse::<u64>().ok())
    };
    RateLimit {
        limit: find(text, ["limit", "l"]).or_else(|| find(policy, ["q", "limit"])),
        remaining: find(text, ["remaining", "r"]),
        reset: find(text, ["reset", "t"]).map(Duration::from_secs),
    }
}

/// How long it is until then: seconds from now or since 1970, milliseconds since 1970, or a date.
fn moment(text: &str) -> Option<Duration> {
    let text = text.trim();
    let Ok(number) = text.parse::<f64>() else {
        return date(text);
    };
    let seconds = if number < MILLISECONDS {
        number
    } else {
        number / 1000.0
    };
    let duration = Duration::try_from_secs_f64(seconds).ok()?;
    Some(match number < DATES {
        true => duration,
        false => duration.saturating_sub(since_epoch()),
    })
}

fn date(text: &str) -> Option<Duration> {
    let moment = match parse_http_date(text) {
        Some(moment) => moment,
        None => super::Timestamp::from(text).to_system_time()?,
    };
    let moment = moment.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(moment.saturating_sub(since_epoch()))
}

/// How long the headers `retry-after-ms` and `retry-after` ask to wait.
pub(super) fn retry_after(headers: &Headers) -> Option<Duration> {
    let number = |name| headers.get(name)?.trim().parse::<f64>().ok();
    if let Some(milliseconds) = number("retry-after-ms") {
        return seconds(milliseconds / 1000.0);
    }
    if let Some(number) = number("retry-after") {
        return seconds(number);
    }
    let date = parse_http_date(headers.get("retry-after")?)?;
    let date = date.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(date.saturating_sub(since_epoch()))
}

/// A duration, which is the longest there is where the number is larger.
fn seconds(number: f64) -> Option<Duration> {
    match Duration::try_from_secs_f64(number) {
        Ok(duration) => Some(duration),
        Err(_) => (number > 0.0).then_some(Duration::MAX),
    }
}
