//! The tests of the whole: fixtures, determinism, what is committed, and the habits of the house.

mod canaries;
mod corpus;
mod determinism;
mod differential;
mod irregularities;
mod names_kept;
mod page_and_summary;
mod page_responses;
mod paging;
mod pairs;
mod peers;
mod placeholders;
mod readme;
mod reference_pages;
mod released;
mod secrets;
mod snapshots;
mod tidy;
mod up_to_date;
mod versions;
