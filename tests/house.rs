//! The tests of the whole: fixtures, determinism, what is committed, and the habits of the house.

mod determinism;
mod placeholders;
mod snapshots;
mod tidy;
mod up_to_date;
