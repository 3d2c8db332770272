//! Turns one short table per type, enumeration, union and call into its trait implementations.

// A small crate does not use all of them.
#![allow(unused_macros, unused_imports)]

mod enumeration;
mod unions;

pub(crate) use enumeration::{integer_enum, string_enum, value_enum};
pub(crate) use unions::{outcome, sent_union, tagged_union, union};

/// Makes a struct an object with a field table. Each row is an index, `req` or `opt`, the name in
/// JSON and the field; the struct also has a field `extra: Extra`.
///
/// What else the server writes for a member stands behind `or`, one of the constants of `Spellings`.
/// Members without a field, which always have one text as their value, stand first behind `always`;
/// the field for members without a row, a map, stands last behind `rest`.
///
/// `object! { User { always "type" = "user", 0 req "id" id, 1 opt "active" active or NUMBER, rest more, } }`
macro_rules! object {
    ($type:ident {
        $(always $constant:literal = $value:literal,)*
        $($index:literal $presence:ident $name:literal $field:ident $(or $spelling:ident)*,)*
        $(rest $rest:ident,)?
    }) => {
        // Fields that the API gives up are sent and read like others.
        #[allow(deprecated)]
        impl $crate::runtime::model::Object for $type {
            fn table(&self) -> &'static $crate::runtime::model::Table {
                static TABLE: $crate::runtime::model::Table = $crate::runtime::model::Table {
                    name: stringify!($type),
                    members: &[$(
                        $crate::runtime::model::Member::$presence($name)
                            $(.or($crate::runtime::model::Spellings::$spelling))*
                    ),*],
                    constants: &[$(($constant, $value)),*],
                    rest: false $(|| !stringify!($rest).is_empty())?,
                };
                &TABLE
            }
            fn get(&self, index: usize) -> $crate::runtime::model::Node<'_> {
                match index {
                    $($index => $crate::runtime::model::Slot::node(&self.$field),)*
                    $crate::runtime::model::EXTRA => {
                        $crate::runtime::model::Node::Extra(&self.extra)
                    }
                    $($crate::runtime::model::REST => {
                        $crate::runtime::model::Slot::node(&self.$rest)
                    })?
                    _ => $crate::runtime::model::Node::Absent,
                }
            }
            fn get_mut(&mut self, index: usize) -> $crate::runtime::model::SlotMut<'_> {
                match index {
                    $($index => $crate::runtime::model::Slot::slot(&mut self.$field),)*
                    $crate::runtime::model::EXTRA => {
                        $crate::runtime::model::SlotMut::Extra(&mut self.extra)
                    }
                    $($crate::runtime::model::REST => {
                        $crate::runtime::model::Slot::slot(&mut self.$rest)
                    })?
                    _ => $crate::runtime::model::SlotMut::Ignore,
                }
            }
        }
        impl $crate::runtime::model::Slot for $type {
            fn node(&self) -> $crate::runtime::model::Node<'_> {
                $crate::runtime::model::Node::Obj(self)
            }
            fn slot(&mut self) -> $crate::runtime::model::SlotMut<'_> {
                $crate::runtime::model::SlotMut::Obj(self)
            }
        }
        // A field without a row would silently not be sent: here it does not compile.
        #[cfg(test)]
        #[allow(deprecated)]
        const _: fn(&$type) = |value| {
            let $type { $($field: _,)* $($rest: _,)? extra: _ } = value;
        };
        $crate::runtime::through_table!($type);
    };
}

/// What users expect of every type, as forwarding functions to code that is not generic over it.
macro_rules! through_table {
    ($type:ident) => {
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&$crate::runtime::model::Slot::node(self), serializer)
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::decode::from_serde(deserializer)
            }
        }
        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&$crate::runtime::model::Slot::node(self), f)
            }
        }
        impl ::core::cmp::PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                $crate::runtime::model::Slot::node(self)
                    == $crate::runtime::model::Slot::node(other)
            }
        }
    };
}

/// Declares the type of a call and what awaiting it gives.
///
/// `call! { /// Call of [`Users::show`]. ShowUser -> User }`
///
/// Where its results come page by page it ends with what they hold, and how it is taken from a page:
///
/// `call! { ListUsers -> UsersResponse, pages of User, page => page.users }`
///
/// Where they are a stream of items it ends with the type of these:
///
/// `call! { WatchJob -> Vec<JobEvent>, stream of JobEvent }`
macro_rules! call {
    (
        $(#[$attribute:meta])* $type:ident -> $output:ty,
        pages of $item:ty, $page:ident => $items:expr
    ) => {
        $crate::runtime::call! { $(#[$attribute])* $type -> $output }
        impl $crate::runtime::PagedCall for $type {
            type Item = $item;
            fn take($page: $output) -> ::std::vec::Vec<$item> {
                $items
            }
        }
    };
    ($(#[$attribute:meta])* $type:ident -> $output:ty, stream of $item:ty) => {
        $crate::runtime::call! { $(#[$attribute])* $type -> $output }
        impl $crate::runtime::StreamCall for $type {
            type Streamed = $item;
        }
    };
    ($(#[$attribute:meta])* $type:ident -> $output:ty) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        #[must_use = "a call does nothing until it is awaited"]
        pub struct $type($crate::runtime::Call);
        impl $crate::runtime::CallExt for $type {
            type Output = $output;
            fn call_mut(&mut self) -> &mut $crate::runtime::Call {
                &mut self.0
            }
            fn into_call(self) -> $crate::runtime::Call {
                self.0
            }
        }
        impl ::core::future::IntoFuture for $type {
            type Output = $crate::runtime::Result<$output>;
            type IntoFuture = $crate::runtime::CallFuture<$output>;
            fn into_future(self) -> Self::IntoFuture {
                self.0.send()
            }
        }
    };
}

/// Declares the client and its builder, with all that does not depend on the API.
///
/// `client! { /// Client of the Pet API. Client, ClientBuilder, &SERVER }`
macro_rules! client {
    ($(#[$attribute:meta])* $client:ident, $builder:ident, $server:expr $(, $headers:expr)?) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        pub struct $client {
            core: $crate::runtime::Core,
        }

        impl $client {
            /// Settings for a new client.
            pub fn builder() -> $builder {
                $builder::default()
            }

            /// A client that sends everything through `transport`, above all a
            /// [`Mock`]($crate::runtime::Mock); its base URL is `http://localhost`, and there are no
            /// retries unless `with` sets them.
            pub fn with_transport(transport: impl $crate::runtime::Transport) -> Self {
                let core = $crate::runtime::Core::with_transport(transport);
                $(let core = core.with(|options| options.default_headers(&$headers));)?
                Self { core }
            }

            /// The same client with other defaults: timeout, headers, credentials, strictness.
            pub fn with(
                &self,
                change: impl FnOnce($crate::runtime::Options) -> $crate::runtime::Options,
            ) -> Self {
                Self { core: self.core.with(change) }
            }

            /// A call of something that this crate does not know, `path` below the base URL.
            ///
            /// ```ignore
            /// let call = client.request("GET", "/beta/things").query_param("limit", "1");
            /// let value: serde_json::Value = call.await?;
            /// ```
            pub fn request(
                &self,
                method: &'static str,
                path: &str,
            ) -> $crate::runtime::CustomCall {
                $crate::runtime::CustomCall::new(&self.core, method, path)
            }
        }

        #[doc = concat!(
            "Settings for a new client; made by [`", stringify!($client), "::builder`]."
        )]
        #[derive(Clone, Debug)]
        pub struct $builder($crate::runtime::Builder);

        impl ::core::default::Default for $builder {
            fn default() -> Self {
                const USER_AGENT: &str =
                    concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
                let builder = $crate::runtime::Builder::new($server, USER_AGENT);
                $(
                    let mut builder = builder;
                    builder.change_options(|options| options.default_headers(&$headers));
                )?
                Self(builder)
            }
        }

        impl $builder {
            /// Where the API is, instead of the addresses in its description, those of single
            /// operations included: `https://host[:port][/prefix]`.
            pub fn base_url(mut self, url: &str) -> Self {
                self.0.set_base_url(url);
                self
            }

            /// Where the operations are that are served at an address of their own: `described` is
            /// that address as `Op::server` of one of them has it, and `url` is the one to use.
            pub fn server_url(mut self, described: &str, url: &str) -> Self {
                self.0.set_server_url(described, url);
                self
            }

            /// The credential of all calls that need one, in place of those of single schemes;
            /// `Auth::None` for calls without any.
            pub fn auth(mut self, auth: $crate::runtime::Auth) -> Self {
                self.0.change_options(|options| options.auth(auth));
                self
            }

            /// The credential of one security scheme, by the name of the method for it. Each call is
            /// sent with the first combination that its operation takes and that is set.
            pub fn credential(mut self, scheme: &'static str, auth: $crate::runtime::Auth) -> Self {
                self.0.change_options(|options| options.credential(scheme, auth));
                self
            }

            /// How long one attempt may take, its body included; 60 seconds unless set.
            pub fn timeout(mut self, timeout: ::core::time::Duration) -> Self {
                self.0.change_options(|options| options.timeout(timeout));
                self
            }

            /// How long a call may take altogether, retries and the waits between them included;
            /// no limit unless set.
            pub fn deadline(mut self, deadline: ::core::time::Duration) -> Self {
                self.0.change_options(|options| options.deadline(deadline));
                self
            }

            /// How often a call is sent again at most if it fails in a way that cannot have done
            /// harm; 2 unless set. See [`RetryPolicy`]($crate::runtime::RetryPolicy).
            pub fn retries(mut self, retries: u32) -> Self {
                self.0.change_options(|options| options.retries(retries));
                self
            }

            /// Other options of all calls.
            pub fn options(
                mut self,
                change: impl FnOnce($crate::runtime::Options) -> $crate::runtime::Options,
            ) -> Self {
                self.0.change_options(change);
                self
            }

            /// How long making a connection may take; 10 seconds unless set.
            pub fn connect_timeout(mut self, timeout: ::core::time::Duration) -> Self {
                self.0.set_connect_timeout(timeout);
                self
            }

            /// A header of every request.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.0.change_options(|options| options.header(name, value));
                self
            }

            /// What sends the requests, instead of the built-in HTTP client.
            pub fn transport(mut self, transport: impl $crate::runtime::Transport) -> Self {
                self.0.set_transport(transport);
                self
            }

            /// Whether a response that differs from the description is an error; no unless set.
            pub fn strict(mut self, strict: bool) -> Self {
                self.0.change_options(|options| options.strict(strict));
                self
            }

            /// The longest response body that is read, in bytes; 64 MiB unless set.
            pub fn max_response_bytes(mut self, bytes: u64) -> Self {
                self.0.change_options(|options| options.max_response_bytes(bytes));
                self
            }

            /// The client, or an error of kind
            /// [`Configuration`]($crate::runtime::ErrorKind::Configuration) that names the setting
            /// that is missing or wrong. A credential is refused for `http://`, except on loopback.
            pub fn build(self) -> $crate::runtime::Result<$client> {
                ::core::result::Result::Ok($client { core: self.0.build()? })
            }
        }
    };
}

pub(crate) use {call, client, object, through_table};
