//! What servers tell about their limits of requests.

use super::support::run;
use crate::Client;
use crate::runtime::prelude::*;
use crate::runtime::{Mock, RateLimit};
use std::time::{Duration, SystemTime};

/// What is told by the headers of a success and, which must be the same, of a failure.
fn told(headers: &[(&str, &str)]) -> Option<(Option<u64>, Option<u64>, Option<Duration>)> {
    let mock = Mock::new()
        .on_with_headers("ListUsers", 200, headers.iter().copied(), r#"{"users":[]}"#)
        .on_with_headers("ListUsers", 403, headers.iter().copied(), "");
    let client = Client::with_transport(mock);
    let success = run(client.users().list().send_with_meta()).unwrap();
    let failure = run(client.users().list()).unwrap_err();
    let all = |limit: RateLimit| (limit.limit, limit.remaining, limit.reset);
    let [success, failure] = [success.meta.rate_limit(), failure.rate_limit()].map(|l| l.map(all));
    let without_reset = |told: Option<(_, _, Option<Duration>)>| {
        told.map(|(limit, remaining, reset)| (limit, remaining, reset.is_some()))
    };
    assert_eq!(without_reset(success), without_reset(failure));
    success
}

fn seconds(number: u64) -> Option<Duration> {
    Some(Duration::from_secs(number))
}

#[test]
fn limits_are_read() {
    assert_eq!(
        told(&[
            ("RateLimit-Limit", "100, 100;w=60"),
            ("RateLimit-Remaining", "7"),
            ("RateLimit-Reset", "30")
        ]),
        Some((Some(100), Some(7), seconds(30)))
    );
    assert_eq!(
        told(&[("RateLimit", "limit=100, remaining=7, reset=30")]),
        Some((Some(100), Some(7), seconds(30)))
    );
    assert_eq!(
        told(&[
            ("RateLimit-Policy", "\"default\";q=100;w=60"),
            ("RateLimit", "\"default\";r=7;t=30")
        ]),
        Some((Some(100), Some(7), seconds(30)))
    );
    assert_eq!(
        told(&[("X-Rate-Limit", "700"), ("X-Rate-Limit-Remaining", "699")]),
        Some((Some(700), Some(699), None))
    );
    assert_eq!(
        told(&[("X-RateLimit-Remaining", "0")]),
        Some((None, Some(0), None))
    );
    assert_eq!(told(&[("content-type", "x")]), None);
    assert_eq!(told(&[("X-RateLimit-Limit", "many")]), None);
    assert_eq!(told(&[("X-RateLimit-Limit", "-1")]), None);
}

#[test]
fn the_end_is_a_duration_or_a_moment() {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap();
    let soon = now + Duration::from_secs(100);
    let date = "Fri, 01 Jan 2100 00:00:00 GMT";
    let reset = |text: &str| told(&[("X-RateLimit-Reset", text)]).unwrap().2.unwrap();
    for text in [soon.as_secs().to_string(), soon.as_millis().to_string()] {
        let left = reset(&text).as_secs();
        assert!((98..=100).contains(&left), "{text}: {left}");
    }
    for text in [date, "2100-01-01T00:00:00Z"] {
        assert!(reset(text) > Duration::from_secs(365 * 24 * 3600), "{text}");
    }
    assert_eq!(reset("1.5"), Duration::from_millis(1500));
    // What is over is over.
    assert_eq!(reset("1700000000"), Duration::ZERO);
    assert_eq!(told(&[("X-RateLimit-Reset", "-5")]), None);
    assert_eq!(told(&[("X-RateLimit-Reset", "soon")]), None);
    assert_eq!(told(&[("X-RateLimit-Reset", "1e300")]), None);
}

#[test]
fn a_used_up_limit_says_when_to_come_back() {
    let after = |status: u16, headers: &[(&str, &str)]| {
        let headers = headers.iter().copied();
        let mock = Mock::new().on_with_headers("ListUsers", status, headers, "");
        let error = run(Client::with_transport(mock).users().list()).unwrap_err();
        error.retry_after()
    };
    let used = [("ratelimit-remaining", "0"), ("ratelimit-reset", "30")];
    assert_eq!(after(429, &used), seconds(30));
    assert_eq!(after(403, &used), None);
    assert_eq!(after(429, &[("ratelimit-reset", "30")]), seconds(30));
    let left = [("ratelimit-remaining", "5"), ("ratelimit-reset", "30")];
    assert_eq!(after(429, &left), None);
    let both = [used[0], used[1], ("retry-after", "2")];
    assert_eq!(after(429, &both), seconds(2));
}
