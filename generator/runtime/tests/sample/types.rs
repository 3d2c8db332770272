//! The types of the sample API.

mod group;
mod owner;
mod user;

pub use group::*;
pub use owner::*;
pub use user::*;
