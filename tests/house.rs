//! The tests of the whole: fixtures, determinism, what is committed, the wire, and the habits of the house.

mod tidy;
