//! The tests of the runtime, by subject.

mod calls;
