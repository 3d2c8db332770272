//! The runtime of the clients that Letterpress generates.
