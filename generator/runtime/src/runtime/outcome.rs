//! Reads the responses of operations whose successes have a shape for each status.

use super::Response;
use super::model::SlotMut;
use bytes::Bytes;

/// What an operation answers, chosen by the status; implemented by `outcome!`.
pub trait Outcome {
    /// Takes the variant of a status with a default value; gives the member that wraps the JSON,
    /// empty if none does, and the value's place. Nothing if no variant is for the status.
    fn choose(&mut self, status: u16) -> Option<(&'static str, SlotMut<'_>)>;
    /// Takes the variant for all other statuses.
    fn other(&mut self, response: Response<Bytes>);
}
