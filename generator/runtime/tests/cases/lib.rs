//! The tests of the runtime, by subject.

#[cfg(all(feature = "blocking", feature = "reqwest"))]
mod blocking;
mod calls;
pub mod client;
mod codec;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod dates;
mod deep;
#[cfg(feature = "reqwest")]
mod downloads;
mod enums;
mod errors;
mod item_streams;
mod mock;
mod multipart;
#[cfg(feature = "reqwest")]
mod oauth;
mod outcomes;
mod paging;
mod parameters;
mod providers;
mod rate_limits;
mod redirects;
mod retries;
mod secrets;
#[cfg(feature = "reqwest")]
mod server;
mod servers;
mod spellings;
#[cfg(feature = "reqwest")]
mod storms;
mod styles;
mod support;
mod tables;
mod text;
#[cfg(feature = "reqwest")]
mod threats;
#[cfg(feature = "tracing")]
mod trace;
mod unions;
#[cfg(feature = "reqwest")]
mod uploads;
#[cfg(all(feature = "blocking", feature = "reqwest"))]
mod ureq;
#[cfg(feature = "reqwest")]
mod waits;
#[cfg(feature = "reqwest")]
mod wire;
