//! What several tests need: a way to run futures, and round trips.

use crate::runtime::decode::from_json;
use crate::runtime::encode::{to_json, to_value};
use crate::runtime::model::Slot;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;
use std::task::{Context, Poll, Waker};

/// Runs a future that never waits for anything.
pub fn run<F: IntoFuture>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future.into_future());
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future waits"),
    }
}

/// Reads a value in all ways, which must agree, and gives it.
pub fn read<T>(value: &Value) -> T
where
    T: Slot + Default + Serialize + DeserializeOwned + PartialEq + Debug,
{
    let read: T = from_json(value.to_string().as_bytes()).unwrap();
    let through_serde: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(through_serde, read);
    assert_eq!(to_json(read.node()), serde_json::to_vec(&read).unwrap());
    read
}

/// Reads a value and writes it back, which must give the same.
pub fn round_trip<T>(value: Value) -> T
where
    T: Slot + Default + Serialize + DeserializeOwned + PartialEq + Debug,
{
    let read: T = read(&value);
    assert_eq!(to_value(read.node()), value);
    read
}
