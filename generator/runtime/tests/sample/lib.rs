//! A client in the shape that the generator gives it; the runtime's tests use it.

mod client;
pub mod types;
pub mod users;

pub use crate::runtime::prelude;
pub use crate::runtime::{
    Auth, AuthProvider, Body, BodySource, BoxFuture, CustomCall, Date, Decimal, Error, ErrorKind,
    Extra, Field, Headers, Issue, IssueKind, Meta, Mock, Op, Options, Request, Response, Result,
    Secret, Timestamp, Transport,
};
pub use client::{Client, ClientBuilder};

/// The operations that this crate knows, by their names.
pub static OPERATIONS: &[&Op] = &[
    &users::CREATE_MANY_USERS,
    &users::CREATE_OR_UPDATE_USER,
    &users::DELETE_USER,
    &users::LIST_USERS,
    &users::SEARCH_USERS,
    &users::SHOW_USER,
    &users::SHOW_USER_PHOTO,
    &users::UPDATE_MANY_USERS,
];
