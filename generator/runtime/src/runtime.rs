//! The runtime of this crate: turns calls into HTTP requests and JSON answers into typed values.
//!
//! What callers use is re-exported at the root of the crate. The modules that are public but
//! hidden are for the code around this module.

mod auth;
mod base_url;
#[cfg(all(feature = "blocking", not(target_family = "wasm")))]
mod blocking;
mod body;
mod builder;
mod byte_stream;
mod call;
mod client;
mod clock;
#[cfg(feature = "reqwest")]
mod convert;
mod dates;
mod decimal;
mod deep;
mod error;
mod execute;
mod extra;
#[cfg(all(feature = "reqwest", target_family = "wasm"))]
mod fetch;
mod field;
mod headers;
mod hook;
mod item_stream;
mod macros;
mod mock;
mod oauth;
mod operation;
mod outcome;
mod paging;
mod percent;
mod random;
mod rate_limit;
mod request;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
mod reqwest;
mod response;
mod retry;
mod security;
mod server;
mod slots;
mod text;
mod trace;
mod transport;
mod tuples;
mod upload;

#[doc(hidden)]
pub mod decode;
#[doc(hidden)]
pub mod encode;
#[doc(hidden)]
pub mod model;

#[cfg(all(feature = "reqwest", target_family = "wasm"))]
pub use self::fetch::ReqwestTransport;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
pub use self::reqwest::ReqwestTransport;
pub use auth::{Auth, AuthProvider, KeyPlace, Secret};
#[cfg(all(feature = "blocking", not(target_family = "wasm")))]
pub use blocking::block_on;
pub use body::{Body, BodySource, StreamBody};
pub use builder::Builder;
pub use byte_stream::ByteStream;
pub use call::{Call, CallExt, CallFuture, CustomCall};
pub use client::{Core, Options};
pub use clock::sleep_in_thread;
pub use decimal::Decimal;
pub use decode::{DecodeError, Issue, IssueKind};
pub use deep::Deep;
pub use encode::{JsonText, Maybe};
pub use error::{Error, ErrorKind};
pub use extra::Extra;
pub use field::Field;
pub use headers::Headers;
pub use hook::{Attempt, Hook};
pub use item_stream::{Framing, ItemStream, StreamCall, Streaming};
#[allow(unused_imports)]
pub(crate) use macros::{
    call, client, integer_enum, object, outcome, sent_union, string_enum, tagged_union,
    through_table, union, value_enum,
};
pub use mock::{Mock, MockAnswer};
#[allow(unused_imports)]
pub(crate) use model::Spellings;
pub use oauth::{OAuth, TokenSource, Tokens};
pub use operation::{Op, Part, Style};
#[doc(hidden)]
pub use paging::json_items;
pub use paging::{Items, PageStyle, PagedCall, Pages, Paging};
pub use rate_limit::RateLimit;
pub use request::Request;
pub use response::{Meta, Response};
pub use retry::{Failure, Retry, RetryPolicy};
pub use server::{Server, Variable};
pub use text::{Date, Timestamp};
pub use transport::{BoxFuture, MaybeSend, MaybeSync, Transport};
pub use upload::Upload;

/// The result of everything that can fail here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What is worth importing as a whole: `use …::prelude::*;`.
pub mod prelude {
    #[cfg(all(feature = "blocking", not(target_family = "wasm")))]
    pub use super::block_on;
    pub use super::{CallExt, PagedCall, StreamCall};
}
