//! The types of the sample API.

pub mod group;
mod owner;
mod user;

pub use group::Group;
pub use owner::*;
pub use user::*;
