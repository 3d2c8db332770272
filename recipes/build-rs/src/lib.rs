//! A client that is generated while it is built: nothing of it is committed but its description and its names.

include!(concat!(env!("OUT_DIR"), "/client/src/root.rs"));
