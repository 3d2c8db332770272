//! The rules of inference, one by one.

use super::support::*;
