//! What inference makes of whole models: the seeds, the rules one by one, and the laws.

mod corpus;
mod kinds;
mod laws;
mod rules;
mod sameness;
mod seeds;
mod similar;
mod support;
mod table;
